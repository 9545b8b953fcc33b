import Foundation
import MailRecords
import Procedure
import TestSupport
import Testing

/// checkdmarc, which others wrote, reads the policies that mgc publishes.
@Suite("checkdmarc reads what mgc writes")
struct PolicyRecordTests {
  private struct Case: Encodable {
    let domain: String
    let text: String
  }

  private struct Verdict: Decodable {
    let kind: String
    let tags: [String: String]
    let error: String?
  }

  private static func read(_ cases: [Case]) throws -> [Verdict] {
    try Judge.read(
      "checkdmarc_reader.py", input: Array(JSONEncoder().encode(cases)), as: [Verdict].self)
  }

  @Test("Every record of DMARC, MTA-STS and TLS reporting of the examples, at every stage")
  func examples() throws {
    var cases: [Case] = []
    for zone in try LiveZone.all() {
      for change in try zone.domain.stages.flatMap(\.changes) {
        for case .txt(let value) in change.added {
          guard ["v=DMARC1", "v=STSv1", "v=TLSRPTv1"].contains(where: value.text.hasPrefix) else {
            continue
          }
          cases.append(Case(domain: zone.zone, text: value.text))
        }
      }
    }
    let verdicts = try Self.read(cases)
    for (one, verdict) in zip(cases, verdicts) {
      #expect(verdict.error == nil, "\(one.text)")
      if let record = DMARCRecord(parsing: one.text) {
        #expect(verdict.kind == "dmarc")
        #expect(verdict.tags["p"] == record.policy.rawValue)
        let reports = record.aggregateReports.map(\.description).joined(separator: ",")
        #expect((verdict.tags["rua"] ?? "") == reports)
      }
    }
    let kinds = Dictionary(grouping: verdicts, by: \.kind).mapValues(\.count)
    print(
      "checkdmarc: "
        + ["dmarc", "mta-sts", "tls-rpt"].map { "\(kinds[$0] ?? 0) \($0)" }.joined(separator: ", "))
    #expect(["dmarc", "mta-sts", "tls-rpt"].allSatisfy { (kinds[$0] ?? 0) > 0 })
  }

  @Test("Records with every tag of RFC 9989 mean the same to it")
  func everyTag() throws {
    var random = SplitMix64(seed: 9989)
    var records: [DMARCRecord] = []
    for _ in 0..<200 {
      func maybe<Value>(_ values: [Value]) -> Value? {
        Bool.random(using: &random) ? values.randomElement(using: &random) : nil
      }
      let reports = try ["mailto:d@kaede.example", "mailto:r@reports.example"].map {
        try ReportURI(parsing: $0)
      }
      records.append(
        DMARCRecord(
          policy: maybe(DMARCPolicy.allCases) ?? .none,
          subdomainPolicy: maybe(DMARCPolicy.allCases),
          nonexistentPolicy: maybe(DMARCPolicy.allCases),
          dkimAlignment: maybe(DMARCAlignment.allCases),
          spfAlignment: maybe(DMARCAlignment.allCases),
          aggregateReports: Array(reports.prefix(Int.random(in: 0...2, using: &random))),
          failureReports: Array(reports.prefix(Int.random(in: 0...1, using: &random))),
          failureOptions: maybe([[.anyFail], [.dkim, .spf], [.allFail]]) ?? [],
          isTesting: Bool.random(using: &random), publicSuffix: maybe([.no, .unknown])))
    }
    let verdicts = try Self.read(
      records.map { Case(domain: "kaede.example", text: $0.description) })
    for (record, verdict) in zip(records, verdicts) {
      let text = record.description
      #expect(verdict.error == nil, "\(text)")
      #expect(verdict.tags["p"] == record.policy.rawValue, "\(text)")
      // Tags that are not there have the defaults of RFC 9989 section 4.7.
      let below = record.subdomainPolicy ?? record.policy
      #expect(verdict.tags["sp"] == below.rawValue, "\(text)")
      #expect(verdict.tags["np"] == (record.nonexistentPolicy ?? below).rawValue, "\(text)")
      #expect(verdict.tags["adkim"] == (record.dkimAlignment ?? .relaxed).rawValue, "\(text)")
      #expect(verdict.tags["aspf"] == (record.spfAlignment ?? .relaxed).rawValue, "\(text)")
      #expect(verdict.tags["t"] == (record.isTesting ? "y" : "n"), "\(text)")
      #expect(verdict.tags["psd"] == (record.publicSuffix ?? .unknown).rawValue, "\(text)")
    }
  }

  @Test("Each key of dmarc becomes its tag")
  func everyKey() throws {
    let example = try ExampleProcedure(
      ExampleProcedure.head(ExampleProcedure.both) + """
        domains:
          - name: kaede.example
            deliveryHost: mail.kaede.example
            dmarc:
              policy: quarantine
              subdomainPolicy: reject
              nonexistentPolicy: reject
              dkimAlignment: strict
              spfAlignment: relaxed
              aggregateReports: [mailto:d@kaede.example]
              failureReports: [mailto:f@kaede.example]
              testing: true

        """)
    let texts = example.procedure.domains.flatMap(\.stages).flatMap(\.changes).flatMap(\.added)
      .compactMap { if case .txt(let value) = $0 { value.text } else { nil } }
    #expect(
      texts.contains(
        "v=DMARC1; p=quarantine; sp=reject; np=reject; adkim=s; aspf=r; "
          + "rua=mailto:d@kaede.example; ruf=mailto:f@kaede.example; t=y"))
  }

  @Test("It refuses what is no policy, so that its yes means something")
  func refuses() throws {
    let texts = ["v=DMARC1; p=maybe", "v=STSv1; id=no good", "v=TLSRPTv1; rua=tls@kaede.example"]
    let verdicts = try Self.read(texts.map { Case(domain: "kaede.example", text: $0) })
    #expect(verdicts.allSatisfy { $0.error != nil })
  }
}
