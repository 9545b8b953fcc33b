internal import Diagnostics
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// Addresses of the archive, which Exchange Online cannot itself deliver to.
  static let archive = Rule([.journalInside, .journalRecipient]) { input, bag in
    for (server, settings) in input.exchanges {
      guard let archive = settings.archive else { continue }
      let own = input.tenant.domains(on: server).map(\.name.value) + [settings.tenant.value]
      let journal = archive.journalTo
      let report = archive.undeliverableTo
      for (address, isJournal) in [(journal, true), (report, false)]
      where own.contains(address.value.domain) {
        let shown = address.value.description.excerpt()
        bag.add(
          Diagnostic(
            isJournal ? .journalInside : .journalRecipient, at: address.span,
            .init(
              ja: "「\(shown)」は、このMicrosoft 365のドメインのアドレス",
              en: "\"\(shown)\" is an address of this Microsoft 365"),
            help: isJournal
              ? .init(
                ja: "開通通知書のジャーナルレポート送信先を書く",
                en: "write ジャーナルレポート送信先 of the opening notice")
              : .init(
                ja: "Microsoft 365の外にある専用のアドレスを書く",
                en: "write an address outside of Microsoft 365 that is for nothing else")))
      }
      if journal.value == report.value {
        bag.add(
          Diagnostic(
            .journalRecipient, at: report.span,
            .init(
              ja: "届かないレポートの通知先が、届かない宛先と同じ",
              en: "reports that cannot be delivered would go to the address that cannot be reached"),
            help: .init(ja: "別のアドレスを書く", en: "write another address"),
            labels: [.first(journal.span)]))
      }
    }
  }

  /// The registration of the app.
  static let registration = Rule(
    [.registrationUnused, .basicPermission], judgesAbsence: true
  ) { input, bag in
    for (_, settings) in input.exchanges {
      guard let registration = settings.registration else { continue }
      if case .saml = settings.signIn.value {
        bag.add(
          Diagnostic(
            .registrationUnused, at: registration.span,
            .init(
              ja: "サインインはSAMLで、アプリの登録は使われない",
              en: "sign-in is by SAML, so no app is registered"),
            labels: [.init(settings.signIn.span, .init(ja: "サインイン方式", en: "how people sign in"))]))
        continue
      }
      for permission in registration.application
      where permission.value.text.lowercased() == "user.readbasic.all" {
        bag.add(
          Diagnostic(
            .basicPermission, at: permission.span,
            .init(
              ja: "アプリケーションの許可 User.ReadBasic.All では、利用者の一覧を読めない",
              en: "User.ReadBasic.All as an application permission does not list users"),
            help: .init(ja: "ベンダーのPDFの許可の名前を確かめる", en: "see what the vendor's PDF names")))
      }
    }
  }

  /// Mail that MailGates changes on its way in, without anybody whose word counts for it.
  static let arcSealer = Rule([.noSealer], judgesAbsence: true) { input, bag in
    guard input.tenant.contract.includes(.inboundSecurity), input.tenant.gateway.arcSealer == nil,
      let processing = input.tenant.settings.mailProcessing, processing.value.changesMail
    else { return }
    for (_, settings) in input.exchanges where settings.spamBypass == .scl {
      bag.add(
        Diagnostic(
          .noSealer, at: processing.span,
          .init(
            ja: "MailGatesが書き換えたメールを、Microsoft 365が改ざんとみなすことがある",
            en: "Microsoft 365 may take mail that MailGates changes for forged"),
          help: .init(
            ja: "MailGatesがARCで署名するかを確かめ、gateway.arcSealerに書く",
            en: "ask whether MailGates seals with ARC, and write gateway.arcSealer"),
          labels: [
            .init(settings.tenant.span, .init(ja: "受け取るMicrosoft 365", en: "who takes it"))
          ]))
    }
  }
}

extension MailProcessing {
  /// Whether it changes what a DKIM signature covers.
  fileprivate var changesMail: Bool {
    if case .deliver(let warning) = normal?.value, warning.subject != nil || warning.body != nil {
      return true
    }
    if case .changeSubject = spam?.value { return true }
    return false
  }
}

extension DiagnosticCode {
  static let journalInside = DiagnosticCode(
    4135, .error,
    title: .init(ja: "自社に戻るジャーナルレポート", en: "journal reports that come back"),
    explanation: .init(
      ja:
        "ジャーナルの送信先に、Exchange Onlineのメールボックスは指定できません。自社ドメインのアドレスにすると、レポートが自社に届いてまた写しを取られることにもなります。",
      en:
        "The journaling mailbox cannot be one of Exchange Online. At a domain of one's own, reports would moreover arrive at home and be journaled again."
    ),
    example:
      "archive: { journalTo: journal@kaede.example, undeliverableTo: reports@archive.example }",
    source: "Set-TransportConfig; article 360040635172")
  static let journalRecipient = DiagnosticCode(
    4136, .error,
    title: .init(ja: "届かない通知先", en: "a recipient of reports that cannot be reached"),
    explanation: .init(
      ja:
        "ジャーナルレポートが届かないときの通知先にも、Exchange Onlineのメールボックスは指定できません。送信先と同じアドレスでは、届かないときの行き先がありません。",
      en:
        "Who gets undeliverable journal reports cannot be a mailbox of Exchange Online either. The address of the reports themselves would leave them nowhere to go."
    ),
    example:
      "archive: { journalTo: journal@archive.example, undeliverableTo: admin@kaede.example }",
    source: "Set-TransportConfig")
  static let registrationUnused = DiagnosticCode(
    4137, .note,
    title: .init(ja: "使われないアプリの登録", en: "a registration that is not used"),
    explanation: .init(
      ja: "SAMLで認証するときは、OAuthクライアントの登録は要りません。値は残しておいてもかまいません。",
      en: "With SAML no OAuth client is registered. The values may stay."),
    example: "microsoft365: { signIn: { saml: … }, registration: { … } }",
    source: "article 900005830683")
  static let basicPermission = DiagnosticCode(
    4138, .warning,
    title: .init(ja: "利用者の一覧を読めない許可", en: "a permission that does not list users"),
    explanation: .init(
      ja: "User.ReadBasic.Allはアプリケーションの許可としても存在しますが、Microsoft Graphは /users をそれでは返しません。",
      en:
        "User.ReadBasic.All exists as an application permission too, but Microsoft Graph does not answer /users by it."
    ),
    example: "registration: { application: [User.ReadBasic.All], … }",
    source: "Microsoft Q&A 6019739")
  static let noSealer = DiagnosticCode(
    4139, .note,
    title: .init(ja: "信頼するARC署名者がない", en: "no trusted ARC sealer"),
    explanation: .init(
      ja:
        "件名や本文を書き換えると、送信元のDKIM署名は合わなくなります。拡張フィルター処理か、信頼するARC署名者があれば、元の認証結果が使われます。MailGatesがARCで署名するかは公開されていません。",
      en:
        "A changed subject or body breaks the sender's DKIM signature. With enhanced filtering or a trusted ARC sealer the first result counts. Whether MailGates seals with ARC is published nowhere."
    ),
    example: "microsoft365: { spamBypass: scl, … }\nsettings: { mailProcessing: … }",
    source: "Configure trusted ARC sealers")
}
