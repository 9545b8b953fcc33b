internal import SourceText
package import Wording

/// Marks text of Markdown (CommonMark with GitHub's tables and check boxes).
package enum MarkdownSyntax: OutputSyntax {
  /// Two code spans that touch would be one.
  package static func joint(_ left: UInt8, _ right: UInt8) -> StaticString? {
    left == 0x60 && right == 0x60 ? " " : nil
  }
}

/// Inline text of Markdown: `"Open \(code: path) as \(text: person)"`.
package typealias Markdown = OutputText<MarkdownSyntax>

/// Inline text in both languages, so that a missing one does not compile.
package struct MarkdownPhrase: Sendable {
  package let ja: Markdown
  package let en: Markdown

  package init(ja: Markdown, en: Markdown) {
    self.ja = ja
    self.en = en
  }

  package init(both text: Markdown) { self.init(ja: text, en: text) }

  package subscript(language: Language) -> Markdown {
    switch language {
    case .ja: ja
    case .en: en
    }
  }
}

extension OutputText.Interpolation where Syntax == MarkdownSyntax {
  /// Text that shows as it is: line breaks become blanks, other hidden characters `\u{…}`.
  package mutating func appendInterpolation(text: String) {
    let line = MarkdownInline.text(text)
    if beginsLine, let first = line.utf8.first, line.utf8.allSatisfy({ (0x30...0x39).contains($0) })
    {
      // With a full stop after it, a number would begin a list.
      append(escaped: "&#\(first);" + line.dropFirst())
    } else {
      append(escaped: line)
    }
  }

  /// A code span: line breaks become blanks, other hidden characters `\u{…}`. An empty one shows
  /// a blank.
  package mutating func appendInterpolation(code: String) {
    append(escaped: MarkdownInline.code(code))
  }

  /// A link; only to `https:`, `http:` and `mailto:` and to places within `out/`. Other addresses
  /// stay text.
  package mutating func appendInterpolation(link label: Markdown, to address: String) {
    append(escaped: MarkdownInline.link(label, to: address))
  }

  package mutating func appendInterpolation(_ number: Int) { append(escaped: String(number)) }

  @available(*, unavailable, message: "write \\(text: …), or \\(code: …) for a code span")
  package mutating func appendInterpolation(_ text: String) {}
}

enum MarkdownInline {
  static func text(_ text: String) -> String {
    let line = oneLine(text).unicodeScalars
    guard let firstSolid = line.firstIndex(where: { !$0.properties.isWhitespace }) else {
      return line.reduce(into: "") { $0 += entity($1) }
    }
    var trailing = line.endIndex
    while line[line.index(before: trailing)].properties.isWhitespace {
      trailing = line.index(before: trailing)
    }
    // Parsers strip blanks at the edges; as entities they stay.
    var result = line[..<firstSolid].reduce(into: "") { $0 += entity($1) }
    var onlyDigits = true
    for index in line[firstSolid..<trailing].indices {
      let scalar = line[index]
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      // Entities, because tables are split, and code spans end, before backslashes are read.
      case "|": result += "&#124;"
      case "`": result += "&#96;"
      case "\\", "*", "_", "[", "]", "#", "~", "!", "$":
        result += "\\"
        result.unicodeScalars.append(scalar)
      default:
        // What could begin a list, a rule or a heading, or go on with a link.
        let next = line[index...].dropFirst().first
        let begins =
          index == firstSolid
          ? scalar.isMarkdownPunctuation && scalar != "/" && scalar != "@"
          : onlyDigits && (scalar == "." || scalar == ")")
            && next?.properties.isWhitespace != false
        if begins { result += "\\" }
        result.unicodeScalars.append(scalar)
      }
      onlyDigits = onlyDigits && ("0"..."9").contains(scalar)
    }
    return line[trailing...].reduce(into: result) { $0 += entity($1) }
  }

  static func code(_ code: String) -> String {
    let line = oneLine(code)
    if line.isEmpty { return "` `" }
    let fence = String(repeating: "`", count: longestFence(in: line) + 1)
    let blankEdges =
      line.utf8.first == 0x20 && line.utf8.last == 0x20 && line.utf8.contains { $0 != 0x20 }
    let pad = blankEdges || line.utf8.first == 0x60 || line.utf8.last == 0x60 ? " " : ""
    return fence + pad + line + pad + fence
  }

  static func link(_ label: Markdown, to address: String) -> String {
    guard let target = LinkTarget.encoded(address) else {
      return label.text + " (" + text(address) + ")"
    }
    // What Markdown or a table could read.
    var written = ""
    for scalar in target.unicodeScalars {
      switch scalar {
      case "&": written += "&amp;"
      case "_": written += "\\_"
      default: written.unicodeScalars.append(scalar)
      }
    }
    return "[" + label.text + "](" + written + ")"
  }

  /// The longest run of backticks.
  static func longestFence(in text: String) -> Int {
    var longest = 0
    var run = 0
    for byte in text.utf8 {
      run = byte == 0x60 ? run + 1 : 0
      longest = max(longest, run)
    }
    return longest
  }

  /// Line breaks as blanks (CR LF as one), other hidden characters as `\u{…}`.
  private static func oneLine(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: \.isHidden) else { return text }
    var result = String.UnicodeScalarView()
    var afterReturn = false
    for scalar in text.unicodeScalars {
      if scalar.endsLine {
        if !(afterReturn && scalar == "\n") { result.append(" ") }
      } else {
        result.append(contentsOf: String(scalar).visible.unicodeScalars)
      }
      afterReturn = scalar == "\r"
    }
    return String(result)
  }

  private static func entity(_ scalar: Unicode.Scalar) -> String { "&#\(scalar.value);" }
}

extension Unicode.Scalar {
  fileprivate var isMarkdownPunctuation: Bool {
    switch value {
    case 0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E: true
    default: false
    }
  }
}
