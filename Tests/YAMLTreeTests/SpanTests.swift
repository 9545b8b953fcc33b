import SourceText
import Testing
import YAMLTree

/// Spans are written into the text: `⟦` begins one and `⟧` ends it. They are compared, in the
/// order of writing, with the spans of all nodes.
@Suite struct SpanTests {
  @Test(arguments: [
    "⟦⟦a⟧: ⟦b⟧⟧ # c\n",
    "⟦⟦a⟧:⟦⟧⟧ \n",
    "# 注\n⟦⟦楓⟧: ⟦商事⟧ # 注\n⟦b⟧: ⟦\"二 重\"⟧⟧\n\n# end\n",
    "⟦- ⟦a⟧\n- ⟦'b c'⟧⟧  \n",
    "⟦⟦a⟧:\n⟦- ⟦1⟧\n- ⟦⟦x⟧: ⟦y⟧\n  ⟦z⟧: ⟦2⟧⟧⟧\n⟦b⟧: ⟦[⟦1⟧, ⟦{ ⟦k⟧: ⟦v⟧ }⟧, ⟦[]⟧]⟧⟧\n",
    "⟦⟦a⟧: ⟦|\n  one\n\n  two⟧\n\n# c\n⟦b⟧: ⟦>-\n  x\n  y⟧⟧\n",
    "⟦⟦a⟧: ⟦one\n  two⟧\n⟦b⟧: ⟦\"x\n  y\"⟧⟧\n",
    "⟦⟦a⟧: &x ⟦b⟧\n⟦c⟧: &y\n  ⟦- ⟦楓⟧⟧\n⟦e⟧: ⟦*x⟧\n⟦f⟧: ⟦*y⟧⟧\n",
    "⟦⟦a⟧: &x # c\n  ⟦⟦b⟧: ⟦1⟧⟧⟧\n",
    "⟦⟦a⟧: &x⟦⟧ \n⟦b⟧: ⟦2⟧⟧\n",
    "⟦⟦a⟧: ⟦1⟧\r\n⟦b⟧:\r\n  ⟦- ⟦2⟧⟧⟧\r\n",
    "--- ⟦🍁⟧\n...\n",
    "⟦[⟦⟦a⟧: ⟦b⟧⟧, ⟦⟦c⟧: ⟦⟧⟧]⟧\n",
  ])
  func areWhereTheyAreWritten(_ marked: String) throws {
    var text = ""
    var expected: [Range<Int>] = []
    var open: [Int] = []
    for character in marked.unicodeScalars {
      switch character {
      case "⟦":
        open.append(expected.count)
        expected.append(text.utf8.count..<text.utf8.count)
      case "⟧":
        guard let index = open.popLast() else { break }
        expected[index] = expected[index].lowerBound..<text.utf8.count
      default: text.unicodeScalars.append(character)
      }
    }
    let reading = Reading(text)
    let document = try #require(reading.document)
    var spans: [Range<Int>] = []
    document.root.visit { spans.append($0.span.lowerBound..<$0.span.upperBound) }
    #expect(spans == expected)
    #expect(reading.findings.isEmpty)
  }

  @Test(arguments: [
    ("a: [no, 1, x]", "{a: [no:bool, 1:integer, x]}"),
    ("a: \"x\\ty\"\nb: 'it''s'", "{a: x\ty', b: it's'}"),
    ("a: \"\\_\"\nb: \"\\L\"", "{a: \u{A0}', b: \u{2028}'}"),
    ("a\nb", "a b"),
    ("a: |\n  x\n  y\n", "{a: x\ny\n'}"),
    ("a: &x { b: 1 }\nc: *x\nd: *x", "{a: {b: 1:integer}, c: {b: 1:integer}, d: {b: 1:integer}}"),
    ("a: &x 1\nb: &x 2\nc: *x", "{a: 1:integer, b: 2:integer, c: 2:integer}"),
    ("a: 1\na: 2\nb: 3", "{a: 1:integer, b: 3:integer}"),
    ("? [x]\n: [y]\nb: 3", "{b: 3:integer}"),
    ("<<: { a: 1 }\nb: 3", "{b: 3:integer}"),
    ("password: hunter2\nb: 3", "{password: ***', b: 3:integer}"),
    ("a: &x hunter2\npassword: *x", "{a: ***', password: ***'}"),
    ("a: AKIAIOSFODNN7EXAMPLE\nb: x", "{a: ***', b: x}"),
    ("a: 1\n---\nb: 2", "{a: 1:integer}"),
  ])
  func readsValues(_ text: String, _ outline: String) throws {
    let root = try #require(Reading(text).document?.root)
    #expect(root.outline == outline)
    if root.kind == .mapping { #expect(root.count == root.members.reduce(0) { sum, _ in sum + 1 }) }
  }

  @Test func anAliasStandsAtItsOwnPlace() throws {
    let reading = Reading("a: &x [1, 2]\nb: *x\n")
    let root = try #require(reading.document?.root)
    let alias = try #require(root.members.map(\.value).last)
    #expect(alias.isAlias && alias.kind == .sequence && alias.count == 2)
    #expect(reading.source(alias.span) == "*x")
    #expect(reading.source(alias.target.span) == "[1, 2]")
  }
}
