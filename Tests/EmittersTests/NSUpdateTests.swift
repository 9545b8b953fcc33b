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
  @Test(
    "each stage gives the wanted sets and no more; again or elsewhere refused; then all the way back"
  )
  func stages() throws {
    var counts = (zones: 0, applied: 0, refused: 0, back: 0, files: 0)
    for example in try LiveZone.all() {
      let domain = try example.domain
      try NameServer.run(zones: [example.zone: example.text]) { server in
        counts.zones += 1
        var states = [try server.transfer(example.zone)]
        var files = [try server.file(example.zone)]
        for stage in domain.stages {
          let script = try example.example.text(stage.path("nsupdate", ".nsupdate", back: false))
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
          files.append(try server.file(example.zone))
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
          let script = try example.example.text(stage.path("nsupdate", ".nsupdate", back: true))
          guard script.contains("\nsend\n") else { continue }
          #expect(try server.transfer(example.zone) == states.removeLast())
          files.removeLast()
          try refuseElsewhere(script, stage, server, &counts.refused)
          let verdict = try server.update(script)
          #expect(
            verdict.status == 0, "\(example.name) \(stage.kind): \(verdict.errors)\n\(script)")
          counts.back += 1
          #expect(try server.transfer(example.zone) == states.last, "\(example.name) \(stage.kind)")
          // As the server writes it to its file, TTLs and all.
          #expect(try server.file(example.zone) == files.last, "\(example.name) \(stage.kind)")
          counts.files += 1
        }
        #expect(states.count == 1)
      }
    }
    print(
      "BIND: \(counts.zones) zones, \(counts.applied) updates applied, \(counts.refused) refused,",
      "\(counts.back) taken back, \(counts.files) zone files byte for byte as before")
    #expect(counts.zones > 4 && counts.applied >= 4 * 4)
  }

  /// One record more in each set, as if someone had changed the zone: refused, and nothing changes.
  private func refuseElsewhere(
    _ script: String, _ stage: ZoneStage, _ server: NameServer, _ refused: inout Int
  ) throws {
    for change in stage.changes where !change.isNothing {
      let owner = change.owner.absolute
      let data =
        switch change.type {
        case .mx: "99 stranger.example."
        case .cname: "stranger.example."
        default: "\"stranger\""
        }
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
      // Of a CNAME there is one, so the stranger took its place.
      if change.type == .cname {
        for datum in change.afterSet?.data ?? [] {
          try meddle("add \(owner) \(ttl) IN CNAME \(datum.presentation)")
        }
      }
    }
  }

  @Test("of an unknown zone, only what cannot overwrite anything is asked for")
  func unknown() throws {
    let yaml =
      ExampleProcedure.head(ExampleProcedure.both)
      + LiveZone.oddDomain.replacing("    zone: { file: zones/odd.example.zone }\n", with: "")
    let example = try ExampleProcedure(
      yaml, files: ["keys/long.pem": LiveZone.longKey], publishing: true)
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
