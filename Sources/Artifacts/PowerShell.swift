internal import SourceText

/// Marks text of PowerShell.
package enum PowerShellSyntax: OutputSyntax {
  /// Two quoted strings that touch are one string, and `@'` opens a here-string.
  package static func joint(_ left: UInt8, _ right: UInt8) -> StaticString? {
    (left == 0x27 || left == 0x40) && right == 0x27 ? " " : nil
  }
}

/// PowerShell code: `"New-InboundConnector -Name \(quoted: name) -Enabled \(bool: false)"`.
/// Never write quotes around an interpolation: it brings its own.
package typealias PowerShell = OutputText<PowerShellSyntax>

extension OutputText.Interpolation where Syntax == PowerShellSyntax {
  /// A string. PowerShell reads back exactly these characters.
  package mutating func appendInterpolation(quoted value: String) {
    append(escaped: PowerShellLiteral.string(value))
  }

  /// An array of strings: `@('a', 'b')`.
  package mutating func appendInterpolation(list values: [String]) {
    append(
      escaped: "@(" + values.map(PowerShellLiteral.string).joined(separator: ", ") + ")")
  }

  /// `$true` or `$false`.
  package mutating func appendInterpolation(bool value: Bool) {
    append(escaped: value ? "$true" : "$false")
  }

  package mutating func appendInterpolation(_ number: Int) {
    append(escaped: number < 0 ? "(\(number))" : String(number))
  }

  @available(
    *, unavailable,
    message: "write \\(quoted: …), or \\(list: …) for an array; code is a PowerShell value"
  )
  package mutating func appendInterpolation(_ text: String) {}
}

extension OutputText where Syntax == PowerShellSyntax {
  /// A comment of one line; whatever is hidden in the text is shown as `\u{…}`.
  package static func comment(_ text: String) -> Self {
    let line = text.asCommentLine
    if line.isEmpty { return Self(escaped: "#") }
    // `#Requires` acts wherever it stands, and a signature block ends the script.
    let letters = line.unicodeScalars.drop { !($0.isASCII && $0.properties.isAlphabetic) }
    let word = String(letters.prefix(8)).lowercased()
    let acts = word.hasPrefix("requires") || word.hasPrefix("sig")
    return Self(escaped: (acts ? "# : " : "# ") + line)
  }
}

enum PowerShellLiteral {
  /// More terms than this are grouped, so that the depth of the expression stays small.
  private static let group = 64

  /// The value in single quotes, where only single quotes have a meaning; hidden characters are
  /// joined on as numbers: `('a' + [char]0x001B + 'b')`.
  static func string(_ value: String) -> String {
    guard value.unicodeScalars.contains(where: \.isHidden) else {
      return quoted(value.unicodeScalars)
    }
    var terms: [String] = []
    var run = String.UnicodeScalarView()
    for scalar in value.unicodeScalars {
      if scalar.isHidden {
        if !run.isEmpty { terms.append(quoted(run)) }
        run = String.UnicodeScalarView()
        terms.append(number(scalar))
      } else {
        run.append(scalar)
      }
    }
    if !run.isEmpty { terms.append(quoted(run)) }
    while terms.count > group {
      terms = stride(from: 0, to: terms.count, by: group).map { start in
        sum(terms[start..<min(start + group, terms.count)])
      }
    }
    return sum(terms[...])
  }

  /// Each sum begins with a string: adding to a character would add numbers.
  private static func sum(_ terms: ArraySlice<String>) -> String {
    let head = terms.first.map { $0.hasPrefix("[") } ?? true ? "('' + " : "("
    return head + terms.joined(separator: " + ") + ")"
  }

  private static func number(_ scalar: Unicode.Scalar) -> String {
    let digits = String(scalar.value, radix: 16, uppercase: true)
    let hex = "0x" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    return scalar.value > 0xFFFF ? "[char]::ConvertFromUtf32(\(hex))" : "[char]\(hex)"
  }

  /// PowerShell takes five characters for a single quote (CharTraits.cs); doubling the same one
  /// keeps it (CodeGeneration.EscapeSingleQuotedStringContent).
  private static func quoted(_ scalars: String.UnicodeScalarView) -> String {
    var result = "'".unicodeScalars
    for scalar in scalars {
      switch scalar.value {
      case 0x27, 0x2018...0x201B: result.append(scalar)
      default: break
      }
      result.append(scalar)
    }
    result.append("'")
    return String(result)
  }
}
