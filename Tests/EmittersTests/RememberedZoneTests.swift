import Emitters
import MailRecords
import Procedure
import Testing

@Suite("The lock remembers what a zone held before mgc")
struct RememberedZoneTests {
  @Test("a zone file of any later stage leaves the way back, the plan and the memory as they were")
  func laterZones() throws {
    var later = 0
    for zone in try LiveZone.all() {
      let first = try zone.domain
      let resources = zone.example.procedure.resources
      let remembered = zone.example.procedure.remembered
      let original = try zone.sets
      var sets = original
      for (number, stage) in first.stages.enumerated() {
        sets = stage.changes.reduce(sets) { $1.applied(to: $0) }
        let now = try zone.later(LiveZone.text(sets, zone: zone.zone), remembered)
        let name = "\(zone.name) after \(stage.kind)"
        let again = try now.domain
        #expect(now.example.procedure.remembered == remembered, "\(name)")
        #expect(
          now.example.procedure.resources.map { [$0.id] + $0.properties.map(\.value) }
            == resources.map { [$0.id] + $0.properties.map(\.value) }, "\(name)")
        // What was done is not asked for again.
        for stage in again.stages.prefix(number + 1) where stage.kind != .senderAuthentication {
          let isDone = stage.changes.allSatisfy(\.isNothing)
          #expect(isDone, "\(name): \(stage.kind)")
        }
        // Nor does anything take a text back to an earlier stage.
        let texts = sets.filter { $0.type == .txt }.flatMap(\.lines)
        for change in again.stages.prefix(number + 1).flatMap(\.changes) where change.type == .txt {
          let changed = change.applied(to: sets).filter { $0.type == .txt }.flatMap(\.lines)
          #expect(changed.sorted() == texts.sorted(), "\(name): \(change.owner)")
        }
        // All the way back leads to the zone of before.
        var back = sets
        for stage in again.stages.prefix(number + 1).reversed() {
          for change in stage.changes {
            back = try #require(change.inverse).applied(to: back)
          }
        }
        expectSame(back, original, name)
        try expectSameStates(now, zone, name)
        try expectStanding(now, number, sets, name)
        later += 1
      }
    }
    print("Zones exported anew: \(later), each with the whole way back")
    #expect(later > 15)
  }

  /// Tools that keep a state get the same files.
  private func expectSameStates(
    _ now: LiveZone, _ zone: LiveZone, _ name: String
  ) throws {
    for (old, new) in zip(try zone.domain.stages, try now.domain.stages) {
      #expect(old.kind == new.kind, "\(name)")
      func sets(_ states: [ZoneStage.ManagedSet]) -> [RecordSet] { states.compactMap(\.current) }
      expectSame(
        sets(new.before + new.later), sets(old.before + old.later), "\(name): \(new.kind)")
      expectSame(sets(new.after), sets(old.after), "\(name): \(new.kind)")
    }
  }

  /// No file of a stage that is done sets what a later one has changed since: it asks for what is
  /// there.
  private func expectStanding(
    _ now: LiveZone, _ number: Int, _ sets: [RecordSet], _ name: String
  ) throws {
    let lines = Set(sets.flatMap(\.lines))
    for stage in try now.domain.stages.prefix(number + 1) {
      let asked = stage.forward.compactMap(\.current).flatMap(\.lines)
      #expect(lines.isSuperset(of: asked), "\(name): \(stage.kind)")
      #expect(stage.forward.count == stage.forwardFrom.count)
    }
  }

  private func expectSame(_ one: [RecordSet], _ other: [RecordSet], _ name: String) {
    #expect(one.flatMap(\.lines).sorted() == other.flatMap(\.lines).sorted(), "\(name)")
  }

  @Test("what someone else changed since is the new beginning")
  func strangers() throws {
    let zone = try #require(try LiveZone.all().first { $0.name == "kaede-trading" })
    let remembered = zone.example.procedure.remembered
    let moved = try zone.sets.map { set in
      set.type == .mx
        ? RecordSet(
          owner: set.owner, type: .mx, ttl: TTL(clamping: 7200),
          data: [.mx(preference: 5, host: "elsewhere.example.")]) : set
    }
    let now = try zone.later(LiveZone.text(moved, zone: zone.zone), remembered)
    let change = try #require(try now.domain.cutover)
    #expect(change.former == nil)
    #expect(change.inverse?.added.map(\.presentation) == ["5 elsewhere.example."])
    let mx = try #require(now.example.procedure.remembered.first { $0.type == .mx })
    #expect(mx.ttl.seconds == 7200)
  }

  @Test("a zone that is not given this time stays remembered")
  func notGiven() throws {
    let yaml = ExampleProcedure.head(ExampleProcedure.both) + ZoneEmitterTests.domain
    let files = ["keys/mg.txt": ZoneEmitterTests.publicKey]
    let first = try ExampleProcedure(
      yaml, zones: ["kaede.example": ZoneEmitterTests.zone], files: files
    ).procedure.remembered
    #expect(
      first.map(\.id).sorted() == [
        "dns/kaede.example/@/MX", "dns/kaede.example/@/TXT/spf",
        "dns/kaede.example/_dmarc/TXT/dmarc", "dns/kaede.example/_smtp._tls/TXT/tlsReports",
        "dns/kaede.example/mg._domainkey/TXT/dkim",
      ])
    let second = try ExampleProcedure(yaml, files: files, remembered: first).procedure.remembered
    #expect(second == first)
  }
}
