extension SPFRecord {
  /// The record with terms added and taken away.
  ///
  /// What stands keeps its order; a removal takes a mechanism whatever its qualifier; an addition
  /// that stands already only brings its qualifier, and others come last, before `all`. The
  /// strictest `all` of the record, the additions and `allAtLeast` stands. Directives after an
  /// `all` have no effect and are dropped, as is a `redirect` beside an `all`. A record with a
  /// `redirect` and no `all` keeps the `redirect` and gets no `all`, which would disable it.
  package func merging(
    adding additions: [SPFTerm], removing removals: [SPFTerm], allAtLeast: SPFQualifier?
  ) -> SPFRecord {
    let removed = Set(removals.map(\.identity))
    var merge = SPFMerge()
    for term in terms where !removed.contains(term.identity) { merge.keep(term) }
    for term in additions { merge.add(term) }
    return merge.record(allAtLeast: allAtLeast)
  }
}

private struct SPFMerge {
  private var directives: [SPFTerm] = []
  private var modifiers: [SPFTerm] = []
  /// Where each term that was taken stands in its list.
  private var places: [SPFTerm: Int] = [:]
  private var all: SPFQualifier? = nil
  /// Whether the record itself has an `all`, beside which a `redirect` has no effect.
  private var hadAll = false
  private var redirect: SPFTerm? = nil
  private var explanation: SPFTerm? = nil

  mutating func keep(_ term: SPFTerm) {
    switch term {
    case .directive(let qualifier, .all):
      all = all ?? qualifier
      hadAll = true
    case .directive:
      guard all == nil else { return }
      append(term)
    default: addModifier(term)
    }
  }

  mutating func add(_ term: SPFTerm) {
    switch term {
    case .directive(let qualifier, .all): all = max(all ?? qualifier, qualifier)
    case .directive:
      if let place = places[term.identity] {
        directives[place] = directives[place].with(qualifierOf: term)
      } else {
        append(term)
      }
    default: addModifier(term)
    }
  }

  func record(allAtLeast: SPFQualifier?) -> SPFRecord {
    var terms = directives
    if let redirect, !hadAll {
      terms.append(redirect)
    } else if let strictest = [all, allAtLeast].compactMap({ $0 }).max() {
      terms.append(.directive(qualifier: strictest, mechanism: .all))
    }
    terms += modifiers
    if let explanation { terms.append(explanation) }
    return SPFRecord(terms: terms)
  }

  private mutating func append(_ term: SPFTerm) {
    guard places[term.identity] == nil else { return }
    places[term.identity] = directives.count
    directives.append(term)
  }

  private mutating func addModifier(_ term: SPFTerm) {
    switch term {
    case .redirect: redirect = redirect ?? term
    case .exp: explanation = explanation ?? term
    default:
      if !modifiers.contains(term) { modifiers.append(term) }
    }
  }
}

extension SPFTerm {
  /// The term for comparing: without qualifier, names in lower case, networks without host bits.
  package var identity: SPFTerm {
    switch self {
    case .directive(_, let mechanism):
      .directive(qualifier: .pass, mechanism: mechanism.canonical)
    case .redirect(let target): .redirect(SPFDomainSpec.canonical(target))
    case .exp(let target): .exp(SPFDomainSpec.canonical(target))
    case .unknownModifier(let name, let value):
      .unknownModifier(name: name.lowercased(), value: value)
    }
  }

  fileprivate func with(qualifierOf other: SPFTerm) -> SPFTerm {
    guard let mechanism, case .directive(let qualifier, _) = other else { return self }
    return .directive(qualifier: qualifier, mechanism: mechanism)
  }
}

extension SPFMechanism {
  fileprivate var canonical: SPFMechanism {
    func name(_ text: String?) -> String? { text.map(SPFDomainSpec.canonical) }
    func network(_ prefix: IPPrefix) -> IPPrefix { IPPrefix(prefix.network, length: prefix.length) }
    switch self {
    case .all: return .all
    case .include(let domain): return .include(SPFDomainSpec.canonical(domain))
    case .exists(let domain): return .exists(SPFDomainSpec.canonical(domain))
    case .ptr(let domain): return .ptr(domain: name(domain))
    case .ip4(let prefix): return .ip4(network(prefix))
    case .ip6(let prefix): return .ip6(network(prefix))
    case .a(let domain, let v4, let v6):
      return .a(domain: name(domain), v4Length: v4 == 32 ? nil : v4, v6Length: v6 == 128 ? nil : v6)
    case .mx(let domain, let v4, let v6):
      return .mx(
        domain: name(domain), v4Length: v4 == 32 ? nil : v4, v6Length: v6 == 128 ? nil : v6)
    }
  }
}
