import MailRecords
import Procedure
import SourceText
import TenantModel
import Testing

@Suite("The TTL that tenant.yaml states stands where the zone does not say")
struct StatedTTLTests {
  private static func example(_ ttl: Int?, zone: String? = nil) throws -> ExampleProcedure {
    try ExampleProcedure(
      ExampleProcedure.head(["inbound-security"], language: "en") + """
        domains:
          - name: kaede.example
            deliveryHost: mail.kaede.example
            cutover: 2026-12-19T22:00:00+09:00\(ttl.map { "\n    mxTtl: \($0)" } ?? "")

        """, zones: zone.map { ["kaede.example": $0] } ?? [:], publishing: true)
  }

  private static func zone(_ ttl: Int) -> String {
    """
    $ORIGIN kaede.example.
    @ 60 IN SOA ns root 1 60 60 60 60
    @ 60 IN NS ns
    ns 60 IN A 192.0.2.53
    mail 60 IN A 203.0.113.80
    @ \(ttl) IN MX 10 mail

    """
  }

  private static func windows(_ example: ExampleProcedure) -> [Phase.Kind: Plan.Window] {
    example.procedure.phases.reduce(into: [:]) { $0[$1.kind] = $1.window }
  }

  @Test("an unknown zone is waited for and restored as a known one of the same TTL")
  func same() throws {
    let days = 86400 * 12
    let stated = try Self.example(days)
    let known = try Self.example(nil, zone: Self.zone(days))
    for kind in [Phase.Kind.ttl, .cutover, .restoreTTL] {
      let (one, other) = (Self.windows(stated)[kind], Self.windows(known)[kind])
      #expect(one?.notBefore == other?.notBefore && one?.notAfter == other?.notAfter, "\(kind)")
      #expect(one?.reason == other?.reason, "\(kind)")
    }
    let domain = try #require(stated.procedure.domains.first)
    #expect(domain.oldTTL == known.procedure.domains.first?.oldTTL)
    #expect(domain.restoreTTL?.ttl == known.procedure.domains.first?.restoreTTL?.ttl)
    let lowering = try stated.text("4-ttl/kaede.example.zone")
    #expect(lowering.contains("wait \(days) seconds before the MX changes"))
    #expect(try stated.text("6-mx-cutover/kaede.example.zone").contains("; \(days) seconds."))
    #expect(
      try stated.text("8-afterwards/kaede.example-ttl.zone").contains("or to \(days) seconds"))
    let book = try stated.text("RUNBOOK.md")
    #expect(book.contains("`kaede.example`: \(days) seconds"))
    #expect(book.contains("see that the TTL before is \(days) seconds, as tenant.yaml says"))
    #expect(!book.contains("where the TTL was longer before"))
  }

  @Test("without it nobody knows, and a zone that is known says more")
  func otherwise() throws {
    let unknown = try Self.example(nil)
    #expect(unknown.procedure.domains.first?.oldTTL == nil)
    #expect(try unknown.text("RUNBOOK.md").contains("where the TTL was longer before"))
    let known = try #require(
      try Self.example(86400, zone: Self.zone(7200)).procedure.domains.first)
    #expect(known.oldTTL?.seconds == 7200 && known.restoreTTL?.ttl.seconds == 7200)
  }

  @Test("a zone whose TTL is low already goes back to what is stated")
  func lowered() throws {
    let domain = try #require(
      try Self.example(86400, zone: Self.zone(300)).procedure.domains.first)
    #expect(domain.restoreTTL?.ttl.seconds == 86400 && domain.oldTTL?.seconds == 86400)
  }

  @Test("where it is low, there is nothing to lower and nothing to restore")
  func low() throws {
    let example = try Self.example(120)
    let domain = try #require(example.procedure.domains.first)
    #expect(domain.lowerTTL == nil && domain.restoreTTL == nil)
    #expect(domain.cutover?.ttl.seconds == 120)
    #expect(!example.procedure.phases.contains { $0.kind == .ttl || $0.kind == .restoreTTL })
  }
}
