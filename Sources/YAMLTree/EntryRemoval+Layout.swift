internal import Diagnostics
internal import SourceText

/// Which bytes an entry is.
extension EntryRemoval {
  private var bytes: [UInt8] { document.file.bytes }

  private func start(_ record: Int) -> Int { Int(document.tape[record].start) }

  private func end(_ record: Int) -> Int { Int(document.tape[record].end) }

  private func edit(_ range: Range<Int>) -> TextEdit {
    TextEdit(SourceSpan(file: document.id, range), replacement: "")
  }

  // MARK: Block style

  func blockEdits(_ entry: Entry) -> [TextEdit]? {
    guard let start = blockStart(entry.head, in: entry.parent, after: entry.previous) else {
      return nil
    }
    let end = max(end(entry.tail), start + 1)
    if isBlank(lineStart(of: start)..<start) {
      guard isEndOfLine(end) else { return nil }
      return linewise(start..<end, entry)
    }
    // The first of a mapping or list that begins after a "- ": the next one moves up to it.
    guard entry.previous == nil, let next = entry.next,
      bytes[lineStart(of: start)..<start].allSatisfy({ $0.isBlank || $0 == 0x2D }),
      let other = blockStart(next, in: entry.parent, after: entry.tail),
      comments(in: start..<other).isEmpty
    else { return nil }
    return [edit(start..<other)]
  }

  /// Where an entry begins: at its "-", or at its key; nil where something else stands before it.
  private func blockStart(_ head: Int, in parent: Int, after previous: Int?) -> Int? {
    let first = previous.map { significant(from: end($0)) } ?? start(parent)
    guard first < bytes.count else { return nil }
    if document.tape[parent].kind == .sequence { return bytes[first] == 0x2D ? first : nil }
    return first == start(head) ? first : nil
  }

  // MARK: Flow style

  func flowEdits(_ entry: Entry) -> [TextEdit]? {
    var comma: Int?
    var opening = start(entry.parent) + 1
    if let previous = entry.previous {
      let place = significant(from: max(end(previous), start(previous)))
      guard place < bytes.count, bytes[place] == 0x2C else { return nil }
      comma = place
      opening = place + 1
    }
    let start = significant(from: opening)
    guard start == self.start(entry.head) else { return nil }
    let end = max(end(entry.tail), end(entry.head))
    let after = significant(from: end)
    guard after < bytes.count else { return nil }
    let closing = bytes[after]
    guard closing == 0x2C || closing == 0x5D || closing == 0x7D else { return nil }
    let hasComma = closing == 0x2C
    let whole = start..<(hasComma ? after + 1 : end)
    if isBlank(lineStart(of: start)..<start), isEndOfLine(whole.upperBound) {
      return linewise(whole, entry)
    }
    if hasComma {
      guard comments(in: whole).isEmpty else { return nil }
      var low = whole.lowerBound
      var high = whole.upperBound
      while high < bytes.count, bytes[high].isBlank { high += 1 }
      if high == bytes.count || bytes[high].isLineEnd || bytes[high] == 0x23 {
        // Nothing but a line's end or comment follows, so no blanks are left before it.
        high = whole.upperBound
        while low > opening, bytes[low - 1].isBlank { low -= 1 }
      }
      return [edit(low..<high)]
    }
    guard let comma, comments(in: comma..<end).isEmpty else { return nil }
    return [edit(comma..<end)]
  }

  // MARK: Lines

  /// Takes out lines whole, but leaves the comments on them.
  private func linewise(_ range: Range<Int>, _ entry: Entry) -> [TextEdit]? {
    let file = document.file
    let first = file.position(of: range.lowerBound).line
    let last = file.position(of: range.upperBound - 1).line
    let end = last < file.lineCount ? file.lineRange(last + 1).lowerBound : bytes.count
    let kept = comments(in: file.lineRange(first).lowerBound..<end)
    // Deeper than the text above it, a comment would become a part of that text.
    if !kept.isEmpty, followsBlockScalar(entry.head) { return nil }
    var cuts: [Range<Int>] = []
    func cut(_ range: Range<Int>) {
      guard !range.isEmpty else { return }
      if let last = cuts.last, last.upperBound == range.lowerBound {
        cuts[cuts.count - 1] = last.lowerBound..<range.upperBound
      } else {
        cuts.append(range)
      }
    }
    var offset = file.lineRange(first).lowerBound
    for comment in kept {
      let line = lineStart(of: comment.span.lowerBound)
      cut(offset..<line)
      if !comment.isAlone {
        var text = line
        while bytes[text].isBlank { text += 1 }
        cut(text..<comment.span.lowerBound)
      }
      let number = file.position(of: comment.span.lowerBound).line
      offset = number < file.lineCount ? file.lineRange(number + 1).lowerBound : bytes.count
    }
    cut(min(offset, end)..<end)
    return cuts.map(edit)
  }

  private func followsBlockScalar(_ head: Int) -> Bool {
    guard
      let index = document.tape[..<head].lastIndex(where: {
        $0.kind == .scalar || $0.kind == .alias
      })
    else { return false }
    let record = document.tape[index]
    guard record.kind == .scalar, record.start < record.end else { return false }
    return bytes[Int(record.start)] == 0x7C || bytes[Int(record.start)] == 0x3E
  }

  private func comments(in range: Range<Int>) -> ArraySlice<YAMLComment> {
    func index(_ offset: Int) -> Int {
      var low = 0
      var high = comments.count
      while low < high {
        let middle = (low + high) / 2
        if comments[middle].span.lowerBound < offset { low = middle + 1 } else { high = middle }
      }
      return low
    }
    return comments[index(range.lowerBound)..<index(max(range.lowerBound, range.upperBound))]
  }

  /// The first byte from an offset on that is neither white space nor a comment's.
  private func significant(from offset: Int) -> Int {
    var index = offset
    while index < bytes.count {
      if bytes[index].isBlank || bytes[index].isLineEnd {
        index += 1
      } else if bytes[index] == 0x23 {
        while index < bytes.count, !bytes[index].isLineEnd { index += 1 }
      } else {
        break
      }
    }
    return index
  }

  private func lineStart(of offset: Int) -> Int {
    var index = offset
    while index > 0, !bytes[index - 1].isLineEnd { index -= 1 }
    return index
  }

  private func isBlank(_ range: Range<Int>) -> Bool { bytes[range].allSatisfy(\.isBlank) }

  /// Whether nothing but blanks and a comment follows on the line.
  private func isEndOfLine(_ offset: Int) -> Bool {
    var index = offset
    while index < bytes.count, bytes[index].isBlank { index += 1 }
    return index == bytes.count || bytes[index].isLineEnd || bytes[index] == 0x23
  }
}
