internal import Diagnostics
internal import SourceText
internal import Wording

/// What YAML allows and mgc does not.
extension YAMLFinding {
  static let duplicateKey = DiagnosticCode(
    1005, .error, title: LocalizedText(ja: "重複したキー", en: "a key that is there twice"),
    explanation: LocalizedText(
      ja: "同じキーが二度あると、読むものによってどちらの値を採るかが違います。一つだけ残してください。",
      en: "Readers differ in which value of a repeated key they take. Keep one of them."),
    example: "id: kaede\nid: momiji\n", source: "YAML 1.2.2 section 3.2.1.3")

  static func duplicateKey(
    _ name: String, at span: SourceSpan, first: SourceSpan
  ) -> Diagnostic {
    Diagnostic(
      duplicateKey, at: span,
      LocalizedText(ja: "キー「\(name)」が二度書かれている", en: "key \"\(name)\" is there twice"),
      help: LocalizedText(ja: "どちらか一つだけを残す", en: "keep one of the two"),
      labels: [Diagnostic.Label(first, LocalizedText(ja: "最初はここ", en: "first written here"))],
      fixes: [
        // Where the two have different values, there is no one right answer.
        Diagnostic.Fix(
          LocalizedText(ja: "同じ値の二つ目を消す", en: "remove the second, which says the same"),
          removing: [Removal(.entry, span, repeating: first)])
      ])
  }

  static let secondDocument = DiagnosticCode(
    1006, .error, title: LocalizedText(ja: "二つ目の文書", en: "a second document"),
    explanation: LocalizedText(
      ja: "一つのファイルは一つの文書です。`---` で区切った二つ目は読まれません。",
      en: "One file is one document. A second one after `---` is not read."),
    example: "version: 1\n---\nversion: 1\n", source: "YAML 1.2.2 section 9.2")

  static func secondDocument(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      secondDocument, at: span,
      LocalizedText(ja: "ここから二つ目の文書が始まる", en: "a second document begins here"),
      help: LocalizedText(
        ja: "一つにまとめるか、別のファイルに分ける", en: "join the two, or move it to its own file"))
  }

  static let tag = DiagnosticCode(
    1007, .error, title: LocalizedText(ja: "タグ", en: "a tag"),
    explanation: LocalizedText(
      ja: "値の型はキーで決まります。`!!str` などのタグは使えません。文字列にするには引用符で囲みます。",
      en: "The key decides a value's type. Tags such as `!!str` are refused; quotes make text."),
    example: "port: !!str 25\n", source: "YAML 1.2.2 section 6.9.1")

  /// - Parameter fix: takes the tag away without a change of the value, where that can be.
  static func tag(_ name: String, at span: SourceSpan, fix: TextEdit?) -> Diagnostic {
    let title = LocalizedText(ja: "タグを消す", en: "remove the tag")
    return Diagnostic(
      tag, at: span,
      LocalizedText(ja: "タグ「\(name)」は使えない", en: "tag \"\(name)\" is refused"),
      help: LocalizedText(
        ja: "タグを消し、文字列なら引用符で囲む", en: "remove the tag, and quote what is text"),
      fixes: fix.map { [Diagnostic.Fix(title, [$0])] } ?? [])
  }

  static let mergeKey = DiagnosticCode(
    1008, .error, title: LocalizedText(ja: "マージキー", en: "a merge key"),
    explanation: LocalizedText(
      ja: "`<<` は YAML 1.2 にはなく、読むものによって働きが違います。共通の値は `extends` で受け継ぎます。",
      en: "`<<` is not in YAML 1.2, and readers differ. Share values with `extends`."),
    example: "base: &base { all: softfail }\nspf:\n  <<: *base\n",
    source: "yaml.org/type/merge.html")

  static func mergeKey(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      mergeKey, at: span,
      LocalizedText(ja: "マージキー「<<」は使えない", en: "merge key \"<<\" is refused"),
      help: LocalizedText(
        ja: "受け継ぎたいキーをここに書くか、`extends` を使う",
        en: "write the keys here, or use `extends`"))
  }

  static let recursion = DiagnosticCode(
    1009, .error, title: LocalizedText(ja: "自分自身を含む値", en: "a value that contains itself"),
    explanation: LocalizedText(
      ja: "別名が自分を囲む値を指すと、値に終わりがなくなります。別名を使わずに書きます。",
      en: "An alias of a value around it makes a value without an end. Write the value out instead."
    ),
    example: "groups: &groups\n  - *groups\n", source: "YAML 1.2.2 section 3.2.1")

  static func recursion(
    _ name: String, at span: SourceSpan, anchor: SourceSpan
  ) -> Diagnostic {
    Diagnostic(
      recursion, at: span,
      LocalizedText(
        ja: "別名「*\(name)」が自分を囲む値を指している",
        en: "alias \"*\(name)\" stands for a value that contains it"),
      help: LocalizedText(ja: "別名の代わりに値を書く", en: "write the value instead of the alias"),
      labels: [
        Diagnostic.Label(anchor, LocalizedText(ja: "その値はここから", en: "the value begins here"))
      ])
  }

  static let tooManyNodes = DiagnosticCode(
    1010, .error, title: LocalizedText(ja: "多すぎる値", en: "too many values"),
    explanation: LocalizedText(
      ja: "別名の別名は、わずかな行から何億もの値を作れます。別名を展開した後の数に上限があります。",
      en: """
        Aliases of aliases make millions of values out of a few lines. There is a limit to how \
        many there are once aliases are replaced by what they stand for.
        """),
    example: "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n")

  static func tooManyNodes(limit: Int, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      tooManyNodes, at: span,
      LocalizedText(
        ja: "別名を展開すると、ここで値が \(limit) 個を超える",
        en: "with aliases replaced, there are more than \(limit) values here"),
      help: LocalizedText(ja: "別名の入れ子を減らす", en: "nest fewer aliases"))
  }

  static let tooDeep = DiagnosticCode(
    1011, .error, title: LocalizedText(ja: "深すぎる入れ子", en: "nesting that is too deep"),
    explanation: LocalizedText(
      ja: "一覧と対応表の入れ子の深さには上限があります。",
      en: "There is a limit to how deep sequences and mappings may nest."),
    example: "a: [[[[[[ … ]]]]]]\n")

  static func tooDeep(limit: Int, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      tooDeep, at: span,
      LocalizedText(
        ja: "入れ子がここで \(limit) 段を超える", en: "nesting goes deeper than \(limit) levels here"),
      help: LocalizedText(ja: "入れ子を浅くする", en: "nest less deeply"))
  }

  static let keyNotText = DiagnosticCode(
    1013, .error, title: LocalizedText(ja: "文字列ではないキー", en: "a key that is not text"),
    explanation: LocalizedText(
      ja: "キーは一つの文字列です。空のキー、一覧や対応表や別名をキーにすることはできません。",
      en: "A key is one text. It cannot be empty, a sequence, a mapping or an alias."),
    example: "? [a, b]\n: value\n", source: "YAML 1.2.2 section 3.2.1.1")

  static func keyNotText(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      keyNotText, at: span,
      LocalizedText(ja: "キーが文字列ではない", en: "the key is not text"),
      help: LocalizedText(
        ja: "`キー: 値` の形で書く。`{` や `[` で始まる文字列は引用符で囲む",
        en: "write `key: value`, and quote a text that begins with a bracket"))
  }

  static let empty = DiagnosticCode(
    1014, .error, title: LocalizedText(ja: "空のファイル", en: "an empty file"),
    explanation: LocalizedText(
      ja: "ファイルに値がありません。空か、注釈だけです。",
      en: "The file holds no value: it is empty, or has nothing but comments."),
    example: "# nothing yet\n")

  static func empty(at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      empty, at: span, LocalizedText(ja: "ファイルに値がない", en: "the file holds no value"),
      help: LocalizedText(ja: "`version: 1` から書き始める", en: "begin with `version: 1`"))
  }

  static let unknownAlias = DiagnosticCode(
    1015, .error, title: LocalizedText(ja: "指すもののない別名", en: "an alias of nothing"),
    explanation: LocalizedText(
      ja: "別名 `*名前` より前に、同じ名前の `&名前` が要ります。`*` で始まる文字列は引用符で囲みます。",
      en: "`*name` needs `&name` before it. A text that begins with `*` is written in quotes."),
    example: "allowSenders: [*partner]\n", source: "YAML 1.2.2 section 7.1")

  static func unknownAlias(_ name: String, at span: SourceSpan) -> Diagnostic {
    Diagnostic(
      unknownAlias, at: span,
      LocalizedText(
        ja: "別名「*\(name)」の指すものがここまでにない",
        en: "nothing before this is named \"&\(name)\""),
      help: LocalizedText(
        ja: "`*` で始まる文字列なら引用符で囲む", en: "quote a text that begins with `*`"))
  }

  static let directive = DiagnosticCode(
    1016, .error, title: LocalizedText(ja: "ディレクティブ", en: "a directive"),
    explanation: LocalizedText(
      ja: "`%YAML` や `%TAG` は使えません。mgc はいつも YAML 1.2 の同じ範囲を読みます。",
      en: "`%YAML` and `%TAG` are refused. mgc always reads the same subset of YAML 1.2."),
    example: "%YAML 1.2\n---\nversion: 1\n", source: "YAML 1.2.2 section 6.8")

  /// - Parameter line: the whole line with its end, where it is of no use and holds no comment.
  static func directive(at span: SourceSpan, line: SourceSpan? = nil) -> Diagnostic {
    let title = LocalizedText(ja: "この行を消す", en: "remove the line")
    return Diagnostic(
      directive, at: span,
      LocalizedText(ja: "ディレクティブは使えない", en: "directives are refused"),
      help: LocalizedText(ja: "`%` で始まる行を消す", en: "remove the line that begins with `%`"),
      fixes: line.map { [Diagnostic.Fix(title, [TextEdit($0, replacement: "")])] } ?? [])
  }

  static let notNFC = DiagnosticCode(
    1017, .error, title: LocalizedText(ja: "NFC ではない文字列", en: "text that is not in NFC"),
    explanation: LocalizedText(
      ja: """
        「が」は一文字でも、「か」と濁点の二文字でも書け、見た目は同じです。名前の比較が食い違わない\
        よう、文字列は Unicode 正規化形式 C(NFC)で書きます。macOS のファイル名から写した文字列に\
        よく起こります。
        """,
      en: """
        The same letter can be one character or a letter and a combining mark, and looks alike. \
        Text is written in Unicode Normalization Form C, so that comparisons agree. Text copied \
        from file names of macOS often is not.
        """),
    example: "name: か\\u{3099}\n", source: "Unicode UAX 15")

  static func notNFC(at span: SourceSpan, replacement: String?) -> Diagnostic {
    let title = LocalizedText(ja: "NFC に直す", en: "write it in NFC")
    return Diagnostic(
      notNFC, at: span, LocalizedText(ja: "文字列が NFC ではない", en: "the text is not in NFC"),
      help: title,
      fixes: replacement.map { [Diagnostic.Fix(title, [TextEdit(span, replacement: $0)])] } ?? [])
  }
}
