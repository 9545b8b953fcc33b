package import JSONText
package import Wording
internal import TenantModel

/// The JSON Schema (draft 7) of `mailgates-settings.json`.
package enum SettingsSchema {
  static let format = "mgc-mailgates-settings"
  static let version = 1

  package static let notice = LocalizedText(
    ja:
      "mgc独自の中立な形式です。提供元は設定を一括で取り込む形式を公開しておらず、この形式も確認していません。設定は click-sheet.md に沿って画面で行ってください。",
    en:
      "This is mgc's own neutral format. The vendor publishes no format for importing all settings and has not confirmed this one. Set things on the screens by click-sheet.md."
  )

  package static let schema = JSONValue.object(
    [
      .init("$schema", .string("http://json-schema.org/draft-07/schema#")),
      .init("$id", .string("mailgates-settings.v1.json")),
    ]
      + members(
        of: closed(
          "MailGatesの設定", "Settings of MailGates",
          [
            .required("format", .object(["const": .string(format)])),
            .required("format_version", .object(["const": .integer(version)])),
            .required(
              "vendor_confirmed",
              .object([
                "title": title("提供元が確認した形式か", "Whether the vendor has confirmed the format"),
                "const": .bool(false),
              ])),
            .required("notice", text("注意", "Notice")),
            .required("tenant", text("tenant.yamlのtenant.id", "tenant.id of tenant.yaml")),
            .required(
              "language", words("言語", "Language", Language.allCases.map(\.rawValue))),
            .required(
              "console",
              words(
                "管理者画面の世代", "Generation of the console",
                Gateway.ConsoleGeneration.allCases.map(\.rawValue))),
            .required("settings", settings),
          ]))
      + [
        .init(
          "definitions",
          .object([
            "group": group, "scope": scope, "list_scope": listScope, "trigger": trigger,
            "field": field,
          ]))
      ])

  private static let settings = closed(
    "契約したサービスの設定", "Settings of the contracted services",
    [
      .optional("groups", list("グループ管理", "Groups", of: reference("group"))),
      .optional("mail_processing", one("メール処理", "Mail processing", of: processing)),
      .optional("lists", list("許可・拒否設定", "Allow and deny lists", of: filterList)),
      .optional(
        "sender_authentication",
        one("送信ドメイン認証", "Sender authentication of received mail", of: authentication)),
      .optional(
        "filtering", list("フィルタリング設定", "Filtering", of: reference("field"))),
      .optional("bec", one("BEC保護管理", "BEC protection", of: bec)),
      .optional(
        "social_engineering",
        one("ソーシャルエンジニアリング保護", "Protection from social engineering", of: socialEngineering)),
      .optional("dictionaries", list("キーワード辞書", "Keyword dictionaries", of: dictionary)),
      .optional(
        "exclusion_dictionaries", list("除外キーワード辞書", "Exclusion dictionaries", of: dictionary)),
      .optional(
        "review", list("メール審査(上から順に調べる)", "Mail review, tried from the top", of: rule)),
      .optional(
        "review_delegation",
        list(
          "グループ審査権限委譲設定", "To whom group managers may delegate the review", of: delegate)),
      .optional(
        "delay",
        one(
          "遅延送信設定", "Delayed sending",
          of: closed("遅延送信", "Delay", [.required("minutes", number("分", "Minutes", from: 1))]))),
      .optional(
        "bcc",
        one(
          "BCC変換", "BCC conversion",
          of: closed(
            "BCC強制変換", "Conversion",
            [
              .required(
                "above",
                number("ToとCcの合計がこの数を超えたとき", "Where To and Cc together exceed this", from: 0))
            ]))),
      .optional(
        "zip",
        one(
          "ZIP暗号化", "ZIP encryption",
          of: closed(
            "ZIP 暗号化設定", "Encryption",
            [
              .required("trigger", reference("trigger")),
              .required(
                "except_recipients",
                texts("受信者メールアドレス(暗号化しない)", "Recipients that are excepted")),
              .optional("as_shown", fields("そのほかの項目", "Other fields")),
            ]))),
      .optional(
        "attachment_link",
        one(
          "添付ファイルリンク", "Attachment link",
          of: closed(
            "添付ファイルリンク", "Link",
            [
              .required("trigger", reference("trigger")),
              .required(
                "days",
                number(
                  "ダウンロード期間(日)", "Days to fetch the file",
                  from: Catalogue.linkDays.value.lowerBound,
                  to: Catalogue.linkDays.value.upperBound)),
            ]))),
    ])

  private static let group = closed(
    "グループ", "A group",
    [
      .required("name", text("サブグループ名", "Name")),
      .required("path", text("最上層からのパス", "Path", pattern: "^/")),
      .required("managers", texts("グループ管理者(メンバーでもある)", "Managers, who are members too")),
      .required("members", texts("そのほかのメンバー", "Other members")),
      .required(
        "subgroups",
        .object([
          "title": title("サブグループ", "Groups below"), "type": .string("array"),
          "items": reference("group"),
        ])),
    ])

  private static let scopes = [
    closed("すべて", "Everyone", [.required("kind", .object(["const": .string("all")]))]),
    closed(
      "ドメイン", "One domain",
      [
        .required("kind", .object(["const": .string("domain")])),
        .required("domain", text("ドメイン", "Domain")),
      ]),
    closed(
      "グループ", "One group",
      [
        .required("kind", .object(["const": .string("group")])),
        .required("group", text("グループのパス", "Path of the group", pattern: "^/")),
      ]),
  ]

  private static let scope = oneOf("適用範囲", "Whom it applies to", scopes)

  private static let listScope = oneOf(
    "適用範囲", "Whom it applies to",
    scopes + [
      closed(
        "利用者", "One user",
        [
          .required("kind", .object(["const": .string("user")])),
          .required("user", text("利用者のアドレス", "Address of the user")),
        ])
    ])

  private static let field = closed(
    "提供元の記事にない項目", "A field that no article shows",
    [
      .required("field", text("管理者画面の項目名", "The field, as the console shows it")),
      .required("value", text("管理者画面の値", "The value, as the console shows it")),
    ])

  private static let trigger = oneOf(
    "条件", "What sets it off",
    [
      closed(
        "件名", "The subject",
        [.required("subject_prefix", text("件名の最初の文字列", "What the subject begins with"))]),
      closed(
        "送信者", "The sender", [.required("senders", texts("送信者メールアドレス", "Senders"))]),
    ])

  private static let processing = closed(
    "メール処理", "Mail processing",
    [
      .optional("normal", normal), .optional("spam", spam),
      .optional("virus", fields("ウイルスメール", "Mail with a virus")),
      .optional("encrypted_zip", fields("暗号化ZIPメール", "Mail with an encrypted ZIP")),
      .optional("notices", fields("通知メール設定", "Notices")),
    ])

  private static let normal = oneOf(
    "正常メール", "Normal mail",
    [
      closed(
        "そのままの処理", "An action by itself",
        [.required("action", words("処理", "Action", ["system-default"]))]),
      closed(
        "警告を付けて送信", "Delivered with a warning",
        [
          .required("action", words("処理", "Action", ["deliver"])),
          .optional("header", text("警告タグ", "A header")),
          .optional("subject", text("警告メッセージ(件名)", "A warning before the subject")),
          .optional("body", text("警告メッセージ(本文)", "A warning at the top of the body")),
          .required("utf8", flag("UTF-8にエンコード", "Encode in UTF-8")),
        ]),
    ])

  private static let spam = oneOf(
    "スパムメール", "Spam",
    [
      closed(
        "そのままの処理", "An action by itself",
        [
          .required(
            "action",
            words(
              "処理", "Action",
              ["system-default", "delete", "personal-quarantine", "domain-quarantine"]))
        ]),
      closed(
        "文字列を付けて通過", "Passed on with a text",
        [
          .required("action", words("処理", "Action", ["change-header", "change-subject"])),
          .required("text", text("付ける文字列", "The text")),
        ]),
    ])

  private static let filterList = closed(
    "1つの範囲の一覧", "The lists of one scope",
    [
      .required("scope", reference("list_scope")),
      .required("allow_senders", texts("許可送信者", "Senders to allow")),
      .required("deny_senders", texts("拒否送信者", "Senders to deny")),
      .required("allow_ips", texts("IP許可リスト", "Addresses to allow, CIDR")),
      .required("deny_ips", texts("IP拒否リスト", "Addresses to deny, CIDR")),
      .optional("allow_content", texts("コンテンツフィルタの許可", "Content to allow")),
      .optional("deny_content", texts("コンテンツフィルタの拒否", "Content to deny")),
    ])

  private static let authentication = closed(
    "受信メールの認証", "Authentication of received mail",
    [
      .required("spf", flag("SPF 認証", "SPF")), .required("dkim", flag("DKIM 認証", "DKIM")),
      .optional("dmarc", flag("DMARC 認証", "DMARC")),
      .optional("image_spam", flag("イメージスパムフィルタ", "The filter for spam in images")),
      .optional("spf_exceptions", texts("SPFの除外", "What SPF leaves out")),
      .optional("dmarc_exceptions", texts("DMARCの除外", "What DMARC leaves out")),
    ])

  private static let bec = closed(
    "BEC保護ポリシールール", "Rules of the policy",
    [
      .optional(
        "similar_internal_domain",
        words("類似内部ドメイン", "Similar to a domain of one's own", becActions)),
      .optional(
        "similar_to_header_policy",
        .object([
          "title": title(
            "類似外部ドメイン(メールヘッダーセキュリティポリシーのドメインを適用)",
            "Similar to the domains of the mail header security policy"),
          "const": .bool(true),
        ])),
      .required(
        "similar_external_domains", texts("類似外部ドメイン", "Similar to these other domains")),
    ])

  private static let socialEngineering = closed(
    "ソーシャルエンジニアリング保護ポリシー", "The policy",
    [
      .required(
        "rewrite_urls",
        .object([
          "title": title("URL書き換え設定", "Where links are rewritten"), "type": .string("array"),
          "items": .object([
            "enum": .strings(SocialEngineeringProtection.Place.allCases.map(\.rawValue))
          ]),
        ])),
      .optional("bypass_policy", flag("バイパスポリシーを適用", "Apply the bypass policy")),
      .optional("as_shown", fields("そのほかの項目", "Other fields")),
    ])

  private static let delegate = JSONValue.object([
    "title": title("委譲先", "To whom"),
    "oneOf": .array([
      .object(["enum": .strings(["child-groups", "parent-groups"])]),
      closed(
        "そのほかの選択肢", "Another choice",
        [.required("as_shown", text("管理者画面の言葉", "As the console shows it"))]),
    ]),
  ])

  private static let becActions = BECProtection.BECAction.allCases.map(\.rawValue)

  private static let dictionary = oneOf(
    "キーワード辞書", "A dictionary",
    [
      closed(
        "テキスト / フレーズ", "Phrases",
        [.required("name", text("名前", "Name")), .required("phrases", texts("フレーズ", "Phrases"))]),
      closed(
        "正規表現", "A regular expression",
        [
          .required("name", text("名前", "Name")),
          .required("regex", text("正規表現", "Regular expression")),
        ]),
    ])

  private static let rule = closed(
    "審査ルール", "A rule",
    [
      .required("name", text("名前", "Name")),
      .required("scope", reference("scope")),
      .required(
        "when",
        closed(
          "条件(すべてを満たすとき)", "Conditions, all of which must hold",
          [
            .optional("header", text("メールヘッダー内容", "Header")),
            .optional("dictionary", text("キーワード辞書の名前", "Name of a dictionary")),
            .optional("except_dictionary", text("除外キーワード辞書の名前", "Name of an exclusion dictionary")),
            .optional(
              "recipients",
              oneOf(
                "受信者", "Recipients",
                [
                  words("社外", "Outside the company", ["external"]),
                  closed(
                    "受信者メールアドレス", "These recipients",
                    [.required("matching", texts("受信者メールアドレス", "Recipients"))]),
                ])),
            .optional("sender", text("送信者", "Sender")),
            .optional("attachment_extensions", texts("添付ファイルの拡張子", "Extensions of attachments")),
          ])),
      .required(
        "then",
        oneOf(
          "処理", "Action",
          [
            words("処理", "Action", ["allow", "hold", "forbid", "self-approve"]),
            closed(
              "通知する", "Notify",
              [.required("notify", texts("通知先", "Whom to notify"))]),
          ])),
    ])
}

extension SettingsSchema {
  private struct Key {
    let name: StaticString
    let schema: JSONValue
    let isRequired: Bool

    static func required(_ name: StaticString, _ schema: JSONValue) -> Key {
      Key(name: name, schema: schema, isRequired: true)
    }

    static func optional(_ name: StaticString, _ schema: JSONValue) -> Key {
      Key(name: name, schema: schema, isRequired: false)
    }
  }

  private static func title(_ ja: String, _ en: String) -> JSONValue { .string(ja + " / " + en) }

  private static func members(of value: JSONValue) -> [JSONValue.Member] {
    if case .object(let members) = value { members } else { [] }
  }

  /// An object that has these members and no others.
  private static func closed(_ ja: String, _ en: String, _ keys: [Key]) -> JSONValue {
    let required = keys.filter(\.isRequired).map(\.name.description)
    return .object([
      "title": title(ja, en), "type": .string("object"), "additionalProperties": .bool(false),
      "required": required.isEmpty ? nil : .strings(required),
      "properties": .object(keys.map { .init($0.name.description, $0.schema) }),
    ])
  }

  private static func list(_ ja: String, _ en: String, of items: JSONValue) -> JSONValue {
    .object([
      "title": title(ja, en), "type": .string("array"), "minItems": .integer(1), "items": items,
    ])
  }

  /// The array of a screen that has one form only.
  private static func one(_ ja: String, _ en: String, of items: JSONValue) -> JSONValue {
    .object([
      "title": title(ja, en), "type": .string("array"), "minItems": .integer(1),
      "maxItems": .integer(1), "items": items,
    ])
  }

  private static func fields(_ ja: String, _ en: String) -> JSONValue {
    list(ja, en, of: reference("field"))
  }

  private static func texts(_ ja: String, _ en: String) -> JSONValue {
    .object([
      "title": title(ja, en), "type": .string("array"),
      "items": .object(["type": .string("string"), "minLength": .integer(1)]),
    ])
  }

  private static func text(_ ja: String, _ en: String, pattern: String? = nil) -> JSONValue {
    .object([
      "title": title(ja, en), "type": .string("string"), "minLength": .integer(1),
      "pattern": pattern.map { .string($0) },
    ])
  }

  private static func number(
    _ ja: String, _ en: String, from minimum: Int, to maximum: Int? = nil
  ) -> JSONValue {
    .object([
      "title": title(ja, en), "type": .string("integer"), "minimum": .integer(minimum),
      "maximum": maximum.map { .integer($0) },
    ])
  }

  private static func flag(_ ja: String, _ en: String) -> JSONValue {
    .object(["title": title(ja, en), "type": .string("boolean")])
  }

  private static func words(_ ja: String, _ en: String, _ words: [String]) -> JSONValue {
    .object(["title": title(ja, en), "enum": .strings(words)])
  }

  private static func oneOf(_ ja: String, _ en: String, _ ways: [JSONValue]) -> JSONValue {
    .object(["title": title(ja, en), "oneOf": .array(ways)])
  }

  private static func reference(_ name: String) -> JSONValue {
    .object(["$ref": .string("#/definitions/" + name)])
  }
}
