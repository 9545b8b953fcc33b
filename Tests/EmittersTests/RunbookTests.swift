import Artifacts
import Emitters
import Procedure
import Testing

/// The runbook of a tenant, by its headings.
private struct Book {
  let text: String
  let sections: [(heading: Substring, body: Substring)]

  init(_ yaml: String, zones: [String: String] = [:]) throws {
    text = try ExampleProcedure(
      yaml, zones: zones, files: ["keys/mg.txt": ZoneEmitterTests.publicKey]
    ).text("RUNBOOK.md")
    sections = ("\n" + text).split(separator: "\n## ").dropFirst().map { part in
      let end = part.firstIndex(of: "\n") ?? part.endIndex
      return (part[..<end], part[end...])
    }
  }

  /// The phases' titles in the order of doing, without their numbers.
  var titles: [String] {
    sections.compactMap { section in
      guard let dot = section.heading.firstIndex(of: "."), section.heading.first?.isNumber == true
      else { return nil }
      return section.heading[dot...].dropFirst(2).split(separator: "(")[0]
        .trimmingSuffix { $0 == " " }
    }
  }

  func has(_ title: String) -> Bool { titles.contains(title) }

  func body(_ title: String) throws -> String {
    String(try #require(sections.first { $0.heading.contains(title) }, "\(title)").body)
  }

  /// The row of the overview.
  func row(_ title: String) throws -> String {
    let table = try body(sections[0].heading.description)
    return String(try #require(table.split(separator: "\n").first { $0.contains("| \(title) |") }))
  }
}

extension Substring {
  fileprivate func trimmingSuffix(_ isDropped: (Character) -> Bool) -> String {
    var rest = self
    while let last = rest.last, isDropped(last) { rest.removeLast() }
    return String(rest)
  }
}

@Suite struct RunbookTests {
  private static let exchange = """
    microsoft365:
          tenant: kaedetrading.onmicrosoft.com
          spamBypass: enhanced-filtering
          lockdown: { address: {} }
          signIn: { oauth: {} }
    """
  private static let postfix =
    "postfix: { host: mail.kaede.example, addresses: [203.0.113.25], lockdown: { address: {} } }"
  private static let settings = """
    groups: [{ path: /IT, members: [it@kaede.example] }]
    pilot: /IT
    settings:
      mailProcessing: { spam: { delete: {} } }
      lists: [{ scope: all, allowSenders: ["*@partner.example"] }]
      delay: { minutes: 3 }

    """

  private static func head(
    _ services: String, language: String = "ja", contacts: String = "[]",
    servers: [String] = [exchange]
  ) -> String {
    """
    version: 1
    tenant: { id: kaede, name: 楓商事, language: \(language) }
    contacts: \(contacts)
    contract: { services: [\(services)] }
    notice:
      accessName: kaede
      oauth: { redirect: "https://redirect.gateway.example/", origin: "https://origin.gateway.example" }
    gateway:
      console: mail-security
      mx: [{ host: mx1.gateway.example, preference: 10 }]
      relay: { host: relay.gateway.example, port: 25, tls: required }
      egress: [192.0.2.0/28]
      spf: spf.gateway.example
      loopGuard: { egress: {} }
    mailServers:
    \(servers.enumerated().map { "  - name: s\($0 + 1)\n    \($1)" }.joined(separator: "\n"))

    """
  }

  private static let both = "inbound-security, leak-prevention"
  private static let zones = ["kaede.example": ZoneEmitterTests.zone]

  @Test func outboundWaitsForTheOldRecords() throws {
    let yaml = Self.head(Self.both) + ZoneEmitterTests.domain
    let known = try Book(yaml, zones: Self.zones)
    #expect(try known.body("送信の経路を切り替える").contains("`kaede.example`: 公開してから1800秒"))
    #expect(try known.row("送信の経路を切り替える").hasSuffix("の後、SPFの旧TTLの経過後 |"))
    // With nothing there before, resolvers remember that there was nothing.
    let empty = "$ORIGIN kaede.example.\n" + ZoneEmitterTests.frame
    let new = try Book(yaml, zones: ["kaede.example": empty])
    #expect(try new.body("送信の経路を切り替える").contains("公開してから900秒"))
    let unknown = try Book(yaml)
    #expect(try unknown.body("送信の経路を切り替える").contains("控えたSPFの旧TTL"))
    #expect(try unknown.body("SPF・DKIM・DMARCの公開").contains("SOAの最小値"))
    #expect(try !known.body("SPF・DKIM・DMARCの公開").contains("SOAの最小値"))
  }

  @Test(arguments: [
    (86400, "2026年12月20日(日) 22:00 (+09:00) 以降", "2026年12月22日(火) 22:00 (+09:00) 以降"),
    (60, "2026年12月20日(日) 22:00 (+09:00) 以降", "2026年12月22日(火) 22:00 (+09:00) 以降"),
    (604_800, "2026年12月26日(土) 22:00 (+09:00) 以降", "2026年12月26日(土) 22:00 (+09:00) 以降"),
  ])
  func theEndWaitsForCaches(ttl: Int, lockdown: String, restored: String) throws {
    let zone = ZoneEmitterTests.zone.replacing("@ 86400 IN MX", with: "@ \(ttl) IN MX")
    let book = try Book(
      Self.head(Self.both) + ZoneEmitterTests.domain, zones: ["kaede.example": zone])
    let closing = try book.body("直接配送の遮断")
    #expect(closing.contains("時期: " + lockdown) && !closing.contains("下げる前のTTLが長い場合"))
    if ttl > 300 {
      let last = try book.body("TTLを元に戻す")
      #expect(last.contains("時期: " + restored) && last.contains("mgcの目安"))
      #expect(last.contains("遮断が働いていることを見てから") && last.contains("\(ttl)秒"))
    } else {
      #expect(!book.has("TTLを元に戻す"))
    }
  }

  @Test func anUnknownZoneWaitsForADayAtLeast() throws {
    let body = try Book(Self.head(Self.both) + ZoneEmitterTests.domain).body("直接配送の遮断")
    #expect(body.contains("2026年12月20日(日) 22:00") && body.contains("下げる前のTTLが長い場合はその時間も待つ"))
  }

  @Test func thePilotEndsBeforeTheCutover() throws {
    let yaml = Self.head(Self.both) + ZoneEmitterTests.domain
    let book = try Book(yaml + Self.settings)
    let titles = book.titles
    let end = try #require(titles.firstIndex(of: "先行を終える"))
    #expect(titles[end + 1] == "MXの切替" && titles[end - 1] == "送信の経路を切り替える")
    let body = try book.body("先行を終える")
    for words in ["`pilot` を消し", "`mgc apply`", "s1: 新しいconnect.ps1", "connect.ps1`"] {
      #expect(body.contains(words), "\(words)")
    }
    #expect(try !Book(yaml).has("先行を終える"))
    let other = Self.head(Self.both, servers: [Self.postfix]) + ZoneEmitterTests.domain
    #expect(try !Book(other + Self.settings).has("先行を終える"))
  }

  @Test func goingBackIsTheReverseOrder() throws {
    let book = try Book(
      Self.head(Self.both) + ZoneEmitterTests.domain + Self.settings, zones: Self.zones)
    let lines = try book.body("元に戻すとき").split(separator: "\n").filter { $0.contains("rollback/") }
    let parts = [
      "undo-lockdown.ps1", "-ttl.zone", "-dmarc-reject.zone", "-dmarc-quarantine.zone",
      "7-delivery-target", "6-mx-cutover", "4-ttl",
      "5-settings", "rollback.ps1", "oauth.md", "2-sender-authentication",
    ]
    #expect(lines.count == parts.count)
    for (index, (line, part)) in zip(lines, parts).enumerated() {
      #expect(line.hasPrefix("\(index + 1). ") && line.contains(part), "\(line)")
    }
    #expect(try book.body("MXの切替").contains("「元に戻すとき」の6番"))
    #expect(try book.body("直接配送の遮断").contains("「元に戻すとき」の1番"))
  }

  @Test func noWordOfWhatWasNotContracted() throws {
    let outbound = try Book(Self.head("leak-prevention") + ZoneEmitterTests.domain)
    for words in ["MX", "遮断", "スパムメール設定"] { #expect(!outbound.text.contains(words), "\(words)") }
    #expect(try outbound.body("メール配送先の変更").contains("保存したメール配送先サーバー"))
    #expect(try outbound.row("メール配送先の変更").contains("送信の経路を切り替える」の後"))
    let inbound = try Book(Self.head("inbound-security") + ZoneEmitterTests.domain)
    for words in ["SPF", "送信の経路", "配送先の変更"] { #expect(!inbound.text.contains(words), "\(words)") }
    let open = try Book(
      Self.head("inbound-security", servers: ["other: { description: x }"])
        + ZoneEmitterTests.domain)
    #expect(!open.text.contains("遮断"))
  }

  @Test func everyoneIsRegisteredAndLogsIn() throws {
    let domain = "domains: [{ name: kaede.example, cutover: 2026-12-19T22:00:00+09:00 }]\n"
    let book = try Book(Self.head(Self.both, servers: [Self.postfix]) + domain)
    let titles = book.titles
    let accounts = try #require(titles.firstIndex(of: "利用者の登録"))
    let login = try #require(titles.firstIndex(of: "一般利用者のログイン確認"))
    let cutover = try #require(titles.firstIndex(of: "MXの切替"))
    #expect(accounts < login && login < cutover && !book.has("サインイン方式の設定と利用者の取り込み"))
    #expect(try book.body("利用者の登録").contains("サポート窓口に確認する"))
    #expect(try book.row("送信元アドレスの事前連絡").hasSuffix("| お客様 | 2026年11月19日(木) 22:00 (+09:00) まで |"))
    let undated = try Book(
      Self.head("leak-prevention", servers: [Self.postfix]) + "domains: [{ name: kaede.example }]\n"
    )
    #expect(try undated.row("送信元アドレスの事前連絡").hasSuffix("| お客様 | 送信経路を切り替える1か月前まで |"))
    let contacts = "[{ role: reseller, name: R, mail: r@reseller.example }]"
    let sold = try Book(
      Self.head(Self.both, contacts: contacts, servers: [Self.postfix]) + domain)
    #expect(try sold.row("送信元アドレスの事前連絡").contains("| 販売店 |"))
    let exchange = try Book(Self.head(Self.both) + domain)
    #expect(exchange.has("一般利用者のログイン確認") && !exchange.has("利用者の登録"))
  }

  @Test func eachDomainHasItsDate() throws {
    let dates = "2026年12月19日(土) 22:00 (+09:00)"
    let servers = [Self.exchange, "other: { description: x }"]
    let yaml =
      Self.head(Self.both, servers: servers) + """
        domains:
          - { name: b.example, mailServer: s1, deliveryHost: b.mail.example, cutover: 2026-12-26T22:00:00+09:00 }
          - { name: a.example, mailServer: s1, cutover: 2026-12-19T22:00:00+09:00 }
          - { name: c.example, mailServer: s2 }

        """
    let book = try Book(yaml)
    let each = "`b.example`: 2026年12月26日(土) 22:00 (+09:00)、`a.example`: \(dates)、`c.example`: 日時未定"
    #expect(try book.row("MXの切替").contains(each) && book.body("MXの切替").contains(each))
    #expect(try book.row("一般利用者のログイン確認").contains(dates + " まで"))
    // Nothing closes before the last of them has moved.
    let closing = try book.body("直接配送の遮断")
    #expect(closing.contains("2026年12月27日(日) 22:00") && closing.contains("日時未定のドメイン"))
    #expect(closing.contains("s1: `b.mail.example` に外部から直接送ったメールが拒否され"))
    #expect(closing.contains("s2: 遮断しません"))
    let none = try Book(
      Self.head(Self.both) + "domains: [{ name: kaede.example }]\n" + Self.settings)
    #expect(try none.row("MXの切替").hasSuffix("| 日時未定 |"))
    #expect(!none.text.contains("随時"))
  }

  @Test func checksAskTheRightNames() throws {
    let book = try Book(Self.head(Self.both) + ZoneEmitterTests.domain, zones: Self.zones)
    let published = try book.body("SPF・DKIM・DMARCの公開")
    for name in ["", "mg._domainkey.", "_dmarc.", "_smtp._tls."] {
      #expect(published.contains("dig +norecurse @権威サーバー TXT \(name)kaede.example\n"), "\(name)")
    }
    for title in ["MXのTTLを下げる", "MXの切替", "TTLを元に戻す"] {
      #expect(try book.body(title).contains("dig +norecurse @権威サーバー MX kaede.example\n"))
    }
  }

  @Test func settingsComeInTwoPhases() throws {
    let yaml = Self.head(Self.both) + ZoneEmitterTests.domain
    let book = try Book(yaml + Self.settings)
    let titles = book.titles
    let before = try #require(titles.firstIndex(of: "管理者画面の設定"))
    let cutover = try #require(titles.firstIndex(of: "MXの切替"))
    let after = try #require(titles.firstIndex(of: "運用開始後の管理者画面の設定"))
    #expect(before < cutover && cutover < after)
    #expect(try book.body("運用開始後の管理者画面の設定").contains("lists/allow-senders-all.txt"))
    #expect(try !book.body("管理者画面の設定(").contains("lists/allow-senders-all.txt"))
    let early = try Book(yaml + "settings: { delay: { minutes: 3 } }\n")
    #expect(early.has("管理者画面の設定") && !early.has("運用開始後の管理者画面の設定"))
    let late = try Book(yaml + "settings: { lists: [{ scope: all, allowIPs: [203.0.113.9] }] }\n")
    #expect(!late.has("管理者画面の設定") && late.has("運用開始後の管理者画面の設定"))
  }

  @Test func theInitialSettingGoesAfterTheCutover() throws {
    let book = try Book(Self.head(Self.both) + ZoneEmitterTests.domain)
    #expect(book.text.components(of: "スパムメール設定・許可設定") == 1)
    let body = try book.body("MXの切替")
    let file = try #require(body.range(of: "6-mx-cutover/"))
    let box = try #require(body.range(of: "いつ消すかはサポート窓口に確認する"))
    #expect(file.upperBound < box.lowerBound)
  }

  @Test(arguments: [both, "inbound-security", "leak-prevention"], [exchange, postfix])
  func everyFileIsNamedAndLanguagesAgree(services: String, server: String) throws {
    var numbers: [[Int]] = []
    for language in ["ja", "en"] {
      let example = try ExampleProcedure(
        Self.head(services, language: language, servers: [server]) + ZoneEmitterTests.domain
          + (services == Self.both ? Self.settings : ""), zones: Self.zones,
        files: ["keys/mg.txt": ZoneEmitterTests.publicKey])
      let text = try example.text("RUNBOOK.md")
      for path in example.documents.keys where path != "RUNBOOK.md" {
        #expect(text.contains("`\(path)`"), "\(path)")
      }
      let isJapanese = text.replacing("ユーザ存在確認あり", with: "").unicodeScalars.contains {
        (0x3040...0x309F).contains($0.value)
      }
      #expect(isJapanese == (language == "ja"))
      numbers.append(
        text.split(separator: "\n").filter { $0.hasPrefix("## ") }
          .map { $0.split(whereSeparator: { !$0.isNumber }).compactMap { Int($0) }.first ?? 0 })
    }
    #expect(numbers[0] == numbers[1])
  }

  @Test(arguments: [
    postfix, "googleWorkspace: { signIn: { oauth: {} } }", "other: { description: x }",
  ])
  func noRouteChangesBeforeItsPhase(server: String) throws {
    let domain = "domains: [{ name: kaede.example }]\n"
    let book = try Book(Self.head(Self.both, servers: [server]) + domain)
    #expect(try !book.body("接続の準備").contains("start-outbound"))
    let body = try book.body("送信の経路を切り替える")
    #expect(body.contains("`3-mail-server/s1/start-outbound.md`"))
    #expect(
      body.contains(
        server == Self.postfix
          ? "s1: サーバーでstart-outbound.shを、引数なし、`start` 付きの順に実行する"
          : "s1: start-outbound.mdのとおりに送信経路を切り替える"))
    let inbound = try Book(Self.head("inbound-security", servers: [server]) + domain)
    #expect(!inbound.text.contains("start-outbound"))
  }

  @Test func filesStandInTheOrderOfUse() throws {
    let body = try Book(Self.head(Self.both) + ZoneEmitterTests.domain).body("接続の準備")
    let places = ["microsoft365.md", "/preflight.ps1`", "/connect.ps1`"].compactMap {
      body.range(of: $0)?.lowerBound
    }
    #expect(places.count == 3 && places == places.sorted())
    let english = try Book(Self.head(Self.both, language: "en") + ZoneEmitterTests.domain)
    #expect(english.text.contains("Sat 19 Dec 2026 22:00 (+09:00)"))
    #expect(!english.text.contains("\\"))
  }
}

extension String {
  fileprivate func components(of part: String) -> Int { ranges(of: part).count }

  fileprivate func range(of part: String) -> Range<String.Index>? { firstRange(of: part) }
}
