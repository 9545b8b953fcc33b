internal import Diagnostics
internal import JSONText
internal import SourceText
internal import Wording
internal import YAMLTree

/// How one place of tenant.yaml is described and read. Every key of the language stands in one
/// `Shape`, so that the schema cannot say one thing and the decoder do another.
struct Shape<Value>: Sendable {
  let schema: Schema
  /// The value, or nil after a finding.
  let decode: @Sendable (YAMLNode, inout Decoder) -> Value?

  func map<Other>(_ transform: @escaping @Sendable (Value) -> Other) -> Shape<Other> {
    Shape<Other>(schema: schema) { [decode] node, decoder in
      decode(node, &decoder).map(transform)
    }
  }

  /// The value with the span of its node.
  var located: Shape<Located<Value>> {
    Shape<Located<Value>>(schema: schema) { [decode] node, decoder in
      decode(node, &decoder).map { Located($0, at: node.span) }
    }
  }
}

/// A part of an object: mostly one key, or several of which exactly one must be there.
struct Field<Value>: Sendable {
  private(set) var keys: [Schema.Key]
  /// Whether exactly one of the keys must be there.
  let isChoice: Bool
  /// Takes the values of `keys`, nil for an absent one. The result is nil only where the object
  /// cannot be had without it, and then a finding has been made.
  let decode: @Sendable (ArraySlice<YAMLNode?>, SourceSpan, inout Decoder) -> Value?

  init(
    key: Schema.Key, decode: @escaping @Sendable (YAMLNode?, SourceSpan, inout Decoder) -> Value?
  ) {
    keys = [key]
    isChoice = false
    self.decode = { nodes, parent, decoder in decode(nodes.first ?? nil, parent, &decoder) }
  }

  /// The field with what else there is to know of its key, in sentences.
  func details(ja: String, en: String) -> Field {
    var field = self
    for index in field.keys.indices { field.keys[index].details = .init(ja: ja, en: en) }
    return field
  }

  /// The field of a list whose length a rule limits, so that the schema says the same.
  func limited(to maximumCount: Int) -> Field {
    var field = self
    for index in field.keys.indices { field.keys[index].maximumCount = maximumCount }
    return field
  }

  /// Exactly one of the ways.
  init(exactlyOne ways: [Way<Value>]) {
    keys = ways.map(\.key)
    isChoice = true
    decode = { nodes, parent, decoder in
      var first: (way: Way<Value>, node: YAMLNode)?
      for (way, node) in zip(ways, nodes) {
        guard let node else { continue }
        if let first {
          decoder.add(.secondChoice(way.key.name, at: node.keySpan, first: first.node.keySpan))
        } else {
          first = (way, node)
        }
      }
      guard let first else {
        decoder.addNoChoice(among: ways.map(\.key.name), in: parent)
        return nil
      }
      return first.way.decode(first.node, &decoder)
    }
  }
}

/// A key that must be there.
func required<Value>(
  _ name: String, _ about: LocalizedText, _ shape: Shape<Value>
) -> Field<Value> {
  let key = Schema.Key(name: name, about: about, isRequired: true, schema: shape.schema)
  return Field(key: key) { node, parent, decoder in
    guard let node else {
      decoder.addMissing(key, in: parent)
      return nil
    }
    return decoder.value(of: node, shape)
  }
}

/// A key that may be absent.
func optional<Value>(
  _ name: String, _ about: LocalizedText, _ shape: Shape<Value>
) -> Field<Value?> {
  let key = Schema.Key(name: name, about: about, isRequired: false, schema: shape.schema)
  return Field(key: key) { node, _, decoder in
    guard let node else { return .some(nil) }
    return .some(decoder.value(of: node, shape))
  }
}

/// A key that may be absent and then means `fallback`. A value that cannot be read means it too,
/// after its finding, so that the rest can still be judged.
func optional<Value: Sendable>(
  _ name: String, _ about: LocalizedText, _ shape: Shape<Value>, default fallback: Value
) -> Field<Value> {
  var key = Schema.Key(name: name, about: about, isRequired: false, schema: shape.schema)
  key.fallback = shown(fallback)
  return Field(key: key) { node, _, decoder in
    guard let node else { return fallback }
    return decoder.value(of: node, shape) ?? fallback
  }
}

/// A default as people would write it; nil for what stands for nothing, such as an empty list.
private func shown(_ fallback: some Sendable) -> JSONValue? {
  switch fallback {
  case let number as Int: .integer(number)
  case let flag as Bool: .bool(flag)
  case let word as any RawRepresentable: (word.rawValue as? String).map { .string($0) }
  default: nil
  }
}

/// An object with these keys and no others.
func object<each Part, Value>(
  _ fields: repeat Field<each Part>,
  make: @escaping @Sendable (SourceSpan, repeat each Part) -> Value
) -> Shape<Value> {
  var keys: [Schema.Key] = []
  var exactlyOne: [String] = []
  for field in repeat each fields {
    keys += field.keys
    if field.isChoice { exactlyOne += field.keys.map(\.name) }
  }
  let schema = Schema.object(keys, exactlyOne: exactlyOne)
  return Shape(schema: schema) { [keys] node, decoder in
    guard let values = decoder.members(of: node, keys) else { return nil }
    var index = 0
    func next<One>(_ field: Field<One>, _ decoder: inout Decoder) -> One? {
      let end = index + field.keys.count
      defer { index = end }
      return field.decode(values[index..<end], node.span, &decoder)
    }
    let parts = (repeat next(each fields, &decoder))
    do throws(Absent) {
      return try make(node.span, repeat present(each parts))
    } catch {
      return nil
    }
  }
}

private struct Absent: Error {}

private func present<Value>(_ value: Value?) throws(Absent) -> Value {
  guard let value else { throw Absent() }
  return value
}

/// A list; an element that cannot be read is left out after its finding.
func list<Value>(of element: Shape<Value>, minimum: Int = 0) -> Shape<[Value]> {
  Shape(schema: .list(of: element.schema, minimumCount: minimum)) { node, decoder in
    guard decoder.isList(node) else { return nil }
    // Elements are never merged with a standard's.
    let mayInherit = decoder.mayInherit
    decoder.mayInherit = false
    defer { decoder.mayInherit = mayInherit }
    var values: [Value] = []
    values.reserveCapacity(node.count)
    node.forEachElement { item in
      if let value = decoder.value(of: item, element) { values.append(value) }
    }
    if node.count < minimum { decoder.add(.emptyList(at: node.span)) }
    return values
  }
}

/// One of several ways, each written as a key.
struct Way<Value>: Sendable {
  private(set) var key: Schema.Key
  let decode: @Sendable (YAMLNode, inout Decoder) -> Value?

  /// The way with what else there is to know of its key, in sentences.
  func details(ja: String, en: String) -> Way {
    var way = self
    way.key.details = .init(ja: ja, en: en)
    return way
  }

  /// The way of a list whose length a rule limits, so that the schema says the same.
  func limited(to maximumCount: Int) -> Way {
    var way = self
    way.key.maximumCount = maximumCount
    return way
  }
}

func way<Part, Value>(
  _ name: String, _ about: LocalizedText, _ shape: Shape<Part>,
  make: @escaping @Sendable (Part) -> Value
) -> Way<Value> {
  let key = Schema.Key(name: name, about: about, isRequired: false, schema: shape.schema)
  return Way(key: key) { node, decoder in decoder.value(of: node, shape).map(make) }
}

/// A choice: a mapping with exactly one key.
func choice<Value>(_ ways: [Way<Value>]) -> Shape<Value> {
  object(Field(exactlyOne: ways)) { _, value in value }
}

/// A word, or what `shape` reads.
func choice<Value: Sendable>(_ words: [(Schema.Value, Value)], or shape: Shape<Value>) -> Shape<
  Value
> {
  Shape(schema: .wordOr(words.map(\.0), shape.schema)) { node, decoder in
    guard node.kind == .scalar else { return shape.decode(node, &decoder) }
    return decoder.word(of: node, words)
  }
}

/// One of the words, each with what it means.
func choice<Value: Sendable>(_ words: [(Schema.Value, Value)]) -> Shape<Value> {
  Shape(schema: .enumeration(words.map(\.0))) { node, decoder in
    guard node.kind == .scalar else {
      decoder.add(.wrongKind(expected: .text, at: node))
      return nil
    }
    return decoder.word(of: node, words)
  }
}

/// An object without keys: `{}`.
let nothing = Shape<Void>(schema: .object([], exactlyOne: [])) { node, decoder in
  decoder.members(of: node, []).map { _ in () }
}
