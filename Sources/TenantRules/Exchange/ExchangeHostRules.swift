internal import Diagnostics
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// Tenants and domains of Microsoft 365 that cannot be meant.
  static let exchangeTenants = Rule([.onmicrosoftDomain, .sameTenantTwice]) { input, bag in
    for domain in input.tenant.domains
    where domain.name.value.ascii.hasSuffix(".onmicrosoft.com") {
      bag.add(
        Diagnostic(
          .onmicrosoftDomain, at: domain.name.span,
          .init(
            ja: "「\(domain.name.value.ascii.excerpt())」はMicrosoftのドメインで、DNSを変えられない",
            en:
              "\"\(domain.name.value.ascii.excerpt())\" is Microsoft's, whose DNS cannot be changed"
          ),
          help: .init(
            ja: "自社のドメインだけを書く。このドメインは microsoft365 の tenant に書く",
            en: "write one's own domains only; this one belongs in tenant of microsoft365")))
    }
    for (again, first) in input.exchanges.repetitions(of: \.settings.tenant.value) {
      let name = again.settings.tenant.value.ascii.excerpt()
      bag.add(
        Diagnostic(
          .sameTenantTwice, at: again.settings.tenant.span,
          .init(
            ja: "テナント「\(name)」が2つのメールサーバーに書かれている",
            en: "two mail servers have the tenant \"\(name)\""),
          help: .init(ja: "1つのメールサーバーにまとめる", en: "make them one mail server"),
          labels: [.first(first.settings.tenant.span)]))
    }
  }

  /// The condition by which a mail flow rule knows mail that was at MailGates.
  static let loopGuard = Rule([.everydayLoopGuard, .loopGuardBlank]) { input, bag in
    guard let loopGuard = input.tenant.gateway.loopGuard, !input.exchanges.isEmpty,
      input.tenant.contract.includes(.leakPrevention),
      case .header(let name, let value) = loopGuard.value
    else { return }
    let everyday = [
      "from", "to", "cc", "bcc", "subject", "date", "message-id", "reply-to", "sender",
      "content-type", "mime-version",
    ]
    if everyday.contains(name.text.lowercased()) {
      bag.add(
        Diagnostic(
          .everydayLoopGuard, at: loopGuard.span,
          .init(
            ja: "「\(name.text.excerpt())」は送信者が書けるヘッダーで、MailGatesを通った印にならない",
            en:
              "any sender can write \"\(name.text.excerpt())\": it does not show that mail was at MailGates"
          ),
          help: .init(
            ja: "MailGatesが付けるヘッダーの名前をサポート窓口で確かめる",
            en: "ask the vendor's support for the header that MailGates adds")))
    }
    if value.text.first == " " || value.text.last == " " {
      bag.add(
        Diagnostic(
          .loopGuardBlank, at: loopGuard.span,
          .init(
            ja: "ヘッダーの値の前後に空白がある", en: "the value of the header has a blank at its edge"),
          help: .init(ja: "前後の空白を取る", en: "take the blank away")))
    }
  }
}

extension DiagnosticCode {
  static let onmicrosoftDomain = DiagnosticCode(
    4017, .error,
    title: .init(ja: "契約ドメインに書かれた onmicrosoft.com", en: "onmicrosoft.com among the domains"),
    explanation: .init(
      ja: "….onmicrosoft.com のDNSはMicrosoftが管理し、MXもSPFも変えられません。契約ドメインは自社で登録したドメインです。",
      en:
        "Microsoft runs the DNS of ….onmicrosoft.com; neither MX nor SPF can be changed there. The contract's domains are those that the customer has registered."
    ),
    example: "domains: [{ name: kaede.onmicrosoft.com }]",
    source: "Microsoft 365, domains FAQ")
  static let sameTenantTwice = DiagnosticCode(
    4018, .warning,
    title: .init(ja: "2回書かれたMicrosoft 365のテナント", en: "a Microsoft 365 tenant that stands twice"),
    explanation: .init(
      ja: "コネクタとメールフロールールはテナントに1組です。同じテナントを2つのメールサーバーに分けると、コネクタも2組作られ、互いに重なります。",
      en:
        "Connectors and mail flow rules belong to the tenant. As two mail servers it would get two overlapping sets of them."
    ),
    example:
      "mailServers:\n  - { name: head, microsoft365: { tenant: kaede.onmicrosoft.com, … } }\n  - { name: branch, microsoft365: { tenant: kaede.onmicrosoft.com, … } }",
    source: "New-InboundConnector")
  static let everydayLoopGuard = DiagnosticCode(
    4019, .warning,
    title: .init(ja: "誰でも書けるループ防止のヘッダー", en: "a loop guard that anybody can write"),
    explanation: .init(
      ja: "ループ防止のヘッダーがあるメールは、MailGatesへ送られずにそのまま出ます。件名や差出人のように送信者が書けるヘッダーでは、審査や暗号化を避けられてしまいます。",
      en:
        "Mail with the loop guard's header is not sent to MailGates but leaves directly. With a header that the sender writes, such as the subject, review and encryption can be avoided."
    ),
    example: "gateway: { loopGuard: { header: { name: Subject, value: kaede } } }",
    source: "Integrate Office 365 with an email add-on service")
  static let loopGuardBlank = DiagnosticCode(
    4020, .error,
    title: .init(ja: "空白で始まるか終わるヘッダーの値", en: "a header value with a blank at its edge"),
    explanation: .init(
      ja: "メールフロールールの語の前後に空白は使えません。空白が付いたままではルールが作れないか、一致せずにメールがループします。",
      en:
        "Words of a mail flow rule have no blanks at their edges. With one the rule is refused, or never matches and mail loops."
    ),
    example: "gateway: { loopGuard: { header: { name: X-Example-Loop, value: 'kaede ' } } }",
    source: "New-TransportRule")
  static let oddExchangeHost = DiagnosticCode(
    4016, .warning,
    title: .init(ja: "Exchange Onlineに見えない配送先", en: "a delivery host unlike Exchange Online's"),
    explanation: .init(
      ja:
        "Exchange Onlineのホストは mail.protection.outlook.com か mx.microsoft で終わります。前者から後者への移行が進んでいて、いつ変わるかはテナントによります(2026年時点)。独自の名前なら、MailGatesがそこに配送できるか確かめます。",
      en:
        "Hosts of Exchange Online end in mail.protection.outlook.com or in mx.microsoft; the move to the latter goes tenant by tenant (as of 2026). If it is a name of one's own, see that MailGates can deliver there."
    ),
    example:
      "domains: [{ name: kaede.example, mailServer: m365, deliveryHost: mail.kaede.example }]",
    source: "MC1048624")
}
