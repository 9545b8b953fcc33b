/// A reader of PowerShell literals that shares nothing with the writer. It follows PowerShell's
/// tokenizer: five characters are single quotes, four are double quotes, four are dashes, a
/// comment ends at CR or LF. Anything but `$name = literal` and comments is an error.
package struct PowerShellLexer {
  package indirect enum Value: Equatable {
    case string([UInt8])
    case list([Value])
    case bool(Bool)
    case integer(Int)
    case character(UInt32)
  }

  package struct Unexpected: Error, CustomStringConvertible {
    package let description: String
  }

  private let scalars: [Unicode.Scalar]
  private var index = 0

  package init(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self).unicodeScalars
    scalars = Array(text.first == "\u{FEFF}" ? text.dropFirst() : text[...])
  }

  package static func isSingleQuote(_ scalar: Unicode.Scalar?) -> Bool {
    guard let scalar else { return false }
    return ["'", "\u{2018}", "\u{2019}", "\u{201A}", "\u{201B}"].contains(scalar)
  }

  package static func isDoubleQuote(_ scalar: Unicode.Scalar?) -> Bool {
    guard let scalar else { return false }
    return ["\"", "\u{201C}", "\u{201D}", "\u{201E}"].contains(scalar)
  }

  package static func isDash(_ scalar: Unicode.Scalar?) -> Bool {
    guard let scalar else { return false }
    return ["-", "\u{2013}", "\u{2014}", "\u{2015}"].contains(scalar)
  }

  /// The values of a script's assignments, in order.
  package mutating func assignments() throws -> [Value] {
    var values: [Value] = []
    while true {
      skip(lines: true)
      guard peek() != nil else { return values }
      try expect("$")
      while let scalar = peek(), scalar.properties.isAlphabetic { index += 1 }
      skip()
      try expect("=")
      values.append(try sum())
      skip()
      if let next = peek(), next != "\r", next != "\n" { throw unexpected("after a value") }
    }
  }

  /// The text of all literals of a whole script, in order. An error is whatever expands (double
  /// quotes, here-strings of both kinds), goes on by a backtick, is not ASCII outside of a literal
  /// or comment, or leaves a bracket open.
  package mutating func literals() throws -> [[UInt8]] {
    var texts: [[UInt8]] = []
    var open: [Unicode.Scalar] = []
    let closing: [Unicode.Scalar: Unicode.Scalar] = ["(": ")", "{": "}", "[": "]"]
    var startsToken = true
    while let scalar = peek() {
      if starts("<#") {
        while peek() != nil, !starts("#>") { index += 1 }
        try expect("#>")
        startsToken = true
        continue
      }
      if scalar == "#" {
        guard startsToken else { throw unexpected("within a word") }
        while let next = peek(), next != "\r", next != "\n" { index += 1 }
        continue
      }
      if scalar == "'" {
        texts.append(try string())
        startsToken = false
        continue
      }
      if scalar == "@", Self.isSingleQuote(peek(1)) || Self.isDoubleQuote(peek(1)) {
        throw unexpected("which is a here-string")
      }
      if Self.isDoubleQuote(scalar) || scalar == "`" || !scalar.isASCII {
        throw unexpected("in code")
      }
      if let close = closing[scalar] {
        open.append(close)
      } else if scalar == ")" || scalar == "}" || scalar == "]" {
        guard open.popLast() == scalar else { throw unexpected("closes nothing") }
      }
      startsToken = scalar.properties.isWhitespace || "(){};,|".unicodeScalars.contains(scalar)
      index += 1
    }
    guard open.isEmpty else { throw unexpected("with brackets open") }
    return texts
  }

  private func peek(_ offset: Int = 0) -> Unicode.Scalar? {
    index + offset < scalars.count ? scalars[index + offset] : nil
  }

  private func unexpected(_ place: String) -> Unexpected {
    let rest = String(String.UnicodeScalarView(scalars[index...].prefix(40)))
    return Unexpected(description: "\(rest.debugDescription) \(place)")
  }

  private mutating func skip(lines: Bool = false) {
    while let scalar = peek() {
      if scalar == "#" {
        while let next = peek(), next != "\r", next != "\n" { index += 1 }
      } else if scalar == " " || scalar == "\t" || lines && (scalar == "\r" || scalar == "\n") {
        index += 1
      } else {
        return
      }
    }
  }

  private mutating func expect(_ text: String) throws {
    for scalar in text.unicodeScalars {
      guard peek() == scalar else { throw unexpected("instead of \(text)") }
      index += 1
    }
  }

  private func starts(_ text: String) -> Bool {
    text.unicodeScalars.enumerated().allSatisfy { peek($0) == $1 }
  }

  /// A literal or several with `+` between them. PowerShell joins text only where the left side
  /// is text.
  private mutating func sum() throws -> Value {
    skip()
    var result = try primary()
    skip()
    while peek() == "+" {
      index += 1
      skip()
      guard case .string(let left) = result else { throw unexpected("after no text") }
      switch try primary() {
      case .string(let right): result = .string(left + right)
      case .character(let code):
        guard let scalar = Unicode.Scalar(code) else { throw unexpected("after no character") }
        result = .string(left + Array(String(scalar).utf8))
      default: throw unexpected("in a sum")
      }
      skip()
    }
    return result
  }

  private mutating func primary() throws -> Value {
    if Self.isSingleQuote(peek()) { return .string(try string()) }
    if Self.isDoubleQuote(peek()) { throw unexpected("which expands") }
    if peek() == "@" && (Self.isSingleQuote(peek(1)) || Self.isDoubleQuote(peek(1))) {
      throw unexpected("which is a here-string")
    }
    if starts("@(") { return .list(try list()) }
    if starts("$true") || starts("$false") {
      let value = starts("$true")
      try expect(value ? "$true" : "$false")
      return .bool(value)
    }
    if starts("[char]::ConvertFromUtf32(") {
      try expect("[char]::ConvertFromUtf32(")
      let code = try hexadecimal()
      try expect(")")
      guard let scalar = Unicode.Scalar(code) else { throw unexpected("after no character") }
      return .string(Array(String(scalar).utf8))
    }
    if starts("[char]") {
      try expect("[char]")
      let code = try hexadecimal()
      guard code <= 0xFFFF else { throw unexpected("after more than 16 bits") }
      return .character(code)
    }
    if peek() == "(" {
      index += 1
      let value = try sum()
      skip()
      try expect(")")
      return value
    }
    return .integer(try integer())
  }

  private mutating func string() throws -> [UInt8] {
    index += 1
    var text = String.UnicodeScalarView()
    while let scalar = peek() {
      index += 1
      if Self.isSingleQuote(scalar) {
        guard let next = peek(), Self.isSingleQuote(next) else { return Array(String(text).utf8) }
        index += 1
        text.append(next)
      } else {
        text.append(scalar)
      }
    }
    throw unexpected("within quotes")
  }

  private mutating func list() throws -> [Value] {
    try expect("@(")
    var values: [Value] = []
    skip()
    while peek() != ")" {
      if !values.isEmpty { try expect(",") }
      values.append(try sum())
      skip()
    }
    index += 1
    return values
  }

  private mutating func hexadecimal() throws -> UInt32 {
    try expect("0x")
    var digits = ""
    while let scalar = peek(), scalar.properties.isASCIIHexDigit {
      digits.unicodeScalars.append(scalar)
      index += 1
    }
    guard let code = UInt32(digits, radix: 16) else { throw unexpected("instead of digits") }
    return code
  }

  private mutating func integer() throws -> Int {
    var digits = ""
    if Self.isDash(peek()) {
      digits = "-"
      index += 1
    }
    while let scalar = peek(), ("0"..."9").contains(scalar) {
      digits.unicodeScalars.append(scalar)
      index += 1
    }
    guard let number = Int(digits) else { throw unexpected("instead of a value") }
    return number
  }
}
