/// A text as a scalar of YAML, in block and in flow context: plain where every reader takes it for
/// this text, else in single quotes, where nothing but the quote has a meaning.
///
/// A text with hidden characters comes out in quotes and is refused by the reader, as it would be
/// in any other form.
package struct YAMLScalar: Sendable {
  /// As it stands in the file.
  package let text: String

  package init(_ value: String) {
    text = Self.isPlain(value) ? value : Self.quoted(value)
  }

  /// In quotes, whatever the text is.
  package static func quoted(_ value: String) -> String {
    "'" + value.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''")
      + "'"
  }

  /// What some reader takes for a truth value or for nothing (YAML 1.1).
  private static let words: Set = ["y", "n", "yes", "no", "on", "off", "true", "false", "null"]

  private static func isPlain(_ value: String) -> Bool {
    let scalars = value.unicodeScalars
    guard let first = scalars.first, let last = scalars.last else { return false }
    // What begins with a digit may be a number, a date or a time; an IPv4 address cannot be.
    guard first.properties.isAlphabetic || first == "/" || value.isIPv4Like,
      last.isLetterOrDigit || last == "/" || last == ".", !words.contains(value.lowercased())
    else { return false }
    return scalars.allSatisfy { $0.isLetterOrDigit || "/-_.@+: ".unicodeScalars.contains($0) }
      && !value.utf8.isColonBeforeBlank
  }
}

extension Unicode.Scalar {
  fileprivate var isLetterOrDigit: Bool {
    (properties.isAlphabetic || properties.numericType != nil) && !isHidden
  }
}

extension String {
  /// Four groups of digits between dots, and perhaps a length.
  fileprivate var isIPv4Like: Bool {
    let parts = split(separator: "/", omittingEmptySubsequences: false)
    guard let address = parts.first, parts.count <= 2 else { return false }
    let groups = address.split(separator: ".", omittingEmptySubsequences: false)
    return groups.count == 4
      && (groups + parts.dropFirst()).allSatisfy { group in
        !group.isEmpty && group.utf8.allSatisfy { (0x30...0x39).contains($0) }
      }
  }
}

extension String.UTF8View {
  /// Whether a colon would end a key.
  fileprivate var isColonBeforeBlank: Bool {
    zip(self, dropFirst()).contains { $0 == 0x3A && $1 == 0x20 }
  }
}
