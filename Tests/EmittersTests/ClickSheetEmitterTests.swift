import Foundation
import Procedure
import TenantModel
import Testing
import Wording

@Suite struct ClickSheetEmitterTests {
  /// A leaf block as the judge reads it: the elements around it, its parts, each a kind and text.
  private struct Block: Decodable {
    let path: [String]
    let parts: [[String]]

    init(from decoder: any Decoder) throws {
      var container = try decoder.unkeyedContainer()
      path = try container.decode([String].self)
      parts = try container.decode([[String]].self)
    }

    var codes: [String] { parts.filter { $0[0] == "code_inline" }.map { $0[1] } }
    var links: [String] { parts.filter { $0[0] == "link_open" }.map { $0[1] } }
    var text: String {
      parts.filter { ["text", "code_inline"].contains($0[0]) }.map { $0[1] }.joined()
    }
  }

  private static func blocks(_ page: String) throws -> [Block] {
    try Outside.read("markdown_reader.py", input: page, as: [Block].self)
  }

  @Test(arguments: ["ja", "en"])
  func everyValueShows(_ language: String) throws {
    let texts = HostileSettings.texts
    let example = try ExampleProcedure(HostileSettings.tenant(language: language, texts: texts))
    let documents = example.documents
    let blocks = try Self.blocks(#require(documents["5-settings/click-sheet.md"]))
    #expect(!blocks.contains { $0.parts.contains { $0[0].hasPrefix("html") || $0[0] == "image" } })
    // Cells come in threes: field, what to do, value.
    let cells = blocks.filter { $0.path.last == "td" }
    var rows = stride(from: 0, to: cells.count, by: 3).map { Array(cells[$0..<$0 + 3]) }[...]
    let screens =
      example.procedure.screens.filter { !$0.setting.isAfterStart }
      + example.procedure.screens.filter(\.setting.isAfterStart)
    func shown(_ word: String, on screen: ConsoleScreen) -> String {
      screen.isConfirmed(word)
        ? "「\(word)」" : word + (language == "ja" ? "（名称は未確認）" : " (name not confirmed)")
    }
    for screen in screens {
      for field in screen.entries.flatMap(\.fields) {
        let isLong = if case .list(let values) = field.value { values.count > 5 } else { false }
        for value in isLong ? [""] : field.value.all {
          let next = rows.popFirst()
          let row = try #require(next)
          if case .shown = field.value {
            let isKnown = screen.isConfirmed(field.label)
            #expect(isKnown || row[0].codes.map(\.octets) == [field.label.octets])
            #expect(row[0].text.contains("tenant.yaml") != isKnown || field.label == "tenant.yaml")
            #expect(row[2].codes.map(\.octets) == [value.octets])
            continue
          }
          #expect(row[0].text == shown(field.label, on: screen))
          switch field.value {
          case .shown: break
          case .option: #expect(row[2].text == shown(value, on: screen))
          case .ticked: #expect(row[2].text == "✓")
          case .text, .choice: #expect(row[2].codes.map(\.octets) == [value.octets])
          case .list(let values) where isLong:
            let link = try #require(row[2].links.first)
            let list = try #require(documents["5-settings/" + link], "\(link)")
            for value in values { #expect(list.contains(value)) }
          case .list: #expect(row[2].codes.first?.octets == value.octets)
          }
        }
      }
    }
    #expect(rows.isEmpty)
    let titles = blocks.filter { $0.path.last == "h4" }.map { $0.codes.map(\.octets) }
    #expect(
      titles
        == screens.flatMap(\.entries).compactMap { entry in
          entry.title.map { [$0.octets] }
        })
    let links = blocks.flatMap(\.links).filter { !$0.hasPrefix("https://") }
    for link in links { #expect(documents["5-settings/" + link] != nil, "\(link)") }
    let boxes = blocks.filter { $0.path.last == "li" || $0.path.suffix(2) == ["li", "p"] }
    let entries = example.procedure.screens.reduce(0) { $0 + $1.entries.count + 1 }
    #expect(boxes.count { $0.text.hasPrefix("[ ] ") } == entries)
  }

  @Test func screensStandInTheConsolesWords() throws {
    let example = try ExampleProcedure(HostileSettings.tenant())
    let page = try #require(example.documents["5-settings/click-sheet.md"])
    for screen in example.procedure.screens {
      #expect(page.contains(screen.path.words.map { "「\($0)」" }.joined(separator: " > ")))
    }
    let count = example.procedure.screens.count { !$0.path.isConfirmed }
    #expect(count > 0)
    #expect(page.matches(of: /道順は、提供元の記事/).count == count)
    // The console asks for an address and its netmask.
    #expect(
      page.contains(
        "`203.0.113.16/28`（「IPアドレス」`203.0.113.16`、「サブネットマスク」`255.255.255.240`）"))
    #expect(
      page.contains("`203.0.113.9`（「IPアドレス」`203.0.113.9`、「サブネットマスク」`255.255.255.255`）"))
    // What the vendor has not confirmed says so.
    #expect(page.contains("提供元が確認したものではありません"))
    let outbound = try ExampleProcedure(HostileSettings.tenant(services: ["leak-prevention"]))
    let sheet = try #require(outbound.documents["5-settings/click-sheet.md"])
    #expect(sheet.contains("\n## 運用開始前\n") && !sheet.contains("\n## 運用開始後\n"))
    let back = try #require(example.documents["rollback/5-settings/click-sheet.md"])
    let boxes = try Self.blocks(back).count { $0.text.hasPrefix("[ ] ") }
    #expect(boxes == example.procedure.screens.reduce(0) { $0 + $1.entries.count })
  }

  /// A new pair of keys would not match the key that is published.
  @Test(arguments: ["mail-security", "spam-management"])
  func aKeyThatExistsIsNotMadeAgain(_ console: String) throws {
    let head = ExampleProcedure.head(["leak-prevention"])
      .replacing("console: mail-security", with: "console: \(console)")
    let yaml = """
      domains:
        - { name: kaede.example, dkim: [{ selector: mg, publicKey: keys/mg.txt }] }
        - { name: momiji.example, dkim: [{ selector: mg }] }

      """
    let documents = try ExampleProcedure(
      head + yaml, files: ["keys/mg.txt": ZoneEmitterTests.publicKey]
    ).documents
    let page = try #require(documents["2-sender-authentication/dkim.md"])
    let parts = page.components(separatedBy: "\n## ")
    #expect(parts.count == 3)
    #expect(parts[1].contains("作成済みです。作り直さないでください"))
    #expect(parts[1].contains("一致しないときは、作業を止めます"))
    #expect(!parts[1].contains("秘密鍵の作成"))
    #expect(parts[2].contains("「秘密鍵の作成」") && !parts[2].contains("作成済み"))
    let isNew = console == "mail-security"
    #expect(parts[0].contains("「DKIM鍵設定」") == isNew)
    #expect(parts[0].contains("提供元が設定済み") == isNew)
    #expect(parts[0].contains("画面の場所は未確認です。サポート窓口に確認してください。") == !isNew)
    #expect(
      documents["RUNBOOK.md"]?.contains("場所は未確認。サポート窓口に確認") == !isNew)
  }

  /// What the articles do not show is never given as the screen's own word.
  @Test(arguments: ["mail-security", "spam-management"])
  func onlyWordsThatWereSeenAreQuoted(_ console: String) throws {
    let yaml = HostileSettings.tenant().replacing("mail-security", with: console)
    let procedure = try ExampleProcedure(yaml)
    let page = try #require(procedure.documents["5-settings/click-sheet.md"])
    for word in [
      "適用範囲", "処理", "許可する", "社外", "ダウンロード期間", "拒否送信者", "拒否する送信者", "受信者", "メール件名", "隔離", "無効",
    ] {
      #expect(!page.contains("「\(word)」"), "\(word)")
    }
    for word in ["処理", "社外", "ダウンロード期間", "拒否する送信者", "メール件名", "隔離", "無効"] {
      #expect(page.contains("\(word)（名称は未確認）"), "\(word)")
    }
    let isNew = console == "mail-security"
    for word in ["IP許可リスト", "IP拒否リスト", "送信者フィルタ"] {
      #expect(page.contains("「\(word)」") == isNew, "\(word)")
    }
    for word in ["IPホワイトリスト", "許可送信者"] {
      #expect(page.contains("「\(word)」") == !isNew, "\(word)")
    }
    #expect(page.contains("拒否するIPアドレス（名称は未確認）") == !isNew)
    // Documented for ZIP, not for links.
    #expect(page.contains("| 特定の送信者・受信者のメールアドレス（名称は未確認） | チェックを付ける |"))
    let zip = try ExampleProcedure(
      ExampleProcedure.head(["leak-prevention"])
        + "domains:\n  - { name: kaede.example }\nsettings:\n"
        + "  zip: { trigger: { senders: [\"*@kaede.example\"] } }\n"
    ).documents
    #expect(
      zip["5-settings/click-sheet.md"]?
        .contains("| 「特定の送信者・受信者のメールアドレス」 | チェックを付ける |") == true)
  }

  @Test func rulesOfGroupsGoToTheGroupsScreen() throws {
    let yaml =
      ExampleProcedure.head(ExampleProcedure.both) + """
        domains:
          - { name: kaede.example }
        groups:
          - { path: /営業部, managers: [sato@kaede.example] }
        settings:
          lists: [{ scope: all, denySenders: [a@x.example] }]
          review:
            - { name: g, scope: { group: /営業部 }, when: { recipients: external }, then: hold }
            - { name: d, scope: all, when: { recipients: external }, then: hold }

        """
    let page = try #require(ExampleProcedure(yaml).documents["5-settings/click-sheet.md"])
    let entries = page.components(separatedBy: "\n#### ")
    let group = try #require(entries.first { $0.hasPrefix("`g`") })
    #expect(group.contains("このグループ自身の審査の画面") && group.contains("| `/営業部` |"))
    let domain = try #require(entries.first { $0.hasPrefix("`d`") })
    #expect(!domain.contains("グループ") && !domain.contains("適用範囲"))
    // Lists come last, under their own heading.
    let parts = page.components(separatedBy: "\n## ")
    #expect(parts.dropFirst().map { $0.prefix { $0 != "\n" } } == ["切替前", "運用開始後"])
    #expect(parts[1].contains("ドメイン審査ポリシー") && !parts[1].contains("許可・拒否設定「"))
    #expect(parts[2].contains("送信者フィルタ") && !parts[2].contains("メール審査"))
  }

  /// Nobody opens a screen twice, in either generation of the console.
  @Test(arguments: ["mail-security", "spam-management"], ["ja", "en"])
  func noScreenIsOpenedTwice(_ console: String, _ language: String) throws {
    let yaml = HostileSettings.tenant(language: language).replacing("mail-security", with: console)
    let example = try ExampleProcedure(yaml)
    let paths = example.procedure.screens.map { $0.path.words.joined(separator: " > ") }
    #expect(paths.count >= (console == "mail-security" ? 18 : 15))
    #expect(Set(paths).count == paths.count, "\(paths)")
    let page = try #require(example.documents["5-settings/click-sheet.md"])
    for screen in example.procedure.screens {
      let path = screen.path.words.map { "「\($0)」" }.joined(separator: " > ")
      #expect(page.split(separator: "\n").count { $0 == path } == 1, "\(path)")
    }
    let settings = Set(example.procedure.screens.map(\.setting.rawValue))
    #expect(settings.count == 10)
  }

  /// What the console begins with has no box.
  @Test func documentedDefaultsAreNotOnTheSheet() throws {
    let domains = "domains:\n  - { name: kaede.example }\n"
    let defaults = """
      settings:
        mailProcessing: { normal: { systemDefault: {} }, spam: { systemDefault: {} } }
        senderAuthentication: { spf: true, dkim: true }
        attachmentLink: { trigger: { subjectPrefix: link }, days: 30 }

      """
    let example = try ExampleProcedure(
      ExampleProcedure.head(ExampleProcedure.both) + domains + defaults)
    #expect(example.procedure.screens.map(\.screen) == [.attachmentLink])
    let page = try #require(example.documents["5-settings/click-sheet.md"])
    #expect(page.contains("載せていません") && !page.contains("| ダウンロード期間"))
    #expect(page.contains("30日間です（初期値は30日）") || page.contains("30日間です(初期値は30日)"))
    let other = try ExampleProcedure(
      ExampleProcedure.head(ExampleProcedure.both) + domains
        + defaults.replacing("spf: true", with: "spf: false").replacing("30", with: "31"))
    let sheet = try #require(other.documents["5-settings/click-sheet.md"])
    #expect(sheet.contains("| 「SPF 認証」 | 選択 |") && !sheet.contains("「DKIM 認証」 |"))
    #expect(sheet.contains("| ダウンロード期間（名称は未確認） | 入力 | `31日` |"))
  }

  /// Self-approval's two articles are named where the rule is set.
  @Test(arguments: ["ja", "en"])
  func aContradictionIsSaidAtTheStep(_ language: String) throws {
    let yaml =
      ExampleProcedure.head(["leak-prevention"], language: language)
      + "domains:\n  - { name: kaede.example }\nsettings:\n  review:\n"
      + "    - { name: a, scope: all, when: { sender: x@kaede.example }, then: allow }\n"
      + "    - { name: b, scope: all, when: { recipients: external }, then: self-approve }\n"
    let page = try #require(ExampleProcedure(yaml).documents["5-settings/click-sheet.md"])
    let entries = page.components(separatedBy: "\n#### ")
    let own = try #require(entries.first { $0.hasPrefix("`b`") })
    #expect(own.contains("900003437366") && own.contains("360039832351"))
    #expect(try #require(entries.first { $0.hasPrefix("`a`") }).contains("900003437366") == false)
  }

  @Test func nothingToSetLeavesNoSheet() throws {
    let documents = try ExampleProcedure(
      ExampleProcedure.head(["inbound-security"]) + "domains:\n  - { name: kaede.example }\n"
    ).documents
    #expect(!documents.keys.contains { $0.contains("click-sheet") })
  }

  @Test(arguments: ["ja", "en"])
  func theKeyAndTheDeliveryTarget(_ language: String) throws {
    let yaml =
      ExampleProcedure.head(["leak-prevention"], language: language) + """
        domains:
          - { name: kaede.example, dkim: [{ selector: mg }] }
          - { name: もみじ商店.example }
          - { name: parked.example, role: parked }

        """
    let documents = try ExampleProcedure(yaml).documents
    let dkim = try Self.blocks(#require(documents["2-sender-authentication/dkim.md"]))
    let codes = dkim.flatMap(\.codes)
    for value in [
      "mg", "domains[0].dkim[0].publicKey", "mg._domainkey.kaede.example.",
      "keys/mg.kaede.example.txt", "domains[1]", "dkim: [{ selector: mg }]",
    ] { #expect(codes.contains(value), "\(value)") }
    #expect(dkim.contains { $0.text.contains("「システムは秘密鍵」") })
    #expect(!dkim.contains { $0.text.contains("作り直さないで") })
    #expect(!dkim.contains { $0.text.contains("parked.example") })
    let target = try Self.blocks(#require(documents["7-delivery-target/delivery-target.md"]))
    #expect(
      target.contains { $0.text == "「管理者モード」 > 「管理」 > 「メール配送先管理」 > 「メール配送先設定」" })
    #expect(target.contains { $0.text == "「xxx (ユーザ存在確認あり)」" })
    #expect(documents["rollback/7-delivery-target/delivery-target.md"] != nil)
    let inbound = try ExampleProcedure(
      ExampleProcedure.head(["inbound-security"]) + "domains:\n  - { name: kaede.example }\n"
    ).documents
    #expect(!inbound.keys.contains { $0.contains("delivery-target") || $0.contains("dkim") })
  }
}
