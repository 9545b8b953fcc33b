import Emitters
import Foundation
import JSONText
import SourceText
import TenantModel
import Testing

@Suite struct SettingsEmitterTests {
  private struct Damage: Decodable {
    let count: Int
    let passed: [[JSONPath]]
    let faults: [[JSONPath]]
  }

  /// A part of a place in a document, of which only its being there matters.
  private struct JSONPath: Decodable {
    init(from decoder: any Decoder) throws {}
  }

  private static func file(_ yaml: String) throws -> String {
    try #require(ExampleProcedure(yaml).documents["5-settings/mailgates-settings.json"])
  }

  @Test(arguments: [
    ExampleProcedure.both, ["inbound-security"], ["leak-prevention"],
  ])
  func theFileIsValid(_ services: [String]) throws {
    let text = try Self.file(HostileSettings.tenant(services: services))
    let verdict = try Outside.run(
      Outside.judges + "/bin/check-jsonschema", ["--schemafile", "schema.json", "settings.json"],
      files: ["schema.json": SettingsSchema.schema.pretty, "settings.json": text])
    #expect(verdict.status == 0, "\(verdict.text)\(verdict.errors)")
    let settings = try #require(Self.parsed(text)["settings"] as? [String: Any])
    let inbound = [
      "mail_processing", "lists", "sender_authentication", "filtering", "bec", "social_engineering",
    ]
    let outbound = [
      "dictionaries", "exclusion_dictionaries", "review", "review_delegation", "delay", "bcc",
      "zip",
      "attachment_link",
    ]
    #expect(
      settings.keys.sorted()
        == (["groups"] + (services.contains("inbound-security") ? inbound : [])
        + (services.contains("leak-prevention") ? outbound : [])).sorted())
  }

  @Test func damageIsNotValid() throws {
    let text = try Self.file(
      HostileSettings.tenant(
        texts: ["=cmd()", "a", "b"], addresses: ["a@kaede.example"], groups: ["営業部"]))
    let task = "{\"schema\": \(SettingsSchema.schema.compact), \"document\": \(text)}"
    let damage = try Outside.read("schema_mutants.py", input: task, as: Damage.self)
    #expect(damage.count > 200)
    #expect(damage.passed.isEmpty && damage.faults.isEmpty, "\(damage)")
  }

  @Test func hostileTextsArrive() throws {
    let texts = HostileSettings.texts
    let document = try Self.parsed(Self.file(HostileSettings.tenant(texts: texts)))
    #expect(document["vendor_confirmed"] as? Bool == false)
    let settings = try #require(document["settings"] as? [String: Any])
    let dictionaries = try #require(settings["dictionaries"] as? [[String: Any]])
    #expect((dictionaries[0]["phrases"] as? [String])?.map(\.octets) == texts.map(\.octets))
    #expect(dictionaries[2]["regex"] as? String == "[0-9]{7}|`")
    let review = try #require(settings["review"] as? [[String: Any]])
    #expect(
      review.map { ($0["name"] as? String)?.octets }
        == (texts + ["last", "told"]).map { $0.octets })
    let groups = try #require(settings["groups"] as? [[String: Any]])
    // The tree has the groups that stand only in others' paths.
    let names = [HostileSettings.groups[0], "部"] + HostileSettings.groups.dropFirst()
    #expect(groups.map { ($0["name"] as? String)?.octets } == names.map { $0.octets })
    #expect(groups[0]["managers"] as? [String] == HostileSettings.addresses)
    let below = try #require(groups[1]["subgroups"] as? [[String: Any]])
    #expect(below.map { $0["path"] as? String } == HostileSettings.groups.map { "/部/" + $0 })
    #expect(below[0]["members"] as? [String] == HostileSettings.addresses)
  }

  @Test func listsHoldOneEntryALine() throws {
    let texts = HostileSettings.texts
    let documents = try ExampleProcedure(HostileSettings.tenant(texts: texts)).documents
    let lists = documents.filter { $0.key.hasPrefix("5-settings/lists/") }
    let senders = HostileSettings.addresses
    let wanted = [
      "allow-senders-all.txt": senders + ["*@partner.example", "@x.example"],
      "deny-senders-all.txt": ["bad@bad.example"],
      "deny-senders-all_2.txt": ["bad@bad.example"],
      "allow-ips-all.txt": ["203.0.113.9", "203.0.113.16/28"],
      "deny-ips-all.txt": ["2001:db8::/32"],
      "allow-ips-kaede.example.txt": ["203.0.113.10"],
      "allow-content-kaede.example.txt": [texts[0], "x"],
      "deny-content-kaede.example.txt": [texts[1]],
      "allow-senders-user_4.txt": ["ok@x.example"], "deny-ips-user_4.txt": ["203.0.113.11"],
      "deny-senders-group_5.txt": ["a@x.example"],
      "bec-domains.txt": ["partner.example"],
      "spf-exceptions.txt": [texts[0]], "dmarc-exceptions.txt": [texts[1]],
      "dictionary-1.txt": texts, "dictionary-2.txt": ["a", "b"],
      "exclusion-dictionary-1.txt": texts,
      "zip-except-recipients.txt": senders, "attachment-link-senders.txt": senders,
    ]
    for (name, values) in wanted {
      let text = try #require(lists["5-settings/lists/" + name], "\(name)")
      let lines = try Outside.read("line_reader.py", input: text, as: [String].self)
      #expect(lines.map(\.octets) == values.map(\.octets), "\(name)")
    }
    // Addresses and names like formulas, so no tables.
    let tables = ["groups.txt", "review.txt"]
    #expect(
      lists.keys.sorted()
        == (Array(wanted.keys) + tables).map { "5-settings/lists/" + $0 }.sorted())
    let groups = try Outside.read(
      "line_reader.py", input: lists["5-settings/lists/groups.txt"] ?? "", as: [String].self)
    #expect(groups[0] == "1 path: /" + HostileSettings.groups[0])
    #expect(groups[1] == "1 role: manager" && groups[2] == "1 address: " + senders[0])
    #expect(groups.count == HostileSettings.groups.count * 2 * senders.count * 3)
    #expect(groups.allSatisfy { $0.first?.isNumber == true })
  }

  @Test func tablesAreReadBack() throws {
    let harmless = ["a,b", "\"", "'", "a;b|c", " edge ", "日本語", "<b>", "`x`", "$(x)"]
    let paths = ["営業部", "a,b", "\"q\"", "'"]
    let yaml = HostileSettings.tenant(
      texts: harmless, addresses: ["sato@kaede.example"], groups: paths)
    let documents = try ExampleProcedure(yaml).documents
    func rows(_ name: String) throws -> [[String]] {
      try Outside.read(
        "csv_reader.py", [","], input: #require(documents["5-settings/lists/\(name)"]),
        as: [[String]].self)
    }
    #expect(
      try rows("groups.csv") == [["path", "role", "address"]]
        + paths.flatMap {
          [
            ["/" + $0, "manager", "sato@kaede.example"],
            ["/部/" + $0, "member", "sato@kaede.example"],
          ]
        })
    let rules = harmless.enumerated().map { index, text in
      [
        "\(index + 1)", text, "all", "/^Cc:.*\\|/i", "few", "", "external", "sato@kaede.example",
        "", "hold", "",
      ]
    }
    #expect(
      try rows("review.csv") == [
        [
          "order", "name", "scope", "header", "dictionary", "except_dictionary", "recipients",
          "sender", "attachment_extensions", "then", "notify",
        ]
      ] + rules + [
        ["10", "last", "kaede.example", "", "", "", "external", "", "", "self-approve", ""],
        [
          "11", "told", "all", "", "", "a,b", "*@partner.example sato@kaede.example", "", "exe a,b",
          "notify", "sato@kaede.example",
        ],
      ])
  }

  /// Longer than any reader lets through, and not in NFC.
  @Test func longTextsArrive() throws {
    let texts = [
      String(repeating: "界", count: 10_000), String(repeating: "`|", count: 5_000), "e\u{301}",
    ]
    let place = SourceSpan(file: .tenant, 0..<1)
    let lines = texts.compactMap { TextLine($0) }.map { Located($0, at: place) }
    #expect(lines.count == texts.count)
    let settings = Settings(
      mailProcessing: nil, lists: nil, senderAuthentication: nil, bec: nil,
      dictionaries: Located(
        lines.map {
          KeywordDictionary(
            name: $0, content: Located(.phrases(lines), at: place))
        }, at: place), review: nil, delay: nil, bcc: nil, zip: nil, attachmentLink: nil)
    let documents = try ExampleProcedure(
      ExampleProcedure.head(["leak-prevention"]) + "domains:\n  - { name: kaede.example }\n",
      settings: settings
    ).documents
    let file = try Self.parsed(#require(documents["5-settings/mailgates-settings.json"]))
    let parts = try #require(file["settings"] as? [String: Any])
    let dictionaries = try #require(parts["dictionaries"] as? [[String: Any]])
    #expect(dictionaries.map { ($0["name"] as? String)?.octets } == texts.map { $0.octets })
    for number in 1...3 {
      let list = try #require(documents["5-settings/lists/dictionary-\(number).txt"])
      #expect(list.octets == texts.map { $0 + "\n" }.joined().octets)
    }
    let sheet = try #require(documents["5-settings/click-sheet.md"])
    #expect(sheet.contains("### `\(texts[0])`\n"))
    #expect(sheet.contains("### ``\(texts[1])``\n") || sheet.contains("### `` \(texts[1]) ``\n"))
  }

  @Test func nothingIsWrittenWhereNothingIsSet() throws {
    let domains = "domains:\n  - { name: kaede.example }\n"
    let documents = try ExampleProcedure(
      ExampleProcedure.head(["leak-prevention"]) + domains
    ).documents
    #expect(!documents.keys.contains { $0.contains("5-settings") })
  }

  private static func parsed(_ text: String) throws -> [String: Any] {
    try #require(
      JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }
}

extension String {
  /// Strings are compared as bytes: Swift holds canonically equivalent ones equal.
  var octets: [UInt8] { Array(utf8) }
}
