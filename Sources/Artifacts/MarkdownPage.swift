internal import SourceText

/// A page of Markdown: blocks with one empty line between them. UTF-8, LF.
package struct MarkdownPage: ArtifactDocument {
  private enum Kind {
    case bullets
    case numbers
    case other
  }

  private var blocks: [String] = []
  private var last = Kind.other
  /// Whether the last list used the second marker: two lists that touch would be one.
  private var alternate = false

  package init() {}

  /// A heading; `level` is held within 1 and 6.
  package mutating func heading(_ level: Int, _ text: Markdown) {
    add(String(repeating: "#", count: min(max(level, 1), 6)) + " " + line(text))
  }

  package mutating func paragraph(_ text: Markdown) {
    // Literals may span lines; an empty line within would end the paragraph.
    add(text.text.split(separator: "\n").joined(separator: "\n"))
  }

  package mutating func bullets(_ items: [Markdown]) {
    let marker = marker(.bullets) ? "* " : "- "
    add(items.map { marker + line($0) }.joined(separator: "\n"), kind: .bullets)
  }

  /// A numbered list that begins with 1.
  package mutating func numbers(_ items: [Markdown]) {
    let mark = marker(.numbers) ? ") " : ". "
    add(
      items.enumerated().map { String($0 + 1) + mark + line($1) }.joined(separator: "\n"),
      kind: .numbers)
  }

  /// A list of things to tick off.
  package mutating func checkboxes(_ items: [Markdown]) {
    let marker = marker(.bullets) ? "* [ ] " : "- [ ] "
    add(items.map { marker + line($0) }.joined(separator: "\n"), kind: .bullets)
  }

  /// A table with as many columns as its widest row.
  package mutating func table(header: [Markdown], rows: [[Markdown]]) {
    let columns = rows.reduce(header.count) { max($0, $1.count) }
    guard columns > 0 else { return }
    let lines =
      [row(header, columns), "|" + String(repeating: " --- |", count: columns)]
      + rows.map { row($0, columns) }
    add(lines.joined(separator: "\n"))
  }

  /// A block of code as it is, but for hidden characters other than line breaks and tabs, which
  /// are shown as `\u{…}`.
  package mutating func codeBlock(language: StaticString, _ code: String) {
    var text = String.UnicodeScalarView()
    var afterReturn = false
    for scalar in code.unicodeScalars {
      switch scalar {
      case "\r": text.append("\n")
      case "\n": if !afterReturn { text.append("\n") }
      case "\t": text.append(scalar)
      default: text.append(contentsOf: String(scalar).visible.unicodeScalars)
      }
      afterReturn = scalar == "\r"
    }
    if text.last == "\n" { text.removeLast() }
    let content = String(text)
    let fence = String(repeating: "`", count: max(3, MarkdownInline.longestFence(in: content) + 1))
    add(fence + language.description + "\n" + content + "\n" + fence)
  }

  /// A block of PowerShell.
  package mutating func codeBlock(_ code: PowerShell) {
    codeBlock(language: "powershell", code.text)
  }

  /// A note, set off from the rest.
  package mutating func quote(_ paragraphs: Markdown...) {
    add(paragraphs.map { "> " + line($0) }.joined(separator: "\n>\n"))
  }

  package var bytes: [UInt8] {
    Array((blocks.joined(separator: "\n\n") + (blocks.isEmpty ? "" : "\n")).utf8)
  }

  private mutating func add(_ block: String, kind: Kind = .other) {
    guard !block.isEmpty else { return }
    blocks.append(block)
    last = kind
  }

  private mutating func marker(_ kind: Kind) -> Bool {
    alternate = last == kind && !alternate
    return alternate
  }

  private func line(_ text: Markdown) -> String {
    text.text.split(separator: "\n").joined(separator: " ")
  }

  private func row(_ cells: [Markdown], _ columns: Int) -> String {
    var result = "|"
    for column in 0..<columns {
      let cell = column < cells.count ? line(cells[column]) : ""
      // Tables are split before anything else is read; there `\|` is a bar even in a code span.
      result += " "
      for scalar in cell.unicodeScalars {
        if scalar == "|" { result += "\\" }
        result.unicodeScalars.append(scalar)
      }
      result += " |"
    }
    return result
  }
}
