internal import MailRecords
internal import SourceText
internal import TenantModel
internal import Wording

// The keys below `settings`.

let settings: Shape<Settings> = object(
  optional(
    "mailProcessing", .init(ja: "メール処理", en: "Mail processing"),
    mailProcessing.located),
  optional(
    "lists", .init(ja: "許可・拒否設定", en: "Allow and deny lists"),
    list(of: filterList).located
  ).details(
    ja: "運用開始後、届くスパムを見てから足していくものです。", en: "Filled after the start, by the spam that arrives."),
  optional(
    "senderAuthentication",
    .init(
      ja: "フィルタリング設定の送信ドメイン認証",
      en: "Sender authentication of received mail"),
    senderAuthentication.located
  ).details(
    ja: "特別な理由がなければ、初期値のままにします。",
    en: "The vendor advises to leave the defaults unless there is a reason."),
  optional(
    "filtering", .init(ja: "フィルタリング設定のそのほかの項目", en: "Other fields of the filtering screens"),
    list(of: shownField).located
  ).details(
    ja: "スパムレベルなど、値が公開されていない項目です。管理者画面の言葉のとおりに書きます。",
    en:
      "Fields such as the level of spam, whose values are published nowhere. Write what the console shows."
  ),
  optional(
    "bec", .init(ja: "BEC保護管理", en: "BEC protection"), bec.located
  ).details(
    ja: "取引先や社内に似せたドメインからのメールを見つけます。",
    en: "Finds mail from domains that look like one of yours or a partner."),
  optional(
    "socialEngineering", .init(ja: "ソーシャルエンジニアリング保護", en: "Protection from social engineering"),
    socialEngineering.located
  ).details(
    ja: "本文や添付ファイルの中のURLを書き換えます。契約に含まれるかは公開されていません。",
    en:
      "Rewrites links in the body and in attachments. Whether the contract includes it is not published."
  ),
  optional(
    "dictionaries", .init(ja: "キーワード辞書", en: "Keyword dictionaries"),
    list(of: dictionary).located
  ).details(ja: "審査ルールのwhenから、名前で参照されます。", en: "Review rules name them in when.").limited(
    to: Catalogue.dictionaries.value),
  optional(
    "exclusionDictionaries", .init(ja: "除外キーワード辞書", en: "Exclusion dictionaries"),
    list(of: dictionary).located
  ).details(
    ja: "審査ルールのexceptDictionaryから、名前で参照されます。アドレスも書けます。",
    en: "Review rules name them in exceptDictionary. They may hold addresses."
  ).limited(to: Catalogue.exclusionDictionaries.value),
  optional(
    "review",
    .init(
      ja: "メール審査",
      en: "Mail review"), list(of: reviewRule).located
  ).details(
    ja: "上から順に調べられ、最初に一致した1つだけが働くため、並び順に意味があります。",
    en: "Tried from the top; only the first match acts, so their order has meaning."),
  optional(
    "reviewDelegation",
    .init(ja: "グループ審査権限委譲設定", en: "To whom group managers may delegate the review"),
    list(of: reviewDelegate.located).located
  ).details(
    ja: "グループ管理者が審査を任せられる相手です。",
    en: "Whom a group's manager may leave the review to."),
  optional(
    "delay", .init(ja: "遅延送信設定", en: "Delayed sending"),
    object(
      required("minutes", .init(ja: "分", en: "Minutes"), integer(1...1440).located),
      make: { _, minutes in DelayedSending(minutes: minutes) }
    ).located
  ).details(
    ja: "送信を待たせ、その間は取り消せます。ドメイン全体に効き、例外は作れません。",
    en: "Mail waits and can be taken back. It holds for the whole domain without exceptions."),
  optional(
    "bcc", .init(ja: "BCC変換", en: "BCC conversion"),
    object(
      required(
        "above", .init(ja: "ToとCcの合計がこの人数を超えたら", en: "When To and Cc together are more than this"),
        integer(0...10000).located),
      make: { _, above in BCCConversion(above: above) }
    ).located
  ).details(
    ja: "宛先の多いメールを、社外への配送でBCCに変えます。",
    en: "Converts mail with many recipients to Bcc on its way outside."),
  optional(
    "zip", .init(ja: "ZIP暗号化", en: "ZIP encryption"),
    object(
      required("trigger", .init(ja: "条件", en: "What sets it off"), trigger),
      optional(
        "exceptRecipients", .init(ja: "受信者メールアドレス(暗号化しない)", en: "Recipients that are excepted"),
        list(of: addressPattern.located), default: []),
      asShown("暗号化ファイル名など、そのほかの項目", "Other fields, such as that of file names"),
      make: { _, trigger, except, shown in
        ZIPEncryption(trigger: trigger, exceptRecipients: except, shown: shown)
      }
    ).located
  ).details(
    ja: "条件に合う添付ファイルを暗号化します。条件がなければ、何も暗号化されません。",
    en: "Encrypts attachments that meet the condition; without one nothing is encrypted."),
  optional(
    "attachmentLink", .init(ja: "添付ファイルリンク", en: "Attachment link"),
    object(
      required("trigger", .init(ja: "条件", en: "What sets it off"), trigger),
      optional(
        "days", .init(ja: "ダウンロードできる日数", en: "For how many days it can be fetched"),
        integer(Catalogue.linkDays.value), default: Catalogue.linkDefaultDays.value),
      make: { _, trigger, days in AttachmentLink(trigger: trigger, days: days) }
    ).located
  ).details(
    ja: "添付ファイルを切り離し、ダウンロード用のリンクに置き換えます。",
    en: "Takes attachments off and puts a link in their place."),
  make: {
    _, processing, lists, authentication, filtering, bec, social, dictionaries, exclusions, review,
    delegation, delay, bcc, zip, link in
    Settings(
      mailProcessing: processing, lists: lists, senderAuthentication: authentication,
      filtering: filtering, bec: bec, socialEngineering: social, dictionaries: dictionaries,
      exclusionDictionaries: exclusions, review: review, reviewDelegation: delegation,
      delay: delay, bcc: bcc, zip: zip, attachmentLink: link)
  })

private let everyone = [
  (Schema.Value(word: "all", about: .init(ja: "すべて", en: "Everyone")), Scope.all)
]

private let scopes: [Way<Scope>] = [
  way("domain", .init(ja: "ドメイン単位", en: "One domain"), domainName.located) { .domain($0) },
  way("group", .init(ja: "グループ単位", en: "One group"), groupPath.located) { .group($0) },
]

let reviewScope = choice(everyone, or: choice(scopes))

let listScope = choice(
  everyone,
  or: choice(
    scopes + [
      way("user", .init(ja: "利用者単位", en: "One user"), emailAddress.located) { .user($0) }
    ]))

/// A field in the words of the customer's console, and what is set there.
private let shownField: Shape<ShownField> = object(
  required(
    "field", .init(ja: "管理者画面の項目名", en: "The field, as the console shows it"),
    line(["スパムレベル"]).located),
  required(
    "value", .init(ja: "管理者画面の値", en: "The value, as the console shows it"), line(["中"]).located),
  make: { _, field, value in ShownField(field: field, value: value) })

/// Fields of a screen whose values are published nowhere.
private func asShown(_ ja: String, _ en: String, name: String = "asShown") -> Field<[ShownField]> {
  optional(name, .init(ja: ja, en: en), list(of: shownField), default: []).details(
    ja: "値が公開されていないため、管理者画面の言葉のとおりに書きます。パスワードは書きません。",
    en:
      "Their values are published nowhere: write what the console shows. Passwords do not go here.")
}

private let mailProcessing: Shape<MailProcessing> = object(
  optional(
    "normal", .init(ja: "正常メールの処理", en: "What becomes of normal mail"),
    choice([
      way(
        "systemDefault", .init(ja: "システムデフォルト値(配送)", en: "The system's default: deliver"), nothing
      ) {
        MailProcessing.NormalAction.systemDefault
      },
      way("deliver", .init(ja: "送信し、警告を付ける", en: "Deliver, with a warning"), warning) {
        .deliver($0)
      },
    ]).located),
  optional(
    "spam", .init(ja: "スパムメールの処理", en: "What becomes of spam"),
    choice([
      way("systemDefault", .init(ja: "システムデフォルト値", en: "The system's default"), nothing) {
        MailProcessing.SpamAction.systemDefault
      },
      way("delete", .init(ja: "削除(元に戻せない)", en: "Delete; cannot be undone"), nothing) { .delete },
      way(
        "changeHeader", .init(ja: "メールヘッダーを変更して通過させる", en: "Mark in the header and deliver"),
        line(["X-Spam: yes"])
      ) { .changeHeader($0) },
      way(
        "changeSubject", .init(ja: "メール件名を変更して通過させる", en: "Mark in the subject and deliver"),
        line(["[SPAM]"])
      ) { .changeSubject($0) },
      way("personalQuarantine", .init(ja: "個人隔離フォルダへ残す", en: "The user's quarantine"), nothing) {
        .personalQuarantine
      },
      way("domainQuarantine", .init(ja: "ドメイン隔離フォルダへ残す", en: "The domain's quarantine"), nothing) {
        .domainQuarantine
      },
    ]).located
  ).details(
    ja: "削除したメールは元に戻せません。はじめは隔離か件名の変更が安全です。",
    en: "What is deleted is gone. Quarantine or a mark in the subject is a safer start."),
  asShown("ウイルスメールの処理", "What becomes of mail with a virus", name: "virus"),
  asShown("暗号化ZIPメールの処理", "What becomes of mail with an encrypted ZIP", name: "encryptedZip"),
  asShown("通知メール設定", "Notices", name: "notices"),
  make: { _, normal, spam, virus, encryptedZip, notices in
    MailProcessing(
      normal: normal, spam: spam, virus: virus, encryptedZip: encryptedZip, notices: notices)
  })

private let warning: Shape<MailProcessing.Warning> = object(
  optional("header", .init(ja: "警告タグ(ヘッダー)", en: "A header"), line(["X-Checked: yes"])),
  optional(
    "subject", .init(ja: "件名の前の警告メッセージ", en: "A warning before the subject"), line(["[社外]"])),
  optional(
    "body", .init(ja: "本文の先頭の警告メッセージ", en: "A warning at the top of the body"), line(["社外からのメールです"])
  ),
  optional(
    "utf8", .init(ja: "UTF-8にエンコード(日本語の警告では推奨)", en: "Encode in UTF-8; advised for Japanese"),
    boolean, default: false),
  make: { _, header, subject, body, utf8 in
    MailProcessing.Warning(header: header, subject: subject, body: body, utf8: utf8)
  })

private let filterList: Shape<FilterList> = object(
  required("scope", .init(ja: "適用範囲", en: "Whom it applies to"), listScope),
  optional(
    "allowSenders", .init(ja: "許可する送信者", en: "Senders to allow"),
    list(of: addressPattern.located), default: []),
  optional(
    "denySenders", .init(ja: "拒否する送信者", en: "Senders to deny"),
    list(of: addressPattern.located), default: []),
  optional(
    "allowIPs", .init(ja: "IP許可リスト", en: "Addresses to allow"), list(of: prefix.located),
    default: []),
  optional(
    "denyIPs", .init(ja: "IP拒否リスト", en: "Addresses to deny"), list(of: prefix.located),
    default: []),
  optional(
    "allowContent", .init(ja: "コンテンツフィルタの許可", en: "Content to allow"),
    list(of: line(["注文番号"]).located), default: []
  ).details(
    ja: "条件の書式は公開されていません。管理者画面に入れるとおりに書きます。",
    en: "The form of the conditions is not published. Write them as they go into the console."),
  optional(
    "denyContent", .init(ja: "コンテンツフィルタの拒否", en: "Content to deny"),
    list(of: line(["当選しました"]).located), default: []
  ).details(
    ja: "条件の書式は公開されていません。管理者画面に入れるとおりに書きます。",
    en: "The form of the conditions is not published. Write them as they go into the console."),
  make: { span, scope, allow, deny, allowIPs, denyIPs, allowContent, denyContent in
    FilterList(
      scope: scope, allowSenders: allow, denySenders: deny, allowIPs: allowIPs, denyIPs: denyIPs,
      allowContent: allowContent, denyContent: denyContent, span: span)
  })

private let senderAuthentication: Shape<SenderAuthentication> = object(
  optional("spf", .init(ja: "SPF 認証", en: "SPF"), boolean, default: true),
  optional("dkim", .init(ja: "DKIM 認証", en: "DKIM"), boolean, default: true),
  optional("dmarc", .init(ja: "DMARC 認証", en: "DMARC"), boolean),
  optional("imageSpam", .init(ja: "イメージスパムフィルタ", en: "The image filter"), boolean),
  exceptions("spfExceptions", "SPFの除外", "What SPF leaves out"),
  exceptions("dmarcExceptions", "DMARCの除外", "What DMARC leaves out"),
  make: { _, spf, dkim, dmarc, image, spfExceptions, dmarcExceptions in
    SenderAuthentication(
      spf: spf, dkim: dkim, dmarc: dmarc, imageSpam: image, spfExceptions: spfExceptions,
      dmarcExceptions: dmarcExceptions)
  })

private func exceptions(_ name: String, _ ja: String, _ en: String) -> Field<[Located<TextLine>]> {
  optional(
    name, .init(ja: ja, en: en), list(of: line(["partner.example"]).located), default: []
  ).details(
    ja: "書式は公開されていません。管理者画面に入れるとおりに書きます。",
    en: "The form is not published. Write the entries as they go into the console.")
}

private let bec: Shape<BECProtection> = object(
  optional(
    "similarInternalDomain", .init(ja: "類似内部ドメイン", en: "Domains that resemble one's own"),
    word { (_: BECProtection.BECAction) in .init(ja: "隔離", en: "Quarantine") }),
  optional(
    "similarToHeaderPolicy",
    .init(
      ja: "類似外部ドメイン(メールヘッダーセキュリティポリシーのドメインを適用)",
      en: "Domains that resemble those of the mail header security policy"), boolean,
    default: false),
  optional(
    "similarExternalDomains", .init(ja: "類似外部ドメイン", en: "Domains that resemble these"),
    list(of: domainName.located), default: []),
  make: { _, action, headerPolicy, domains in
    BECProtection(
      similarInternalDomain: action, similarToHeaderPolicy: headerPolicy,
      similarExternalDomains: domains)
  })

private let socialEngineering: Shape<SocialEngineeringProtection> = object(
  optional(
    "rewriteURLs", .init(ja: "URL書き換え設定", en: "Where links are rewritten"),
    list(
      of: word { (place: SocialEngineeringProtection.Place) in
        switch place {
        case .body: .init(ja: "本文", en: "The body")
        case .attachments: .init(ja: "添付ファイル内", en: "Attachments")
        }
      }.located), default: []),
  optional("bypassPolicy", .init(ja: "バイパスポリシーを適用", en: "Apply the bypass policy"), boolean),
  asShown("脅威が検知されたときの処理など、そのほかの項目", "Other fields, such as what is done about a threat"),
  make: { _, places, bypass, shown in
    SocialEngineeringProtection(rewriteURLs: places, bypassPolicy: bypass, shown: shown)
  })

private let trigger: Shape<AttachmentTrigger> = choice([
  way(
    "subjectPrefix", .init(ja: "件名の先頭の文字列", en: "What the subject begins with"),
    line(["enc"], maximum: 64).located
  ) { AttachmentTrigger.subjectPrefix($0) },
  way(
    "senders", .init(ja: "送信者メールアドレス", en: "The sender"),
    list(of: addressPattern.located, minimum: 1)
  ) {
    .senders($0)
  },
])
