extension UInt8 {
  var isDigit: Bool { self >= 0x30 && self <= 0x39 }

  var isLetter: Bool { (self | 0x20) >= 0x61 && (self | 0x20) <= 0x7A }

  var isHexDigit: Bool { isDigit || (self | 0x20) >= 0x61 && (self | 0x20) <= 0x66 }

  /// Blank or tab.
  var isBlank: Bool { self == 0x20 || self == 0x09 }

  var isLineEnd: Bool { self == 0x0A || self == 0x0D }

  var isWhite: Bool { isBlank || isLineEnd }

  /// The letter in lower case; every other byte as it is.
  var lowercased: UInt8 { self >= 0x41 && self <= 0x5A ? self | 0x20 : self }
}

extension Span where Element == UInt8 {
  /// Whether the bytes are this ASCII text.
  func isText(_ text: String, foldingCase: Bool = false) -> Bool {
    let utf8 = text.utf8
    guard utf8.count == count else { return false }
    var index = 0
    for byte in utf8 {
      let own = foldingCase ? self[index].lowercased : self[index]
      if own != byte { return false }
      index += 1
    }
    return true
  }

  func all(_ condition: (UInt8) -> Bool) -> Bool {
    for index in 0..<count where !condition(self[index]) { return false }
    return true
  }

  /// Whether all is ASCII letters, in lower case, in capitals, or with one capital in front.
  var hasWordCase: Bool {
    var upper = 0
    for index in 0..<count {
      guard self[index].isLetter else { return false }
      if self[index] < 0x60 { upper += 1 }
    }
    return upper == 0 || upper == count || upper == 1 && self[0] < 0x60
  }
}
