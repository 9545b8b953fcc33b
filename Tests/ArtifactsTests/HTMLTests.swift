import Artifacts
import Foundation
import SourceText
import TestSupport
import Testing
import Wording

@Suite struct HTMLTests {
  /// What html5lib reads: title, paragraph, block, code, address and how many elements.
  private struct Reading: Decodable {
    let values: [Value]
    let active: [String]

    struct Value: Decodable {
      let texts: [String]
      let address: String?
      let elements: Int

      init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        texts = try (0..<4).map { _ in try container.decode(String.self) }
        address = try container.decode(String?.self)
        elements = try container.decode(Int.self)
      }
    }
  }

  private static func page(_ body: HTML) -> HTMLPage {
    HTMLPage(
      language: .ja, title: "<&\">", attributes: " data-x=\(value: "a'b")",
      style: HTMLResource("p { }", sha256: "eA=="),
      script: HTMLResource("'use strict';", sha256: "eQ=="),
      body: body)
  }

  @Test func aPage() {
    let both = Phrase(ja: "\(code: "x") を開く", en: "Open \(link: "a&b", to: "a b.md")")
    let page = Self.page(
      "<p\(" id=\(value: "\"1\"")" as HTMLAttributes)>\(both) \(3)</p>\n\(block: "\na\r\n")\n")
    #expect(
      page.bytes
        == """
        <!DOCTYPE html>
        <html lang="ja" data-x="a&#39;b">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; \
        style-src &#39;sha256-eA==&#39;; script-src &#39;sha256-eQ==&#39;; base-uri &#39;none&#39;; \
        form-action &#39;none&#39;">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta name="referrer" content="no-referrer">
        <title>&lt;&amp;&quot;&gt;</title>
        <style>p { }</style>
        </head>
        <body>
        <p id="&quot;1&quot;"><span lang="ja"><code>x</code> を開く</span>\
        <span lang="en">Open <a href="a%20b.md">a&amp;b</a></span> 3</p>
        <pre>

        a
        </pre>
        <script>'use strict';</script>
        </body>
        </html>

        """.octets)
  }

  @Test(arguments: [
    "javascript:alert(1)", "JavaScript:x", "data:text/html,x", "//a.jp", "/etc/passwd", "",
    "file:///x", "\u{1}javascript:x", "vbscript:x",
  ])
  func otherAddressesStayText(address: String) {
    #expect(!("\(link: "a", to: address)" as HTML).text.contains("<a"))
  }

  @Test func everyValueIsReadBack() throws {
    var generator = SplitMix64(seed: 20_261_130)
    var values = HostileText.values()
    while values.count < 10_000 { values.append(HostileText.random(&generator)) }
    let parts = values.map { value -> HTML in
      let attributes: HTMLAttributes = " class=\"value\" title=\(value: value)"
      return """
        <div\(attributes)><p>\(text: value)</p>\(block: value)\(code: value)\
        <a href="#">x</a></div>
        """
    }
    let page = Self.page(parts.joined(separator: "\n"))
    let read = try Judge.read("html_reader.py", input: page.bytes, as: Reading.self)
    #expect(read.active == ["style", "script"])
    #expect(read.values.allSatisfy { $0.elements == 4 })
    let shown = values.map(\.visible)
    #expect(read.values.map { $0.texts[0] }.differences(from: shown) == [])
    #expect(read.values.map { $0.texts[1] }.differences(from: shown) == [])
    #expect(read.values.map { $0.texts[2] }.differences(from: values.map(Self.lines)) == [])
    #expect(read.values.map { $0.texts[3] }.differences(from: shown) == [])
  }

  @Test func everyLinkIsReadBack() throws {
    var generator = SplitMix64(seed: 20_261_201)
    let values = HostileText.values() + (0..<2_000).map { _ in HostileText.random(&generator) }
    let parts = values.map { value -> HTML in
      """
      <div class="value" title=""><p></p><pre></pre><code></code>\(
        link: "\(text: value)", to: "https://a.example/?" + value)</div>
      """
    }
    let read = try Judge.read(
      "html_reader.py", input: Self.page(parts.joined(separator: "")).bytes, as: Reading.self)
    #expect(read.active == ["style", "script"] && read.values.count == values.count)
    for (value, link) in zip(values, read.values) {
      // A percent sign of the value's own stays as it is.
      guard !value.contains("%") else { continue }
      let address = link.address?.removingPercentEncoding
      #expect(
        address?.octets == ("https://a.example/?" + value).octets, "\(value.debugDescription)")
    }
  }

  /// What a block is to show, worked out from the definition and not from the writer.
  private static func lines(_ value: String) -> String {
    value.unicodeScalars.map { scalar in
      switch scalar {
      case "\r": ""
      case "\n", "\t": String(scalar)
      default: String(scalar).visible
      }
    }.joined()
  }
}
