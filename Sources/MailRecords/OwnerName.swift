/// The owner of records in a zone.
package struct OwnerName: Hashable, Sendable {
  package let zone: DomainName
  /// Relative to the zone, in lower case: `@` for the apex, `mg._domainkey`, `_dmarc`, `*.x`.
  /// What is not a letter, digit, hyphen, underscore, dot or asterisk stands as `\DDD`.
  package let relative: String

  /// Total: the name is lower-cased, and bytes that have no place in a plain name become `\DDD`,
  /// so that no owner can break out of the line that it is written in. Empty means the apex.
  package init(zone: DomainName, relative: String) {
    self.init(zone: zone, presentation: Self.escaped(relative))
  }

  /// The apex.
  package init(apexOf zone: DomainName) { self.init(zone: zone, presentation: "@") }

  /// Reads `@`, a relative name, or an absolute one with a trailing dot that lies in the zone;
  /// labels of LDH and underscore, and `*` as the first one. Nil for anything else.
  package init?(parsing text: String, zone: DomainName) {
    var name = text.lowercased()
    if name.utf8.last == UInt8(ascii: ".") {
      name.removeLast()
      guard let relative = Self.relative(name, to: zone) else { return nil }
      name = relative
    }
    guard name == "@" || Self.isPlain(name) else { return nil }
    let total = name == "@" ? 0 : name.utf8.count + 1
    guard total + zone.ascii.utf8.count <= DomainName.maximumLength else { return nil }
    self.init(zone: zone, presentation: name)
  }

  /// A name in the zone as its owner; nil where it lies outside.
  package init?(_ name: DomainName, in zone: DomainName) {
    guard let relative = Self.relative(name.ascii, to: zone) else { return nil }
    self.init(zone: zone, presentation: relative)
  }

  /// `relative` is already in presentation form and lower case.
  package init(zone: DomainName, presentation relative: String) {
    self.zone = zone
    self.relative = relative.isEmpty ? "@" : relative
  }

  package var isApex: Bool { relative == "@" }

  /// The whole name with a trailing dot.
  package var absolute: String { isApex ? zone.ascii + "." : relative + "." + zone.ascii + "." }

  private static func relative(_ name: String, to zone: DomainName) -> String? {
    if name == zone.ascii { return "@" }
    guard name.hasSuffix("." + zone.ascii) else { return nil }
    return String(name.dropLast(zone.ascii.utf8.count + 1))
  }

  private static func isPlain(_ name: String) -> Bool {
    let labels = name.utf8.split(separator: 0x2E, omittingEmptySubsequences: false)
    for (index, label) in labels.enumerated() {
      if index == 0, label.elementsEqual([0x2A]) { continue }
      guard !label.isEmpty, label.count <= DomainName.maximumLabelLength,
        label.allSatisfy({ isNameByte($0) })
      else { return false }
    }
    return true
  }

  private static func isNameByte(_ byte: UInt8) -> Bool {
    switch byte {
    case 0x61...0x7A, 0x30...0x39, 0x2D, 0x5F: true
    default: false
    }
  }

  /// The name in presentation form and lower case.
  static func escaped(_ text: String) -> String {
    let lower = text.lowercased()
    guard lower != "@" else { return lower }
    if lower.utf8.allSatisfy({ isNameByte($0) || $0 == 0x2E || $0 == 0x2A }) { return lower }
    var result: [UInt8] = []
    for byte in lower.utf8 {
      if isNameByte(byte) || byte == 0x2E || byte == 0x2A {
        result.append(byte)
      } else {
        result.appendDecimalEscape(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}

extension OwnerName: Comparable {
  /// By zone, the apex first, then by the relative name's text.
  package static func < (left: Self, right: Self) -> Bool {
    if left.zone != right.zone { return left.zone < right.zone }
    if left.isApex { return !right.isApex }
    return !right.isApex && left.relative < right.relative
  }
}

extension OwnerName: CustomStringConvertible {
  package var description: String { absolute }
}

extension [UInt8] {
  /// Appends `\DDD`, the decimal escape of zone files (RFC 1035 §5.1).
  mutating func appendDecimalEscape(_ byte: UInt8) {
    append(0x5C)
    append(0x30 + byte / 100)
    append(0x30 + byte / 10 % 10)
    append(0x30 + byte % 10)
  }
}
