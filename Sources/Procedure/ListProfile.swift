internal import MailRecords
package import SourceText
package import TableText
package import TenantModel

/// A list's form with the meaning of its columns: from rows of tenant.yaml to cells, and back.
package struct ListProfile: Sendable {
  package let kind: ListKind
  package let form: TableForm
  /// In the order of the file.
  package let columns: [ImportProfile.Column]
  /// The values that the columns hold; those of a network together are the entry.
  package let values: [ListValue]
  /// The console's words by mgc's, a column each, and the other way around.
  private let shown: [[String: String]]
  private let words: [[String: String]]

  package init(kind: ListKind, form: TableForm, columns: [ImportProfile.Column]) {
    self.kind = kind
    self.form = form
    self.columns = columns
    let held = Set(columns.compactMap(\.value))
    values =
      held.contains(.ip) && (held.contains(.netmask) || held.contains(.prefixLength))
      ? [.entry] : kind.values.filter(held.contains)
    shown = columns.map { column in
      Dictionary(column.words.map { ($0.word.value.text, $0.shown.value.text) }) { first, _ in first
      }
    }
    words = columns.map { column in
      Dictionary(column.words.map { ($0.shown.value.text, $0.word.value.text) }) { first, _ in first
      }
    }
  }

  /// A cell that is to be written, and where tenant.yaml has its value.
  package struct Cell: Sendable {
    package let text: String
    package let span: SourceSpan
    package let refusal: Refusal?
  }

  /// Why a value cannot go through the file and come back as it was.
  package enum Refusal: Hashable, Sendable {
    case form(TableForm.Refusal)
    /// IPv6 has no netmask.
    case netmask
    /// It is the console's word for another value.
    case word
  }

  /// The cells of a list. Where the columns leave a difference out, each row is there once.
  package func cells(of list: ConsoleList) -> [[Cell]] {
    let rows = list.rows.map { row in columns.indices.map { cell($0, row) } }
    guard values.count < kind.values.count else { return rows }
    var seen: Set<[String]> = []
    return rows.filter { seen.insert($0.map(\.text)).inserted }
  }

  private func cell(_ number: Int, _ row: ConsoleList.Row) -> Cell {
    let column = columns[number]
    let (text, span): (String?, SourceSpan)
    var refusal: Refusal?
    switch column.content.value {
    case .blank: (text, span) = ("", column.content.span)
    case .text(let line): (text, span) = (line.text, column.content.span)
    case .value(let value):
      let index = kind.values.firstIndex(of: value) ?? 0
      span = row.spans[index]
      let own = value.text(of: row.values[index])
      if own == nil { refusal = .netmask }
      let word = own.flatMap { shown[number][$0] }
      if word == nil, let own, words[number][own] != nil { refusal = .word }
      text = word ?? own
    }
    let cell = text ?? ""
    return Cell(
      text: cell, span: span, refusal: refusal ?? form.refusal(of: cell).map(Refusal.form))
  }
}

extension ImportProfile.Column {
  package var value: ListValue? {
    if case .value(let value) = content.value { value } else { nil }
  }
}

extension ListValue {
  /// The value of a column from the value of a row; nil where there is none.
  fileprivate func text(of value: String) -> String? {
    guard let prefix = try? IPPrefix(parsing: value) else { return value }
    switch self {
    case .ip: return prefix.address.description
    case .prefixLength: return String(prefix.length)
    case .netmask: return prefix.dottedNetmask
    default: return value
    }
  }
}

/// What a row of an export says, in the values of `ListProfile.values`.
package struct ListEntry: Hashable, Sendable {
  package let values: [String]

  /// For people: the values that there are.
  package var text: String { values.filter { !$0.isEmpty }.joined(separator: " ") }

  package init(_ values: [String]) { self.values = values }
}

extension ListProfile {
  /// A row of tenant.yaml, as exports are compared with it.
  package func entry(_ row: ConsoleList.Row) -> ListEntry {
    ListEntry(
      values.map { value in
        kind.values.firstIndex(of: value).map { row.values[$0] } ?? ""
      })
  }

  /// Why a record is no entry that tenant.yaml could have.
  package struct ForeignCell: Error {
    package let text: String
    package let range: Range<Int>
    /// The text that a column should have; nil where the value has the wrong form.
    package let expected: String?
  }

  /// The entry of a record, in the form in which tenant.yaml prints it.
  ///
  /// - Parameter isNormal: whether tenant.yaml can have the text as it is.
  package func entry(
    _ record: TableRecord, _ isNormal: (String) -> Bool
  ) throws(ForeignCell) -> ListEntry {
    var texts: [ListValue: String] = [:]
    var cells: [ListValue: TableCell] = [:]
    for (number, (column, cell)) in zip(columns, record.cells).enumerated() {
      switch column.content.value {
      case .blank: continue
      case .text(let line):
        if !line.text.utf8.elementsEqual(cell.text.utf8) {
          throw ForeignCell(text: cell.text, range: cell.range, expected: line.text)
        }
      case .value(let value):
        texts[value] = words[number][cell.text] ?? cell.text
        cells[value] = cell
      }
    }
    let isNetwork = kind.columnValues.contains(.ip)
    var values: [String] = []
    for value in self.values {
      let place = cells[value] ?? cells[.ip] ?? record.cells[0]
      let text =
        isNetwork ? Self.network(texts) : texts[value].flatMap { kind.canonical($0, of: value) }
      guard let text, isNormal(text) else {
        throw ForeignCell(text: place.text, range: place.range, expected: nil)
      }
      values.append(text)
    }
    return ListEntry(values)
  }

  /// The blank columns of a record that hold something.
  package func remarks(in record: TableRecord) -> [TableCell] {
    zip(columns, record.cells).compactMap { column, cell in
      if case .blank = column.content.value, !cell.text.isEmpty { cell } else { nil }
    }
  }

  private static func network(_ texts: [ListValue: String]) -> String? {
    if let text = texts[.entry] { return (try? IPPrefix(parsing: text))?.description }
    guard let text = texts[.ip], let address = IPAddress(parsing: text) else { return nil }
    let length: Int? =
      if let digits = texts[.prefixLength] {
        Int(digits)
      } else {
        texts[.netmask].flatMap { mask in
          (0...32).first { IPPrefix(address, length: $0).dottedNetmask == mask }
        }
      }
    guard let length, (0...address.width).contains(length) else { return nil }
    let prefix = IPPrefix(address, length: length)
    return prefix.network == address ? prefix.description : nil
  }
}

extension ListKind {
  /// A value as tenant.yaml prints it; nil where it cannot have it.
  fileprivate func canonical(_ text: String, of value: ListValue) -> String? {
    switch (self, value) {
    case (.allowSenders, _), (.denySenders, _), (.zipSenders, _), (.zipExceptRecipients, _),
      (.attachmentLinkSenders, _):
      return (try? AddressPattern(parsing: text))?.description
    case (.becDomains, _): return (try? DomainName(parsing: text))?.ascii
    case (.groups, .path): return GroupPath(text)?.description
    case (.groups, .role): return ["manager", "member", ""].contains(text) ? text : nil
    case (.groups, .address):
      return text.isEmpty ? text : (try? EmailAddress(parsing: text))?.description
    case (.review, .order): return Int(text).map(String.init)
    case (.review, .name), (.review, .scope), (.review, .then):
      return TextLine(text)?.text
    case (.review, _): return text.isEmpty ? text : TextLine(text)?.text
    default: return TextLine(text)?.text
    }
  }
}
