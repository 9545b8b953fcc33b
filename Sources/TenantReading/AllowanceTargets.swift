internal import SourceText
internal import YAMLTree

/// Finds what begins after each of some comments that stand alone on their lines: the outermost
/// member or element, or the value of a key that stands before the comment.
struct AllowanceTargets {
  /// Where the comments end, in the order of writing.
  private let ends: [Int]
  private let file: SourceFile
  /// The bytes of what follows each; nil where nothing does.
  private(set) var found: [Range<Int>?]
  private var next = 0

  init(of ends: [Int], in document: YAMLDocument, file: SourceFile) {
    self.ends = ends
    self.file = file
    found = Array(repeating: nil, count: ends.count)
    visit(document.root)
  }

  private mutating func visit(_ node: YAMLNode) {
    // An alias stands for what was written elsewhere.
    if node.isAlias { return }
    for (key, value) in node.members {
      if next == ends.count { return }
      let end = value.span.upperBound
      claim(key.span.lowerBound..<max(key.span.upperBound, end))
      if isOneItem(value) { claim(value.span.lowerBound..<end) }
      visit(value)
    }
    for element in node.elements {
      if next == ends.count { return }
      claim(element.span.lowerBound..<element.span.upperBound)
      visit(element)
    }
  }

  /// Gives the item to the comments that wait for one and stand before it.
  private mutating func claim(_ item: Range<Int>) {
    while next < ends.count, ends[next] <= item.lowerBound {
      found[next] = item
      next += 1
    }
  }

  /// Whether a comment between the key and this value speaks of all of it: of a block, it speaks of
  /// the first item.
  private func isOneItem(_ value: YAMLNode) -> Bool {
    if value.isAlias || value.kind == .scalar { return true }
    let first = file.bytes[value.span.lowerBound]
    return first == UInt8(ascii: "{") || first == UInt8(ascii: "[")
  }
}
