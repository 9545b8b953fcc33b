/// An IPv4 or IPv6 address.
package struct IPAddress: Hashable, Sendable {
  package let isIPv4: Bool
  /// The address as a number, of 32 or 128 bits.
  package let bits: UInt128

  package init(v4 bits: UInt32) {
    isIPv4 = true
    self.bits = UInt128(bits)
  }

  package init(v6 bits: UInt128) {
    isIPv4 = false
    self.bits = bits
  }

  init(isIPv4: Bool, bits: UInt128) {
    self.isIPv4 = isIPv4
    self.bits = bits
  }

  /// Nil where the text is not an address; octets with leading zeros are none (some programs read
  /// them as octal).
  package init?(parsing text: String) {
    if text.utf8.contains(0x3A) {
      guard let bits = Self.parseV6(text) else { return nil }
      self.init(v6: bits)
    } else {
      guard let bits = Self.parseV4(text[...]) else { return nil }
      self.init(v4: bits)
    }
  }

  /// 32 or 128.
  package var width: Int { isIPv4 ? 32 : 128 }

  private static func parseV4(_ text: Substring) -> UInt32? {
    let octets = text.utf8.split(separator: 0x2E, omittingEmptySubsequences: false)
    guard octets.count == 4 else { return nil }
    var bits: UInt32 = 0
    for octet in octets {
      guard (1...3).contains(octet.count), octet.count == 1 || octet.first != 0x30 else {
        return nil
      }
      var value: UInt32 = 0
      for byte in octet {
        guard (0x30...0x39).contains(byte) else { return nil }
        value = value * 10 + UInt32(byte - 0x30)
      }
      guard value <= 255 else { return nil }
      bits = bits << 8 | value
    }
    return bits
  }

  private static func parseV6(_ text: String) -> UInt128? {
    guard text.utf8.count <= 45 else { return nil }
    if let gap = doubleColon(in: text) {
      guard let head = groups(text[..<gap.lowerBound], allowsV4: false),
        let tail = groups(text[gap.upperBound...], allowsV4: true),
        head.count + tail.count <= 7
      else { return nil }
      let zeros = [UInt16](repeating: 0, count: 8 - head.count - tail.count)
      return number(head + zeros + tail)
    }
    guard let all = groups(text[...], allowsV4: true), all.count == 8 else { return nil }
    return number(all)
  }

  private static func doubleColon(in text: String) -> Range<String.Index>? {
    var previous: String.Index? = nil
    for index in text.utf8.indices {
      if text.utf8[index] == 0x3A {
        if let start = previous { return start..<text.utf8.index(after: index) }
        previous = index
      } else {
        previous = nil
      }
    }
    return nil
  }

  private static func groups(_ text: Substring, allowsV4: Bool) -> [UInt16]? {
    if text.isEmpty { return [] }
    var result: [UInt16] = []
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    for (index, part) in parts.enumerated() {
      if part.utf8.contains(0x2E) {
        guard allowsV4, index == parts.count - 1, let v4 = parseV4(part) else { return nil }
        result.append(UInt16(v4 >> 16))
        result.append(UInt16(v4 & 0xFFFF))
      } else {
        guard (1...4).contains(part.utf8.count), part.utf8.allSatisfy({ $0.hexadecimal != nil }),
          let value = UInt16(part, radix: 16)
        else { return nil }
        result.append(value)
      }
    }
    return result
  }

  private static func number(_ groups: [UInt16]) -> UInt128 {
    groups.reduce(UInt128(0)) { $0 << 16 | UInt128($1) }
  }
}

extension IPAddress: Comparable {
  /// IPv4 first, then by number.
  package static func < (left: Self, right: Self) -> Bool {
    left.isIPv4 == right.isIPv4 ? left.bits < right.bits : left.isIPv4
  }
}

extension IPAddress: CustomStringConvertible {
  /// Dotted, or by RFC 5952.
  package var description: String {
    if isIPv4 {
      return [24, 16, 8, 0].map { String(bits >> UInt128($0) & 0xFF) }.joined(separator: ".")
    }
    let groups = (0..<8).map { UInt16(truncatingIfNeeded: bits >> UInt128(112 - 16 * $0)) }
    if groups[0...4].allSatisfy({ $0 == 0 }), groups[5] == 0xFFFF {
      return "::ffff:" + IPAddress(v4: UInt32(truncatingIfNeeded: bits)).description
    }
    let gap = Self.longestZeros(groups)
    func hexadecimal(_ part: ArraySlice<UInt16>) -> String {
      part.map { String($0, radix: 16) }.joined(separator: ":")
    }
    guard gap.count >= 2 else { return hexadecimal(groups[...]) }
    return hexadecimal(groups[..<gap.lowerBound]) + "::" + hexadecimal(groups[gap.upperBound...])
  }

  /// The first of the longest runs of zero groups.
  private static func longestZeros(_ groups: [UInt16]) -> Range<Int> {
    var best = 0..<0
    var start = 0
    for (index, group) in groups.enumerated() {
      if group != 0 {
        start = index + 1
      } else if index + 1 - start > best.count {
        best = start..<index + 1
      }
    }
    return best
  }
}

extension UInt8 {
  /// The value of a hexadecimal digit.
  var hexadecimal: UInt8? {
    switch self {
    case 0x30...0x39: self - 0x30
    case 0x41...0x46: self - 0x41 + 10
    case 0x61...0x66: self - 0x61 + 10
    default: nil
    }
  }
}
