package import MailRecords
internal import SourceText

/// Marks a value of Postfix's main.cf or tables.
package enum PostfixSyntax: OutputSyntax {}
/// Marks the key of a row of a Postfix table.
package enum PostfixKeySyntax: OutputSyntax {}

/// The value of a parameter, or the right side of a row. Literals may use `$name`; values cannot.
package typealias PostfixText = OutputText<PostfixSyntax>

/// The left side of a row of a table: one word.
package typealias PostfixKey = OutputText<PostfixKeySyntax>

/// Text that stands for itself wherever Postfix reads it (postconf(5)): on one line, without `$`,
/// `{`, `}` and `#`, nothing hidden, no blank at either end, not empty. Postfix has no escape for
/// these in main.cf, so what cannot be written cannot be made.
package struct PostfixValue: Sendable {
  package let text: String

  package init?(_ text: String) {
    guard let first = text.unicodeScalars.first, let last = text.unicodeScalars.last,
      !first.properties.isWhitespace, !last.properties.isWhitespace,
      !text.unicodeScalars.contains(where: { scalar in
        switch scalar {
        case "$", "{", "}", "#": true
        default: scalar.isHidden
        }
      })
    else { return nil }
    self.text = text
  }
}

/// A `PostfixValue` that stays one element of a list and one key of a table: it has besides no
/// blanks, commas, double quotes and backslashes, and does not end in a lone colon, which Postfix
/// takes for the form of an alias file. Names, addresses and prefixes are of this kind.
package struct PostfixWord: Sendable {
  package let text: String

  package init?(_ text: String) {
    guard let value = PostfixValue(text), !text.hasSuffix(":") || text.hasSuffix("::"),
      !text.unicodeScalars.contains(where: { scalar in
        switch scalar {
        case ",", "\"", "\\": true
        default: scalar.properties.isWhitespace
        }
      })
    else { return nil }
    self.text = value.text
  }

  /// A name has letters, digits, hyphens and dots only.
  package init(_ domain: DomainName) { text = domain.ascii }

  /// A network has digits, letters, dots, colons and a slash only; a single address never ends in
  /// a lone colon.
  package init(_ prefix: IPPrefix) { text = prefix.description }
}

extension OutputText.Interpolation where Syntax == PostfixSyntax {
  package mutating func appendInterpolation(_ word: PostfixWord) { append(escaped: word.text) }

  /// Text with blanks and commas, such as what a rejection says; in a list it may be several
  /// elements.
  package mutating func appendInterpolation(_ value: PostfixValue) { append(escaped: value.text) }

  package mutating func appendInterpolation(_ number: Int) { append(escaped: String(number)) }

  @available(
    *, unavailable, message: "make a PostfixWord, or a PostfixValue for text with blanks"
  )
  package mutating func appendInterpolation(_ text: String) {}
}

extension OutputText.Interpolation where Syntax == PostfixKeySyntax {
  package mutating func appendInterpolation(_ word: PostfixWord) { append(escaped: word.text) }

  package mutating func appendInterpolation(_ number: Int) { append(escaped: String(number)) }

  @available(*, unavailable, message: "make a PostfixWord")
  package mutating func appendInterpolation(_ text: String) {}
}

/// Parameters of main.cf with comments between them.
package struct PostfixMainCf: ArtifactDocument {
  private enum Line {
    case text(String)
    case parameter(name: String, value: String)
  }

  private var lines: [Line] = []

  package init() {}

  package mutating func blank() { lines.append(.text("")) }

  package mutating func comment(_ text: String) { lines.append(.text(PostfixComment.line(text))) }

  /// Sets a parameter; one that was set before changes where it stands, since Postfix warns of
  /// a second line.
  package mutating func set(_ name: StaticString, _ value: PostfixText) {
    let parameter = Line.parameter(name: name.description, value: value.text)
    let earlier = lines.firstIndex {
      if case .parameter(let known, _) = $0 { known == name.description } else { false }
    }
    if let earlier { lines[earlier] = parameter } else { lines.append(parameter) }
  }

  package var bytes: [UInt8] {
    var result = ""
    for line in lines {
      switch line {
      case .text(let text): result += text
      case .parameter(let name, let value):
        result += value.isEmpty ? name + " =" : name + " = " + value
      }
      result += "\n"
    }
    return Array(result.utf8)
  }
}

/// A table that Postfix reads as it is: `cidr` (the first row that matches counts) or `texthash`
/// (one row a key, without regard to case).
package struct PostfixTable: ArtifactDocument {
  package enum Kind: Sendable {
    case cidr
    case texthash
  }

  private enum Line {
    case text(String)
    case row(key: String, value: String)
  }

  /// Keys longer than this do not widen the column of the others.
  private static let widestKey = 48

  package let kind: Kind
  private var lines: [Line] = []
  private var places: [[UInt8]: Int] = [:]

  package init(_ kind: Kind) { self.kind = kind }

  package mutating func blank() { lines.append(.text("")) }

  package mutating func comment(_ text: String) { lines.append(.text(PostfixComment.line(text))) }

  /// Adds a row. In a `texthash` a second row of the same key takes the place of the first.
  package mutating func row(_ key: PostfixKey, _ value: PostfixText) {
    let row = Line.row(key: key.text, value: value.text)
    if kind == .texthash {
      let folded = Array(key.text.lowercased().utf8)
      if let place = places[folded] {
        lines[place] = row
        return
      }
      places[folded] = lines.count
    }
    lines.append(row)
  }

  package var bytes: [UInt8] {
    var width = 0
    for case .row(let key, _) in lines {
      let count = key.unicodeScalars.count
      if count <= Self.widestKey { width = max(width, count) }
    }
    var result = ""
    for line in lines {
      switch line {
      case .text(let text): result += text
      case .row(let key, let value): result += key.padded(to: width) + "  " + value
      }
      result += "\n"
    }
    return Array(result.utf8)
  }
}

private enum PostfixComment {
  static func line(_ text: String) -> String {
    let line = text.asCommentLine
    return line.isEmpty ? "#" : "# " + line
  }
}
