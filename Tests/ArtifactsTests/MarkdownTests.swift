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
}
