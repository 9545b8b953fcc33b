package import TableText

/// An entry of a list: text on one line, not empty.
package struct LineEntry: Sendable {
  package let text: String

  /// Nil for empty text and for text with NUL or anything that ends a line.
  package init?(_ text: String) {
    guard !text.isEmpty, !text.unicodeScalars.contains(where: { $0.endsLine || $0.value == 0 })
    else { return nil }
    self.text = text
  }
}

/// One entry a line, for screens whose entries a spreadsheet could take for formulas.
package struct LineList: ArtifactDocument {
  package enum LineEnding: String, Sendable {
    case lf = "\n"
    case crlf = "\r\n"
  }

  private let entries: [LineEntry]
  private let ending: LineEnding
  private let encoding: TextEncoding

  /// A character that the encoding does not have is left out.
  package init(
    _ entries: [LineEntry], ending: LineEnding = .lf, encoding: TextEncoding = .utf8
  ) {
    self.entries = entries
    self.ending = ending
    self.encoding = encoding
  }

  package var bytes: [UInt8] {
    var result = ""
    for entry in entries { result += entry.text + ending.rawValue }
    var bytes = encoding.mark
    encoding.append(result, to: &bytes)
    return bytes
  }
}
