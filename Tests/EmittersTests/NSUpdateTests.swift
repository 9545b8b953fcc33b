import Emitters
import Foundation
import MailRecords
import Procedure
import SourceText
import TenantModel
import TestSupport
import Testing

@Suite("A real BIND takes the updates")
struct NSUpdateTests {
  /// A zone that a procedure changes.
  private struct Case {
    let name: String
    let procedure: ExampleProcedure
    let zone: String
    let text: String
  }

  /// Every zone of the examples, and one with what is odd.
  private static func cases() throws -> [Case] {
    var all: [Case] = []
    for name in ExampleFolder.names {
      let example = try ExampleFolder(name)
      for (zone, text) in example.zones.sorted(by: { $0.key < $1.key }) {
        all.append(Case(name: name, procedure: example.procedure, zone: zone, text: text))
      }
    }
    let odd = try ExampleProcedure(
      ExampleProcedure.head(ExampleProcedure.both) + oddDomain, zones: ["odd.example": oddZone],
      files: ["keys/long.pem": longKey], publishing: true)
    all.append(Case(name: "odd", procedure: odd, zone: "odd.example", text: oddZone))
    return all
  }

  private static let oddDomain = """
    domains:
      - name: odd.example
        deliveryHost: mail.odd.example
        zone: { file: zones/odd.example.zone }
        spf: { senders: ["ip4:203.0.113.80"] }
        dkim: [{ selector: mg, publicKey: keys/long.pem }]
        dmarc: { policy: none, aggregateReports: ["mailto:d@odd.example"] }
        tlsReports: ["mailto:t@odd.example"]
        mtaSts: { mode: enforce, maxAge: 86400 }

    """

  private static let oddZone = """
    $ORIGIN odd.example.
    $TTL 1h
    @ IN SOA ns root (
        7 ; serial
        2h 15m 2w 5m )
      IN NS ns
    ns A 192.0.2.53
    mail 77 A 203.0.113.80
    @ 4321 IN TXT "v=spf1 ip4:203.0.11" "3.80 mx" " ~all"
    @ 4321 IN TXT "quote \\" backslash \\\\ semicolon ; \\195\\169 (paren"
    @ 4321 IN TXT google-site-verification=abc "" "x"
    @ 4321 IN TXT "\(String(repeating: "k", count: 255))" "\(String(repeating: "l", count: 40))"
    @ 86399 IN MX 0 mail
    @ 86399 IN MX 10 backup.elsewhere.example.
    @ IN CAA 0 issue "ca.example"
    _dmarc IN TXT "v=DMARC1; p=none; rua=mailto:old@odd.example"
    _mta-sts 99 IN TXT "v=STSv1; id=1"
    _mta-sts 99 IN TXT "something else"
    *.wild IN TXT "v=spf1 -all"
    _sip._tcp IN SRV 1 2 5060 sip

    """

  private static let longKey: String = {
    let verdict = try? Judge.run(
      "/usr/bin/openssl", ["genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:4096"])
    let key = (verdict?.output).map { Array($0) } ?? []
    let half = try? Judge.run("/usr/bin/openssl", ["pkey", "-pubout"], input: key)
    return String(decoding: half?.output ?? Data(), as: UTF8.self)
  }()

  @Test(
    "each stage gives the wanted sets and no more; again or elsewhere refused; then all the way back"
  )
  func stages() throws {
    var counts = (zones: 0, applied: 0, refused: 0, back: 0)
    for example in try Self.cases() {
      let domain = try #require(
        example.procedure.procedure.domains.first { $0.domain.name.value.ascii == example.zone })
      try NameServer.run(zones: [example.zone: example.text]) { server in
        counts.zones += 1
        var states = [try server.transfer(example.zone)]
        for stage in domain.stages {
          let script = try example.procedure.text(stage.path(back: false))
          guard script.contains("\nsend\n") else { continue }
          let before = try server.transfer(example.zone)
          let verdict = try server.update(script)
          #expect(
            verdict.status == 0, "\(example.name) \(stage.kind): \(verdict.errors)\n\(script)")
          counts.applied += 1
          let after = try server.transfer(example.zone)
          #expect(after == stage.wanted(in: before), "\(example.name) \(stage.kind)")
          #expect(after != before)
          states.append(after)
          // Once more it is refused whole; a change of the TTL alone, which no prerequisite sees,
          // is made again and changes nothing.
          let again = try server.update(script).status
          #expect(try server.transfer(example.zone) == after)
          if stage.changes.contains(where: { $0.added != $0.removed }) {
            #expect(again != 0)
            counts.refused += 1
          }
        }
        for stage in domain.stages.reversed() {
          let script = try example.procedure.text(stage.path(back: true))
          guard script.contains("\nsend\n") else { continue }
          #expect(try server.transfer(example.zone) == states.removeLast())
          try refuseElsewhere(script, stage, server, &counts.refused)
          let verdict = try server.update(script)
          #expect(
            verdict.status == 0, "\(example.name) \(stage.kind): \(verdict.errors)\n\(script)")
          counts.back += 1
          #expect(try server.transfer(example.zone) == states.last, "\(example.name) \(stage.kind)")
        }
        #expect(states.count == 1)
      }
    }
    print(
      "BIND: \(counts.zones) zones, \(counts.applied) updates applied, \(counts.refused) refused,",
      "\(counts.back) taken back")
    #expect(counts.zones > 4 && counts.applied >= 4 * 4)
  }

  /// One record more in each set, as if someone had changed the zone: refused, and nothing changes.
  private func refuseElsewhere(
    _ script: String, _ stage: ZoneStage, _ server: NameServer, _ refused: inout Int
  ) throws {
    for change in stage.changes where !change.isNothing {
      let owner = change.owner.absolute
      let data = change.type == .mx ? "99 stranger.example." : "\"stranger\""
      let ttl = change.afterSet?.ttl ?? change.ttl
      func meddle(_ what: String) throws {
        let update = "zone \(stage.zone.ascii).\nupdate \(what)\nsend\n"
        #expect(try server.update(update).status == 0)
      }
      try meddle("add \(owner) \(ttl) IN \(change.type) \(data)")
      let changed = try server.transfer(stage.zone.ascii)
      #expect(try server.update(script).status != 0, "\(change.purpose)")
      #expect(try server.transfer(stage.zone.ascii) == changed)
      refused += 1
      try meddle("delete \(owner) IN \(change.type) \(data)")
    }
  }

  @Test("of an unknown zone, only what cannot overwrite anything is asked for")
  func unknown() throws {
    let yaml =
      ExampleProcedure.head(ExampleProcedure.both)
      + Self.oddDomain.replacing("    zone: { file: zones/odd.example.zone }\n", with: "")
    let example = try ExampleProcedure(
      yaml, files: ["keys/long.pem": Self.longKey], publishing: true)
    let script = try example.text("2-sender-authentication/nsupdate/odd.example.nsupdate")
    let orders = script.split(separator: "\n").filter { !$0.hasPrefix(";") }
    #expect(orders.allSatisfy { !$0.hasPrefix("update delete") && !$0.contains("v=spf1") })
    #expect(orders.count { $0.hasPrefix("prereq nxrrset") } == 6)
    #expect(script.contains("; SPF: odd.example. TXT"))
    let cutover = try example.text("6-mx-cutover/nsupdate/odd.example.nsupdate")
    #expect(!cutover.contains("\nupdate ") && !cutover.contains("\nsend"))
    // The way back takes away what was added, and only where it stands just so.
    let back = try example.text("rollback/2-sender-authentication/nsupdate/odd.example.nsupdate")
    #expect(back.contains("prereq yxrrset _dmarc.odd.example. IN TXT"))
    let zone = """
      @ 60 IN SOA ns root 1 60 60 60 60
      @ 60 IN NS ns
      ns 60 IN A 192.0.2.53

      """
    try NameServer.run(zones: ["odd.example": zone]) { server in
      let before = try server.transfer("odd.example")
      #expect(try server.update(script).status == 0)
      #expect(try server.transfer("odd.example").count == before.count + 3)
      #expect(try server.update(back).status == 0)
      #expect(try server.transfer("odd.example") == before)
    }
    let held = zone + "_dmarc 60 IN TXT \"v=DMARC1; p=reject\"\n"
    try NameServer.run(zones: ["odd.example": held]) { server in
      let before = try server.transfer("odd.example")
      #expect(try server.update(script).status != 0)
      #expect(try server.transfer("odd.example") == before)
    }
  }
}

extension ZoneStage {
  fileprivate func path(back: Bool) -> String {
    let step =
      switch kind.step {
      case .senderAuthentication: "2-sender-authentication"
      case .ttl: "4-ttl"
      case .mxCutover: "6-mx-cutover"
      default: "8-afterwards"
      }
    return (back ? "rollback/" : "") + step + "/nsupdate\(kind.suffix)/\(zone.ascii).nsupdate"
  }

  /// The zone after the stage: the sets of the stage as they are meant, all else as it was.
  fileprivate func wanted(in zone: [String]) -> [String] {
    var lines = zone
    for change in changes {
      let head = change.owner.absolute + " "
      lines.removeAll { $0.hasPrefix(head) && $0.split(separator: " ")[3] == "\(change.type)" }
      lines += (change.afterSet?.data ?? []).map {
        "\(head)\(change.ttl) IN \(change.type) \($0.presentation)"
      }
    }
    return lines.sorted()
  }
}
