import JSONText

/// A tenant whose settings try to leave the place that they are written to.
enum HostileSettings {
  static let texts = [
    "=cmd()", "+1", "-1", "@x", "＝1", "a|b", "\\|", "<script>alert(1)</script>", "\"", "''", "`",
    "``a``", "$(reboot)", "${x}", "%TEMP%", "a,b;c", " edge ", "  ", "# a", "- [ ] a", "1. a",
    "[x](javascript:y)", "![x](y)", "**b**", "&lt;", "\\n", "https://a.example/?b=c&d",
    "日本語", "👩🏽", "~~~", "\\", "a: manager: b", String(repeating: "長", count: 64),
  ]

  static let groups = texts.filter { !$0.hasPrefix(" ") && !$0.contains("/") }
  static let addresses = [
    "=cmd|'!A0@kaede.example", "+x@kaede.example", "-x@kaede.example", "`id`@kaede.example",
    "$x{y}@kaede.example", "a&b@kaede.example", "x_y@kaede.example",
  ]

  /// A double-quoted scalar of YAML.
  static func quoted(_ text: String) -> String { JSONValue.string(text).compact }

  static func tenant(
    language: String = "ja", services: [String] = ExampleProcedure.both,
    texts: [String] = texts, addresses: [String] = addresses, groups: [String] = groups
  ) -> String {
    let hasInbound = services.contains("inbound-security")
    let hasOutbound = services.contains("leak-prevention")
    let members = addresses.map(quoted).joined(separator: ", ")
    var lines = ["domains:", "  - { name: kaede.example }", "groups:"]
    for group in groups {
      lines.append("  - { path: \(quoted("/" + group)), managers: [\(members)] }")
      lines.append("  - { path: \(quoted("/部/" + group)), members: [\(members)] }")
    }
    lines.append("settings:")
    if hasInbound {
      lines += [
        "  mailProcessing: { spam: { changeSubject: \(quoted(texts[0])) } }",
        "  lists:",
        "    - { scope: all, allowSenders: [\(members), \"*@partner.example\", \"@x.example\"],"
          + " denySenders: [bad@bad.example], allowIPs: [203.0.113.9, 203.0.113.16/28],"
          + " denyIPs: [\"2001:db8::/32\"] }",
        "    - { scope: all, denySenders: [bad@bad.example] }",
        "    - { scope: { domain: kaede.example }, allowIPs: [203.0.113.10] }",
      ]
      if let group = groups.first {
        lines.append(
          "    - { scope: { group: \(quoted("/" + group)) }, denySenders: [a@x.example] }")
      }
      lines += [
        "  senderAuthentication: { spf: true, dkim: true, dmarc: false, imageSpam: true }",
        "  bec: { similarInternalDomain: quarantine, similarExternalDomains: [partner.example] }",
      ]
    }
    if hasOutbound {
      lines += [
        "  dictionaries:",
        "    - { name: all, phrases: [\(texts.map(quoted).joined(separator: ", "))] }",
        "    - { name: few, phrases: [a, b] }",
        "    - { name: \(quoted(texts[0])), regex: '[0-9]{7}|`' }",
        "  review:",
      ]
      for text in texts {
        lines.append(
          "    - { name: \(quoted(text)), scope: all, when: { header: '/^Cc:.*\\|/i',"
            + " dictionary: few, recipients: external,"
            + " sender: \(quoted(addresses[0])) }, then: hold }")
      }
      lines += [
        "    - { name: last, scope: { domain: kaede.example },"
          + " when: { recipients: external }, then: self-approve }",
        "  delay: { minutes: 5 }", "  bcc: { above: 10 }",
        "  zip: { trigger: { subjectPrefix: \(quoted(texts[texts.count - 1])) },"
          + " exceptRecipients: [\(members)] }",
        "  attachmentLink: { trigger: { senders: [\(members)] }, days: 30 }",
      ]
    }
    return ExampleProcedure.head(services, language: language)
      + lines.joined(separator: "\n") + "\n"
  }
}
