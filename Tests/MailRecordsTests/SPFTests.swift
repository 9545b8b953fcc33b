import MailRecords
import Testing
import TestSupport

struct SPFTests {
  @Test(arguments: [
    "v=spf1", "v=spf1 -all", "v=spf1 include:spf.protection.outlook.com ip4:198.51.100.7 ~all",
    "v=spf1 a mx ptr ?all", "v=spf1 a:x.example/24//64 mx/24 a//64 -all",
    "v=spf1 ip4:192.0.2.1/24 ip6:2001:db8::/32 -all", "v=spf1 redirect=_spf.x.example",
    "v=spf1 exists:%{ir}.%{v}._spf.%{d2} -all exp=e.x.example foo=%{d}",
    "v=spf1 include:%{d} -ip4:192.0.2.1 +all",
  ])
  func roundTrips(_ text: String) throws {
    let record = try SPFRecord(parsing: text)
    #expect(record.description == text.replacing("+all", with: "all"))
    #expect(try SPFRecord(parsing: record.description) == record)
  }

  static let refusals: [(String, Range<Int>, SPFParseError.Reason)] = [
    ("v=spf10", 0..<6, SPFParseError.Reason.notSPF), (" v=spf1", 0..<6, .notSPF),
    ("v=spf1 foo", 7..<10, .unknownMechanism("foo")),
    ("v=spf1 ip4:192.0.2.1~all", 7..<24, .missingBlank),
    ("v=spf1 include:x.example~all", 7..<28, .missingBlank),
    ("v=spf1  a:192.0.2.1", 8..<19, .addressAsDomain("192.0.2.1")),
    ("v=spf1 include", 7..<14, .missingArgument(mechanism: "include")),
    ("v=spf1 all:x.jp", 7..<15, .unexpectedArgument(mechanism: "all")),
    ("v=spf1 a/33", 7..<11, .badLength("33")),
    ("v=spf1 ip4:192.0.2.0/99", 7..<23, .badLength("99")),
    ("v=spf1 ip6:192.0.2.1", 7..<20, .badAddress("192.0.2.1")),
    ("v=spf1 include:localhost", 7..<24, .badDomain("localhost")),
    ("v=spf1 exists:%{z}.x.jp", 7..<23, .badDomain("%{z}.x.jp")),
    ("v=spf1 redirect=a.jp redirect=b.jp", 21..<34, .duplicateModifier("redirect")),
    ("v=spf1\t-all", 0..<6, .notSPF), ("v=spf1 -all\u{A0}", 7..<13, .badCharacter("\u{A0}")),
  ]

  @Test(arguments: refusals)
  func refuses(_ text: String, _ range: Range<Int>, _ reason: SPFParseError.Reason) {
    #expect(throws: SPFParseError(range: range, reason: reason)) { try SPFRecord(parsing: text) }
  }

  @Test func recognizes() {
    #expect(SPFRecord.isSPF("v=spf1") && SPFRecord.isSPF("V=SPF1 a"))
    #expect(!SPFRecord.isSPF("v=spf10") && !SPFRecord.isSPF(" v=spf1") && !SPFRecord.isSPF("v=spf"))
  }

  static let mergeTable: [(String, [String], [String], SPFQualifier?, String)] =
    [
      ("v=spf1 a mx ~all", ["include:g.jp"], ["MX"], nil, "v=spf1 a include:g.jp ~all"),
      ("v=spf1 a -all", ["a", "include:g.jp"], [], .softfail, "v=spf1 a include:g.jp -all"),
      ("v=spf1 a ?all", [], [], .softfail, "v=spf1 a ~all"),
      ("v=spf1 redirect=x.jp", ["a"], [], .fail, "v=spf1 a redirect=x.jp"),
      ("v=spf1 redirect=x.jp", ["a"], ["redirect=X.jp"], .fail, "v=spf1 a -all"),
      ("v=spf1 redirect=x.jp ~all", [], [], nil, "v=spf1 ~all"),
      (
        "v=spf1 include:Old.jp include:old.jp a -all mx", ["mx"], [], nil,
        "v=spf1 include:Old.jp a mx -all"
      ),
      ("v=spf1 ?include:g.jp -all", ["include:G.jp"], [], nil, "v=spf1 include:g.jp -all"),
      ("v=spf1 -all exp=e.x.jp", ["a"], [], nil, "v=spf1 a -all exp=e.x.jp"),
      (
        "v=spf1 ip4:192.0.2.9/24 ~all", ["ip4:192.0.2.0/24"], [], nil,
        "v=spf1 ip4:192.0.2.9/24 ~all"
      ),
    ]

  @Test(arguments: mergeTable)
  func merges(
    _ text: String, _ additions: [String], _ removals: [String], _ all: SPFQualifier?,
    _ expected: String
  ) throws {
    let added = try additions.map { try SPFTerm(parsing: $0) }
    let removed = try removals.map { try SPFTerm(parsing: $0) }
    let record = try SPFRecord(parsing: text)
    let merged = record.merging(adding: added, removing: removed, allAtLeast: all)
    #expect(merged.description == expected)
    #expect(merged.merging(adding: added, removing: removed, allAtLeast: all) == merged)
  }

  /// What is printed is read as the same, for records made at random.
  @Test func printsWhatItReads() throws {
    var random = SplitMix64(seed: 4)
    let terms = [
      "a", "mx/20", "a:x.jp//64", "ptr:x.jp", "ip4:192.0.2.7", "ip6:2001:db8::1/64", "include:a.jp",
      "exists:%{i}.x.jp", "all", "foo=bar", "a:%{d}/24",
    ]
    for _ in 0..<2000 {
      let chosen = (0..<Int.random(in: 0...8, using: &random)).map { _ in
        let term = terms[Int.random(in: 0..<terms.count, using: &random)]
        let mark = ["", "-", "~", "?"][Int.random(in: 0..<4, using: &random)]
        return term.contains("=") ? term : mark + term
      }
      let text = (["v=spf1"] + chosen).joined(separator: " ")
      #expect(try SPFRecord(parsing: text).description == text)
    }
  }
}
