internal import Diagnostics

/// What is between the scalars: comments, blank lines, anchors, and indicators, which say nothing
/// that the nodes do not.
extension LayoutReader {
  /// Reads to an offset before which there is no scalar.
  mutating func pass(to end: Int) {
    while offset < end {
      let byte = bytes[offset]
      if byte.isBlank || byte.endsLine || byte == UInt8(ascii: "#") {
        passWhite()
      } else if byte == UInt8(ascii: "&") {
        let start = offset
        offset += 1
        while offset < bytes.count, bytes[offset].isNameByte { offset += 1 }
        isLineEmpty = false
        add(anchor: start..<offset)
      } else {
        if isLineEmpty, offset == lineStart { passMarker() }
        isLineEmpty = false
        offset += 1
      }
    }
  }

  /// Reads white space and comments, as far as there are any.
  mutating func look() {
    while offset < bytes.count {
      let byte = bytes[offset]
      guard byte.isBlank || byte.endsLine || byte == UInt8(ascii: "#") else { return }
      passWhite()
    }
  }

  /// Goes over a scalar or bracket.
  mutating func skip(to end: Int) {
    while offset < end {
      if bytes[offset] == 0x0A { beginLine() }
      offset += 1
    }
    isLineEmpty = false
    hasPendingBlank = false
  }

  /// Makes the comments without an owner an entry's, above it.
  mutating func ownPending(_ entry: Entry) {
    if page.root === entry {
      entry.leading += pending
      pending = []
    } else if !pending.isEmpty {
      // Those at the line's end came before them.
      entry.raiseLineEnd()
      entry.raise(&pending)
    }
    hasPendingBlank = false
  }

  /// Gives an entry those comments after it that are indented deeper.
  mutating func take(into entry: Entry, deeperThan column: Int) {
    let count = pending.prefix { $0.column > column }.count
    entry.trailing += pending.prefix(count)
    pending.removeFirst(count)
  }

  /// A `---` before the document, or the `...` after it.
  private mutating func passMarker() {
    let mark = bytes[offset...].prefix(3)
    if mark.elementsEqual("---".utf8), page.beforeMarker == nil, target == nil {
      let after = offset + 3
      guard after >= bytes.count || bytes[after].isBlank || bytes[after].endsLine else { return }
      page.beforeMarker = pending
      pending = []
      hasPendingBlank = false
      offset = after - 1
    } else if mark.elementsEqual("...".utf8) {
      target = nil
    }
  }

  private mutating func passWhite() {
    let byte = bytes[offset]
    if byte == UInt8(ascii: "#") {
      passComment()
    } else {
      if byte == 0x0A {
        if isLineEmpty { hasPendingBlank = true }
        beginLine()
      }
      offset += 1
    }
  }

  /// The line that begins after the offset.
  private mutating func beginLine() {
    line += 1
    lineStart = offset + 1
    isLineEmpty = true
  }

  private mutating func passComment() {
    let lineEnd = bytes[offset...].firstIndex(where: \.endsLine) ?? bytes.count
    var end = lineEnd
    while bytes[end - 1].isBlank { end -= 1 }
    let column = bytes.columns(lineStart..<offset)
    var remark = Remark(range: offset..<end, column: column, hasBlankBefore: false)
    if !isLineEmpty, let target {
      if !target.lineEnd.isEmpty { target.raiseLineEnd() }
      var text = offset
      while bytes[text - 1].isBlank { text -= 1 }
      target.gap = column - bytes.columns(lineStart..<text)
      target.lineEnd = [remark]
      lastLineEnd = (line, column)
    } else if isLineEmpty, let target, let last = lastLineEnd, last == (line - 1, column) {
      target.lineEnd.append(remark)
      lastLineEnd = (line, column)
    } else {
      remark.hasBlankBefore = hasPendingBlank
      hasPendingBlank = false
      pending.append(remark)
    }
    isLineEmpty = false
    offset = lineEnd
  }
}

extension UInt8 {
  /// Whether it may be in an anchor's name.
  fileprivate var isNameByte: Bool {
    switch self {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F: true
    default: false
    }
  }
}

extension [UInt8] {
  /// How many columns a part of one line takes, where tabs lead to every eighth.
  func columns(_ range: Range<Int>) -> Int {
    var columns = 0
    var isASCII = true
    for byte in self[range] {
      if byte >= 0x80 {
        isASCII = false
        break
      }
      columns = byte == 0x09 ? (columns / 8 + 1) * 8 : columns + 1
    }
    if isASCII { return columns }
    columns = 0
    for scalar in String(decoding: self[range], as: UTF8.self).unicodeScalars {
      columns = scalar.value == 0x09 ? (columns / 8 + 1) * 8 : columns + scalar.columns
    }
    return columns
  }
}
