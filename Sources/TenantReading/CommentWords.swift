internal import SourceText

/// The words of a comment, with where they stand. A blank is a space, a tab, or U+3000, which a
/// Japanese keyboard gives.
struct CommentWords {
  private let file: SourceFile
  private let id: SourceFileID
  private(set) var offset: Int
  private let end: Int

  /// - Parameter comment: from its `#`.
  init(_ comment: SourceSpan, of file: SourceFile) {
    self.file = file
    id = comment.file
    offset = comment.lowerBound
    end = comment.upperBound
    while offset < end, file.bytes[offset] == UInt8(ascii: "#") { offset += 1 }
  }

  func span(_ range: Range<Int>) -> SourceSpan { SourceSpan(file: id, range) }

  func text(_ range: Range<Int>) -> String { file.text(range) }

  /// The next word; empty at the end.
  mutating func word() -> Range<Int> {
    skipBlanks()
    return take { _ in false }
  }

  /// The next word, which a comma ends as well.
  mutating func listWord() -> Range<Int> {
    skipBlanks()
    return take { $0 == UInt8(ascii: ",") }
  }

  /// Passes over a comma and the blanks around it; false where there is none.
  mutating func comma() -> Bool {
    let start = offset
    skipBlanks()
    guard offset < end, file.bytes[offset] == UInt8(ascii: ",") else {
      offset = start
      return false
    }
    offset += 1
    return true
  }

  /// Everything up to the end, without blanks around it.
  mutating func rest() -> Range<Int> {
    skipBlanks()
    let start = offset
    var last = start
    while offset < end {
      let blank = blankLength(at: offset)
      offset += max(1, blank)
      if blank == 0 { last = offset }
    }
    return start..<last
  }

  private mutating func skipBlanks() {
    while offset < end {
      let blank = blankLength(at: offset)
      if blank == 0 { return }
      offset += blank
    }
  }

  private mutating func take(until isEnd: (UInt8) -> Bool) -> Range<Int> {
    let start = offset
    while offset < end, blankLength(at: offset) == 0, !isEnd(file.bytes[offset]) { offset += 1 }
    return start..<offset
  }

  private func blankLength(at offset: Int) -> Int {
    switch file.bytes[offset] {
    case 0x20, 0x09: 1
    case 0xE3
    where offset + 2 < end && file.bytes[offset + 1] == 0x80 && file.bytes[offset + 2] == 0x80:
      3
    default: 0
    }
  }
}
