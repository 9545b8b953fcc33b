package import Diagnostics
internal import Wording

extension DiagnosticCode {
  static let zoneSyntax = DiagnosticCode(
    3001, .error,
    title: LocalizedText(ja: "ゾーンファイルを読めない", en: "the zone file cannot be read"),
    explanation: LocalizedText(
      ja: """
        ゾーンファイルのこの行は、DNSのレコードとして読めません。ネームサーバーも同じ理由で読み込みを拒むか、\
        意図と異なる値を読み込みます。行を直すか、DNSの管理画面から改めて書き出してください。
        """,
      en: """
        This line of the zone file is not a DNS record. A name server would refuse it as well, or \
        load something that was not meant. Correct the line, or export the zone again.
        """),
    example: "www 3600 IN A 192.0.2.300",
    source: "RFC 1035 §5.1")

  static let zoneInclude = DiagnosticCode(
    3002, .error,
    title: LocalizedText(ja: "$INCLUDEは使えない", en: "$INCLUDE is not allowed"),
    explanation: LocalizedText(
      ja: """
        mgcはゾーンファイルから別のファイルを開きません。何を読んだかが1つのファイルで分かるように、\
        $INCLUDEの中身を書き写すか、展開済みのゾーン（named-compilezoneの出力など）を使ってください。
        """,
      en: """
        mgc opens no other file from a zone file, so that one file shows all that was read. Put \
        the included text in its place, or use an expanded zone, such as named-compilezone prints.
        """),
    example: "$INCLUDE mail.zone",
    source: "RFC 1035 §5.1")

  static let zoneOutside = DiagnosticCode(
    3003, .error,
    title: LocalizedText(ja: "ゾーンの外のレコード", en: "a record outside the zone"),
    explanation: LocalizedText(
      ja: """
        レコードの名前が、このゾーンのドメインに属していません。ネームサーバーはこのようなレコードを無視します。\
        $ORIGINや名前の末尾のドット、tenant.yamlで指定したファイルが正しいかを確かめてください。
        """,
      en: """
        The record's name does not lie in the zone's domain. Name servers ignore such records. \
        See whether $ORIGIN, the dot at the end of the name, and the file that tenant.yaml names \
        are the right ones.
        """),
    example: "www.other.example. 3600 IN A 192.0.2.1",
    source: "RFC 1035 §5.2")

  static let zoneMixedTTL = DiagnosticCode(
    3004, .warning,
    title: LocalizedText(
      ja: "同じ名前と種別のレコードでTTLが異なる", en: "records of one set have different TTLs"),
    explanation: LocalizedText(
      ja: """
        名前と種別が同じレコードは、1つのTTLを共有します。どれが使われるかは、ネームサーバーとレコードの並びに\
        よって異なります（BINDは離れて書かれたレコードでは後のTTLを使います）。mgcは最初のTTLに従います。どのTTLが有効かで切り替えまでの待ち時間が変わるため、揃えてください。
        """,
      en: """
        The records of one name and type share one TTL. Which one counts depends on the name \
        server and on the order: BIND takes the later one where the records stand apart. mgc \
        takes the first. How long to wait before a cutover depends on it, so make them the same.
        """),
    example: "@ 3600 IN MX 10 mx1.gateway.example.\n@ 300 IN MX 20 mx2.gateway.example.",
    source: "RFC 2181 §5.2")

  static let zoneAlias = DiagnosticCode(
    3005, .error,
    title: LocalizedText(ja: "CNAMEと他のレコードの併存", en: "a CNAME beside other records"),
    explanation: LocalizedText(
      ja: """
        CNAMEがある名前には、ほかのレコードも2つ目のCNAMEも置けません。ネームサーバーはゾーンの読み込みを\
        拒むか、一方を無視します。CNAMEかほかのレコードのどちらかを削除してください。
        """,
      en: """
        A name with a CNAME has no other record, and no second CNAME. Name servers refuse the zone, \
        or ignore one of the two. Remove the CNAME or the others.
        """),
    example: "www 3600 IN CNAME web.example.net.\nwww 3600 IN TXT \"text\"",
    source: "RFC 1034 §3.6.2, RFC 2181 §10.1")
}

extension DiagnosticCode {
  static let zoneCutText = DiagnosticCode(
    3160, .warning,
    title: LocalizedText(ja: "注釈で切れたTXT", en: "a TXT that a comment cuts"),
    explanation: LocalizedText(
      ja: """
        引用符の外の ; から行末までは注釈です。v=DMARC1;p=none を引用符なしに書くと、値は v=DMARC1 だけになります。\
        ネームサーバーは何も言わずに読み込みます。値の全体を引用符で囲んでください。
        """,
      en: """
        Outside of quotes, all from ; to the end of the line is a comment: v=DMARC1;p=none without \
        quotes is v=DMARC1 alone. Name servers load it without a word. Put the whole value in quotes.
        """),
    example: "_dmarc 3600 IN TXT v=DMARC1;p=none",
    source: "RFC 1035 §5.1")
}

/// Every code of the readers of zones, snapshots and exports.
package let zoneReadingCodes: [DiagnosticCode] =
  [.zoneSyntax, .zoneInclude, .zoneOutside, .zoneMixedTTL, .zoneAlias, .zoneCutText]
  + snapshotReadingCodes + exportReadingCodes
