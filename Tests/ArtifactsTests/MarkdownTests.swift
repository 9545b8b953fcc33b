import Artifacts
import Foundation
import SourceText
import TestSupport
import Testing
import Wording

@Suite struct MarkdownTests {
  /// A leaf block as the judge reads it: the elements around it, its parts, each a kind and text.
  private struct Block: Decodable {
    let path: [String]
    let parts: [[String]]

    init(from decoder: any Decoder) throws {
      var container = try decoder.unkeyedContainer()
      path = try container.decode([String].self)
      parts = try container.decode([[String]].self)
    }

    init(_ path: [String], _ parts: [[String]]) {
      self.path = path
      self.parts = parts
    }

    /// All of it, with a separator that no page shows.
    var line: String {
      (path + parts.map { $0.joined(separator: "\u{1}") }).joined(separator: "\u{1}")
    }
  }

  @Test func aPage() throws {
    var page = MarkdownPage()
    page.heading(9, "Step \(1): \(text: "a*b")")
    page.paragraph("Open \(code: "a`b") as \(text: "<b>")\nand wait\n\nlong")
    page.bullets(["a", "b\nc"])
    page.bullets(["d"])
    page.numbers(["e", "f"])
    page.checkboxes(["\(link: "g", to: "https://a.jp/?x=y_z&w")"])
    page.table(header: ["Name", "\(text: "a|b")"], rows: [["\(code: "|")"], ["1", "2", "3"]])
    page.codeBlock(language: "sh", "```\r\n\u{1B}\n")
    page.codeBlock("Get-Thing \(quoted: "’")")
    page.quote("careful", "please")
    page.table(header: [], rows: [])
    #expect(
      page.bytes
        == """
        ###### Step 1: a\\*b

        Open ``a`b`` as &lt;b&gt;
        and wait
        long

        - a
        - b c

        * d

        1. e
        2. f

        - [ ] [g](https://a.jp/?x=y\\_z&amp;w)

        | Name | a&#124;b |  |
        | --- | --- | --- |
        | `\\|` |  |  |
        | 1 | 2 | 3 |

        ````sh
        ```
        \\u{1B}
        ````

        ```powershell
        Get-Thing '’’'
        ```

        > careful
        >
        > please

        """.octets)
  }

  @Test func bothLanguages() {
    let phrase = MarkdownPhrase(ja: "\(code: "x") を開く", en: "Open \(code: "x")")
    #expect(phrase[.ja].text == "`x` を開く")
    #expect(phrase[.en].text == "Open `x`")
  }

  /// Escapes stand only where CommonMark needs them: people read these pages as text too.
  @Test(arguments: [
    ("2027-02-04T21:00:00+09:00", "2027-02-04T21:00:00+09:00"),
    ("https://a.jp/?b", "https://a.jp/?b"), ("/営業部", "/営業部"), ("@a.jp", "@a.jp"),
    ("192.0.2.1", "192.0.2.1"), ("1. a", "1\\. a"), ("12)", "12\\)"), ("- a", "\\- a"),
    ("+a", "\\+a"), ("=", "\\="), ("a_b", "a\\_b"),
  ])
  func escapesAreFew(value: String, expected: String) {
    #expect(("\(text: value)" as Markdown).text == expected)
  }

  @Test(arguments: [
    "javascript:alert(1)", "JavaScript:x", "data:text/html,x", "//a.jp", "/etc/passwd", "",
    "file:///x", "\u{1}javascript:x",
  ])
  func otherAddressesStayText(address: String) throws {
    var page = MarkdownPage()
    page.paragraph("\(link: "a", to: address)")
    let blocks = try Judge.read("markdown_reader.py", input: page.bytes, as: [Block].self)
    #expect(blocks.count == 1)
    #expect(blocks[0].parts.allSatisfy { $0[0] == "text" || $0[1].hasPrefix("%") })
  }

  @Test func everyValueIsReadBack() throws {
    let values = HostileText.values()
    var page = MarkdownPage()
    var expected: [Block] = []
    for value in values {
      let text = ["text", Self.shown(value)]
      let code = ["code_inline", value.isEmpty ? " " : Self.shown(value)]
      let texts = value.isEmpty ? [] : [text]
      // An empty paragraph is none.
      if !value.isEmpty {
        page.paragraph("\(text: value)")
        expected.append(Block(["p"], [text]))
      }
      page.paragraph("x\(code: value)\(text: value)\(code: value)")
      expected.append(
        Block(["p"], [["text", "x"], code] + (texts.isEmpty ? [["text", " "]] : texts) + [code]))
      page.heading(2, "\(text: value)")
      expected.append(Block(["h2"], texts))
      page.bullets(["\(code: value)", "\(text: value)."])
      expected.append(Block(["ul", "li", "p"], [code]))
      expected.append(Block(["ul", "li", "p"], [["text", Self.shown(value) + "."]]))
      page.table(
        header: ["a", "\(text: value)"], rows: [["\(code: value)", "\(text: value)"], ["", "b"]])
      expected.append(Block(["table", "thead", "tr", "th"], [["text", "a"]]))
      expected.append(Block(["table", "thead", "tr", "th"], texts))
      expected.append(Block(["table", "tbody", "tr", "td"], [code]))
      expected.append(Block(["table", "tbody", "tr", "td"], texts))
      expected.append(Block(["table", "tbody", "tr", "td"], []))
      expected.append(Block(["table", "tbody", "tr", "td"], [["text", "b"]]))
      page.codeBlock(language: "text", value)
      expected.append(Block([], [["fence", "text\n" + Self.block(value)]]))
    }
    let read = try Judge.read("markdown_reader.py", input: page.bytes, as: [Block].self)
    #expect(read.map(\.line).differences(from: expected.map(\.line)) == [])
  }

  /// What a reader is to see, worked out from the definition and not from the writer.
  private static func shown(_ value: String) -> String {
    let line = value.replacingOccurrences(of: "\r\n", with: "\n", options: .literal)
    let breaks: [Unicode.Scalar] = [
      "\n", "\r", "\u{B}", "\u{C}", "\u{1C}", "\u{1D}", "\u{1E}", "\u{85}", "\u{2028}", "\u{2029}",
    ]
    return visible(line, breaks: breaks, as: " ")
  }

  private static func block(_ value: String) -> String {
    var text = value.replacingOccurrences(of: "\r\n", with: "\n", options: .literal)
    text = text.replacingOccurrences(of: "\r", with: "\n", options: .literal)
    if text.unicodeScalars.last == "\n" { text.unicodeScalars.removeLast() }
    var scalars = String.UnicodeScalarView()
    for part in text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false) {
      if !scalars.isEmpty || part.startIndex != text.startIndex { scalars.append("\n") }
      scalars.append(contentsOf: visible(String(part), breaks: ["\t"], as: "\t").unicodeScalars)
    }
    return String(scalars) + "\n"
  }

  private static func visible(_ text: String, breaks: [Unicode.Scalar], as other: String) -> String
  {
    var result = ""
    for scalar in text.unicodeScalars {
      if breaks.contains(scalar) {
        result += other
      } else {
        result += String(scalar).visible
      }
    }
    return result
  }
}
