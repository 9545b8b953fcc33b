internal import Diagnostics
internal import Patterns
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// Regular expressions and phrases that cannot do what they are for, or match everything. PCRE2
  /// only reads the expressions: none is run on mail.
  static let expressions = Rule(
    [
      .bccHeader, .brokenExpression, .refusedExpression, .dialectFeature, .endlessExpression,
      .hugeExpression, .matchesEverything, .shortPhrase,
    ]
  ) { input, bag in
    // To try an expression takes time, and no tenant has this many.
    var rest = 64
    for rule in input.tenant.settings.review?.value ?? [] {
      guard let header = rule.when.header else { continue }
      let text = header.value.text
      if text.asksForBcc {
        bag.add(
          Diagnostic(
            .bccHeader, at: header.span,
            .init(
              ja: "Bccはヘッダーに残らず、条件にできない", en: "Bcc is not in the header, so nothing matches it"),
            help: .init(ja: "ToかCcで判断するか、条件を消す", en: "go by To or Cc, or remove it")))
      }
      // What is not of the form /regex/i is a finding already.
      guard let (pattern, flags) = text.delimitedPattern else { continue }
      rest -= 1
      bag.add(
        contentsOf: WrittenPattern(pattern, flags: flags, in: header, at: 1)
          .findings(isTried: rest >= 0))
    }
    let settings = input.tenant.settings
    for dictionary in (settings.dictionaries?.value ?? [])
      + (settings.exclusionDictionaries?.value ?? [])
    {
      switch dictionary.content.value {
      case .regex(let regex):
        rest -= 1
        bag.add(
          contentsOf: WrittenPattern(
            regex.text, flags: "", in: Located(regex, at: dictionary.content.span), at: 0
          ).findings(isTried: rest >= 0))
      case .phrases(let phrases):
        for phrase in phrases where phrase.value.text.count == 1 && phrase.value.text != "#" {
          bag.add(
            Diagnostic(
              .shortPhrase, at: phrase.span,
              .init(
                ja: "1文字の語「\(phrase.value.text.excerpt())」は、ほとんどのメールに一致する",
                en: "the one character \"\(phrase.value.text.excerpt())\" is in nearly every mail"),
              help: .init(ja: "もっと長い語にする", en: "use a longer phrase"),
              labels: [
                .init(dictionary.name.span, .init(ja: "この辞書", en: "this dictionary"))
              ]))
        }
      }
    }
  }
}

/// A pattern and where tenant.yaml has it.
private struct WrittenPattern {
  let text: String
  let pattern: Pattern
  let written: Located<Expression>
  /// How many bytes of what is written stand before the pattern.
  let start: Int

  init(_ text: String, flags: String, in written: Located<Expression>, at start: Int) {
    self.text = text
    pattern = Pattern(text, flags: flags)
    self.written = written
    self.start = start
  }

  private func span(_ range: Range<Int>) -> SourceSpan {
    written.value.span(
      of: range.lowerBound + start..<range.upperBound + start, in: written.span)
  }

  func findings(isTried: Bool) -> [Diagnostic] {
    let name = text.excerpt()
    if let fault = pattern.fault {
      let what = fault.kind.wording
      return switch (fault.kind, fault.isBrokenEverywhere) {
      case (.tooLarge, _):
        [
          Diagnostic(
            .hugeExpression, at: written.span,
            .init(
              ja: "正規表現「\(name)」は大きすぎて確かめられない",
              en: "\"\(name)\" is too large a regular expression to be checked"),
            help: .init(
              ja: "繰り返しの回数や括弧の深さを減らす",
              en: "use smaller repeat counts or fewer nested parentheses"))
        ]
      case (_, true):
        [
          Diagnostic(
            .brokenExpression, at: span(fault.range),
            .init(
              ja: "「\(name)」は正規表現にならない: \(what.ja)",
              en: "\"\(name)\" is not a regular expression: \(what.en)"),
            help: .init(
              ja: "文字そのものなら \\ を前に付ける", en: "put a \\ before what is meant as a character"))
        ]
      case (_, false):
        [
          Diagnostic(
            .refusedExpression, at: span(fault.range),
            .init(
              ja: "正規表現「\(name)」をPCRE2は受け付けない: \(what.ja)",
              en: "PCRE2 refuses the regular expression \"\(name)\": \(what.en)"),
            help: .init(
              ja: "どの方言でも同じ意味になる書き方にするか、管理者画面で試す",
              en: "write it in a way that every dialect takes, or try it in the console"))
        ]
      }
    }
    var result: [Diagnostic] = []
    if [".*", ".+", ".", "^.*$", "^.+$", "^", "$", ".*?", "(.*)"].contains(text) {
      result.append(
        Diagnostic(
          .matchesEverything, at: written.span,
          .init(
            ja: "正規表現「\(name)」はすべてに一致する", en: "\"\(name)\" matches everything"),
          help: .init(
            ja: "探すものを書くか、条件を消す", en: "write what is looked for, or leave the condition out")))
    }
    let features = pattern.features
    if let first = features.first {
      let names = features.map(\.feature.wording)
      let ja = names.map(\.ja).joined(separator: "、")
      let en = names.map(\.en).joined(separator: ", ")
      result.append(
        Diagnostic(
          .dialectFeature, at: span(first.range),
          .init(ja: "方言によっては使えない書き方がある: \(ja)", en: "not every dialect has this: \(en)"),
          help: .init(
            ja: "管理者画面に保存したあと、一致するメールと一致しないメールで試す",
            en:
              "once it is saved in the console, try it with mail that matches and mail that does not"
          )))
    }
    if isTried, let range = pattern.explosion {
      result.append(
        Diagnostic(
          .endlessExpression, at: span(range),
          .init(
            ja: "繰り返しの中に繰り返しがあり、一致しない文字列で終わらないことがある",
            en: "a repetition within a repetition may not end on a text that does not match"),
          help: .init(
            ja: "内側か外側の繰り返しを1つにする", en: "make the inner and the outer repetition one")))
    }
    return result
  }
}

extension String {
  /// What stands between the first and the last slash, and the flags after it; nil where the text
  /// has no such form.
  fileprivate var delimitedPattern: (pattern: String, flags: String)? {
    guard first == "/", let end = lastIndex(of: "/"), end > index(after: startIndex) else {
      return nil
    }
    return (String(self[index(after: startIndex)..<end]), String(self[index(after: end)...]))
  }

  fileprivate var asksForBcc: Bool {
    let lower = lowercased()
    return lower.hasPrefix("/^bcc:") || lower.hasPrefix("/bcc:") || lower.hasPrefix("^bcc:")
  }
}

extension DiagnosticCode {
  static let bccHeader = DiagnosticCode(
    7022, .warning,
    title: .init(ja: "Bccの条件", en: "a condition on Bcc"),
    explanation: .init(
      ja: "Bccの宛先はヘッダーに書かれないので、メールヘッダー内容の条件では調べられません。提供元の設定例もToとCcだけです。",
      en:
        "Recipients of Bcc are not in the header, so a header condition cannot find them. The vendor's examples go by To and Cc only."
    ),
    example: "when: { header: '/^Bcc:.*yamada@kaede\\.example/i' }", source: "article 360039832351")
  static let brokenExpression = DiagnosticCode(
    7023, .error,
    title: .init(ja: "正規表現にならない文字列", en: "a text that is no regular expression"),
    explanation: .init(
      ja:
        "方言は公開されていませんが、括弧が合わないもの、\\ で終わるもの、範囲や回数が逆のものは、広く使われているどの方言でも正規表現になりません。管理者画面が受け付けないか、一致しません。PCRE2で読んで判断します。",
      en:
        "The dialect is not published, but unbalanced brackets, a trailing backslash, and ranges or counts the wrong way round are wrong in all that are in common use: the console refuses the expression, or it never matches. PCRE2 reads it."
    ),
    example: "dictionaries: [{ name: 口座, regex: '[0-9{7}' }]", source: "article 900005108503")
  static let matchesEverything = DiagnosticCode(
    7033, .warning,
    title: .init(ja: "すべてに一致する正規表現", en: "a regular expression that matches everything"),
    explanation: .init(
      ja: "どのメールにも一致する条件は、条件がないのと同じです。審査ルールなら、その下のルールが働かなくなります。",
      en:
        "A condition that any mail meets is none. In a review rule it keeps the rules below from acting."
    ),
    example: "dictionaries: [{ name: 全部, regex: '.*' }]", source: "article 900005108503")
  static let shortPhrase = DiagnosticCode(
    7032, .warning,
    title: .init(ja: "1文字の辞書の語", en: "a phrase of one character"),
    explanation: .init(
      ja: "辞書の語は、本文、件名、添付ファイルの中身から探されます。1文字の語はほとんどのメールに含まれ、審査が増えすぎて形だけになります。",
      en:
        "Phrases are looked for in body, subject and attachments. One character is in nearly all of them, and a review that holds everything is soon waved through."
    ),
    example: "dictionaries: [{ name: 機密, phrases: [密] }]", source: "article 900005108503")
}
