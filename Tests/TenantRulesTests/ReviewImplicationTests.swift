import Diagnostics
import Foundation
import MailRecords
import SourceText
import TenantModel
import TestSupport
import Testing

/// What is said never to act does not, on random mail: by a model of the rules that shares nothing
/// with the code under test.
@Suite struct ReviewImplicationTests {
  /// How the console may read what its articles leave open. A finding must hold under each.
  struct Reading {
    var allRecipients: Bool
    var exclusionHides: Bool
  }

  struct Mail {
    var sender: String
    var recipients: [String]
    var words: Set<String>
    var headers: Set<String>
    var extensions: Set<String>
  }

  struct Policy {
    var scope: String
    var header: String?
    var dictionary: String?
    var exclusion: String?
    var recipients: [String] = []
    var sender: String?
    var extensions: [String] = []
    var then: String

    static let dictionaries = ["d1": ["p1", "p2"], "d2": ["p2"], "d3": ["p3"]]
    static let exclusions = ["e1": ["p2"], "e2": ["qq"]]
    static let members = ["/g": ["a@own.example", "b@second.example"]]

    func yaml(_ name: String) -> String {
      var when: [String] = []
      if let header { when.append("header: '/^\(header)/i'") }
      if let dictionary { when.append("dictionary: \(dictionary)") }
      if let exclusion { when.append("exceptDictionary: \(exclusion)") }
      if recipients == ["external"] {
        when.append("recipients: external")
      } else if !recipients.isEmpty {
        when.append(
          "recipients: { matching: [\(recipients.map { "'\($0)'" }.joined(separator: ", "))] }")
      }
      if let sender { when.append("sender: '\(sender)'") }
      if !extensions.isEmpty {
        when.append("attachmentExtensions: [\(extensions.joined(separator: ", "))]")
      }
      let scopes = scope.hasPrefix("/") ? "{ group: \(scope) }" : "{ domain: \(scope) }"
      return "    - { name: \(name), scope: \(scope == "all" ? scope : scopes), "
        + "when: { \(when.joined(separator: ", ")) }, then: \(then) }\n"
    }

    private func fits(_ pattern: String, _ address: String) -> Bool {
      if pattern == "*@*" { return true }
      if let at = pattern.firstIndex(of: "@"), pattern.hasPrefix("*") || pattern.hasPrefix("@") {
        return address.hasSuffix(pattern[at...])
      }
      return pattern.lowercased() == address.lowercased()
    }

    func matches(_ mail: Mail, _ reading: Reading) -> Bool {
      switch scope {
      case "all": break
      case "/g": guard Self.members["/g"]?.contains(mail.sender) == true else { return false }
      default: guard mail.sender.hasSuffix("@" + scope) else { return false }
      }
      if let header, !mail.headers.contains(header) { return false }
      var words = mail.words
      if let exclusion, let excluded = Self.exclusions[exclusion] {
        if reading.exclusionHides {
          words.subtract(excluded)
        } else if !words.isDisjoint(with: excluded) {
          return false
        }
      }
      if let dictionary, let phrases = Self.dictionaries[dictionary],
        words.isDisjoint(with: phrases)
      {
        return false
      }
      if recipients == ["external"] {
        let outside = mail.recipients.map { !$0.hasSuffix("@own.example") }
        guard reading.allRecipients ? outside.allSatisfy(\.self) : outside.contains(true) else {
          return false
        }
      } else if !recipients.isEmpty {
        let hits = mail.recipients.map { one in recipients.contains { fits($0, one) } }
        guard reading.allRecipients ? hits.allSatisfy(\.self) : hits.contains(true) else {
          return false
        }
      }
      if let sender, !fits(sender, mail.sender) { return false }
      return extensions.isEmpty
        || !Set(extensions.map { $0.lowercased() }).isDisjoint(with: mail.extensions)
    }
  }

  private static func policy(_ random: inout SplitMix64) -> Policy {
    func maybe<Value>(_ values: [Value]) -> Value? {
      Int.random(in: 0..<3, using: &random) == 0 ? values.randomElement(using: &random) : nil
    }
    let addresses = ["x@rival.example", "*@rival.example", "@rival.example", "y@other.example"]
    var recipients: [String] = []
    switch Int.random(in: 0..<6, using: &random) {
    case 0: recipients = ["external"]
    case 1: recipients = [addresses.randomElement(using: &random) ?? ""]
    case 2: recipients = Array(addresses.shuffled(using: &random).prefix(2))
    case 3: recipients = ["*@*"]
    default: break
    }
    return Policy(
      scope: ["all", "all", "own.example", "/g"].randomElement(using: &random) ?? "all",
      header: maybe(["To:x", "Cc:y"]), dictionary: maybe(["d1", "d2", "d3"]),
      exclusion: maybe(["e1", "e2"]), recipients: recipients,
      sender: maybe(["a@own.example", "A@own.example", "*@own.example", "@own.example", "*@*"]),
      extensions: maybe([["exe"], ["EXE", "js"], ["js"], ["zip"]]) ?? [],
      then: ["hold", "forbid", "allow", "self-approve"].randomElement(using: &random) ?? "hold")
  }

  private static func mail(_ random: inout SplitMix64) -> Mail {
    func some(_ values: [String]) -> Set<String> {
      Set(values.filter { _ in Bool.random(using: &random) })
    }
    let recipients = some([
      "x@rival.example", "y@other.example", "z@rival.example", "c@own.example",
    ])
    return Mail(
      sender: ["a@own.example", "b@second.example", "c@own.example"].randomElement(using: &random)
        ?? "", recipients: recipients.isEmpty ? ["x@rival.example"] : recipients.sorted(),
      words: some(["p1", "p2", "p3", "qq"]), headers: some(["To:x", "Cc:y"]),
      extensions: some(["exe", "js", "zip"]))
  }

  @Test func whatIsSaidToBeIdleNeverActs() throws {
    let isProof = ProcessInfo.processInfo.environment["MGC_PROOF"] == "1"
    let tenants = isProof ? 1_000 : 200
    let mails = isProof ? 1_000 : 500
    let now = try #require(Timestamp(parsing: Fixture.now))
    var random = SplitMix64(seed: 7_004)
    var idle = 0
    var acting = 0
    for _ in 0..<tenants {
      let policies = (0..<10).map { _ in Self.policy(&random) }
      var yaml = """
        version: 1
        tenant: { id: own, name: 楓商事株式会社, language: ja }
        contract: { services: [leak-prevention] }
        gateway: { console: mail-security, relay: { host: relay.gateway.example, port: 25, tls: required }, spf: spf.gateway.example }
        mailServers: [{ name: hosted, other: { description: レンタルサーバー, addresses: [203.0.113.80] } }]
        domains:
          - { name: own.example, dkim: [{ selector: mg }] }
          - { name: second.example, dkim: [{ selector: mg }] }
        groups: [{ path: /g, members: [a@own.example, b@second.example] }]
        settings:
          dictionaries: [{ name: d1, phrases: [p1, p2] }, { name: d2, phrases: [p2] }, { name: d3, phrases: [p3] }]
          exclusionDictionaries: [{ name: e1, phrases: [p2] }, { name: e2, phrases: [qq] }]
          review:

        """
      for (index, policy) in policies.enumerated() { yaml += policy.yaml("r\(index)") }
      let outcome = try Outcome("tenant.yaml", texts: ["tenant.yaml": yaml], now: now)
      #expect(!outcome.findings.contains { $0.code.severity == .error })
      var quiet: Set<Int> = []
      for finding in outcome.findings {
        let file = outcome.sources[finding.primary.file]
        let name = file.text(finding.primary.lowerBound..<finding.primary.upperBound)
        guard let number = Int(name.dropFirst()), name.hasPrefix("r") else { continue }
        if finding.code.name == "MGC7004" { quiet.insert(number) }
        if finding.code.name == "MGC7003" { quiet.formUnion((number + 1)..<policies.count) }
      }
      idle += quiet.count
      for _ in 0..<mails {
        let mail = Self.mail(&random)
        let reading = Reading(
          allRecipients: Bool.random(using: &random), exclusionHides: Bool.random(using: &random))
        guard let first = policies.firstIndex(where: { $0.matches(mail, reading) }) else {
          continue
        }
        acting += 1
        #expect(!quiet.contains(first), "r\(first) acts on \(mail) with \(reading):\n\(yaml)")
      }
    }
    print("\(tenants) policies of 10 rules: \(idle) rules idle; \(acting) mails met a rule")
    #expect(idle > tenants && acting > tenants * mails / 10)
  }
}
