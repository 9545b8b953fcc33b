internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel
internal import Wording

extension Emitter {
  /// What to set on which screen of the console, in words, and how to go back.
  static let clickSheet = Emitter { procedure in
    let sheet = ClickSheet(procedure)
    guard procedure.asks(for: .settings), !procedure.screens.isEmpty else { return [] }
    let file: ArtifactPath = "click-sheet.md"
    return [
      Artifact(Step.settings.path + file, sheet.page),
      Artifact("rollback" + Step.settings.path + file, sheet.wayBack),
    ]
  }
}

private struct ClickSheet {
  /// A list with more values than this is pasted from its file.
  static let shownValues = 5

  let procedure: Procedure
  let lists: SettingsLists

  init(_ procedure: Procedure) {
    self.procedure = procedure
    lists = SettingsLists(procedure)
  }

  private func say(_ ja: Markdown, _ en: Markdown) -> Markdown {
    procedure.say(MarkdownPhrase(ja: ja, en: en))
  }

  private func say(_ text: LocalizedText) -> Markdown {
    "\(text: text[procedure.tenant.language])"
  }

  var page: MarkdownPage {
    var page = MarkdownPage()
    page.heading(1, say("設定手順書（管理者画面）", "Settings of the console"))
    page.paragraph(
      say(
        "ドメイン管理者（admin）でログインし、上から順に設定してください。設定したら四角に印を付けます。「」の中は画面の言葉です。「名称は未確認」とあるものは、提供元の記事で画面の言葉を確認できていません。意味の合う項目を選び、なければサポート窓口に確認してください。初期値のままでよい項目は載せていません。",
        "Log in as the domain's administrator (admin) and set these from the top. Tick each box when it is done. Words in 「」 are those of the screen. Where it says \"name not confirmed\", no article of the vendor's shows the screen's own word: take the field of that meaning, or ask the vendor's support. Fields that keep their documented default are not listed."
      ))
    if !lists.files.isEmpty {
      page.quote(
        say(
          "\(code: "lists/")の一覧と\(code: "mailgates-settings.json")の形式は、提供元が確認したものではありません。取り込み機能に使う前に、1件だけで試してください。",
          "The vendor has not confirmed the form of the lists in \(code: "lists/") or of \(code: "mailgates-settings.json"). Try one entry before you give one to an import function."
        ))
    }
    let own = lists.files.filter(\.followsSample)
    if !own.isEmpty {
      page.paragraph(
        say(
          "次の一覧は、管理者画面から書き出した見本と同じ形です。取り込みが全件の置き換えか追加かは、画面の説明で確かめてください。",
          "These lists have the form of samples that were exported from the console. Whether an import replaces all entries or adds to them is for the screen's own help to say."
        ))
      page.bullets(own.map { link($0.path) })
    }
    // Before the MX changes, or, where it does not, before anybody works with MailGates.
    let before =
      procedure.services.inbound == nil
      ? say("運用開始前", "Before the start") : say("切替前", "Before the cutover")
    add(procedure.screens.filter { !$0.setting.isAfterStart }, below: before, to: &page)
    add(
      procedure.screens.filter(\.setting.isAfterStart),
      below: say("運用開始後", "After the start"), to: &page)
    return page
  }

  var wayBack: MarkdownPage {
    var page = MarkdownPage()
    page.heading(1, say("管理者画面の設定を戻す", "Undo the settings of the console"))
    page.paragraph(
      say(
        "設定したときと逆の順に、画面ごとに戻します。追加した項目は削除し、変えた値は控えておいた元の値にしてください。",
        "Go back screen by screen, in the reverse of the order in which they were set. Delete what was added, and give fields the values that you wrote down."
      ))
    for screen in procedure.screens.reversed() {
      page.heading(2, heading(screen))
      page.paragraph(ConsoleWords.path(screen.path.words))
      page.checkboxes(
        screen.entries.map { entry in
          if let title = entry.title {
            say("\(code: title)を戻した", "\(code: title) is undone")
          } else {
            say("控えた値に戻した", "The values are those written down")
          }
        })
    }
    return page
  }

  private func heading(_ screen: ConsoleScreen) -> Markdown {
    let name = screen.path.words.last ?? ""
    let title = screen.setting.title[procedure.tenant.language]
    return title.contains(name)
      ? "\(text: title)" : say("\(text: title)「\(text: name)」", "\(text: title): 「\(text: name)」")
  }

  private func add(
    _ screens: [ConsoleScreen], below title: Markdown, to page: inout MarkdownPage
  ) {
    guard !screens.isEmpty else { return }
    page.heading(2, title)
    for screen in screens { add(screen, to: &page) }
  }

  private func add(_ screen: ConsoleScreen, to page: inout MarkdownPage) {
    page.heading(3, heading(screen))
    page.paragraph(ConsoleWords.path(screen.path.words))
    if !screen.path.isConfirmed {
      page.quote(ConsoleWords.unconfirmed[procedure.tenant.language])
    }
    page.bullets(
      [
        say(
          "設定する時期: \(say(screen.setting.timing))", "When: \(say(screen.setting.timing))"),
        say(
          "出典: \(link: "提供元の記事", to: screen.source)",
          "Source: \(link: "the vendor's article", to: screen.source)"),
      ] + screen.notes.map(say))
    page.checkboxes([
      say("変える前の値を控えた", "The values before the change are written down")
    ])
    if let table = lists.table(of: screen.screen) {
      page.paragraph(
        say(
          "一覧: \(link(table.path))", "All of it as a list: \(link(table.path))"))
    }
    for entry in screen.entries { add(entry, of: screen, to: &page) }
  }

  private func add(
    _ entry: ConsoleScreen.Entry, of screen: ConsoleScreen, to page: inout MarkdownPage
  ) {
    if let title = entry.title { page.heading(4, "\(code: title)") }
    for note in entry.notes { page.quote(say(note)) }
    page.table(
      header: [say("項目", "Field"), say("操作", "Do"), say("値", "Value")],
      rows: entry.fields.flatMap { rows($0, at: entry.span, of: screen) })
    page.checkboxes([say("設定して保存した", "Set and saved")])
  }

  private func rows(
    _ field: ConsoleScreen.Field, at span: SourceSpan, of screen: ConsoleScreen
  ) -> [[Markdown]] {
    if case .shown(let text) = field.value {
      let label =
        screen.isConfirmed(field.label)
        ? "「\(text: field.label)」"
        : say(
          "\(code: field.label)（tenant.yamlの記入）", "\(code: field.label) (as tenant.yaml has it)")
      return [[label, say("設定", "Set"), "\(code: text)"]]
    }
    let label = word(field.label, on: screen)
    switch field.value {
    case .text(let text): return [[label, say("入力", "Enter"), "\(code: text)"]]
    case .option(let text): return [[label, say("選択", "Choose"), word(text, on: screen)]]
    case .choice(let text): return [[label, say("選択", "Choose"), "\(code: text)"]]
    case .ticked: return [[label, say("チェックを付ける", "Tick"), "✓"]]
    case .shown: return []
    case .list(let values):
      let path = lists.file(of: values, at: span)?.path ?? lists.table(of: screen.screen)?.path
      if values.count > Self.shownValues, let path {
        let count = values.count
        return [
          [
            label, say("貼り付け", "Paste"),
            say("\(count)件: \(link(path))", "\(count) entries: \(link(path))"),
          ]
        ]
      }
      return values.map { [label, say("追加", "Add"), "\(code: $0)\(netmask($0, of: field.label))"] }
    }
  }

  /// A word of the screen's, or mgc's own name where the screen's is not known.
  private func word(_ word: String, on screen: ConsoleScreen) -> Markdown {
    screen.isConfirmed(word)
      ? "「\(text: word)」"
      : say("\(text: word)（名称は未確認）", "\(text: word) (name not confirmed)")
  }

  /// The console asks for an 「IPアドレス」 and its 「サブネットマスク」 (article 900005450123).
  private func netmask(_ value: String, of label: String) -> Markdown {
    guard label.contains("IP"), let prefix = try? IPPrefix(parsing: value),
      let mask = prefix.dottedNetmask
    else { return "" }
    let address = prefix.address.description
    return say(
      "（「IPアドレス」\(code: address)、「サブネットマスク」\(code: mask)）",
      " (「IPアドレス」 \(code: address), 「サブネットマスク」 \(code: mask))")
  }

  private func link(_ path: ArtifactPath) -> Markdown {
    let text = path.description
    return "\(link: "\(code: text)", to: text)"
  }
}

/// How a place in the console is written for people.
enum ConsoleWords {
  /// 「A」>「B」
  static func path(_ words: [String]) -> Markdown {
    words.map { "「\(text: $0)」" as Markdown }.joined(separator: " > ")
  }

  static let unconfirmed = MarkdownPhrase(
    ja: "この画面までの道順は、提供元の記事の全体では確認できていません。見つからないときはサポート窓口に確認してください。",
    en:
      "The way to this screen could not be confirmed in the whole of the vendor's article. Where it is not there, ask the vendor's support."
  )
}
