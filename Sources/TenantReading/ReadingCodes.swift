package import Diagnostics
internal import Wording

/// The codes of this room: structure (MGC1xxx) and values (MGC2xxx) of tenant.yaml, and the policy
/// of MTA-STS that it names.
package let tenantReadingCodes: [DiagnosticCode] =
  [
    .ambiguousText, .hiddenInText, .tooLong, .noValue, .wrongKind, .unknownKey, .missingKey,
    .unknownWord, .notAnInteger, .outOfRange, .notABoolean, .noChoice, .secondChoice, .badReference,
    .unreadableReference, .unsupportedVersion, .emptyList, .badDomain, .badEmail, .badPrefix,
    .hostBits, .badIdentifier, .badGroupPath, .badAddress, .badSPFTerm, .badSelector, .badReportURI,
    .badDate, .badTimestamp, .badHeaderName, .badPattern, .mixedScripts, .badKey, .privateKey,
    .badMemberList, .badPolicy, .badSigningExport,
  ] + layeringCodes

extension DiagnosticCode {
  static let ambiguousText = DiagnosticCode(
    1030, .error,
    title: .init(ja: "引用符のない値が別の型に読まれる", en: "an unquoted value that some readers type otherwise"),
    explanation: .init(
      ja: "YAMLの読み手によって、no は偽、012 は10、22:00 は1320、1e3 は1000になります。文字列のつもりなら引用符で囲みます。",
      en:
        "Depending on the reader of YAML, no is false, 012 is 10, 22:00 is 1320 and 1e3 is 1000. Where text is meant, put it in quotes."
    ),
    example: "tenant: { id: 012, name: 楓商事, language: ja }",
    source: "YAML 1.1 types; YAML 1.2.2 section 10.3")
  static let hiddenInText = DiagnosticCode(
    1031, .error,
    title: .init(ja: "目に見えない文字", en: "a character that cannot be seen"),
    explanation: .init(
      ja: "制御文字、双方向制御文字、ゼロ幅文字、改行は、エスケープで書いても値に使えません。見えるものだけが読まれるためです。",
      en:
        "Controls, bidi controls, zero-width characters and line breaks cannot be part of a value, not even as an escape: what is seen is what is read."
    ),
    example: #"tenant: { id: kaede, name: "楓\u200b商事", language: ja }"#)
  static let tooLong = DiagnosticCode(
    1032, .error,
    title: .init(ja: "長すぎる値", en: "a value that is too long"),
    explanation: .init(
      ja: "値の長さには上限があります。規格のあるものは規格の、ほかはmgc自身の上限です。",
      en: "Values have a greatest length: the standard's where there is one, else mgc's own."),
    example: "dictionaries: [{ name: <65文字以上>, phrases: [社外秘] }]",
    source: "RFC 1035 section 2.3.4; RFC 5321 section 4.5.3.1")
  static let noValue = DiagnosticCode(
    1033, .error,
    title: .init(ja: "値のないキー", en: "a key without a value"),
    explanation: .init(
      ja: "値が空のキーは、書き忘れか消し忘れか区別できません。値を書くか、キーごと消します。",
      en:
        "A key without a value may be one that was forgotten or one that should be gone. Write the value, or remove the key."
    ),
    example: "gateway:\n  spf:", source: "YAML 1.2.2 section 10.2.1.1")
  static let wrongKind = DiagnosticCode(
    1034, .error,
    title: .init(ja: "値の種類の違い", en: "another kind of value"),
    explanation: .init(
      ja: "文字列、数値、リスト([…] または - の並び)、キーの集まり({…} またはインデント)のどれを書くかは、場所ごとに決まっています。指摘が、そこに何が要るかを示します。",
      en:
        "Each place holds one kind of value: text, a number, a list ([…] or lines with -), or keys ({…} or an indented block). The finding says which is meant here."
    ),
    example: "contract: { services: inbound-security }")
  static let unknownKey = DiagnosticCode(
    1035, .error,
    title: .init(ja: "知らないキー", en: "an unknown key"),
    explanation: .init(
      ja: "tenant.yamlの言語は閉じています。知らないキーを黙って捨てると、書いたつもりの設定が効きません。綴りを直すか、消します。",
      en:
        "The language is closed. To ignore an unknown key would leave out what somebody believes is set. Correct its spelling, or remove it."
    ),
    example: "gatway: { console: mail-security }")
  static let missingKey = DiagnosticCode(
    1036, .error,
    title: .init(ja: "足りないキー", en: "a missing key"),
    explanation: .init(
      ja: "このキーがないと、ほかの値の意味が決まりません。追加するか、まとまりごと消します。ヘルプに、その値を何に使うかが出ます。",
      en:
        "Without this key the others have no meaning. Add it, or remove the whole mapping. The help says what the value is for."
    ),
    example: "gateway: { mx: [{ host: mx1.gateway.example }] }")
  static let unknownWord = DiagnosticCode(
    1037, .error,
    title: .init(ja: "選択肢にない語", en: "a word that is not among the choices"),
    explanation: .init(
      ja: "この場所に書ける語は決まっています。書ける語は指摘のヘルプと mgc explain キー に出ます。",
      en:
        "This place takes one of a few words. The help of the finding and mgc explain KEY list them."
    ),
    example: "contract: { services: [inbound] }")
  static let notAnInteger = DiagnosticCode(
    1038, .error,
    title: .init(ja: "10進の整数でない値", en: "not a whole number in decimal"),
    explanation: .init(
      ja: "数は10進の整数を引用符なしで書きます。010 や 1_000、0x10 は読み手によって値が変わります。",
      en:
        "Numbers are whole, decimal and without quotes. 010, 1_000 and 0x10 mean different numbers to different readers."
    ),
    example: "delay: { minutes: 05 }", source: "YAML 1.2.2 section 10.3.2")
  static let outOfRange = DiagnosticCode(
    1039, .error,
    title: .init(ja: "範囲の外の数", en: "a number out of range"),
    explanation: .init(
      ja: "書ける数の範囲は、規格または提供元の文書で決まっています。",
      en: "The range comes from a standard or from the vendor's documents."),
    example: "attachmentLink: { trigger: { subjectPrefix: link }, days: 94 }",
    source: "article 44235421260953")
  static let notABoolean = DiagnosticCode(
    1040, .error,
    title: .init(ja: "true でも false でもない値", en: "neither true nor false"),
    explanation: .init(
      ja: "yes、on、True などは、読み手によって文字列になります。",
      en: "yes, on or True are text to some readers of YAML."),
    example: "senderAuthentication: { spf: yes }", source: "YAML 1.2.2 section 10.3.2")
  static let noChoice = DiagnosticCode(
    1041, .error,
    title: .init(ja: "選ばれていない選択", en: "a choice that was not made"),
    explanation: .init(
      ja: "この場所では、決まったキーのうち1つだけを書きます。書けるキーは指摘のヘルプに出ます。",
      en: "This place needs exactly one of a few keys. The help of the finding lists them."),
    example: "mailServers: [{ name: m365 }]")
  static let secondChoice = DiagnosticCode(
    1042, .error,
    title: .init(ja: "2つ目の選択", en: "a second choice"),
    explanation: .init(
      ja: "どちらか一方しか意味を持たないキーが2つあります。一方を消します。",
      en: "Two keys of which only one can hold. Remove one."),
    example: "lockdown: { address: {}, certificate: { name: mx.gateway.example } }")
  static let badReference = DiagnosticCode(
    1043, .error,
    title: .init(ja: "フォルダーの外を指すパス", en: "a path that leaves the folder"),
    explanation: .init(
      ja: "参照するファイルは、tenant.yamlのフォルダーの下に置き、相対パスで書きます。.. や絶対パスは使えません。",
      en:
        "Files are named relative to the folder of tenant.yaml and stay beneath it, without .. and not as an absolute path."
    ),
    example: "zone: { file: ../other/kaede.example.zone }")
  static let unreadableReference = DiagnosticCode(
    1044, .error,
    title: .init(ja: "読めない参照先", en: "a file that cannot be read"),
    explanation: .init(
      ja: "参照先がないか、リンクや特殊ファイルであるか、大きすぎます。リンクは途中のフォルダーでもたどりません。",
      en:
        "The file does not exist, is a link or a special file, or is too large. Links are not followed, not even for a folder on the way."
    ),
    example: "dkim: [{ selector: mg, publicKey: keys/missing.txt }]")
  static let unsupportedVersion = DiagnosticCode(
    1045, .error,
    title: .init(ja: "読めない言語の版", en: "a version of the language that this mgc does not read"),
    explanation: .init(
      ja: "このmgcが読むのはversion: 1です。新しい版は、それに対応したmgcで読みます。",
      en: "This mgc reads version: 1. A later version needs a release of mgc that knows it."),
    example: "version: 2")
  static let emptyList = DiagnosticCode(
    1046, .error,
    title: .init(ja: "空のリスト", en: "an empty list"),
    explanation: .init(
      ja: "ここには1つ以上の要素が必要です。要らないならキーごと消します。",
      en: "At least one entry is needed here. Where none is meant, remove the key."),
    example: "domains: []")

  static let badDomain = DiagnosticCode(
    2001, .error,
    title: .init(ja: "ドメイン名として読めない", en: "not a domain name"),
    explanation: .init(
      ja: "ドメイン名は、63文字までのラベルを2つ以上 . でつないだ253文字までの名前です。日本語はIDNA2008でAラベルになります。",
      en:
        "A domain name has at least two labels of up to 63 characters, 253 in all. Other scripts become A-labels by IDNA2008."
    ),
    example: "deliveryHost: mx_1.gateway.example", source: "RFC 1035 section 2.3.1; RFC 5891")
  static let badEmail = DiagnosticCode(
    2002, .error,
    title: .init(ja: "メールアドレスとして読めない", en: "not a mail address"),
    explanation: .init(
      ja: "@の左はASCIIの文字と記号(連続する . や引用符は不可)、右はドメイン名です。",
      en:
        "Before the @ stand ASCII letters, digits and some signs, no dots in a row and no quotes; after it a domain."
    ),
    example: "members: [sato@@kaede.example]", source: "RFC 5321 section 4.1.2")
  static let badPrefix = DiagnosticCode(
    2003, .error,
    title: .init(ja: "IPアドレスとして読めない", en: "not an IP address or prefix"),
    explanation: .init(
      ja: "192.0.2.1、192.0.2.0/28、2001:db8::/32 のように書きます。範囲(-)や先頭の0は使えません。",
      en:
        "Write 192.0.2.1, 192.0.2.0/28 or 2001:db8::/32, without ranges by - and without leading zeros."
    ),
    example: "egress: [192.0.2.0-192.0.2.15]", source: "RFC 4632 section 3.1")
  static let hostBits = DiagnosticCode(
    2004, .error,
    title: .init(ja: "ネットワークアドレスでないプレフィックス", en: "a prefix with host bits set"),
    explanation: .init(
      ja: "プレフィックスより下の桁が0ではありません。Postfixはこの行を黙って読み飛ばし、ゲートウェイからのメールを拒否します。",
      en:
        "Bits below the prefix length are not zero. Postfix skips such a line silently and then refuses the gateway's mail."
    ),
    example: "egress: [192.0.2.5/28]", source: "Postfix cidr_table(5)")
  static let badIdentifier = DiagnosticCode(
    2005, .error,
    title: .init(ja: "識別名に使えない文字", en: "not a short name"),
    explanation: .init(
      ja: "識別名は a-z、0-9、- で書き、- で始めたり終えたりできません。ファイル名やコネクタ名に使います。",
      en:
        "A short name has a-z, 0-9 and -, with no - at its edges. It becomes part of file and connector names."
    ),
    example: "tenant: { id: Kaede_Trading, name: 楓商事, language: ja }")
  static let badGroupPath = DiagnosticCode(
    2006, .error,
    title: .init(ja: "グループのパスとして読めない", en: "not a path of a group"),
    explanation: .init(
      ja: "グループは / で始まるパスで書きます。最上層は書きません。",
      en: "Groups are paths that begin with /, below 最上層, which is not written."),
    example: "groups: [{ path: 営業部 }]", source: "article 12011864025753")
  static let badAddress = DiagnosticCode(
    2007, .error,
    title: .init(ja: "https のアドレスでない", en: "not an https address"),
    explanation: .init(
      ja: "開通通知書のとおり、https:// から書きます。httpでは、認可の結果が途中で読まれるおそれがあります。",
      en:
        "Write it as the opening notice has it, from https:// on. Over http, others on the way could read what the sign-in returns."
    ),
    example: "oauth: { redirect: http://redirect.gateway.example/ }", source: "article 900005830683"
  )
  static let badSPFTerm = DiagnosticCode(
    2008, .error,
    title: .init(ja: "SPFの項として読めない", en: "not a term of SPF"),
    explanation: .init(
      ja: "include:ドメイン、ip4:アドレス、a、mx などの項を1つずつ書きます。",
      en: "Write one term an entry: include:DOMAIN, ip4:ADDRESS, a, mx and the like."),
    example: "spf: { senders: [inclde:_spf.google.com] }", source: "RFC 7208 section 4.6.1")
  static let badSelector = DiagnosticCode(
    2009, .error,
    title: .init(ja: "DKIMのセレクターとして読めない", en: "not a DKIM selector"),
    explanation: .init(
      ja: "セレクターはDNSの名前の一部になります。英数字と - を使い、. で区切れます。",
      en: "A selector becomes part of a DNS name: letters, digits and -, parted by dots."),
    example: "dkim: [{ selector: mg_1 }]", source: "RFC 6376 section 3.1")
  static let badReportURI = DiagnosticCode(
    2010, .error,
    title: .init(ja: "レポートの宛先として読めない", en: "not an address for reports"),
    explanation: .init(
      ja: "mailto: で始めます。メールアドレスだけではURIになりません。",
      en: "Begin with mailto:. A bare mail address is not a URI."),
    example: "aggregateReports: [dmarc@kaede.example]", source: "RFC 9990; RFC 8460 section 3")
  static let badDate = DiagnosticCode(
    2011, .error,
    title: .init(ja: "存在しない日付", en: "not a date"),
    explanation: .init(
      ja: "2028-10-31 の形で、存在する日を書きます。2月30日や31日のない月の31日は、日付になりません。",
      en: "Write a day that exists, as 2028-10-31. There is no February 30, and no April 31."),
    example: "secretExpires: 2028-02-30", source: "RFC 3339 section 5.6")
  static let badTimestamp = DiagnosticCode(
    2012, .error,
    title: .init(ja: "日時として読めない", en: "not a date and time"),
    explanation: .init(
      ja: "2026-12-19T22:00:00+09:00 の形で、時差まで書きます。mgcは時間帯の名前を知りません。",
      en: "Write 2026-12-19T22:00:00+09:00 with the offset: mgc knows no time zones."),
    example: "cutover: 2026-12-19 22:00", source: "RFC 3339 section 5.6")
  static let badHeaderName = DiagnosticCode(
    2013, .error,
    title: .init(ja: "ヘッダー名に使えない文字", en: "not the name of a header field"),
    explanation: .init(
      ja: "ヘッダー名は、空白と : を除くASCIIの印字文字です。",
      en: "A field name has printable ASCII without blanks and colons."),
    example: #"loopGuard: { header: { name: "X Loop", value: kaede } }"#,
    source: "RFC 5322 section 3.6.8")
  static let badPattern = DiagnosticCode(
    2014, .error,
    title: .init(ja: "送信者・受信者の条件として読めない", en: "not an address or a pattern of addresses"),
    explanation: .init(
      ja: "sato@partner.example、*@partner.example、*@* のように書きます。",
      en: "Write sato@partner.example, *@partner.example or *@*."),
    example: "allowSenders: [partner.example]", source: "article 360039832351")
  static let mixedScripts = DiagnosticCode(
    2060, .error,
    title: .init(ja: "見分けのつかない文字が混じるドメイン名", en: "a domain name of letters that look alike"),
    explanation: .init(
      ja: """
        1つのラベルにラテン文字とキリル文字やギリシャ文字などが混じっています。見た目が同じ別の名前で、\
        なりすましに使われる形です。英字と漢字・仮名の組み合わせは使えます。
        """,
      en: """
        One label mixes Latin with Cyrillic, Greek or other letters. It looks like another name and \
        is how names are forged. Latin letters beside ideographs and kana are allowed.
        """),
    example: "domains: [{ name: kаede.example }] (а is U+0430)",
    source: "Unicode TR39 section 5.2")
  static let badKey = DiagnosticCode(
    2016, .error,
    title: .init(ja: "DKIMの公開鍵として読めない", en: "not a public key for DKIM"),
    explanation: .init(
      ja: "ファイルには、PEMの公開鍵か、DKIM鍵設定の画面に表示されたレコードを、そのまま入れます。",
      en:
        "The file holds a public key in PEM, or the record just as the screen DKIM鍵設定 shows it."),
    example: "dkim: [{ selector: mg, publicKey: keys/empty.txt }]",
    source: "RFC 6376 section 3.6.1; article 12194730127897")
  static let privateKey = DiagnosticCode(
    2017, .error,
    title: .init(ja: "秘密鍵が置かれている", en: "a private key in the folder"),
    explanation: .init(
      ja: "秘密鍵はリポジトリーに置けません。消すだけでなく、鍵を作り直してください。履歴に残っているためです。",
      en:
        "A private key must not be in the repository. Removing it is not enough: make a new key, for the history keeps the old one."
    ),
    example: "dkim: [{ selector: mg, publicKey: keys/mg.private.pem }]")
  static let badMemberList = DiagnosticCode(
    2018, .error,
    title: .init(ja: "メンバー一覧の読めない行", en: "a line of a member list that cannot be read"),
    explanation: .init(
      ja: "UTF-8のCSVで、1列目にメールアドレスを書きます。1行目は見出しでもかまいません。",
      en: "A CSV in UTF-8 with mail addresses in the first column; the first line may be a heading."
    ),
    example: "groups: [{ path: /営業部, membersFrom: groups/sales.csv }]",
    source: "RFC 4180")
}
