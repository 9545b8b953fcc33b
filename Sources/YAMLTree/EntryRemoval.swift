package import Diagnostics
package import SourceText

/// Takes entries out of a document: list elements and members of mappings, in block and in flow
/// style, with their commas and lines. Comments stay, each on its line.
///
/// Where an entry cannot go without a word about the rest (it is shared through an alias, or the
/// only one of what must not be empty), there are no edits. `EntryRemoval+Layout` decides the bytes.
package struct EntryRemoval {
  let document: YAMLDocument
  let comments: [YAMLComment]
  /// For each record, what it is in and what stands before it there.
  private var places: [Place]
  /// The records that an alias stands for, in order.
  private var shared: [Int] = []

  private struct Place {
    /// `UInt32.max` for the document's own node.
    var parent = UInt32.max
    /// The sibling before it; `UInt32.max` for the first.
    var previous = UInt32.max
    var isValue = false
  }

  /// A list element, or a member.
  struct Entry: Equatable {
    let parent: Int
    /// The element, or the key.
    let head: Int
    /// The element, or the value.
    let tail: Int
    /// The record before it in the same list or mapping.
    let previous: Int?
    /// The record after it there.
    let next: Int?
  }

  package init(_ document: YAMLDocument) {
    self.document = document
    comments = document.comments()
    places = [Place](repeating: Place(), count: document.tape.count)
    var links: Set<Int> = []
    for (index, record) in document.tape.enumerated() {
      switch record.kind {
      case .alias: links.insert(Int(record.link))
      case .scalar: break
      case .sequence, .mapping:
        var child = index + 1
        var previous = UInt32.max
        var isValue = false
        while child < Int(record.link) {
          places[child] = Place(
            parent: UInt32(truncatingIfNeeded: index), previous: previous, isValue: isValue)
          previous = UInt32(truncatingIfNeeded: child)
          if record.kind == .mapping { isValue.toggle() }
          child = document.tape[child].next(after: child)
        }
      }
    }
    shared = links.sorted()
  }

  /// The edits that take the entry out; nil where it cannot be found or must stay.
  package func edits(for removal: Removal) -> [TextEdit]? {
    guard var entry = entry(removal.target, removal.span) else { return nil }
    if let original = removal.original {
      guard let first = self.entry(removal.target, original), first != entry,
        isSame(first.tail, entry.tail)
      else { return nil }
    }
    // What would be left empty goes with its last entry.
    while entry.previous == nil, entry.next == nil {
      guard !isShared(entry), document.tape[entry.parent].kind != .scalar,
        let outer = self.entry(around: entry.parent), outer.head != outer.tail
      else { return nil }
      entry = outer
    }
    guard !isShared(entry) else { return nil }
    let isFlow = [0x5B, 0x7B].contains(document.file.bytes[Int(document.tape[entry.parent].start)])
    return isFlow ? flowEdits(entry) : blockEdits(entry)
  }

  // MARK: Finding

  private func entry(_ target: Removal.Target, _ span: SourceSpan) -> Entry? {
    guard span.file == document.id, var record = record(at: span) else { return nil }
    switch target {
    case .entry: return entry(around: record)
    case .item:
      while let parent = parent(of: record) {
        if document.tape[parent].kind == .sequence { return entry(around: record) }
        record = parent
      }
      return nil
    case .member(let name):
      while let found = entry(around: record) {
        if found.head != found.tail,
          YAMLNode(document: document, place: found.head).text() == name
        {
          return found
        }
        record = found.parent
      }
      return nil
    }
  }

  /// The outermost record that is written exactly there.
  private func record(at span: SourceSpan) -> Int? {
    guard !span.isEmpty else { return nil }
    let tape = document.tape
    var low = 0
    var high = tape.count
    while low < high {
      let middle = (low + high) / 2
      if Int(tape[middle].start) < span.lowerBound { low = middle + 1 } else { high = middle }
    }
    while low < tape.count, Int(tape[low].start) == span.lowerBound {
      if Int(tape[low].end) == span.upperBound { return low }
      low += 1
    }
    return nil
  }

  private func parent(of record: Int) -> Int? {
    let parent = places[record].parent
    return parent == .max ? nil : Int(parent)
  }

  /// The element or member that a record is, or is the key or value of.
  private func entry(around record: Int) -> Entry? {
    guard let parent = parent(of: record) else { return nil }
    var head = record
    if places[record].isValue { head = Int(places[record].previous) }
    let isMember = document.tape[parent].kind == .mapping
    let tail = isMember ? document.tape[head].next(after: head) : head
    let next = document.tape[tail].next(after: tail)
    let before = places[head].previous
    return Entry(
      parent: parent, head: head, tail: tail, previous: before == .max ? nil : Int(before),
      next: next < Int(document.tape[parent].link) ? next : nil)
  }

  /// Whether an alias elsewhere brings the entry, a part of it, or what it is in to another place.
  private func isShared(_ entry: Entry) -> Bool {
    let end = document.tape[entry.tail].next(after: entry.tail)
    if firstShared(from: entry.head).map({ $0 < end }) ?? false { return true }
    var outer: Int? = entry.parent
    while let record = outer {
      if firstShared(from: record) == record { return true }
      outer = parent(of: record)
    }
    return false
  }

  private func firstShared(from record: Int) -> Int? {
    var low = 0
    var high = shared.count
    while low < high {
      let middle = (low + high) / 2
      if shared[middle] < record { low = middle + 1 } else { high = middle }
    }
    return low < shared.count ? shared[low] : nil
  }

  /// Whether two nodes say the same in the same order.
  private func isSame(_ left: Int, _ right: Int) -> Bool {
    func isSame(_ left: YAMLNode, _ right: YAMLNode) -> Bool {
      guard left.kind == right.kind, left.count == right.count else { return false }
      switch left.kind {
      case .scalar: return left.isPlain == right.isPlain && left.text() == right.text()
      case .sequence:
        return zip(left.elements, right.elements).allSatisfy { isSame($0, $1) }
      case .mapping:
        return zip(left.members, right.members).allSatisfy {
          isSame($0.key, $1.key) && isSame($0.value, $1.value)
        }
      }
    }
    // Aliases of aliases could make a comparison long, and say nothing that is shared.
    guard ![left, right].contains(where: holdsAlias) else { return false }
    return isSame(
      YAMLNode(document: document, place: left), YAMLNode(document: document, place: right))
  }

  private func holdsAlias(_ record: Int) -> Bool {
    document.tape[record..<document.tape[record].next(after: record)].contains {
      $0.kind == .alias
    }
  }
}
