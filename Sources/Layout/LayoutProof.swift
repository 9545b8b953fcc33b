package import SourceText
package import YAMLTree

/// Compares a document with what was written of it: the same nodes and comments, whatever the order
/// of the keys.
package struct LayoutProof {
  private let old: (document: YAMLDocument, file: SourceFile)
  private let new: (document: YAMLDocument, file: SourceFile)
  /// Where the nodes that were compared begin now, by where they began and their kind.
  private var places: [Place: Int] = [:]

  private struct Place: Hashable {
    let start: Int
    let isScalar: Bool
  }

  package init(
    _ old: (document: YAMLDocument, file: SourceFile),
    _ new: (document: YAMLDocument, file: SourceFile)
  ) {
    self.old = old
    self.new = new
  }

  package mutating func holds() -> Bool {
    isSame(old.document.root, new.document.root)
      && Self.comments(of: old.document, old.file) == Self.comments(of: new.document, new.file)
  }

  private static func comments(of document: YAMLDocument, _ file: SourceFile) -> [[UInt8]] {
    document.comments().map { comment in
      var end = comment.span.upperBound
      while file.bytes[end - 1].isBlank { end -= 1 }
      return Array(file.bytes[comment.span.lowerBound..<end])
    }.sorted { $0.lexicographicallyPrecedes($1) }
  }

  private mutating func isSame(_ old: YAMLNode, _ new: YAMLNode) -> Bool {
    guard old.isAlias == new.isAlias else { return false }
    if old.isAlias {
      return places[Self.place(of: old.target)] == new.target.span.lowerBound
    }
    guard old.kind == new.kind, old.isPlain == new.isPlain, old.count == new.count else {
      return false
    }
    places[Self.place(of: old)] = new.span.lowerBound
    switch old.kind {
    case .scalar:
      return old.withUTF8Span { old in new.withUTF8Span { new in old.isSame(as: new) } }
    case .sequence:
      var others = new.elements
      for element in old.elements {
        guard let other = others.next(), isSame(element, other) else { return false }
      }
      return true
    case .mapping: return isSame(membersOf: old, new)
    }
  }

  private mutating func isSame(membersOf old: YAMLNode, _ new: YAMLNode) -> Bool {
    var members: [[UInt8]: (key: YAMLNode, value: YAMLNode)] = [:]
    for member in new.members { members[member.key.bytes] = member }
    for (key, value) in old.members {
      guard let other = members.removeValue(forKey: key.bytes), isSame(key, other.key),
        isSame(value, other.value)
      else { return false }
    }
    return members.isEmpty
  }

  private static func place(of node: YAMLNode) -> Place {
    Place(start: node.span.lowerBound, isScalar: node.kind == .scalar)
  }
}

extension YAMLNode {
  /// The text's bytes.
  fileprivate var bytes: [UInt8] {
    withUTF8Span { span in
      var bytes: [UInt8] = []
      bytes.reserveCapacity(span.count)
      for index in span.indices { bytes.append(span[index]) }
      return bytes
    }
  }
}

extension Span where Element == UInt8 {
  fileprivate func isSame(as other: Span<UInt8>) -> Bool {
    guard count == other.count else { return false }
    for index in indices where self[index] != other[index] { return false }
    return true
  }
}
