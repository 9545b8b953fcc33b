package import TableText

/// A list in the form of a customer's own file: header, delimiter, quotes, encoding and line ends
/// are those of the sample.
package struct FormTable: ArtifactDocument {
  private let form: TableForm
  private let rows: [[String]]

  /// Rows with a cell that the form refuses are left out.
  package init(_ form: TableForm, rows: [[String]]) {
    self.form = form
    self.rows = rows.filter { row in row.allSatisfy { form.refusal(of: $0) == nil } }
  }

  package var bytes: [UInt8] { form.bytes(of: rows) }
}
