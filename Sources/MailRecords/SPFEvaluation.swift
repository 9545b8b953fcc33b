/// What SPF says about a sender, and how it came to it (`check_host()`, RFC 7208 §4).
package struct SPFEvaluation: Hashable, Sendable {
  package enum Result: String, CaseIterable, Sendable {
    case none, neutral, pass, fail, softfail, temperror, permerror
    /// An answer that is needed was never recorded.
    case unknown
  }

  /// Why evaluation ended before a term matched or all failed to.
  package enum Problem: Error, Hashable, Sendable {
    /// More than ten terms that look something up (RFC 7208 §4.6.4).
    case tooManyLookups
    /// More than two look-ups without an answer (RFC 7208 §4.6.4).
    case tooManyVoids
    /// More than ten hosts in the MX of a name (RFC 7208 §4.6.4).
    case tooManyExchangers(String)
    /// The target of `include` or `redirect` has no record (RFC 7208 §5.2, §6.1).
    case noRecord(String)
    /// Two or more records (RFC 7208 §4.5).
    case severalRecords(String)
    /// A record that breaks the grammar (RFC 7208 §4.6).
    case unreadable(String, SPFParseError)
    case failure(DNSQuestion)
    case unknown(DNSQuestion)

    package var result: Result {
      switch self {
      case .failure: .temperror
      case .unknown: .unknown
      default: .permerror
      }
    }
  }

  /// A term that was reached.
  package struct Step: Hashable, Sendable {
    /// Whose record has the term.
    package let domain: String
    package let term: SPFTerm
    /// How many `include` lead to the record.
    package let depth: Int
    /// The look-ups that are void, those of the terms that an `include` leads to not among them.
    package fileprivate(set) var voids = 0
    package fileprivate(set) var isMatch = false
  }

  package struct Record: Hashable, Sendable {
    package let domain: String
    package let text: String
  }

  package let result: Result
  package let problem: Problem?
  /// The terms that look something up, of all records together.
  package let lookups: Int
  package let voids: Int
  /// In the order of evaluation.
  package let steps: [Step]
  /// The records that were read, in the order of evaluation.
  package let records: [Record]
  /// How often the name of the client (`%{p}`) was looked for.
  package let nameExpansions: Int
  /// What the domain says about a `fail` (RFC 7208 §6.2); nil without a word that can be used.
  package let explanation: String?

  /// Evaluates the policy of the sender's domain. It ends after ten terms that look something up,
  /// each of which asks for ten hosts at most, whatever the answers are.
  package init(of sender: SPFSender, resolver: @escaping DNSResolver) {
    var evaluator = SPFEvaluator(sender: sender, resolver: resolver)
    var explanation: String?
    do throws(Problem) {
      let verdict = try evaluator.check()
      result = verdict.result
      problem = nil
      if verdict.result == .fail, let source = verdict.explanation {
        explanation = evaluator.explanation(source)
      }
    } catch {
      result = error.result
      problem = error
    }
    lookups = evaluator.lookups
    voids = evaluator.voids
    steps = evaluator.steps
    records = evaluator.records
    nameExpansions = evaluator.nameExpansions
    self.explanation = explanation
  }
}

private struct SPFEvaluator {
  typealias Problem = SPFEvaluation.Problem

  /// Where an explanation is to be had.
  struct Explanation {
    let spec: String
    let domain: String
  }

  struct Verdict {
    let result: SPFEvaluation.Result
    let explanation: Explanation?
  }

  let sender: SPFSender
  let resolver: DNSResolver
  private(set) var lookups = 0
  private(set) var voids = 0
  private(set) var steps: [SPFEvaluation.Step] = []
  private(set) var records: [SPFEvaluation.Record] = []
  private(set) var nameExpansions = 0
  /// The names of the client that lead back to its address, once somebody asked.
  private var clientNames: [String]?
  /// The step that look-ups belong to.
  private var current: Int?

  private static let voidLimit = 2
  private static let hostLimit = 10

  init(sender: SPFSender, resolver: @escaping DNSResolver) {
    self.sender = sender
    self.resolver = resolver
  }

  mutating func check() throws(Problem) -> Verdict {
    // RFC 7208 §4.3: a domain of one label, or none that the DNS could hold, has no policy.
    let domain = DNSQuestion(sender.domain, .txt).name
    guard domain.contains("."), Self.isUsable(domain), let record = try record(of: domain) else {
      return Verdict(result: .none, explanation: nil)
    }
    return try evaluate(record, of: domain, depth: 0)
  }

  /// RFC 7208 §4.6.2, §6.1.
  private mutating func evaluate(
    _ record: SPFRecord, of domain: String, depth: Int
  ) throws(Problem) -> Verdict {
    var record = record
    var domain = domain
    while true {
      for term in record.terms {
        guard case .directive(let qualifier, let mechanism) = term else { continue }
        let step = begin(term, of: domain, depth)
        if term.isLookup { try countLookup() }
        guard try matches(mechanism, of: domain, depth) else { continue }
        steps[step].isMatch = true
        var explanation: Explanation?
        for case .exp(let spec) in record.terms {
          explanation = Explanation(spec: spec, domain: domain)
        }
        return Verdict(result: qualifier.result, explanation: explanation)
      }
      guard let redirect = record.redirect else {
        return Verdict(result: .neutral, explanation: nil)
      }
      let step = begin(.redirect(redirect), of: domain, depth)
      try countLookup()
      domain = try name(redirect, of: domain)
      guard let next = try self.record(of: domain) else { throw .noRecord(domain) }
      steps[step].isMatch = true
      record = next
    }
  }

  private mutating func begin(_ term: SPFTerm, of domain: String, _ depth: Int) -> Int {
    steps.append(SPFEvaluation.Step(domain: domain, term: term, depth: depth))
    current = steps.count - 1
    return steps.count - 1
  }

  private mutating func countLookup() throws(Problem) {
    lookups += 1
    if lookups > SPFRecord.lookupLimit { throw .tooManyLookups }
  }

  private mutating func matches(
    _ mechanism: SPFMechanism, of domain: String, _ depth: Int
  ) throws(Problem) -> Bool {
    switch mechanism {
    case .all: return true
    case .ip4(let prefix), .ip6(let prefix): return prefix.contains(sender.address)
    case .include(let target):
      let name = try name(target, of: domain)
      guard let record = try record(of: name) else { throw .noRecord(name) }
      return try evaluate(record, of: name, depth: depth + 1).result == .pass
    case .a(let target, let v4, let v6):
      let name = try name(target, of: domain)
      return try addresses(of: name).contains { isNear($0, v4, v6) }
    case .mx(let target, let v4, let v6):
      let name = try name(target, of: domain)
      var exchangers: [(preference: UInt16, host: String)] = []
      for case .mx(let preference, let host) in try ask(name, .mx) {
        exchangers.append((preference, host))
      }
      guard exchangers.count <= Self.hostLimit else { throw .tooManyExchangers(name) }
      exchangers.sort { $0 < $1 }
      var isMatch = false
      for exchanger in exchangers where exchanger.host != "." {
        let found = try addresses(of: exchanger.host).contains { isNear($0, v4, v6) }
        isMatch = isMatch || found
      }
      return isMatch
    case .exists(let target): return try !ask(name(target, of: domain), .a).isEmpty
    case .ptr(let target):
      let name = DNSQuestion(try name(target, of: domain), .a).name
      return try namesOfClient().contains { $0 == name || $0.hasSuffix("." + name) }
    }
  }

  private func isNear(_ address: IPAddress, _ v4: Int?, _ v6: Int?) -> Bool {
    let length = address.isIPv4 ? v4 : v6
    return IPPrefix(address, length: length ?? address.width).contains(sender.address)
  }

  /// The domain-spec of a term with its macros expanded; the domain itself without one.
  private mutating func name(_ spec: String?, of domain: String) throws(Problem) -> String {
    guard let spec else { return domain }
    var validated = "unknown"
    if SPFMacros.needsName(spec) { validated = try nameOfClient(for: domain) }
    return SPFMacros(sender: sender, domain: domain, validated: validated).name(spec)
  }

  /// The text that a domain publishes for those whose mail fails; what is wrong with it makes none
  /// (RFC 7208 §6.2).
  mutating func explanation(_ source: Explanation) -> String? {
    guard let name = try? name(source.spec, of: source.domain), Self.isUsable(name),
      case .records(let data, _) = resolver(Self.question(name, .txt)), data.count == 1,
      case .txt(let value) = data[0],
      SPFDomainSpec.endOfMacros(value.text, isExplanation: true) != nil
    else { return nil }
    var validated = "unknown"
    if SPFMacros.needsName(value.text) {
      guard let found = try? nameOfClient(for: source.domain) else { return nil }
      validated = found
    }
    return SPFMacros(sender: sender, domain: source.domain, validated: validated)
      .expand(value.text)
  }

  /// The name of the client as macros have it, preferably one of the domain's (RFC 7208 §7.3).
  private mutating func nameOfClient(for domain: String) throws(Problem) -> String {
    nameExpansions += 1
    let names: [String]
    if let known = clientNames {
      names = known
    } else {
      names = try namesOfClient()
      clientNames = names
    }
    return names.first { $0 == domain } ?? names.first { $0.hasSuffix("." + domain) }
      ?? names.first ?? "unknown"
  }

  /// The names that the client's address leads to and that lead back to it; an error of the DNS
  /// takes away only what it stands for (RFC 7208 §5.5).
  private mutating func namesOfClient() throws(Problem) -> [String] {
    var names: [String] = []
    let pointers = try unlessFailing { evaluator throws(Problem) in
      try evaluator.ask(evaluator.sender.pointerName, .other("PTR"))
    }
    for case .other(_, let text) in (pointers ?? []).prefix(Self.hostLimit) {
      let name = DNSQuestion(text, .a).name
      let addresses = try unlessFailing { evaluator throws(Problem) in
        try evaluator.addresses(of: name)
      }
      if addresses?.contains(sender.address) ?? false { names.append(name) }
    }
    return names
  }

  /// Nil where the DNS fails.
  private mutating func unlessFailing<Value>(
    _ body: (inout SPFEvaluator) throws(Problem) -> Value
  ) throws(Problem) -> Value? {
    do throws(Problem) {
      return try body(&self)
    } catch {
      if case .failure = error { return nil }
      throw error
    }
  }

  /// The addresses of a name that are of the sender's kind.
  private mutating func addresses(of name: String) throws(Problem) -> [IPAddress] {
    try ask(name, sender.address.isIPv4 ? .a : .aaaa).compactMap { datum in
      switch datum {
      case .a(let address), .aaaa(let address): address
      default: nil
      }
    }
  }

  /// The record of a domain (RFC 7208 §4.4, §4.5); nil without one.
  private mutating func record(of domain: String) throws(Problem) -> SPFRecord? {
    var texts: [String] = []
    for datum in try ask(domain, .txt) {
      switch datum {
      case .txt(let value) where SPFRecord.isSPF(value.text): texts.append(value.text)
      case .other(_, let text) where SPFRecord.isSPF(String(text.dropFirst().prefix(7))):
        // What TXTValue cannot hold is not ASCII, and so no term.
        texts.append(text)
      default: break
      }
    }
    guard let text = texts.first else { return nil }
    guard texts.count == 1 else { throw .severalRecords(domain) }
    records.append(SPFEvaluation.Record(domain: domain, text: text))
    do throws(SPFParseError) {
      return try SPFRecord(parsing: text)
    } catch {
      throw .unreadable(domain, error)
    }
  }

  /// The data of an answer; a name that the DNS cannot hold is not asked for, and has none.
  private mutating func ask(_ name: String, _ type: RecordType) throws(Problem) -> [RecordData] {
    guard Self.isUsable(DNSQuestion(name, type).name) else { return [] }
    let question = Self.question(name, type)
    switch resolver(question) {
    case .records(let data, _): return data
    case .noData, .noName:
      // The domain's own record is no term's.
      guard let current else { return [] }
      voids += 1
      steps[current].voids += 1
      if voids > Self.voidLimit { throw .tooManyVoids }
      return []
    case .failure: throw .failure(question)
    case .unknown: throw .unknown(question)
    }
  }

  private static func question(_ name: String, _ type: RecordType) -> DNSQuestion {
    DNSQuestion(OwnerName.escaped(DNSQuestion(name, type).name), type)
  }

  private static func isUsable(_ name: String) -> Bool {
    name.utf8.count <= DomainName.maximumLength
      && name.utf8.split(separator: 0x2E, omittingEmptySubsequences: false)
        .allSatisfy { (1...DomainName.maximumLabelLength).contains($0.count) }
  }
}

extension SPFQualifier {
  fileprivate var result: SPFEvaluation.Result {
    switch self {
    case .pass: .pass
    case .neutral: .neutral
    case .softfail: .softfail
    case .fail: .fail
    }
  }
}
