/// Writes a document in its canonical layout.
struct LayoutPrinter {
  /// A flow collection stays one on a line of at most so many columns, the comment not counted.
  static let width = 132

  /// A key of more bytes needs a `?`, as YAML limits others to 1024 characters.
  private static let longestKey = 1000

  private let bytes: [UInt8]
  private var lines: LineWriter

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    lines = LineWriter(bytes)
  }

  mutating func lay(_ page: Page) -> [UInt8] {
    if let remarks = page.beforeMarker {
      lay(remarks, indent: 0, isFirst: true)
      lines.put("---")
      lines.end()
    }
    lay(page.heading, indent: 0, isFirst: true)
    if page.hasBlankAfterHeading { lines.blank() }
    lay(root: page.root)
    return lines.finish()
  }

  private mutating func lay(root: Entry) {
    guard case .collection(let collection) = root.value.content, isBlock(root.value, at: 0) else {
      lay(root.leading, indent: 0, isFirst: true)
      lay(line: root.value, of: root, indent: 0)
      lay(root.trailing, indent: 0, isFirst: false)
      return
    }
    // There is no line of its own for a comment at its end.
    root.raiseLineEnd()
    lay(root.leading, indent: 0, isFirst: true)
    if let anchor = root.value.anchor {
      lines.put(anchor)
      lines.end()
    }
    lay(collection, indent: 0, isInline: false)
    lay(root.trailing, indent: 0, isFirst: false)
  }

  /// - Parameter isInline: whether the first entry goes on with the line.
  private mutating func lay(_ collection: Collection, indent: Int, isInline: Bool) {
    for (index, entry) in collection.entries.enumerated() {
      let isFirst = index == 0
      if !isInline || !isFirst {
        liftComments(to: entry, indent: indent)
        lay(entry.leading, indent: indent, isFirst: isFirst)
        if entry.hasBlankBefore, !isFirst || !entry.leading.isEmpty { lines.blank() }
        lines.begin(indent: indent)
      }
      if let key = entry.key { lay(key: key, indent: indent) } else { lines.put("-") }
      lay(valueOf: entry, indent: indent)
      lay(entry.trailing, indent: indent + 2, isFirst: false)
    }
  }

  private mutating func lay(_ remarks: [Remark], indent: Int, isFirst: Bool) {
    for (index, remark) in remarks.enumerated() {
      if remark.hasBlankBefore, !isFirst || index > 0 { lines.blank() }
      lines.begin(indent: indent)
      lines.put(remark.range)
      lines.end()
    }
  }

  /// An element that begins on its dash's line has no room between them for comments: those above
  /// its first key go above the dash.
  private func liftComments(to entry: Entry, indent: Int) {
    guard entry.key == nil, entry.value.anchor == nil,
      case .collection(let collection) = entry.value.content,
      isBlock(entry.value, at: indent + 2), let first = collection.entries.first
    else { return }
    if collection.isFlow { entry.raiseLineEnd() }
    guard isCompact(entry) else { return }
    liftComments(to: first, indent: indent + 2)
    guard !first.leading.isEmpty else { return }
    let hasBlank = first.hasBlankBefore
    entry.raise(&first.leading)
    entry.hasBlankBefore = hasBlank
    first.hasBlankBefore = false
  }

  /// Whether an element that is a block begins on its dash's line.
  private func isCompact(_ entry: Entry) -> Bool {
    entry.key == nil && entry.value.anchor == nil && entry.lineEnd.isEmpty
  }

  /// Whether a value that would begin in this column is written as a block.
  private func isBlock(_ node: LayoutNode, at column: Int) -> Bool {
    guard case .collection(let collection) = node.content, !collection.entries.isEmpty else {
      return false
    }
    guard collection.isFlow, let width = node.flowWidth else { return true }
    return column + width > Self.width
  }

  // MARK: Keys and values

  /// Whether a key is written after a `?`.
  static func isExplicit(_ key: LayoutNode) -> Bool {
    guard case .text(let range) = key.content else { return true }
    return range.count + (key.anchor?.count ?? 0) > longestKey
  }

  private mutating func lay(key: LayoutNode, indent: Int) {
    if Self.isExplicit(key) {
      lines.put("? ")
      lay(line: key, of: Entry(), indent: indent)
      lines.begin(indent: indent)
    } else {
      put(flow: key)
    }
    lines.put(":")
  }

  /// Writes a value after its key or dash.
  private mutating func lay(valueOf entry: Entry, indent: Int) {
    let node = entry.value
    guard case .collection(let collection) = node.content,
      isBlock(node, at: lines.column + 1)
    else {
      if !node.isEmpty { lines.put(" ") }
      lay(line: node, of: entry, indent: indent)
      return
    }
    if let anchor = node.anchor {
      lines.put(" ")
      lines.put(anchor)
    }
    let isInline = isCompact(entry)
    if isInline { lines.put(" ") } else { lines.end(entry.lineEnd, gap: entry.gap) }
    lay(collection, indent: indent + 2, isInline: isInline)
  }

  /// Writes all but a block collection, and ends the line.
  private mutating func lay(line node: LayoutNode, of entry: Entry, indent: Int) {
    switch node.content {
    case .empty, .text, .collection: put(flow: node)
    case .lines(let range):
      put(anchor: node.anchor)
      put(lines: range, indent: indent + 2)
    case .block(let scalar):
      put(anchor: node.anchor)
      lines.put(byte: scalar.style)
      if scalar.needsIndicator { lines.put("2") }
      if let chomping = scalar.chomping(endsWithFile: bytes) { lines.put(byte: chomping) }
      lines.end(entry.lineEnd, gap: entry.gap)
      for line in scalar.lines {
        if !line.isEmpty {
          lines.begin(indent: indent + 2)
          lines.put(line)
        }
        lines.end()
      }
      if scalar.keepsBlanks { lines.forbidBlank() }
      return
    }
    lines.end(entry.lineEnd, gap: entry.gap)
  }

  private mutating func put(flow node: LayoutNode) {
    switch node.content {
    case .empty:
      if let anchor = node.anchor { lines.put(anchor) }
    case .text(let range):
      put(anchor: node.anchor)
      lines.put(range)
    case .collection(let collection):
      put(anchor: node.anchor)
      let isPadded = collection.isMapping && !collection.entries.isEmpty
      lines.put(collection.isMapping ? isPadded ? "{ " : "{" : "[")
      for (index, entry) in collection.entries.enumerated() {
        if index > 0 { lines.put(", ") }
        if let key = entry.key {
          put(flow: key)
          if !entry.value.isEmpty { lines.put(": ") }
        }
        put(flow: entry.value)
      }
      lines.put(collection.isMapping ? isPadded ? " }" : "}" : "]")
    case .lines, .block: break
    }
  }

  private mutating func put(anchor: Range<Int>?) {
    guard let anchor else { return }
    lines.put(anchor)
    lines.put(" ")
  }

  /// The lines of a plain or quoted scalar, all but the first indented. What white space is around
  /// a line's end says nothing there, except after a backslash.
  private mutating func put(lines range: Range<Int>, indent: Int) {
    var start = range.lowerBound
    while let end = bytes[start..<range.upperBound].firstIndex(of: 0x0A) {
      var stop = end
      while stop > start, bytes[stop - 1].isBlank || bytes[stop - 1].endsLine { stop -= 1 }
      let backslashes = bytes[start..<stop].reversed().prefix { $0 == UInt8(ascii: "\\") }.count
      let isEscaped = bytes[range.lowerBound] == UInt8(ascii: "\"") && backslashes % 2 == 1
      if isEscaped, stop < end, bytes[stop].isBlank { stop += 1 }
      lines.put(start..<stop)
      lines.end()
      start = end + 1
      while start < range.upperBound, bytes[start].isBlank { start += 1 }
      let isBlank = start < range.upperBound && bytes[start].endsLine
      if !isBlank { lines.begin(indent: indent) }
    }
    lines.put(start..<range.upperBound)
  }
}
