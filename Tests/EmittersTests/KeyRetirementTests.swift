import Foundation
import MailRecords
import Observation
import Procedure
import SourceText
import TenantModel
import TestSupport
import Testing
import Wording

@Suite("An old DKIM key goes in stages: publish, wait, sign, wait, remove")
struct KeyRetirementTests {
  private static let keys = ["keys/new.pem": LiveZone.longKey, "keys/old.txt": LiveZone.oldKey]
  private static let old = "mg._domainkey.turn.example."

  private static func example(
    dkim: String, zone: String? = LiveZone.rotatingZone, files: [String: String] = keys
  ) throws -> ExampleProcedure {
    try ExampleProcedure(
      ExampleProcedure.head(ExampleProcedure.both, language: "en") + """
        domains:
          - name: turn.example
            deliveryHost: mail.turn.example
            dkim: [\(dkim)]

        """, zones: zone.map { ["turn.example": $0] } ?? [:], files: files, publishing: true)
  }

  private static let both =
    "{ selector: mg2, publicKey: keys/new.pem }, "
    + "{ selector: mg, publicKey: keys/old.txt, retire: true, signUntil: 2027-02-15T22:00:00+09:00 }"

  private static func domain(_ example: ExampleProcedure) throws -> DomainChanges {
    try #require(example.procedure.domains.first)
  }

  @Test("the old key stays in step 2 beside the new one, and step 8 takes it alone")
  func stages() throws {
    let domain = try Self.domain(Self.example(dkim: Self.both))
    let first = try #require(domain.stages.first { $0.kind == .senderAuthentication })
    let kept = try #require(first.changes.first { $0.owner.absolute == Self.old })
    #expect(kept.isNothing)
    let last = try #require(domain.stages.first { $0.kind == .retireKey })
    #expect(last.changes.map(\.owner.absolute) == [Self.old])
    #expect(last.changes.allSatisfy { $0.added.isEmpty && $0.removed.count == 1 })
    #expect(last.changes.allSatisfy { $0.inverse?.added == $0.removed })
    // The old key of another change, which tenant.yaml does not name, is nowhere.
    let touched = domain.stages.flatMap(\.changes).map(\.owner.absolute)
    #expect(!touched.contains("mg1._domainkey.turn.example."))
  }

  @Test("each phase has its time: a day or the negative TTL, the switch, and seven days")
  func windows() throws {
    func windows(_ zone: String?) throws -> [Phase.Kind: Plan.Window] {
      let phases = try Self.example(dkim: Self.both, zone: zone).procedure.phases
      return phases.reduce(into: [:]) { $0[$1.kind] = $1.window }
    }
    let signing = try #require(Timestamp(parsing: "2027-02-15T22:00:00+09:00"))
    let usual = try windows(LiveZone.rotatingZone)
    #expect(usual[.senderAuthentication]?.notAfter?.seconds == signing.seconds - 86400)
    #expect(usual[.changeSigning]?.notBefore == signing)
    #expect(usual[.retireKey]?.notBefore?.seconds == signing.seconds + 7 * 86400)
    // A zone whose resolvers remember for two days that there is no such name.
    let slow = LiveZone.rotatingZone.replacing("$TTL 1800", with: "$TTL 172800")
      .replacing("1209600 7200", with: "1209600 172800")
    #expect(try windows(slow)[.senderAuthentication]?.notAfter?.seconds == signing.seconds - 172800)
    let unknown = try #require(try windows(nil)[.senderAuthentication])
    #expect(unknown.reason.en.contains("where the negative TTL"))
    #expect(unknown.notAfter?.seconds == signing.seconds - 86400)
  }

  @Test("without a time the runbook says what to wait for, in the order of doing")
  func undated() throws {
    let example = try Self.example(
      dkim: "{ selector: mg2, publicKey: keys/new.pem }, { selector: mg, retire: true }")
    let book = try example.text("RUNBOOK.md")
    let titles = book.split(separator: "\n").filter { $0.hasPrefix("## ") }.map(String.init)
    func place(_ title: String) throws -> Int {
      try #require(titles.firstIndex { $0.contains(title) }, "\(title)")
    }
    #expect(try place("Publish SPF") < place("Sign with the new"))
    #expect(try place("Sign with the new") + 1 == place("Remove the old"))
    #expect(book.contains("7 days or more after \""))
    #expect(book.contains("24 hours or more after \""))
    #expect(book.contains("`s=mg2`, `d=turn.example`, `dkim=pass`"))
    #expect(book.contains("dig +norecurse @SERVER TXT mg._domainkey.turn.example"))
    #expect(book.contains("`rollback/8-afterwards/turn.example-dkim.zone`"))
    #expect(!book.contains("until 20"))
  }

  @Test("until the new key is known, nothing is removed and nothing says so")
  func heldBack() throws {
    let example = try Self.example(
      dkim: "{ selector: mg2 }, { selector: mg, publicKey: keys/old.txt, retire: true }")
    let domain = try Self.domain(example)
    #expect(domain.keyRetirement == nil && !domain.stages.contains { $0.kind == .retireKey })
    #expect(domain.waitingKeys.map(\.selector.text) == ["mg2"])
    #expect(!example.procedure.phases.contains { $0.kind == .changeSigning })
    #expect(example.documents.keys.allSatisfy { !$0.contains("-dkim") })
    #expect(try example.text("2-sender-authentication/dkim.md").contains("not known yet"))
  }

  @Test("without the old key's file, what stands at its selector goes, and comes back")
  func withoutFile() throws {
    let domain = try Self.domain(
      Self.example(
        dkim: "{ selector: mg2, publicKey: keys/new.pem }, { selector: mg, retire: true }"))
    let change = try #require(domain.keyRetirement?.removals.first)
    #expect(change.removed == change.before?.data && change.afterSet == nil)
    #expect(change.inverse?.afterSet == change.before)
    #expect(domain.waitingKeys.isEmpty)
  }

  @Test("what else stands at the selector stays")
  func others() throws {
    let zone = LiveZone.rotatingZone + "mg._domainkey 7200 IN TXT \"something else\"\n"
    let change = try #require(
      try Self.domain(Self.example(dkim: Self.both, zone: zone)).keyRetirement?.removals.first)
    #expect(change.after.map(\.presentation) == ["\"something else\""])
    #expect(change.inverse?.after.count == 2)
  }

  @Test("of an unknown zone only the very key of the file is asked away, and only where it stands")
  func unknown() throws {
    let known = try Self.example(dkim: Self.both, zone: nil)
    let script = try known.text("8-afterwards/nsupdate-dkim/turn.example.nsupdate")
    #expect(script.contains("prereq yxrrset \(Self.old) IN TXT \"\(LiveZone.oldKey)\""))
    #expect(script.contains("update delete \(Self.old) IN TXT \"\(LiveZone.oldKey)\""))
    let back = try known.text("rollback/8-afterwards/nsupdate-dkim/turn.example.nsupdate")
    #expect(back.contains("prereq nxrrset \(Self.old) IN TXT"))
    #expect(back.contains("update add \(Self.old) 3600 IN TXT \"\(LiveZone.oldKey)\""))
    // Step 2 does not publish a key that is to go.
    #expect(
      try !known.text("2-sender-authentication/turn.example.zone").contains("\n\(Self.old)"))

    let unseen = try Self.example(
      dkim: "{ selector: mg2, publicKey: keys/new.pem }, { selector: mg, retire: true }", zone: nil)
    let nothing = try unseen.text("8-afterwards/nsupdate-dkim/turn.example.nsupdate")
    #expect(!nothing.contains("\nupdate ") && !nothing.contains("\nsend"))
    let zone = try unseen.text("8-afterwards/turn.example-dkim.zone")
    #expect(zone.contains("Write down the TXT record at mg._domainkey.turn.example"))
    let table = try unseen.text("8-afterwards/table-dkim/turn.example.md")
    #expect(table.contains("write down, then delete"))
  }

  @Test("verify sees the stages on a real server, and takes a key that has gone for done")
  func verify() throws {
    let live = try LiveZone.rotating()
    let domain = try live.domain
    try NameServer.run(zones: [live.zone: live.text]) { server in
      func words() -> [ZoneStage.Kind: StageVerdict.Word] {
        var recorder = DNSRecorder(
          servers: [DNSServer(address: IPAddress(v4: 0x7F00_0001), port: server.port)],
          areGiven: true, own: [domain.domain.name.value])
        return recorder.verdicts(on: domain).reduce(into: [:]) { $0[$1.stage.kind] = $1.word }
      }
      func apply(_ kind: ZoneStage.Kind) throws {
        let stage = try #require(domain.stages.first { $0.kind == kind })
        let script = try live.example.text(stage.path("nsupdate", ".nsupdate", back: false))
        #expect(try server.update(script).status == 0)
      }
      let before = words()
      #expect(before[.senderAuthentication] == .differs && before[.retireKey] == .differs)
      try apply(.senderAuthentication)
      let published = words()
      #expect(published[.senderAuthentication] == .same && published[.retireKey] == .differs)
      try apply(.retireKey)
      let removed = words()
      #expect(removed[.senderAuthentication] == .same && removed[.retireKey] == .same)
    }
    let now = try #require(Timestamp(parsing: "2027-02-22T21:59:59+09:00"))
    #expect(!live.example.procedure.isDue(.retireKey, now: now))
    #expect(live.example.procedure.isDue(.retireKey, now: now.adding(seconds: 1)))
  }

  @Test("once it has gone, the way back leads to what the lock remembers, else to the file")
  func gone() throws {
    let bare =
      LiveZone.rotatingZone.split(separator: "\n")
      .filter { !$0.hasPrefix("mg._domainkey") }.joined(separator: "\n") + "\n"
    let change = try #require(
      try Self.domain(Self.example(dkim: Self.both, zone: bare)).keyRetirement?.removals.first)
    #expect(change.isNothing)
    #expect(change.inverse?.added.map(\.presentation) == ["\"\(LiveZone.oldKey)\""])
    let first = try LiveZone.rotating()
    let later = try first.later(bare, first.example.procedure.remembered)
    let removal = try #require(try later.domain.keyRetirement?.removals.first)
    #expect(removal.isNothing && removal.inverse?.ttl.seconds == 7200)
    // Step 2 does not publish it again.
    let kept = try #require(
      try later.domain.senderAuthentication.first { $0.owner.absolute == Self.old })
    #expect(kept.isNothing && kept.added.isEmpty)
  }
}
