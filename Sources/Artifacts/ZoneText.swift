/// Marks text of zone data (RFC 1035 section 5).
package enum ZoneSyntax: OutputSyntax {
  package static func joint(_ left: UInt8, _ right: UInt8) -> StaticString? {
    left == 0x22 && right == 0x22 ? " " : nil
  }
}

/// A word of zone data that is neither a name nor text, such as a type or an address.
package typealias ZoneToken = OutputText<ZoneSyntax>

extension OutputText.Interpolation where Syntax == ZoneSyntax {
  package mutating func appendInterpolation(_ name: ZoneName) { append(escaped: name.text) }

  package mutating func appendInterpolation(_ number: Int) { append(escaped: String(number)) }

  /// A character string in double quotes.
  package mutating func appendInterpolation(quoted value: String) {
    append(escaped: ZoneDatum.quotedStrings([value]).pieces.joined(separator: " "))
  }

  /// The mnemonic of a type; what is no letter, digit or hyphen is left out.
  package mutating func appendInterpolation(type name: String) {
    append(
      escaped: String(
        decoding: name.utf8.filter { byte in
          switch byte {
          case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D: true
          default: false
          }
        }, as: UTF8.self))
  }

  @available(
    *, unavailable, message: "write \\(ZoneName(…)) for a name, \\(quoted: …) for other text"
  )
  package mutating func appendInterpolation(_ text: String) {}
}

extension OutputText where Syntax == ZoneSyntax {
  /// An IPv4 address in dotted form; the first octet is the highest.
  package init(ipv4 address: UInt32) {
    self.init(
      escaped: stride(from: 24, through: 0, by: -8).map { String((address >> $0) & 0xFF) }
        .joined(separator: "."))
  }

  /// An IPv6 address as eight groups, not shortened.
  package init(ipv6 high: UInt64, _ low: UInt64) {
    let groups = [high, low].flatMap { half in
      stride(from: 48, through: 0, by: -16).map { String((half >> $0) & 0xFFFF, radix: 16) }
    }
    self.init(escaped: groups.joined(separator: ":"))
  }

  /// Octets in hexadecimal digits, as in TLSA.
  package init(hexadecimal octets: [UInt8]) {
    self.init(
      escaped: octets.map { ($0 < 0x10 ? "0" : "") + String($0, radix: 16) }.joined())
  }
}

/// A domain name in zone data, always absolute, so that no origin is ever added to it.
package struct ZoneName: Equatable, Sendable {
  let text: String

  /// A name as people write it, with or without the last full stop. Whatever is not a letter, a
  /// digit, `-`, `_` or `*` is escaped as `\DDD`; empty labels are left out. Labels over 63 and
  /// names over 255 octets do not exist in the DNS; what makes names refuses them.
  package init(_ name: String) {
    self.init(labels: name.utf8.split(separator: 0x2E).map { Array($0) })
  }

  /// A name as zone files have it: `\DDD` is an octet, and a backslash before anything else holds
  /// back what that means (RFC 1035 section 5.1).
  package init(presentation name: String) {
    let bytes = Array(name.utf8)
    var labels: [[UInt8]] = [[]]
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == 0x2E {
        labels.append([])
      } else if byte == 0x5C, index < bytes.count {
        let digits = bytes[index...].prefix(3).filter { (0x30...0x39).contains($0) }
        let number = digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
        if digits.count == 3, let octet = UInt8(exactly: number) {
          labels[labels.count - 1].append(octet)
          index += 3
        } else {
          labels[labels.count - 1].append(bytes[index])
          index += 1
        }
      } else {
        labels[labels.count - 1].append(byte)
      }
    }
    self.init(labels: labels)
  }

  /// A name from labels, which may contain full stops.
  package init(labels: [[UInt8]]) {
    var text = ""
    for label in labels where !label.isEmpty {
      for byte in label {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x5F, 0x2A:
          text.unicodeScalars.append(Unicode.Scalar(byte))
        default: text += byte.zoneEscape
        }
      }
      text += "."
    }
    self.text = text.isEmpty ? "." : text
  }
}

/// A part of a record's data.
package enum ZoneDatum: Sendable {
  case name(ZoneName)
  case integer(Int)
  /// Character strings; one over 255 octets becomes several.
  case quotedStrings([String])
  case token(ZoneToken)
  /// Data that a zone file has already, quotes and escapes among it.
  case presentation(String)

  /// The data as it is written, one piece a character string.
  var pieces: [String] {
    switch self {
    case .name(let name): [name.text]
    case .integer(let number): [String(number)]
    case .token(let token): [token.text]
    case .presentation(let text): [Self.onOneLine(text)]
    case .quotedStrings(let strings):
      strings.isEmpty ? ["\"\""] : strings.flatMap(Self.quoted)
    }
  }

  /// What a zone file has, so that it stays one line and one record: outside of quotes, `;` and
  /// parentheses are escaped, and a quote that is open is closed.
  private static func onOneLine(_ text: String) -> String {
    var result = ""
    var isQuoted = false
    var isEscaped = false
    for byte in text.utf8 {
      switch byte {
      case 0x20...0x7E:
        let isSpecial = byte == 0x3B || byte == 0x28 || byte == 0x29
        if isSpecial, !isQuoted, !isEscaped { result += "\\" }
        if byte == 0x22, !isEscaped { isQuoted.toggle() }
        isEscaped = byte == 0x5C && !isEscaped
        result.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        // A backslash before what does not print would escape the escape's own backslash.
        if isEscaped { result += "\\" }
        isEscaped = false
        result += byte.zoneEscape
      }
    }
    if isEscaped { result += "\\" }
    return isQuoted ? result + "\"" : result
  }

  private static func quoted(_ string: String) -> [String] {
    var pieces: [String] = []
    var piece = "\""
    var octets = 0
    for byte in string.utf8 {
      if octets == 255 {
        pieces.append(piece + "\"")
        piece = "\""
        octets = 0
      }
      switch byte {
      case 0x22: piece += "\\\""
      case 0x5C: piece += "\\\\"
      case 0x20...0x7E: piece.unicodeScalars.append(Unicode.Scalar(byte))
      default: piece += byte.zoneEscape
      }
      octets += 1
    }
    pieces.append(piece + "\"")
    return pieces
  }
}

extension UInt8 {
  /// `\DDD`, three decimal digits (RFC 1035 section 5.1).
  fileprivate var zoneEscape: String {
    "\\" + (self < 10 ? "00" : self < 100 ? "0" : "") + String(self)
  }
}
