import Artifacts
import Foundation
import TestSupport
import Testing

@Suite struct PostfixTests {
  @Test func parametersAndRows() throws {
    let host = try #require(PostfixWord("relay.example.jp"))
    let reason = try #require(PostfixValue("Mail is accepted only via its gateway, sorry"))
    var main = PostfixMainCf()
    main.comment("for a\nmynetworks = 0.0.0.0/0")
    main.set("relayhost", "[\(host)]:\(25)")
    main.set("smtpd_client_restrictions", "check_client_access cidr:$config_directory/a.cidr")
    main.set("relayhost", "[\(host)]:\(587)")
    main.set("mynetworks", "")
    #expect(
      main.bytes
        == """
        # for a\\u{A}mynetworks = 0.0.0.0/0
        relayhost = [relay.example.jp]:587
        smtpd_client_restrictions = check_client_access cidr:$config_directory/a.cidr
        mynetworks =

        """.octets)
    var table = PostfixTable(.texthash)
    table.row("[\(host)]:\(25)", "secure match=\(host)")
    table.row("@EXAMPLE.jp", "a")
    table.row("@example.jp", "REJECT \(reason)")
    #expect(
      table.bytes
        == """
        [relay.example.jp]:25  secure match=relay.example.jp
        @example.jp            REJECT Mail is accepted only via its gateway, sorry

        """.octets)
  }

  @Test(arguments: [
    "", " a", "a ", "\u{3000}a", "a\nb", "a\r", "a\u{0}", "$a", "{", "}", "a # b", "\u{1B}",
    "a\u{85}",
    "a\u{2028}b", "\u{202E}",
  ])
  func whatCannotBeWrittenCannotBeMade(text: String) {
    #expect(PostfixValue(text) == nil)
    #expect(PostfixWord(text) == nil)
  }

  @Test(arguments: ["a b", "a,b", "\"a", "a\\", "a\u{A0}b", "alias:"])
  func aWordIsOneElement(text: String) {
    #expect(PostfixValue(text) != nil)
    #expect(PostfixWord(text) == nil)
    #expect(PostfixWord("2001:db8::") != nil)
  }

  @Test func everyParameterIsReadBack() throws {
    let values = HostileText.values().filter { !$0.isEmpty }
    let accepted = values.compactMap(PostfixValue.init)
    #expect(accepted.count > values.count / 10)
    var expected: [String] = []
    let batches = stride(from: 0, to: accepted.count, by: Self.names.count)
    for start in batches {
      var main = PostfixMainCf()
      let batch = accepted[start..<min(start + Self.names.count, accepted.count)]
      expected = []
      for (name, value) in zip(Self.names, batch) {
        main.comment(value.text)
        main.set(name, "\(value)")
        // postconf prints one blank for several.
        let words = value.text.split(separator: " ").joined(separator: " ")
        expected.append("\(name) = \(words)")
      }
      for value in values[start..<min(start + 40, values.count)] { main.comment(value) }
      let verdict = try Judge.inFolder { folder in
        try Data(main.bytes).write(to: folder.appending(path: "main.cf"))
        try Data().write(to: folder.appending(path: "master.cf"))
        return try Judge.run("/usr/sbin/postconf", ["-n", "-c", folder.path()])
      }
      #expect(verdict.status == 0)
      #expect(verdict.errors == "")
      let lines = String(decoding: verdict.output, as: UTF8.self).split(separator: "\n")
        .map(String.init).filter { !$0.hasPrefix("config_directory") }
      #expect(lines.sorted().differences(from: expected.sorted()) == [])
    }
  }

  /// Parameters that take any text.
  private static let names: [StaticString] = [
    "smtpd_banner", "mail_name", "syslog_name", "smtp_helo_name", "bounce_template_file",
    "default_rbl_reply", "smtpd_reject_footer", "address_verify_sender", "empty_address_recipient",
    "double_bounce_sender", "body_checks", "header_checks", "canonical_maps", "relocated_maps",
    "smtpd_sasl_path", "smtpd_sasl_type", "cyrus_sasl_config_path", "mailbox_command",
    "smtp_tls_CAfile", "smtp_tls_CApath", "smtpd_tls_CAfile", "smtpd_tls_CApath", "luser_relay",
    "forward_path", "home_mailbox", "mail_spool_directory", "alias_maps", "transport_maps",
    "virtual_alias_maps", "sender_bcc_maps", "recipient_bcc_maps", "always_bcc",
    "notify_classes", "export_environment", "import_environment", "milter_macro_v",
    "smtpd_milters", "non_smtpd_milters", "content_filter", "relay_recipient_maps",
  ]

  @Test func everyRowIsReadBack() throws {
    var table = PostfixTable(.texthash)
    var expected: [String: String] = [:]
    for (number, text) in HostileText.values().enumerated() {
      guard let word = PostfixWord(text), let value = PostfixValue(text) else { continue }
      table.comment(text)
      table.row("k\(number)\(word)", "\(value)")
      expected["k\(number)\(word.text)"] = value.text
    }
    #expect(expected.count > 100)
    let verdict = try Self.query(table, name: "texthash", keys: Array(expected.keys))
    #expect(verdict.errors == "")
    var read: [String: String] = [:]
    for line in String(decoding: verdict.output, as: UTF8.self).split(separator: "\n") {
      let parts = line.split(separator: "\t", maxSplits: 1)
      read[String(parts[0])] = parts.count == 2 ? String(parts[1]) : ""
    }
    #expect(read.count == expected.count)
    #expect(expected.allSatisfy { read[$0]?.octets == $1.octets })
  }

  @Test func prefixesMatch() throws {
    var table = PostfixTable(.cidr)
    var keys: [String] = []
    let reasons = HostileText.values().compactMap(PostfixValue.init).prefix(60_000)
    for (number, reason) in reasons.enumerated() {
      let address = "10.\(number >> 8 & 255).\(number & 255).\(number >> 16)"
      let word = try #require(PostfixWord(address))
      table.row("\(word)/\(32)", "REJECT \(reason)")
      keys.append(address)
    }
    table.row("::/0", "OK")
    let verdict = try Self.query(table, name: "cidr", keys: keys + ["2001:db8::1"])
    #expect(verdict.errors == "")
    let expected = zip(keys, reasons).map { "\($0)\tREJECT \($1.text)" } + ["2001:db8::1\tOK"]
    let lines = String(decoding: verdict.output, as: UTF8.self).split(separator: "\n")
    #expect(lines.map(String.init).differences(from: expected) == [])
  }

  private static func query(_ table: PostfixTable, name: String, keys: [String]) throws
    -> Judge.Verdict
  {
    try Judge.inFolder { folder in
      try Data(table.bytes).write(to: folder.appending(path: "table"))
      try Data("maillog_file =\n".utf8).write(to: folder.appending(path: "main.cf"))
      return try Judge.run(
        "/usr/sbin/postmap",
        ["-c", folder.path(), "-q", "-", "\(name):\(folder.appending(path: "table").path())"],
        input: keys.joined(separator: "\n").octets + [0x0A])
    }
  }
}
