import Diagnostics
import SourceText
import TestSupport
import Testing
import YAMLTree

struct ScalarWritingTests {
  private static let pieces = [
    "a", "Z", "0", "9", "12", ".", "-", "_", "/", ":", "@", "+", " ", "'", "\"", "#", ",", "[",
    "]", "{", "}", "&", "*", "!", "|", ">", "%", "`", "?", "=", "~", "<<", "no", "null", "true",
    "on", "0x1", "1e3", "22:00", "2026-01-31", "楓", "が", "１", "é", "\\", "192.0.2.0/28", "::1",
    "'\u{301}", "\"\u{301}", "\n", "\u{0}", "\u{85}", "\u{202E}", "\u{FEFF}", "\u{E0001}",
  ]

  @Test(arguments: 0..<4)
  func `A text comes back, in block and in flow context`(_ seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    for _ in 0..<2_000 {
      let text = (0..<Int.random(in: 1...6, using: &random))
        .map { _ in Self.pieces.randomElement(using: &random) ?? "" }.joined()
      let scalar = YAMLScalar(text).text
      let file = SourceFile(
        name: "t.yaml", text: "a: \(scalar)\nb: [\(scalar), { c: \(scalar), d: [\(scalar)] }]\n")
      var bag = DiagnosticBag()
      let document = try #require(
        YAMLReader.read(file, id: .tenant, into: &bag), "\(text.debugDescription)")
      var found: [String] = []
      func collect(_ node: YAMLNode) {
        if node.kind == .scalar {
          found.append(node.text())
          #expect(node.resolved == .string, "\(scalar)")
        }
        node.forEachElement(collect)
        node.forEachMember { collect($1) }
      }
      collect(document.root)
      #expect(found == [text, text, text, text])
      #expect(bag.sorted.isEmpty, "\(scalar)")
    }
  }

  @Test(
    arguments: [
      "楓商事株式会社", "情報システム部 佐藤", "kaede.example", "192.0.2.0/28", "/営業部",
      "https://redirect.gateway.example/", "include:spf.protection.outlook.com",
    ])
  func `What needs no quotes has none`(_ text: String) {
    #expect(YAMLScalar(text).text == text)
  }
}
