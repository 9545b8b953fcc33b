package import SourceText

/// A node of a document. An alias presents what it stands for, at the alias's own place.
package struct YAMLNode: Sendable {
  package enum Kind: Sendable {
    case scalar
    case sequence
    case mapping
  }

  package let document: YAMLDocument
  /// The record that was written here, an alias perhaps.
  let place: Int
  /// The record that it stands for.
  let index: Int

  init(document: YAMLDocument, place: Int) {
    self.document = document
    self.place = place
    let record = document.tape[place]
    index = record.kind == .alias ? Int(record.link) : place
  }

  private var record: TapeRecord { document.tape[index] }

  package var kind: Kind {
    switch record.kind {
    case .sequence: .sequence
    case .mapping: .mapping
    case .scalar, .alias: .scalar
    }
  }

  /// Where it is written: quotes and brackets included, trailing white space and comments not.
  package var span: SourceSpan {
    let record = document.tape[place]
    let file = record.has(TapeRecord.inherited) ? document.standardID : document.id
    return SourceSpan(file: file, Int(record.start)..<Int(record.end))
  }

  /// The key before it, for a value of a mapping.
  package var keySpan: SourceSpan { YAMLNode(document: document, place: place - 1).span }

  /// Whether it is a scalar that reads as `***`, for what stands there may be a secret.
  package var isConcealed: Bool {
    record.kind == .scalar && !isPlain && withUTF8Span { $0.isText("***") }
  }

  /// Whether an alias stands here.
  package var isAlias: Bool { place != index && !document.tape[place].has(TapeRecord.graft) }

  /// What the alias stands for, at its own place; otherwise the node itself.
  package var target: YAMLNode { YAMLNode(document: document, place: index) }

  /// Whether it is a scalar without quotes or block indicator.
  package var isPlain: Bool { record.has(TapeRecord.plain) }

  /// The text of a scalar; empty for a sequence or mapping.
  package func text() -> String { withUTF8Span { String(utf8: $0) } }

  /// Hands over the text's bytes without copying them; none for a sequence or mapping.
  package func withUTF8Span<Result>(
    _ body: (Span<UInt8>) throws -> Result
  ) rethrows -> Result {
    let record = record
    let isDecoded = record.has(TapeRecord.decoded)
    let bytes =
      isDecoded
      ? document.decoded
      : record.has(TapeRecord.inherited) ? document.standard.bytes : document.file.bytes
    let range: Range<Int>
    if record.kind != .scalar {
      range = 0..<0
    } else if isDecoded {
      let number = Int(record.link)
      range = Int(document.decodedStarts[number])..<Int(document.decodedStarts[number + 1])
    } else {
      let inset = record.has(TapeRecord.quoted) ? 1 : 0
      range = Int(record.start) + inset..<Int(record.end) - inset
    }
    let span = bytes.span
    return try body(span.extracting(range))
  }

  /// What some YAML reader would take a plain scalar for; text for every other node.
  package var resolved: PlainType {
    guard isPlain else { return .string }
    return withUTF8Span { PlainType(of: $0) }
  }

  /// How many elements a sequence or members a mapping has; 0 for a scalar.
  package var count: Int { record.count }

  /// A sequence's elements; none for other nodes.
  package var elements: Elements {
    let record = record
    return Elements(document, record.kind == .sequence ? index + 1..<Int(record.link) : 0..<0)
  }

  /// A mapping's members in the order of writing; none for other nodes.
  package var members: Members {
    let record = record
    return Members(document, record.kind == .mapping ? index + 1..<Int(record.link) : 0..<0)
  }

  package func forEachElement(_ body: (YAMLNode) throws -> Void) rethrows {
    for element in elements { try body(element) }
  }

  package func forEachMember(
    _ body: (_ key: YAMLNode, _ value: YAMLNode) throws -> Void
  ) rethrows {
    for (key, value) in members { try body(key, value) }
  }

  package struct Elements: Sequence, IteratorProtocol {
    private let document: YAMLDocument
    private var rest: Range<Int>

    init(_ document: YAMLDocument, _ range: Range<Int>) {
      self.document = document
      rest = range
    }

    package mutating func next() -> YAMLNode? {
      guard let index = rest.first else { return nil }
      rest = document.tape[index].next(after: index)..<rest.upperBound
      return YAMLNode(document: document, place: index)
    }
  }

  package struct Members: Sequence, IteratorProtocol {
    private let document: YAMLDocument
    private var rest: Range<Int>

    init(_ document: YAMLDocument, _ range: Range<Int>) {
      self.document = document
      rest = range
    }

    package mutating func next() -> (key: YAMLNode, value: YAMLNode)? {
      while let key = rest.first {
        let record = document.tape[key]
        let value = record.next(after: key)
        rest = document.tape[value].next(after: value)..<rest.upperBound
        if record.has(TapeRecord.refused) { continue }
        return (
          YAMLNode(document: document, place: key), YAMLNode(document: document, place: value)
        )
      }
      return nil
    }
  }
}

extension String {
  /// The text of bytes that were found to be UTF-8; empty should they not be.
  init(utf8 bytes: Span<UInt8>) {
    guard let text = try? UTF8Span(validating: bytes) else {
      self = ""
      return
    }
    self.init(copying: text)
  }
}
