internal import SourceText

/// Text for a terminal. What mgc says itself is a literal; what people wrote enters only as
/// `\(text: …)`, which shows hidden characters as `\u{…}`. A runtime `String` does not compile as a
/// literal, so no file name and no value can paint the terminal.
package struct TerminalText: ExpressibleByStringInterpolation, Sendable {
  /// How a part looks where colors are on.
  package enum Style: Sendable {
    case bold, dim, red, yellow, cyan

    fileprivate var sequence: StaticString {
      switch self {
      case .bold: "\u{1B}[1m"
      case .dim: "\u{1B}[2m"
      case .red: "\u{1B}[31m"
      case .yellow: "\u{1B}[33m"
      case .cyan: "\u{1B}[36m"
      }
    }
  }

  private struct Run {
    var text: String
    var styles: [Style]
  }

  private var runs: [Run] = []

  package init(stringLiteral value: StaticString) { append(value.description, []) }

  package init(stringInterpolation: StringInterpolation) { self = stringInterpolation.result }

  /// The same text with a style added to all of it.
  package func styled(_ styles: Style...) -> TerminalText {
    var copy = self
    for index in copy.runs.indices { copy.runs[index].styles += styles }
    return copy
  }

  package static func + (left: TerminalText, right: TerminalText) -> TerminalText {
    var result = left
    result += right
    return result
  }

  package static func += (left: inout TerminalText, right: TerminalText) {
    left.runs += right.runs
  }

  private mutating func append(_ text: String, _ styles: [Style]) {
    if !text.isEmpty { runs.append(Run(text: text, styles: styles)) }
  }

  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var result: TerminalText = ""

    package init(literalCapacity: Int, interpolationCount: Int) {}

    package mutating func appendLiteral(_ literal: StaticString) {
      result.append(literal.description, [])
    }

    /// Text that people wrote, with its hidden characters shown.
    package mutating func appendInterpolation(text: String) { result.append(text.visible, []) }

    package mutating func appendInterpolation(_ number: Int) { result.append(String(number), []) }

    /// A number that ends at a column.
    package mutating func appendInterpolation(_ number: Int, width: Int) {
      let digits = String(number)
      result.append(String(repeating: " ", count: max(0, width - digits.count)) + digits, [])
    }

    /// A literal `count` times.
    package mutating func appendInterpolation(repeating literal: StaticString, _ count: Int) {
      result.append(String(repeating: literal.description, count: max(0, count)), [])
    }

    package mutating func appendInterpolation(_ part: TerminalText, _ styles: Style...) {
      for run in part.runs { result.append(run.text, run.styles + styles) }
    }

    @available(*, unavailable, message: "write \\(text: …), which shows hidden characters")
    package mutating func appendInterpolation(_ text: String) {}
  }

  /// The text as it goes to the terminal. No line of it is a command to a build service that reads
  /// logs: where one begins with `::` or holds `##[`, that mark is shown as `\u{…}`.
  package func rendered(colors: Bool) -> String {
    let marks = Self.commandMarks(in: runs.lazy.flatMap(\.text.unicodeScalars))
    var result = String.UnicodeScalarView()
    var index = 0
    var next = marks.startIndex
    for run in runs {
      let styles = colors ? run.styles : []
      for style in styles { result.append(contentsOf: style.sequence.description.unicodeScalars) }
      for scalar in run.text.unicodeScalars {
        if next < marks.endIndex, marks[next] == index {
          result.append(contentsOf: Self.escaped(scalar).unicodeScalars)
          next += 1
        } else {
          result.append(scalar)
        }
        index += 1
      }
      if !styles.isEmpty { result.append(contentsOf: "\u{1B}[0m".unicodeScalars) }
    }
    return String(result)
  }

  /// `\u{…}` for a scalar.
  static func escaped(_ scalar: Unicode.Scalar) -> String {
    "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
  }

  /// The indices, rising, of the scalars that would make a build service take a line as a command:
  /// GitHub's `::name::` after any white space, `##[name]` and Azure's `##vso[…]` anywhere.
  static func commandMarks(in scalars: some Sequence<Unicode.Scalar>) -> [Int] {
    var marks: [Int] = []
    var atLineStart = true
    var colon: Int?
    var hashes = Hashes.none
    for (index, scalar) in scalars.enumerated() {
      if scalar == ":", colon == index - 1 { marks.append(index - 1) }
      colon = scalar == ":" && atLineStart ? index : nil
      if scalar == "\n" || scalar == "\r" {
        atLineStart = true
      } else if atLineStart, !scalar.properties.isWhitespace {
        atLineStart = false
      }

      switch (scalar, hashes) {
      case ("#", .one), ("#", .two(_, named: false)): hashes = .two(index - 1, named: false)
      case ("#", _): hashes = .one
      case ("[", .two(let first, _)):
        marks.append(first)
        hashes = .none
      case ("a"..."z", .two(let first, _)), ("-", .two(let first, _)):
        hashes = .two(first, named: true)
      default: hashes = .none
      }
    }
    return marks
  }

  /// How much of `##name[` was read; `two` holds where it begins.
  private enum Hashes {
    case none, one
    case two(Int, named: Bool)
  }
}
