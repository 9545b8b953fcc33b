internal import SourceText
internal import Wording

/// What a fix changes, as lines taken away and lines put there.
struct Suggestion {
  let lines: [TerminalText]

  /// How many lines a side shows at most.
  private static let limit = 6
  /// How many bytes of the file a suggestion looks at; beyond that the fix has its title only.
  private static let reach = 16_384

  /// Nil where the fix is too large to show or its edits are not in one file or overlap.
  init?(_ fix: Diagnostic.Fix, _ sources: SourceSet, _ language: Language) {
    let edits = fix.edits.sorted { $0.span < $1.span }
    guard let first = edits.first, edits.allSatisfy({ $0.span.file == first.span.file }) else {
      return nil
    }
    for (left, right) in zip(edits, edits.dropFirst())
    where left.span.upperBound > right.span.lowerBound { return nil }
    let file = sources[first.span.file]
    var result: [TerminalText] = []
    var rest = edits[...]
    while let next = rest.first {
      let start = file.position(of: next.span.lowerBound).line
      var end = start
      let group = rest.prefix { edit in
        guard file.position(of: edit.span.lowerBound).line <= end + 1 else { return false }
        end = max(end, file.position(of: edit.span.upperBound).line)
        return true
      }
      rest = rest.dropFirst(group.count)
      let bytes = file.lineRange(start).lowerBound..<file.lineRange(end).upperBound
      guard bytes.count + group.reduce(0, { $0 + $1.replacement.utf8.count }) <= Self.reach else {
        return nil
      }
      let old = SourceFile(name: "", bytes: Array(file.bytes[bytes]))
      let new = SourceFile(name: "", bytes: Self.apply(Array(group), to: file, bytes))
      result += Self.difference(old, new, from: start, language)
    }
    lines = result
  }

  private static func apply(
    _ edits: [TextEdit], to file: SourceFile, _ bytes: Range<Int>
  ) -> [UInt8] {
    var result: [UInt8] = []
    var offset = bytes.lowerBound
    for edit in edits {
      result += file.bytes[offset..<max(offset, min(edit.span.lowerBound, bytes.upperBound))]
      result += edit.replacement.utf8
      offset = max(offset, min(edit.span.upperBound, bytes.upperBound))
    }
    return result + file.bytes[offset..<bytes.upperBound]
  }

  /// The lines that differ, without those that both begin or end with.
  private static func difference(
    _ old: SourceFile, _ new: SourceFile, from start: Int, _ language: Language
  ) -> [TerminalText] {
    let oldLines = (1...old.lineCount).map { old.bytes[old.lineRange($0)] }
    let newLines = (1...new.lineCount).map { new.bytes[new.lineRange($0)] }
    let shorter = min(oldLines.count, newLines.count)
    var head = 0
    while head < shorter, oldLines[head].elementsEqual(newLines[head]) { head += 1 }
    var tail = 0
    while tail < shorter - head,
      oldLines[oldLines.count - 1 - tail].elementsEqual(newLines[newLines.count - 1 - tail])
    {
      tail += 1
    }
    let removed = head..<(oldLines.count - tail)
    let added = head..<(newLines.count - tail)
    let width = String(start + max(removed.upperBound, added.upperBound) - 1).count
    let common = zip(old.bytes, new.bytes).prefix { $0 == $1 }.count
    return side("-", .red, old, removed, start, width, common, language)
      + side("+", .cyan, new, added, start, width, common, language)
  }

  private static func side(
    _ sign: TerminalText, _ style: TerminalText.Style, _ file: SourceFile, _ lines: Range<Int>,
    _ start: Int, _ width: Int, _ focus: Int, _ language: Language
  ) -> [TerminalText] {
    var result: [TerminalText] = lines.prefix(limit).map { index in
      let range = file.lineRange(index + 1)
      let place = min(max(focus, range.lowerBound), range.upperBound)
      let text = LineWindow(file, line: range, focus: place..<place).text
      let gutter: TerminalText = "\("\(start + index, width: width)", .dim) \(sign, .bold, style)"
      return text.isEmpty ? gutter : gutter + " \(text: text)"
    }
    if lines.count > limit {
      let more = RendererWords.moreLines(lines.count - limit)[language]
      result.append("\(repeating: " ", width)   \(text: more)")
    }
    return result
  }
}
