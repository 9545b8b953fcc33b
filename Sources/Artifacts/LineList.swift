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

/// One entry a line in UTF-8, for screens whose entries a spreadsheet could take for formulas.
package struct LineList: ArtifactDocument {
  package enum LineEnding: String, Sendable {
    case lf = "\n"
    case crlf = "\r\n"
  }

  private let entries: [LineEntry]
  private let ending: LineEnding

  package init(_ entries: [LineEntry], ending: LineEnding = .lf) {
    self.entries = entries
    self.ending = ending
  }

  package var bytes: [UInt8] {
    var result = ""
    for entry in entries { result += entry.text + ending.rawValue }
    return Array(result.utf8)
  }
}
