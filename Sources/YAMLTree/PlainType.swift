/// What some YAML reader, of version 1.1 or 1.2, would take a plain scalar for.
package enum PlainType: Sendable {
  case string
  case null
  case bool
  case integer
  case float
  /// A date with a time of day.
  case timestamp
  case date
  /// `=`, which YAML 1.1 knows as the default value.
  case value
  /// `<<`, which YAML 1.1 knows as the merge key.
  case merge
}

/// Sources: YAML 1.2.2 section 10; yaml.org/type of YAML 1.1; RFC 3339.
extension PlainType {
  init(of bytes: Span<UInt8>) {
    guard bytes.count > 0 else {
      self = .null
      return
    }
    let first = bytes[0]
    switch first {
    case UInt8(ascii: "0")...UInt8(ascii: "9"):
      self = Self.dateOrTime(bytes) ?? Self.number(bytes, from: 0) ?? .string
    case UInt8(ascii: "+"), UInt8(ascii: "-"):
      self = Self.number(bytes, from: 1) ?? .string
    case UInt8(ascii: "."):
      self = Self.number(bytes, from: 0) ?? .string
    case UInt8(ascii: "~"): self = bytes.count == 1 ? .null : .string
    case UInt8(ascii: "="): self = bytes.count == 1 ? .value : .string
    case UInt8(ascii: "<"): self = bytes.isText("<<") ? .merge : .string
    default: self = Self.word(bytes)
    }
  }

  /// `null`, `true`, `yes`, `on`, `y` and their likes, in lower case, capitals or with a capital.
  private static func word(_ bytes: Span<UInt8>) -> PlainType {
    guard bytes.count <= 5, bytes.hasWordCase else { return .string }
    for word in ["y", "n", "no", "on", "yes", "off", "true", "false"]
    where bytes.isText(word, foldingCase: true) {
      return .bool
    }
    return bytes.isText("null", foldingCase: true) ? .null : .string
  }

  /// A number after its sign.
  private static func number(_ bytes: Span<UInt8>, from start: Int) -> PlainType? {
    let body = bytes.extracting(start..<bytes.count)
    guard body.count > 0 else { return nil }
    if body[0] == UInt8(ascii: ".") {
      let word = body.extracting(1..<body.count)
      if word.hasWordCase || word.isText("NaN") {
        if word.isText("inf", foldingCase: true) { return .float }
        if word.isText("nan", foldingCase: true), start == 0 { return .float }
      }
    }
    if body.count > 2, body[0] == UInt8(ascii: "0") {
      let digits = body.extracting(2..<body.count)
      switch body[1] {
      case UInt8(ascii: "x") where digits.all({ $0.isHexDigit || $0 == UInt8(ascii: "_") }):
        return .integer
      case UInt8(ascii: "o") where digits.all({ $0.isDigit || $0 == UInt8(ascii: "_") }):
        return .integer
      case UInt8(ascii: "b")
      where digits.all({ $0 == 0x30 || $0 == 0x31 || $0 == UInt8(ascii: "_") }):
        return .integer
      default: break
      }
    }
    return decimal(body)
  }

  /// Digits with underscores, a fraction, an exponent, or sexagesimal parts after colons.
  private static func decimal(_ body: Span<UInt8>) -> PlainType? {
    var index = 0
    var digits = 0
    func isPart(_ byte: UInt8) -> Bool { byte.isDigit || byte == UInt8(ascii: "_") }
    while index < body.count, isPart(body[index]) {
      if body[index].isDigit { digits += 1 }
      index += 1
    }
    if digits == 0, index > 0 { return nil }
    var isSexagesimal = false
    while digits > 0, index + 1 < body.count, body[index] == UInt8(ascii: ":"),
      body[index + 1].isDigit
    {
      var end = index + 1
      while end < body.count, end < index + 3, body[end].isDigit { end += 1 }
      if end == index + 3, body[index + 1] > UInt8(ascii: "5") { return nil }
      index = end
      isSexagesimal = true
    }
    guard index < body.count else { return .integer }
    if body[index] == UInt8(ascii: ".") {
      index += 1
      while index < body.count, isPart(body[index]) {
        if body[index].isDigit { digits += 1 }
        index += 1
      }
      guard digits > 0 else { return nil }
      if index == body.count { return .float }
    }
    guard digits > 0, !isSexagesimal, body[index] | 0x20 == UInt8(ascii: "e") else { return nil }
    index += 1
    if index < body.count, body[index] == UInt8(ascii: "+") || body[index] == UInt8(ascii: "-") {
      index += 1
    }
    let exponent = body.extracting(index..<body.count)
    return exponent.count > 0 && exponent.all { $0.isDigit } ? .float : nil
  }

  /// `2026-01-31`, or that with a time of day; YAML 1.1 allows one digit for month, day and hour.
  private static func dateOrTime(_ bytes: Span<UInt8>) -> PlainType? {
    var index = 0
    func digits(_ range: ClosedRange<Int>) -> Int? {
      let start = index
      while index < bytes.count, bytes[index].isDigit, index - start < range.upperBound {
        index += 1
      }
      return index - start >= range.lowerBound ? index - start : nil
    }
    func skip(_ byte: UInt8) -> Bool {
      guard index < bytes.count, bytes[index] == byte else { return false }
      index += 1
      return true
    }
    guard digits(4...4) != nil, skip(UInt8(ascii: "-")), let month = digits(1...2),
      skip(UInt8(ascii: "-")), let day = digits(1...2)
    else { return nil }
    if index == bytes.count { return month == 2 && day == 2 ? .date : nil }
    if bytes[index] | 0x20 == UInt8(ascii: "t") {
      index += 1
    } else {
      guard bytes[index].isBlank else { return nil }
      while index < bytes.count, bytes[index].isBlank { index += 1 }
    }
    guard digits(1...2) != nil, skip(UInt8(ascii: ":")), digits(2...2) != nil,
      skip(UInt8(ascii: ":")), digits(2...2) != nil
    else { return nil }
    if skip(UInt8(ascii: ".")) {
      while index < bytes.count, bytes[index].isDigit { index += 1 }
    }
    while index < bytes.count, bytes[index].isBlank { index += 1 }
    if index == bytes.count { return .timestamp }
    if bytes[index] | 0x20 == UInt8(ascii: "z") {
      return index + 1 == bytes.count ? .timestamp : nil
    }
    guard skip(UInt8(ascii: "+")) || skip(UInt8(ascii: "-")), digits(1...2) != nil else {
      return nil
    }
    if skip(UInt8(ascii: ":")), digits(2...2) == nil { return nil }
    return index == bytes.count ? .timestamp : nil
  }
}
