internal import SourceText

/// Marks text of Mermaid's flowcharts, which GitHub draws.
package enum MermaidSyntax: OutputSyntax {}

/// Text of a Mermaid flowchart: `"\(node: 1)[\(label: name)]"`.
package typealias Mermaid = OutputText<MermaidSyntax>

extension OutputText.Interpolation where Syntax == MermaidSyntax {
  /// A label in its quotes. It shows as it is; hidden characters, line breaks among them, as
  /// `\u{…}`. An empty one, which Mermaid refuses, shows a blank.
  package mutating func appendInterpolation(label text: String) {
    append(escaped: "\"" + MermaidLabel.escaped(text) + "\"")
  }

  /// A label of several lines.
  package mutating func appendInterpolation(lines: [String]) {
    append(
      escaped: "\"" + lines.map(MermaidLabel.escaped).joined(separator: "<br/>") + "\"")
  }

  /// The name of a node, which nobody sees.
  package mutating func appendInterpolation(node number: Int) { append(escaped: "n\(number)") }

  @available(*, unavailable, message: "write \\(label: …) for text, \\(node: …) for a node")
  package mutating func appendInterpolation(_ text: String) {}
}

extension Flowchart {
  /// The chart for Mermaid, without a line break at its end.
  package var mermaid: Mermaid {
    var lines: [Mermaid] = ["flowchart LR"]
    for (number, node) in nodes.enumerated() {
      switch node.shape {
      case .box: lines.append("  \(node: number)[\(lines: node.label)]")
      case .round: lines.append("  \(node: number)([\(lines: node.label)])")
      case .hexagon: lines.append("  \(node: number){{\(lines: node.label)}}")
      }
    }
    for arrow in arrows {
      let link: Mermaid =
        switch arrow.line {
        case .solid: "-->"
        case .dotted: "-.->"
        case .crossed: "--x"
        }
      lines.append(
        arrow.label.isEmpty
          ? "  \(node: arrow.start) \(link) \(node: arrow.end)"
          : "  \(node: arrow.start) \(link)|\(lines: arrow.label)| \(node: arrow.end)")
    }
    return lines.joined(separator: "\n")
  }
}

private enum MermaidLabel {
  /// Everything but letters and digits, and what stands between them, becomes a character code.
  ///
  /// Mermaid reads labels as Markdown and then as HTML, marks codes by `ﬂ°` and `¶ß` on the way,
  /// and loses semicolons after `style…:`; so none of the characters that this takes is written.
  static func escaped(_ text: String) -> String {
    let scalars = Array((text.isEmpty ? " " : text.visible).unicodeScalars)
    var result = ""
    for (index, scalar) in scalars.enumerated() {
      let isInner =
        index > 0 && index + 1 < scalars.count && scalars[index - 1].isPlainInMermaid
        && scalars[index + 1].isPlainInMermaid
      let isJoint = scalar == " " || scalar == "." || scalar == "-"
      if scalar.isPlainInMermaid || isJoint && isInner {
        result.unicodeScalars.append(scalar)
      } else {
        result += "#\(scalar.value);"
      }
    }
    return result
  }
}

extension Unicode.Scalar {
  /// Letters and digits of ASCII, kana, ideographs, and the marks that stand among them.
  fileprivate var isPlainInMermaid: Bool {
    switch value {
    case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x3001, 0x3002, 0x300C, 0x300D, 0x3041...0x3096,
      0x30A1...0x30FC, 0x4E00...0x9FFF:
      true
    default: false
    }
  }
}

extension MarkdownPage {
  /// A chart, which GitHub draws and other readers show as it is written.
  package mutating func chart(_ chart: Flowchart) {
    codeBlock(language: "mermaid", chart.mermaid.text)
  }
}
