/// What is known about the names that a record leads to.
package struct SPFKnowledge: Sendable {
  /// What was recorded.
  package let answer: DNSResolver
  /// The look-ups that the terms of a target take, as known at some date, for want of an answer;
  /// the `include` itself is not among them. The name is in lower case, without a trailing dot.
  package let estimate: @Sendable (String) -> Int?

  package init(answer: @escaping DNSResolver, estimate: @escaping @Sendable (String) -> Int?) {
    self.answer = answer
    self.estimate = estimate
  }
}

/// What a record takes of the ten look-ups and the two void ones (RFC 7208 §4.6.4), on the best
/// path and on the worst.
package struct SPFBudget: Hashable, Sendable {
  package struct Cost: Hashable, Sendable {
    package var lookups: Int
    /// The greater of what IPv4 and IPv6 senders meet: an `a` without AAAA is void for the latter.
    package var voids: Int

    package init(lookups: Int, voids: Int) {
      self.lookups = lookups
      self.voids = voids
    }
  }

  package struct Term: Hashable, Sendable {
    package let term: SPFTerm
    /// Where nothing matches.
    package let cost: Cost
  }

  /// What makes evaluation end in a permanent error once a target is reached.
  package struct BrokenTarget: Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
      /// The name does not exist.
      case noName
      /// The name has no SPF record (RFC 7208 §5.2, §6.1).
      case noRecord
      /// It has several (RFC 7208 §4.5).
      case severalRecords
      /// Its record breaks the grammar (RFC 7208 §4.6).
      case unreadable(SPFParseError)
    }

    /// The record's own term that leads there.
    package let term: SPFTerm
    package let name: String
    package let reason: Reason
  }

  /// A target that leads back to itself or to the domain.
  package struct Loop: Hashable, Sendable {
    /// The record's own term that leads there.
    package let term: SPFTerm
    package let name: String
  }

  /// Counting stops here.
  package static let ceiling = 100
  package static let voidLimit = 2
  /// The most hosts in the MX of a name (RFC 7208 §4.6.4).
  package static let exchangerLimit = 10

  /// The terms that evaluation can come to, in the record's order, `redirect` last.
  package let terms: [Term]
  /// No term matches before `all`.
  package let worst: Cost
  /// The sender matches that takes the fewest look-ups; the worst where only `all` can match.
  package let best: Cost
  /// The targets whose cost is an estimate, in the order met.
  package let estimated: [String]
  /// The targets that nothing is known about; each counts as one look-up.
  package let unknown: [String]
  package let loops: [Loop]
  package let broken: [BrokenTarget]
  /// The record's own terms that lead to an `mx` of more than ten hosts.
  package let wideExchangers: [SPFTerm]
  /// The record's own includes whose target lets everybody pass.
  package let openTargets: [SPFTerm]

  package var isOverLimit: Bool { worst.lookups > SPFRecord.lookupLimit }
  package var isOverVoidLimit: Bool { worst.voids > Self.voidLimit }

  /// - Parameter domain: whose record it is.
  package init(of record: SPFRecord, at domain: String, knowing knowledge: SPFKnowledge) {
    var counter = SPFBudgetCounter(knowledge, domain)
    let path = counter.count(record, of: domain, isOwn: true)
    terms = counter.terms
    worst = path.cost
    best = path.match ?? path.cost
    estimated = counter.estimated
    unknown = counter.unknown
    loops = counter.loops
    broken = counter.broken
    wideExchangers = counter.wideExchangers
    openTargets = counter.openTargets
  }

  /// A smallest set of terms without which the record keeps to ten look-ups, the dearest first;
  /// nil where no set of those that may go is enough, empty where none needs to.
  package func relief(among mayGo: (SPFTerm) -> Bool) -> [SPFTerm]? {
    var excess = worst.lookups - SPFRecord.lookupLimit
    var candidates = dearestFirst.filter { mayGo($0.term) }
    var chosen: [SPFTerm] = []
    while excess > 0 {
      guard let dearest = candidates.first else { return nil }
      // The last one need not cost more than what is left.
      let index =
        dearest.cost.lookups < excess
        ? 0 : candidates.lastIndex { $0.cost.lookups >= excess } ?? 0
      chosen.append(candidates[index].term)
      excess -= candidates[index].cost.lookups
      candidates.remove(at: index)
    }
    return chosen
  }

  /// The terms that cost anything, the dearest first, else in the record's order.
  package var dearestFirst: [Term] {
    terms.enumerated().filter { $0.element.cost.lookups > 0 }.sorted { left, right in
      let (one, two) = (left.element.cost.lookups, right.element.cost.lookups)
      return one == two ? left.offset < right.offset : one > two
    }.map(\.element)
  }
}

extension SPFRecord {
  /// The terms that evaluation can come to (RFC 7208 §5.1, §6.1), `redirect` last.
  package var effectiveTerms: [SPFTerm] {
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

/// Every level of nesting costs at least one look-up, so the ceiling bounds the depth as well.
private struct SPFBudgetCounter {
  typealias Cost = SPFBudget.Cost

  /// What a record, or a term, takes.
  struct Path {
    var cost = Cost(lookups: 0, voids: 0)
    /// Of the sender that matches soonest, nil where none does; and of the one that passes.
    var match: Cost?
    var pass: Cost?
  }

  let knowledge: SPFKnowledge
  private(set) var terms: [SPFBudget.Term] = []
  private(set) var estimated: [String] = []
  private(set) var unknown: [String] = []
  private(set) var loops: [SPFBudget.Loop] = []
  private(set) var broken: [SPFBudget.BrokenTarget] = []
  private(set) var wideExchangers: [SPFTerm] = []
  private(set) var openTargets: [SPFTerm] = []
  private var total = 0
  private var path: [String]
  /// The void look-ups that senders of each kind meet.
  private var voids = (v4: 0, v6: 0)
  /// The record's own term that is being counted.
  private var own: SPFTerm?

  init(_ knowledge: SPFKnowledge, _ domain: String) {
    self.knowledge = knowledge
    path = [SPFDomainSpec.canonical(domain)]
  }

  mutating func count(_ record: SPFRecord, of domain: String, isOwn: Bool = false) -> Path {
    var whole = Path()
    let before = voids
    for term in record.effectiveTerms {
      if isOwn { own = term }
      let start = (total, voids)
      let spent = Cost(lookups: whole.cost.lookups, voids: since(before))
      let (match, pass) = count(term, of: domain)
      let cost = Cost(lookups: total - start.0, voids: since(start.1))
      if isOwn { terms.append(SPFBudget.Term(term: term, cost: cost)) }
      whole.cost.lookups += cost.lookups
      if let match, term.mechanism != .all { whole.offer(match, after: spent, isPass: false) }
      if let pass { whole.offer(pass, after: spent, isPass: true) }
    }
    whole.cost.voids = since(before)
    return whole
  }

  private func since(_ earlier: (v4: Int, v6: Int)) -> Int {
    max(voids.v4 - earlier.v4, voids.v6 - earlier.v6)
  }

  /// What it takes to match by the term, and to pass.
  private mutating func count(_ term: SPFTerm, of domain: String) -> (match: Cost?, pass: Cost?) {
    guard term.isLookup else {
      guard case .directive(let qualifier, _) = term else { return (nil, nil) }
      let free = Cost(lookups: 0, voids: 0)
      return (free, qualifier == .pass ? free : nil)
    }
    guard total < SPFBudget.ceiling else { return (nil, nil) }
    total += 1
    var once = Cost(lookups: 1, voids: 0)
    switch term {
    case .redirect(let target):
      guard let path = follow(target) else { return (once, once) }
      return (path.match?.adding(1), path.pass?.adding(1))
    case .directive(let qualifier, .include(let target)):
      // An include matches where its target passes.
      if let path = follow(target) {
        guard let pass = path.pass else { return (nil, nil) }
        once = pass.adding(1)
      }
      return (once, qualifier == .pass ? once : nil)
    case .directive(let qualifier, let mechanism):
      look(mechanism, of: domain)
      return (once, qualifier == .pass ? once : nil)
    case .exp, .unknownModifier: return (nil, nil)
    }
  }

  /// The void look-ups of a mechanism that does not match.
  private mutating func look(_ mechanism: SPFMechanism, of domain: String) {
    switch mechanism {
    case .a(let target, _, _): lookForAddresses(of: target ?? domain)
    case .mx(let target, _, _):
      let answer = self.answer(target ?? domain, .mx)
      if answer.isVoid { addVoid() }
      guard case .records(let data, _) = answer else { return }
      var hosts: [String] = []
      for case .mx(_, let host) in data { hosts.append(host) }
      guard hosts.count <= SPFBudget.exchangerLimit else {
        if let own, !wideExchangers.contains(own) { wideExchangers.append(own) }
        return
      }
      for host in hosts where host != "." { lookForAddresses(of: host) }
    // What has an answer matches; only senders without a name find none.
    case .exists, .ptr: addVoid()
    case .all, .include, .ip4, .ip6: break
    }
  }

  private mutating func addVoid() {
    voids.v4 += 1
    voids.v6 += 1
  }

  private mutating func lookForAddresses(of name: String) {
    if answer(name, .a).isVoid { voids.v4 += 1 }
    if answer(name, .aaaa).isVoid { voids.v6 += 1 }
  }

  private func answer(_ name: String, _ type: RecordType) -> DNSAnswer {
    name.contains("%") ? .unknown : knowledge.answer(DNSQuestion(name, type))
  }

  /// What the terms of a target take; nil where its record is not known.
  private mutating func follow(_ target: String) -> Path? {
    let name = SPFDomainSpec.canonical(target)
    if path.contains(name) {
      if let own, !loops.contains(where: { $0.name == name }) {
        loops.append(SPFBudget.Loop(term: own, name: name))
      }
      return nil
    }
    let answer = answer(name, .txt)
    var texts: [String] = []
    if case .records(let data, _) = answer {
      for case .txt(let value) in data where SPFRecord.isSPF(value.text) {
        texts.append(value.text)
      }
    }
    switch answer {
    case .records where texts.count == 1:
      do throws(SPFParseError) {
        let record = try SPFRecord(parsing: texts[0])
        if record.all == .pass, path.count == 1, let own { openTargets.append(own) }
        path.append(name)
        defer { path.removeLast() }
        return count(record, of: name)
      } catch {
        addBroken(name, .unreadable(error))
      }
    case .records: addBroken(name, texts.isEmpty ? .noRecord : .severalRecords)
    case .noData:
      addVoid()
      addBroken(name, .noRecord)
    case .noName:
      addVoid()
      addBroken(name, .noName)
    case .failure, .unknown:
      guard let lookups = knowledge.estimate(name) else {
        unknown.appendNew(name)
        return nil
      }
      estimated.appendNew(name)
      let counted = min(max(lookups, 0), SPFBudget.ceiling - total)
      total += counted
      return Path(
        cost: Cost(lookups: counted, voids: 0), match: Cost(lookups: 0, voids: 0),
        pass: Cost(lookups: 0, voids: 0))
    }
    return Path()
  }

  private mutating func addBroken(_ name: String, _ reason: SPFBudget.BrokenTarget.Reason) {
    guard let own, !broken.contains(where: { $0.name == name }) else { return }
    broken.append(SPFBudget.BrokenTarget(term: own, name: name, reason: reason))
  }
}

extension SPFBudgetCounter.Path {
  /// Keeps what takes the fewest look-ups.
  fileprivate mutating func offer(_ cost: SPFBudget.Cost, after spent: SPFBudget.Cost, isPass: Bool)
  {
    let sum = SPFBudget.Cost(
      lookups: cost.lookups + spent.lookups, voids: cost.voids + spent.voids)
    if isPass {
      if pass.map({ sum.lookups < $0.lookups }) ?? true { pass = sum }
    } else if match.map({ sum.lookups < $0.lookups }) ?? true {
      match = sum
    }
  }
}

extension SPFBudget.Cost {
  fileprivate func adding(_ lookups: Int) -> SPFBudget.Cost {
    SPFBudget.Cost(lookups: self.lookups + lookups, voids: voids)
  }
}

extension [String] {
  fileprivate mutating func appendNew(_ name: String) {
    if !contains(name) { append(name) }
  }
}
