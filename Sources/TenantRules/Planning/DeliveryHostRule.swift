internal import Diagnostics
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// Delivery hosts that do not look like the domain's mail server.
  static let deliveryHosts = Rule(
    [.deliveryOfOtherService, .oddExchangeHost, .deliveryToOwnDomain], judgesAbsence: true
  ) { input, bag in
    let inbound = input.tenant.contract.includes(.inboundSecurity)
    let gateway = Set(
      input.tenant.gateway.mx.map(\.host.value)
        + [input.tenant.gateway.relay?.host.value]
        .compactMap { $0 })
    let own = Dictionary(
      input.tenant.domains.map { ($0.name.value, $0) }, uniquingKeysWith: { first, _ in first })
    for domain in input.tenant.domains where domain.role != .parked {
      // MailGates itself is a finding already.
      guard let host = domain.deliveryHost, !gateway.contains(host.value) else { continue }
      let name = host.value.ascii.excerpt()
      if inbound, let target = own[host.value], target.role != .parked {
        bag.add(
          Diagnostic(
            .deliveryToOwnDomain, at: host.span,
            .init(
              ja: "配送先「\(name)」はMXがMailGatesに向く契約ドメインで、ループする恐れがある",
              en:
                "the delivery host \"\(name)\" is a domain whose MX moves to MailGates: it may loop"
            ),
            help: .init(
              ja: "メールサーバーのホスト名を書く", en: "write the name of the mail server's host"),
            labels: [.domain(target.name.span)]))
        continue
      }
      guard let server = input.server(of: domain) else { continue }
      let service = host.value.mailService
      if let service, service.family != server.family {
        bag.add(
          Diagnostic(
            .deliveryOfOtherService, at: host.span,
            .init(
              ja: "配送先「\(name)」は\(service.title)のホストで、メールサーバー「\(server.name.value)」のものではない",
              en:
                "the delivery host \"\(name)\" is of \(service.title), not of the mail server \"\(server.name.value)\""
            ),
            help: .init(
              ja: "mailServer か deliveryHost のどちらかを直す", en: "correct mailServer or deliveryHost"),
            labels: [.init(server.name.span, .init(ja: "メールサーバーはここ", en: "the mail server"))]))
      } else if service == nil, server.family == .microsoft365 {
        bag.add(
          Diagnostic(
            .oddExchangeHost, at: host.span,
            .init(
              ja: "配送先「\(name)」はExchange Onlineのホストに見えない",
              en: "the delivery host \"\(name)\" does not look like one of Exchange Online"),
            help: .init(
              ja: "管理センターの「ドメイン」に表示されるMXのホストを、そのまま書く",
              en: "write the MX host that the admin center shows for the domain"),
            labels: [.init(server.name.span, .init(ja: "メールサーバーはここ", en: "the mail server"))]))
      }
    }
  }
}

extension DiagnosticCode {
  static let deliveryToOwnDomain = DiagnosticCode(
    8015, .warning,
    title: .init(ja: "契約ドメインを指す配送先", en: "a delivery host that is a domain of the contract"),
    explanation: .init(
      ja:
        "ドメインの名前を配送先にすると、配送する側はまずMXを引くことがあります。切替後のMXはMailGatesなので、メールがMailGatesに戻ります。MailGatesが配送先のMXを引くかどうかは公開されていません。",
      en:
        "For a domain's name a sender may look up the MX first, and after the cutover that is MailGates. Whether MailGates does so for its delivery host is not published."
    ),
    example: "domains: [{ name: kaede.example, deliveryHost: kaede.example }]",
    source: "RFC 5321 section 5.1")
  static let deliveryOfOtherService = DiagnosticCode(
    8016, .warning,
    title: .init(ja: "別のサービスの配送先", en: "a delivery host of another service"),
    explanation: .init(
      ja: "配送先のホスト名が、選んだメールサーバーとは別のサービスのものです。そのまま切り替えると、メールボックスのないところに配送され、拒否されます。",
      en:
        "The host belongs to another service than the domain's mail server. After the cutover mail would go where there are no mailboxes and be refused."
    ),
    example:
      "domains: [{ name: kaede.example, mailServer: workspace, deliveryHost: kaede-example.mail.protection.outlook.com }]",
    source: "MC1048624; support.google.com/a/answer/178333")
}
