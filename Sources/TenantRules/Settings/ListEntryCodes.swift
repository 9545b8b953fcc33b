internal import Diagnostics
internal import Wording

// The codes of ListEntryRules.swift.
extension DiagnosticCode {
  static let denyInsideAllow = DiagnosticCode(
    7013, .warning,
    title: .init(ja: "許可の内側の拒否", en: "a denial within what is allowed"),
    explanation: .init(
      ja:
        "同じエンジンの別の製品の説明では、許可を先に調べ、一致すれば拒否は見ません。MAILGATES Σで同じ順序かは公開されていませんが、許可に一致したメールは必ず正常メールになると案内されています。",
      en:
        "By the manual of another product with the same engine, allow lists come first and a match ends the search. Whether MAILGATES Σ has that order is not published, but what matches an allow entry is always good mail."
    ),
    example:
      "lists: [{ scope: all, allowSenders: ['*@partner.example'], denySenders: [ad@partner.example] }]",
    source: "article 900005450123; mailspam.cycu.edu.tw, noname64 (another product)")
  static let deniesOwnDomain = DiagnosticCode(
    7014, .warning,
    title: .init(ja: "自社のドメインの拒否", en: "one's own domain denied"),
    explanation: .init(
      ja: "拒否に一致したメールは必ずスパムになります。自社の名前で送る外部サービス(名刺管理、請求書、問い合わせフォームなど)のメールもスパムになります。",
      en:
        "What matches a deny entry is always spam. Services that send in one's own name, for invoices or web forms, end up there too."
    ),
    example: "lists: [{ scope: all, denySenders: ['*@kaede.example'] }]",
    source: "article 900005450123")
  static let deniesEveryone = DiagnosticCode(
    7015, .warning,
    title: .init(ja: "すべての送信者の拒否", en: "everyone denied"),
    explanation: .init(
      ja: "*@* を拒否すると、許可した送信者のほかはすべてスパムになります。許可した相手としかやり取りしないのでなければ、書き間違いです。",
      en:
        "With *@* denied, all mail but that of allowed senders is spam. Unless nobody else may write, it is a slip."
    ),
    example: "lists: [{ scope: all, denySenders: ['*@*'] }]", source: "article 900005450123")
  static let privateListAddress = DiagnosticCode(
    7016, .warning,
    title: .init(ja: "一覧のプライベートアドレス", en: "a private address in a list"),
    explanation: .init(
      ja: "IPフィルタは、MailGatesに接続してきたアドレスを調べます。プライベートアドレスからインターネットを越えて接続してくることはなく、働きません。",
      en:
        "The IP filter looks at the address that connects to MailGates. None connects from a private address across the internet, so the entry does nothing."
    ),
    example: "lists: [{ scope: all, allowIPs: [192.168.1.10] }]",
    source: "RFC 6890; article 900005450123")
  static let coveredEntry = DiagnosticCode(
    7017, .warning,
    title: .init(ja: "ほかの項目に含まれる項目", en: "an entry that another covers"),
    explanation: .init(
      ja: "もっと広い項目が同じ一覧にあり、この項目がなくても結果は同じです。広いほうが広すぎないか、見直す機会です。",
      en:
        "A wider entry of the same list already says it. It may be worth a look whether that one is too wide."
    ),
    example:
      "lists: [{ scope: all, allowSenders: ['*@partner.example', sato@partner.example] }]",
    source: "article 900005450123")
  static let emptyList = DiagnosticCode(
    7018, .warning,
    title: .init(ja: "空の許可・拒否設定", en: "an allow and deny list with nothing in it"),
    explanation: .init(
      ja: "適用範囲だけで、許可も拒否も書かれていません。書きかけか、キーの字下げの誤りかもしれません。",
      en:
        "There is a scope and nothing to allow or deny. Perhaps it was left unfinished, or keys are indented wrong."
    ),
    example: "lists: [{ scope: all }]", source: "article 900005450123")
  static let unconfirmedIPv6 = DiagnosticCode(
    7019, .warning,
    title: .init(ja: "一覧のIPv6アドレス", en: "an IPv6 address in a list"),
    explanation: .init(
      ja: "IPフィルタの画面には「IPアドレス」と「サブネットマスク」の欄があります。IPv6を受け付けるかは公開されていません。受け付けなければ、この項目は登録できません。",
      en:
        "The screen of the IP filter has the fields IPアドレス and サブネットマスク. Whether it takes IPv6 is not published; if not, the entry cannot be registered."
    ),
    example: "lists: [{ scope: all, allowIPs: ['2001:db8::1'] }]", source: "article 900005450123")
  static let freeMailAllowed = DiagnosticCode(
    7020, .note,
    title: .init(ja: "フリーメールのドメインの許可", en: "a free-mail domain allowed"),
    explanation: .init(
      ja: "誰でもアドレスを作れるドメインを許可すると、そこから送られる迷惑メールやなりすましも、判定されずに届きます。",
      en:
        "With a domain allowed in which anybody gets an address, its spam and impostors arrive unjudged as well."
    ),
    example: "lists: [{ scope: all, allowSenders: ['*@gmail.com'] }]",
    source: "article 900005450123")
}
