import Artifacts
import Foundation
import SourceText
import TestSupport
import Testing

/// The two writings of a chart, each read back by a reader that shares nothing with its writer.
@Suite struct FlowchartTests {
  private static let control: Flowchart = {
    var chart = Flowchart(title: "図<1>", description: "A & \"B\"")
    let a = chart.node(.round, column: 0, label: ["外部の送信者"])
    let b = chart.node(.hexagon, column: 1, label: ["MailGates(受信)", "mx1.gateway.example"])
    let c = chart.node(.box, column: 2, label: ["1. end", "もみじ"])
    chart.arrow(a, b, .solid)
    chart.arrow(b, c, .dotted, label: ["新しいMX"])
    chart.arrow(a, c, .crossed, label: ["style a:b#c;"])
    chart.arrow(a, 9, .solid)
    return chart
  }()

  @Test func mermaidStandsAsWritten() throws {
    let lines = [
      "flowchart LR", "  n0([\"外部の送信者\"])",
      "  n1{{\"MailGates#40;受信#41;<br/>mx1.gateway.example\"}}",
      "  n2[\"1#46;#32;end<br/>もみじ\"]", "  n0 --> n1", "  n1 -.->|\"新しいMX\"| n2",
      "  n0 --x|\"style a#58;b#35;c#59;\"| n2",
    ]
    #expect(Self.control.mermaid.text == lines.joined(separator: "\n"))
    let read = try MermaidReader(Self.control.mermaid.text)
    #expect(read.nodes.map(\.lines) == Self.control.nodes.map(\.label))
    #expect(read.arrows.map { [$0.start, $0.end] } == [[0, 1], [1, 2], [0, 2]])
  }

  @Test func aChartIsAFenceOnAPage() {
    var page = MarkdownPage()
    page.chart(Self.control)
    let text = String(decoding: page.bytes, as: UTF8.self)
    #expect(text.hasPrefix("```mermaid\nflowchart LR\n") && text.hasSuffix("\n```\n"))
  }

  /// Hostile texts, and mixtures of what Mermaid reads before it reads labels.
  private static func texts() -> [String] {
    var texts = HostileText.values(1_000).map { String($0.unicodeScalars.prefix(400)) }
    var generator = SplitMix64(seed: 20_261_129)
    let pieces = [
      "\"", "#", ";", "#quot;", "#35;", "ﬂ°°60¶ß", "ﬂ°quot¶ß", "style", "classDef", ":", "%%",
      "%%{init: {}}%%",
      "<br/>", "<script>", "`", "```", "end", "subgraph", "-->", "|", "]", ")", "}", "\n",
      "click n0 href",
      "1. ", "- ", "* ", " ", "x", "日", "&#60;", "javascript:", "@{", "\\", "$$", "fa:fa-x",
    ]
    while texts.count < 10_000 {
      texts.append(
        (0..<Int.random(in: 1...8, using: &generator)).map { _ in
          pieces[Int.random(in: 0..<pieces.count, using: &generator)]
        }.joined())
    }
    return texts
  }

  private static func chart(of texts: ArraySlice<String>) -> Flowchart {
    var chart = Flowchart(title: texts.first ?? "", description: texts.last ?? "")
    for text in texts {
      let node = chart.node(.box, column: 0, label: [text, "x"])
      chart.arrow(node, node, .solid, label: [text])
    }
    return chart
  }

  @Test func `A strict reader reads back each text`() throws {
    let texts = Self.texts()
    let shown = texts.map { $0.isEmpty ? " " : $0.visible }
    let read = try MermaidReader(Self.chart(of: texts[...]).mermaid.text)
    #expect(read.nodes.map { $0.lines[0] }.differences(from: shown) == [])
    #expect(read.nodes.allSatisfy { $0.lines.count == 2 && $0.lines[1] == "x" })
    #expect(read.arrows.map { $0.lines[0] }.differences(from: shown) == [])
    print("Mermaid: \(texts.count) hostile texts read back, in nodes and on arrows")
  }

  private struct Chart: Decodable {
    let kind: String
    let nodes: [[String]]
    let shapes: [String]
    let arrows: [[String]]
    let ends: [[Int]]
    let lines: [String]
  }

  @Test func `Mermaid's own parser reads a chart as it is meant`() throws {
    let charts = try JSONEncoder().encode([Self.control.mermaid.text])
    let read = try #require(
      try Judge.read("mermaid_reader.py", input: Array(charts), as: [Chart].self).first)
    #expect(read.kind == "flowchart-v2")
    #expect(read.nodes == Self.control.nodes.map(\.label))
    #expect(read.shapes == ["stadium", "hexagon", "square"])
    #expect(read.arrows == [[""], ["新しいMX"], ["style a:b#c;"]])
    #expect(read.ends == [[0, 1], [1, 2], [0, 2]])
    #expect(
      read.lines == ["normal arrow_point", "dotted arrow_point", "normal arrow_cross"])
  }

  @Test func `Mermaid's own parser reads back each text`() throws {
    let texts = Self.texts()
    // It takes 500 arrows at most.
    let chunks = stride(from: 0, to: texts.count, by: 400).map {
      texts[$0..<min($0 + 400, texts.count)]
    }
    let charts = try JSONEncoder().encode(chunks.map { Self.chart(of: $0).mermaid.text })
    let read = try Judge.read("mermaid_reader.py", input: Array(charts), as: [Chart].self)
    #expect(read.count == chunks.count)
    for (read, chunk) in zip(read, chunks) {
      let shown = chunk.map { $0.isEmpty ? " " : $0.visible }
      #expect(read.nodes.map { $0[0] }.differences(from: shown) == [])
      #expect(read.nodes.allSatisfy { $0.count == 2 && $0[1] == "x" })
      #expect(read.arrows.map { $0[0] }.differences(from: shown) == [])
    }
    print("Mermaid 11.11.0: \(texts.count) hostile texts read back by its own parser")
  }

  private struct Read: Decodable {
    let title: String
    let description: String
    let labels: [String]
    let elements: [String]
    let attributes: [String]
    let ids: [String]
    let described: String
    let references: [String]
  }

  @Test func svgIsReadBackAsEachText() throws {
    let texts = Self.texts()
    let chunks = stride(from: 0, to: texts.count, by: 500).map {
      texts[$0..<min($0 + 500, texts.count)]
    }
    let drawings = chunks.enumerated().map {
      Self.chart(of: $0.element).svg(number: $0.offset).text
    }
    let read = try Judge.read(
      "svg_reader.py", input: Array(try JSONEncoder().encode(drawings)), as: [Read].self)
    #expect(read.count == chunks.count)
    for (read, chunk) in zip(read, chunks) {
      let shown = chunk.map(\.visible)
      #expect(read.title.octets == shown.first?.octets)
      #expect(read.description.octets == shown.last?.octets)
      #expect(read.labels.differences(from: shown.flatMap { [$0, "x"] } + shown) == [])
    }
    print("SVG: \(texts.count) hostile texts read back by xml.etree")
  }

  @Test func svgIsForEveryReader() throws {
    let drawing = Self.control.svg(number: 7).text
    let read = try #require(
      try Judge.read(
        "svg_reader.py", input: Array(try JSONEncoder().encode([drawing])), as: [Read].self
      ).first)
    #expect(read.title == "図<1>" && read.description == "A & \"B\"")
    #expect(
      Set(read.elements) == ["svg", "title", "desc", "defs", "marker", "path", "rect", "text"])
    // No script, no style sheet, no color but the page's own, nothing from elsewhere.
    #expect(!read.attributes.contains { $0.hasPrefix("on") || $0 == "style" || $0 == "href" })
    #expect(read.described.split(separator: " ").allSatisfy { read.ids.contains(String($0)) })
    #expect(Set(read.ids).count == read.ids.count && read.ids.allSatisfy { $0.hasSuffix("-7") })
    #expect(read.references.allSatisfy { read.ids.contains($0) })
    let colors =
      drawing.components(separatedBy: "fill=\"").dropFirst()
      + drawing.components(separatedBy: "stroke=\"").dropFirst()
    #expect(
      colors.allSatisfy { $0.hasPrefix("none\"") || $0.hasPrefix("currentColor\"") })
  }
}

/// A strict reader of the flowcharts that mgc writes: one statement a line, labels in double quotes
/// with character codes, and no character that Mermaid, its Markdown or HTML could read as more.
private struct MermaidReader {
  struct Node {
    let lines: [String]
  }

  struct Arrow {
    let start: Int
    let end: Int
    let lines: [String]
  }

  struct Refusal: Error { let line: String }

  private(set) var nodes: [Node] = []
  private(set) var arrows: [Arrow] = []

  init(_ text: String) throws {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
    guard lines.popFirst() == "flowchart LR" else { throw Refusal(line: "the head") }
    for line in lines {
      // What Mermaid takes out of the text before it parses it needs one of these.
      guard !line.utf8.contains(UInt8(ascii: ":")), !line.utf8.contains(UInt8(ascii: "%")),
        line.hasPrefix("  n")
      else { throw Refusal(line: String(line)) }
      let parts = line.split(separator: "\"", omittingEmptySubsequences: false)
      let frame = parts.enumerated().filter { $0.offset != 1 }.map(\.element).joined(
        separator: "\"")
      let labels = parts.count == 3 ? try Self.label(parts[1]) : []
      let numbers = frame.split { !$0.isNumber }.compactMap { Int($0) }
      switch frame.filter({ !$0.isNumber }) {
      case "  n[\"]", "  n([\"])", "  n{{\"}}":
        guard numbers == [nodes.count] else { throw Refusal(line: String(line)) }
        nodes.append(Node(lines: labels))
      case "  n --> n", "  n --x n", "  n -.-> n", "  n -->|\"| n", "  n --x|\"| n",
        "  n -.->|\"| n":
        guard numbers.count == 2, numbers.allSatisfy(nodes.indices.contains),
          parts.count == 1 || parts.count == 3
        else { throw Refusal(line: String(line)) }
        arrows.append(Arrow(start: numbers[0], end: numbers[1], lines: labels))
      default: throw Refusal(line: String(line))
      }
    }
  }

  private static func label(_ text: Substring) throws -> [String] {
    try String(text).components(separatedBy: "<br/>").map { line in
      var result = String.UnicodeScalarView()
      var rest = line.unicodeScalars[...]
      while let scalar = rest.popFirst() {
        switch scalar {
        case "#":
          guard let end = rest.firstIndex(of: ";"),
            let code = UInt32(String(rest[..<end])).flatMap(Unicode.Scalar.init)
          else { throw Refusal(line: line) }
          result.append(code)
          rest = rest[rest.index(after: end)...]
        // What Mermaid, its Markdown or HTML would read as more than a letter.
        case _ where "\"`<>&;|[](){}*_~\\%:@$!ﬂ°¶ß".unicodeScalars.contains(scalar):
          throw Refusal(line: line)
        default: result.append(scalar)
        }
      }
      return String(result)
    }
  }
}
