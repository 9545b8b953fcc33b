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

/// The record sets of a zone, in order, for look-up by owner and type: of a whole zone, or of what
/// the DNS was asked for.
package struct ZoneContents: Sendable {
  /// What a record set is found by.
  package struct SetName: Hashable, Sendable {
    package let owner: OwnerName
    package let type: RecordType

    package init(_ owner: OwnerName, _ type: RecordType) {
      self.owner = owner
      self.type = type
    }
  }

  package let origin: DomainName
  package let soa: ZoneAuthority?
  /// By owner, then type. The SOA is not among them.
  package let sets: [RecordSet]
  /// What is known to be there or not, where nobody knows the whole zone; nil where all is known.
  private let asked: Set<SetName>?

  /// What was asked of a zone and answered. A set that is not among `asked` is unknown, never empty.
  package init(
    origin: DomainName, soa: ZoneAuthority?, sets: [RecordSet], asked: Set<SetName>
  ) {
    let whole = ZoneContents(origin: origin, soa: soa, sets: sets)
    self.origin = origin
    self.soa = soa
    self.sets = whole.sets
    self.asked = asked.union(sets.map { SetName($0.owner, $0.type) })
  }

  /// Whether all of the zone is known, so that what is not here does not exist.
  package var isWhole: Bool { asked == nil }

  /// Whether anyone knows what the zone holds at a name that is relative to it.
  package func knows(_ relative: String, _ type: RecordType) -> Bool {
    asked?.contains(SetName(OwnerName(zone: origin, relative: relative), type)) ?? true
  }

  /// Sorts the sets. Where several have the same owner and type, the first is the one found.
  package init(origin: DomainName, soa: ZoneAuthority?, sets: [RecordSet]) {
    self.origin = origin
    self.soa = soa
    asked = nil
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
    asked = nil
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
