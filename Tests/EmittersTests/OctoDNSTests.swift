import Foundation
import Emitters
import MailRecords
import Procedure
import TestSupport
import Testing

@Suite("octoDNS reads what mgc writes for it")
struct OctoDNSTests {
  private struct Result: Decodable {
    let applied: Int
    let left: Int
    let zone: [String]
  }

  private struct Request: Encodable {
    let zone: String
    let port: UInt16
    let overlays: [String]
    let isForced: Bool
    let isAlone: Bool
  }

  /// - Parameters:
  ///   - isForced: whether octoDNS makes changes that it holds to be too many.
  ///   - isAlone: whether it has no other source, which is not what mgc says to do.
  private static func apply(
    _ overlays: [String], to zone: String, _ text: String, isForced: Bool = true,
    isAlone: Bool = false
  ) throws -> [Result] {
    try NameServer.run(zones: [zone: text]) { server in
      let request = Request(
        zone: zone, port: server.port, overlays: overlays, isForced: isForced,
        isAlone: isAlone)
      return try Judge.read(
        "octodns_apply.py", input: Array(JSONEncoder().encode(request)), as: [Result].self)
    }
  }

  @Test("each stage gives the wanted sets and no more, a second plan is empty, and the way back")
  func stages() throws {
    var counts = (zones: 0, applied: 0, changes: 0)
    for zone in try LiveZone.all().filter({ $0.name != "odd" }) + [LiveZone.odd(isPlain: true)] {
      let stages = try zone.domain.stages
      func text(_ stage: ZoneStage, back: Bool) throws -> String {
        try zone.example.text(stage.path("octodns", ".yaml", back: back))
      }
      let overlays =
        try stages.map { try text($0, back: false) }
        + stages.reversed().map { try text($0, back: true) }
      let results = try Self.apply(overlays, to: zone.zone, zone.text)
      counts.zones += 1
      for (number, stage) in stages.enumerated() {
        let result = results[number + 1]
        #expect(
          result.zone
            == stage.wanted(in: results[number].zone, typeField: 2) { change, datum in
              let text = if case .txt(let value) = datum { value.text } else { datum.presentation }
              return "\(change.owner.absolute) \(change.ttl) \(change.type) \(text)"
            }, "\(zone.name) \(stage.kind)")
        #expect(result.left == 0)
        counts.applied += 1
        counts.changes += result.applied
        // The way back from this stage gives what was before it.
        let back = results[results.count - 1 - number]
        #expect(back.zone == results[number].zone, "\(zone.name) \(stage.kind) back")
        #expect(back.left == 0)
      }
    }
    print(
      "octoDNS: \(counts.zones) zones, \(counts.applied) stages with \(counts.changes) changes,",
      "each with an empty second plan, and back")
    #expect(counts.applied >= 12)
  }

  /// The plan of mgc says it: see SmallZoneTests.
  @Test("octoDNS moves the MX of a zone of three records without asking")
  func smallZone() throws {
    let zone = """
      @ 3600 IN SOA ns root 1 60 60 60 60
      @ 3600 IN NS ns.elsewhere.example.
      @ 3600 IN A 192.0.2.53
      @ 3600 IN MX 10 mail.elsewhere.example.

      """
    let overlay = """
      '':
        - ttl: 300
          type: MX
          values: [{ exchange: mx1.gateway.example., preference: 10 }]

      """
    let results = try Self.apply([overlay], to: "small.example", zone, isForced: false)
    #expect(results[1].applied == 1)
    #expect(results[1].zone.contains("small.example. 300 MX 10 mx1.gateway.example."))
  }

  @Test("alone, octoDNS takes the rest of a small zone away unasked; as mgc says, the rest stays")
  func counterExample() throws {
    let zone = """
      @ 3600 IN SOA ns root 1 60 60 60 60
      @ 3600 IN NS ns.elsewhere.example.
      @ 3600 IN A 192.0.2.53
      @ 3600 IN TXT "site-verification=1"
      @ 3600 IN MX 10 mail.elsewhere.example.
      shop 3600 IN A 192.0.2.54

      """
    let others = [
      "small.example. 3600 A 192.0.2.53", "small.example. 3600 NS ns.elsewhere.example.",
      "small.example. 3600 TXT site-verification=1", "shop.small.example. 3600 A 192.0.2.54",
    ]
    let mx = [
      "small.example. 300 MX 10 mx1.gateway.example.",
      "small.example. 300 MX 20 mx2.gateway.example.",
    ]
    let example = try ExampleProcedure(
      ExampleProcedure.head(["inbound-security"]) + """
        domains:
          - { name: small.example, deliveryHost: mail.elsewhere.example }

        """, zones: ["small.example": "$ORIGIN small.example.\n" + zone], publishing: true)
    let overlay = try example.text("6-mx-cutover/octodns/small.example.yaml")
    let alone = try Self.apply(
      [overlay], to: "small.example", zone, isForced: false, isAlone: true)
    #expect(alone[1].zone.filter { !$0.contains(" NS ") } == mx)
    let behind = try Self.apply([overlay], to: "small.example", zone, isForced: false)
    #expect(behind[1].zone == (others + mx).sorted())
    #expect(behind[1].applied == 1 && behind[1].left == 0)
    print("octoDNS: alone it deletes \(others.count - 1) sets that mgc's way leaves untouched")
  }

  @Test("what octoDNS cannot hold is a comment, and so is what nobody has seen")
  func commented() throws {
    let zone = try LiveZone.odd()
    let stage = try #require(zone.domain.stages.first)
    let text = try zone.example.text(stage.path("octodns", ".yaml", back: false))
    #expect(text.contains("# not here: odd.example. TXT, for octoDNS cannot hold"))
    #expect(text.contains("\n'_dmarc':\n"))
    let yaml =
      ExampleProcedure.head(ExampleProcedure.both)
      + LiveZone.oddDomain.replacing("    zone: { file: zones/odd.example.zone }\n", with: "")
    let unknown = try ExampleProcedure(
      yaml, files: ["keys/long.pem": LiveZone.longKey], publishing: true)
    for step in ["2-sender-authentication", "4-ttl", "6-mx-cutover"] {
      let text = try unknown.text("\(step)/octodns/odd.example.yaml")
      #expect(text.hasSuffix("---\n{}\n") && text.contains("does not know what the zone holds"))
    }
  }
}
