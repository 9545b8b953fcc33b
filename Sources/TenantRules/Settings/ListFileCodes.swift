internal import Diagnostics
internal import Wording

// The codes of ListFileRules.swift and ListCellRules.swift.
extension DiagnosticCode {
  static let importProfile = DiagnosticCode(
    7120, .error,
    title: .init(ja: "矛盾した一覧の形の指定", en: "an import profile that cannot be followed"),
    explanation: .init(
      ja:
        "一覧ごとに1つのimportProfilesを書き、列の意味をすべて示します。見出しは全部の列に書くか、どれにも書きません。1つの値は1つの列だけに入り、その一覧にない値は書けません。欠くと一覧が意味を失う値(項目、グループのパス、ルール名と処理)には列が必要です。",
      en:
        "Each list has one profile, which says what every column means. Either all columns have a header or none. A value goes into one column, and only values of that list. Those without which a list means nothing need a column: the entry, the group's path, a rule's name and what it does."
    ),
    example:
      "gateway: { importProfiles: [{ list: groups, sample: exports/groups.csv, columns: [{ value: entry }] }] }"
  )
  static let listFileEncoding = DiagnosticCode(
    7121, .error,
    title: .init(ja: "一覧ファイルの文字コードの誤り", en: "a list file in another encoding"),
    explanation: .init(
      ja:
        "一覧ファイルはUTF-8(BOMの有無は見本のとおり)かCP932(Windows-31J)です。書き出した一覧は、見本と同じ文字コードでなければなりません。CP932の外字(先頭バイトF0からF9)は、作ったコンピューターでしか正しく見えないため読みません。表計算ソフトの「Unicodeテキスト」はUTF-16です。「CSV UTF-8」で保存し直してください。",
      en:
        "A list file is UTF-8, with or without a byte order mark as the sample has it, or CP932 (Windows-31J). An export must be encoded as the sample is. User-defined characters of CP932 (lead bytes F0 to F9) are not read, because only the computer that has them shows them. What spreadsheets call Unicode text is UTF-16: save it as CSV UTF-8."
    ),
    example:
      "gateway: { importProfiles: [{ list: allow-senders, sample: exports/allow.csv, encoding: cp932, columns: [{ value: entry }] }] }",
    source: "RFC 3629; Microsoft code page 932")
  static let unexplainedColumn = DiagnosticCode(
    7122, .error,
    title: .init(ja: "意味のわからない列", en: "a column of the sample that is not explained"),
    explanation: .init(
      ja:
        "見本にある列の意味を、mgcは推測しません。columnsに見出しを書き、入る値をvalueで、いつも同じならtextで、空でよければblankで示してください。空にしてよいかは、管理者画面の取り込みの説明で確かめます。",
      en:
        "mgc does not guess what a column of the sample means. Name its header in columns, with value for what it holds, text where it is always the same, or blank where it may stay empty. Whether it may is for the console's own help to say."
    ),
    example:
      "columns: [{ header: 送信者, value: entry }, { header: 有効, text: '1' }, { header: 備考, blank: {} }]"
  )
  static let missingColumn = DiagnosticCode(
    7123, .error,
    title: .init(ja: "見本にない列", en: "a column that the sample does not have"),
    explanation: .init(
      ja: "columnsの見出しは、見本の1行目の文字と同じでなければなりません。全角と半角、前後の空白も区別します。",
      en:
        "A header in columns must be what the sample's first line has, letter by letter: wide and narrow forms and blanks differ."
    ),
    example: "columns: [{ header: 送信者, value: entry }]")
  static let unclearTable = DiagnosticCode(
    7124, .error,
    title: .init(ja: "形の定まらない一覧ファイル", en: "a list file whose form is not clear"),
    explanation: .init(
      ja:
        "見本は、区切り(コンマ、タブ、セミコロン)、列の数、引用符の付け方、改行が、どの行でも同じでなければなりません。引用符はRFC 4180のとおりに読みます。値を2行以上含み、引用符の要る値もある見本がいちばん確かです。書き出した一覧の見出しは、見本と同じでなければなりません。",
      en:
        "In a sample the delimiter (comma, tab or semicolon), the number of columns, the use of quotes and the line ends are the same in each line. Quotes are read by RFC 4180. A sample with two rows or more, one of which needs quotes, is the surest. An export must have the sample's header."
    ),
    example:
      "gateway: { importProfiles: [{ list: allow-senders, sample: exports/allow.csv, columns: [{ header: 送信者, value: entry }] }] }",
    source: "RFC 4180")
  static let refusedCharacter = DiagnosticCode(
    7125, .error,
    title: .init(ja: "一覧の文字コードにない文字", en: "a character that the list's encoding does not have"),
    explanation: .init(
      ja:
        "CP932(Windows-31J)の一覧に書けない文字です。似た文字に置き換えると、検索する語や名前が変わってしまうため、mgcは置き換えません。〜(U+301C)と～(U+FF5E)、−(U+2212)と－(U+FF0D)のように、見た目の同じ文字もあります。",
      en:
        "CP932 (Windows-31J) cannot hold the character. Another in its place would change the word or name, so mgc does not put one there. Some look the same, such as 〜 (U+301C) and ～ (U+FF5E), or − (U+2212) and － (U+FF0D)."
    ),
    example: "gateway: { listEncoding: cp932 } # dictionaries: [{ name: 範囲, phrases: [1〜9] }]",
    source: "Microsoft code page 932")
  static let formulaCell = DiagnosticCode(
    7126, .error,
    title: .init(ja: "数式と読まれる値", en: "a value that a spreadsheet takes for a formula"),
    explanation: .init(
      ja:
        "=、+、-、@やその全角で始まる値は、CSVを表計算ソフトで開いたときに数式として実行されることがあります。引用符では防げず、前に文字を足せば値が変わります。@partner.exampleは*@partner.exampleと書けば同じ意味です。見本が1行1件のテキストなら、そのまま書けます。",
      en:
        "Opened in a spreadsheet, a value of a CSV file that begins with =, +, -, @ or their full-width forms may run as a formula. Quotes do not prevent it, and a character before it would change the value. @partner.example can be written *@partner.example, which means the same. Where the sample is text with an entry a line, such values are written as they are."
    ),
    example: "lists: [{ scope: all, allowSenders: ['@partner.example'] }]")
  static let unwritableCell = DiagnosticCode(
    7127, .error,
    title: .init(ja: "一覧の形では表せない値", en: "a value that the list's form cannot hold"),
    explanation: .init(
      ja:
        "見本の形で書くと、読み戻したときに元の値になりません。区切りや引用符を含む値は、引用符の見本がなければ書けません。IPv6にはサブネットマスクがありません。wordsの画面の言葉と同じ値は、別の値に読み戻されます。",
      en:
        "Written in the sample's form, the value would not come back as it was. One that holds the delimiter or a quote needs quotes, and the sample shows none. IPv6 has no netmask. A value that is the console's word for another would come back as that one."
    ),
    example: "dictionaries: [{ name: 機密, phrases: ['社外秘, 極秘'] }]", source: "RFC 4180")
  static let exportPlace = DiagnosticCode(
    7128, .error,
    title: .init(ja: "どの一覧かわからない書き出し", en: "an export of an unknown list"),
    explanation: .init(
      ja:
        "書き出したファイルがどの一覧のものかは、ファイルからはわかりません。許可・拒否設定ではscopeを、辞書ではdictionaryを書き、ほかの一覧ではどちらも書きません。1つの一覧の書き出しは1つだけです。",
      en:
        "A file does not say which list it was exported from. Allow and deny lists need scope, dictionaries need dictionary, and other lists have neither. Each list has one export at most."
    ),
    example: "exports: [{ file: exports/allow.csv }]")
  static let foreignEntry = DiagnosticCode(
    7129, .warning,
    title: .init(
      ja: "tenant.yamlに書けない現在の項目", en: "an entry of the console that tenant.yaml cannot have"),
    explanation: .init(
      ja:
        "書き出した一覧のこの行は、tenant.yamlの値の形をしていないか、いつも同じはずの列に別の値があります。比較には含めません。取り込みが全件を置き換える画面では、この項目は失われます。",
      en:
        "This row of an export has not the form of a value of tenant.yaml, or a column that is always the same holds something else. It is not compared. On a screen whose import replaces all entries, it will be lost."
    ),
    example: "exports: [{ scope: all, file: exports/allow.csv }]")
  static let blankColumn = DiagnosticCode(
    7130, .warning,
    title: .init(ja: "空にする列の中身", en: "something in a column that stays empty"),
    explanation: .init(
      ja: "columnsでblankとした列に、管理者画面では値があります。取り込みが全件を置き換える画面では、この値は消えます。",
      en:
        "The console has a value in a column that columns leaves blank. On a screen whose import replaces all entries, it will be gone."
    ),
    example: "columns: [{ header: 送信者, value: entry }, { header: 備考, blank: {} }]")
}
