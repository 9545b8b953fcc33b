import Artifacts
import Emitters
import MailRecords
import Procedure
import SourceText
import TenantModel
import TestSupport
import Testing
import Wording

@Suite("MTA-STS around the cutover")
struct TransportPolicyTests {
  static let zone = """
    $TTL 3600
    @ 86400 IN SOA ns1.hosting.example. root.kaede.example. 1 7200 900 1209600 300
    @ 86400 IN NS ns1.hosting.example.
    @ 86400 IN MX 10 mx.Hosting.example.
    @ 86400 IN MX 20 mail
    mail 3600 IN A 203.0.113.80
    _mta-sts 7200 IN TXT "v=STSv1; id=20260101;"
    _mta-sts 7200 IN TXT "kept"

    """

  static let current = """
    version: STSv1
    mode: enforce
    mx: *.hosting.example
    mx: mail.kaede.example
    max_age: 1209600

    """

  static func yaml(
    _ sts: String?, services: [String] = ["inbound-security"], zone: Bool = true,
    role: String = "mail", language: String = "ja"
  ) -> String {
    var text = ExampleProcedure.head(services, language: language)
    text += "domains:\n  - name: kaede.example\n    role: \(role)\n    publish: [nsupdate]\n"
    if zone { text += "    zone: { file: kaede.zone }\n" }
    if role != "parked" { text += "    cutover: 2026-12-19T22:00:00+09:00\n" }
    if let sts { text += "    mtaSts: \(sts)\n" }
    return text
  }

  static func example(
    _ sts: String?, services: [String] = ["inbound-security"], zone: String? = zone,
    current: String = current, role: String = "mail", language: String = "ja"
  ) throws -> ExampleProcedure {
    try ExampleProcedure(
      yaml(sts, services: services, zone: zone != nil, role: role, language: language),
      zones: zone.map { ["kaede.example": $0] } ?? [:], files: ["today.txt": current])
  }

  private static let enforce = "{ mode: enforce, maxAge: 604800, current: today.txt }"

  private static let first = "4-ttl/mta-sts/kaede.example.txt"
  private static let last = "8-afterwards/mta-sts/kaede.example.txt"

  /// The id that a zone snippet publishes: the one record of MTA-STS that is no comment.
  private static func id(_ snippet: String) throws -> String {
    let lines = snippet.split(separator: "\n").filter { $0.hasPrefix("_mta-sts.") }
    try #require(lines.count == 1)
    let text = lines[0].split(separator: "\"")[1]
    return try #require(MTASTSRecord(parsing: String(text))).id
  }

  @Test func `Each stage has its policy, its record and its way back`() throws {
    let example = try Self.example(Self.enforce)
    let head = "version: STSv1\r\nmode: enforce\r\n"
    let new = "mx: mx1.gateway.example\r\nmx: mx2.gateway.example\r\n"
    let old = "mx: mx.hosting.example\r\nmx: mail.kaede.example\r\n"
    #expect(try example.text(Self.first) == head + old + new + "max_age: 604800\r\n")
    #expect(try example.text(Self.last) == head + new + "max_age: 604800\r\n")
    // The way back: what was served before, with the record that told of it.
    #expect(
      try example.text("rollback/" + Self.first)
        == head + "mx: *.hosting.example\r\nmx: mail.kaede.example\r\nmax_age: 1209600\r\n")
    #expect(try example.bytes("rollback/" + Self.last) == example.bytes(Self.first))
    let before = try example.text("4-ttl/kaede.example-mta-sts.zone")
    let after = try example.text("8-afterwards/kaede.example-mta-sts.zone")
    for (snippet, file) in [(before, Self.first), (after, Self.last)] {
      let policy = try MTASTSPolicy(parsing: example.bytes(file))
      #expect(try Self.id(snippet) == MTASTSRecord(of: policy).id)
    }
    #expect(try Self.id(before) != Self.id(after))
    #expect(
      before.contains("; remove: _mta-sts.kaede.example. 7200 IN TXT \"v=STSv1; id=20260101;\""))
    #expect(!before.contains("kept"))
    #expect(before.contains("wait 1209600 seconds before the MX changes"))
    let back = try example.text("rollback/4-ttl/kaede.example-mta-sts.zone")
    #expect(try Self.id(back) == "20260101")
    let afterBack = try example.text("rollback/8-afterwards/kaede.example-mta-sts.zone")
    #expect(try Self.id(afterBack) == Self.id(before))
    #expect(afterBack.contains("wait 604800 seconds after this"))
    let update = try example.text("4-ttl/nsupdate-mta-sts/kaede.example.nsupdate")
    #expect(
      update.contains("update delete _mta-sts.kaede.example. IN TXT \"v=STSv1; id=20260101;\""))
    #expect(try example.text("4-ttl/records.md").contains("\(try Self.id(before))"))
  }

  @Test(arguments: ["ja", "en"])
  func `The runbook has both in their order, with their times and files`(_ language: String) throws
  {
    let example = try Self.example(Self.enforce, language: language)
    let kinds = example.procedure.phases.map(\.kind)
    let order: [Phase.Kind] = [
      .transportPolicyBefore, .ttl, .cutover, .transportPolicyAfter, .restoreTTL,
    ]
    #expect(kinds.filter(order.contains) == order)
    let windows = Dictionary(
      uniqueKeysWithValues: example.procedure.phases.map { ($0.kind, $0.window) })
    let cutover = try #require(example.procedure.cutover).value.seconds
    #expect(windows[.transportPolicyBefore]??.notAfter?.seconds == cutover - 1_209_600)
    #expect(windows[.transportPolicyAfter]??.notBefore?.seconds == cutover + 86400)
    let runbook = try example.text("RUNBOOK.md")
    let sections = runbook.split(separator: "\n## ").map(String.init)
    func section(_ kind: Phase.Kind) throws -> String {
      let phase = try #require(example.procedure.phases.first { $0.kind == kind })
      let title = language == "ja" ? phase.kind.title.ja : phase.kind.title.en
      return try #require(sections.first { $0.split(separator: "\n")[0].contains(title) })
    }
    let before = try section(.transportPolicyBefore)
    #expect(before.contains("https://mta-sts.kaede.example/.well-known/mta-sts.txt"))
    #expect(before.contains("1209600") && before.contains("text/plain"))
    for path in [Self.first, "4-ttl/kaede.example-mta-sts.zone", "4-ttl/records.md"] {
      #expect(before.contains("`\(path)`"), "\(path)")
    }
    let files = try [
      #require(before.firstRange(of: Self.first)), #require(before.firstRange(of: "-mta-sts.zone")),
    ]
    #expect(files[0].lowerBound < files[1].lowerBound)
    #expect(!(try section(.ttl)).contains("mta-sts"))
    #expect(try section(.transportPolicyAfter).contains("`\(Self.last)`"))
    #expect(!(try section(.restoreTTL)).contains("mta-sts"))
    // The policy with both comes back before the MX does, the policy of today after it.
    let back = try #require(sections.last { $0.contains("rollback/6-mx-cutover") })
    let places = try ["rollback/" + Self.last, "rollback/6-mx-cutover", "rollback/" + Self.first]
      .map { try #require(back.firstRange(of: $0)).lowerBound }
    #expect(places == places.sorted())
  }

  @Test func `Resources have ids of their own and show the policy`() throws {
    let resources = try Self.example(Self.enforce).procedure.resources
    #expect(Set(resources.map(\.id)).count == resources.count)
    let policies = resources.filter { $0.id.contains("_mta-sts") }
    #expect(policies.map(\.step) == [.ttl, .afterwards])
    #expect(policies.allSatisfy { $0.properties.contains(.init("policy", "mode: enforce")) })
  }

  @Test(arguments: [
    (nil, ["inbound-security"], "mail"), ("{ mode: enforce }", ["leak-prevention"], "mail"),
    ("{ mode: enforce }", ["inbound-security"], "parked"),
  ])
  func `Nothing is written where nothing is asked for`(
    _ sts: String?, _ services: [String], _ role: String
  ) throws {
    let example = try Self.example(sts, services: services, role: role)
    #expect(example.documents.keys.allSatisfy { !$0.contains("mta-sts") })
    #expect(example.documents.values.allSatisfy { !$0.contains("MTA-STS") })
  }

  @Test func `With an unknown zone the policy of today says what to name`() throws {
    let example = try Self.example(Self.enforce, zone: nil)
    let policy = try MTASTSPolicy(parsing: example.bytes(Self.first))
    #expect(policy.mode == .enforce)
    #expect(
      policy.patterns.map(\.description) == [
        "*.hosting.example", "mail.kaede.example", "mx1.gateway.example", "mx2.gateway.example",
      ])
    // The update after it takes away just what the one before it brought.
    let after = try example.text("8-afterwards/nsupdate-mta-sts/kaede.example.nsupdate")
    let record = MTASTSRecord(of: policy)
    #expect(after.contains("prereq yxrrset _mta-sts.kaede.example. IN TXT \"\(record)\""))
    let back = try example.text("rollback/8-afterwards/nsupdate-mta-sts/kaede.example.nsupdate")
    #expect(back.contains("IN TXT \"\(record)\""))
    let snippet = try example.text("rollback/8-afterwards/kaede.example-mta-sts.zone")
    #expect(snippet.contains("Put back: _mta-sts.kaede.example. 3600 IN TXT \"\(record)\""))
  }

  @Test func `Where nobody knows the old MX, nothing is refused before the cutover`() throws {
    let example = try Self.example("{ mode: enforce }", zone: nil)
    #expect(try MTASTSPolicy(parsing: example.bytes(Self.first)).mode == .testing)
    #expect(try MTASTSPolicy(parsing: example.bytes(Self.last)).mode == .enforce)
    #expect(!example.documents.keys.contains("rollback/" + Self.first))
    #expect(try example.text("RUNBOOK.md").contains("mode: testing"))
  }

  @Test func `A policy that is given up needs one stage`() throws {
    let example = try Self.example("{ mode: none, maxAge: 86400, current: today.txt }")
    #expect(try example.text(Self.first) == "version: STSv1\r\nmode: none\r\nmax_age: 86400\r\n")
    #expect(!example.documents.keys.contains(Self.last))
  }

  @Test func `Where the MX has moved, the policy is published afterwards`() throws {
    let zone = Self.zone.replacing("mx.Hosting", with: "mx1.gateway").replacing(
      "20 mail", with: "20 mx2.gateway.example.")
    let example = try Self.example(Self.enforce, zone: zone)
    #expect(!example.documents.keys.contains(Self.first))
    #expect(try MTASTSPolicy(parsing: example.bytes(Self.last)).patterns.count == 2)
    #expect(try example.text("rollback/" + Self.last).contains("*.hosting.example"))
  }

  @Test(arguments: [
    (current.replacing("enforce", with: "testing"), 0),
    (current.replacing("mx: mail", with: "mx: *.gateway.example\nmx: mail"), 0),
    (current.replacing("1209600", with: "31557600"), 31_557_600),
  ])
  func `Only a policy that refuses the new MX holds the cutover`(
    _ current: String, _ seconds: Int
  ) throws {
    let example = try Self.example(Self.enforce, current: current)
    #expect(example.procedure.domains[0].transportPolicy?.heldFor == seconds)
  }
}
