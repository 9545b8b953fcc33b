import Foundation
import Layout
import SourceText
import TenantReading
import TestSupport
import Testing
import YAMLTree

/// What holds of every document, whatever its style.
struct PropertyTests {
  static let count = ProcessInfo.processInfo.environment["MGC_PROOF"] == "1" ? 50_000 : 3_000

  @Test func `Nothing is lost, and the second time nothing changes`() {
    var (laidOut, comments, scalars, aliases) = (0, 0, 0, 0)
    for seed in 0..<UInt64(Self.count) {
      let text = YAMLGenerator(seed: seed, schema: TenantSchema.keys).result
      let once = Formatted(text)
      if once.isUnproven { Issue.record("seed \(seed) is not proven") }
      guard let result = once.text else { continue }
      laidOut += 1
      let (before, after) = (Self.marks(text), Self.marks(result))
      if before != after { Issue.record("seed \(seed) lost or doubled a comment or scalar") }
      comments += before.count { $0.hasPrefix("c") }
      scalars += before.count { $0.hasPrefix("s") }
      if text.contains("*a") { aliases += 1 }
      if Formatted(result).text != result { Issue.record("seed \(seed) changes again") }
      // An escaped blank stays.
      if result.replacing("\\ \n", with: "").contains(" \n") && !result.contains("|")
        && !result.contains(">")
      {
        Issue.record("seed \(seed) has white space at a line's end")
      }
      if result.hasPrefix("\n") || result.contains("\r") {
        Issue.record("seed \(seed) begins with a blank line or has a carriage return")
      }
      if !text.contains("&"), !Self.isOrdered(result) {
        Issue.record("seed \(seed) has keys out of their order")
      }
    }
    // Some of what is generated is no YAML: a comment that ends a scalar, a name given twice.
    #expect(laidOut * 10 > Self.count * 8)
    print(
      "fmt: \(laidOut) of \(Self.count) generated files laid out, with \(comments) comments and \(scalars) scalars; \(aliases) with aliases"
    )
  }

  /// The marks of comments and scalars, sorted.
  private static func marks(_ text: String) -> [String] {
    var marks: [String] = []
    let bytes = Array(text.utf8)
    var start = 0
    while let end = bytes[start...].firstIndex(of: UInt8(ascii: ";")) {
      var first = end
      while first > start, (0x30...0x39).contains(bytes[first - 1]) { first -= 1 }
      if first > start { marks.append(String(decoding: bytes[(first - 1)..<end], as: UTF8.self)) }
      start = end + 1
    }
    return marks.sorted()
  }

  private static func isOrdered(_ text: String) -> Bool {
    guard let (document, _) = read(text) else { return false }
    return isOrdered(document.root, TenantSchema.keys)
  }

  private static func isOrdered(_ node: YAMLNode, _ schema: Schema) -> Bool {
    switch schema {
    case .object(let keys, _):
      var last = 0
      for (key, value) in node.members {
        let name = key.text()
        let rank = keys.firstIndex { $0.name == name } ?? keys.count
        guard rank >= last else { return false }
        last = rank
        if rank < keys.count, !isOrdered(value, keys[rank].schema) { return false }
      }
      return true
    case .list(let element, _): return node.elements.allSatisfy { isOrdered($0, element) }
    case .wordOr(_, let other): return isOrdered(node, other)
    default: return true
    }
  }

  /// The order in which keys without comments are written says nothing.
  @Test func `Keys in any order come out in one`() throws {
    let lines = [
      "version: 1", "tenant: { id: a }", "contract: { services: [x] }", "gateway: { spf: x }",
      "mailServers: [{ name: a }]", "domains: [{ name: b }]", "settings: { delay: { minutes: 5 } }",
    ]
    var random = SplitMix64(seed: 5)
    for _ in 0..<100 {
      let text = lines.shuffled(using: &random).joined(separator: "\n") + "\n"
      #expect(Formatted(text).text == lines.joined(separator: "\n") + "\n")
    }
  }

  @Test func `The proof sees what was lost or changed`() throws {
    let text = """
      # one
      a: &x 1 # two
      b: [*x, "2", [3, 4]]
      c: { d: e, f: }
      """
    let old = try #require(read(text))
    func holds(_ other: String) throws -> Bool {
      var proof = LayoutProof(old, try #require(read(other)))
      return proof.holds()
    }
    #expect(try holds(text))
    #expect(
      try holds(
        "a: &y 1\n# one\nc:\n  f:\n  d: e # two\nb:\n  - *y\n  - \"2\"\n  - - 3\n    - 4\n"))
    let changes = [
      ("# one\n", ""), (" # two", ""), ("# two", "# twO"), ("[3, 4]", "[4, 3]"), ("e, f", "E, f"),
      ("\"2\"", "2"), ("*x", "1"), ("1 #", "'1' #"), (", f: ", ""), ("[3, 4]", "[3, 4, 4]"),
      ("d: e", "D: e"), ("*x", "&z 1"), ("# one", "# one\n# one"), ("[3, 4]", "{ 3: 4 }"),
    ]
    for (part, other) in changes {
      let changed = text.replacing(part, with: other)
      try #require(changed != text)
      #expect(try !holds(changed), "\(part) → \(other)")
    }
  }
}
