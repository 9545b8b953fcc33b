/// What is known about the target of an `include` or `redirect`.
package enum SPFLookup: Hashable, Sendable {
  case record(SPFRecord)
  /// The look-ups of the target's own terms, nested ones included, as known at some date; the
  /// `include` itself is not among them.
  case cost(Int)
  case unknown
}

/// How many of the ten look-ups an SPF record takes (RFC 7208 §4.6.4).
package struct SPFLookupCost: Hashable, Sendable {
  package struct Term: Hashable, Sendable {
    package let term: SPFTerm
    package let cost: Int
  }

  /// Counting stops here.
  package static let ceiling = 100

  package let total: Int
  /// The terms that cost anything, in the record's order.
  package let terms: [Term]
  /// The targets that nothing is known about, in the order met; each counts as one.
  package let unknown: [String]
  /// The targets that include themselves.
  package let loops: [String]

  package var isOverLimit: Bool { total > SPFRecord.lookupLimit }
}

extension SPFRecord {
  package func lookupCost(resolver: (String) -> SPFLookup) -> SPFLookupCost {
    SPFLookupCost(total: 0, terms: [], unknown: [], loops: [])
  }

  package func merging(
    adding additions: [SPFTerm], removing removals: [SPFTerm], allAtLeast: SPFQualifier?
  ) -> SPFRecord {
    self
  }
}
