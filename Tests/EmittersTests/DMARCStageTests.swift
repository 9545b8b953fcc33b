import Emitters
import MailRecords
import Procedure
import TenantModel
import Testing

@Suite("DMARC comes to its policy one stage at a time")
struct DMARCStageTests {
  private static func zone(_ dmarc: String?) -> String {
    """
    $TTL 3600
    @ IN SOA ns1.hosting.example. root.kaede.example. 1 7200 900 1209600 300
    @ IN NS ns1.hosting.example.
    @ IN MX 10 mail
    mail IN A 203.0.113.80
    @ IN TXT "v=spf1 mx -all"

    """ + (dmarc.map { "_dmarc IN TXT \"\($0)\"\n" } ?? "")
  }

  private static func example(
    _ dmarc: String, zone: String?, remembered: [RememberedRecords] = [], role: String = "mail"
  ) throws -> ExampleProcedure {
    let domain = """
      domains:
        - name: kaede.example
          role: \(role)
          zone: { file: zones/kaede.example.zone }
          publish: [bind, octodns, terraform-route53, nsupdate, table]
          dkim: [{ selector: mg, publicKey: keys/mg.txt }]
          dmarc: { \(dmarc) }

      """
    return try ExampleProcedure(
      ExampleProcedure.head(["leak-prevention"]) + domain,
      zones: zone.map { ["kaede.example": $0] } ?? [:],
      files: ["keys/mg.txt": ZoneEmitterTests.publicKey], remembered: remembered)
  }

  private static func texts(_ changes: [RecordChange]) -> [[String]] {
    changes.map { change in
      change.added.compactMap { if case .txt(let value) = $0 { value.text } else { nil } }
    }
  }

  private static func texts(_ example: ExampleProcedure) throws -> [[String]] {
    let dmarc = try #require(example.procedure.domains[0].dmarc)
    return texts([dmarc.first] + dmarc.stages.map(\.change))
  }

  struct Case: Sendable {
    let dmarc: String
    let today: String?
    let wanted: [[String]]
  }

  @Test(
    "step 2 keeps what the zone has, and each stage adds one level",
    arguments: [
      Case(
        dmarc: "policy: reject", today: nil,
        wanted: [
          ["v=DMARC1; p=none"], ["v=DMARC1; p=quarantine"], ["v=DMARC1; p=reject"],
        ]),
      Case(
        dmarc: "policy: reject", today: "v=DMARC1; p=quarantine",
        wanted: [[], ["v=DMARC1; p=reject"]]),
      Case(dmarc: "policy: reject", today: "v=DMARC1; p=reject", wanted: [[]]),
      // What is loosened expressly is loosened at once.
      Case(
        dmarc: "policy: none", today: "v=DMARC1; p=reject", wanted: [["v=DMARC1; p=none"]]),
      Case(
        dmarc: "policy: quarantine, stages: { testing: true }", today: nil,
        wanted: [
          ["v=DMARC1; p=none"], ["v=DMARC1; p=quarantine; t=y"], ["v=DMARC1; p=quarantine"],
        ]),
      Case(
        dmarc: "policy: reject, testing: true", today: "v=DMARC1; p=none",
        wanted: [[], ["v=DMARC1; p=quarantine"], ["v=DMARC1; p=reject; t=y"]]),
      Case(
        dmarc: "policy: quarantine", today: "v=DMARC1; p=quarantine; t=y",
        wanted: [[], ["v=DMARC1; p=quarantine"]]),
      Case(
        dmarc: "policy: reject, stages: { start: reject }", today: "v=DMARC1; p=none",
        wanted: [["v=DMARC1; p=reject"]]),
      Case(
        dmarc: "policy: reject, stages: { start: none }", today: "v=DMARC1; p=quarantine",
        wanted: [
          ["v=DMARC1; p=none"], ["v=DMARC1; p=quarantine"], ["v=DMARC1; p=reject"],
        ]),
      // Subdomains follow, but for what they had already.
      Case(
        dmarc: "policy: reject, subdomainPolicy: reject, nonexistentPolicy: reject",
        today: "v=DMARC1; p=none; np=reject",
        wanted: [
          ["v=DMARC1; p=none; sp=none; np=reject"],
          ["v=DMARC1; p=quarantine; sp=quarantine; np=reject"],
          ["v=DMARC1; p=reject; sp=reject; np=reject"],
        ]),
      Case(
        dmarc: "policy: none, nonexistentPolicy: reject", today: nil,
        wanted: [["v=DMARC1; p=none; np=reject"]]),
    ])
  func rows(_ one: Case) throws {
    let example = try Self.example(one.dmarc, zone: Self.zone(one.today))
    #expect(try Self.texts(example) == one.wanted)
  }

  @Test("a domain without mail has its policy at once")
  func parked() throws {
    let example = try Self.example("policy: reject", zone: Self.zone(nil), role: "parked")
    #expect(try Self.texts(example) == [["v=DMARC1; p=reject"]])
  }

  @Test("once the zone is at a stage, nothing leads back to an earlier one")
  func reached() throws {
    let wish = "policy: reject, aggregateReports: [\"mailto:d@kaede.example\"]"
    let before = "v=DMARC1; p=none"
    let first = try Self.example(wish, zone: Self.zone(before)).procedure.remembered
    let tail = "; rua=mailto:d@kaede.example"
    let steps = ["v=DMARC1; p=none", "v=DMARC1; p=quarantine", "v=DMARC1; p=reject"]
    for (place, text) in steps.enumerated() {
      let example = try Self.example(wish, zone: Self.zone(text + tail), remembered: first)
      var wanted = steps.map { [$0 + tail] }
      for done in 0...place { wanted[done] = [] }
      #expect(try Self.texts(example) == wanted, "\(text)")
      #expect(example.procedure.remembered == first, "\(text)")
      // Another address comes at the stage of today.
      let changed = try Self.example(
        wish.replacing("d@", with: "e@"), zone: Self.zone(text + tail), remembered: first)
      let new = "; rua=mailto:e@kaede.example"
      wanted = steps.map { [$0 + new] }
      for done in 0...place { wanted[done] = done == 0 ? [steps[place] + new] : [] }
      #expect(try Self.texts(changed) == wanted, "\(text)")
      let dmarc = try #require(changed.procedure.domains[0].dmarc)
      let back = ([dmarc.first] + dmarc.stages.map(\.change)).prefix(place + 1).reversed()
      for change in back { #expect(change.inverse != nil) }
      let inverse = try #require(dmarc.first.inverse)
      #expect(Self.texts([inverse]) == [[before]])
    }
    // Taken back expressly, it goes back at once.
    let loosened = try Self.example(
      wish.replacing("reject", with: "none"), zone: Self.zone(steps[2] + tail), remembered: first)
    #expect(try Self.texts(loosened) == [[steps[0] + tail]])
  }

  @Test("the lock is lost: the row begins at the stage that the zone has")
  func forgotten() throws {
    let example = try Self.example("policy: reject", zone: Self.zone("v=DMARC1; p=quarantine"))
    #expect(example.procedure.domains[0].dmarc?.start == .quarantine)
    #expect(!example.documents.keys.contains { $0.contains("dmarc-quarantine") })
  }

  @Test(
    "each stage has its own files in every form, with the way back, and its place in the runbook")
  func files() throws {
    let example = try Self.example(
      "policy: reject, stages: { days: 45, testing: true }", zone: Self.zone("v=DMARC1; p=none"))
    let documents = example.documents
    let words = ["quarantine-test", "quarantine", "reject-test", "reject"]
    for word in words {
      for path in [
        "kaede.example-dmarc-\(word).zone", "octodns-dmarc-\(word)/kaede.example.yaml",
        "terraform-route53-dmarc-\(word)/kaede.example.tf",
        "nsupdate-dmarc-\(word)/kaede.example.nsupdate", "table-dmarc-\(word)/kaede.example.md",
        "table-dmarc-\(word)/kaede.example.csv",
      ] {
        #expect(documents["8-afterwards/" + path] != nil, "\(path)")
        #expect(documents["rollback/8-afterwards/" + path] != nil, "\(path)")
      }
    }
    let runbook = try #require(documents["RUNBOOK.md"])
    let sections = runbook.components("\n## ").filter { $0.contains("DMARCを p=") }
      .filter { !$0.hasPrefix("全体") && !$0.hasPrefix("元に") }
    #expect(sections.count == 4)
    for (section, word) in zip(sections, words) {
      #expect(section.contains("-dmarc-\(word).zone"), "\(word)")
      #expect(section.contains("45日以上後"), "\(word)")
    }
    // Of an unknown zone, each stage knows what the one before it published.
    let unknown = try Self.example("policy: reject", zone: nil).documents
    let update = try #require(
      unknown["8-afterwards/nsupdate-dmarc-quarantine/kaede.example.nsupdate"])
    #expect(update.contains("prereq yxrrset _dmarc.kaede.example. IN TXT \"v=DMARC1; p=none\""))
  }
}

extension String {
  fileprivate func components(_ separator: String) -> [String] {
    split(separator: separator, omittingEmptySubsequences: false).map(String.init)
  }
}
