/// The form of a list's file, as a sample shows it: everything but the values.
///
/// Start here. `TableReader` splits a file into records and cells, `TableSample` finds the form of
/// one, and a form says of each value whether it can be written and how.
package struct TableForm: Hashable, Sendable {
  package let encoding: TextEncoding
  package let layout: Layout
  /// The header line as it stands in the sample, without its end; nil where there is none.
  package let header: [UInt8]?
  package let columns: Int
  package let lineEnd: LineEnd
  /// Whether the last line ends like the others.
  package let endsLastLine: Bool

  package enum Layout: Hashable, Sendable {
    /// One value a line as it is; a quote is a character like any other.
    case lines
    /// Cells between delimiters, quoted by RFC 4180.
    case cells(Delimiter, [Quoting], mayQuote: Bool)
  }

  package enum Delimiter: UInt8, CaseIterable, Sendable {
    case comma = 0x2C
    case tab = 0x09
    case semicolon = 0x3B
  }

  /// When the cells of a column stand in quotes.
  package enum Quoting: Hashable, Sendable {
    case needed
    case always
    case unlessEmpty
  }

  package enum LineEnd: String, CaseIterable, Sendable {
    case crlf = "\r\n"
    case lf = "\n"
    case cr = "\r"
  }

  package init(
    encoding: TextEncoding, layout: Layout, header: [UInt8]?, columns: Int,
    lineEnd: LineEnd = .crlf, endsLastLine: Bool = true
  ) {
    self.encoding = encoding
    self.layout = layout
    self.header = header
    self.columns = columns
    self.lineEnd = lineEnd
    self.endsLastLine = endsLastLine
  }

  package var delimiter: Delimiter? {
    if case .cells(let delimiter, _, _) = layout { delimiter } else { nil }
  }

  /// Why a value cannot be written in this form without a change.
  package enum Refusal: Hashable, Sendable {
    /// A character that the encoding does not have, and its number.
    case character(Unicode.Scalar, index: Int)
    /// In a table a spreadsheet would take it for a formula.
    case formula
    /// It would need quotes, and the sample shows none.
    case quotes
    /// It would be an empty line.
    case empty
    /// It would end the line.
    case lineBreak
  }

  /// Why a value cannot stand in a cell; nil where it can.
  package func refusal(of text: String) -> Refusal? {
    if text.unicodeScalars.contains(where: { $0 == "\n" || $0 == "\r" || $0 == "\0" }) {
      return .lineBreak
    }
    if let (scalar, index) = encoding.firstRefused(in: text) {
      return .character(scalar, index: index)
    }
    switch layout {
    case .lines: return text.isEmpty ? .empty : nil
    case .cells(let delimiter, _, let mayQuote):
      if text.isFormulaLike { return .formula }
      return !mayQuote && Self.needsQuotes(text, delimiter) ? .quotes : nil
    }
  }

  /// The file of some rows, none of whose cells is refused.
  package func bytes(of rows: [[String]]) -> [UInt8] {
    var result = encoding.mark
    let end = Array(lineEnd.rawValue.utf8)
    if let header { result += header + end }
    for row in rows {
      append(row, to: &result)
      result += end
    }
    if !endsLastLine, result.count >= end.count, header != nil || !rows.isEmpty {
      result.removeLast(end.count)
    }
    return result
  }

  private func append(_ row: [String], to result: inout [UInt8]) {
    switch layout {
    case .lines: for cell in row { encoding.append(cell, to: &result) }
    case .cells(let delimiter, let quoting, _):
      for (index, cell) in row.enumerated() {
        if index > 0 { result.append(delimiter.rawValue) }
        let rule = index < quoting.count ? quoting[index] : .needed
        let isQuoted =
          Self.needsQuotes(cell, delimiter) || rule == .always
          || rule == .unlessEmpty && !cell.isEmpty
        guard isQuoted else {
          encoding.append(cell, to: &result)
          continue
        }
        var quoted = String.UnicodeScalarView("\"".unicodeScalars)
        for scalar in cell.unicodeScalars {
          if scalar == "\"" { quoted.append(scalar) }
          quoted.append(scalar)
        }
        quoted.append("\"")
        encoding.append(String(quoted), to: &result)
      }
    }
  }

  private static func needsQuotes(_ text: String, _ delimiter: Delimiter) -> Bool {
    text.utf8.contains { $0 == delimiter.rawValue || $0 == 0x22 }
  }
}
