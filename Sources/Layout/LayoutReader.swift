internal import Diagnostics
internal import SourceText
internal import TenantReading
internal import YAMLTree

/// Takes a document apart. It walks the nodes in the order of writing and reads what is between
/// them: comments, blank lines, anchors.
struct LayoutReader {
  let bytes: [UInt8]
  /// Before it all is read.
  var offset = 0
  /// The number of the line that the offset is in, and where it begins.
  var line = 0
  var lineStart = 0
  /// Whether there was only white space on the line so far.
  var isLineEmpty = true
  /// Comments that have no owner yet, and whether a blank line came after them.
  var pending: [Remark] = []
  var hasPendingBlank = false
  /// Anchors whose nodes are still to come.
  var anchors: [Range<Int>] = []
  /// What a comment at the line's end belongs to.
  var target: Entry?
  /// The line and column of the last comment at a line's end.
  var lastLineEnd: (line: Int, column: Int)?
  let page = Page()

  /// The collections around the node, with where their entries begin.
  private var open: [(collection: Collection, starts: [Int])] = []
  private var names: Set<ArraySlice<UInt8>> = []

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// - Parameter schema: gives the order of the keys.
  mutating func read(_ root: YAMLNode, schema: Schema) -> Page {
    let entry = page.root
    pass(to: root.span.lowerBound)
    readValue(root, of: entry, column: -1, schema: schema, inFlow: false)
    pass(to: bytes.count)
    take(into: entry, deeperThan: -1)
    if case .collection(let collection) = entry.value.content,
      let first = collection.entries.first?.leading.first
    {
      page.startsWithEditorLine = bytes[first.range].starts(with: "# yaml-language-server:".utf8)
    }
    return page
  }

  // MARK: Nodes

  /// Reads a value that begins at the offset or after it.
  ///
  /// - Parameter column: that of the entry: its key's or its dash's.
  private mutating func readValue(
    _ node: YAMLNode, of entry: Entry, column: Int, schema: Schema?, inFlow: Bool
  ) {
    pass(to: node.span.lowerBound)
    let start = node.span.lowerBound
    let isBracket = start < bytes.count && (bytes[start] == 0x5B || bytes[start] == 0x7B)
    if node.isAlias {
      constrain(by: node)
      readScalar(node, of: entry)
    } else if node.kind == .scalar, isBlockScalar(node, inFlow) {
      ownPending(entry)
      entry.value.anchor = takeAnchor()
      readBlockScalar(at: start, of: entry, column: column)
      return
    } else if node.kind == .scalar {
      readScalar(node, of: entry)
    } else if inFlow || isBracket {
      readFlow(node, of: entry, schema: schema, isBracket: isBracket)
    } else {
      readBlock(node, of: entry, schema: schema)
    }
    if !inFlow {
      look()
      take(into: entry, deeperThan: column)
    }
  }

  private mutating func readScalar(_ node: YAMLNode, of entry: Entry) {
    let range = node.span.lowerBound..<node.span.upperBound
    let anchor = takeAnchor()
    entry.value = scalar(range, anchor)
    if !entry.value.isEmpty { ownPending(entry) }
    if !range.isEmpty { skip(to: range.upperBound) }
    target = entry
  }

  /// A plain or quoted scalar, or an alias.
  private func scalar(_ range: Range<Int>, _ anchor: Range<Int>?) -> LayoutNode {
    if range.isEmpty {
      return LayoutNode(anchor: anchor, content: .empty, flowWidth: anchor?.count ?? 0)
    }
    if bytes[range].contains(0x0A) {
      return LayoutNode(anchor: anchor, content: .lines(range), flowWidth: nil)
    }
    let width = bytes.columns(range) + (anchor.map { $0.count + 1 } ?? 0)
    return LayoutNode(anchor: anchor, content: .text(range), flowWidth: width)
  }

  private func isBlockScalar(_ node: YAMLNode, _ inFlow: Bool) -> Bool {
    guard !inFlow, !node.isPlain, !node.span.isEmpty else { return false }
    let first = bytes[node.span.lowerBound]
    return first == 0x7C || first == 0x3E
  }

  private mutating func readBlockScalar(at start: Int, of entry: Entry, column: Int) {
    let scalar = BlockScalar(bytes, at: start, parent: column)
    entry.value.content = .block(scalar)
    entry.value.flowWidth = nil
    target = entry
    isLineEmpty = false
    pass(to: bytes[start...].firstIndex(of: 0x0A) ?? bytes.count)
    skip(to: scalar.end)
    isLineEmpty = true
    hasPendingBlank = scalar.hasBlankAfter
  }

  private mutating func readBlock(_ node: YAMLNode, of entry: Entry, schema: Schema?) {
    let isMapping = node.kind == .mapping
    let collection = Collection(isMapping: isMapping, isFlow: false)
    if !anchors.isEmpty { entry.value.anchor = anchors.removeFirst() }
    entry.value.content = .collection(collection)
    entry.value.flowWidth = nil
    // Where the first key has an anchor too, it is that which begins the mapping.
    let column = (anchors.first?.lowerBound ?? node.span.lowerBound) - lineStart
    open.append((collection, []))
    if isMapping {
      for (key, value) in node.members {
        let member = Entry()
        let schema = readKey(key, of: member, schema: schema, column: column, inFlow: false)
        collection.entries.append(member)
        readValue(value, of: member, column: column, schema: schema, inFlow: false)
      }
    } else {
      for element in node.elements {
        let item = Entry()
        look()
        let column = offset - lineStart
        begin(item, in: collection)
        offset += 1
        isLineEmpty = false
        readValue(element, of: item, column: column, schema: schema?.element, inFlow: false)
      }
    }
    open.removeLast()
  }

  private mutating func readFlow(
    _ node: YAMLNode, of entry: Entry, schema: Schema?, isBracket: Bool
  ) {
    let isMapping = node.kind == .mapping
    let collection = Collection(isMapping: isMapping, isFlow: true)
    if isBracket { entry.value.anchor = takeAnchor() }
    entry.value.content = .collection(collection)
    ownPending(entry)
    target = entry
    let firstLine = line
    if isBracket { skip(to: node.span.lowerBound + 1) }
    open.append((collection, []))
    if isMapping {
      for (key, value) in node.members {
        let member = Entry()
        let schema = readKey(key, of: member, schema: schema, column: 0, inFlow: true)
        collection.entries.append(member)
        readValue(value, of: member, column: 0, schema: schema, inFlow: true)
      }
    } else {
      for element in node.elements {
        let item = Entry()
        pass(to: element.span.lowerBound)
        begin(item, in: collection)
        readValue(element, of: item, column: 0, schema: schema?.element, inFlow: true)
      }
    }
    open.removeLast()
    if isBracket {
      pass(to: node.span.upperBound - 1)
      if collection.entries.isEmpty {
        ownPending(entry)
      } else {
        entry.trailing += pending
        pending = []
      }
      skip(to: node.span.upperBound)
    }
    target = entry
    entry.value.flowWidth = line == firstLine ? flowWidth(collection, entry.value.anchor) : nil
  }

  private func flowWidth(_ collection: Collection, _ anchor: Range<Int>?) -> Int? {
    var width = anchor.map { $0.count + 1 } ?? 0
    let count = collection.entries.count
    width += 2 + 2 * max(count - 1, 0) + (collection.isMapping && count > 0 ? 2 : 0)
    for entry in collection.entries {
      guard let value = entry.value.flowWidth else { return nil }
      width += value
      guard let key = entry.key else { continue }
      guard let own = key.flowWidth, !LayoutPrinter.isExplicit(key) else { return nil }
      // A colon at its end would be taken for the one after it.
      if entry.value.isEmpty, case .text(let range) = key.content, bytes[range].last == 0x3A {
        return nil
      }
      width += own + (entry.value.isEmpty ? 0 : 2)
    }
    return width
  }

  /// - Returns: the schema of the key's value.
  private mutating func readKey(
    _ key: YAMLNode, of entry: Entry, schema: Schema?, column: Int, inFlow: Bool
  ) -> Schema? {
    pass(to: key.span.lowerBound)
    if let collection = open.last?.collection { begin(entry, in: collection) }
    let range = key.span.lowerBound..<key.span.upperBound
    if isBlockScalar(key, inFlow) {
      let anchor = takeAnchor()
      readBlockScalar(at: range.lowerBound, of: entry, column: column)
      entry.key = LayoutNode(anchor: anchor, content: entry.value.content, flowWidth: nil)
      entry.value = LayoutNode()
    } else {
      entry.key = scalar(range, takeAnchor())
      skip(to: range.upperBound)
    }
    guard case .object(let keys, _) = schema?.object else { return nil }
    let name = key.text()
    let index = keys.firstIndex { $0.name == name }
    entry.rank = index ?? keys.count
    return index.map { keys[$0].schema }
  }

  /// Gives an entry the comments above it.
  private mutating func begin(_ entry: Entry, in collection: Collection) {
    entry.leading = pending
    entry.hasBlankBefore = hasPendingBlank
    pending = []
    hasPendingBlank = false
    target = entry
    open[open.count - 1].starts.append(offset)
    if !collection.isMapping { collection.entries.append(entry) }
  }

  // MARK: Anchors

  private mutating func takeAnchor() -> Range<Int>? {
    anchors.isEmpty ? nil : anchors.removeFirst()
  }

  mutating func add(anchor range: Range<Int>) {
    anchors.append(range)
    if !names.insert(bytes[range]).inserted { page.keepsOrder = true }
  }

  /// Remembers in the collection that holds both that the anchor must stay before the alias.
  private func constrain(by alias: YAMLNode) {
    let start = alias.target.span.lowerBound
    for (collection, starts) in open.reversed() {
      guard let first = starts.first, first <= start else { continue }
      var (low, high) = (0, starts.count)
      while high - low > 1 {
        let middle = (low + high) / 2
        if starts[middle] <= start { low = middle } else { high = middle }
      }
      if low < starts.count - 1 { collection.constraints.append((low, starts.count - 1)) }
      return
    }
  }
}

extension Schema {
  /// What a mapping at this place is.
  fileprivate var object: Schema? {
    switch self {
    case .object: self
    case .wordOr(_, let other): other.object
    default: nil
    }
  }

  /// What an element of a list at this place is.
  fileprivate var element: Schema? {
    switch self {
    case .list(let element, _): element
    case .wordOr(_, let other): other.element
    default: nil
    }
  }
}
