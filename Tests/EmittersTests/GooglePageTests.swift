import Testing

@Suite struct GooglePageTests {
  private static func cells(_ bytes: [UInt8], columns: Int) throws -> [[String]] {
    let cells = try ServerJudge.page(bytes).filter { $0.path.contains("td") }
    return stride(from: 0, to: cells.count, by: columns).map { start in
      cells[start..<min(start + columns, cells.count)].map(\.text)
    }
  }

  private static func all(_ bytes: [UInt8]) throws -> [String] {
    try ServerJudge.page(bytes).map(\.text)
  }

  @Test(arguments: ["ja", "en"])
  func refusalWaitsForTheCutover(language: String) throws {
    var example = ServerExample(.google, lockdown: "{ address: {} }")
    example.language = language
    example.egress = ["192.0.2.0/28", "2001:db8:1::/48"]
    let compiled = try example.compiled()
    let label =
      language == "ja" ? "「ゲートウェイから届いたものではないメールを拒否」" : "Reject all mail not from gateway IPs"
    let off = language == "ja" ? "チェックを入れない" : "Do not tick"
    let on = language == "ja" ? "チェックを入れる" : "Tick"
    let before = try Self.all(try compiled.bytes("3-mail-server/main/gateway.md"))
    #expect(before.contains("192.0.2.0/28") && before.contains("2001:db8:1::/48"))
    let box = try #require(before.firstIndex(of: label))
    #expect(before[box + 1] == off)
    let after = try Self.cells(
      try compiled.bytes("8-afterwards/main/gateway.md"), columns: 2)
    #expect(after.map { $0[1] } == ["192.0.2.0/28", "2001:db8:1::/48", on])
    #expect(after.last?[0] == label)
  }

  @Test(arguments: ["ja", "en"])
  func thePathIsInTheConsolesWords(language: String) throws {
    var example = ServerExample(.google)
    example.language = language
    let text = try Self.all(try example.compiled().bytes("3-mail-server/main/gateway.md"))
      .joined(separator: "\n")
    let paths =
      language == "ja"
      ? [
        "「アプリ」 > 「Google Workspace」 > 「Gmail」 > 「迷惑メール、フィッシング、不正なソフトウェア」 > 「受信ゲートウェイ」",
        "「アプリ」 > 「Google Workspace」 > 「Gmail」 > 「ホスト」",
      ]
      : [
        "Apps > Google Workspace > Gmail > Spam, Phishing and Malware > Inbound gateway",
        "Apps > Google Workspace > Gmail > Hosts",
      ]
    for path in paths { #expect(text.contains(path)) }
  }

  /// The preparation makes the route; the rule that sends mail by it waits for its own phase.
  @Test(arguments: [("ja", "「ルーティング」", "「ホスト」"), ("en", "> Routing", "> Hosts")])
  func theRuleWaitsForTheStart(language: String, routing: String, hosts: String) throws {
    var example = ServerExample(.google)
    example.language = language
    let compiled = try example.compiled()
    func text(_ path: String) throws -> String {
      try Self.all(try compiled.bytes(path)).joined(separator: "\n")
    }
    let filter = "(?i)^.*@(kaede\\.example)$"
    let before = try text("3-mail-server/main/gateway.md")
    #expect(!before.contains(routing) && !before.contains(filter))
    #expect(before.contains("start-outbound.md"))
    let start = try text("3-mail-server/main/start-outbound.md")
    #expect(start.contains(routing) && start.contains(filter))
    for words in ["SPF", "DKIM", "DMARC", "TTL"] { #expect(start.contains(words)) }
    #expect(try text("rollback/3-mail-server/main/start-outbound.md").contains(routing))
    let back = try text("rollback/3-mail-server/main/gateway.md")
    #expect(back.contains(hosts) && back.contains("start-outbound.md"))
  }

  /// Without mail that comes by way of MailGates, a client is no matter of MX records.
  @Test(arguments: ["ja", "en"])
  func theClientSpeaksOfWhatIsContracted(language: String) throws {
    for contract in ServerExample.Contract.allCases {
      var example = ServerExample(.google)
      example.language = language
      example.contract = contract
      let compiled = try example.compiled()
      let now = try compiled.text("3-mail-server/main/oauth.md")
      let back = try compiled.text("rollback/3-mail-server/main/oauth.md")
      #expect(now.contains("MX") == contract.hasInbound)
      #expect(back.contains("MX") == contract.hasInbound)
      #expect(back.contains(language == "ja" ? "送信" : "sent") == contract.hasOutbound)
      if !contract.hasInbound { #expect(!now.contains("受信") && !now.contains("take")) }
    }
  }

  @Test(arguments: [
    ("opportunistic", [false, false, false]), ("required", [true, false, false]),
    ("certificate", [true, true, true]),
  ])
  func tlsBoxesFollowTheRelay(tls: String, expected: [Bool]) throws {
    var example = ServerExample(.google)
    example.contract = .outbound
    example.language = "en"
    example.tls = tls
    example.port = 2525
    let rows = try Self.cells(
      try example.compiled().bytes("3-mail-server/main/gateway.md"), columns: 2)
    #expect(rows.contains(["Host name", "relay.gateway.example"]))
    #expect(rows.contains(["Port", "2525"]))
    #expect(rows.contains(["Perform MX lookup on host", "Do not tick"]))
    let boxes = [
      "Require mail to be transmitted via a secure (TLS) connection",
      "Require CA signed certificate",
      "Validate certificate hostname",
    ]
    for (box, isOn) in zip(boxes, expected) {
      #expect(rows.contains([box, isOn ? "Tick" : "Do not tick"]))
    }
  }

  /// The pattern as a regular expression takes senders of the contract and no others.
  @Test func onlyContractedSendersAreRouted() throws {
    var example = ServerExample(.google)
    example.language = "en"
    example.domains = ["kaede.example", "もみじ.example"]
    let rows = try Self.cells(
      try example.compiled().bytes("3-mail-server/main/start-outbound.md"), columns: 2)
    let pattern = try #require(rows.first { $0[0].hasPrefix("Envelope filter") })[1]
    let expression = try Regex(pattern)
    for sender in ["a@kaede.example", "A@Kaede.Example", "a@xn--78j0di.example"] {
      #expect(sender.wholeMatch(of: expression) != nil)
    }
    for sender in ["a@kaedexexample", "a@sub.kaede.example", "a@kaede.example.jp", "a@b.example"] {
      #expect(sender.firstMatch(of: expression) == nil)
    }
  }

  @Test func thePilotGoesFirst() throws {
    var example = ServerExample(.google)
    example.pilot = """
      pilot: /情報
      groups: [{ path: /情報, managers: [sato@kaede.example], members: [ito@kaede.example] }]
      """
    let items = try Self.all(try example.compiled().bytes("3-mail-server/main/start-outbound.md"))
    #expect(items.contains("sato@kaede.example") && items.contains("ito@kaede.example"))
  }

  @Test(arguments: ["ja", "en"])
  func theClientHasTheValuesOfTheNotice(language: String) throws {
    var example = ServerExample(.google)
    example.language = language
    let bytes = try example.compiled().bytes("3-mail-server/main/oauth.md")
    let rows = try Self.cells(bytes, columns: 2)
    #expect(
      rows.map { $0[1] }.suffix(2) == [
        "https://origin.gateway.example", "https://redirect.gateway.example/a_b",
      ])
    let text = try Self.all(bytes).joined(separator: "\n")
    #expect(text.contains("Admin SDK"))
    #expect(text.contains(language == "ja" ? "スコープ" : "scopes"))
    #expect(text.contains(language == "ja" ? "この取り込みは必須です" : "The import is mandatory"))
  }

  @Test func samlNeedsNoClient() throws {
    var example = ServerExample(.google)
    example.server = "googleWorkspace: { signIn: { saml: { idp: Entra ID, contact: 佐藤 } } }"
    let paths = try example.compiled().paths(below: "3-mail-server/")
    #expect(
      paths
        == ["gateway.md", "saml-request.md", "start-outbound.md"].map { "3-mail-server/main/" + $0 }
    )
  }
}
