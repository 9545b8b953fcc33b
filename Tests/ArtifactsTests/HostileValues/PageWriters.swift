import Artifacts
import Diagnostics
import Foundation
import SourceText
import TableText
import TestSupport
import Testing

extension HostileWriter {
  static let markdown = HostileWriter("Markdown", judge: "markdown-it-py") { values in
    let separator = "\u{1}"
    var expected: [String] = []
    func expect(_ path: [String], _ parts: [[String]]) {
      expected.append((path + parts.flatMap(\.self)).joined(separator: separator))
    }
    // One long page would take a reader the square of its length.
    let pages = groups(of: 100, values).map { group -> [UInt8] in
      var page = MarkdownPage()
      for value in group {
        let text = ["text", shownOnOneLine(value)]
        let code = ["code_inline", value.isEmpty ? " " : shownOnOneLine(value)]
        let texts = value.isEmpty ? [] : [text]
        // An empty paragraph is none.
        if !value.isEmpty {
          page.paragraph("\(text: value)")
          expect(["p"], [text])
        }
        page.paragraph("x\(code: value)\(text: value)\(code: value)")
        let between = texts.isEmpty ? [["text", " "]] : texts
        expect(["p"], [["text", "x"], code] + between + [code])
        page.heading(2, "\(text: value)")
        expect(["h2"], texts)
        page.bullets(["\(code: value)", "\(text: value)."])
        expect(["ul", "li", "p"], [code])
        expect(["ul", "li", "p"], [["text", shownOnOneLine(value) + "."]])
        page.table(
          header: ["a", "\(text: value)"],
          rows: [["\(code: value)", "\(text: value)"], ["", "b"]])
        expect(["table", "thead", "tr", "th"], [["text", "a"]])
        expect(["table", "thead", "tr", "th"], texts)
        expect(["table", "tbody", "tr", "td"], [code])
        expect(["table", "tbody", "tr", "td"], texts)
        expect(["table", "tbody", "tr", "td"], [])
        expect(["table", "tbody", "tr", "td"], [["text", "b"]])
        page.codeBlock(language: "text", value)
        expect([], [["fence", "text\n" + shownInBlock(value)]])
      }
      return page.bytes
    }
    let read = try read("markdown_reader.py", ["pages"], documents: pages, as: [String].self)
    #expect(read.differences(from: expected) == [])
    return values.count
  }

  /// What a reader is to see, worked out from the definition and not from the writer.
  private static func shownOnOneLine(_ value: String) -> String {
    let line = value.replacingOccurrences(of: "\r\n", with: "\n", options: .literal)
    let breaks: [Unicode.Scalar] = [
      "\n", "\r", "\u{B}", "\u{C}", "\u{1C}", "\u{1D}", "\u{1E}", "\u{85}", "\u{2028}", "\u{2029}",
    ]
    return shown(line, breaks: breaks, as: " ")
  }

  private static func shownInBlock(_ value: String) -> String {
    var text = value.replacingOccurrences(of: "\r\n", with: "\n", options: .literal)
    text = text.replacingOccurrences(of: "\r", with: "\n", options: .literal)
    if text.unicodeScalars.last == "\n" { text.unicodeScalars.removeLast() }
    let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false)
    return lines.map { shown(String($0), breaks: ["\t"], as: "\t") }.joined(separator: "\n") + "\n"
  }

  private static func shown(_ text: String, breaks: [Unicode.Scalar], as other: String) -> String {
    guard text.unicodeScalars.contains(where: \.isHidden) else { return text }
    var result = ""
    for scalar in text.unicodeScalars {
      result += breaks.contains(scalar) ? other : String(scalar).visible
    }
    return result
  }

  static let csv = HostileWriter("CSV", judge: "Python's csv", leastShare: 30) { values in
    let cells = values.compactMap(CSVCell.init)
    let expected = [["a", "b", "c"]] + cells.map { [$0.text, "x", $0.text] }
    for delimiter in CSVTable.Delimiter.allCases {
      let table = CSVTable(
        header: ["a", "b", "c"], rows: cells.map { [$0, "x", $0] }, delimiter: delimiter,
        encoding: delimiter == .semicolon ? .utf8WithMark : .utf8)
      let read = try Judge.read(
        "csv_reader.py", [delimiter.rawValue], input: table.bytes, as: [[String]].self)
      #expect(read.allSatisfy { $0.count == 3 })
      #expect(read.flatMap(\.self).differences(from: expected.flatMap(\.self)) == [])
      #expect(read.joined().allSatisfy { !["=", "+", "-", "@"].contains($0.prefix(1)) })
    }
    return cells.count
  }

  static let lineList = HostileWriter(
    "Lists", judge: "Python's splitlines", leastShare: 30
  ) { values in
    let entries = values.compactMap(LineEntry.init)
    for ending in [LineList.LineEnding.lf, .crlf] {
      let read = try Judge.read(
        "line_reader.py", input: LineList(entries, ending: ending).bytes, as: [String].self)
      #expect(read.differences(from: entries.map(\.text)) == [])
    }
    return entries.count
  }

  /// A value is read as it is shown everywhere: with what is hidden in it as `\u{…}`.
  static let gitHubCommands = HostileWriter(
    "GitHub commands", judge: "the rules of actions/runner"
  ) { values in
    var log = ""
    for value in values {
      let command: GitHubCommand = """
        ::warning file=\(property: value),title=\(property: value),line=\(7)::\(message: value)
        """
      log += command.line + GitHubRenderer.problem(file: value + ".", value)
    }
    let read = try Judge.read("github_reader.py", input: log.octets, as: [[String]].self)
    let expected = values.flatMap { value -> [[String]] in
      let shown = value.visible
      return [
        ["warning", "file", shown, "title", shown, "line", "7", shown],
        ["error", "file", shown + ".", shown],
      ]
    }
    #expect(read.flatMap(\.self).differences(from: expected.flatMap(\.self)) == [])
    return values.count
  }

  /// Nothing paints, turns or hides; each value stays on its line; and no line is a command to a
  /// build service, whose marks are shown as `\u{…}` too.
  static let terminal = HostileWriter("The terminal", judge: "Python's unicodedata") { values in
    var plain = ""
    var colored = ""
    for (number, value) in values.enumerated() {
      let line: TerminalText = "\(text: value) #\(number)"
      plain += line.rendered(colors: false) + "\n"
      colored += line.styled(.bold, .red).rendered(colors: true) + "\n"
    }
    for output in [plain, colored] {
      let read = try Judge.read("terminal_reader.py", input: output.octets, as: [String].self)
      let expected = values.enumerated().map { Self.unmarked("\($1.visible) #\($0)") }
      #expect(read.map(Self.unmarked).differences(from: expected) == [])
    }
    return values.count
  }

  /// With the marks of commands as they were.
  private static func unmarked(_ line: String) -> String {
    line.replacingOccurrences(of: "\\u{3A}", with: ":", options: .literal)
      .replacingOccurrences(of: "\\u{23}", with: "#", options: .literal)
  }
}
