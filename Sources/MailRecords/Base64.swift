/// Base64 with padding (RFC 4648 §4).
enum Base64 {
  private static let alphabet = Array(
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)

  static func encode(_ bytes: [UInt8]) -> String {
    var result: [UInt8] = []
    result.reserveCapacity((bytes.count + 2) / 3 * 4)
    for start in stride(from: 0, to: bytes.count, by: 3) {
      let count = min(3, bytes.count - start)
      var group = 0
      for index in 0..<3 { group = group << 8 | (index < count ? Int(bytes[start + index]) : 0) }
      for index in 0..<4 {
        result.append(index <= count ? alphabet[group >> (18 - 6 * index) & 63] : 0x3D)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }

  /// Blanks and line ends are skipped; nil for anything else that is not base64.
  static func decode(_ text: some Sequence<UInt8>) -> [UInt8]? {
    var result: [UInt8] = []
    var group = 0
    var digits = 0
    var padding = 0
    for byte in text {
      let digit: Int
      switch byte {
      case 0x20, 0x09...0x0D: continue
      case 0x3D:
        padding += 1
        continue
      case 0x41...0x5A: digit = Int(byte) - 0x41
      case 0x61...0x7A: digit = Int(byte) - 0x61 + 26
      case 0x30...0x39: digit = Int(byte) - 0x30 + 52
      case 0x2B: digit = 62
      case 0x2F: digit = 63
      default: return nil
      }
      guard padding == 0 else { return nil }
      group = (group << 6 | digit) & 0xFF_FFFF
      digits += 1
      if digits % 4 == 0 {
        result += [UInt8(group >> 16), UInt8(group >> 8 & 0xFF), UInt8(group & 0xFF)]
      }
    }
    switch (digits % 4, padding) {
    case (0, 0): break
    case (2, 2): result.append(UInt8(group >> 4 & 0xFF))
    case (3, 1): result += [UInt8(group >> 10 & 0xFF), UInt8(group >> 2 & 0xFF)]
    default: return nil
    }
    return result
  }
}
