internal import SourceText

/// A workflow command of GitHub Actions on one line: `"::error file=\(property: name)::\(message:
/// text)"`. What mgc says itself is a literal; what people wrote enters only in the escapes of its
/// place. Hidden characters, line ends among them, are shown as `\u{…}`.
///
/// The escapes are those of GitHub's own toolkit (actions/toolkit, packages/core/src/command.ts).
package struct GitHubCommand: ExpressibleByStringInterpolation, Sendable {
  private var text: String

  /// The command with its final LF.
  package var line: String { text + "\n" }

  package init(stringLiteral value: StaticString) { text = value.description }

  package init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

  package static func + (left: GitHubCommand, right: GitHubCommand) -> GitHubCommand {
    var result = left
    result.text += right.text
    return result
  }

  package static func += (left: inout GitHubCommand, right: GitHubCommand) { left = left + right }

  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text = ""

    package init(literalCapacity: Int, interpolationCount: Int) {}

    package mutating func appendLiteral(_ literal: StaticString) { text += literal.description }

    /// Text of the message, which ends the line.
    package mutating func appendInterpolation(message: String) {
      append(message) { $0 == "%" }
    }

    /// The value of a property, which a comma or a colon would end.
    package mutating func appendInterpolation(property: String) {
      append(property) { $0 == "%" || $0 == ":" || $0 == "," }
    }

    package mutating func appendInterpolation(_ number: Int) { text += String(number) }

    package mutating func appendInterpolation(_ part: GitHubCommand) { text += part.text }

    @available(*, unavailable, message: "write \\(message: …), or \\(property: …) for a property")
    package mutating func appendInterpolation(_ text: String) {}

    private mutating func append(_ value: String, _ mustEscape: (Unicode.Scalar) -> Bool) {
      for scalar in value.visible.unicodeScalars {
        if mustEscape(scalar) {
          text += "%" + String(scalar.value, radix: 16, uppercase: true)
        } else {
          text.unicodeScalars.append(scalar)
        }
      }
    }
  }
}
