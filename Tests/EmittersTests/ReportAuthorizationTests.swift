import Emitters
import MailRecords
import Procedure
import TenantModel
import Testing

@Suite("Others allow DMARC reports")
struct ReportAuthorizationTests {
  private static func domain(_ name: String, _ dmarc: String?, zone: Bool = false) -> String {
    "  - { name: \(name)"
      + (zone ? ", zone: { file: zones/\(name).zone }, publish: [bind, nsupdate, table]" : "")
      + (dmarc.map { ", dmarc: { policy: none, aggregateReports: [\"mailto:d@\($0)\"] }" } ?? "")
      + " }\n"
  }

  private static func example(
    _ domains: [String], zones: [String: String] = [:]
  ) throws -> ExampleProcedure {
    try ExampleProcedure(
      ExampleProcedure.head(["leak-prevention"]) + "domains:\n" + domains.joined(),
      zones: zones.mapValues { soa + $0 })
  }

  private static let soa = """
    $TTL 3600
    @ IN SOA ns1.hosting.example. root.hosting.example. 1 7200 900 1209600 300
    @ IN NS ns1.hosting.example.

    """

  /// The leaves as words: the name of the record, and what becomes of it.
  private static func words(
    _ domains: [String], zones: [String: String] = [:], dns: [String: DNSAnswer] = [:]
  ) throws -> [String] {
    let example = try example(domains, zones: zones)
    let all = ReportAuthorization.all(
      example.procedure.tenant,
      zones: Dictionary(
        uniqueKeysWithValues: example.zoneContents.map { ($0.value.origin, $0.value) }),
      answers: ZoneAnswers([:], recorded: { dns[$0.name] ?? .unknown }))
    return all.map { one in
      switch one.state {
      case .published: "\(one.owner) published"
      case .own(let zone): "\(one.owner) in \(zone.ascii)"
      case .asked: "\(one.owner) asked"
      case .tooLong: "\(one.owner.utf8.count) too long"
      }
    }
  }

  private static func answer(_ text: String) throws -> DNSAnswer {
    .records([.txt(try #require(TXTValue(ascii: text)))], ttl: TTL(clamping: 3600))
  }

  @Test("a stranger is asked, unless the DNS is known to have the record")
  func strangers() throws {
    let domains = [Self.domain("a.example", "reports.test")]
    let name = "a.example._report._dmarc.reports.test"
    #expect(try Self.words(domains) == [name + " asked"])
    let (leave, other) = (try Self.answer("v=DMARC1;"), try Self.answer("v=spf1 -all"))
    #expect(try Self.words(domains, dns: [name: leave]) == [name + " published"])
    #expect(try Self.words(domains, dns: [name: other]) == [name + " asked"])
    #expect(try Self.words(domains, dns: [name: .noName]) == [name + " asked"])
  }

  @Test("the same organization needs none, by the tree walk of what is known")
  func organizations() throws {
    // Below one's own record.
    #expect(try Self.words([Self.domain("a.example", "in.a.example")]) == [])
    // Above it, where nothing is known of that name.
    #expect(try Self.words([Self.domain("a.b.example", "b.example")]) == [])
    // Above it, where there is no record: then each is its own organization.
    #expect(
      try Self.words(
        [Self.domain("a.b.example", "b.example")], dns: ["_dmarc.b.example": .noName])
        == ["a.b.example._report._dmarc.b.example asked"])
    // Siblings belong together where the domain above has a record.
    let siblings = [Self.domain("a.b.example", "c.b.example")]
    #expect(try Self.words(siblings) == ["a.b.example._report._dmarc.c.b.example asked"])
    let shared = ["_dmarc.b.example": try Self.answer("v=DMARC1; p=none")]
    #expect(try Self.words(siblings, dns: shared) == [])
    // Not where that is a public suffix.
    let suffix = ["_dmarc.b.example": try Self.answer("v=DMARC1; p=none; psd=y")]
    #expect(
      try Self.words(siblings, dns: suffix) == ["a.b.example._report._dmarc.c.b.example asked"])
    // Nor where one says that it is on its own.
    let apart = shared.merging(["_dmarc.c.b.example": try Self.answer("v=DMARC1; p=none; psd=n")]) {
      one, _ in one
    }
    #expect(
      try Self.words(siblings, dns: apart) == ["a.b.example._report._dmarc.c.b.example asked"])
  }

  @Test("a domain of the contract gets the record in its own zone, unless a wildcard is there")
  func own() throws {
    let domains = [
      Self.domain("a.example", "in.b.example"), Self.domain("b.example", "b.example", zone: true),
    ]
    let name = "a.example._report._dmarc.in.b.example"
    #expect(try Self.words(domains, zones: ["b.example": ""]) == [name + " in b.example"])
    #expect(
      try Self.words(
        domains, zones: ["b.example": "*._report._dmarc.in IN TXT \"v=DMARC1\"\n"])
        == [name + " published"])
    // A name in between hides the wildcard above it (RFC 4592).
    #expect(
      try Self.words(
        domains,
        zones: [
          "b.example":
            "*._report._dmarc.in IN TXT \"v=DMARC1\"\nx.example._report._dmarc.in IN TXT \"v=DMARC1\"\n"
        ]) == [name + " in b.example"])
    let example = try Self.example(domains, zones: ["b.example": ""])
    let documents = example.documents
    let file = try #require(documents["2-sender-authentication/b.example.zone"])
    #expect(file.contains("\n\(name). 3600 IN TXT \"v=DMARC1;\"\n"), "\(file)")
    let back = try #require(documents["rollback/2-sender-authentication/b.example.zone"])
    #expect(back.contains("; remove: \(name). 3600 IN TXT \"v=DMARC1;\"\n"))
    #expect(
      documents["2-sender-authentication/nsupdate/b.example.nsupdate"]?.contains(name) == true)
    #expect(documents["2-sender-authentication/table/b.example.csv"]?.contains(name) == true)
    #expect(documents["2-sender-authentication/report-authorization.md"] == nil)
    // One that is there stays as it is written.
    let there = try Self.example(
      domains, zones: ["b.example": "a.example._report._dmarc.in IN TXT \"v=DMARC1\"\n"])
    let change = try #require(
      there.procedure.domains[1].senderAuthentication.first { $0.purpose == .reportAuthorization })
    #expect(change.isNothing)
  }

  @Test("a name that is too long can be no record")
  func long() throws {
    let receiver =
      Array(repeating: String(repeating: "r", count: 60), count: 3)
      .joined(separator: ".") + ".example"
    let domain = String(repeating: "d", count: 60) + ".example"
    #expect(try Self.words([Self.domain(domain, receiver)]) == ["274 too long"])
  }

  @Test("who is asked gets a page, and the runbook asks before DMARC is published")
  func page() throws {
    let documents = try Self.example([
      Self.domain("a.example", "reports.test"), Self.domain("b.example", "reports.test"),
    ]).documents
    let page = try #require(documents["2-sender-authentication/report-authorization.md"])
    for name in ["a", "b"] {
      let owner = "\(name).example._report._dmarc.reports.test"
      #expect(page.contains("\n\(owner). 3600 IN TXT \"v=DMARC1;\"\n"), "\(page)")
      #expect(page.contains("dig +short TXT \(owner)\n"))
    }
    #expect(page.split(separator: "\n").filter { $0.hasPrefix("## ") } == ["## `reports.test`"])
    let runbook = try #require(documents["RUNBOOK.md"])
    let asking = try #require(runbook.range(of: "DMARCレポートの宛先に許可を頼む(手順2)"))
    let publishing = try #require(runbook.range(of: "SPF・DKIM・DMARCの公開(手順2)"))
    #expect(asking.lowerBound < publishing.lowerBound)
  }
}

extension String {
  fileprivate func range(of text: String) -> Range<String.Index>? { firstRange(of: text) }
}
