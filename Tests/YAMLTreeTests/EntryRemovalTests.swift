import Diagnostics
import SourceText
import TestSupport
import Testing
import YAMLTree

/// Taking entries out of lists and mappings.
struct EntryRemovalTests {
  /// The text without the entry that a part of it is, or stands in.
  private func removing(
    _ part: String, from text: String, _ target: Removal.Target = .entry,
    repeating first: String? = nil
  ) throws -> String? {
    let reading = Reading(text)
    let document = try #require(reading.document)
    func span(_ part: String) throws -> SourceSpan {
      let bytes = Array(text.utf8)
      let wanted = Array(part.utf8)
      // The last one: what repeats stands after the first.
      let start = try #require(
        (0...bytes.count - wanted.count).last { bytes[$0...].starts(with: wanted) })
      return SourceSpan(file: .tenant, start..<start + wanted.count)
    }
    let removal = Removal(target, try span(part), repeating: try first.map(span))
    guard let edits = EntryRemoval(document).edits(for: removal) else { return nil }
    var edited = EditedText(Array(text.utf8))
    edited.apply(edits)
    return String(decoding: edited.bytes, as: UTF8.self)
  }

  static let cases: [(part: String, text: String, result: String?)] = [
    // Flow lists: the first, one in the middle, the last, the only one.
    ("a1", "x: [a1, b1, c1]\n", "x: [b1, c1]\n"),
    ("b1", "x: [a1, b1, c1]\n", "x: [a1, c1]\n"),
    ("c1", "x: [a1, b1, c1]\n", "x: [a1, b1]\n"),
    ("c1", "x: [a1, b1, c1,]\n", "x: [a1, b1, ]\n"),
    ("a1", "x: [a1]\ny: 1\n", "y: 1\n"),
    ("a1", "x: [a1]\n", nil),
    ("a1", "- [a1]\n- 1\n", nil),
    // Flow over lines.
    (
      "b1", "x: [\n  a1, # first\n  b1, # second\n  c1\n]\n",
      "x: [\n  a1, # first\n  # second\n  c1\n]\n"
    ),
    ("c1", "x: [\n  a1,\n  c1 # last\n]\n", "x: [\n  a1,\n  # last\n]\n"),
    ("b1", "x: [a1, b1,\n  c1]\n", "x: [a1,\n  c1]\n"),
    ("b1", "x: [a1, # first\n  b1]\n", nil),
    ("b1", "x: [a1,\n  b1]\n", "x: [a1]\n"),
    // Flow mappings, by key and by value.
    ("b1", "x: { a1: 1, b1: 2 }\n", "x: { a1: 1 }\n"),
    ("11", "x: { a1: 11, b1: 2 }\n", "x: { b1: 2 }\n"),
    ("b1", "x: {a1, b1}\n", "x: {a1}\n"),
    // Block lists.
    ("b1", "x:\n  - a1\n  - b1\n  - c1\n", "x:\n  - a1\n  - c1\n"),
    ("b1", "x:\n- a1\n- b1", "x:\n- a1\n"),
    ("a1", "x:\n  - a1 # first\n  # of all\n  - b1\n", "x:\n  # first\n  # of all\n  - b1\n"),
    (
      "b1", "x:\r\n  - a1\r\n  - b1 # second\r\n  - c1\r\n",
      "x:\r\n  - a1\r\n  # second\r\n  - c1\r\n"
    ),
    ("b1", "x:\n  - a1\n  - # here\n    b1\n", "x:\n  - a1\n  # here\n"),
    ("b1", "x:\n  - |\n    text\n  - b1 # not text\n", nil),
    ("b1", "x:\n  - |\n    text\n  - b1\n", "x:\n  - |\n    text\n"),
    ("a1", "x:\n  - a1\ny: 1\n", "y: 1\n"),
    ("a1", "- - a1\n  - b1\n", "- - b1\n"),
    // Block mappings.
    ("b1", "a1: 1\nb1: 2 # two\nc1: 3\n", "a1: 1\n# two\nc1: 3\n"),
    (
      "b1", "a1: 1\nb1:\n  # inside\n  d1: [4,\n    5] # end\nc1: 3\n",
      "a1: 1\n  # inside\n    # end\nc1: 3\n"
    ),
    ("a1", "- a1: 1\n  b1: 2\n", "- b1: 2\n"),
    ("a1", "- a1: 1 # one\n  b1: 2\n", nil),
    ("b1", "- a1: 1\n  b1: 2\n", "- a1: 1\n"),
    ("b1", "a1: 1\nb1:\nc1: 3\n", "a1: 1\nc1: 3\n"),
    ("b1", "a1: 1\n? b1\n: 2\n", nil),
    // What is shared stays.
    ("a1", "x: &x [a1, b1]\ny: *x\n", nil),
    ("a1", "x: [&a a1, b1, *a]\n", nil),
    ("*a", "x: [&a a1, b1, *a]\n", "x: [&a a1, b1]\n"),
  ]

  @Test(arguments: cases)
  func `An entry goes with its comma and its lines`(
    _ part: String, _ text: String, _ result: String?
  ) throws {
    #expect(try removing(part, from: text) == result)
  }

  @Test func `The item or member that a place stands in is taken out`() throws {
    let text = "x:\n  - { a: 1, dkim: [{ s: 11 }] }\n  - { a: 2, dkim: [{ s: 22 }] }\n"
    #expect(
      try removing("22", from: text, .member("dkim"))
        == "x:\n  - { a: 1, dkim: [{ s: 11 }] }\n  - { a: 2 }\n")
    #expect(try removing("a: 2, dkim", from: text, .item) == nil)
    #expect(try removing("22", from: text, .member("x")) == nil)
  }

  @Test func `A repetition goes only where it says the same`() throws {
    #expect(
      try removing("21", from: "- { a: 11, b: [1] }\n- { a: 21, b: [1] }\n", .item, repeating: "11")
        == nil)
    let same = "- { a: 11, b: [1] }\n# again\n- b: 2\n- { a: 11, b: [1] }\n"
    let reading = Reading(same)
    let document = try #require(reading.document)
    let places = [7, same.utf8.count - 13].map { SourceSpan(file: .tenant, $0..<$0 + 2) }
    #expect(places.map(reading.source) == ["11", "11"])
    let edits = EntryRemoval(document).edits(
      for: Removal(.item, places[1], repeating: places[0]))
    #expect(edits?.map { reading.source($0.span) } == ["- { a: 11, b: [1] }\n"])
  }

  /// Generated documents with a comment at the end of every line and on lines of its own: whatever
  /// is taken out, each comment stays, the rest reads as it did, and nothing else changes.
  @Test(arguments: 0..<200)
  func `Every comment stays`(_ seed: UInt64) throws {
    var generator = SplitMix64(seed: seed)
    var writer = CommentedText()
    writer.mapping(depth: 0, indent: "", &generator)
    let text = writer.text
    let reading = Reading(text)
    let document = try #require(reading.document, "\(text)")
    let comments = document.comments().map { reading.source($0.span) }
    #expect(comments.count >= 2)
    var nodes: [YAMLNode] = []
    document.root.visit { nodes.append($0) }
    let removal = EntryRemoval(document)
    var made = 0
    for node in nodes.dropFirst() where !node.span.isEmpty {
      guard let edits = removal.edits(for: Removal(.entry, node.span)) else { continue }
      made += 1
      var edited = EditedText(Array(text.utf8))
      edited.apply(edits)
      let after = Reading(edited.bytes)
      let rest = try #require(
        after.document, "\(text)\n---\n\(String(decoding: edited.bytes, as: UTF8.self))")
      #expect(rest.comments().map { after.source($0.span) } == comments)
      var texts: [String] = []
      rest.root.visit { if $0.kind == .scalar { texts.append($0.text()) } }
      // All texts are different, so that what is gone is known by its texts.
      let gone = nodes.filter { other in
        other.kind == .scalar
          && !texts.contains(other.text())
      }.map(\.span)
      let kept = nodes.filter { $0.kind == .scalar }.count - gone.count
      #expect(kept == texts.count)
      #expect(!gone.isEmpty && kept > 0)
    }
    #expect(made > 0, "\(text)")
  }
}

/// YAML in many layouts, every scalar another.
private struct CommentedText {
  var text = ""
  private var number = 0

  private mutating func scalar() -> String {
    number += 1
    return "v\(number)"
  }

  private mutating func comment() -> String { " # note \(scalar())\n" }

  mutating func mapping(depth: Int, indent: String, _ generator: inout SplitMix64) {
    for _ in 0..<Int.random(in: 2...4, using: &generator) {
      if Bool.random(using: &generator) { text += indent + comment() }
      text += indent + scalar() + ":"
      value(depth: depth, indent: indent, &generator)
    }
  }

  private mutating func value(depth: Int, indent: String, _ generator: inout SplitMix64) {
    switch depth > 2 ? 0 : Int.random(in: 0...5, using: &generator) {
    case 0, 1: text += " " + scalar() + comment()
    case 2:
      let items = (0..<Int.random(in: 2...4, using: &generator)).map { _ in scalar() }
      text += " [" + items.joined(separator: ", ") + "]" + comment()
    case 3:
      text += " {" + comment()
      for _ in 0..<2 { text += indent + "  " + scalar() + ": " + scalar() + "," + comment() }
      text += indent + "  " + scalar() + ": " + scalar() + comment() + indent + "  }" + comment()
    case 4:
      text += comment()
      mapping(depth: depth + 1, indent: indent + "  ", &generator)
    default:
      text += comment()
      for _ in 0..<Int.random(in: 2...3, using: &generator) {
        if Bool.random(using: &generator) { text += indent + "  " + comment() }
        text += indent + "  - " + scalar() + comment()
      }
    }
  }
}
