/// What a secret looks like. Neither its text nor its line is ever shown.
///
/// Sources: RFC 7468 section 10 and 11 (private keys), the published patterns of Microsoft Entra
/// client secrets, Google OAuth client secrets and AWS access keys.
enum SecretPattern {
  /// The secret whose mark has its telling letter at `index`: the `~` of `8Q~`, the `X` of
  /// `GOCSPX-`, the `K` of `AKIA` or of `PRIVATE KEY-----`.
  static func range(in bytes: Span<UInt8>, at index: Int) -> Range<Int>? {
    switch bytes[index] {
    case 0x7E: entra(bytes, index)
    case 0x58: google(bytes, index)
    case 0x4B: amazon(bytes, index) ?? privateKey(bytes, index)
    default: nil
    }
  }

  /// Whether a text holds a secret.
  static func isFound(in bytes: Span<UInt8>) -> Bool {
    for index in 0..<bytes.count where range(in: bytes, at: index) != nil { return true }
    return false
  }

  /// Whether a key of this name holds a secret, in any spelling of capitals, `-` and `_`.
  static func isSecretName(_ bytes: Span<UInt8>) -> Bool {
    guard bytes.count >= 5, bytes.count <= 24 else { return false }
    if bytes[0] >= 0x80 { return bytes.isText("パスワード") }
    switch bytes[0] | 0x20 {
    case UInt8(ascii: "p"), UInt8(ascii: "s"), UInt8(ascii: "c"), UInt8(ascii: "a"),
      UInt8(ascii: "t"):
      break
    default: return false
    }
    var name: [UInt8] = []
    for index in 0..<bytes.count where bytes[index] != 0x2D && bytes[index] != 0x5F {
      name.append(bytes[index].lowercased)
    }
    let names = [
      "password", "passwd", "secret", "clientsecret", "apikey", "token", "accesstoken",
      "privatekey",
    ]
    let span = name.span
    for candidate in names where span.isText(candidate) { return true }
    return false
  }

  /// Whether a part of the bytes reads `password:` or the like, or the same with `=`.
  static func mentionsSecretName(_ bytes: Span<UInt8>) -> Bool {
    for index in 0..<bytes.count
    where bytes[index] == UInt8(ascii: ":") || bytes[index] == UInt8(ascii: "=") {
      var end = index
      while end > 0, bytes[end - 1].isBlank || bytes[end - 1] == 0x22 || bytes[end - 1] == 0x27 {
        end -= 1
      }
      var start = end
      while start > 0, end - start <= 24, isTokenByte(bytes[start - 1]) || bytes[start - 1] >= 0x80
      {
        start -= 1
      }
      if isSecretName(bytes.extracting(start..<end)) { return true }
    }
    return false
  }

  private static func isTokenByte(_ byte: UInt8) -> Bool {
    byte.isLetter || byte.isDigit || byte == 0x5F || byte == 0x2D
  }

  private static func isEntraByte(_ byte: UInt8) -> Bool {
    isTokenByte(byte) || byte == 0x7E || byte == 0x2E
  }

  private static func entra(_ bytes: Span<UInt8>, _ index: Int) -> Range<Int>? {
    guard index >= 5, bytes[index - 1] == UInt8(ascii: "Q"),
      bytes[index - 2] == UInt8(ascii: "7") || bytes[index - 2] == UInt8(ascii: "8"),
      isEntraByte(bytes[index - 3]), isEntraByte(bytes[index - 4]), isEntraByte(bytes[index - 5])
    else { return nil }
    let end = run(bytes, from: index + 1, limit: 64, isEntraByte)
    return end - index - 1 >= 31 ? index - 5..<end : nil
  }

  private static func google(_ bytes: Span<UInt8>, _ index: Int) -> Range<Int>? {
    guard has(bytes, "GOCSPX-", at: index - 5) else { return nil }
    let end = run(bytes, from: index + 2, limit: 64, isTokenByte)
    return end - index + 5 >= 28 ? index - 5..<end : nil
  }

  private static func amazon(_ bytes: Span<UInt8>, _ index: Int) -> Range<Int>? {
    guard has(bytes, "AKIA", at: index - 1) else { return nil }
    let end = run(bytes, from: index + 3, limit: 64) { $0.isDigit || $0 >= 0x41 && $0 <= 0x5A }
    return end - index - 3 >= 16 ? index - 1..<end : nil
  }

  /// From `-----BEGIN` to the matching `-----END … -----`, or over the lines of base64 that follow.
  private static func privateKey(_ bytes: Span<UInt8>, _ index: Int) -> Range<Int>? {
    guard has(bytes, "PRIVATE KEY", at: index - 8),
      has(bytes, "-----", at: index + 3) || has(bytes, " BLOCK-----", at: index + 3)
    else { return nil }
    var start = index - 8
    while start > 0, index - start < 64, !bytes[start - 1].isLineEnd {
      start -= 1
      if has(bytes, "-----BEGIN ", at: start) {
        return start..<endOfKey(bytes, from: index + 3)
      }
    }
    return nil
  }

  private static func endOfKey(_ bytes: Span<UInt8>, from start: Int) -> Int {
    var index = start
    let limit = min(bytes.count, start + 16_384)
    while index < limit {
      if bytes[index] == 0x2D {
        if has(bytes, "-----END ", at: index) {
          return run(bytes, from: index) { !$0.isLineEnd && $0 != 0x22 && $0 != 0x27 }
        }
        // Another key begins: searching past it would cost the square of their number.
        if has(bytes, "-----BEGIN ", at: index) { break }
      }
      index += 1
    }
    var end = run(bytes, from: start) { !$0.isLineEnd }
    while true {
      let line = run(bytes, from: end) { $0.isWhite || $0 == UInt8(ascii: "#") }
      let next = run(bytes, from: line) {
        $0.isLetter || $0.isDigit || $0 == 0x2B || $0 == 0x2F || $0 == 0x3D
      }
      guard next - line >= 16, next == bytes.count || bytes[next].isLineEnd else { return end }
      end = next
    }
  }

  private static func has(_ bytes: Span<UInt8>, _ text: String, at start: Int) -> Bool {
    guard start >= 0, start <= bytes.count - text.utf8.count else { return false }
    return bytes.extracting(start..<start + text.utf8.count).isText(text)
  }

  private static func run(
    _ bytes: Span<UInt8>, from start: Int, limit: Int = .max, _ condition: (UInt8) -> Bool
  ) -> Int {
    var index = start
    let end = min(bytes.count - start, limit) + start
    while index < end, condition(bytes[index]) { index += 1 }
    return index
  }
}
