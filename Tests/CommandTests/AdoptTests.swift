import Foundation
import TestSupport
import Testing

/// `mgc adopt` as people run it.
struct AdoptTests {
  /// What no zone and no export says.
  static let answers = [
    "--language", "en", "--name", "Acme", "--id", "acme", "--services",
    "inbound-security,leak-prevention", "--access-name", "acme", "--oauth-redirect",
    "https://redirect.gateway.example/", "--console", "mail-security", "--mx",
    "mx1.gateway.example 10", "--relay", "relay.gateway.example 25 required", "--egress",
    "192.0.2.0/28", "--spf-include", "spf.gateway.example", "--loop-guard", "egress",
    "--delivery-host", "acme-example.mail.protection.outlook.com", "--mail-server",
    "microsoft365:acme.onmicrosoft.com", "--cutover", "2027-02-06T22:00:00+09:00",
  ]

  static let evidence = [
    "--domain", "acme.example", "--zone", "zones/acme.example.zone", "--profiles",
    "exports/profiles.yaml", "--now", MGC.now,
  ]

  static let zone = """
    $ORIGIN acme.example.
    $TTL 3600
    @ IN SOA ns1.dns.example. hostmaster.acme.example. 1 7200 900 1209600 300
    @ IN NS ns1.dns.example.
    @ IN MX 0 acme-example.mail.protection.outlook.com.
    @ IN TXT "v=spf1 include:spf.protection.outlook.com ~all"
    _dmarc IN TXT "v=DMARC1; p=quarantine; sp=reject; rua=mailto:dmarc@acme.example"

    """

  static let profiles = """
    listEncoding: cp932
    importProfiles:
      - list: allow-senders
        sample: exports/allow.csv
        columns:
          - { header: 送信者, value: entry }
          - { header: 有効, text: "1" }
          - { header: 備考, blank: {} }
        exports: [{ scope: all, file: exports/allow.csv }]
      - list: groups
        sample: exports/groups.txt
        columns:
          - { value: path }
          - { value: role, words: [{ word: manager, shown: 管理者 }, { word: member, shown: 一般 }] }
          - { value: address }
        exports: [{ file: exports/groups.txt }]
      - list: allow-ips
        sample: exports/ips.csv
        columns: [{ header: IPアドレス, value: ip }, { header: サブネットマスク, value: netmask }]
        exports: [{ scope: all, file: exports/ips.csv }]
      - list: dictionary
        sample: exports/words.txt
        encoding: cp932
        columns: [{ value: entry }]
        exports: [{ dictionary: 機密, file: exports/words.txt }]

    """

  /// "送信者,有効,備考" and two rows in CP932.
  static let allow: [UInt8] =
    [
      0x91, 0x97, 0x90, 0x4D, 0x8E, 0xD2, 0x2C, 0x97, 0x4C, 0x8C, 0xF8, 0x2C, 0x94, 0xF5, 0x8D,
      0x6C,
    ]
    + Array("\r\n*@partner.example,1,\r\norders@market.example,1,\r\n".utf8)

  /// "=社外秘" and "髙", a line each, the last without an end.
  static let words: [UInt8] = [0x3D, 0x8E, 0xD0, 0x8A, 0x4F, 0x94, 0xE9, 0x0A, 0xFB, 0xFC]

  static func prepare(_ folder: URL) throws {
    for name in ["zones", "exports"] {
      try FileManager.default.createDirectory(
        at: folder.appending(path: name), withIntermediateDirectories: true)
    }
    let files: [String: [UInt8]] = [
      "zones/acme.example.zone": Array(zone.utf8), "exports/profiles.yaml": Array(profiles.utf8),
      "exports/allow.csv": allow, "exports/words.txt": words,
      "exports/groups.txt": Array(
        "/営業部\t管理者\tsato@acme.example\n/営業部\t一般\tito@acme.example\n/開発\t\t\n".utf8),
      "exports/ips.csv": Array(
        "\u{FEFF}\"IPアドレス\",\"サブネットマスク\"\n\"203.0.113.32\",\"255.255.255.224\"\n".utf8),
    ]
    for (name, bytes) in files { try Data(bytes).write(to: folder.appending(path: name)) }
  }

  @Test func whatThereIsBecomesATenant() throws {
    try Scratch.folder { folder in
      try Self.prepare(folder)
      let adopt = try MGC.run(["adopt", "."] + Self.answers + Self.evidence, in: folder)
      #expect(adopt.status == 0, "\(adopt.errors)")
      let text = try String(contentsOf: folder.appending(path: "tenant.yaml"), encoding: .utf8)
      for part in [
        "      policy: quarantine\n      subdomainPolicy: reject\n",
        "aggregateReports: [mailto:dmarc@acme.example]",
        "managers: [sato@acme.example]\n    members: [ito@acme.example]", "- path: /開発\n",
        "allowSenders: ['*@partner.example', orders@market.example]",
        "allowIPs: [203.0.113.32/27]", "phrases: ['=社外秘', 髙]", "listEncoding: cp932",
      ] { #expect(text.contains(part), "\(part) in\n\(text)") }
      let check = try MGC.run(["check", "--now", MGC.now, "."], in: folder)
      #expect(check.status == 0, "\(check.text)")
      #expect(try MGC.run(["fmt", "--check", "."], in: folder).status == 0)
      let plan = try MGC.run(["plan", "--now", MGC.now, "."], in: folder)
      #expect(plan.text.contains("  = groups: 0 new, 3 the same, 0 not in tenant.yaml\n"))
      #expect(plan.text.contains("  = allow-senders all: 0 new, 2 the same"))
      #expect(plan.text.contains("  = dictionary 機密: 0 new, 2 the same"))
      // The very files that the console gave, and the plan of a second reading.
      #expect(try MGC.run(["apply", "--now", MGC.now, "."], in: folder).status == 0)
      let tree = try Scratch.tree(folder)
      for (name, source) in [
        "allow-senders-all.csv": "allow.csv", "groups.tsv": "groups.txt",
        "allow-ips-all.csv": "ips.csv", "dictionary-1.txt": "words.txt",
      ] {
        let written = tree["out/5-settings/lists/\(name)"]
        #expect(written != nil && written == tree["exports/\(source)"], "\(name)")
      }
    }
  }

  @Test func thePlanComparesEntryByEntry() throws {
    try Scratch.folder { folder in
      try Self.prepare(folder)
      #expect(
        try MGC.run(["adopt", "."] + Self.answers + Self.evidence, in: folder).status == 0)
      let file = folder.appending(path: "tenant.yaml")
      let text = try String(contentsOf: file, encoding: .utf8)
        .replacing("orders@market.example", with: "new@market.example")
        .replacing(
          "    - scope: all\n", with: "    - scope: all\n      denySenders: ['*@spam.example']\n")
      try Data(text.utf8).write(to: file)
      let plan = try MGC.run(["plan", "--now", MGC.now, "."], in: folder)
      #expect(
        plan.text.contains(
          """
            ~ allow-senders all: 1 new, 1 the same, 1 not in tenant.yaml
              + new@market.example
              - orders@market.example
            ? deny-senders all: unknown, no export

          """), "\(plan.text.suffix(900))")
      let json = try MGC.run(["plan", "--format", "json", "--now", MGC.now, "."], in: folder)
      let document = try #require(
        JSONSerialization.jsonObject(with: Data(json.output)) as? [String: Any])
      let tenants = try #require(document["tenants"] as? [[String: Any]])
      let lists = try #require(tenants.first?["lists"] as? [[String: Any]])
      let allow = try #require(lists.first { $0["list"] as? String == "allow-senders" })
      #expect(allow["same"] as? Int == 1 && allow["scope"] as? String == "all")
      #expect(allow["gone"] as? [[String]] == [["orders@market.example"]])
      let deny = try #require(lists.first { $0["list"] as? String == "deny-senders" })
      #expect(deny["new"] is NSNull && deny["same"] is NSNull)
    }
  }

  @Test func nothingIsOverwritten() throws {
    try Scratch.folder { folder in
      try Self.prepare(folder)
      try Data("mine\n".utf8).write(to: folder.appending(path: "tenant.yaml"))
      let adopt = try MGC.run(["adopt", "."] + Self.answers + Self.evidence, in: folder)
      #expect(adopt.status == 1)
      #expect(try Scratch.tree(folder)["tenant.yaml"] == Array("mine\n".utf8))
    }
  }

  @Test func aDryRunWritesNothing() throws {
    try Scratch.folder { folder in
      try Self.prepare(folder)
      let before = try Scratch.tree(folder)
      let arguments = Self.answers + Self.evidence
      let dry = try MGC.run(["adopt", ".", "--dry-run"] + arguments, in: folder)
      #expect(dry.status == 0 && dry.errors.isEmpty, "\(dry.errors)")
      #expect(try Scratch.tree(folder) == before)
      #expect(try MGC.run(["adopt", "."] + arguments, in: folder).status == 0)
      #expect(try Scratch.tree(folder)["tenant.yaml"] == dry.output)
    }
  }

  /// Where no option says the rest, the file says where to get it, and check finds nothing else.
  @Test func whatNoExportSaysIsAsked() throws {
    try Scratch.folder { folder in
      try Self.prepare(folder)
      let adopt = try MGC.run(
        [
          "adopt", ".", "--language", "en", "--services", "leak-prevention", "--name", "Acme",
          "--id", "acme",
        ] + Self.evidence, in: folder)
      #expect(adopt.status == 0, "\(adopt.errors)")
      // The MX of today leads to Exchange Online.
      #expect(adopt.text.contains("(m365): ") && adopt.text.contains("SPF"), "\(adopt.text)")
      let text = try String(contentsOf: folder.appending(path: "tenant.yaml"), encoding: .utf8)
      for key in ["console", "relay", "spf", "tenant"] {
        #expect(text.contains("# \(key): "), "\(key) in\n\(text)")
      }
      // Of lists that the contract does not have, nothing is written.
      #expect(!text.contains("allowSenders") && text.contains("phrases"))
      let check = try MGC.run(["check", "--format", "json", "--now", MGC.now, "."], in: folder)
      #expect(check.status == 1)
      let errors = check.text.matches(of: /"code": "(MGC[0-9]+)"/).map { String($0.1) }
      #expect(!errors.isEmpty)
      let report = try MGC.run(["check", "--language", "en", "--now", MGC.now, "."], in: folder)
      let found = report.text.matches(of: /: error: (.+) \[MGC[0-9]+\]/).map { String($0.1) }
      #expect(
        !found.isEmpty && found.allSatisfy { $0.contains("is missing") || $0.contains("no ") },
        "\(found)")
    }
  }

  @Test(
    arguments: [
      ("exports/allow.csv", [UInt8]("送信者,有効\n".utf8), "MGC7123"),
      ("exports/ips.csv", [0x22, 0x80, 0x0A], "MGC7121"),
      ("exports/words.txt", [0x3D, 0xF0, 0x40, 0x0A], "MGC7121"),
      ("exports/profiles.yaml", [UInt8]("importProfiles: [{ list: nothing }]\n".utf8), "MGC"),
      (
        "exports/groups.txt",
        [UInt8]("-----BEGIN PRIVATE KEY-----\nMIIEvQ\n-----END PRIVATE KEY-----\n".utf8), "MGC"
      ),
    ] as [(String, [UInt8], String)])
  func aWrongExportStopsIt(_ name: String, _ bytes: [UInt8], _ code: String) throws {
    try Scratch.folder { folder in
      try Self.prepare(folder)
      try Data(bytes).write(to: folder.appending(path: name))
      let adopt = try MGC.run(["adopt", "."] + Self.answers + Self.evidence, in: folder)
      #expect(adopt.status == 1 && adopt.errors.contains("[\(code)"), "\(adopt.errors)")
      #expect(!adopt.errors.contains("MIIEvQ") && !adopt.text.contains("MIIEvQ"))
      #expect(try Scratch.tree(folder)["tenant.yaml"] == nil)
    }
  }
}
