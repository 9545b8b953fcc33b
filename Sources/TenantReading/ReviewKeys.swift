internal import MailRecords
internal import SourceText
internal import TenantModel
internal import Wording
internal import YAMLTree

// The keys of review rules and keyword dictionaries.

private let dictionaryName = line(["機密"], maximum: 64)

let dictionary: Shape<KeywordDictionary> = object(
  required("name", .init(ja: "辞書の名前", en: "The name"), dictionaryName.located),
  Field(exactlyOne: [
    way(
      "phrases", .init(ja: "テキスト / フレーズ", en: "Phrases"),
      list(of: line(["社外秘"]).located, minimum: 1).located
    ) { $0.map { KeywordDictionary.Content.phrases($0) } }
    .limited(to: Catalogue.dictionaryLines.value),
    way(
      "regex", .init(ja: "正規表現(1つだけ)", en: "One regular expression"),
      expression(["[0-9]{7}"]).located
    ) { $0.map { .regex($0) } },
  ]),
  make: { _, name, content in KeywordDictionary(name: name, content: content) })

let reviewRule: Shape<ReviewRule> = object(
  required("name", .init(ja: "ルール名", en: "The name"), line(["機密語は保留"], maximum: 64).located),
  required("scope", .init(ja: "適用範囲", en: "Whom it applies to"), reviewScope),
  required(
    "when", .init(ja: "条件(すべてを満たすとき)", en: "Conditions, all of which must hold"),
    object(
      optional(
        "header", .init(ja: "メールヘッダー内容(/正規表現/i)", en: "The header, as /regex/i"),
        expression(["/^Cc:.*yamada@kaede\\.example/i"]).located
      ).details(
        ja: "管理者画面の書式のとおり、/で囲みます。正規表現の方言は公開されていません。",
        en:
          "Between slashes, as the console has it. The dialect of its regular expressions is not published."
      ),
      optional(
        "dictionary", .init(ja: "キーワード辞書の名前", en: "The name of a dictionary"),
        dictionaryName.located),
      optional(
        "exceptDictionary", .init(ja: "除外キーワード辞書の名前", en: "The name of an exclusion dictionary"),
        dictionaryName.located
      ).details(
        ja: "ルールでの働き方は公開されていません。",
        en: "How it acts in a rule is not published."),
      optional(
        "recipients", .init(ja: "受信者", en: "The recipients"), recipients),
      optional(
        "sender", .init(ja: "送信者", en: "The sender"), addressPattern.located),
      optional(
        "attachmentExtensions", .init(ja: "添付ファイルの拡張子", en: "Extensions of attachments"),
        list(of: line(["exe"], maximum: 16).located), default: []
      ).details(ja: "ドットを付けずに書きます。", en: "Without the dot."),
      make: { _, header, dictionary, exceptDictionary, recipients, sender, extensions in
        ReviewRule.Condition(
          header: header, dictionary: dictionary, exceptDictionary: exceptDictionary,
          recipients: recipients, sender: sender, attachmentExtensions: extensions)
      })),
  required(
    "then", .init(ja: "処理", en: "What is done"),
    choice(
      [
        (.init(word: "allow", about: .init(ja: "許可する", en: "Allow")), ReviewRule.Action.allow),
        (.init(word: "hold", about: .init(ja: "保留する", en: "Hold")), .hold),
        (.init(word: "forbid", about: .init(ja: "禁止する", en: "Forbid")), .forbid),
        (
          .init(
            word: "self-approve",
            about: .init(ja: "自己承認させる", en: "Have the sender approve it")),
          .selfApprove
        ),
      ],
      or: choice([
        way(
          "notify", .init(ja: "通知する(相手のアドレス)", en: "Notify these addresses"),
          list(of: emailAddress.located, minimum: 1)
        ) { .notify($0) }
      ]))),
  make: { span, name, scope, when, then in
    ReviewRule(name: name, scope: scope, when: when, then: then, span: span)
  })

private let recipients: Shape<ReviewRule.Recipients> = choice(
  [
    (
      Schema.Value(word: "external", about: .init(ja: "社外", en: "Outside the company")),
      ReviewRule.Recipients.external
    )
  ],
  or: choice([
    way(
      "matching", .init(ja: "受信者メールアドレス", en: "These recipients"),
      list(of: addressPattern.located, minimum: 1)
    ) { .matching($0) }
  ]))

let reviewDelegate: Shape<ReviewDelegate> = choice(
  [
    (
      Schema.Value(
        word: "child-groups", about: .init(ja: "子グループ", en: "Groups beneath")),
      ReviewDelegate.childGroups
    ),
    (
      Schema.Value(
        word: "parent-groups", about: .init(ja: "親グループ", en: "The group above")),
      .parentGroups
    ),
  ],
  or: choice([
    way(
      "asShown", .init(ja: "そのほかの選択肢(管理者画面の言葉)", en: "Another choice, as the console shows it"),
      line(["同じ階層のグループ"])
    ) { .asShown($0) }
  ]))

/// A regular expression. Where its bytes stand is kept, so that a finding can show the one that is
/// wrong.
private func expression(_ examples: [String]) -> Shape<Expression> {
  let line = line(examples, maximum: 1000)
  return Shape(schema: line.schema) { node, decoder in
    line.decode(node, &decoder).map { Expression($0, places: node.textPlaces) }
  }
}
