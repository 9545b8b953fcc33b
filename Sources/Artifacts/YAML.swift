internal import SourceText

/// Marks text of YAML 1.2.
package enum YAMLSyntax: OutputSyntax {}

/// Text of YAML: `"- exchange: \(scalar: host)"`. Never write quotes around an interpolation: it
/// brings its own where they are needed.
package typealias YAMLText = OutputText<YAMLSyntax>

extension OutputText.Interpolation where Syntax == YAMLSyntax {
  /// A text as a key or a value, in block and in flow context. Readers of YAML 1.1 and 1.2 read back
  /// exactly these characters, as a string.
  package mutating func appendInterpolation(scalar value: String) {
    append(escaped: YAMLScalar(value).text)
  }

  /// The same, in quotes whatever the text is.
  package mutating func appendInterpolation(quoted value: String) {
    append(escaped: YAMLScalar.quoted(value))
  }

  /// A date and time (RFC 3339) without quotes; text of another form as a scalar.
  package mutating func appendInterpolation(time value: String) {
    let isPlain =
      value.utf8.first.map { (0x30...0x39).contains($0) } == true
      && value.utf8.allSatisfy { (0x30...0x3A).contains($0) || "TZ+-".utf8.contains($0) }
      && value.utf8.last != 0x3A
    append(escaped: isPlain ? value : YAMLScalar(value).text)
  }

  package mutating func appendInterpolation(_ number: Int) { append(escaped: String(number)) }

  /// `true` or `false`.
  package mutating func appendInterpolation(flag: Bool) { append(escaped: flag ? "true" : "false") }

  /// A literal `count` times, such as blanks of an indentation.
  package mutating func appendInterpolation(repeating literal: StaticString, _ count: Int) {
    append(escaped: String(repeating: literal.description, count: max(0, count)))
  }

  @available(*, unavailable, message: "write \\(scalar: …) for text, or YAMLText.comment")
  package mutating func appendInterpolation(_ text: String) {}
}

extension OutputText where Syntax == YAMLSyntax {
  /// A comment to the end of the line; whatever is hidden in the text is shown as `\u{…}`.
  package static func comment(_ text: String) -> Self {
    let line = text.asCommentLine
    return Self(escaped: line.isEmpty ? "#" : "# " + line)
  }
}
