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
  /// Counts the look-ups of every term that can be evaluated: none after an `all`, and `redirect`
  /// only without one. A target that includes itself counts once, and is in `loops`.
  package func lookupCost(resolver: (String) -> SPFLookup) -> SPFLookupCost {
    var counter = SPFLookupCounter()
    var costs: [SPFLookupCost.Term] = []
    for term in effectiveTerms where term.isLookup {
      let before = counter.total
      counter.count(term, resolver)
      costs.append(SPFLookupCost.Term(term: term, cost: counter.total - before))
    }
    return SPFLookupCost(
      total: counter.total, terms: costs, unknown: counter.unknown, loops: counter.loops)
  }

  /// The terms that evaluation can come to (RFC 7208 §5.1, §6.1), `redirect` last.
  var effectiveTerms: [SPFTerm] {
    var result: [SPFTerm] = []
    var redirect: SPFTerm? = nil
    for term in terms {
      switch term {
      case .redirect: redirect = redirect ?? term
      case .directive(_, .all): return result + [term]
      default: result.append(term)
      }
    }
    if let redirect { result.append(redirect) }
    return result
  }
}

/// Every level of nesting costs at least one, so the ceiling bounds the depth as well.
private struct SPFLookupCounter {
  private(set) var total = 0
  private(set) var unknown: [String] = []
  private(set) var loops: [String] = []
  private var path: [String] = []

  mutating func count(_ term: SPFTerm, _ resolver: (String) -> SPFLookup) {
    guard term.isLookup, total < SPFLookupCost.ceiling else { return }
    total += 1
    let target: String
    switch term {
    case .directive(_, .include(let domain)), .redirect(let domain): target = domain
    default: return
    }
    let name = SPFDomainSpec.canonical(target)
    if path.contains(name) {
      if !loops.contains(name) { loops.append(name) }
      return
    }
    switch resolver(name) {
    case .unknown:
      if !unknown.contains(name) { unknown.append(name) }
    case .cost(let nested):
      total += min(max(nested, 0), SPFLookupCost.ceiling - total)
    case .record(let record):
      path.append(name)
      for term in record.effectiveTerms { count(term, resolver) }
      path.removeLast()
    }
  }
}
