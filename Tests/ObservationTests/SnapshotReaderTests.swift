import Diagnostics
import Foundation
import JSONText
import MailRecords
import Observation
import Procedure
import SourceText
import TenantModel
import TestSupport
import Testing
import Wording

struct SnapshotReaderTests {
  static let good = """
    {
      "format_version": 1,
      "recorded": "2026-11-22T09:00:00+09:00",
      "answers": [
        {
          "name": "_dmarc.kaede.example",
          "type": "TXT",
          "answer": "noName"
        },
        {
          "name": "_smtp._tls.kaede.example",
          "type": "TXT",
          "answer": "failure"
        },
        {
          "name": "kaede.example",
          "type": "MX",
          "answer": "records",
          "ttl": 3600,
          "records": [
            "10 mx1.kaede.example.",
            "20 mx2.kaede.example."
          ]
        },
        {
          "name": "kaede.example",
          "type": "SOA",
          "answer": "records",
          "ttl": 7200,
          "records": [
            "ns.dns.example. root.kaede.example. 1 7200 900 604800 900"
          ]
        },
        {
          "name": "mg._domainkey.kaede.example",
          "type": "TXT",
          "answer": "records",
          "aliases": [
            {
              "target": "mg.sender.example.",
              "ttl": 60
            }
          ],
          "ttl": 300,
          "records": [
            "\\"v=DKIM1; p=\\""
          ]
        }
      ]
    }

    """

  static func read(_ text: String) -> (snapshot: SnapshotObservation?, findings: [Diagnostic]) {
    SnapshotReader.read(SourceFile(name: "snapshot.json", text: text), id: SourceFileID(index: 1))
  }

  @Test func `What is written is read back as the same`() throws {
    let (read, findings) = Self.read(Self.good)
    #expect(findings.map(\.message.en) == [])
    #expect(try #require(read).snapshot.json.pretty == Self.good)
  }

  @Test func `What was not asked is unknown, never empty`() throws {
    let snapshot = try #require(Self.read(Self.good).snapshot)
    let origin = try DomainName(parsing: "kaede.example")
    let zone = try #require(snapshot.zone(of: origin)).contents
    #expect(!zone.isWhole)
    #expect(zone.knows("@", .mx) && !zone.knows("@", .cname))
    #expect(!zone.knows("@", .txt))
    #expect(zone.knows("_dmarc", .txt) && zone.knows("_dmarc", .cname))
    #expect(!zone.knows("_smtp._tls", .txt))
    #expect(!zone.knows("_mta-sts", .txt))
    let apex = OwnerName(apexOf: origin)
    #expect(zone.set(owner: apex, type: .mx)?.ttl.seconds == 3600)
    #expect(zone.negativeTTL?.seconds == 900)
    // Behind the alias stands what another zone holds.
    let key = OwnerName(zone: origin, relative: "mg._domainkey")
    #expect(zone.set(owner: key, type: .cname)?.data == [.cname("mg.sender.example.")])
    #expect(zone.set(owner: key, type: .txt) == nil && zone.knows("mg._domainkey", .txt))

    #expect(snapshot.answer(DNSQuestion("kaede.example", .txt)) == .unknown)
    #expect(snapshot.answer(DNSQuestion("_smtp._tls.kaede.example", .txt)) == .failure)
    #expect(snapshot.answer(DNSQuestion("_dmarc.kaede.example", .txt)) == .noName)
    guard
      case .records(_, let ttl) = snapshot.answer(DNSQuestion("mg._domainkey.kaede.example", .txt))
    else {
      Issue.record("the alias is not followed")
      return
    }
    #expect(ttl.seconds == 60)
    #expect(snapshot.zone(of: try DomainName(parsing: "other.example")) == nil)
    // Nothing at the name itself was asked.
    #expect(snapshot.zone(of: try DomainName(parsing: "sender.example")) == nil)
  }

  @Test func `A finding about records points at their line`() throws {
    let zone = try #require(
      Self.read(Self.good).snapshot?.zone(of: DomainName(parsing: "kaede.example")))
    let file = SourceFile(name: "snapshot.json", text: Self.good)
    func line(_ relative: String, _ type: RecordType) -> Int? {
      zone.span(of: OwnerName(zone: zone.contents.origin, relative: relative), type: type)
        .map { file.position(of: $0.lowerBound).line }
    }
    #expect(line("@", .mx) == 21)
    #expect(line("_dmarc", .txt) == 8)
    #expect(line("_smtp._tls", .txt) == 13)
    #expect(line("@", .txt) == nil)
  }

  static let bad: [(String, String, String, Int)] = [
    ("an unknown key", "\"ttl\": 3600", "\"ttl\": 3600, \"x\": 1", 19),
    ("no answer", "\"answer\": \"noName\"", "\"answer\": \"maybe\"", 8),
    ("a number as text", "\"ttl\": 3600", "\"ttl\": \"3600\"", 19),
    ("a TTL that is too great", "\"ttl\": 3600", "\"ttl\": 2147483648", 19),
    ("a negative TTL", "\"ttl\": 3600", "\"ttl\": -1", 19),
    ("no TTL", "\"ttl\": 3600,", "", 18),
    (
      "records without being any", "\"answer\": \"noName\"", "\"answer\": \"noName\", \"ttl\": 1", 8
    ),
    ("an address that is none", "10 mx1.kaede.example.", "mx1.kaede.example.", 21),
    ("a relative host", "10 mx1.kaede.example.", "10 mx1.kaede.example", 21),
    ("another spelling", "10 mx1.kaede.example.", "010 mx1.kaede.example.", 21),
    ("an upper-case host", "10 mx1.kaede.example.", "10 MX1.kaede.example.", 21),
    ("a second record in one", "10 mx1.kaede.example.", "10 a. ; 20 b.", 21),
    ("a line end in a record", "10 mx1.kaede.example.", "10 a.\\n@ IN MX 20 b.", 21),
    ("a repeated record", "20 mx2.kaede.example.", "10 mx1.kaede.example.", 22),
    ("an upper-case name", "\"_dmarc.kaede.example\"", "\"_DMARC.kaede.example\"", 6),
    ("a name with a dot at its end", "\"_dmarc.kaede.example\"", "\"_dmarc.kaede.example.\"", 6),
    ("an empty label", "\"_dmarc.kaede.example\"", "\"_dmarc..example\"", 6),
    ("another type", "\"type\": \"SOA\"", "\"type\": \"CAA\"", 27),
    ("a question twice", "_smtp._tls.kaede", "_dmarc.kaede", 10),
    ("no time", "2026-11-22T09:00:00+09:00", "yesterday", 3),
    ("a time in another spelling", "2026-11-22T09:00:00+09:00", "2026-11-22T09:00:00+00:00", 3),
    ("a later format", "\"format_version\": 1", "\"format_version\": 2", 2),
    ("no format", "\"format_version\": 1", "\"format_version\": \"1\"", 2),
    ("an alias to nowhere", "mg.sender.example.", "mg sender", 40),
  ]

  @Test(arguments: bad)
  func `Each fault is found where it stands`(
    _ name: String, _ from: String, _ to: String, _ line: Int
  ) throws {
    let text = Self.good.replacing(from, with: to, maxReplacements: 1)
    #expect(text != Self.good)
    let (read, findings) = Self.read(text)
    #expect(read == nil, "\(name)")
    #expect(findings.allSatisfy { $0.code.severity == .error })
    let file = SourceFile(name: "snapshot.json", text: text)
    let lines = findings.map { file.position(of: $0.primary.lowerBound).line }
    #expect(lines.contains(line), "\(name): \(lines) \(findings.map(\.message.en))")
  }

  /// What a JSON Schema cannot say: the grammar of names and data, and that nothing stands twice.
  static let unsayable: Set = [
    "an address that is none", "a relative host", "another spelling", "an upper-case host",
    "a second record in one", "a line end in a record", "a repeated record", "an upper-case name",
    "a name with a dot at its end", "an empty label", "a question twice",
    "a time in another spelling", "an alias to nowhere",
  ]

  @Test func `The published schema refuses what the reader refuses`() throws {
    let example = try String(
      contentsOf: Judge.root.appending(path: "examples/momiji-group/dns/snapshot.json"),
      encoding: .utf8)
    let texts =
      [Self.good, example]
      + Self.bad.map { Self.good.replacing($0.1, with: $0.2, maxReplacements: 1) }
    let task = JSONValue.object(["schema": DNSSnapshot.schema, "texts": .strings(texts)])
    let verdicts = try Judge.read(
      "schema_verdicts.py", input: Array(task.compact.utf8), as: [Bool?].self)
    #expect(verdicts[0] == true && verdicts[1] == true)
    let accepted = zip(Self.bad, verdicts.dropFirst(2)).filter { $1 != false }.map(\.0.0)
    #expect(Set(accepted) == Self.unsayable)
  }

  @Test func `Limits hold`() {
    func snapshot(_ answers: [String]) -> String {
      "{\"format_version\": 1, \"recorded\": \"2026-11-22T09:00:00+09:00\", \"answers\": ["
        + answers.joined(separator: ",") + "]}"
    }
    let one = "{\"name\": \"a.test\", \"type\": \"A\", \"answer\": \"noData\"}"
    let many = Self.read(snapshot([String](repeating: one, count: 20_001)))
    #expect(many.snapshot == nil && many.findings.count == 1)
    let repeated = Self.read(snapshot([String](repeating: one, count: 20_000)))
    #expect(repeated.snapshot == nil && repeated.findings.count <= DiagnosticBag.limit)
    let deep = Self.read(String(repeating: "[", count: 100_000))
    #expect(deep.snapshot == nil && !deep.findings.isEmpty)
    let large = Self.read(String(repeating: " ", count: SnapshotReader.sizeLimit + 1))
    #expect(large.snapshot == nil && large.findings.count == 1)
  }

  /// Whatever a person or a bad disk makes of the file: it is refused with a finding, or it is a
  /// snapshot that is written as it was read.
  @Test func `A changed file is refused, or says the same when it is written again`() throws {
    let count = ProcessInfo.processInfo.environment["MGC_PROOF"] == "1" ? 100_000 : 2_000
    var random = SplitMix64(seed: 20_261_129)
    var accepted = 0
    let good = Array(Self.good.utf8)
    let pieces = [
      "\"", "\\", "{", "}", "[", "]", ",", ":", "0", "-", " ", "\n", "#", "&a ", "*a", "é",
    ]
    for _ in 0..<count {
      var bytes = good
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<4, using: &random) {
        case 0: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 1: bytes.removeSubrange(place..<min(place + 7, bytes.count))
        case 2:
          bytes.insert(contentsOf: pieces.randomElement(using: &random)?.utf8 ?? "".utf8, at: place)
        default:
          let end = min(place + 40, bytes.count)
          bytes.insert(contentsOf: bytes[place..<end], at: min(end, bytes.count))
        }
      }
      let file = SourceFile(name: "snapshot.json", bytes: bytes)
      let (read, findings) = SnapshotReader.read(file, id: SourceFileID(index: 1))
      guard let read else {
        #expect(!findings.isEmpty)
        continue
      }
      accepted += 1
      let again = Self.read(read.snapshot.json.pretty)
      #expect(again.findings.isEmpty && again.snapshot?.snapshot == read.snapshot)
    }
    print("\(count) changed snapshots, of which \(accepted) are still snapshots")
    #expect(accepted > 0 && accepted < count)
  }

  /// Whatever bytes a server sends, what is recorded of them is read back.
  @Test func `A changed message is passed over, or recorded so that it can be read`() throws {
    let count = ProcessInfo.processInfo.environment["MGC_PROOF"] == "1" ? 1_000_000 : 12_000
    var random = SplitMix64(seed: 20_261_130)
    let query = try #require(DNSProbe.query(DNSQuestion("kaede.example", .txt)))
    var good = query
    good[2] |= 0x84
    good[7] = 5
    func record(_ type: UInt8, _ data: [UInt8]) -> [UInt8] {
      [0xC0, 12, 0, type, 0, 1, 0, 0, 14, 16, 0, UInt8(data.count)] + data
    }
    // The OPT of the query goes to the end.
    let edns = Array(good[31...])
    good.removeSubrange(31...)
    good +=
      record(16, [3, 0x61, 0x22, 0x5C, 1, 0x80]) + record(15, [0, 10, 2, 0x6D, 0x78, 0xC0, 12])
    good += record(1, [192, 0, 2, 1]) + record(5, [1, 0x78, 0xC0, 12])
    good +=
      record(6, [2, 0x6E, 0x73, 0xC0, 12, 0xC0, 12] + [UInt8](repeating: 1, count: 20)) + edns
    #expect(DNSProbe.answers(good).count == 5)
    var readable = 0
    for _ in 0..<count {
      var bytes = good
      for _ in 0..<Int.random(in: 1...5, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        switch Int.random(in: 0..<5, using: &random) {
        case 0, 1: bytes[place] = UInt8.random(in: 0...255, using: &random)
        case 2: bytes[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
        case 3: bytes.removeSubrange(place..<min(place + 3, bytes.count))
        default: bytes.insert(UInt8.random(in: 0...255, using: &random), at: place)
        }
      }
      if !DNSProbe.answers(bytes).isEmpty { readable += 1 }
      let faults = DNSProbe.faults(bytes)
      #expect(faults == [], "\(bytes)")
    }
    print("\(count) changed messages, of which \(readable) have answers")
    #expect(readable > count / 50)
  }
}
