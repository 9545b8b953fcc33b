internal import SourceText
package import TableText

/// A cell that no spreadsheet takes for a formula and that stays on its line. Where a value
/// cannot be one, a `LineList` holds the values instead.
package struct CSVCell: ExpressibleByStringLiteral, Sendable {
  package let text: String

  package init(stringLiteral value: StaticString) { text = value.description }

  /// Nil for text like a formula, and for text with controls or line breaks.
  package init?(_ text: String) {
    guard !text.isFormulaLike,
      !text.unicodeScalars.contains(where: {
        $0.endsLine || $0.properties.generalCategory == .control
      })
    else { return nil }
    self.text = text
  }

  package init(_ number: UInt) { text = String(number) }
}

/// A table (RFC 4180): CRLF, every line with the same number of cells.
package struct CSVTable: ArtifactDocument {
  package enum Delimiter: String, CaseIterable, Sendable {
    case comma = ","
    case semicolon = ";"
    case tab = "\t"
  }

  private let lines: [[CSVCell]]
  private let delimiter: Delimiter
  private let encoding: TextEncoding

  /// Lines with fewer cells than the widest are filled with empty ones. A character that the
  /// encoding does not have is left out.
  package init(
    header: [CSVCell], rows: [[CSVCell]], delimiter: Delimiter = .comma,
    encoding: TextEncoding = .utf8
  ) {
    let lines = [header] + rows
    let width = lines.reduce(0) { max($0, $1.count) }
    self.lines = lines.map { $0 + Array(repeating: "", count: width - $0.count) }
    self.delimiter = delimiter
    self.encoding = encoding
  }

  package var bytes: [UInt8] {
    var result = ""
    for line in lines {
      for (index, cell) in line.enumerated() {
        if index > 0 { result += delimiter.rawValue }
        // A line of one empty cell would be an empty line.
        if line.count == 1 && cell.text.isEmpty || Self.needsQuotes(cell.text) {
          result += "\""
          for scalar in cell.text.unicodeScalars {
            if scalar == "\"" { result += "\"" }
            result.unicodeScalars.append(scalar)
          }
          result += "\""
        } else {
          result += cell.text
        }
      }
      result += "\r\n"
    }
    var bytes = encoding.mark
    encoding.append(result, to: &bytes)
    return bytes
  }

  /// Every delimiter and quote asks for quotes, and so does anything that a reader might trim.
  private static func needsQuotes(_ text: String) -> Bool {
    guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last else {
      return false
    }
    return first.properties.isWhitespace || last.properties.isWhitespace || first.isHidden
      || text.unicodeScalars.contains {
        switch $0 {
        case "\"", "'", ",", ";", "\t", "\n", "\r": true
        default: false
        }
      }
  }
}
