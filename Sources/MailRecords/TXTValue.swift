/// The text of a TXT record: strings of ASCII octets (RFC 1035 §3.3.14), read as one.
package struct TXTValue: Hashable, Sendable {
  /// The longest single string, in octets (RFC 1035 §3.3.14).
  package static let maximumStringLength = 255

  /// The strings as they were written, each of 255 octets at most; never none.
  package let strings: [String]

  /// Splits the text at 255 octets. Nil where it has anything but ASCII.
  package init?(ascii text: String) {
    let octets = Array(text.utf8)
    guard octets.allSatisfy({ $0 < 0x80 }) else { return nil }
    guard octets.count > Self.maximumStringLength else {
      strings = [text]
      return
    }
    strings = stride(from: 0, to: octets.count, by: Self.maximumStringLength).map { start in
      let end = min(start + Self.maximumStringLength, octets.count)
      return String(decoding: octets[start..<end], as: UTF8.self)
    }
  }

  /// Keeps the strings as a zone has them, so that a change takes away just what is there. Nil
  /// where one is too long or has anything but ASCII.
  package init?(strings: [[UInt8]]) {
    guard
      strings.allSatisfy({ string in
        string.count <= Self.maximumStringLength && string.allSatisfy { $0 < 0x80 }
      })
    else { return nil }
    self.strings = strings.isEmpty ? [""] : strings.map { String(decoding: $0, as: UTF8.self) }
  }

  package var text: String { strings.count == 1 ? strings[0] : strings.joined() }

  /// The strings in quotes with blanks between them; inside, `\` and `"` are escaped, and what
  /// does not print stands as `\DDD`.
  package var presentation: String {
    strings.map(Self.quoted).joined(separator: " ")
  }

  /// Reads what `presentation` writes, and nothing else.
  package init?(presentation text: String) {
    var strings: [[UInt8]] = []
    var string: [UInt8]? = nil
    let bytes = Array(text.utf8)
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      switch (byte, string) {
      case (0x22, nil): string = []
      case (0x22, let done?):
        strings.append(done)
        string = nil
      case (0x20, nil): continue
      case (_, nil): return nil
      case (0x5C, _?):
        guard index < bytes.count else { return nil }
        if bytes[index] == 0x22 || bytes[index] == 0x5C {
          string?.append(bytes[index])
          index += 1
        } else {
          let digits = bytes[index...].prefix(3)
          guard digits.count == 3, digits.allSatisfy({ (0x30...0x39).contains($0) }),
            let octet = UInt8(String(decoding: digits, as: UTF8.self))
          else { return nil }
          string?.append(octet)
          index += 3
        }
      case (_, _?): string?.append(byte)
      }
    }
    guard string == nil, !strings.isEmpty else { return nil }
    self.init(strings: strings)
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

/// Where the text is split has no meaning to those who read it (RFC 7208 §3.3, RFC 6376 §3.6.2.2).
extension TXTValue {
  package static func == (left: Self, right: Self) -> Bool { left.text == right.text }

  package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

extension TXTValue: CustomStringConvertible {
  package var description: String { text }
}
