internal import SourceText
internal import Wording

/// Marks content of HTML: what may stand between tags (HTML Living Standard, section 13.1).
package enum HTMLSyntax: OutputSyntax {}

/// Marks what stands within a tag, after its name.
package enum HTMLTagSyntax: OutputSyntax {}

/// Content: `"<p\(attributes)>Open \(text: name)</p>"`.
package typealias HTML = OutputText<HTMLSyntax>

/// Attributes, each with a blank before it: `" id=\(value: name)"`. The quotes come with the value.
package typealias HTMLAttributes = OutputText<HTMLTagSyntax>

extension OutputText.Interpolation where Syntax == HTMLTagSyntax {
  /// The value of an attribute, in its quotes; hidden characters, line breaks among them, as
  /// `\u{…}`.
  package mutating func appendInterpolation(value: String) {
    append(escaped: "\"" + HTMLText.escaped(value.visible) + "\"")
  }

  package mutating func appendInterpolation(_ number: Int) {
    append(escaped: "\"\(number)\"")
  }

  @available(*, unavailable, message: "write \\(value: …)")
  package mutating func appendInterpolation(_ text: String) {}
}

extension OutputText.Interpolation where Syntax == HTMLSyntax {
  package mutating func appendInterpolation(_ attributes: HTMLAttributes) {
    append(escaped: attributes.text)
  }

  /// Text on one line: hidden characters, line breaks among them, as `\u{…}`.
  package mutating func appendInterpolation(text: String) {
    append(escaped: HTMLText.escaped(text.visible))
  }

  /// A block that keeps its lines and blanks. Carriage returns go; other hidden characters are
  /// shown as `\u{…}`.
  package mutating func appendInterpolation(block: String) {
    // Readers drop a line break that follows the tag at once.
    append(escaped: "<pre>\n" + HTMLText.escaped(HTMLText.lines(block)) + "</pre>")
  }

  /// What people type or compare as it is.
  package mutating func appendInterpolation(code: String) {
    append(escaped: "<code>" + HTMLText.escaped(code.visible) + "</code>")
  }

  /// A link to an address that `LinkTarget` takes; others stay text.
  package mutating func appendInterpolation(link label: HTML, to address: String) {
    if let target = LinkTarget.encoded(address) {
      append(escaped: "<a href=\"" + HTMLText.escaped(target) + "\">" + label.text + "</a>")
    } else {
      append(escaped: label.text + " (" + HTMLText.escaped(address.visible) + ")")
    }
  }

  package mutating func appendInterpolation(_ prose: Prose) {
    for piece in prose.pieces {
      switch piece {
      case .literal(let words): append(escaped: HTMLText.escaped(words))
      case .text(let text): appendInterpolation(text: text)
      case .code(let code): appendInterpolation(code: code)
      case .link(let label, let address): appendInterpolation(link: "\(label)", to: address)
      }
    }
  }

  /// Both languages, each marked as what it is; the page shows one of them.
  package mutating func appendInterpolation(_ phrase: Phrase) {
    for language in Language.allCases {
      append(escaped: "<span lang=\"" + language.rawValue + "\">")
      appendInterpolation(phrase[language])
      append(escaped: "</span>")
    }
  }

  /// A drawing, which HTML takes as it is (HTML Living Standard, section 4.8.17).
  package mutating func appendInterpolation(_ drawing: SVG) { append(escaped: drawing.text) }

  package mutating func appendInterpolation(_ number: Int) { append(escaped: String(number)) }

  @available(*, unavailable, message: "write \\(text: …), \\(code: …) or \\(block: …)")
  package mutating func appendInterpolation(_ text: String) {}
}

enum HTMLText {
  /// Safe between tags and in quotes of either kind.
  static func escaped(_ text: String) -> String {
    guard text.utf8.contains(where: { [0x22, 0x26, 0x27, 0x3C, 0x3E].contains($0) }) else {
      return text
    }
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "&": result.append(contentsOf: "&amp;".unicodeScalars)
      case "<": result.append(contentsOf: "&lt;".unicodeScalars)
      case ">": result.append(contentsOf: "&gt;".unicodeScalars)
      case "\"": result.append(contentsOf: "&quot;".unicodeScalars)
      case "'": result.append(contentsOf: "&#39;".unicodeScalars)
      default: result.append(scalar)
      }
    }
    return String(result)
  }

  static func lines(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\r": break
      case "\n", "\t": result.append(scalar)
      default: result.append(contentsOf: String(scalar).visible.unicodeScalars)
      }
    }
    return String(result)
  }
}
