/// A text as lines, and which of them another version of it changes.
struct ComparedText {
  let bytes: [UInt8]
  /// The lines without their ends.
  let lines: [ArraySlice<UInt8>]

  /// The longest stretch of lines that is compared line by line, on either side.
  private static let limit = 5000

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    for index in bytes.indices where bytes[index] == 0x0A {
      let end = index > start && bytes[index - 1] == 0x0D ? index - 1 : index
      lines.append(bytes[start..<end])
      start = index + 1
    }
    if start < bytes.count { lines.append(bytes[start...]) }
    self.lines = lines
  }

  /// What another version has in place of a line of this one.
  enum Change: Equatable {
    /// No line stands for it.
    case gone
    /// Another line does: the bytes of this line, counted from its start, that differ.
    case differs(Range<Int>)
  }

  /// The lines that are not the same in the other version, by number from 0, in order.
  func changes(in other: ComparedText) -> [(line: Int, change: Change)] {
    var head = 0
    let shorter = min(lines.count, other.lines.count)
    while head < shorter, lines[head] == other.lines[head] { head += 1 }
    var tail = 0
    while tail < shorter - head,
      lines[lines.count - 1 - tail] == other.lines[other.lines.count - 1 - tail]
    {
      tail += 1
    }
    let old = Array(lines[head..<(lines.count - tail)])
    let new = Array(other.lines[head..<(other.lines.count - tail)])
    guard !old.isEmpty else { return [] }
    let (removed, inserted) = Self.difference(old, new)
    var changes: [(Int, Change)] = []
    var place = 0
    for index in old.indices {
      guard removed.contains(index) else {
        // The next line that both versions have.
        while place < new.count, inserted.contains(place) { place += 1 }
        place += 1
        continue
      }
      if place < new.count, inserted.contains(place) {
        changes.append((head + index, .differs(Self.differing(old[index], new[place]))))
        place += 1
      } else {
        changes.append((head + index, .gone))
      }
    }
    return changes
  }

  private static func difference(
    _ old: [ArraySlice<UInt8>], _ new: [ArraySlice<UInt8>]
  ) -> (removed: Set<Int>, inserted: Set<Int>) {
    // Line by line the work grows with the square of what differs; beyond the limit a line that
    // stands anywhere in the other version counts as the same.
    guard old.count <= limit, new.count <= limit else {
      let oldLines = Set(old)
      let newLines = Set(new)
      return (
        Set(old.indices.filter { !newLines.contains(old[$0]) }),
        Set(new.indices.filter { !oldLines.contains(new[$0]) })
      )
    }
    var removed: Set<Int> = []
    var inserted: Set<Int> = []
    for change in new.difference(from: old) {
      switch change {
      case .remove(let offset, _, _): removed.insert(offset)
      case .insert(let offset, _, _): inserted.insert(offset)
      }
    }
    return (removed, inserted)
  }

  /// The bytes of the first line that are not at the beginning or the end of the second one, whole
  /// characters of UTF-8.
  private static func differing(
    _ old: ArraySlice<UInt8>, _ new: ArraySlice<UInt8>
  ) -> Range<Int> {
    let old = Array(old)
    let new = Array(new)
    let shorter = min(old.count, new.count)
    var head = 0
    while head < shorter, old[head] == new[head] { head += 1 }
    while head > 0, head < old.count, isContinuation(old[head]) { head -= 1 }
    var tail = 0
    while tail < shorter - head, old[old.count - 1 - tail] == new[new.count - 1 - tail] {
      tail += 1
    }
    while tail > 0, isContinuation(old[old.count - tail]) { tail -= 1 }
    return head..<max(head, old.count - tail)
  }

  private static func isContinuation(_ byte: UInt8) -> Bool { byte & 0xC0 == 0x80 }
}
