internal import Diagnostics
internal import MailRecords
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// Values that exist only midway (language, rule 10).
  static let waitingInputs = Rule([.waitingKey, .waitingSecretDate], judgesAbsence: true) {
    input, bag in
    let tenant = input.tenant
    if tenant.contract.includes(.leakPrevention) {
      for (index, domain) in tenant.domains.enumerated() where domain.role != .parked {
        for (number, setting) in domain.dkim.enumerated()
        where setting.publicKey == nil && !setting.isRetiring {
          let name = domain.name.value.unicode.excerpt()
          let key = "domains[\(index)].dkim[\(number)].publicKey"
          bag.add(
            Diagnostic(
              .waitingKey, at: setting.selector.span,
              .init(
                ja: "「\(name)」のDKIM公開鍵がまだ書かれていない",
                en: "the DKIM public key of \"\(name)\" is not there yet"),
              help: .init(
                ja: "管理者画面の DKIM署名 > DKIM鍵設定 で作成し、ファイルを \(key) に書く",
                en: "make it at DKIM署名 > DKIM鍵設定 of the console, and name its file in \(key)")))
        }
      }
    }
    for (index, server) in tenant.mailServers.enumerated() {
      guard case .microsoft365(let settings) = server.kind,
        case .oauth(secretExpires: nil) = settings.signIn.value
      else { continue }
      let key = "mailServers[\(index)].microsoft365.signIn.oauth.secretExpires"
      bag.add(
        Diagnostic(
          .waitingSecretDate, at: settings.signIn.span,
          .init(
            ja: "クライアントシークレットの期限がまだ書かれていない",
            en: "the date on which the client secret expires is not there yet"),
          help: .init(
            ja: "Entra管理センターでシークレットを作成し、期限の日付だけを \(key) に書く",
            en:
              "make the secret in the Entra admin center, and write its date, not its value, in \(key)"
          )))
    }
  }

  /// A domain that sends by MailGates without a signature.
  static let noDKIM = Rule([.noDKIM], judgesAbsence: true) { input, bag in
    guard input.tenant.contract.includes(.leakPrevention) else { return }
    for domain in input.tenant.domains where domain.role == .mail && domain.dkim.isEmpty {
      // p=reject without DKIM is a finding by itself.
      if domain.dmarc?.policy.value == .reject { continue }
      let name = domain.name.value.unicode.excerpt()
      let selector = Catalogue.dkimSelector.value
      bag.add(
        Diagnostic(
          .noDKIM, at: domain.name.span,
          .init(ja: "「\(name)」にDKIMの設定がない", en: "\"\(name)\" has no DKIM"),
          help: .init(
            ja: "dkim: [{ selector: \(selector) }] と書く",
            en: "write dkim: [{ selector: \(selector) }]"),
          labels: input.tenant.settings.changingPlaces))
    }
  }
}

extension Settings {
  /// The settings that change mail on its way out.
  fileprivate var changingPlaces: [Diagnostic.Label] {
    [zip?.span, attachmentLink?.span].compactMap { $0 }.map {
      .init($0, .init(ja: "これが元の署名を壊す", en: "this breaks the original signature"))
    }
  }
}

extension DiagnosticCode {
  static let waitingKey = DiagnosticCode(
    9007, .note,
    title: .init(ja: "入力待ちのDKIM公開鍵", en: "a DKIM public key that is still to come"),
    explanation: .init(
      ja: "公開鍵は、手順2で管理者画面が鍵を作って初めて決まります。それまでDKIMのレコードは出力されず、RUNBOOK.mdに入力待ちとして載ります。",
      en:
        "The key exists only once step 2's screen has made it. Until then no DKIM record is written, and RUNBOOK.md lists what is waited for."
    ),
    example: "dkim: [{ selector: mg }]", source: "article 12194730127897")
  static let waitingSecretDate = DiagnosticCode(
    9008, .note,
    title: .init(ja: "入力待ちのシークレットの期限", en: "a secret's date that is still to come"),
    explanation: .init(
      ja: "期限は手順3でシークレットを作って初めて決まります。期限が過ぎるとメールが止まることがあるため、日付だけを書いておきます。シークレットの値は書きません。",
      en:
        "The date exists only once the secret was made in step 3. Mail may stop when it passes, so the date is kept here, never the secret."
    ),
    example: "signIn: { oauth: {} }", source: "article 900005830683")
  static let noDKIM = DiagnosticCode(
    9009, .warning,
    title: .init(ja: "DKIMのないドメイン", en: "a domain without DKIM"),
    explanation: .init(
      ja:
        "MailGatesは送信メールの添付や本文を変えるので、メールサーバーが付けた署名は壊れます。MailGatesで署名しなければ、DMARCはSPFだけが頼りになり、転送されたメールが失敗します。",
      en:
        "MailGates changes what it sends on, which breaks the mail server's signature. Unless MailGates signs, DMARC rests on SPF alone and fails for forwarded mail."
    ),
    example: "contract: { services: [leak-prevention] }\ndomains: [{ name: kaede.example }]",
    source: "article 12194730127897; support.google.com/a/answer/178333")
}
