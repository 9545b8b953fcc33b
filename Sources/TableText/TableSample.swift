/// A file that shows a form, read.
package struct TableSample: Sendable {
  package let form: TableForm
  /// The header's cells; nil where there is none.
  package let header: TableRecord?

  /// What is known of the file from elsewhere.
  package struct Expectation: Sendable {
    /// The names in the header that are known; nil where there is no header.
    package let header: [String]?
    /// How many columns there are; only without a header does it count.
    package let columns: Int
    /// Nil where the file's own bytes are to say.
    package let encoding: TextEncoding?
    /// What is meant where all is ASCII.
    package let fallback: TextEncoding

    package init(
      header: [String]?, columns: Int, encoding: TextEncoding?, fallback: TextEncoding
    ) {
      self.header = header
      self.columns = columns
      self.encoding = encoding
      self.fallback = fallback
    }
  }

  /// Finds the form.
  ///
  /// - Throws: where the file shows none, or shows two.
  package init(_ bytes: [UInt8], _ expected: Expectation) throws(TableProblem) {
    let encoding = try Self.encoding(of: bytes, expected)
    let start = encoding.mark.count
    guard start < bytes.count else { throw TableProblem(.empty, at: 0..<bytes.count) }
    let delimiter = try Self.delimiter(of: bytes, from: start, encoding, expected)
    var reader = TableReader(bytes, encoding: encoding, delimiter: delimiter, from: start)
    let header = expected.header == nil ? nil : try reader.next()
    let columns = header?.cells.count ?? expected.columns
    var ends = LineEnds()
    if let header { try ends.take(header) }
    var quoting = [QuoteCount](repeating: QuoteCount(), count: columns)
    while let record = try reader.next() {
      try ends.take(record)
      guard record.cells.count == columns else {
        throw TableProblem(
          .uneven(count: record.cells.count, expected: columns), at: record.range)
      }
      for (index, cell) in record.cells.enumerated() {
        try quoting[index].take(cell, delimiter: delimiter)
      }
    }
    let quoted = quoting.enumerated().map { index, count in
      count.quoting(like: header.map { $0.cells[index].isQuoted } ?? false)
    }
    self.header = header
    form = TableForm(
      encoding: encoding,
      layout: delimiter.map { delimiter in
        .cells(
          delimiter, quoted,
          mayQuote: quoting.contains { $0.quoted > 0 }
            || header?.cells.contains(where: \.isQuoted) == true)
      } ?? .lines, header: header.map { Array(bytes[$0.range]) }, columns: columns,
      lineEnd: ends.kind ?? .crlf, endsLastLine: ends.endsLast)
  }

  private static func encoding(
    of bytes: [UInt8], _ expected: Expectation
  ) throws(TableProblem) -> TextEncoding {
    if let range = TextEncoding.utf16Mark(of: bytes) { throw TableProblem(.utf16, at: range) }
    let hasMark = bytes.starts(with: TextEncoding.byteOrderMark)
    if hasMark {
      if expected.encoding == .cp932 { throw TableProblem(.encoding(.cp932), at: 0..<3) }
      if let range = TextEncoding.utf8.firstInvalid(bytes, from: 3) {
        throw TableProblem(.encoding(.utf8), at: range)
      }
      return .utf8WithMark
    }
    if let encoding = expected.encoding {
      let encoding: TextEncoding = encoding == .cp932 ? .cp932 : .utf8
      if let range = encoding.firstInvalid(bytes) {
        throw TableProblem(.encoding(encoding), at: range)
      }
      return encoding
    }
    if bytes.allSatisfy({ $0 < 0x80 }) { return expected.fallback == .cp932 ? .cp932 : .utf8 }
    if TextEncoding.utf8.firstInvalid(bytes) == nil { return .utf8 }
    if let range = TextEncoding.cp932.firstInvalid(bytes) {
      throw TableProblem(.noEncoding, at: range)
    }
    return .cp932
  }

  /// Nil for one value a line.
  private static func delimiter(
    of bytes: [UInt8], from start: Int, _ encoding: TextEncoding, _ expected: Expectation
  ) throws(TableProblem) -> TableForm.Delimiter? {
    let known = Set(expected.header ?? [])
    var best: [TableForm.Delimiter] = []
    var score = 0
    for delimiter in TableForm.Delimiter.allCases {
      var reader = TableReader(bytes, encoding: encoding, delimiter: delimiter, from: start)
      guard let record = try? reader.next() else { continue }
      let own =
        expected.header == nil
        ? (record.cells.count == expected.columns ? 1 : 0)
        : record.cells.count { known.contains($0.text) }
      if own > score { (best, score) = ([], own) }
      if own == score, own > 0 { best.append(delimiter) }
    }
    let end = bytes[start...].firstIndex { $0 == 0x0A || $0 == 0x0D } ?? bytes.count
    let isQuoted = bytes[start...].contains(0x22)
    guard let first = best.first else {
      if expected.columns == 1, expected.header == nil, !isQuoted { return nil }
      throw TableProblem(.noDelimiter, at: start..<end)
    }
    var reader = TableReader(bytes, encoding: encoding, delimiter: first, from: start)
    if (try? reader.next()?.cells.count) == 1 {
      // One column without a quote anywhere is text, a value a line.
      return isQuoted ? first : nil
    }
    // Where two would do, neither is sure.
    guard best.count == 1 else { throw TableProblem(.noDelimiter, at: start..<end) }
    return first
  }

  /// All records end alike, but for the last, which may not end.
  private struct LineEnds {
    private(set) var kind: TableForm.LineEnd?
    private(set) var endsLast = true

    mutating func take(_ record: TableRecord) throws(TableProblem) {
      guard let end = record.end else {
        endsLast = false
        return
      }
      if let kind, kind != end {
        throw TableProblem(.lineEnds, at: record.range)
      }
      kind = end
    }
  }

  /// How the cells of a column are quoted.
  private struct QuoteCount {
    private(set) var quoted = 0
    private var bare = 0
    private var needless = 0
    private var bareEmpty = 0

    /// Cells that are quoted only sometimes must need it.
    mutating func take(
      _ cell: TableCell, delimiter: TableForm.Delimiter?
    ) throws(TableProblem) {
      if cell.isQuoted {
        quoted += 1
        let needs = cell.text.utf8.contains {
          $0 == delimiter?.rawValue || $0 == 0x22 || $0 == 0x0A || $0 == 0x0D
        }
        if !needs { needless += 1 }
      } else if cell.text.isEmpty {
        bareEmpty += 1
      } else {
        bare += 1
      }
      if needless > 0, bare > 0 { throw TableProblem(.quoting, at: cell.range) }
    }

    func quoting(like header: Bool) -> TableForm.Quoting {
      if needless > 0 { return bareEmpty > 0 ? .unlessEmpty : .always }
      if bare + quoted + bareEmpty == 0 { return header ? .always : .needed }
      return .needed
    }
  }
}
