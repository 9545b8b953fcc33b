/// The text of a TXT record: ASCII octets, with the strings joined (RFC 7208 §3.3).
package struct TXTValue: Hashable, Sendable {
  /// The longest single string, in octets (RFC 1035 §3.3.14).
  package static let maximumStringLength = 255

  package let text: String

  /// Nil where the text has anything but ASCII.
  package init?(ascii text: String) {
    guard text.utf8.allSatisfy({ $0 < 0x80 }) else { return nil }
    self.text = text
  }

  /// The text split at 255 octets; one empty string where the text is empty.
  package var strings: [String] {
    let octets = Array(text.utf8)
    guard octets.count > Self.maximumStringLength else { return [text] }
    return stride(from: 0, to: octets.count, by: Self.maximumStringLength).map { start in
      let end = min(start + Self.maximumStringLength, octets.count)
      return String(decoding: octets[start..<end], as: UTF8.self)
    }
  }

  /// The strings in quotes with blanks between them; inside, `\` and `"` are escaped, and what
  /// does not print stands as `\DDD`.
  package var presentation: String {
    strings.map(Self.quoted).joined(separator: " ")
  }

  private static func quoted(_ string: String) -> String {
    var result: [UInt8] = [0x22]
    for byte in string.utf8 {
      switch byte {
      case 0x22, 0x5C: result += [0x5C, byte]
      case 0x20...0x7E: result.append(byte)
      default: result.appendDecimalEscape(byte)
      }
    }
    result.append(0x22)
    return String(decoding: result, as: UTF8.self)
  }
}

extension TXTValue: CustomStringConvertible {
  package var description: String { text }
}
