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
    "bec", .init(ja: "BEC保護管理", en: "BEC protection"), bec.located
  ).details(
    ja: "取引先や社内に似せたドメインからのメールを見つけます。",
    en: "Finds mail from domains that look like one of yours or a partner."),
  optional(
    "dictionaries", .init(ja: "キーワード辞書", en: "Keyword dictionaries"),
    list(of: dictionary).located
  ).details(ja: "審査ルールのwhenから、名前で参照されます。", en: "Review rules name them in when.").limited(
    to: Catalogue.dictionaries.value),
  optional(
    "review",
    .init(
      ja: "メール審査",
      en: "Mail review"), list(of: reviewRule).located
  ).details(
    ja: "上から順に調べられ、最初に一致した1つだけが働くため、並び順に意味があります。",
    en: "Tried from the top; only the first match acts, so their order has meaning."),
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
      make: { _, trigger, except in ZIPEncryption(trigger: trigger, exceptRecipients: except) }
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
    _, processing, lists, authentication, bec, dictionaries, review, delay, bcc, zip, link in
    Settings(
      mailProcessing: processing, lists: lists, senderAuthentication: authentication, bec: bec,
      dictionaries: dictionaries, review: review, delay: delay, bcc: bcc, zip: zip,
      attachmentLink: link)
  })

private let scope: Shape<Scope> = choice(
  [(.init(word: "all", about: .init(ja: "すべて", en: "Everyone")), Scope.all)],
  or: choice([
    way("domain", .init(ja: "ドメイン単位", en: "One domain"), domainName.located) { .domain($0) },
    way("group", .init(ja: "グループ単位", en: "One group"), groupPath.located) { .group($0) },
  ]))

private let mailProcessing: Shape<MailProcessing> = object(
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
  make: { _, spam in MailProcessing(spam: spam) })

private let filterList: Shape<FilterList> = object(
  required("scope", .init(ja: "適用範囲", en: "Whom it applies to"), scope),
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
  make: { span, scope, allow, deny, allowIPs, denyIPs in
    FilterList(
      scope: scope, allowSenders: allow, denySenders: deny, allowIPs: allowIPs, denyIPs: denyIPs,
      span: span)
  })

private let senderAuthentication: Shape<SenderAuthentication> = object(
  optional("spf", .init(ja: "SPF 認証", en: "SPF"), boolean, default: true),
  optional("dkim", .init(ja: "DKIM 認証", en: "DKIM"), boolean, default: true),
  optional("dmarc", .init(ja: "DMARC 認証", en: "DMARC"), boolean),
  optional("imageSpam", .init(ja: "イメージスパムフィルタ", en: "The image filter"), boolean),
  make: { _, spf, dkim, dmarc, image in
    SenderAuthentication(spf: spf, dkim: dkim, dmarc: dmarc, imageSpam: image)
  })

private let bec: Shape<BECProtection> = object(
  optional(
    "similarInternalDomain", .init(ja: "類似内部ドメイン", en: "Domains that resemble one's own"),
    word { (_: BECProtection.BECAction) in .init(ja: "隔離", en: "Quarantine") }),
  optional(
    "similarExternalDomains", .init(ja: "類似外部ドメイン", en: "Domains that resemble these"),
    list(of: domainName.located), default: []),
  make: { _, action, domains in
    BECProtection(similarInternalDomain: action, similarExternalDomains: domains)
  })

private let dictionaryName = line(["機密"], maximum: 64)

private let dictionary: Shape<KeywordDictionary> = object(
  required("name", .init(ja: "辞書の名前", en: "The name"), dictionaryName.located),
  Field(exactlyOne: [
    way(
      "phrases", .init(ja: "テキスト / フレーズ", en: "Phrases"),
      list(of: line(["社外秘"]).located, minimum: 1).located
    ) { $0.map { KeywordDictionary.Content.phrases($0) } }
    .limited(to: Catalogue.dictionaryLines.value),
    way(
      "regex", .init(ja: "正規表現(1つだけ)", en: "One regular expression"),
      line(["[0-9]{7}"], maximum: 1000).located
    ) { $0.map { .regex($0) } },
  ]),
  make: { _, name, content in KeywordDictionary(name: name, content: content) })

private let reviewRule: Shape<ReviewRule> = object(
  required("name", .init(ja: "ルール名", en: "The name"), line(["機密語は保留"], maximum: 64).located),
  required("scope", .init(ja: "適用範囲", en: "Whom it applies to"), scope),
  required(
    "when", .init(ja: "条件(すべてを満たすとき)", en: "Conditions, all of which must hold"),
    object(
      optional(
        "header", .init(ja: "メールヘッダー内容(/正規表現/i)", en: "The header, as /regex/i"),
        line(["/^Cc:.*yamada@kaede\\.example/i"], maximum: 1000).located
      ).details(
        ja: "管理画面の書式のとおり、/で囲みます。正規表現の方言は公開されていません。",
        en:
          "Between slashes, as the console has it. The dialect of its regular expressions is not published."
      ),
      optional(
        "dictionary", .init(ja: "キーワード辞書の名前", en: "The name of a dictionary"),
        dictionaryName.located),
      optional(
        "recipients", .init(ja: "受信者", en: "The recipients"),
        word { (_: ReviewRule.Recipients) in .init(ja: "社外", en: "Outside the company") }),
      optional(
        "sender", .init(ja: "送信者", en: "The sender"), addressPattern.located),
      make: { _, header, dictionary, recipients, sender in
        ReviewRule.Condition(
          header: header, dictionary: dictionary, recipients: recipients, sender: sender)
      })),
  required(
    "then", .init(ja: "処理", en: "What is done"),
    word { (action: ReviewRule.Action) in
      switch action {
      case .allow: .init(ja: "許可する", en: "Allow")
      case .hold: .init(ja: "保留する", en: "Hold")
      case .forbid: .init(ja: "禁止する", en: "Forbid")
      case .selfApprove: .init(ja: "自己承認させる", en: "Have the sender approve it")
      }
    }),
  make: { span, name, scope, when, then in
    ReviewRule(name: name, scope: scope, when: when, then: then, span: span)
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
