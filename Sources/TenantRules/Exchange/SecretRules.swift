internal import Diagnostics
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// When the client secret of Microsoft 365 expires.
  static let exchangeSecret = Rule([.longSecret, .expiringSecret, .expiredSecret]) { input, bag in
    let today = input.now.date
    let renewal = Catalogue.secretRenewalMonths.value
    let months = Catalogue.secretMonths.value
    for (_, settings) in input.exchanges {
      guard case .oauth(let expires?) = settings.signIn.value else { continue }
      if expires.value < today {
        bag.add(
          Diagnostic(
            .expiredSecret, at: expires.span,
            .init(
              ja: "クライアントシークレットは \(expires.value) に切れている",
              en: "the client secret has expired on \(expires.value)"),
            help: .init(
              ja: "新しいシークレットを作り、MailGatesに登録して、その期限を書く",
              en: "make a new secret, register it with MailGates, and write its date")))
      } else if expires.value < today.adding(months: renewal) {
        bag.add(
          Diagnostic(
            .expiringSecret, at: expires.span,
            .init(
              ja: "クライアントシークレットの期限 \(expires.value) まで\(renewal)か月もない",
              en: "the client secret expires on \(expires.value), in less than \(renewal) months"),
            help: .init(ja: "今のうちに更新する", en: "renew it now")))
      } else if expires.value > today.adding(months: months) {
        bag.add(
          Diagnostic(
            .longSecret, at: expires.span,
            .init(
              ja: "クライアントシークレットの期限 \(expires.value) が\(months)か月より先",
              en:
                "the client secret would expire on \(expires.value), in more than \(months) months"),
            help: .init(
              ja: "Entra管理センターに表示される期限を確かめる", en: "see the date that the Entra admin center shows"))
        )
      }
    }
  }

  /// Addresses for an OAuth client that nobody registers.
  static let unusedOAuth = Rule([.unusedOAuth], judgesAbsence: true) { input, bag in
    guard let oauth = input.tenant.notice?.oauth else { return }
    let methods = input.tenant.mailServers.compactMap(\.signIn)
    let usesOAuth = methods.contains { method in
      if case .oauth = method.value { true } else { false }
    }
    guard !usesOAuth else { return }
    bag.add(
      Diagnostic(
        .unusedOAuth, at: oauth.redirect.span,
        .init(
          ja: "OAuthでサインインするメールサーバーがなく、この値は使われない",
          en: "no mail server signs in by OAuth, so this is not used"),
        labels: methods.map {
          .init($0.span, .init(ja: "サインインはSAML", en: "signs in by SAML"))
        }))
  }
}

extension DiagnosticCode {
  static let longSecret = DiagnosticCode(
    4011, .warning,
    title: .init(ja: "長すぎるシークレットの期限", en: "a secret that lives too long"),
    explanation: .init(
      ja: "クライアントシークレットの期限は、Microsoft Entraの画面では最長24か月です。それより先の日付は書き間違いのはずです。",
      en: "The portal gives a client secret at most 24 months. A later date must be a mistake."),
    example: "signIn: { oauth: { secretExpires: 2038-10-31 } }", source: "article 900005830683")
  static let expiringSecret = DiagnosticCode(
    4012, .warning,
    title: .init(ja: "もうすぐ切れるシークレット", en: "a secret that expires soon"),
    explanation: .init(
      ja: "期限が切れると、利用者の取り込みとログインができなくなり、メールが止まることがあります。1〜2か月前の更新が案内されています。",
      en:
        "Once it expires, users can be neither imported nor logged in, and mail may stop. The vendor advises to renew it one or two months before."
    ),
    example: "signIn: { oauth: { secretExpires: <来月の日付> } }", source: "article 900005830683")
  static let expiredSecret = DiagnosticCode(
    4013, .error,
    title: .init(ja: "切れたシークレット", en: "a secret that has expired"),
    explanation: .init(
      ja: "期限の切れたシークレットでは連携できません。更新してから日付を書き直します。",
      en: "Nothing connects by an expired secret. Renew it, then write the new date."),
    example: "signIn: { oauth: { secretExpires: 2020-10-31 } }", source: "article 900005830683")
  static let unusedOAuth = DiagnosticCode(
    4015, .note,
    title: .init(ja: "使われないOAuthの値", en: "values for OAuth that are not used"),
    explanation: .init(
      ja: "SAMLで認証するときは、OAuthクライアントの登録は要りません。値は残しておいてもかまいません。",
      en: "With SAML no OAuth client is registered. The values may stay."),
    example:
      "notice: { oauth: { redirect: https://redirect.gateway.example/ } }\nmicrosoft365: { signIn: { saml: … }, … }",
    source: "article 900005830683")
}
