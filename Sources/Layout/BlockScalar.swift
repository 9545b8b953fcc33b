/// A scalar after `|` or `>`, by lines.
struct BlockScalar {
  /// `|` or `>`.
  let style: UInt8
  /// `-` or `+`, where there is one.
  let chomping: UInt8?
  /// The lines without their indentation and ends; the blank ones are empty.
  private(set) var lines: [Range<Int>] = []
  /// Where the next thing may begin: at a line's start, or the end of the file.
  private(set) var end: Int
  /// Whether blank lines follow that are no part of it.
  private(set) var hasBlankAfter = false
  /// Whether a reader could not tell the indentation from the first line.
  private(set) var needsIndicator = false

  /// Whether all blank lines after it belong to it.
  var keepsBlanks: Bool { chomping == UInt8(ascii: "+") }

  /// - Parameters:
  ///   - parent: the indentation of the block collection around it; -1 for none.
  init(_ bytes: [UInt8], at start: Int, parent: Int) {
    style = bytes[start]
    var chomping: UInt8?
    var digit: Int?
    var index = start + 1
    while index < bytes.count {
      switch bytes[index] {
      case 0x2B, 0x2D: chomping = bytes[index]
      case 0x31...0x39: digit = Int(bytes[index] - 0x30)
      default:
        index = bytes[index...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
        digit = digit.map { max(parent, 0) + $0 }
        self.chomping = chomping
        end = index
        readLines(bytes, indent: digit ?? Self.indent(bytes, from: index, parent: parent))
        // Without a last line end the text has none; every file that is written has one.
        return
      }
      index += 1
    }
    self.chomping = chomping
    end = index
  }

  /// What a reader takes for the indentation: that of the first line that is not blank, or of a
  /// longer blank line before it.
  private static func indent(_ bytes: [UInt8], from start: Int, parent: Int) -> Int {
    var indent = max(parent + 1, 1)
    var index = start
    while index < bytes.count {
      var spaces = 0
      while index < bytes.count, bytes[index] == 0x20 {
        spaces += 1
        index += 1
      }
      let isBlank = index < bytes.count && bytes[index].endsLine
      if index < bytes.count, !isBlank, spaces < indent { break }
      indent = max(indent, spaces)
      if !isBlank { break }
      index = bytes[index...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
    }
    return indent
  }

  private mutating func readLines(_ bytes: [UInt8], indent: Int) {
    var index = end
    /// How many of the lines are the text, and not blank lines after it.
    var count = 0
    while index < bytes.count {
      var start = index
      while start < bytes.count, bytes[start] == 0x20, start - index < indent { start += 1 }
      let next = bytes[start...].firstIndex(of: 0x0A)
      var stop = next ?? bytes.count
      if stop > start, bytes[stop - 1] == 0x0D { stop -= 1 }
      if stop > start {
        if start - index < indent { break }
        lines.append(start..<stop)
        count = lines.count
      } else if next != nil {
        lines.append(start..<start)
      }
      index = next.map { $0 + 1 } ?? bytes.count
    }
    end = index
    if !keepsBlanks {
      hasBlankAfter = lines.count > count
      lines.removeLast(lines.count - count)
    }
    for line in lines where !line.isEmpty {
      needsIndicator = bytes[line.lowerBound] == 0x20 || bytes[line.lowerBound] == 0x09
      break
    }
  }

  /// What to write after the style.
  func chomping(endsWithFile bytes: [UInt8]) -> UInt8? {
    let isCut = lines.last.map { !$0.isEmpty && $0.upperBound == bytes.count } ?? false
    return isCut ? UInt8(ascii: "-") : chomping
  }
}

extension UInt8 {
  var endsLine: Bool { self == 0x0A || self == 0x0D }
  var isBlank: Bool { self == 0x20 || self == 0x09 }
}
