import Diagnostics
import Foundation
import Invariants
import TestSupport
import Testing
import Wording

/// Tenants whose zone is what the DNS was asked.
struct SnapshotTests {
  private func compiled(_ snapshot: String, publishing: Bool = false) throws -> Compiled {
    let text =
      publishing
      ? FuzzInput.snapshotTenant.replacing(
        "zone: {", with: "publish: [bind, octodns, terraform-route53]\n    zone: {")
      : FuzzInput.snapshotTenant
    return try Compiled(text) { path in
      switch path {
      case "snapshot.json": snapshot
      case "mg.txt": FuzzInput.key
      case "sales.csv": FuzzInput.members
      default: nil
      }
    }
  }

  /// The text of a file that an apply writes.
  private func file(_ compiled: Compiled, _ path: String) throws -> String {
    let documents = try #require(compiled.documents(), "\(compiled.errors.map(\.message.en))")
    return String(decoding: try #require(documents[path]), as: UTF8.self)
  }

  @Test func `A set that was answered is changed as from a zone file`() throws {
    let zone = try file(
      compiled(FuzzInput.snapshot), "2-sender-authentication/kaede.example.zone")
    #expect(zone.contains("; remove: kaede.example. 300 IN TXT \"v=spf1 ip4:203.0.113.80 ~all\""))
  }

  /// Neither a failure nor silence nor disagreement is taken for an empty set.
  @Test(arguments: ["failure", "disagreement", nil])
  func `A set that is not known is never overwritten`(_ word: String?) throws {
    var lines = FuzzInput.snapshot.split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
    let place = try #require(
      lines.firstIndex { $0.contains("\"kaede.example\", \"type\": \"TXT\"") })
    lines.removeSubrange(place...place + 1)
    if let word {
      lines.insert(
        "{ \"name\": \"kaede.example\", \"type\": \"TXT\", \"answer\": \"\(word)\" },", at: place)
    }
    let snapshot = lines.joined(separator: "\n")
    let found = try compiled(snapshot, publishing: true)
    #expect(found.findings.contains { $0.code.number == 3104 })
    let folder = "2-sender-authentication"
    let zone = try file(found, "\(folder)/kaede.example.zone")
    #expect(zone.contains("CHECK FIRST"))
    #expect(!zone.split(separator: "\n").contains { $0.hasPrefix("kaede.example.") })
    #expect(try !file(found, "\(folder)/octodns/kaede.example.yaml").contains("\n  - 'v=spf1"))
    // Without the zone's own terms nobody knows what may be left out: the server's address comes in.
    #expect(zone.contains("ip4:203.0.113.80"))
    // What is known goes on.
    #expect(
      try file(found, "6-mx-cutover/kaede.example.zone").contains(
        "; remove: kaede.example. 300 IN MX"))
  }

  /// RFC 9990 section 4: the receiver's zone allows the reports of strangers.
  @Test(arguments: [(#"\"v=DMARC1;\""#, false), (#"\"no\""#, true)])
  func `Who takes reports is asked`(_ record: String, _ isFound: Bool) throws {
    let name = "kaede.example._report._dmarc.reports.example"
    let snapshot = FuzzInput.snapshot.replacing(
      "\"answers\": [",
      with: """
        "answers": [
            { "name": "\(name)", "type": "TXT", "answer": "records", "ttl": 300,
              "records": ["\(record)"] },
        """)
    let text = FuzzInput.snapshotTenant.replacing(
      "zone: {",
      with: "dmarc: { policy: none, aggregateReports: [\"mailto:d@reports.example\"] }\n    zone: {"
    )
    let found = try Compiled(text) { path in
      ["snapshot.json": snapshot, "mg.txt": FuzzInput.key, "sales.csv": FuzzInput.members][path]
    }
    #expect(found.errors.isEmpty, "\(found.errors.map(\.message.en))")
    #expect(found.findings.contains { $0.code.number == 3040 } == isFound)
  }

  @Test func `Whatever becomes of the file, the compiler comes to its end`() throws {
    let count = ProcessInfo.processInfo.environment["MGC_PROOF"] == "1" ? 20_000 : 300
    var random = SplitMix64(seed: 20_261_131)
    let good = Array(FuzzInput.snapshot.utf8)
    let words = [
      "failure", "noData", "noName", "disagreement", "records", "\"", "TXT", "MX", "@", ".",
    ]
    for _ in 0..<count {
      var bytes = good
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<3, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0x20...0x7E, using: &random)
        case 1: bytes.removeSubrange(place..<min(place + 9, bytes.count))
        default:
          let word = words[Int.random(in: 0..<words.count, using: &random)]
          bytes.insert(contentsOf: word.utf8, at: place)
        }
      }
      #expect(FuzzInput(.snapshot, bytes).faults() == [])
    }
    print("\(count) changed snapshots compiled")
  }
}
