internal import Diagnostics
internal import SourceText
internal import Wording

/// libyaml's words for a mistake, in ours.
extension YAMLFinding {
  static let syntax = DiagnosticCode(
    1004, .error, title: LocalizedText(ja: "YAML の書き方の誤り", en: "a mistake in YAML's syntax"),
    explanation: LocalizedText(
      ja: """
        字下げはスペースだけで揃え、`:` と `-` の後にはスペースを置き、引用符と括弧は閉じます。\
        `@` `` ` `` `%` `*` `&` `!` `|` `>` `{` `[` で始まる文字列や、`: ` や ` #` を含む文字列は\
        引用符で囲みます。最初の誤りだけが示されます。直すと次が見つかることがあります。
        """,
      en: """
        Indent with blanks only and evenly, put a blank after `:` and `-`, and close quotes and \
        brackets. Quote a text that begins with `@`, a backtick, `%`, `*`, `&`, `!`, `|`, `>`, \
        `{` or `[`, or that holds `: ` or ` #`. Only the first mistake is shown; mending it may \
        bring the next to light.
        """),
    example: "contract:\n\tservices: []\n", source: "YAML 1.2.2 sections 6 to 8")

  /// A syntax error at one place, with the opening bracket or the like at another.
  struct Mistake {
    var message: LocalizedText
    var help: LocalizedText?
    /// Whether the place is where the construct began and not where reading stopped.
    var isAtContext = false
    /// What the context's place is, if it is worth a label.
    var label: LocalizedText?
  }

  /// A key indented beneath a line that has its value already.
  static func beneathValue(at span: SourceSpan, above: SourceSpan) -> Diagnostic {
    Diagnostic(
      syntax, at: span,
      LocalizedText(
        ja: "この行は、すでに値のある行の下に字下げされている",
        en: "this line is indented beneath one that already has its value"),
      help: LocalizedText(
        ja: "字下げを揃える。上の行との間のキーの行が消えていれば書き足す",
        en: "align it, or put back the line of the key that it belongs to"),
      labels: [
        Diagnostic.Label(above, LocalizedText(ja: "この行には値がある", en: "this has its value"))
      ])
  }

  /// A line whose indentation is that of no line above.
  static func misaligned(_ depth: Int, at span: SourceSpan, context: SourceSpan?) -> Diagnostic {
    Diagnostic(
      syntax, at: span,
      LocalizedText(
        ja: "この行の字下げ(\(depth)文字)は、上のどのキーとも揃っていない",
        en: "the indentation of this line, \(depth), is that of no key above"),
      help: LocalizedText(
        ja: "属するキーに揃える。上のキーの行が消えていれば書き足す",
        en: "align it with the keys that it belongs to, or put back the line of the key above"),
      labels: context.map {
        [
          Diagnostic.Label(
            $0, LocalizedText(ja: "ここからの対応表", en: "in the mapping that begins here"))
        ]
      } ?? [])
  }

  /// - Parameter fix: puts a text in quotes.
  static func syntax(
    _ mistake: Mistake, at span: SourceSpan, context: SourceSpan?, fix: TextEdit?
  ) -> Diagnostic {
    var labels: [Diagnostic.Label] = []
    if let label = mistake.label, let context, context != span {
      labels.append(Diagnostic.Label(context, label))
    }
    let title = LocalizedText(ja: "引用符で囲む", en: "put it in quotes")
    return Diagnostic(
      syntax, at: span, mistake.message, help: mistake.help, labels: labels,
      fixes: fix.map { [Diagnostic.Fix(title, [$0])] } ?? [])
  }
}

extension YAMLFinding.Mistake {
  /// `byte` is what stands where reading stopped, nil at the end of the file; `afterTab` whether
  /// a tab is among the white space that its line begins with.
  init(_ error: LibYAMLError, byte: UInt8?, afterTab: Bool) {
    self =
      switch error.stage {
      case .memory: Self(message: LocalizedText(ja: "メモリーが足りない", en: "out of memory"))
      case .reader:
        Self(message: LocalizedText(ja: "読めない文字がある", en: "there is an unreadable character"))
      case .scanner, .parser:
        if afterTab { .tab } else { Self.known(error, byte) ?? .other(error.problem) }
      }
  }

  private static let tab = Self(
    message: LocalizedText(ja: "字下げにタブが使われている", en: "a tab is used for indentation"),
    help: LocalizedText(ja: "タブをスペースに置き換える", en: "replace the tab with blanks"))

  private static func known(_ error: LibYAMLError, _ byte: UInt8?) -> Self? {
    scannerMistake(error.problem, error.context, byte) ?? parserMistake(error.problem, byte)
  }

  private static func other(_ problem: String) -> Self {
    Self(
      message: LocalizedText(
        ja: "YAML として読めない(\(problem))", en: "this is not YAML: \(problem)"))
  }

  private static func scannerMistake(
    _ problem: String, _ context: String, _ byte: UInt8?
  ) -> Self? {
    switch problem {
    case "found character that cannot start any token":
      let text = byte.map { String(Unicode.Scalar($0)).visible } ?? ""
      return Self(
        message: LocalizedText(
          ja: "引用符のない文字列は「\(text)」で始められない",
          en: "a text without quotes cannot begin with \"\(text)\""),
        help: LocalizedText(ja: "引用符で囲む", en: "put it in quotes"))
    case "could not find expected ':'":
      return Self(
        message: LocalizedText(ja: "キーの後に「:」がない", en: "there is no \":\" after this key"),
        help: LocalizedText(
          ja: "`キー: 値` の形で、「:」の後にスペースを置く",
          en: "write `key: value`, with a blank after the colon"),
        isAtContext: true)
    case "mapping values are not allowed in this context":
      return Self(
        message: LocalizedText(ja: "ここに「:」は置けない", en: "a \":\" cannot stand here"),
        help: LocalizedText(
          ja: "字下げを揃え、前の行の「:」の後にスペースを置き、「: 」を含む文字列は引用符で囲む",
          en: "align the indentation, put a blank after the colon before it, and quote a text "
            + "that holds \": \""))
    case "mapping keys are not allowed in this context":
      return Self(
        message: LocalizedText(ja: "ここにキーは置けない", en: "a key cannot stand here"),
        help: indentation)
    case "block sequence entries are not allowed in this context":
      return Self(
        message: LocalizedText(
          ja: "ここに「- 」の項目は置けない", en: "a \"- \" entry cannot stand here"),
        help: LocalizedText(
          ja: "一覧は次の行から書くか、「-」で始まる文字列を引用符で囲む",
          en: "begin the list on its own line, or quote a text that begins with \"- \""))
    case "found unexpected end of stream", "found unexpected document indicator":
      return Self(
        message: LocalizedText(
          ja: "この引用符が閉じられていない", en: "this quote is never closed"),
        help: LocalizedText(ja: "閉じる引用符を加える", en: "add the closing quote"),
        isAtContext: true)
    case "found unknown escape character", "did not find expected hexdecimal number",
      "found invalid Unicode character escape code":
      return Self(
        message: LocalizedText(
          ja: "二重引用符の中の「\\」が正しいエスケープではない",
          en: "the backslash in double quotes begins no escape"),
        help: LocalizedText(
          ja: "「\\\\」と書くか、一重引用符を使う", en: "write `\\\\`, or use single quotes"))
    case "did not find expected alphabetic or numeric character":
      return Self(
        message: LocalizedText(
          ja: "「*」や「&」の後に名前がない", en: "there is no name after \"*\" or \"&\""),
        help: LocalizedText(
          ja: "「*」や「&」で始まる文字列は引用符で囲む",
          en: "quote a text that begins with \"*\" or \"&\""),
        isAtContext: true)
    case "found a tab character that violates indentation",
      "found a tab character where an indentation space is expected":
      return .tab
    case "did not find expected comment or line break", "found an indentation indicator equal to 0":
      return Self(
        message: LocalizedText(
          ja: "「|」や「>」の後に余分なものがある", en: "something stands after \"|\" or \">\""),
        help: LocalizedText(
          ja: "「|」や「>」で始まる文字列は引用符で囲み、まとまった文は次の行から書く",
          en: "quote a text that begins so, or begin the block on the next line"),
        isAtContext: true)
    case "found unexpected ':'":
      return Self(
        message: LocalizedText(ja: "ここに「:」は置けない", en: "a \":\" cannot stand here"),
        help: LocalizedText(ja: "文字列を引用符で囲む", en: "put the text in quotes"))
    default:
      guard context.contains("tag") else { return nil }
      return Self(
        message: LocalizedText(
          ja: "「!」で始まるものが正しいタグではない", en: "what begins with \"!\" is no tag"),
        help: LocalizedText(
          ja: "「!」で始まる文字列は引用符で囲む", en: "quote a text that begins with \"!\""),
        isAtContext: true)
    }
  }

  private static func parserMistake(_ problem: String, _ byte: UInt8?) -> Self? {
    switch problem {
    case "did not find expected ',' or ']'":
      return Self(
        message: LocalizedText(
          ja: "「[」の一覧に「,」か「]」がない", en: "the list in \"[\" lacks a \",\" or \"]\""),
        help: LocalizedText(ja: "「,」か「]」を加える", en: "add the \",\" or \"]\""), label: opened)
    case "did not find expected ',' or '}'":
      return Self(
        message: LocalizedText(
          ja: "「{」の対応表に「,」か「}」がない", en: "the mapping in \"{\" lacks a \",\" or \"}\""),
        help: LocalizedText(ja: "「,」か「}」を加える", en: "add the \",\" or \"}\""), label: opened)
    case "did not find expected key":
      return Self(
        message: LocalizedText(ja: "ここにはキーが要る", en: "a key is expected here"),
        help: LocalizedText(
          ja: "字下げをほかのキーに揃え、引用符の後に続きがないか確かめる",
          en: "align it with the other keys, and see that nothing follows a closing quote"),
        label: LocalizedText(ja: "ここからの対応表", en: "in the mapping that begins here"))
    case "did not find expected '-' indicator":
      return Self(
        message: LocalizedText(ja: "ここには「- 」が要る", en: "a \"- \" is expected here"),
        help: indentation,
        label: LocalizedText(ja: "ここからの一覧", en: "in the list that begins here"))
    case "did not find expected node content":
      return Self(
        message: byte == nil
          ? LocalizedText(ja: "値の前でファイルが終わっている", en: "the file ends before a value")
          : LocalizedText(ja: "ここには値が要る", en: "a value is expected here"),
        help: LocalizedText(
          ja: "余分な記号を取り除くか、記号で始まる文字列を引用符で囲む",
          en: "remove what is too much, or quote a text that begins with a sign"))
    case "did not find expected <document start>":
      return Self(
        message: LocalizedText(ja: "文書の後に余分なものがある", en: "something follows the document"),
        help: LocalizedText(
          ja: "字下げと括弧を確かめる", en: "check the indentation and the brackets"))
    case "found undefined tag handle":
      return Self(
        message: LocalizedText(
          ja: "「!」で始まるものが正しいタグではない", en: "what begins with \"!\" is no tag"),
        help: LocalizedText(
          ja: "「!」で始まる文字列は引用符で囲む", en: "quote a text that begins with \"!\""))
    default: return nil
    }
  }

  private static let indentation = LocalizedText(
    ja: "字下げを前の行に揃える", en: "align the indentation with the lines before it")

  private static let opened = LocalizedText(ja: "ここで開いている", en: "opened here")
}
