import Compiler
import Diagnostics
import Foundation
import Procedure
import SourceText
import Testing
import Wording

/// What each contract asks for with each mail server, against the tables of article 4402739136153
/// as they were copied by hand. Nothing here comes from `ContractMatrix`.
struct MatrixTests {
  /// A row of one of the article's tables: the item, 入口対策, 情報漏洩対策.
  typealias Row = (item: String, inbound: Bool, leak: Bool)

  /// The first table, by the folder of the step; 8 is mgc's own.
  static let steps: [Row] = [
    ("1-login", true, true),
    ("2-sender-authentication", false, true),
    ("3-mail-server", true, true),
    ("4-ttl", true, false),
    ("5-settings", true, true),
    ("6-mx-cutover", true, false),
    ("7-delivery-target", false, true),
    ("8-afterwards", true, true),
  ]

  /// The second table.
  static let connections: [MatrixTenant.Server: [Row]] = [
    .googleWorkspace: [
      ("inbound-gateway", true, false), ("outbound-gateway", false, true),
      ("oauth-client", true, true),
    ],
    .microsoft365: [
      ("inbound-connector", true, false), ("outbound-connector", false, true),
      ("oauth-client", true, true),
    ],
    .other: [("accept-from-gateway", true, false), ("route-to-gateway", false, true)],
    .postfix: [("accept-from-gateway", true, false), ("route-to-gateway", false, true)],
  ]

  /// The third table: the key of tenant.yaml, its value, the member of the import file.
  struct Setting: Sendable {
    let title: String
    let key: String
    let value: String
    let member: String
    let inbound: Bool
    let leak: Bool

    init(
      _ title: String, _ key: String, _ value: String, _ member: String, inbound: Bool, leak: Bool
    ) {
      self.title = title
      self.key = key
      self.value = value
      self.member = member
      self.inbound = inbound
      self.leak = leak
    }

    var yaml: String {
      key == "groups" ? "groups: \(value)" : "settings: { \(key): \(value) }"
    }
  }

  static let settings = [
    Setting(
      "グループ管理", "groups", "[{ path: /営業部, members: [sato@kaede.example] }]", "groups",
      inbound: true, leak: true),
    Setting(
      "メール処理", "mailProcessing", "{ spam: { personalQuarantine: {} } }", "mail_processing",
      inbound: true, leak: false),
    Setting(
      "許可・拒否設定", "lists", "[{ scope: all, denySenders: [a@bad.example] }]", "lists",
      inbound: true, leak: false),
    Setting(
      "フィルタリング設定", "senderAuthentication", "{ dmarc: true }", "sender_authentication",
      inbound: true, leak: false),
    Setting(
      "BEC保護管理", "bec", "{ similarInternalDomain: quarantine }", "bec",
      inbound: true, leak: false),
    Setting(
      "メール審査", "review",
      "[{ name: 社外, scope: all, when: { recipients: external }, then: hold }]",
      "review", inbound: false, leak: true),
    Setting("遅延送信設定", "delay", "{ minutes: 5 }", "delay", inbound: false, leak: true),
    Setting("BCC変換", "bcc", "{ above: 10 }", "bcc", inbound: false, leak: true),
    Setting(
      "ZIP暗号化", "zip", "{ trigger: { subjectPrefix: enc } }", "zip", inbound: false, leak: true),
    Setting(
      "添付ファイルリンク", "attachmentLink", "{ trigger: { subjectPrefix: link } }",
      "attachment_link", inbound: false, leak: true),
  ]

  /// The files below `out/`: of every contract, of each service, and of each mail server.
  static let files: (always: [String], inbound: [String], leak: [String]) = (
    ["RUNBOOK.md", "runbook.html", "manifest.json", "1-login/login.md"],
    [
      "4-ttl/kaede.example.zone", "4-ttl/records.md", "6-mx-cutover/kaede.example.zone",
      "6-mx-cutover/records.md", "calendar.ics",
      "8-afterwards/kaede.example-ttl.zone", "rollback/4-ttl/kaede.example.zone",
      "rollback/6-mx-cutover/kaede.example.zone", "rollback/8-afterwards/kaede.example-ttl.zone",
    ],
    [
      "2-sender-authentication/kaede.example.zone", "2-sender-authentication/dkim.md",
      "2-sender-authentication/records.md",
      "7-delivery-target/delivery-target.md", "8-afterwards/kaede.example-dmarc-quarantine.zone",
      "rollback/2-sender-authentication/kaede.example.zone",
      "rollback/2-sender-authentication/dkim.md",
      "rollback/7-delivery-target/delivery-target.md",
      "rollback/8-afterwards/kaede.example-dmarc-quarantine.zone",
    ]
  )

  static let serverFiles:
    [MatrixTenant.Server: (always: [String], inbound: [String], leak: [String])] = [
      .microsoft365: (
        [
          "3-mail-server/main/preflight.ps1", "3-mail-server/main/connect.ps1",
          "3-mail-server/main/validate.ps1", "3-mail-server/main/check-users.ps1",
          "3-mail-server/main/microsoft365.md", "3-mail-server/main/oauth.md",
          "rollback/3-mail-server/main/rollback.ps1", "rollback/3-mail-server/main/oauth.md",
        ],
        [
          "3-mail-server/main/start-inbound.ps1", "8-afterwards/main/lockdown.ps1",
          "rollback/8-afterwards/main/undo-lockdown.ps1",
        ],
        ["3-mail-server/main/start-outbound.ps1"]
      ),
      .googleWorkspace: (
        [
          "3-mail-server/main/gateway.md", "3-mail-server/main/oauth.md",
          "rollback/3-mail-server/main/gateway.md", "rollback/3-mail-server/main/oauth.md",
        ],
        ["8-afterwards/main/gateway.md", "rollback/8-afterwards/main/gateway.md"],
        [
          "3-mail-server/main/start-outbound.md", "rollback/3-mail-server/main/start-outbound.md",
        ]
      ),
      .other: (
        [
          "3-mail-server/main/instructions.md", "rollback/3-mail-server/main/instructions.md",
        ], [],
        [
          "3-mail-server/vendor-notice.md",
          "3-mail-server/main/start-outbound.md", "rollback/3-mail-server/main/start-outbound.md",
        ]
      ),
      .postfix: (
        [
          "3-mail-server/main/postfix.md", "rollback/3-mail-server/main/postfix.md",
        ],
        [
          "3-mail-server/main/connect.sh", "3-mail-server/main/main.cf",
          "3-mail-server/main/mailgates_clients.cidr",
          "8-afterwards/main/lockdown.sh", "8-afterwards/main/mailgates_clients.cidr",
          "8-afterwards/main/postfix.md", "rollback/3-mail-server/main/disconnect.sh",
          "rollback/8-afterwards/main/mailgates_clients.cidr",
          "rollback/8-afterwards/main/postfix.md", "rollback/8-afterwards/main/reopen.sh",
        ],
        [
          "3-mail-server/vendor-notice.md",
          "3-mail-server/main/mailgates_sender_relay", "3-mail-server/main/mailgates_tls_policy",
          "3-mail-server/main/start-outbound.cf",
          "3-mail-server/main/start-outbound.md", "3-mail-server/main/start-outbound.sh",
          "rollback/3-mail-server/main/start-outbound.md",
          "rollback/3-mail-server/main/stop-outbound.sh",
        ]
      ),
    ]

  private static func asks(_ row: Row, _ contract: MatrixTenant.Contract) -> Bool {
    asks(row.inbound, row.leak, contract)
  }

  private static func asks(
    _ inbound: Bool, _ leak: Bool, _ contract: MatrixTenant.Contract
  ) -> Bool {
    contract.hasInbound && inbound || contract.hasLeak && leak
  }

  /// The folders right below `out/` that are steps.
  private static func folders(_ paths: some Sequence<String>) -> Set<String> {
    Set(paths.compactMap { $0.split(separator: "/").first.map(String.init) })
      .filter { $0.first?.isNumber == true }
  }

  @Test(arguments: MatrixTenant.all)
  func `Steps, connections and files are those of the article`(_ tenant: MatrixTenant) throws {
    let compiled = try tenant.compiled(Self.oneSetting(tenant.contract))
    #expect(compiled.errors.map(compiled.place) == [])
    let procedure = try #require(compiled.compilation.result()).procedure
    let asked = Self.steps.filter { Self.asks($0, tenant.contract) }.map(\.item)
    #expect(procedure.steps.map(\.number) == asked.compactMap { Int($0.prefix(1)) })
    #expect(
      procedure.connections.map { $0.connections.map(\.rawValue) } == [
        (Self.connections[tenant.server] ?? [])
          .filter { Self.asks($0, tenant.contract) }.map(\.item)
      ])
    let documents = try #require(compiled.documents())
    #expect(Self.folders(documents.keys) == Set(asked))
    #expect(
      Self.folders(
        documents.keys.filter { $0.hasPrefix("rollback/") }.map {
          String($0.dropFirst("rollback/".count))
        }
      ).isSubset(of: asked))
    let server = try #require(Self.serverFiles[tenant.server])
    var expected = Self.files.always + server.always
    if tenant.contract.hasInbound { expected += Self.files.inbound + server.inbound }
    if tenant.contract.hasLeak { expected += Self.files.leak + server.leak }
    expected += [
      "5-settings/mailgates-settings.json", "5-settings/click-sheet.md",
      "rollback/5-settings/click-sheet.md",
    ]
    #expect(documents.keys.sorted() == expected.sorted())
  }

  /// A setting of the contract without a list, so that step 5 has its files.
  private static func oneSetting(_ contract: MatrixTenant.Contract) -> String {
    contract.hasInbound ? settings[3].yaml : settings[6].yaml
  }

  @Test(arguments: MatrixTenant.all)
  func `Each setting by itself is written or refused by name`(_ tenant: MatrixTenant) throws {
    for setting in Self.settings {
      let compiled = try tenant.compiled(setting.yaml)
      guard Self.asks(setting.inbound, setting.leak, tenant.contract) else {
        #expect(compiled.errors.map(\.code.name) == ["MGC9002"], "\(setting.key)")
        let finding = try #require(compiled.errors.first)
        #expect(compiled.source(finding) == setting.value)
        let service = setting.inbound ? "入口対策基本サービス" : "情報漏洩対策基本サービス"
        #expect(finding.message.ja.contains(service) && finding.message.ja.contains(setting.title))
        #expect(finding.message.en.contains(service) && finding.message.en.contains(setting.title))
        #expect(
          finding.message.en.contains(setting.inbound ? "inbound-security" : "leak-prevention"))
        #expect(compiled.documents() == nil)
        continue
      }
      #expect(compiled.errors.map(compiled.place) == [], "\(setting.key)")
      let documents = try #require(compiled.documents())
      #expect(try Self.members(documents) == [setting.member])
      let sheet = String(
        decoding: try #require(documents["5-settings/click-sheet.md"]), as: UTF8.self)
      #expect(sheet.contains(setting.title), "\(setting.key)")
    }
  }

  /// The parts of the import file.
  private static func members(_ documents: [String: [UInt8]]) throws -> [String] {
    let bytes = try #require(documents["5-settings/mailgates-settings.json"])
    let value = try JSONSerialization.jsonObject(with: Data(bytes))
    let settings = try #require((value as? [String: Any])?["settings"] as? [String: Any])
    return settings.keys.sorted()
  }

  /// What mgc does, to be quoted; the tests above compare it.
  @Test func `The table can be printed`() throws {
    var lines: [[String]] = [["item"]]
    for tenant in MatrixTenant.all {
      lines[0].append("\(tenant.server.rawValue) \(tenant.contract.column)")
    }
    lines.append(lines[0].map { _ in "---" })
    let compiled = try MatrixTenant.all.map {
      try #require(
        try $0.compiled(Self.oneSetting($0.contract)).compilation.result()
      ).procedure
    }
    for step in Self.steps {
      let number = Int(step.item.prefix(1))
      lines.append(
        [step.item] + compiled.map { $0.steps.contains { $0.number == number } ? "要" : "不要" })
    }
    var names: [String] = []
    for row in MatrixTenant.Server.allCases.flatMap({ Self.connections[$0] ?? [] })
    where !names.contains(row.item) {
      names.append(row.item)
    }
    for name in names {
      lines.append(
        [name]
          + zip(MatrixTenant.all, compiled).map { tenant, procedure in
            let isKnown = (Self.connections[tenant.server] ?? []).contains { $0.item == name }
            let isDone = procedure.connections[0].connections.contains { $0.rawValue == name }
            return isKnown || isDone ? (isDone ? "要" : "不要") : "-"
          })
    }
    for setting in Self.settings {
      lines.append(
        [setting.title]
          + (try MatrixTenant.all.map {
            try $0.compiled(setting.yaml).errors.isEmpty ? "〇" : "×"
          }))
    }
    let table = lines.map { "| " + $0.joined(separator: " | ") + " |" }
    print(table.joined(separator: "\n"))
    #expect(table.count == 2 + 8 + 7 + 10)
  }
}
