/// What mgc needs of a zone's SOA record.
package struct ZoneAuthority: Hashable, Sendable {
  package let ttl: TTL
  /// The last field: the TTL of negative answers (RFC 2308 §4).
  package let minimum: TTL

  package init(ttl: TTL, minimum: TTL) {
    self.ttl = ttl
    self.minimum = minimum
  }
}

/// The record sets of a zone, in order, for look-up by owner and type.
package struct ZoneContents: Sendable {
  package let origin: DomainName
  package let soa: ZoneAuthority?
  /// By owner, then type. The SOA is not among them.
  package let sets: [RecordSet]

  /// Sorts the sets. Where several have the same owner and type, the first is the one found.
  package init(origin: DomainName, soa: ZoneAuthority?, sets: [RecordSet]) {
    self.origin = origin
    self.soa = soa
    self.sets = sets.enumerated().sorted { left, right in
      let (one, two) = (left.element, right.element)
      if one.owner != two.owner { return one.owner < two.owner }
      if one.type != two.type { return one.type < two.type }
      return left.offset < right.offset
    }.map(\.element)
  }

  /// For sets that are sorted already.
  package init(origin: DomainName, soa: ZoneAuthority?, sortedSets: [RecordSet]) {
    self.origin = origin
    self.soa = soa
    sets = sortedSets
  }

  package func set(owner: OwnerName, type: RecordType) -> RecordSet? {
    index(owner: owner, type: type).map { sets[$0] }
  }

  /// The place of a set in `sets`.
  package func index(owner: OwnerName, type: RecordType) -> Int? {
    let first = lowerBound { ($0.owner, $0.type) < (owner, type) }
    guard first < sets.count, sets[first].owner == owner, sets[first].type == type else {
      return nil
    }
    return first
  }

  /// Every set of an owner.
  package func sets(owner: OwnerName) -> ArraySlice<RecordSet> {
    let first = lowerBound { $0.owner < owner }
    return sets[first...].prefix { $0.owner == owner }
  }

  /// The texts of the TXT records at a name relative to the zone, in the order of writing.
  package func texts(at relative: String) -> [String] {
    let owner = OwnerName(zone: origin, relative: relative)
    return (set(owner: owner, type: .txt)?.data ?? []).compactMap { datum in
      if case .txt(let value) = datum { value.text } else { nil }
    }
  }

  /// How long resolvers may remember that a name does not exist (RFC 2308 §5): the lesser of the
  /// SOA's TTL and its minimum. Nil without a SOA.
  package var negativeTTL: TTL? { soa.map { min($0.ttl, $0.minimum) } }

  private func lowerBound(_ isBefore: (RecordSet) -> Bool) -> Int {
    var low = 0
    var high = sets.count
    while low < high {
      let middle = (low + high) / 2
      if isBefore(sets[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
