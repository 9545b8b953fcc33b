/// Who sends, as SPF sees it (RFC 7208 §4.1).
package struct SPFSender: Hashable, Sendable {
  package let address: IPAddress
  /// `postmaster` where the address has none (RFC 7208 §4.3).
  package let localPart: String
  package let domain: String
  package let helo: String
  /// Who receives and when, in seconds since 1970: only explanations tell them (RFC 7208 §7.2).
  package let receiver: String
  package let time: Int

  /// More than any address or greeting may have; what is beyond it is cut off.
  private static let longest = 512

  /// - Parameters:
  ///   - address: an IPv4 address that is mapped into IPv6 counts as IPv4 (RFC 7208 §5).
  ///   - mailFrom: empty for the null sender, for which the name of the greeting stands in
  ///     (RFC 7208 §2.4).
  package init(
    address: IPAddress, mailFrom: String, helo: String, receiver: String = "unknown", time: Int = 0
  ) {
    let isMapped = !address.isIPv4 && address.bits >> 32 == 0xFFFF
    self.address =
      isMapped ? IPAddress(v4: UInt32(truncatingIfNeeded: address.bits)) : address
    self.helo = String(helo.prefix(Self.longest))
    self.receiver = String(receiver.prefix(Self.longest))
    self.time = time
    let text = mailFrom.prefix(2 * Self.longest)
    let at = text.lastIndex(of: "@")
    let local = at.map { text[..<$0].prefix(Self.longest) } ?? ""
    localPart = local.isEmpty ? "postmaster" : String(local)
    let domain = at.map { text[text.index(after: $0)...] } ?? text
    self.domain = text.isEmpty ? self.helo : String(domain.prefix(Self.longest))
  }

  /// The name under which the PTR records of the address stand.
  var pointerName: String {
    dotted.split(separator: ".").reversed().joined(separator: ".")
      + (address.isIPv4 ? ".in-addr.arpa" : ".ip6.arpa")
  }

  /// Octets, or the digits of IPv6 one by one (RFC 7208 §7.3).
  fileprivate var dotted: String {
    guard !address.isIPv4 else { return address.description }
    return (0..<32).map { String(address.bits >> UInt128(124 - 4 * $0) & 0xF, radix: 16) }
      .joined(separator: ".")
  }
}

/// Expands the macros of one record (RFC 7208 §7).
struct SPFMacros {
  let sender: SPFSender
  /// The domain whose record is being evaluated.
  let domain: String
  /// The name of the client, or `unknown`.
  let validated: String

  /// What is longer is no name and no explanation that anyone would show.
  private static let limit = 4096

  /// Whether the name of the client is needed.
  static func needsName(_ text: String) -> Bool {
    text.contains("%{p") || text.contains("%{P")
  }

  /// A name: what is longer than a name may be loses labels at its left (RFC 7208 §7.3).
  func name(_ text: String) -> String {
    var name = expand(text)[...]
    if name.hasSuffix(".") { name = name.dropLast() }
    while name.utf8.count > DomainName.maximumLength, let dot = name.firstIndex(of: ".") {
      name = name[name.index(after: dot)...]
    }
    return String(name)
  }

  /// The text is known to have no `%` that begins no macro.
  func expand(_ text: String) -> String {
    let bytes = Array(text.utf8)
    var result: [UInt8] = []
    var index = 0
    while index < bytes.count, result.count < Self.limit {
      guard bytes[index] == 0x25, index + 1 < bytes.count else {
        result.append(bytes[index])
        index += 1
        continue
      }
      switch bytes[index + 1] {
      case 0x5F: result.append(0x20)
      case 0x2D: result += Array("%20".utf8)
      case 0x7B:
        let close = bytes[index...].firstIndex(of: 0x7D) ?? bytes.count
        result += value(of: bytes[(index + 2)..<close])
        index = close - 1
      default: result.append(bytes[index + 1])
      }
      index += 2
    }
    return String(decoding: result, as: UTF8.self)
  }

  private func value(of macro: ArraySlice<UInt8>) -> [UInt8] {
    guard let letter = macro.first else { return [] }
    let whole = text(letter | 0x20)
    let digits = macro.dropFirst().prefix { (0x30...0x39).contains($0) }
    var rest = macro.dropFirst(1 + digits.count)
    let isReversed = rest.first.map { $0 | 0x20 == 0x72 } ?? false
    if isReversed { rest = rest.dropFirst() }
    let delimiters = rest.isEmpty ? [0x2E] : Array(rest)
    var parts = whole.utf8.split(omittingEmptySubsequences: false) { delimiters.contains($0) }
    if isReversed { parts.reverse() }
    // A number with more digits than a name has labels means all of them.
    let significant = digits.drop { $0 == 0x30 }
    if !significant.isEmpty, significant.count <= 3 {
      parts = parts.suffix(significant.reduce(0) { $0 * 10 + Int($1 - 0x30) })
    }
    let joined = Array(parts.joined(separator: [0x2E]))
    return letter & 0x20 == 0 ? Self.escaped(joined) : joined
  }

  private func text(_ letter: UInt8) -> String {
    switch letter {
    case UInt8(ascii: "s"): sender.localPart + "@" + sender.domain
    case UInt8(ascii: "l"): sender.localPart
    case UInt8(ascii: "o"): sender.domain
    case UInt8(ascii: "d"): domain
    case UInt8(ascii: "i"): sender.dotted
    case UInt8(ascii: "p"): validated
    case UInt8(ascii: "v"): sender.address.isIPv4 ? "in-addr" : "ip6"
    case UInt8(ascii: "h"): sender.helo
    case UInt8(ascii: "c"): sender.address.description
    case UInt8(ascii: "r"): sender.receiver
    default: String(sender.time)
    }
  }

  /// What is not unreserved becomes `%XX` (RFC 3986 §2.3).
  private static func escaped(_ bytes: [UInt8]) -> [UInt8] {
    let digits = Array("0123456789ABCDEF".utf8)
    return bytes.flatMap { byte -> [UInt8] in
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: [byte]
      default: [0x25, digits[Int(byte >> 4)], digits[Int(byte & 0xF)]]
      }
    }
  }
}
