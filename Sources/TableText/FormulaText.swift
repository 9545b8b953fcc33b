internal import SourceText

extension String {
  /// Whether a spreadsheet could take the text for a formula: it begins, after blanks and what has
  /// no width, with `=`, `+`, `-`, `@` or their full-width forms, or it begins with a tab or CR.
  package var isFormulaLike: Bool {
    guard let first = unicodeScalars.first else { return false }
    if first == "\t" || first == "\r" { return true }
    let start = unicodeScalars.first { !$0.isHidden && !$0.properties.isWhitespace }
    switch start {
    case "=", "+", "-", "@", "＝", "＋", "－", "＠": return true
    default: return false
    }
  }
}
