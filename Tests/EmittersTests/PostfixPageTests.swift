import Testing

@Suite struct PostfixPageTests {
  /// The page's own commands, run in the reader's head: each value stands in a cell of its own.
  @Test(arguments: ["ja", "en"])
  func everyCheckNamesWhatItPrints(language: String) throws {
    var example = ServerExample(.postfix, lockdown: "{ address: {} }")
    example.language = language
    example.egress = ["192.0.2.0/28", "2001:db8:1::/48"]
    example.tls = "certificate"
    let compiled = try example.compiled()
    let rows = try Self.rows(try compiled.bytes("3-mail-server/main/postfix.md"))
    let table = "cidr:/etc/postfix/mailgates_clients.cidr"
    #expect(rows["postmap -q 192.0.2.0 \(table)"] == "OK")
    #expect(rows["postmap -q 2001:db8:1:: \(table)"] == "OK")
    #expect(rows["postmap -q 127.0.0.1 \(table)"] == "DUNNO")
    #expect(
      rows["postmap -q @kaede.example texthash:/etc/postfix/mailgates_sender_relay"]
        == "[relay.gateway.example]:25")
    #expect(
      rows[
        "postmap -q '[relay.gateway.example]:25' texthash:/etc/postfix/mailgates_tls_policy"]
        == "secure match=relay.gateway.example")
    let later = try Self.rows(try compiled.bytes("8-afterwards/main/postfix.md"))
    #expect(
      later["postmap -q 127.0.0.1 \(table)"]
        == "REJECT Mail for this domain is accepted only via its gateway")
  }

  @Test func theServerIsTold() throws {
    let blocks = try ServerJudge.page(
      try ServerExample(.postfix).compiled().bytes("3-mail-server/main/postfix.md"))
    let text = blocks.map(\.text).joined(separator: "\n")
    for words in [
      "mail.kaede.example", "203.0.113.25", "mynetworks", "smtpd_relay_restrictions",
      "-o smtpd_client_restrictions=permit_sasl_authenticated,reject", "1か月(30日)", "2.10", "3.11",
    ] {
      #expect(text.contains(words), "\(words)")
    }
  }

  /// The start says what it needs, what loops, and what it sets; the preparation sets none of it.
  @Test(arguments: ["ja", "en"])
  func theStartIsItsOwnPage(language: String) throws {
    var example = ServerExample(.postfix)
    example.language = language
    let compiled = try example.compiled()
    let start = try compiled.text("3-mail-server/main/start-outbound.md")
    for words in [
      "SPF", "DKIM", "DMARC", "TTL", "`relay_domains`", "`transport_maps`", "`start-outbound.cf`",
      "`relay=relay.gateway.example`",
    ] {
      #expect(start.contains(words), "\(words)")
    }
    for path in ["main.cf", "postfix.md"] {
      let text = try compiled.text("3-mail-server/main/" + path)
      #expect(!text.contains("sender_dependent_relayhost_maps"), "\(path)")
    }
    #expect(
      try compiled.text("rollback/3-mail-server/main/start-outbound.md")
        .contains("`start-outbound.cf`"))
  }

  /// A row below 0.0.0.0/0 never matches.
  @Test(arguments: [("ja", "より上に足します"), ("en", "above the rows that match everything")])
  func rowsAreAddedAboveTheCatchAll(language: String, words: String) throws {
    var example = ServerExample(.postfix)
    example.language = language
    #expect(try example.compiled().text("3-mail-server/main/postfix.md").contains(words))
  }

  /// Nothing is refused before the log was watched: a new smtpd reads the tables without a reload.
  @Test(arguments: ["ja", "en"])
  func refusalsAreLoggedBeforeTheyCount(language: String) throws {
    var example = ServerExample(.postfix, lockdown: "{ address: {} }")
    example.language = language
    let steps = try ServerJudge.page(
      try example.compiled().bytes("8-afterwards/main/postfix.md")
    ).filter { $0.path.contains("ol") }.map(\.text)
    #expect(steps.count == 4)
    let warns = steps.map { $0.contains("warn_if_reject") }
    #expect(warns == [true, false, false, true])
    #expect(steps.map { $0.contains("mailgates_clients.cidr") } == [false, true, false, false])
    #expect(steps.map { $0.contains("reload") } == [true, true, false, true])
    #expect(steps[2].contains("reject_warning"))
  }

  /// The second cell of each row by its first.
  private static func rows(_ bytes: [UInt8]) throws -> [String: String] {
    let cells = try ServerJudge.page(bytes).filter { $0.path.contains("td") }.map(\.text)
    var rows: [String: String] = [:]
    for index in stride(from: 0, to: cells.count - 1, by: 2) {
      rows[cells[index]] = cells[index + 1]
    }
    return rows
  }
}
