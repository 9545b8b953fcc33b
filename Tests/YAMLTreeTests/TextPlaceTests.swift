import SourceText
import Testing
import YAMLTree

/// Where each byte of a text is written.
@Suite struct TextPlaceTests {
  /// What is written for each character of the text, between bars.
  @Test(arguments: [
    ("a: b(c", "b|(|c"), ("a: '(it''s)'", "(|i|t|''|s|)"),
    ("a: \"x\\u65e5[\\x41\\t\\\\]\"", "x|\\u65e5|[|\\x41|\\t|\\\\|]"), ("a: '楓)'", "楓|)"),
    ("a: &n 'q''q'", "q|''|q"), ("a: \"\\U0001F341.\"", "\\U0001F341|."),
  ])
  func everyCharacterHasItsPlace(_ text: String, _ wanted: String) throws {
    let reading = Reading(text)
    let node = try #require(reading.document?.root.members.first { _ in true }?.value)
    let places = try #require(node.textPlaces)
    let value = node.text()
    #expect(places.count == value.utf8.count + 1)
    var written: [String] = []
    var offset = 0
    for scalar in value.unicodeScalars {
      let end = offset + String(scalar).utf8.count
      written.append(reading.file.text(places[offset]..<places[end]))
      offset = end
    }
    #expect(written.joined(separator: "|") == wanted)
  }

  /// The layout of several lines, and an alias, keep the places to themselves.
  @Test(arguments: [
    "a: \"x\n  y\"", "a: 'x\n  y'", "a: |-\n  x", "a: >-\n  x\n  y", "a: [b]", "a: {}",
  ])
  func otherLayoutsHaveNone(_ text: String) throws {
    let reading = Reading(text)
    let node = try #require(reading.document?.root.members.first { _ in true }?.value)
    #expect(node.textPlaces == nil)
  }

  @Test func anAliasHasNone() throws {
    let document = try #require(Reading("a: &x '('\nb: *x\n").document)
    #expect(document.root.members.map { $0.value.textPlaces == nil } == [false, true])
  }
}
