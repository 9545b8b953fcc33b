/// A question to the DNS.
package struct DNSQuestion: Hashable, Sendable {
  /// Lower case, without a trailing dot; `.` for the root. What has no place in a plain name stands
  /// as `\DDD` (RFC 1035 §5.1).
  package let name: String
  package let type: RecordType

  /// Total: the name is lower-cased, and a trailing dot is dropped.
  package init(_ name: String, _ type: RecordType) {
    let lower = name.lowercased()
    self.name = lower.count > 1 && lower.hasSuffix(".") ? String(lower.dropLast()) : lower
    self.type = type
  }
}

extension DNSQuestion: Comparable {
  /// By name, then by type.
  package static func < (left: Self, right: Self) -> Bool {
    (left.name, left.type) < (right.name, right.type)
  }
}

/// What is known of the answer to a question.
package enum DNSAnswer: Hashable, Sendable {
  /// The records of the type that was asked for, with aliases followed; never empty.
  case records([RecordData], ttl: TTL)
  /// The name exists, and has no record of the type (RFC 2308 §2.2).
  case noData
  /// The name does not exist (RFC 8020).
  case noName
  /// The servers were asked, and none gave an answer that can be used.
  case failure
  /// Nobody has asked.
  case unknown

  /// Whether the look-up is void (RFC 7208 §4.6.4): an answer without records.
  package var isVoid: Bool { self == .noData || self == .noName }
}

/// Answers the questions of an evaluation from what is recorded; it asks nobody.
package typealias DNSResolver = @Sendable (DNSQuestion) -> DNSAnswer
