import MailRecords
import Procedure
import TestSupport
import Testing

@Suite("Three name servers read the same")
struct ZoneJudgeTests {
  @Test("BIND, NSD and ldns read every zone after each stage, and on the way back, as it was meant")
  func stages() throws {
    var zones: [ZoneReaders.Zone] = []
    var names: [String] = []
    for zone in try LiveZone.all() {
      let stages = try zone.domain.stages
      let documents = zone.example.documents
      var text = try TestZone(zone.text, origin: zone.zone)
      var meant = try zone.sets
      var states: [[RecordSet]] = []
      func judge(_ name: String) {
        names.append("\(zone.name) \(name)")
        zones.append(
          ZoneReaders.Zone(
            origin: zone.zone, text: Array((text.lines.joined(separator: "\n") + "\n").utf8),
            meant: meant.flatMap(\.lines)))
      }
      func apply(_ stage: ZoneStage, back: Bool) throws {
        let path = stage.path("", ".zone", back: back)
          .replacing("/\(stage.kind.suffix)/", with: "/")
          .replacing(".zone", with: stage.kind.suffix + ".zone")
        text = try text.applying(try #require(documents[path], "\(path)"))
      }
      for stage in stages {
        states.append(meant)
        try apply(stage, back: false)
        meant = stage.changes.reduce(meant) { $1.applied(to: $0) }
        judge("\(stage.kind)")
      }
      for stage in stages.reversed() {
        try apply(stage, back: true)
        meant = states.removeLast()
        judge("\(stage.kind) back")
      }
    }
    for (name, verdict) in zip(names, try ZoneReaders.read(zones)) {
      let wanted = try #require(verdict.meant)
      #expect(verdict.named == wanted, "\(name)")
      #expect(verdict.nsd == wanted, "\(name)")
      #expect(verdict.ldns == wanted, "\(name)")
    }
    print("named-checkzone, nsd-checkzone, ldns-read-zone: the same sets in \(zones.count) zones")
    #expect(zones.count > 30)
  }
}
