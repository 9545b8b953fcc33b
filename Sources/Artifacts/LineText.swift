internal import SourceText

extension String {
  /// The text as one line for people, such as in a comment: everything hidden is shown as
  /// `\u{…}`, and nothing blank is left at the end.
  var asCommentLine: String { visible.trimmingTrailingBlanks }

  var trimmingTrailingBlanks: String {
    var scalars = unicodeScalars[...]
    while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
    return String(scalars)
  }

  /// `self` and blanks up to `width` scalars.
  func padded(to width: Int) -> String {
    let count = unicodeScalars.count
    return count < width ? self + String(repeating: " ", count: width - count) : self
  }
}

extension Unicode.Scalar {
  /// Whether some program that reads lines would end a line here: LF, VT, FF, CR, the
  /// information separators, NEL, the line and the paragraph separator.
  var endsLine: Bool {
    switch value {
    case 0x0A...0x0D, 0x1C...0x1E, 0x85, 0x2028, 0x2029: true
    default: false
    }
  }
}
