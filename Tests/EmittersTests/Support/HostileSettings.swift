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
        "  mailProcessing: { normal: { deliver: { header: \(quoted(texts[0])),"
          + " subject: \(quoted(texts[1])), body: \(quoted(texts[2])), utf8: true } },"
          + " spam: { changeSubject: \(quoted(texts[0])) },"
          + " virus: [{ field: \(quoted(texts[1])), value: \(quoted(texts[2])) }],"
          + " encryptedZip: [{ field: a, value: \(quoted(texts[0])) }],"
          + " notices: [{ field: \(quoted(texts[0])), value: b }] }",
        "  lists:",
        "    - { scope: all, allowSenders: [\(members), \"*@partner.example\", \"@x.example\"],"
          + " denySenders: [bad@bad.example], allowIPs: [203.0.113.9, 203.0.113.16/28],"
          + " denyIPs: [\"2001:db8::/32\"] }",
        "    - { scope: all, denySenders: [bad@bad.example] }",
        "    - { scope: { domain: kaede.example }, allowIPs: [203.0.113.10],"
          + " allowContent: [\(quoted(texts[0])), x], denyContent: [\(quoted(texts[1]))] }",
        "    - { scope: { user: \(quoted(addresses[0])) }, allowSenders: [ok@x.example],"
          + " denyIPs: [203.0.113.11] }",
      ]
      if let group = groups.first {
        lines.append(
          "    - { scope: { group: \(quoted("/" + group)) }, denySenders: [a@x.example] }")
      }
      lines += [
        "  senderAuthentication: { spf: true, dkim: true, dmarc: false, imageSpam: true,"
          + " spfExceptions: [\(quoted(texts[0]))], dmarcExceptions: [\(quoted(texts[1]))] }",
        "  filtering: [{ field: \(quoted(texts[0])), value: \(quoted(texts[1])) }]",
        "  bec: { similarInternalDomain: quarantine, similarToHeaderPolicy: true,"
          + " similarExternalDomains: [partner.example] }",
        "  socialEngineering: { rewriteURLs: [body, attachments], bypassPolicy: true,"
          + " asShown: [{ field: \(quoted(texts[0])), value: \(quoted(texts[1])) }] }",
      ]
    }
    if hasOutbound {
      lines += [
        "  dictionaries:",
        "    - { name: all, phrases: [\(texts.map(quoted).joined(separator: ", "))] }",
        "    - { name: few, phrases: [a, b] }",
        "    - { name: \(quoted(texts[0])), regex: '[0-9]{7}|`' }",
        "  exclusionDictionaries:",
        "    - { name: few, phrases: [\(texts.map(quoted).joined(separator: ", "))] }",
        "    - { name: \(quoted(texts[0])), regex: 'x|y' }",
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
        "    - { name: told, scope: all, when: { exceptDictionary: \(quoted(texts[0])),"
          + " recipients: { matching: [\"*@partner.example\", \(members)] },"
          + " attachmentExtensions: [exe, \(quoted(texts[0]))] }, then: { notify: [\(members)] } }",
        "  reviewDelegation: [child-groups, parent-groups, { asShown: \(quoted(texts[0])) }]",
        "  delay: { minutes: 5 }", "  bcc: { above: 10 }",
        "  zip: { trigger: { subjectPrefix: \(quoted(texts[texts.count - 1])) },"
          + " exceptRecipients: [\(members)],"
          + " asShown: [{ field: \(quoted(texts[0])), value: \(quoted(texts[1])) }] }",
        "  attachmentLink: { trigger: { senders: [\(members)] }, days: 31 }",
      ]
    }
    return ExampleProcedure.head(services, language: language)
      + lines.joined(separator: "\n") + "\n"
  }
}
