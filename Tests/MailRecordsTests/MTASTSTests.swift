import MailRecords
import TestSupport
import Testing

struct MTASTSTests {
  private static let sample = """
    version: STSv1
    mode: enforce
    mx: mail.kaede.example
    mx: *.mx.kaede.example
    max_age: 604800

    """

  private static func host(_ text: String) throws -> DomainName { try DomainName(parsing: text) }

  @Test(arguments: ["\n", "\r\n"])
  func reads(_ end: String) throws {
    let text = Self.sample.split(separator: "\n", omittingEmptySubsequences: false)
      .joined(separator: end)
    let policy = try MTASTSPolicy(parsing: Array(text.utf8))
    #expect(policy.mode == .enforce)
    #expect(policy.maximumAge == 604_800)
    #expect(policy.patterns.map(\.description) == ["mail.kaede.example", "*.mx.kaede.example"])
    #expect(
      policy.description
        == "version: STSv1\r\nmode: enforce\r\nmx: mail.kaede.example\r\n"
        + "mx: *.mx.kaede.example\r\nmax_age: 604800\r\n")
  }

  @Test(arguments: [
    ("mail.kaede.example", true), ("MAIL.kaede.example", true), ("a.mx.kaede.example", true),
    ("mx.kaede.example", false), ("a.b.mx.kaede.example", false), ("kaede.example", false),
    ("amx.kaede.example", false), ("x.mail.kaede.example", false),
  ])
  func covers(_ name: String, _ isCovered: Bool) throws {
    let policy = try MTASTSPolicy(parsing: Array(Self.sample.utf8))
    #expect(try policy.covers(Self.host(name)) == isCovered)
  }

  @Test(arguments: [
    ("", MTASTSPolicyError.version),
    ("version: STSv2\nmode: none\nmax_age: 1", .version),
    ("version: STSv1\nmode: off\nmax_age: 1\nmx: a.jp", .mode),
    ("version: STSv1\nmx: a.jp\nmax_age: 1", .mode),
    ("version: STSv1\nmode: testing\nmx: a.jp", .maximumAge),
    ("version: STSv1\nmode: testing\nmx: a.jp\nmax_age: 31557601", .maximumAge),
    ("version: STSv1\nmode: testing\nmx: a.jp\nmax_age: -1", .maximumAge),
    ("version: STSv1\nmode: testing\nmx: a.jp\nmax_age: 99999999999999999999", .maximumAge),
    ("version: STSv1\nmode: testing\nmax_age: 1", .noPattern),
    ("version: STSv1\nmode: testing\nmx: *\nmax_age: 1", .pattern(line: 3)),
    ("version: STSv1\nmode: testing\nmx: a.*.jp\nmax_age: 1", .pattern(line: 3)),
    ("version: STSv1\nmode: testing\nmx:\nmax_age: 1", .pattern(line: 3)),
    ("version: STSv1\n<html>\nmax_age: 1", .notAField(line: 2)),
    ("version: STSv1\n: x", .notAField(line: 2)),
    ("version: STSv1\u{0}", .notText),
    (String(repeating: "x: y\n", count: 13_108), .tooLong),
  ])
  func refuses(_ text: String, _ error: MTASTSPolicyError) {
    #expect(throws: error) { try MTASTSPolicy(parsing: Array(text.utf8)) }
  }

  @Test(arguments: [
    "\u{FEFF}version:STSv1\nmode:none\nmax_age:0",
    "mode: none\n\nversion: STSv1 \r\nmax_age: 00\nfuture.field-1: a: b\nmode: enforce",
  ])
  func tolerates(_ text: String) throws {
    let policy = try MTASTSPolicy(parsing: Array(text.utf8))
    #expect(policy == MTASTSPolicy(mode: .none, maximumAge: 0, patterns: []))
  }

  @Test func readsWhatIsLargeEnough() throws {
    let head = "version: STSv1\nmode: none\nmax_age: 1\n"
    let text = head + String(repeating: "x", count: 65_536 - head.utf8.count - 1) + ":"
    #expect(throws: Never.self) { try MTASTSPolicy(parsing: Array(text.utf8)) }
    #expect(throws: MTASTSPolicyError.tooLong) {
      try MTASTSPolicy(parsing: Array((text + ":").utf8))
    }
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func comesBack(_ seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    for _ in 0..<200 {
      let policy = try Self.policy(&random)
      #expect(try MTASTSPolicy(parsing: Array(policy.description.utf8)) == policy)
      let record = MTASTSRecord(of: policy)
      #expect(MTASTSRecord(id: record.id) == record)
      #expect(MTASTSRecord(parsing: record.description) == record)
      // Another policy has another id.
      let other = try Self.policy(&random)
      #expect((other == policy) == (MTASTSRecord(of: other) == record))
    }
  }

  /// What can be read of damaged policies comes back.
  @Test(arguments: [1, 2, 3] as [UInt64])
  func survives(_ seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let marks: [UInt8] = [0, 0x0A, 0x0D, 0x20, 0x2A, 0x2E, 0x3A, 0x61, 0xFF]
    var count = 0
    for _ in 0..<500 {
      var bytes = try Array(Self.policy(&random).description.utf8)
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        bytes[place] = marks[Int.random(in: 0..<marks.count, using: &random)]
      }
      guard let read = try? MTASTSPolicy(parsing: bytes) else { continue }
      count += 1
      #expect(try MTASTSPolicy(parsing: Array(read.description.utf8)) == read)
    }
    #expect((10...490).contains(count))
  }

  private static func policy(_ random: inout SplitMix64) throws -> MTASTSPolicy {
    let names = ["mail.kaede.example", "xn--wgv71a.example", "a-1.b.jp", "mx1.x.jp", "z.jp"]
    var patterns: [MTASTSPolicy.Pattern] = []
    for _ in 0..<Int.random(in: 1...5, using: &random) {
      let name = try Self.host(names[Int.random(in: 0..<names.count, using: &random)])
      patterns.append(.init(name, isWildcard: Bool.random(using: &random)))
    }
    return MTASTSPolicy(
      mode: MTASTSPolicy.Mode.allCases[Int.random(in: 0..<3, using: &random)],
      maximumAge: Int.random(in: 0...MTASTSPolicy.longestAge, using: &random), patterns: patterns)
  }

  @Test(arguments: [
    ("v=STSv1; id=20260101;", "20260101"), ("v=STSv1;id=aZ9", "aZ9"),
    ("v=STSv1 ; x=y ; id=1 ;", "1"), ("v=STSv1; id=2026-01-01", nil), ("v=STSv1; id=", nil),
    ("v=STSv1", nil), ("v=stsv1; id=1", nil), ("v=STSv10; id=1", nil), ("id=1; v=STSv1", nil),
    ("v=STSv1; id=123456789012345678901234567890123", nil), ("", nil),
  ])
  func readsRecords(_ text: String, _ id: String?) {
    #expect(MTASTSRecord(parsing: text)?.id == id)
  }

  @Test func printsRecords() throws {
    #expect(try #require(MTASTSRecord(id: "20260101")).description == "v=STSv1; id=20260101;")
    let policy = try MTASTSPolicy(parsing: Array(Self.sample.utf8))
    // Computed apart from mgc: FNV-1a with 64 bits of the file with CRLF.
    #expect(MTASTSRecord(of: policy).id == "8c62ce7462b41b74")
  }
}
