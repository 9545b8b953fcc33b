/// Why a text is not a network.
package enum IPPrefixError: Error, Hashable, Sendable {
  case empty
  case notAnAddress(String)
  /// An octet such as `010`, which some programs read as octal.
  case leadingZero(String)
  /// The part after the slash.
  case badLength(String)
  /// Bits are set beyond the length; `network` is the text without them.
  case hostBits(network: String)
}

/// What an address is set aside for, where mail from the internet cannot come from it.
package enum SpecialUse: String, CaseIterable, Sendable {
  case unspecified
  case privateUse
  case loopback
  case linkLocal
  case carrierGradeNAT
  case multicast
  case reserved
  case uniqueLocal
}

/// A network in CIDR notation. A single address is a network of full length.
package struct IPPrefix: Hashable, Sendable {
  /// As written; only SPF lets it have bits beyond the length.
  package let address: IPAddress
  package let length: Int

  package init(parsing text: String) throws(IPPrefixError) {
    self = try Self(parsingWithHostBits: text)
    let network = self.network
    guard network == address else {
      throw .hostBits(network: Self(network, length: length).description)
    }
  }

  /// As `init(parsing:)`, but bits beyond the length are kept, as in SPF (RFC 7208 §5.6).
  package init(parsingWithHostBits text: String) throws(IPPrefixError) {
    guard !text.isEmpty else { throw .empty }
    let slash = text.utf8.firstIndex(of: 0x2F) ?? text.endIndex
    let head = String(text[..<slash])
    guard let address = IPAddress(parsing: head) else {
      let octets = head.utf8.split(separator: 0x2E, omittingEmptySubsequences: false)
      let digits = octets.allSatisfy { $0.allSatisfy { (0x30...0x39).contains($0) } && !$0.isEmpty }
      if octets.count == 4, digits,
        let octet = octets.first(where: { $0.count > 1 && $0.first == 0x30 })
      {
        throw .leadingZero(String(Substring(octet)))
      }
      throw .notAnAddress(head)
    }
    if slash == text.endIndex {
      self.init(address)
      return
    }
    let tail = text[text.utf8.index(after: slash)...]
    guard let length = Int(decimal: tail), length <= address.width else {
      throw .badLength(String(tail))
    }
    self.init(address, length: length)
  }

  /// A single address.
  package init(_ address: IPAddress) { self.init(address, length: address.width) }

  /// A length out of range is clamped.
  package init(_ address: IPAddress, length: Int) {
    self.address = address
    self.length = min(max(length, 0), address.width)
  }

  package var isIPv4: Bool { address.isIPv4 }

  package var isSingleAddress: Bool { length == address.width }

  /// The address with every bit beyond the length cleared.
  package var network: IPAddress { IPAddress(isIPv4: isIPv4, bits: address.bits & mask) }

  /// The last address of the network.
  package var last: IPAddress {
    IPAddress(isIPv4: isIPv4, bits: address.bits & mask | (full ^ mask))
  }

  /// All ones in the address's width.
  private var full: UInt128 { isIPv4 ? 0xFFFF_FFFF : UInt128.max }

  private var mask: UInt128 {
    length == 0 ? 0 : (full << UInt128(address.width - length)) & full
  }

  package func contains(_ other: IPAddress) -> Bool {
    other.isIPv4 == isIPv4 && other.bits & mask == address.bits & mask
  }

  package func contains(_ other: IPPrefix) -> Bool {
    other.length >= length && contains(other.address)
  }

  package func overlaps(_ other: IPPrefix) -> Bool {
    length <= other.length ? contains(other.address) : other.contains(address)
  }

  /// The netmask with dots, such as `255.255.255.0`; nil for IPv6.
  package var dottedNetmask: String? {
    isIPv4 ? IPAddress(isIPv4: true, bits: mask).description : nil
  }

  /// The network cut into networks of at least `bits` bits; itself where it is as long already.
  /// Nil where that would be more than 65,536 networks.
  package func split(toAtLeast bits: Int) -> [IPPrefix]? {
    let bits = min(bits, address.width)
    guard length < bits else { return [self] }
    guard bits - length <= 16 else { return nil }
    let step = UInt128(1) << UInt128(address.width - bits)
    let start = network.bits
    return (0..<(1 << (bits - length))).map { number in
      IPPrefix(IPAddress(isIPv4: isIPv4, bits: start + UInt128(number) * step), length: bits)
    }
  }

  /// What the network, or a part of it, is set aside for (RFC 6890); nil for what mail from the
  /// internet can come from. The documentation ranges are not among them.
  package var isPrivateOrSpecial: SpecialUse? {
    let table = isIPv4 ? Self.specialV4 : Self.specialV6
    // What holds the whole network names it best.
    return table.first { $0.prefix.contains(self) }?.use
      ?? table.first { $0.prefix.overlaps(self) }?.use
  }

  private struct SpecialRange: Sendable {
    let prefix: IPPrefix
    let use: SpecialUse
  }

  private static func v4(_ bits: UInt32, _ length: Int, _ use: SpecialUse) -> SpecialRange {
    SpecialRange(prefix: IPPrefix(IPAddress(v4: bits), length: length), use: use)
  }

  private static func v6(_ top: UInt128, _ length: Int, _ use: SpecialUse) -> SpecialRange {
    SpecialRange(prefix: IPPrefix(IPAddress(v6: top << 112), length: length), use: use)
  }

  private static let specialV4: [SpecialRange] = [
    v4(0x0A00_0000, 8, .privateUse),
    v4(0xAC10_0000, 12, .privateUse),
    v4(0xC0A8_0000, 16, .privateUse),
    v4(0x7F00_0000, 8, .loopback),
    v4(0xA9FE_0000, 16, .linkLocal),
    v4(0x6440_0000, 10, .carrierGradeNAT),
    v4(0xE000_0000, 4, .multicast),
    v4(0x0000_0000, 8, .unspecified),
    v4(0xF000_0000, 4, .reserved),
  ]

  private static let specialV6: [SpecialRange] = [
    SpecialRange(prefix: IPPrefix(IPAddress(v6: 0)), use: .unspecified),
    SpecialRange(prefix: IPPrefix(IPAddress(v6: 1)), use: .loopback),
    v6(0xFE80, 10, .linkLocal),
    v6(0xFC00, 7, .uniqueLocal),
    v6(0xFF00, 8, .multicast),
  ]
}

extension IPPrefix: Comparable {
  package static func < (left: Self, right: Self) -> Bool {
    (left.address, left.length) < (right.address, right.length)
  }
}

extension IPPrefix: CustomStringConvertible {
  /// CIDR notation; a single address without its length.
  package var description: String {
    isSingleAddress ? address.description : "\(address)/\(length)"
  }
}

extension Int {
  /// A number of decimal digits without sign or leading zero, at most six digits.
  init?(decimal text: Substring) {
    let digits = text.utf8
    guard (1...6).contains(digits.count), digits.allSatisfy({ (0x30...0x39).contains($0) }),
      digits.count == 1 || digits.first != 0x30
    else { return nil }
    self.init(text)
  }
}
