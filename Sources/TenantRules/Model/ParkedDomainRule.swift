internal import Diagnostics
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// What a domain without mail cannot have.
  static let parkedDomain = Rule([.parkedDomain]) { input, bag in
    for domain in input.tenant.domains where domain.role == .parked {
      let keys: [(String, SourceSpan?)] = [
        ("mailServer", domain.mailServer?.span), ("deliveryHost", domain.deliveryHost?.span),
        ("spf", domain.spf.flatMap { $0.senders.isEmpty && $0.remove.isEmpty ? nil : $0.span }),
        ("dkim", domain.dkim.first?.span), ("cutover", domain.cutover?.span),
      ]
      for (key, span) in keys {
        guard let span else { continue }
        bag.add(
          Diagnostic(
            .parkedDomain, at: span,
            .init(
              ja: "メールに使わないドメインの \(key) には効果がない",
              en: "\(key) has no effect for a domain without mail"),
            help: .init(
              ja: "\(key) を消すか、role を mail か alias にする",
              en: "remove \(key), or make the role mail or alias"),
            labels: [
              .init(domain.name.span, .init(ja: "このドメインはparked", en: "this domain is parked"))
            ], fixes: [.removeKey(key, holding: span)]))
      }
    }
  }
}

extension DiagnosticCode {
  static let parkedDomain = DiagnosticCode(
    2125, .warning,
    title: .init(ja: "メールに使わないドメインの不要なキー", en: "a key that a domain without mail does not need"),
    explanation: .init(
      ja:
        "role: parked のドメインはメールを送受信しません。SPFは -all だけになり、MXも配送先も変えません。DKIMの鍵を置く理由もありません。",
      en:
        "A domain with role: parked neither sends nor receives. Its SPF is -all alone, its MX and delivery do not change, and it has no use for a DKIM key."
    ),
    example:
      "domains: [{ name: kaede-shop.example, role: parked, deliveryHost: mx.hosting.example }]",
    source: "RFC 7208 section 10.1.2")
}
