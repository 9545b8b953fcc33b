import Foundation
import MailRecords
import TestSupport
import Testing

/// What records cost, by hand, by evaluation, and beside other tools.
struct SPFBudgetTests {
  private static func resolver(_ records: [String: [String]]) -> DNSResolver {
    var policy = SPFPolicy()
    for (key, data) in records {
      let parts = key.split(separator: " ")
      policy.dns[String(parts[0]), default: [:]][String(parts[1])] =
        parts[1] == "MX"
        ? .exchangers(data.map { .init(preference: 10, host: $0) }) : .texts(data)
    }
    return policy.resolver
  }

  private static func budget(
    _ text: String, _ records: [String: [String]] = [:], unknown: Set<String> = [],
    estimates: [String: Int] = [:]
  ) throws -> SPFBudget {
    let resolver = resolver(records)
    return SPFBudget(
      of: try SPFRecord(parsing: text), at: "p0.example",
      knowing: SPFKnowledge(
        answer: { unknown.contains($0.name) ? .unknown : resolver($0) },
        estimate: { estimates[$0] }))
  }

  @Test func counts() throws {
    let budget = try Self.budget(
      "v=spf1 a mx ip4:192.0.2.1 include:a.jp include:B.jp. include:c.jp -all include:d.jp",
      ["a.jp TXT": ["v=spf1 a:x.jp include:e.jp redirect=f.jp"], "p0.example A": ["192.0.2.1"]],
      unknown: ["e.jp", "f.jp", "b.jp", "c.jp", "x.jp"], estimates: ["b.jp": 3])
    #expect(budget.terms.map(\.cost.lookups) == [1, 1, 0, 4, 4, 1, 0])
    // The name has no AAAA and no MX.
    #expect(budget.worst == .init(lookups: 11, voids: 2))
    #expect(budget.best == .init(lookups: 1, voids: 0))
    #expect(budget.isOverLimit && !budget.isOverVoidLimit)
    #expect(budget.unknown == ["e.jp", "f.jp", "c.jp"] && budget.estimated == ["b.jp"])
    #expect(
      budget.dearestFirst.map(\.term.description).prefix(2) == ["include:a.jp", "include:B.jp."])
    let relief = budget.relief { $0.mechanism != .include("a.jp") }
    #expect(relief?.map(\.description) == ["include:c.jp"])
    #expect(budget.relief { _ in false } == nil)
  }

  @Test func loopsAndBrokenTargets() throws {
    let loop = try Self.budget(
      "v=spf1 include:a.jp -all", ["a.jp TXT": ["v=spf1 include:P0.example -all"]])
    #expect(loop.loops.map(\.name) == ["p0.example"] && loop.worst.lookups == 2)
    #expect(loop.loops.first?.term.description == "include:a.jp")
    let broken = try Self.budget(
      "v=spf1 include:a.jp include:b.jp include:c.jp include:d.jp -all",
      [
        "a.jp TXT": ["x"], "b.jp TXT": ["v=spf1", "v=spf1"], "c.jp TXT": ["v=spf1 foo"],
      ])
    #expect(broken.broken.map(\.name) == ["a.jp", "b.jp", "c.jp", "d.jp"])
    #expect(broken.broken.map(\.reason).prefix(2) == [.noRecord, .severalRecords])
    #expect(broken.broken.last?.reason == .noName)
  }

  @Test func exchangersAndOpenTargets() throws {
    let budget = try Self.budget(
      "v=spf1 mx:m.jp include:o.jp -all",
      ["m.jp MX": (0..<11).map { "h\($0).jp" }, "o.jp TXT": ["v=spf1 +all"]])
    #expect(budget.wideExchangers.map(\.description) == ["mx:m.jp"])
    #expect(budget.openTargets.map(\.description) == ["include:o.jp"])
  }

  /// Targets that fan out without end stop at the ceiling.
  @Test func ceiling() throws {
    let record = try SPFRecord(parsing: "v=spf1 include:a.jp include:b.jp -all")
    let budget = SPFBudget(
      of: record, at: "p0.example",
      knowing: SPFKnowledge(
        answer: { question in
          TXTValue(ascii: "v=spf1 include:a.\(question.name) include:b.\(question.name) -all")
            .map { .records([.txt($0)], ttl: TTL(clamping: 1)) } ?? .noName
        }, estimate: { _ in nil }))
    #expect(budget.worst.lookups == SPFBudget.ceiling)
    let large = SPFBudget(
      of: record, at: "p0.example",
      knowing: SPFKnowledge(answer: { _ in .unknown }, estimate: { _ in Int.max }))
    #expect(large.worst.lookups == SPFBudget.ceiling)
  }

  /// A sender that nothing matches costs what the worst path says, by evaluation over the same DNS.
  @Test func worstPathIsWhatAStrangerCosts() throws {
    var policies = SPFPolicies(random: SplitMix64(seed: 99))
    var compared = 0
    for _ in 0..<SPFJudgeTests.count / 5 {
      let policy = policies.next()
      guard case .texts(let texts)? = policy.dns["p0.example"]?["TXT"],
        let text = texts.first(where: SPFRecord.isSPF), let record = try? SPFRecord(parsing: text),
        !texts.joined().contains("%")
      else { continue }
      let resolver = policy.resolver
      let budget = SPFBudget(
        of: record, at: "p0.example",
        knowing: SPFKnowledge(answer: resolver, estimate: { _ in nil }))
      // What has no end, or depends on the sender, has no worst path to compare.
      guard budget.loops.isEmpty, budget.unknown.isEmpty else { continue }
      for address in [IPAddress(v4: 0x0A00_0001), IPAddress(v6: 1)] {
        let found = SPFEvaluation(
          of: SPFSender(address: address, mailFrom: "x@p0.example", helo: ""), resolver: resolver)
        #expect(found.problem != .tooManyLookups || budget.worst.lookups > 10)
        #expect(found.lookups <= budget.worst.lookups, "\(text)")
        let isWhole =
          found.problem == nil
          && found.steps.allSatisfy { !$0.isMatch || $0.term.mechanism == .all || $0.isRedirect }
          && !found.records.contains { $0.text.contains("%") }
        guard isWhole else { continue }
        compared += 1
        #expect(found.lookups == budget.worst.lookups, "\(text)")
        #expect(found.voids <= budget.worst.voids, "\(text)")
      }
    }
    print("SPF budgets: \(compared) senders that match nothing cost what the worst path says")
    #expect(compared > 200)
  }

  // MARK: Other tools

  struct Count: Decodable {
    let lookups: Int?
    let refusal: String?
  }

  /// octodns-spf's own count, with the DNS in memory.
  private static func octodns(
    _ text: String, _ records: [String: [String]]
  ) throws -> Count {
    struct Request: Encodable {
      let record: String
      let texts: [String: [String]]
    }
    let texts = records.reduce(into: [String: [String]]()) { result, entry in
      if entry.key.hasSuffix(" TXT") { result[String(entry.key.dropLast(4))] = entry.value }
    }
    return try Judge.read(
      "octodns_spf_count.py",
      input: Array(try JSONEncoder().encode(Request(record: text, texts: texts))), as: Count.self)
  }

  /// RFC 7208 §4.6.4 counts `include` whatever its qualifier; octodns-spf looks for a term that
  /// begins with `include:`, so that twenty of `?include:` cost nothing.
  @Test func includesWithAQualifierCount() throws {
    let names = (1...20).map { "i\($0).example" }
    let text = "v=spf1 " + names.map { "?include:" + $0 }.joined(separator: " ") + " -all"
    let records = names.reduce(into: [String: [String]]()) { $0[$1 + " TXT"] = ["v=spf1 -all"] }
    let theirs = try Self.octodns(text, records)
    #expect(theirs.lookups == 0 && theirs.refusal == nil)
    let budget = try Self.budget(text, records)
    #expect(budget.worst.lookups == 20 && budget.isOverLimit)
    let found = try Self.evaluated(text, records)
    #expect(found.result == .permerror && found.problem == .tooManyLookups)
  }

  /// RFC 7208 §6.1 evaluates the target of `redirect`, whose terms count; octodns-spf counts one.
  @Test func redirectsAreFollowed() throws {
    let names = (1...10).map { "i\($0).example" }
    var records = names.reduce(into: [String: [String]]()) { $0[$1 + " TXT"] = ["v=spf1 -all"] }
    records["r.example TXT"] = [
      "v=spf1 " + names.map { "include:" + $0 }.joined(separator: " ") + " -all"
    ]
    let text = "v=spf1 redirect=r.example"
    let theirs = try Self.octodns(text, records)
    #expect(theirs.lookups == 1 && theirs.refusal == nil)
    let budget = try Self.budget(text, records)
    #expect(budget.worst.lookups == 11 && budget.isOverLimit)
    #expect(try Self.evaluated(text, records).problem == .tooManyLookups)
  }

  /// `all` begins with an a: octodns-spf counts it, and refuses ten includes, which are allowed.
  @Test func allCostsNothing() throws {
    let names = (1...10).map { "i\($0).example" }
    let records = names.reduce(into: [String: [String]]()) { $0[$1 + " TXT"] = ["v=spf1 -all"] }
    let text = "v=spf1 " + names.map { "include:" + $0 }.joined(separator: " ") + " all"
    let theirs = try Self.octodns(text, records)
    #expect(theirs.lookups == 11)
    let budget = try Self.budget(text, records)
    #expect(budget.worst.lookups == 10 && !budget.isOverLimit)
    #expect(try Self.evaluated(text, records).result == .pass)
  }

  private static func evaluated(
    _ text: String, _ records: [String: [String]]
  ) throws -> SPFEvaluation {
    var records = records
    records["p0.example TXT"] = [text]
    return SPFEvaluation(
      of: SPFSender(address: IPAddress(v4: 1), mailFrom: "x@p0.example", helo: ""),
      resolver: resolver(records))
  }
}

extension SPFEvaluation.Step {
  fileprivate var isRedirect: Bool {
    if case .redirect = term { true } else { false }
  }
}
