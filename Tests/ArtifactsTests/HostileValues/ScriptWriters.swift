import Artifacts
import Foundation
import TestSupport
import Testing

extension HostileWriter {
  static let powerShell = HostileWriter("PowerShell", judge: "a lexer and tree-sitter") { values in
    var script = PowerShellScript()
    for value in values { script.line("$value = \(quoted: value)") }
    for value in values { script.line("$value = \(list: [value, "x", value])") }
    var reader = PowerShellLexer(script.bytes)
    let strings = values.map { PowerShellLexer.Value.string($0.octets) }
    let expected =
      strings + strings.map { PowerShellLexer.Value.list([$0, .string("x".octets), $0]) }
    let read = try reader.assignments()
    #expect(read.count == expected.count)
    #expect(zip(read, expected).first { $0 != $1 } == nil)
    #expect(try Judge.read("powershell_parser.py", input: script.bytes, as: [Int].self) == [])
    let lines = script.bytes.split(separator: 0x0A)
    #expect(lines.count == 2 * values.count)
    #expect(lines.allSatisfy { $0.last == 0x0D && $0.dropLast().last != 0x20 })
    return values.count
  }

  /// Each shell prints the very bytes of what it was given as a word.
  static let shell = HostileWriter("Shell", judge: "dash and bash", leastShare: 20) { values in
    let words = values.compactMap(ShellValue.init)
    var script = ShellScript()
    for value in values { script.comment(value) }
    script.block("show() {") { $0.code("printf '%s\\n' \"$@\"") }
    for word in words { script.code("show \(word)") }
    script.code("show \(list: Array(words.prefix(20))) \(7)")
    let expected = words.map(\.text) + words.prefix(20).map(\.text) + ["7", ""]
    for shell in ["/bin/dash", "/bin/bash"] {
      let output = try Judge.inFolder { folder in
        let file = folder.appending(path: "script")
        try Data(script.bytes).write(to: file)
        let verdict = try Judge.run(shell, [file.path()])
        #expect(verdict.status == 0 && verdict.errors == "", "\(verdict.errors)")
        return Array(verdict.output)
      }
      let lines = output.split(separator: 0x0A, omittingEmptySubsequences: false)
        .map { String(decoding: $0, as: UTF8.self) }
      #expect(lines.differences(from: expected) == [], "\(shell)")
    }
    return words.count
  }

  static let postfixParameters = HostileWriter(
    "Postfix, main.cf", judge: "postconf", leastShare: 10
  ) { values in
    let accepted = values.compactMap(PostfixValue.init)
    let batches = groups(of: parameters.count, accepted)
    // Comments with all values, as many in each file.
    let comments = groups(of: values.count / max(batches.count, 1) + 1, values)
    #expect(comments.count <= batches.count)
    var files: [[UInt8]] = []
    var expected: [String] = []
    for (index, batch) in batches.enumerated() {
      var main = PostfixMainCf()
      var lines: [String] = []
      for (name, value) in zip(parameters, batch) {
        main.set(name, "\(value)")
        // postconf prints one blank for several.
        let words = value.text.split(separator: " ").joined(separator: " ")
        lines.append("\(name) = \(words)")
      }
      for value in index < comments.count ? comments[index] : [] { main.comment(value) }
      files.append(main.bytes)
      expected += lines.sorted()
    }
    let read = try read("postconf_reader.py", documents: files, as: [[String]].self)
    #expect(read.flatMap { $0.sorted() }.differences(from: expected) == [])
    return accepted.count
  }

  /// Parameters that take any text.
  private static let parameters: [StaticString] = [
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

  static let postfixTable = HostileWriter(
    "Postfix, texthash", judge: "postmap -q", leastShare: 10
  ) { values in
    var table = PostfixTable(.texthash)
    var expected: [(key: String, value: String)] = []
    for (number, text) in values.enumerated() {
      table.comment(text)
      guard let word = PostfixWord(text), let value = PostfixValue(text) else { continue }
      table.row("k\(number)\(word)", "\(value)")
      expected.append(("k\(number)\(word.text)", value.text))
    }
    let verdict = try query(table, name: "texthash", keys: expected.map(\.key))
    #expect(verdict.errors == "")
    let lines = String(decoding: verdict.output, as: UTF8.self).split(separator: "\n")
    #expect(
      lines.map(String.init).differences(from: expected.map { "\($0.key)\t\($0.value)" }) == [])
    return expected.count
  }

  /// A table of networks is searched from the top for each key, so it stays short.
  static let postfixNetworks = HostileWriter(
    "Postfix, cidr", judge: "postmap -q", leastShare: 10
  ) { values in
    let reasons = values.compactMap(PostfixValue.init)
    for group in groups(of: 2_000, reasons) {
      var table = PostfixTable(.cidr)
      var keys: [String] = []
      for (number, reason) in group.enumerated() {
        let address = "10.0.\(number >> 8).\(number & 255)"
        let word = try #require(PostfixWord(address))
        table.row("\(word)/\(32)", "REJECT \(reason)")
        keys.append(address)
      }
      table.row("::/0", "OK")
      let verdict = try query(table, name: "cidr", keys: keys + ["2001:db8::1"])
      #expect(verdict.errors == "")
      let expected = zip(keys, group).map { "\($0)\tREJECT \($1.text)" } + ["2001:db8::1\tOK"]
      let lines = String(decoding: verdict.output, as: UTF8.self).split(separator: "\n")
      #expect(lines.map(String.init).differences(from: expected) == [])
    }
    return reasons.count
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
