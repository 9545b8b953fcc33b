/// The type of a record.
package enum RecordType: Hashable, Sendable {
  case a, aaaa, cname, ns, mx, soa, txt
  /// By its mnemonic in capitals, such as `CAA` or `TYPE65534`.
  case other(String)

  /// Reads a mnemonic in any case.
  package init(parsing text: String) {
    let name = text.uppercased()
    self = Self.known.first { $0.description == name } ?? .other(name)
  }

  private static let known: [RecordType] = [.a, .aaaa, .cname, .ns, .mx, .soa, .txt]
}

extension RecordType: CustomStringConvertible {
  package var description: String {
    switch self {
    case .a: "A"
    case .aaaa: "AAAA"
    case .cname: "CNAME"
    case .ns: "NS"
    case .mx: "MX"
    case .soa: "SOA"
    case .txt: "TXT"
    case .other(let name): name
    }
  }
}

extension RecordType: Comparable {
  package static func < (left: Self, right: Self) -> Bool { left.description < right.description }
}

/// One datum of a record set.
package enum RecordData: Hashable, Sendable {
  case a(IPAddress)
  case aaaa(IPAddress)
  /// The target is absolute, with a trailing dot.
  case cname(String)
  case ns(String)
  /// The host is absolute, with a trailing dot, or `.` for a null MX (RFC 7505).
  case mx(preference: UInt16, host: String)
  case txt(TXTValue)
  /// Any other type, and TXT beyond ASCII, in presentation form.
  case other(type: String, text: String)

  package var type: RecordType {
    switch self {
    case .a: .a
    case .aaaa: .aaaa
    case .cname: .cname
    case .ns: .ns
    case .mx: .mx
    case .txt: .txt
    case .other(let type, _): RecordType(parsing: type)
    }
  }

  /// Reads what `presentation` writes of an MX, a TXT or a CNAME record.
  package init?(presentation text: String, type: RecordType) {
    switch type {
    case .mx:
      let words = text.split(separator: " ", omittingEmptySubsequences: false)
      guard words.count == 2, let preference = UInt16(words[0]), words[1].hasSuffix(".") else {
        return nil
      }
      self = .mx(preference: preference, host: String(words[1]))
    case .txt:
      guard let value = TXTValue(presentation: text) else { return nil }
      self = .txt(value)
    case .cname:
      guard text.hasSuffix("."), !text.contains(where: { $0 == " " || $0 == "\n" }) else {
        return nil
      }
      self = .cname(text)
    case .a, .aaaa, .ns, .soa, .other: return nil
    }
  }

  /// The datum as a zone file has it.
  package var presentation: String {
    switch self {
    case .a(let address), .aaaa(let address): address.description
    case .cname(let target), .ns(let target): target
    case .mx(let preference, let host): "\(preference) \(host)"
    case .txt(let value): value.presentation
    case .other(_, let text): text
    }
  }
}

/// The records of one owner and type, which share a TTL (RFC 2181 §5.2).
package struct RecordSet: Hashable, Sendable {
  package let owner: OwnerName
  package let type: RecordType
  package let ttl: TTL
  /// In the order in which they were written; the order has no meaning in the DNS.
  package let data: [RecordData]

  package init(owner: OwnerName, type: RecordType, ttl: TTL, data: [RecordData]) {
    self.owner = owner
    self.type = type
    self.ttl = ttl
    self.data = data
  }

  /// Whether both have the same data in any order, whatever the TTL.
  package func hasSameData(as other: RecordSet) -> Bool {
    data.map(\.presentation).sorted() == other.data.map(\.presentation).sorted()
  }
}

extension RecordSet: Comparable {
  /// By owner, then type, then TTL, then data.
  package static func < (left: Self, right: Self) -> Bool {
    if left.owner != right.owner { return left.owner < right.owner }
    if left.type != right.type { return left.type < right.type }
    if left.ttl != right.ttl { return left.ttl < right.ttl }
    return left.data.lazy.map(\.presentation).lexicographicallyPrecedes(
      right.data.lazy.map(\.presentation))
  }
}

/// A mail exchanger as tenant.yaml names it.
package struct MXRecord: Hashable, Sendable {
  package let preference: UInt16
  package let host: DomainName

  package init(preference: UInt16, host: DomainName) {
    self.preference = preference
    self.host = host
  }

  package var data: RecordData { .mx(preference: preference, host: host.ascii + ".") }
}

extension MXRecord: Comparable {
  /// The order in which senders try them, then by name.
  package static func < (left: Self, right: Self) -> Bool {
    (left.preference, left.host) < (right.preference, right.host)
  }
}

extension MXRecord: CustomStringConvertible {
  package var description: String { data.presentation }
}
