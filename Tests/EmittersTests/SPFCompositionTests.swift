import Foundation
import MailRecords
import Procedure
import SourceText
import TenantModel
import TestSupport
import Testing
import Wording

/// The merged record, as an independent evaluator finds it.
struct SPFCompositionTests {
  private struct Query: Encodable {
    let dns: [String: [String: [String]]]
    let ip: String
    let from: String
    let helo: String
  }

  private struct Verdict: Decodable {
    let result: String
  }

  /// A question to the judge about one record, and what it has to say.
  private struct Trial {
    let query: Query
    /// The index of the trial that it must equal, where that passes; else the result.
    let expected: Expected
    let title: String
  }

  private enum Expected {
    case result(String)
    case anything
    /// What passed before still passes.
    case noWorseThan(Int)
  }

  private static let words: [SPFQualifier: String] = [
    .pass: "pass", .neutral: "neutral", .softfail: "softfail", .fail: "fail",
  ]

  /// The trials of one domain: each address that its records or their targets name, and a stranger.
  private static func trials(
    _ domain: DomainChanges, gateway: String, numbering start: Int
  ) throws -> [Trial] {
    let change = try #require(domain.senderAuthentication.first { $0.purpose == .spf })
    func text(_ data: [RecordData]) -> String? {
      data.lazy.compactMap { datum in
        if case .txt(let value) = datum, SPFRecord.isSPF(value.text) { value.text } else { nil }
      }.first
    }
    let before = text(change.before?.data ?? [])
    let after = try #require(text(change.after))
    let name = domain.domain.name.value.ascii
    let records = try [before, after].compactMap { $0 }.map { try SPFRecord(parsing: $0) }
    var dns: [String: [String: [String]]] = [:]
    var addresses: [String] = []
    var removed: Set<String> = []
    let gone = Set((domain.domain.spf?.remove ?? []).map(\.value.identity))
    for term in records.flatMap(\.terms) {
      let number = addresses.count + 1
      var address = "203.0.113.\(number)"
      switch term.mechanism {
      case .include(let target):
        let target = target.lowercased()
        if dns[target] == nil {
          dns[target] = ["TXT": ["v=spf1 ip4:\(address) -all"]]
        } else {
          continue
        }
      case .a(let target, _, _):
        guard dns[target ?? name]?["A"] == nil else { continue }
        dns[target ?? name, default: [:]]["A"] = [address]
      case .ip4(let prefix): address = prefix.network.description
      default: continue
      }
      addresses.append(address)
      if gone.contains(term.identity) { removed.insert(address) }
    }
    func query(_ record: String?, _ ip: String) -> Query {
      var all = dns
      if let record { all[name, default: [:]]["TXT"] = [record, "other=text"] }
      return Query(dns: all, ip: ip, from: "user@" + name, helo: name)
    }
    var trials: [Trial] = []
    for address in addresses {
      let isGateway = dns[gateway]?["TXT"]?.first?.contains("ip4:\(address) ") ?? false
      trials.append(Trial(query: query(before, address), expected: .anything, title: "before"))
      let index = start + trials.count - 1
      trials.append(
        Trial(
          query: query(after, address),
          expected: isGateway
            ? .result("pass") : removed.contains(address) ? .anything : .noWorseThan(index),
          title: "\(name) from \(address) by \(after)"))
    }
    for sender in domain.domain.spf?.senders ?? [] where sender.value.description.hasPrefix("ip4:")
    {
      let ip = String(sender.value.description.dropFirst(4).prefix { $0 != "/" })
      trials.append(
        Trial(query: query(after, ip), expected: .result("pass"), title: "\(name) sender \(ip)"))
    }
    let all = try #require(try SPFRecord(parsing: after).all)
    trials.append(
      Trial(
        query: query(after, "198.18.0.99"), expected: .result(words[all] ?? ""),
        title: "\(name) from anywhere by \(after)"))
    return trials
  }

  @Test("the gateway and every sender of before pass by the merged record, and strangers do not")
  func merged() throws {
    var trials: [Trial] = []
    var domains = 0
    func add(_ procedure: Procedure) throws {
      for domain in procedure.domains where domain.domain.role != .parked {
        let gateway = try #require(procedure.services.outbound?.spf.ascii)
        let more = try Self.trials(domain, gateway: gateway, numbering: trials.count)
        trials += more
        domains += 1
      }
    }
    for name in ExampleFolder.names {
      let procedure = try ExampleFolder(name).procedure.procedure
      if procedure.services.outbound != nil { try add(procedure) }
    }
    var random = SplitMix64(seed: 31)
    func pick(_ values: [String]) -> String {
      values[Int.random(in: 0..<values.count, using: &random)]
    }
    let count = ProcessInfo.processInfo.environment["MGC_PROOF"] == "1" ? 3_000 : 300
    let terms =
      (1...4).map { "include:i\($0).example" } + ["a", "ip4:198.51.100.7", "ip4:198.51.100.64/26"]
      + ["a:h.example", "include:spf.gateway.example"]
    for _ in 0..<count {
      let zone = (0..<Int.random(in: 0...4, using: &random)).map { _ in pick(terms) }
      let senders = Set((0..<Int.random(in: 0...3, using: &random)).map { _ in pick(terms) })
        .sorted()
      let removals = Set((0..<Int.random(in: 0...1, using: &random)).map { _ in pick(terms) })
        .subtracting(senders).subtracting(["include:spf.gateway.example"]).sorted()
      let all = pick([" ~all", " -all", " ?all", ""])
      let yaml =
        ExampleProcedure.head(ExampleProcedure.both)
          + """
          domains:
            - name: kaede.example
              zone: { file: zones/kaede.example.zone }
              spf: { senders: [\(senders.map { "\"\($0)\"" }.joined(separator: ", "))], remove: [\
          \(removals.map { "\"\($0)\"" }.joined(separator: ", "))] }

          """
      let text = """
        $TTL 300
        @ IN SOA ns root 1 60 60 60 60
        @ IN NS ns
        @ IN TXT "\((["v=spf1"] + zone).joined(separator: " "))\(all)"

        """
      try add(ExampleProcedure(yaml, zones: ["kaede.example": text]).procedure)
    }
    var input: [UInt8] = []
    for trial in trials { input += Array(try JSONEncoder().encode(trial.query)) + [0x0A] }
    let verdicts = try Judge.read("spf_check.py", input: input, as: [Verdict].self)
    #expect(verdicts.count == trials.count)
    var counts: [String: Int] = [:]
    for (trial, verdict) in zip(trials, verdicts) {
      switch trial.expected {
      case .anything: continue
      case .result(let result): #expect(verdict.result == result, "\(trial.title)")
      case .noWorseThan(let index):
        if verdicts[index].result == "pass" {
          #expect(verdict.result == "pass", "\(trial.title)")
        }
      }
      counts[verdict.result, default: 0] += 1
    }
    print(
      "pyspf: the merged SPF of \(domains) domains judges \(counts.values.reduce(0, +)) senders as it should:",
      counts.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: ", "))
  }

  @Test func ownersAndFates() throws {
    let kaede = try ExampleFolder("kaede-trading").procedure.procedure
    let spf = try #require(kaede.domains.first?.spf)
    #expect(
      spf.lines.map {
        "\($0.term) \($0.owner.rawValue) \($0.fate.rawValue) \($0.cost?.lookups ?? -1)"
      } == [
        "include:spf.protection.outlook.com mail-server kept 1",
        "ip4:198.51.100.7 customer added 0", "include:spf.gateway.example gateway added 1",
        "~all customer kept 0", "include:old-sender.example customer removed -1",
      ])
    #expect(spf.budget.estimated == ["spf.protection.outlook.com"])
    #expect(spf.basis[0].en.contains("2026-11-23"))
    #expect(spf.budget.unknown == ["spf.gateway.example"])
  }

  @Test func zonesAnswer() throws {
    let text = """
      $TTL 300
      @ IN SOA ns root 1 60 60 60 60
      @ IN NS ns
      ns IN A 192.0.2.53
      alias IN CNAME ns
      out IN CNAME x.elsewhere.example.
      a.b IN TXT "v=spf1 -all"
      sub IN NS ns.elsewhere.example.
      *.wild IN A 192.0.2.9

      """
    let zones = try ExampleProcedure(
      ExampleProcedure.head(ExampleProcedure.both) + """
        domains:
          - { name: kaede.example, zone: { file: zones/kaede.example.zone } }

        """, zones: ["kaede.example": text]
    ).zoneContents
    let answers = ZoneAnswers(
      try zones.reduce(into: [:]) { $0[try DomainName(parsing: $1.key)] = $1.value },
      recorded: { $0.name == "x.elsewhere.example" ? .noData : .unknown })
    func answer(_ name: String, _ type: RecordType = .a) -> DNSAnswer {
      answers.answer(DNSQuestion(name, type))
    }
    #expect(answer("alias.kaede.example") == answer("ns.kaede.example"))
    #expect(!answer("ns.kaede.example").isVoid)
    #expect(answer("ns.kaede.example", .aaaa) == .noData)
    #expect(answer("b.kaede.example") == .noData)
    #expect(answer("c.kaede.example") == .noName)
    #expect(answer("out.kaede.example") == .noData)
    #expect(answer("x.sub.kaede.example") == .unknown)
    #expect(answer("x.wild.kaede.example") == .unknown)
    #expect(answer("other.example") == .unknown)
  }
}
