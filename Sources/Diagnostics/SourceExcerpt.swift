internal import SourceText
internal import Wording

/// The lines of one file with marks under the places of a finding.
struct SourceExcerpt {
  struct Mark {
    let span: SourceSpan
    let text: String
    /// `^` for the finding's own place, `-` for the others.
    let isPrimary: Bool
  }

  let file: SourceFile
  let language: Language
  let style: TerminalText.Style

  func lines(_ marks: [Mark]) -> [TerminalText] {
    let placed = marks.enumerated().map { index, mark in
      (line: file.position(of: mark.span.lowerBound).line, index: index, mark: mark)
    }.sorted { ($0.line, $0.index) < ($1.line, $1.index) }
    let width = String(placed.last?.line ?? 1).count
    var result: [TerminalText] = []
    var previous: Int?
    var rest = placed[...]
    while let line = rest.first?.line {
      if let previous, line > previous + 1 {
        result.append("\(repeating: " ", width - 1)\("...", .dim)")
      }
      let here = rest.prefix { $0.line == line }
      result += self.line(line, width, here.map(\.mark))
      rest = rest.dropFirst(here.count)
      previous = line
    }
    return result
  }

  /// A line with its rows of marks; a long one once for each stretch that has marks.
  private func line(_ number: Int, _ width: Int, _ marks: [Mark]) -> [TerminalText] {
    let range = file.lineRange(number)
    var result: [TerminalText] = []
    var rest = marks
    while let first = rest.first(where: \.isPrimary) ?? rest.first {
      let window = LineWindow(file, line: range, focus: clamped(first.span, to: range))
      let shown = rest.filter { window.shows($0.span.lowerBound) || $0.span == first.span }
      rest.removeAll { window.shows($0.span.lowerBound) || $0.span == first.span }
      let gutter: TerminalText = "\("\(number, width: width) |", .dim)"
      result.append(window.text.isEmpty ? gutter : gutter + " \(text: window.text)")
      for row in rows(shown.map { draw($0, window, range) }) {
        result.append("\("\(repeating: " ", width) |", .dim) \(row)")
      }
    }
    return result
  }

  private struct Drawn {
    let columns: Range<Int>
    let text: String
    let isPrimary: Bool
  }

  private func draw(_ mark: Mark, _ window: LineWindow, _ range: Range<Int>) -> Drawn {
    let lines = file.lines(of: mark.span).count
    var text = mark.text
    if lines > 1 { text += (text.isEmpty ? "" : " ") + RendererWords.lines(lines)[language] }
    let columns = window.columns(of: clamped(mark.span, to: range))
    return Drawn(columns: columns, text: text, isPrimary: mark.isPrimary)
  }

  /// Puts marks beside each other where they do not overlap and no text stands between them.
  private func rows(_ marks: [Drawn]) -> [TerminalText] {
    var result: [TerminalText] = []
    var row: TerminalText = ""
    var end = 0
    var isFull = true
    for mark in marks.sorted(by: { before($0, $1) }) {
      if isFull || mark.columns.lowerBound < end {
        if end > 0 { result.append(row) }
        row = ""
        end = 0
      }
      row += "\(repeating: " ", mark.columns.lowerBound - end)"
      row +=
        mark.isPrimary
        ? TerminalText("\(repeating: "^", mark.columns.count)").styled(.bold, style)
        : TerminalText("\(repeating: "-", mark.columns.count)").styled(.cyan)
      end = mark.columns.upperBound
      isFull = !mark.text.isEmpty
      if isFull { row += " \(text: mark.text)" }
    }
    if end > 0 { result.append(row) }
    return result
  }

  private func before(_ left: Drawn, _ right: Drawn) -> Bool {
    if left.isPrimary != right.isPrimary { return left.isPrimary }
    return left.columns.lowerBound < right.columns.lowerBound
  }

  private func clamped(_ span: SourceSpan, to line: Range<Int>) -> Range<Int> {
    let start = min(span.lowerBound, line.upperBound)
    return start..<max(start, min(span.upperBound, line.upperBound))
  }
}
