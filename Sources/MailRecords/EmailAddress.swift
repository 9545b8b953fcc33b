/// Why a text is not a mail address.
package enum EmailAddressError: Error, Hashable, Sendable {
  case empty
  case missingAt
  case emptyLocalPart
  /// More than 64 octets (RFC 5321 §4.5.3.1.1).
  case localPartTooLong
  /// A dot at an edge of the local part, or two in a row.
  case misplacedDot
  /// The local part is in quotes, which few systems take.
  case quotedLocalPart
  case badCharacter(Unicode.Scalar)
  case domain(DomainNameError)
}

/// A mail address: a dot-atom (RFC 5322 §3.2.3) of ASCII, whose case is kept, at a domain.
package struct EmailAddress: Hashable, Sendable {
  /// The longest local part, in octets.
  package static let maximumLocalPartLength = 64

  package let localPart: String
  package let domain: DomainName

  package init(parsing text: String) throws(EmailAddressError) {
    guard !text.isEmpty else { throw .empty }
    guard let at = text.utf8.lastIndex(of: 0x40) else { throw .missingAt }
    let local = String(text[..<at])
    try Self.check(localPart: local)
    do {
      domain = try DomainName(parsing: String(text[text.utf8.index(after: at)...]))
    } catch {
      throw .domain(error)
    }
    localPart = local
  }

  package init(localPart: String, domain: DomainName) throws(EmailAddressError) {
    try Self.check(localPart: localPart)
    self.localPart = localPart
    self.domain = domain
  }

  /// The hot path: a local part that `scan` has accepted, which is not looked at again.
  package init(scannedLocalPart localPart: String, domain: DomainName) {
    self.localPart = localPart
    self.domain = domain
  }

  /// The hot path: the index of `@` where the bytes are a dot-atom of at most 64 octets, `@`, and
  /// a lower-case LDH domain without A-labels; nil for anything else, valid or not.
  package static func scan(_ bytes: borrowing Span<UInt8>) -> Int? {
    let limit = min(bytes.count, maximumLocalPartLength + 1)
    var index = 0
    var afterDot = true
    while index < limit {
      let byte = bytes[index]
      if byte == 0x40 {
        return !afterDot && DomainName.isPlain(bytes, from: index + 1) ? index : nil
      }
      if byte == 0x2E {
        if afterDot { return nil }
        afterDot = true
      } else {
        guard isAtomByte(byte) else { return nil }
        afterDot = false
      }
      index += 1
    }
    return nil
  }

  private static func check(localPart: String) throws(EmailAddressError) {
    guard !localPart.isEmpty else { throw .emptyLocalPart }
    if localPart.utf8.first == 0x22 { throw .quotedLocalPart }
    var afterDot = true
    for scalar in localPart.unicodeScalars {
      if scalar == "." {
        if afterDot { throw .misplacedDot }
        afterDot = true
      } else {
        guard scalar.isASCII, isAtomByte(UInt8(truncatingIfNeeded: scalar.value)) else {
          throw .badCharacter(scalar)
        }
        afterDot = false
      }
    }
    if afterDot { throw .misplacedDot }
    guard localPart.utf8.count <= maximumLocalPartLength else { throw .localPartTooLong }
  }

  /// atext of RFC 5322 §3.2.3.
  private static func isAtomByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x61...0x7A, 0x41...0x5A, 0x30...0x39: true
    // ! # $ % & ' * + - / = ? ^ _ ` { | } ~
    case 0x21, 0x23...0x27, 0x2A, 0x2B, 0x2D, 0x2F, 0x3D, 0x3F, 0x5E...0x60, 0x7B...0x7E: true
    default: false
    }
  }
}

extension EmailAddress: Comparable {
  /// By domain, then local part.
  package static func < (left: Self, right: Self) -> Bool {
    (left.domain, left.localPart) < (right.domain, right.localPart)
  }
}

extension EmailAddress: CustomStringConvertible {
  package var description: String { localPart + "@" + domain.ascii }
}
