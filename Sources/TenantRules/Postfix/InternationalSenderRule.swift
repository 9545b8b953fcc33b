internal import Diagnostics
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// Senders that Postfix does not find in its tables. It converts no names between their two
  /// forms, and the tables have A-labels.
  static let internationalSenders = Rule([.internationalSender]) { input, bag in
    guard input.tenant.contract.includes(.leakPrevention) else { return }
    for domain in input.tenant.domains
    where domain.role != .parked && domain.name.value.isInternationalized {
      guard case .postfix = input.server(of: domain)?.kind else { continue }
      let name = domain.name.value
      bag.add(
        Diagnostic(
          .internationalSender, at: domain.name.span,
          .init(
            ja: "送信元が「\(name.unicode.excerpt())」のまま書かれたメールは、MailGatesを経由しない",
            en:
              "mail whose sender is written \"\(name.unicode.excerpt())\" does not go by way of MailGates"
          ),
          help: .init(
            ja: "利用者の送信元を「\(name.ascii.excerpt())」で設定する",
            en: "have users send from \"\(name.ascii.excerpt())\"")))
    }
  }
}

extension DiagnosticCode {
  static let internationalSender = DiagnosticCode(
    6100, .note,
    title: .init(ja: "A-labelでない送信元", en: "a sender that is not written as A-label"),
    explanation: .init(
      ja:
        "Postfixは表を調べるときに、国際化ドメインの2つの書き方を変換しません。表にはA-label(xn--…)を書くため、SMTPUTF8で漢字やかなのまま書かれた送信元は表に当たらず、MailGatesを経由せずに直接出ます。MailGatesがSMTPUTF8を受け付けるかは公開されていません。",
      en:
        "Postfix converts no internationalized names when it looks into tables. They have the A-label (xn--…), so a sender that is written in its own letters, by SMTPUTF8, is not found there, and its mail leaves directly. Whether MailGates takes SMTPUTF8 is not published."
    ),
    example:
      "contract: { services: [leak-prevention] }\nmailServers: [{ name: factory, postfix: { host: mail.kaede.example } }]\ndomains: [{ name: もみじ.example }]",
    source: "Postfix SMTPUTF8_README; RFC 6531")
}
