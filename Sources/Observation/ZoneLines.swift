internal import SourceText

/// A zone file's entries: a directive or a record each, with comments taken out and parentheses
/// and the line ends within them made blanks (RFC 1035 §5.1). One pass over the bytes.
struct ZoneLines {
  enum Problem {
    case openQuote
    case openParenthesis
    case closeParenthesis
    case nulByte
  }

  private let bytes: [UInt8]
  private var index = 0
  /// The bytes of the current entry, without its comments, and a NUL, as C has its strings.
  private(set) var text: [UInt8] = []
  /// Where the current entry stands, from its first byte that is not blank to its last.
  private(set) var range = 0..<0
  private(set) var problem: Problem? = nil
  /// Where a comment of the entry begins right behind a word: text that may have been meant.
  private(set) var cut: Range<Int>? = nil

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
  }

  /// Moves to the next entry that is not blank; false at the end.
  mutating func next() -> Bool {
    while index < bytes.count {
      readEntry()
      if !range.isEmpty { return true }
    }
    return false
  }

  private static func isOfWord(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x09, 0x0A, 0x0D, 0x20, 0x28, 0x29, 0x3B: false
    default: true
    }
  }

  private mutating func readEntry() {
    text.removeAll(keepingCapacity: true)
    problem = nil
    cut = nil
    var first = -1
    var end = 0
    var depth = 0
    var inQuotes = false
    // A copy of the reference, so that the span does not hold `self`.
    let all = bytes
    let source = all.span
    let count = source.count
    scan: while index < count {
      let byte = source[index]
      index += 1
      switch byte {
      case 0x0A, 0x0D:
        if inQuotes {
          problem = .openQuote
          break scan
        }
        if depth == 0 { break scan }
        text.append(0x20)
        continue
      case 0x20, 0x09:
        text.append(byte)
        continue
      case 0x22:
        inQuotes.toggle()
        // A quote ends the word before it, and what follows one is a word of its own. ldns holds
        // a quote within a word for a part of it.
        if inQuotes, !text.isEmpty { text.append(0x20) }
        text.append(byte)
        if !inQuotes, index < count, Self.isOfWord(source[index]) { text.append(0x20) }
      case 0x5C:
        text.append(byte)
        if index < count, source[index] != 0x0A, source[index] != 0x0D {
          text.append(source[index])
          index += 1
        }
      case 0x3B where !inQuotes:
        let start = index - 1
        while index < count, source[index] != 0x0A, source[index] != 0x0D { index += 1 }
        if cut == nil, start > 0, first >= 0, Self.isOfWord(source[start - 1]) {
          cut = start..<index
        }
        continue
      case 0x28 where !inQuotes:
        depth += 1
        text.append(0x20)
      case 0x29 where !inQuotes:
        if depth == 0 { problem = .closeParenthesis }
        depth = max(depth - 1, 0)
        text.append(0x20)
      case 0:
        problem = .nulByte
      default:
        text.append(byte)
      }
      if first < 0 { first = index - 1 }
      end = index
    }
    if problem == nil {
      if inQuotes { problem = .openQuote }
      if depth > 0 { problem = .openParenthesis }
    }
    text.append(0)
    range = first < 0 ? 0..<0 : first..<end
  }
}
