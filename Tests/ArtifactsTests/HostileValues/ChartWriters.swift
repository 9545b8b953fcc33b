import Artifacts
import Foundation
import SourceText
import TestSupport
import Testing

extension HostileWriter {
  private struct MermaidChart: Decodable {
    let nodes: [[String]]
    let arrows: [[String]]
  }

  private struct SVGDrawing: Decodable {
    let title: String
    let description: String
    let labels: [String]
  }

  /// Labels are for people: as much of a value as a chart may hold.
  private static func labels(_ values: [String]) -> [String] {
    values.map { String(String.UnicodeScalarView($0.unicodeScalars.prefix(400))) }
  }

  private static func chart(of texts: ArraySlice<String>) -> Flowchart {
    var chart = Flowchart(title: texts.first ?? "", description: texts.last ?? "")
    for text in texts {
      let node = chart.node(.box, column: 0, label: [text, "x"])
      chart.arrow(node, node, .solid, label: [text])
    }
    return chart
  }

  static let mermaid = HostileWriter("Mermaid", judge: "Mermaid's own parser") { values in
    // It takes 500 arrows at most.
    let chunks = groups(of: 400, labels(values))
    let charts = try JSONEncoder().encode(chunks.map { chart(of: $0).mermaid.text })
    let read = try Judge.read("mermaid_reader.py", input: Array(charts), as: [MermaidChart].self)
    #expect(read.count == chunks.count)
    for (read, chunk) in zip(read, chunks) {
      let shown = chunk.map { $0.isEmpty ? " " : $0.visible }
      #expect(read.nodes.map { $0[0] }.differences(from: shown) == [])
      #expect(read.nodes.allSatisfy { $0.count == 2 && $0[1] == "x" })
      #expect(read.arrows.map { $0[0] }.differences(from: shown) == [])
    }
    return values.count
  }

  static let svg = HostileWriter("SVG", judge: "xml.etree") { values in
    let chunks = groups(of: 500, labels(values))
    let drawings = chunks.enumerated().map { chart(of: $0.element).svg(number: $0.offset).text }
    let read = try Judge.read(
      "svg_reader.py", input: Array(try JSONEncoder().encode(drawings)), as: [SVGDrawing].self)
    #expect(read.count == chunks.count)
    for (read, chunk) in zip(read, chunks) {
      let shown = chunk.map(\.visible)
      #expect(read.title.octets == shown.first?.octets)
      #expect(read.description.octets == shown.last?.octets)
      #expect(read.labels.differences(from: shown.flatMap { [$0, "x"] } + shown) == [])
    }
    return values.count
  }
}
