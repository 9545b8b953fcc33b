/// A text as a scalar of YAML, in block and in flow context: plain where every reader takes it for
/// this text, else in single quotes, where nothing but the quote has a meaning. A text with hidden
/// characters is in double quotes, with each of them as an escape: in single quotes a line break
/// would become a blank, and nobody would see the others.
package struct YAMLScalar: Sendable {
  /// As it stands in the file.
  package let text: String

  package init(_ value: String) {
    text = Self.isPlain(value) ? value : Self.quoted(value)
  }

  /// In quotes, whatever the text is.
  package static func quoted(_ value: String) -> String {
    if value.unicodeScalars.contains(where: \.isHidden) { return escaped(value) }
    var result = "'"
    // By scalars: a quote and a mark that combines with it are one character.
    for scalar in value.unicodeScalars {
      if scalar == "'" { result += "'" }
      result.unicodeScalars.append(scalar)
    }
    return result + "'"
  }

  /// In double quotes (YAML 1.2 section 5.7).
  private static func escaped(_ value: String) -> String {
    var result = "\""
    for scalar in value.unicodeScalars {
      switch scalar {
      case "\"", "\\":
        result += "\\"
        result.unicodeScalars.append(scalar)
      default:
        if scalar.isHidden {
          let digits = String(scalar.value, radix: 16, uppercase: true)
          let (mark, width) = scalar.value > 0xFFFF ? ("\\U", 8) : ("\\u", 4)
          result += mark + String(repeating: "0", count: width - digits.count) + digits
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
    }
    return result + "\""
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
