/// What tells the text of one output language from that of another.
package protocol OutputSyntax: Sendable {
  /// What has to stand between two pieces so that they stay two, given the last byte of the left
  /// and the first byte of the right one. Nil where nothing has to.
  static func joint(_ left: UInt8, _ right: UInt8) -> StaticString?
}

extension OutputSyntax {
  package static func joint(_ left: UInt8, _ right: UInt8) -> StaticString? { nil }
}

/// Text of one output language. It is made of literals in mgc's own source, which are
/// `StaticString` so that no runtime `String` passes as one, and of values that the language's
/// interpolations escape. There is no other way to make it outside this room.
package struct OutputText<Syntax: OutputSyntax>: ExpressibleByStringInterpolation, Sendable {
  /// The text as it stands in the document.
  package private(set) var text: String

  package init(stringLiteral value: StaticString) { text = value.description }

  package init(stringInterpolation: Interpolation) { self = stringInterpolation.result }

  /// For the writers of this room: text that is safe because they made it so.
  init(escaped text: String) { self.text = text }

  package var isEmpty: Bool { text.isEmpty }

  package mutating func append(_ other: Self) { join(other.text) }

  package static func + (left: Self, right: Self) -> Self {
    var result = left
    result.append(right)
    return result
  }

  package static func += (left: inout Self, right: Self) { left.append(right) }

  fileprivate mutating func join(_ piece: String) {
    if let left = text.utf8.last, let right = piece.utf8.first,
      let joint = Syntax.joint(left, right)
    {
      text += joint.description
    }
    text += piece
  }

  /// Collects the pieces. Each language adds interpolations of its own in its file.
  package struct Interpolation: StringInterpolationProtocol {
    package typealias StringLiteralType = StaticString
    fileprivate var result = OutputText(escaped: "")

    package init(literalCapacity: Int, interpolationCount: Int) {
      result.text.reserveCapacity(literalCapacity + interpolationCount * 16)
    }

    package mutating func appendLiteral(_ literal: StaticString) {
      result.join(literal.description)
    }

    package mutating func appendInterpolation(_ text: OutputText) { result.append(text) }

    /// Whether what comes next begins a line.
    var beginsLine: Bool { result.text.isEmpty || result.text.utf8.last == 0x0A }

    /// For the writers of this room: text that is safe because they made it so.
    mutating func append(escaped text: String) { result.join(text) }
  }
}

extension Sequence {
  /// The texts with `separator` between them.
  package func joined<Syntax>(separator: OutputText<Syntax>) -> OutputText<Syntax>
  where Element == OutputText<Syntax> {
    var result = OutputText<Syntax>(escaped: "")
    for (index, element) in self.enumerated() {
      if index > 0 { result.append(separator) }
      result.append(element)
    }
    return result
  }
}
