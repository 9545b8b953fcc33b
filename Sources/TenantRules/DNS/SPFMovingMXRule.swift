internal import Diagnostics
internal import MailRecords
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// `mx` in SPF, which names other hosts once the MX has moved.
  static let movingMX = Rule([.movingMX]) { input, bag in
    guard input.tenant.contract.includes(.inboundSecurity) else { return }
    for spf in input.domainsWithSPF where spf.domain.role != .parked {
      for term in spf.merged?.terms ?? [] {
        guard case .mx(let domain, _, _) = term.mechanism,
          domain == nil || domain?.lowercased() == spf.domain.name.value.ascii
        else { continue }
        let sender = spf.domain.spf?.senders.first { $0.value.identity == term.identity }
        let place = sender?.span ?? spf.zone?.span("@", .txt) ?? spf.place
        bag.add(
          Diagnostic(
            .movingMX, at: place,
            .init(
              ja: "SPFの「\(term.description.excerpt())」は、切替後はMailGatesのホストを指す",
              en:
                "\"\(term.description.excerpt())\" in SPF means MailGates' hosts after the cutover"),
            help: .init(
              ja: "今のMXから直接送信するなら、そのアドレスを ip4: で senders に書き、mxは remove に書く",
              en:
                "where today's MX host still sends, name its address as ip4: in senders, and mx in remove"
            ), labels: [.domain(spf.domain.name.span)]))
      }
    }
  }
}

extension DiagnosticCode {
  static let movingMX = DiagnosticCode(
    3023, .warning,
    title: .init(ja: "MX切替で意味が変わるSPFのmx", en: "mx in SPF changes its meaning at the cutover"),
    explanation: .init(
      ja:
        "SPFのmxは、そのときのMXのホストを許可します。MXをMailGatesに切り替えると、それまでのサーバーは許可されなくなり、そこから直接送るメールが失敗します。またMailGatesの受信ホストを許可することになりますが、送信のためのincludeとは別のものです。",
      en:
        "The mechanism mx allows the hosts of the MX at that moment. When the MX moves to MailGates, the former server is no longer allowed, and mail that it sends itself fails. MailGates' receiving hosts are allowed instead, which is not what the include for sending is for."
    ),
    example: """
      contract: { services: [inbound-security, leak-prevention] }
      domains: [{ name: kaede.example, spf: { senders: [mx] } }]
      """, source: "RFC 7208 section 5.4")
}
