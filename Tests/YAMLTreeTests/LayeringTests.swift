import Diagnostics
import SourceText
import TestSupport
import Testing
import YAMLTree

/// A place of the documents below.
private indirect enum Guide: LayerGuide {
  case value
  case list
  case mapping([String: Guide], choices: [String] = [])

  func member(_ key: String) -> Guide? {
    if case .mapping(let members, _) = self { members[key] } else { nil }
  }

  var isList: Bool { if case .list = self { true } else { false } }

  var alternatives: [String] { if case .mapping(_, let choices) = self { choices } else { [] } }

  static let root = Guide.mapping([
    "a": .value, "b": .value, "l": .list, "k": .list,
    "m": .mapping(["a": .value, "b": .value, "l": .list, "m": .mapping(["l": .list])]),
    "way": .mapping(
      ["x": .mapping(["p": .value, "q": .value]), "w": .value], choices: ["x", "w"]),
    "mixed": .mapping(["name": .value, "x": .value, "w": .value], choices: ["x", "w"]),
  ])
}

/// Two files, read and layered.
private struct Layers {
  let own: SourceFile
  let standard: SourceFile
  let ownDocument: YAMLDocument
  let merged: YAMLDocument

  init(_ ownText: String, over standardText: String?) throws {
    own = SourceFile(name: "own", text: ownText)
    standard = SourceFile(name: "standard", text: standardText ?? "")
    var bag = DiagnosticBag()
    ownDocument = try #require(YAMLReader.read(own, id: .tenant, into: &bag))
    var below: YAMLDocument?
    if standardText != nil {
      let id = SourceFileID(index: 1)
      below = YAMLReader.read(standard, id: id, into: &bag)
      #expect(below != nil)
    }
    merged = ownDocument.layered(over: below, guide: Guide.root)
  }

  /// The place of a node, `S` for the standard, and what stands there.
  func origin(_ node: YAMLNode) -> String {
    let span = node.span
    let file = span.file == .tenant ? own : standard
    return (span.file == .tenant ? "T" : "S") + ":" + file.text(span.lowerBound..<span.upperBound)
  }

  /// Every scalar's place, keys included.
  func origins(_ node: YAMLNode) -> [String] {
    switch node.kind {
    case .scalar: [origin(node)]
    case .sequence: node.elements.flatMap(origins)
    case .mapping: node.members.flatMap { origins($0.key) + origins($0.value) }
    }
  }
}

struct LayeringTests {
  @Test(arguments: [
    // Scalars override; members keep the own order, then the standard's.
    ("{b: 1, a: 2}", "{a: 3, l: [x]}", "{b: 1:integer, a: 2:integer, l: [x]}"),
    // Mappings merge at every depth.
    ("m: {a: t}", "m: {a: s, b: s, m: {l: [s]}}", "{m: {a: t, b: s, m: {l: [s]}}}"),
    ("m: {}", "m: {a: s}", "{m: {a: s}}"),
    // Lists replace.
    ("l: [t]", "l: [s]", "{l: [t]}"),
    ("l: []", "l: [s]", "{l: []}"),
    // Unless they are appended.
    ("l: {append: [t, u]}", "l: [s]", "{l: [s, t, u]}"),
    ("l: {append: []}", "l: [s]", "{l: [s]}"),
    ("l: {append: [t]}", "a: s", "{l: [t], a: s}"),
    ("m: {m: {l: {append: [t]}}}", "m: {m: {l: [s]}}", "{m: {m: {l: [s, t]}}}"),
    ("m: {l: {append: [t]}}", "a: s", "{m: {l: [t]}, a: s}"),
    // Only of lists, and only alone.
    ("m: {append: [t]}", "m: {a: s}", "{m: {append: [t], a: s}}"),
    ("l: {append: t}", "l: [s]", "{l: {append: t}}"),
    ("l: {append: [t], more: u}", "l: [s]", "{l: {append: [t], more: u}}"),
    ("l: [{append: [t]}]", "l: [s]", "{l: [{append: [t]}]}"),
    // A standard has nothing to append to; it is left for its finding.
    ("a: t", "l: {append: [s]}", "{a: t, l: {append: [s]}}"),
    ("l: {append: [t]}", "l: {append: [s]}", "{l: {append: [s]}}"),
    // A choice takes the place of another, and merges with the same.
    ("way: {w: t}", "way: {x: {p: s}}", "{way: {w: t}}"),
    ("way: {x: {p: t}}", "way: {x: {p: s, q: s}}", "{way: {x: {p: t, q: s}}}"),
    ("way: {}", "way: {w: s}", "{way: {w: s}}"),
    ("mixed: {x: t}", "mixed: {name: s, w: s}", "{mixed: {x: t, name: s}}"),
    // Two of them are the mistake of whoever wrote both.
    ("way: {x: {}, w: t}", "way: {x: {p: s}}", "{way: {x: {p: s}, w: t}}"),
    ("a: t", "way: {x: {}, w: s}", "{a: t, way: {x: {}, w: s}}"),
    // Kinds that differ: the own stands.
    ("m: t", "m: {a: s}", "{m: t}"),
    ("m: {a: t}", "m: s", "{m: {a: t}}"),
    ("m:", "m: {a: s}", "{m: :null}"),
    // Nothing is known of these, so they are not merged.
    ("z: {a: t}", "z: {b: s}", "{z: {a: t}}"),
    ("a: t", "z: {b: s}", "{a: t, z: {b: s}}"),
    // Aliases of either file, across what gives way.
    ("m: &m {a: t}\nway: {x: *m}", "m: {b: s}", "{m: {a: t, b: s}, way: {x: {a: t}}}"),
    ("a: t", "a: &s v\nb: *s", "{a: t, b: v}"),
    (
      "m: {m: &m {l: {append: [t]}}}\nz: *m", "a: s",
      "{m: {m: {l: [t]}}, z: {l: {append: [t]}}, a: s}"
    ),
    ("l: {append: [&t t, *t]}", "l: [&s s, *s]", "{l: [s, s, t, t]}"),
    // Texts that are not as they are written.
    (
      #"{a: "\x41", "\x62": 'it''s'}"#, #"{l: ["\x43"], k: ['d', "\x45"]}"#,
      "{a: A', b': it's', l: [C'], k: [d', E']}"
    ),
    // A root of another kind.
    ("[t]", "{a: s}", "[t]"),
  ])
  func merges(own: String, standard: String, expected: String) throws {
    let layers = try Layers(own, over: standard)
    #expect(layers.merged.root.outline == expected)
  }

  @Test func `Members that were refused stay out`() throws {
    let layers = try Layers("{a: t, a: u, <<: {b: t}}", over: "{b: s, b: r, l: [s]}")
    #expect(layers.merged.root.outline == "{a: t, b: s, l: [s]}")
    #expect(layers.merged.root.count == 3)
  }

  @Test func `Every node keeps its place`() throws {
    let layers = try Layers(
      "m: {a: 't'}\nl: {append: [&t t, *t]}\nway: {w: t}",
      over: "m: {a: s, b: \"s\"}\nl: [&s s, *s]\nway: {x: {}}\nk: [\"\\x73\"]")
    #expect(
      layers.origins(layers.merged.root) == [
        "T:m", "T:a", "T:'t'", "S:b", "S:\"s\"", "T:l", "S:s", "S:*s", "T:t", "T:*t", "T:way",
        "T:w", "T:t", "S:k", "S:\"\\x73\"",
      ])
    let members = layers.merged.root.members.map { layers.origin($0.value) }
    #expect(
      members == ["T:{a: 't'}", "T:{append: [&t t, *t]}", "T:{w: t}", "S:[\"\\x73\"]"])
    #expect(layers.merged.root.members.map(\.value.isAlias) == [false, false, false, false])
    let elements = layers.merged.root.members.first { $0.key.text() == "l" }?.value.elements
    #expect(try #require(elements).map(\.isAlias) == [false, true, false, true])
  }

  @Test func `Comments are those of the file itself`() throws {
    let layers = try Layers("# t\nm: {a: t} # u\n", over: "# s\nm: {b: s} # r\n")
    #expect(layers.merged.comments() == layers.ownDocument.comments())
    #expect(layers.merged.comments().count == 2)
  }

  /// Over nothing, and over an empty standard, a document is what it was.
  @Test(arguments: 0..<200)
  func `Nothing inherited changes nothing`(_ seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let text = Self.mapping(depth: 3, &random)
    for standard in [nil, "{}"] {
      let layers = try Layers(text, over: standard)
      #expect(layers.merged.root.outline == layers.ownDocument.root.outline)
      #expect(layers.origins(layers.merged.root).allSatisfy { $0.hasPrefix("T:") })
    }
  }

  @Test(arguments: 0..<200)
  func `A document over itself is itself`(_ seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let text = Self.mapping(depth: 3, &random)
    let layers = try Layers(text, over: text)
    #expect(layers.merged.root.outline == layers.ownDocument.root.outline)
    #expect(layers.origins(layers.merged.root).allSatisfy { $0.hasPrefix("T:") })
  }

  private static func mapping(depth: Int, _ random: inout SplitMix64) -> String {
    let keys = ["a", "b", "l", "k", "m", "way", "x", "w", "z"].shuffled(using: &random)
    let members = keys.prefix(Int.random(in: 0...6, using: &random)).map { key in
      "\(key): " + value(depth: depth - 1, &random)
    }
    return "{" + members.joined(separator: ", ") + "}"
  }

  private static func value(depth: Int, _ random: inout SplitMix64) -> String {
    switch Int.random(in: 0...(depth > 0 ? 5 : 2), using: &random) {
    case 0: return "t"
    case 1: return "'q'"
    case 2: return #""\x41""#
    case 3: return "[" + value(depth: depth - 1, &random) + "]"
    default: return mapping(depth: depth, &random)
    }
  }
}
