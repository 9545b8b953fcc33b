internal import SourceText

/// One line of text that people see as it is: not empty, no hidden characters, no line break.
package struct TextLine: Hashable, Sendable, CustomStringConvertible {
  package let text: String

  /// Nil where the text is empty or has a hidden character (`Unicode.Scalar.isHidden`).
  package init?(_ text: String) {
    guard !text.isEmpty, !text.unicodeScalars.contains(where: \.isHidden) else { return nil }
    self.text = text
  }

  package var description: String { text }
}

/// A short name for programs: a–z, 0–9 and `-`, beginning and ending with a letter or digit.
package struct Identifier: Hashable, Sendable, CustomStringConvertible {
  package let text: String

  package init?(_ text: String) {
    let bytes = Array(text.utf8)
    guard let first = bytes.first, let last = bytes.last, first != 0x2D, last != 0x2D,
      bytes.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x2D })
    else { return nil }
    self.text = text
  }

  package var description: String { text }
}

/// A path of a group below 最上層, such as `/営業部/第一課`.
package struct GroupPath: Hashable, Sendable, CustomStringConvertible {
  package let components: [String]

  /// Nil unless it begins with `/` and every part between slashes is a `TextLine` without blanks
  /// at its edges.
  package init?(_ text: String) {
    guard text.utf8.first == 0x2F else { return nil }
    let parts = text.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
    for part in parts {
      guard TextLine(String(part)) != nil, part.first != " ", part.last != " " else { return nil }
    }
    components = parts.map(String.init)
  }

  package var description: String { "/" + components.joined(separator: "/") }
}

/// An `https://` address with a host and without blanks, quotes or controls (RFC 3986).
package struct HTTPSAddress: Hashable, Sendable, CustomStringConvertible {
  package let text: String

  package init?(_ text: String) {
    guard text.hasPrefix("https://") else { return nil }
    let rest = text.utf8.dropFirst(8)
    guard let first = rest.first, first != 0x2F, first != 0x3A,
      rest.allSatisfy({ byte in
        byte > 0x20 && byte < 0x7F && !#"<>"\^`{|}'"#.utf8.contains(byte)
      })
    else { return nil }
    self.text = text
  }

  package var description: String { text }
}

/// A file named by tenant.yaml, relative to its folder and beneath it.
package struct FileReference: Hashable, Sendable, CustomStringConvertible {
  package let path: String

  /// Why a path is refused.
  package enum Problem: Error {
    case empty
    case absolute
    /// A part is `.`, `..` or empty.
    case leaves
    case hiddenCharacter
  }

  package init(_ path: String) throws(Problem) {
    if path.isEmpty { throw .empty }
    if path.utf8.first == 0x2F || path.utf8.first == 0x5C { throw .absolute }
    if path.unicodeScalars.contains(where: \.isHidden) { throw .hiddenCharacter }
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    if parts.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." }) { throw .leaves }
    self.path = path
  }

  package var description: String { path }
}
