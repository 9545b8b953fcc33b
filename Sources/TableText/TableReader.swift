/// One value of a file, with its place.
package struct TableCell: Hashable, Sendable {
  package let text: String
  /// Its bytes, quotes included.
  package let range: Range<Int>
  package let isQuoted: Bool
}

/// One line of a file, or several where a quoted value goes over line ends.
package struct TableRecord: Hashable, Sendable {
  package let cells: [TableCell]
  /// Its bytes without the line's end.
  package let range: Range<Int>
  /// How it ends; nil for the last line of a file that does not end it.
  package let end: TableForm.LineEnd?
}

/// Why a file cannot be read on, and where.
package struct TableProblem: Error, Hashable, Sendable {
  package let reason: Reason
  package let range: Range<Int>

  package enum Reason: Hashable, Sendable {
    /// Bytes that are not of the encoding.
    case encoding(TextEncoding)
    /// Neither UTF-8 nor CP932.
    case noEncoding
    case utf16
    case empty
    /// A quote is opened and never closed.
    case openQuote
    /// Something follows a closing quote.
    case afterQuote
    /// A quote inside a value that does not begin with one.
    case strayQuote
    /// More records than `TableReader.limit`.
    case tooLong
    /// None of the delimiters gives the columns that there should be.
    case noDelimiter
    /// Another number of cells than the first line has.
    case uneven(count: Int, expected: Int)
    case lineEnds
    /// Cells of one column are now quoted, now not.
    case quoting
    /// The first line is not the header of the sample.
    case header
  }

  package init(_ reason: Reason, at range: Range<Int>) {
    self.reason = reason
    self.range = range
  }
}

/// Splits a file into records and cells. None of the bytes that matter for that is ever a part of
/// a longer character, in UTF-8 or in CP932.
package struct TableReader {
  /// The most records of a file.
  package static let limit = 200_000

  private let bytes: [UInt8]
  private let encoding: TextEncoding
  private let delimiter: TableForm.Delimiter?
  package private(set) var offset: Int
  private var count = 0

  /// - Parameters:
  ///   - bytes: all of them of the encoding.
  ///   - delimiter: nil for one value a line.
  package init(
    _ bytes: [UInt8], encoding: TextEncoding, delimiter: TableForm.Delimiter?, from start: Int
  ) {
    self.bytes = bytes
    self.encoding = encoding
    self.delimiter = delimiter
    offset = start
  }

  /// The next record; nil at the end.
  package mutating func next() throws(TableProblem) -> TableRecord? {
    guard offset < bytes.count else { return nil }
    count += 1
    guard count <= Self.limit else { throw TableProblem(.tooLong, at: offset..<offset) }
    let start = offset
    var cells: [TableCell] = []
    while true {
      cells.append(try cell())
      guard offset < bytes.count else {
        return TableRecord(cells: cells, range: start..<offset, end: nil)
      }
      let byte = bytes[offset]
      if let delimiter, byte == delimiter.rawValue {
        offset += 1
        continue
      }
      let range = start..<offset
      offset += 1
      if byte == 0x0D, offset < bytes.count, bytes[offset] == 0x0A {
        offset += 1
        return TableRecord(cells: cells, range: range, end: .crlf)
      }
      return TableRecord(cells: cells, range: range, end: byte == 0x0D ? .cr : .lf)
    }
  }

  /// A cell; the offset is then at what ends it.
  private mutating func cell() throws(TableProblem) -> TableCell {
    let start = offset
    if delimiter != nil, offset < bytes.count, bytes[offset] == 0x22 { return try quotedCell() }
    while offset < bytes.count, !ends(bytes[offset]) {
      if bytes[offset] == 0x22, delimiter != nil {
        throw TableProblem(.strayQuote, at: offset..<offset + 1)
      }
      offset += 1
    }
    return TableCell(text: try text(start..<offset), range: start..<offset, isQuoted: false)
  }

  private mutating func quotedCell() throws(TableProblem) -> TableCell {
    let start = offset
    var text = ""
    offset += 1
    var part = offset
    while offset < bytes.count {
      guard bytes[offset] == 0x22 else {
        offset += 1
        continue
      }
      text += try self.text(part..<offset)
      offset += 1
      guard offset < bytes.count else {
        return TableCell(text: text, range: start..<offset, isQuoted: true)
      }
      if bytes[offset] == 0x22 {
        text += "\""
        offset += 1
        part = offset
        continue
      }
      guard ends(bytes[offset]) else {
        throw TableProblem(.afterQuote, at: offset..<offset + 1)
      }
      return TableCell(text: text, range: start..<offset, isQuoted: true)
    }
    throw TableProblem(.openQuote, at: start..<start + 1)
  }

  private func ends(_ byte: UInt8) -> Bool {
    byte == 0x0A || byte == 0x0D || byte == delimiter?.rawValue
  }

  private func text(_ range: Range<Int>) throws(TableProblem) -> String {
    guard let text = encoding.decode(bytes, range) else {
      throw TableProblem(.encoding(encoding), at: range)
    }
    return text
  }
}

extension TableForm {
  /// The records of a file in this form. Quotes and line ends may differ; encoding, delimiter and
  /// header may not.
  package func records(in bytes: [UInt8]) throws(TableProblem) -> [TableRecord] {
    let start = try encoding.start(of: bytes)
    var reader = TableReader(bytes, encoding: encoding, delimiter: delimiter, from: start)
    if let header {
      var own = TableReader(header, encoding: encoding, delimiter: delimiter, from: 0)
      let expected = try own.next()?.cells.map(\.text) ?? [""]
      let first = try reader.next()
      guard let first, first.cells.map({ Array($0.text.utf8) }) == expected.map({ Array($0.utf8) })
      else { throw TableProblem(.header, at: first?.range ?? 0..<0) }
    }
    var records: [TableRecord] = []
    while let record = try reader.next() {
      // An empty line has no entry; programs leave one at the end.
      if record.range.isEmpty { continue }
      guard record.cells.count == columns else {
        throw TableProblem(
          .uneven(count: record.cells.count, expected: columns), at: record.range)
      }
      records.append(record)
    }
    return records
  }
}

extension TextEncoding {
  /// Where the text of a file begins, all of which is of this encoding.
  fileprivate func start(of bytes: [UInt8]) throws(TableProblem) -> Int {
    if let range = Self.utf16Mark(of: bytes) { throw TableProblem(.utf16, at: range) }
    let hasMark = bytes.starts(with: Self.byteOrderMark)
    if hasMark, self == .cp932 { throw TableProblem(.encoding(self), at: 0..<3) }
    let start = hasMark ? 3 : 0
    if let range = firstInvalid(bytes, from: start) {
      throw TableProblem(.encoding(self), at: range)
    }
    return start
  }

  /// The mark of UTF-16, which spreadsheets call Unicode text.
  package static func utf16Mark(of bytes: [UInt8]) -> Range<Int>? {
    bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) ? 0..<2 : nil
  }
}
