internal import Diagnostics
internal import MailRecords
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// The TTL that tenant.yaml states against that of the zone.
  static let statedTTL = Rule([.otherTTL]) { input, bag in
    guard input.tenant.contract.includes(.inboundSecurity) else { return }
    for zone in input.knownZones {
      // One that is low today may have been lowered by step 4.
      guard let stated = zone.domain.mxTTL, let held = zone.set("@", .mx)?.ttl,
        held != stated.value, Int(held.seconds) > Catalogue.loweredTTL.value
      else { continue }
      bag.add(
        Diagnostic(
          .otherTTL, at: stated.span,
          .init(
            ja: "ゾーンのMXのTTLは\(held)秒で、ここの\(stated.value)秒と違う",
            en: "the MX of the zone has a TTL of \(held) seconds, not the \(stated.value) of here"),
          help: .init(
            ja: "ゾーンの値が使われる。mxTtl を消すか、ゾーンファイルが古くないか確かめる",
            en: "the zone's holds; remove mxTtl, or see whether the zone file is old"),
          labels: [.init(zone.span("@", .mx), .init(ja: "今のMX", en: "the MX of today"))],
          fixes: [.removeKey("mxTtl", holding: stated.span)]))
    }
  }
}

extension DiagnosticCode {
  static let otherTTL = DiagnosticCode(
    3147, .warning,
    title: .init(ja: "ゾーンと違うMXのTTL", en: "a TTL of the MX that is not the zone's"),
    explanation: .init(
      ja:
        "mxTtlは、ゾーンの今の内容が分からないときのためのものです。分かるときはゾーンのTTLで待つ時間が決まり、最後にその値へ戻します。違う値は、どちらかが古いことを示します。",
      en:
        "mxTtl is for a zone that mgc does not know. Where it does, the zone's TTL says how long to wait and what to restore. Where the two differ, one of them is out of date."
    ),
    example: "@ 3600 IN MX 10 mail.kaede.example.\nmxTtl: 86400", source: "RFC 1035 section 3.2.1")
}
