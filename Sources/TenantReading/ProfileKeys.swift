internal import MailRecords
internal import SourceText
internal import TenantModel
internal import Wording

// The keys of gateway.importProfiles, and of the encoding of lists.

let listEncodingKey = optional(
  "listEncoding", .init(ja: "一覧ファイルの文字コード", en: "The encoding of list files"),
  listEncoding, default: ListEncoding.utf8
).details(
  ja: "importProfilesに見本のない一覧に使います。CP932に書けない文字はエラーになります。",
  en:
    "For lists of which importProfiles has no sample. A character that CP932 cannot hold is an error."
)

let importProfilesKey = optional(
  "importProfiles",
  .init(ja: "管理者画面の一覧ファイルの形", en: "The form of the console's list files"),
  list(of: importProfile), default: []
).details(
  ja:
    "管理者画面から書き出した見本のとおりに、見出し、列順、区切り、引用符、文字コード、改行をそろえて一覧を書きます。列の意味は推測しません。",
  en:
    "A list is written as the sample from the console shows: header, order of columns, delimiter, quotes, encoding and line ends. What a column means is never guessed."
)

private let listEncoding = word { (encoding: ListEncoding) in
  switch encoding {
  case .utf8: .init(ja: "UTF-8(CSVはBOM付き)", en: "UTF-8, in CSV with a byte order mark")
  case .cp932: .init(ja: "CP932(Windows-31J)", en: "CP932 (Windows-31J)")
  }
}

/// The two keys without a tenant around them, for `mgc adopt`.
let profilesShape: Shape<(encoding: ListEncoding, profiles: [ImportProfile])> = object(
  listEncodingKey, importProfilesKey, make: { _, encoding, profiles in (encoding, profiles) })

private let importProfile: Shape<ImportProfile> = object(
  required("list", .init(ja: "どの一覧か", en: "Which list"), word(about).located),
  required(
    "sample", .init(ja: "管理者画面から書き出した見本", en: "A sample that was exported from the console"),
    fileReference
  ).details(
    ja: "引用符の付け方がわかるように、値が2行以上あるものにします。",
    en: "One with two rows or more shows how values are quoted."),
  optional(
    "encoding", .init(ja: "見本の文字コード", en: "The sample's encoding"), listEncoding
  ).details(
    ja: "書かなければ見本のバイト列で決め、ASCIIだけならlistEncodingに従います。",
    en: "Without it the sample's bytes say, and where they are all ASCII, listEncoding does."),
  required(
    "columns", .init(ja: "列の意味", en: "What the columns mean"),
    list(of: column, minimum: 1)
  ).details(
    ja: "見本の列をすべて書きます。見出しのある見本では並びは見本に従い、headerのない見本では並びのとおりに読みます。",
    en:
      "Every column of the sample. With headers the sample gives the order; without, this list does."
  ).limited(to: ImportProfile.limit),
  optional(
    "exports", .init(ja: "管理者画面の現在の一覧", en: "What the console holds"),
    list(of: export), default: []
  ).details(
    ja: "書き出したファイルとの違いを、planが1件ずつ示します。ここにない一覧の現状は不明です。",
    en:
      "The plan shows entry by entry how these files differ. Of a list that is not here, nothing is known."
  ),
  make: { span, list, sample, encoding, columns, exports in
    ImportProfile(
      list: list, sample: sample, encoding: encoding, columns: columns, exports: exports,
      span: span)
  })

private func about(_ kind: ListKind) -> LocalizedText {
  switch kind {
  case .groups: .init(ja: "グループとメンバー", en: "Groups and their members")
  case .allowSenders: .init(ja: "許可する送信者", en: "Senders to allow")
  case .denySenders: .init(ja: "拒否する送信者", en: "Senders to deny")
  case .allowIPs: .init(ja: "IP許可リスト", en: "Addresses to allow")
  case .denyIPs: .init(ja: "IP拒否リスト", en: "Addresses to deny")
  case .allowContent: .init(ja: "コンテンツフィルタの許可", en: "Content to allow")
  case .denyContent: .init(ja: "コンテンツフィルタの拒否", en: "Content to deny")
  case .spfExceptions: .init(ja: "SPFの除外", en: "What SPF leaves out")
  case .dmarcExceptions: .init(ja: "DMARCの除外", en: "What DMARC leaves out")
  case .becDomains: .init(ja: "類似外部ドメイン", en: "Domains of BEC protection")
  case .dictionary: .init(ja: "キーワード辞書の語句", en: "The phrases of a dictionary")
  case .exclusionDictionary: .init(ja: "除外キーワード辞書の語句", en: "The phrases of an exclusion dictionary")
  case .review: .init(ja: "審査ルール", en: "Review rules")
  case .zipSenders: .init(ja: "ZIP暗号化の送信者", en: "Senders whose attachments are encrypted")
  case .zipExceptRecipients: .init(ja: "暗号化しない受信者", en: "Recipients excepted from encryption")
  case .attachmentLinkSenders: .init(ja: "添付ファイルリンクの送信者", en: "Senders of attachment links")
  }
}

private let column: Shape<ImportProfile.Column> = object(
  optional(
    "header", .init(ja: "見本の見出し", en: "The name in the sample's first line"),
    line(["送信者"]).located
  ).details(
    ja: "見出し行のない見本では、どの列にも書きません。", en: "Absent from all columns where the sample has no such line."
  ),
  Field(exactlyOne: [
    way("value", .init(ja: "この列に入る値", en: "What the column holds"), word(about).located) {
      $0.map { ImportProfile.Content.value($0) }
    },
    way("text", .init(ja: "どの行でも同じ値", en: "The same text in each row"), line(["1"]).located) {
      $0.map { .text($0) }
    },
    way("blank", .init(ja: "空のままの列", en: "A column that stays empty"), nothing.located) {
      $0.map { _ in .blank }
    },
  ]),
  optional(
    "words", .init(ja: "mgcの言葉と管理者画面の言葉", en: "mgc's words and the console's"),
    list(
      of: object(
        required("word", .init(ja: "mgcの言葉", en: "mgc's word"), line(["manager"]).located),
        required(
          "shown", .init(ja: "管理者画面の言葉", en: "The console's word"), line(["管理者"]).located),
        make: { _, word, shown in ImportProfile.Word(word: word, shown: shown) })), default: []
  ).details(
    ja: "manager、hold、externalのように決まった値を、管理者画面の言葉で書くときに使います。",
    en: "Where the console has other words for fixed values such as manager, hold or external."
  ).limited(to: ImportProfile.limit),
  make: { span, header, content, words in
    ImportProfile.Column(header: header, content: content, words: words, span: span)
  })

private func about(_ value: ListValue) -> LocalizedText {
  switch value {
  case .entry: .init(ja: "項目そのもの", en: "The entry itself")
  case .ip: .init(ja: "IPアドレス(長さは別の列)", en: "The IP address, without its length")
  case .netmask: .init(ja: "サブネットマスク(IPv4のみ)", en: "The netmask; IPv4 only")
  case .prefixLength: .init(ja: "プレフィックス長", en: "The length of the network's prefix")
  case .path: .init(ja: "グループのパス", en: "The group's path")
  case .role: .init(ja: "managerまたはmember", en: "manager or member")
  case .address: .init(ja: "メンバーのアドレス", en: "The member's address")
  case .order: .init(ja: "順番(1から)", en: "The order, from 1")
  case .name: .init(ja: "ルール名", en: "The rule's name")
  case .scope: .init(ja: "適用範囲(all、ドメイン、グループ)", en: "all, a domain or a group")
  case .header: .init(ja: "メールヘッダー内容", en: "The header's expression")
  case .dictionary: .init(ja: "キーワード辞書", en: "The dictionary")
  case .exceptDictionary: .init(ja: "除外キーワード辞書", en: "The exclusion dictionary")
  case .recipients: .init(ja: "受信者(external、または空白区切り)", en: "external, or patterns between blanks")
  case .sender: .init(ja: "送信者", en: "The sender")
  case .attachmentExtensions: .init(ja: "拡張子(空白区切り)", en: "Extensions, between blanks")
  case .then: .init(ja: "処理(allow、holdなど)", en: "What is done, such as allow or hold")
  case .notify: .init(ja: "通知先(空白区切り)", en: "Addresses to notify, between blanks")
  }
}

private let export: Shape<ImportProfile.Export> = object(
  optional(
    "scope", .init(ja: "どの適用範囲の一覧か", en: "Whose list it is"), listScope.located
  ).details(ja: "許可・拒否設定の一覧でだけ書きます。", en: "For allow and deny lists, and only there."),
  optional(
    "dictionary", .init(ja: "どの辞書か", en: "Which dictionary"), line(["機密"], maximum: 64).located
  ).details(ja: "辞書でだけ書きます。", en: "For dictionaries, and only there."),
  required("file", .init(ja: "書き出したファイル", en: "The file"), fileReference),
  make: { span, scope, dictionary, file in
    ImportProfile.Export(file: file, scope: scope, dictionary: dictionary, span: span)
  })
