internal import SourceText

/// Marks text of HCL, Terraform's language.
package enum HCLSyntax: OutputSyntax {
  package static func joint(_ left: UInt8, _ right: UInt8) -> StaticString? { nil }
}

/// An expression of HCL: a reference, or text in quotes with references in it.
package typealias HCLText = OutputText<HCLSyntax>

extension OutputText.Interpolation where Syntax == HCLSyntax {
  package mutating func appendInterpolation(_ name: HCLName) { append(escaped: name.text) }

  /// A string in double quotes.
  package mutating func appendInterpolation(quoted value: String) {
    append(escaped: "\"" + HCLFile.escaped(value) + "\"")
  }

  /// A part of a string, whose quotes the literals beside it write.
  package mutating func appendInterpolation(part value: String) {
    var text = HCLFile.escaped(value).unicodeScalars
    // What stands beside it must not make a directive of it.
    if text.first == "{" {
      text.replaceSubrange(..<text.index(after: text.startIndex), with: "\\u007b".unicodeScalars)
    }
    if let last = text.last, last == "$" || last == "%" {
      text.removeLast()
      text += (last == "$" ? "\\u0024" : "\\u0025").unicodeScalars
    }
    append(escaped: String(text))
  }

  @available(*, unavailable, message: "write \\(HCLName(…)) for a name, \\(quoted: …) for text")
  package mutating func appendInterpolation(_ text: String) {}
}

/// An identifier that stands for the name of a record or a zone.
package struct HCLName: Equatable, Sendable {
  package let text: String

  /// Letters, digits and hyphens stay; a full stop becomes `_`, an underscore two of them, `*`
  /// `star`; whatever else there is goes. The kind in front keeps it from beginning with a digit.
  package init(_ kind: StaticString, _ name: String) {
    var text = kind.description + "_"
    for scalar in name.lowercased().unicodeScalars {
      switch scalar {
      case "a"..."z", "0"..."9", "-": text.unicodeScalars.append(scalar)
      case ".": text += "_"
      case "_": text += "__"
      case "*": text += "star"
      default: break
      }
    }
    self.text = text
  }
}

/// Terraform's configuration: comments and blocks. ASCII except in comments, LF.
package struct HCLFile: ArtifactDocument {
  /// What an attribute is set to.
  package enum Value: Sendable {
    case text(String)
    case number(Int)
    case expression(HCLText)
    case list([String])
    /// A block without labels in place of an attribute.
    case block([(StaticString, Value)])

    fileprivate var isBlock: Bool { if case .block = self { true } else { false } }
  }

  private var lines: [String] = []

  package init() {}

  /// Sets off what follows; never two lines.
  package mutating func blank() {
    if let last = lines.last, !last.isEmpty { lines.append("") }
  }

  package mutating func comment(_ text: String) {
    let line = text.asCommentLine
    lines.append(line.isEmpty ? "#" : "# " + line)
  }

  /// A comment right above stays there.
  ///
  /// - Parameter head: the block's type with its labels.
  package mutating func block(_ head: HCLText, _ attributes: [(StaticString, Value)]) {
    if let last = lines.last, !last.hasPrefix("#") { blank() }
    add(head.text, attributes, indent: "")
  }

  private mutating func add(_ head: String, _ attributes: [(StaticString, Value)], indent: String) {
    lines.append(indent + head + " {")
    let width = attributes.lazy.filter { !$0.1.isBlock }.map { $0.0.description.utf8.count }.max()
    for (name, value) in attributes {
      let start = indent + "  " + name.description.padded(to: width ?? 0) + " = "
      switch value {
      case .text(let text): lines.append(start + "\"" + Self.escaped(text) + "\"")
      case .number(let number): lines.append(start + String(number))
      case .expression(let expression): lines.append(start + expression.text)
      case .list(let items):
        lines.append(start + "[")
        lines += items.map { indent + "    \"" + Self.escaped($0) + "\"," }
        lines.append(indent + "  ]")
      case .block(let inner): add(name.description, inner, indent: indent + "  ")
      }
    }
    lines.append(indent + "}")
  }

  package var bytes: [UInt8] { Array((lines.joined(separator: "\n") + "\n").utf8) }

  /// The inside of a quoted template, in which `${` and `%{` would begin what Terraform evaluates.
  ///
  /// The escape by doubling is for what is closed again: some readers look for the end. What is
  /// hidden is written as a number.
  static func escaped(_ value: String) -> String {
    var result = ""
    var previous: Unicode.Scalar? = nil
    let lastBrace = value.unicodeScalars.lastIndex(of: "}")
    for index in value.unicodeScalars.indices {
      let scalar = value.unicodeScalars[index]
      switch scalar {
      case "\"": result += "\\\""
      case "\\": result += "\\\\"
      case "\n": result += "\\n"
      case "\r": result += "\\r"
      case "\t": result += "\\t"
      case "{" where previous == "$" || previous == "%":
        if let lastBrace, index < lastBrace {
          // The doubled sign is the escape; a further one in front stands for itself.
          result.unicodeScalars.append(previous ?? "$")
          result += "{"
        } else {
          result += "\\u007b"
        }
      default:
        if scalar.isHidden {
          let digits = String(scalar.value, radix: 16)
          let (mark, width) = scalar.value > 0xFFFF ? ("\\U", 8) : ("\\u", 4)
          result += mark + String(repeating: "0", count: width - digits.count) + digits
        } else {
          result.unicodeScalars.append(scalar)
        }
      }
      previous = scalar
    }
    return result
  }
}
