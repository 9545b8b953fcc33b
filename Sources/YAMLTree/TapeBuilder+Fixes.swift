internal import SourceText

/// What the fixes of reading take away or put in quotes.
extension TapeBuilder {
  /// The line of a `%YAML` directive with its end, which changes nothing; nil for any other line,
  /// and where a comment stands on it.
  func useless(_ line: Range<Int>) -> SourceSpan? {
    guard bytes[line].starts(with: "%YAML".utf8), !bytes[line].contains(0x23) else { return nil }
    var end = line.upperBound
    if end < bytes.count, bytes[end] == 0x0D { end += 1 }
    if end < bytes.count, bytes[end] == 0x0A { end += 1 }
    return span(line.lowerBound..<end)
  }

  /// Takes away a tag that says what its value is anyway: those of YAML itself, but `!!str` only
  /// before quotes. Tags of others have a meaning that is not known here.
  func tagRemoval(_ range: Range<Int>, _ name: String, isPlain: Bool) -> TextEdit? {
    switch name {
    case "!!int", "!!float", "!!bool", "!!seq", "!!map": break
    case "!!str", "!": if isPlain { return nil }
    default: return nil
    }
    var end = range.upperBound
    while end < bytes.count, bytes[end].isBlank { end += 1 }
    guard end < bytes.count, !bytes[end].isLineEnd, bytes[end] != 0x23 else { return nil }
    return TextEdit(span(range.lowerBound..<end), replacement: "")
  }

  /// Puts a text in quotes that begins with a sign which YAML reserves, such as `*@partner.example`.
  /// Nil where it is not plain to see how far the text goes.
  func quoting(at start: Int) -> TextEdit? {
    guard start < bytes.count, [0x40, 0x60, 0x25, 0x2A, 0x26].contains(bytes[start]) else {
      return nil
    }
    let isFlow = frames.last?.isFlow ?? false || opensFlow(before: start)
    var end = start
    while end < bytes.count, !bytes[end].isLineEnd {
      let byte = bytes[end]
      if isFlow, byte == 0x2C || byte == 0x5D || byte == 0x7D { break }
      if byte == 0x23, bytes[end - 1].isBlank { break }
      // Quotes, brackets and keys make it unclear.
      if [0x22, 0x27, 0x5B, 0x7B, 0x5C].contains(byte) { return nil }
      if byte == 0x3A, end + 1 == bytes.count || bytes[end + 1].isWhite { return nil }
      end += 1
    }
    while end > start, bytes[end - 1].isBlank { end -= 1 }
    // A lone sign, or an alias or anchor with something after it, is something else.
    guard end > start + 1, !bytes[start..<end].contains(where: \.isBlank) else { return nil }
    return TextEdit(
      span(start..<end),
      replacement: "'" + String(decoding: bytes[start..<end], as: UTF8.self) + "'")
  }

  /// Whether a bracket that was opened on the same line is still open.
  private func opensFlow(before offset: Int) -> Bool {
    var start = offset
    while start > 0, !bytes[start - 1].isLineEnd { start -= 1 }
    var depth = 0
    for byte in bytes[start..<offset] {
      if byte == 0x5B || byte == 0x7B { depth += 1 }
      if byte == 0x5D || byte == 0x7D { depth -= 1 }
    }
    return depth > 0
  }
}
