import Foundation
import Testing

/// The files as Postfix itself reads them.
@Suite struct PostfixFileTests {
  private static let now = "3-mail-server/main/"
  private static let later = "8-afterwards/main/"

  private static func example() -> ServerExample {
    var example = ServerExample(.postfix, lockdown: "{ address: {} }")
    example.domains = ["kaede.example", "もみじ.example", "k.example"]
    example.egress = ["192.0.2.0/28", "198.51.100.7", "2001:db8:1::/48", "2001:db8:ffff::1"]
    return example
  }

  /// Puts the files of a folder beside each other, as on a server; main.cf holds both fragments
  /// if the route is started.
  private static func inFolder<Result>(
    _ compiled: ExampleProcedure, below folder: String, isStarted: Bool,
    _ body: (URL) throws -> Result
  ) throws -> Result {
    try ServerJudge.inFolder { place in
      var settings = Data()
      for path in compiled.paths(below: folder)
      where !path.hasSuffix(".md") && !path.hasSuffix(".sh") {
        let name = String(path.dropFirst(folder.count))
        let bytes = Data(try compiled.bytes(path))
        if name == "main.cf" || name == "start-outbound.cf" && isStarted {
          settings += bytes
        } else {
          try bytes.write(to: place.appending(path: name))
        }
      }
      try settings.write(to: place.appending(path: "main.cf"))
      try Data().write(to: place.appending(path: "master.cf"))
      return try body(place)
    }
  }

  /// What a table says about each key; keys that it does not have are absent.
  private static func look(
    _ keys: [String], in table: String, _ compiled: ExampleProcedure, below folder: String
  ) throws -> [String: String] {
    try ServerJudge.inFolder { place in
      let parts = table.split(separator: ":").map(String.init)
      let file = place.appending(path: parts[1])
      try Data(try compiled.bytes(folder + parts[1])).write(to: file)
      let main = place.appending(path: "main.cf")
      try Data("maillog_file =\n".utf8).write(to: main)
      // Postfix waits for two seconds before it trusts a file that was written just now.
      for written in [main, file] {
        try FileManager.default.setAttributes(
          [.modificationDate: Date(timeIntervalSinceNow: -3600)], ofItemAtPath: written.path())
      }
      let verdict = try ServerJudge.run(
        "/usr/sbin/postmap", ["-c", place.path(), "-q", "-", "\(parts[0]):\(file.path())"],
        input: Array((keys.joined(separator: "\n") + "\n").utf8))
      #expect(verdict.errors == "")
      #expect(verdict.status == (verdict.output.isEmpty ? 1 : 0))
      return verdict.output.split(separator: "\n").reduce(into: [:]) { found, line in
        let cells = line.split(separator: "\t", maxSplits: 1).map(String.init)
        found[cells[0]] = cells[1]
      }
    }
  }

  @Test(
    arguments: ServerExample.Contract.allCases, ["", "opportunistic", "required", "certificate"])
  func postconfReadsTheSettingsWithoutAWarning(
    contract: ServerExample.Contract, startedWith tls: String
  ) throws {
    let isStarted = tls != ""
    var example = Self.example()
    example.contract = contract
    if isStarted { example.tls = tls }
    let verdict = try Self.inFolder(
      try example.compiled(), below: Self.now, isStarted: isStarted
    ) { place in
      try ServerJudge.run("/usr/sbin/postconf", ["-n", "-c", place.path()])
    }
    #expect(verdict.status == 0)
    #expect(verdict.errors == "")
    var expected: Set<String> = []
    if contract.hasInbound {
      expected.insert(
        "smtpd_client_restrictions = permit_mynetworks, permit_sasl_authenticated, "
          + "check_client_access cidr:$config_directory/mailgates_clients.cidr")
    }
    if contract.hasOutbound, isStarted {
      expected.insert(
        "sender_dependent_relayhost_maps = texthash:$config_directory/mailgates_sender_relay")
      expected.insert("smtp_tls_policy_maps = texthash:$config_directory/mailgates_tls_policy")
      if tls == "certificate" {
        expected.insert("smtp_tls_CAfile = /etc/ssl/certs/ca-certificates.crt")
      }
    }
    // Nothing else: neither mynetworks nor smtpd_relay_restrictions.
    let lines = verdict.output.split(separator: "\n").map(String.init)
      .filter { !$0.hasPrefix("config_directory") }
    #expect(Set(lines) == expected)
  }

  /// Every table that the settings name lies beside them.
  @Test(arguments: ServerExample.Contract.allCases)
  func everyTableIsThere(contract: ServerExample.Contract) throws {
    var example = Self.example()
    example.contract = contract
    let compiled = try example.compiled()
    let settings = try compiled.paths(below: Self.now).filter { $0.hasSuffix(".cf") }
      .map { try compiled.text($0) }.joined()
    let named = settings.split(separator: "$config_directory/").dropFirst()
      .map { String($0.prefix { $0.isLetter || $0 == "_" || $0 == "." }) }
    let tables = compiled.paths(below: Self.now).map { String($0.dropFirst(Self.now.count)) }
      .filter { name in ![".cf", ".md", ".sh"].contains { name.hasSuffix($0) } }
    #expect(named.sorted() == tables)
  }

  private static let inside = [
    "192.0.2.0", "192.0.2.15", "198.51.100.7", "2001:db8:1::", "2001:db8:1:ffff::9",
    "2001:db8:ffff::1",
  ]
  private static let outside = [
    "192.0.2.16", "192.0.1.255", "198.51.100.6", "198.51.100.8", "203.0.113.1", "0.0.0.0",
    "255.255.255.255", "2001:db8:2::", "2001:db8:ffff::2", "::1",
  ]

  /// The gateway passes always, everyone else until the cutover and after going back.
  @Test(arguments: [(now, "DUNNO"), ("rollback/" + later, "DUNNO"), (later, refusal)])
  func whoPasses(folder: String, others: String) throws {
    let found = try Self.look(
      Self.inside + Self.outside, in: "cidr:mailgates_clients.cidr", try Self.example().compiled(),
      below: folder)
    for address in Self.inside { #expect(found[address] == "OK", "\(address)") }
    for address in Self.outside { #expect(found[address] == others, "\(address)") }
  }

  private static let refusal = "REJECT Mail for this domain is accepted only via its gateway"

  @Test func onlyContractedSendersAreRelayed() throws {
    var example = Self.example()
    example.port = 2525
    let contracted = ["@kaede.example", "@KAEDE.example", "@xn--78j0di.example", "@k.example"]
    let found = try Self.look(
      contracted + ["@other.example", "@sub.kaede.example", "<>", "kaede.example", "@"],
      in: "texthash:mailgates_sender_relay", try example.compiled(), below: Self.now)
    #expect(found.keys.sorted() == contracted.sorted())
    #expect(found.values.allSatisfy { $0 == "[relay.gateway.example]:2525" })
  }

  @Test(arguments: [
    ("opportunistic", "may"), ("required", "encrypt"),
    ("certificate", "secure match=relay.gateway.example"),
  ])
  func theRelaysPolicyIsFoundByTheNextHop(tls: String, expected: String) throws {
    var example = Self.example()
    example.tls = tls
    let compiled = try example.compiled()
    let hops = try Self.look(
      ["@kaede.example"], in: "texthash:mailgates_sender_relay", compiled, below: Self.now)
    let hop = try #require(hops["@kaede.example"])
    #expect(hop == "[relay.gateway.example]:25")
    let policies = try Self.look(
      [hop, "relay.gateway.example", "[relay.gateway.example]"],
      in: "texthash:mailgates_tls_policy",
      compiled, below: Self.now)
    #expect(policies == [hop: expected])
  }

  /// Postfix knows the gateway by its addresses: a name in a certificate closes nothing.
  @Test func aCertificateClosesNothing() throws {
    let compiled = try ServerExample(
      .postfix, lockdown: "{ certificate: { name: \"*.gateway.example\" } }"
    ).compiled()
    #expect(compiled.paths(below: Self.later) == [Self.later + "postfix.md"])
    #expect(compiled.paths(below: "rollback/" + Self.later) == [])
    let page = try compiled.text(Self.later + "postfix.md")
    #expect(page.contains("`*.gateway.example`"))
    #expect(!page.contains("warn_if_reject"))
  }
}
