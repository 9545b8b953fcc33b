internal import SourceText

/// Marks text of SVG, which is XML.
package enum SVGSyntax: OutputSyntax {}

/// Text of SVG: `"<text x=\"\(4)\">\(text: name)</text>"`.
package typealias SVG = OutputText<SVGSyntax>

extension OutputText.Interpolation where Syntax == SVGSyntax {
  /// Text between tags, or the value of an attribute in double quotes, which the literals beside
  /// it write. It shows as it is; hidden characters, line breaks among them, as `\u{…}`.
  package mutating func appendInterpolation(text: String) { append(escaped: text.asXML) }

  /// A number, such as a coordinate in pixels.
  package mutating func appendInterpolation(_ number: Int) { append(escaped: String(number)) }

  package mutating func appendInterpolation(_ name: SVGName) { append(escaped: name.text) }

  @available(*, unavailable, message: "write \\(text: …) for text, \\(SVGName(…)) for an id")
  package mutating func appendInterpolation(_ text: String) {}
}

/// What an element is found by within its page.
package struct SVGName: Equatable, Sendable {
  package let text: String

  /// The same kind and number give the same name; a page gives each drawing a number of its own.
  package init(_ kind: StaticString, _ number: Int) { text = "\(kind)-\(number)" }
}

extension String {
  /// As text or an attribute of XML: what XML has no way to write is hidden, and shown by its
  /// number (XML 1.0, section 2.2).
  fileprivate var asXML: String {
    var result = ""
    for scalar in visible.unicodeScalars {
      switch scalar {
      case "&": result += "&amp;"
      case "<": result += "&lt;"
      case ">": result += "&gt;"
      case "\"": result += "&quot;"
      case "'": result += "&#39;"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result
  }
}
