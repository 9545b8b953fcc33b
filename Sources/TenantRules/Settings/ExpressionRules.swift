internal import Diagnostics
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// Regular expressions and phrases that are wrong in any dialect, or match everything. Nothing
  /// here runs an expression.
  static let expressions = Rule(
    [.bccHeader, .unbalancedExpression, .matchesEverything, .shortPhrase]
  ) { input, bag in
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
      guard let pattern = text.delimitedPattern else { continue }
      bag.add(contentsOf: expressionFindings(pattern, at: header.span))
    }
    for dictionary in input.tenant.settings.dictionaries?.value ?? [] {
      switch dictionary.content.value {
      case .regex(let regex):
        bag.add(contentsOf: expressionFindings(regex.text, at: dictionary.content.span))
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

private func expressionFindings(_ pattern: String, at span: SourceSpan) -> [Diagnostic] {
  if let problem = ExpressionScan.problem(of: pattern) {
    return [
      Diagnostic(
        .unbalancedExpression, at: span,
        .init(
          ja: "正規表現「\(pattern.excerpt())」は閉じていない: \(problem.ja)",
          en: "\"\(pattern.excerpt())\" is not a whole regular expression: \(problem.en)"),
        help: .init(
          ja: "文字そのものなら \\ を前に付ける", en: "put a \\ before what is meant as a character"))
    ]
  }
  guard [".*", ".+", ".", "^.*$", "^.+$", "^", "$", ".*?", "(.*)"].contains(pattern) else {
    return []
  }
  return [
    Diagnostic(
      .matchesEverything, at: span,
      .init(
        ja: "正規表現「\(pattern.excerpt())」はすべてに一致する",
        en: "\"\(pattern.excerpt())\" matches everything"),
      help: .init(
        ja: "探すものを書くか、条件を消す", en: "write what is looked for, or leave the condition out"))
  ]
}

/// What holds in every dialect of regular expressions: brackets close, and a backslash has
/// something after it.
enum ExpressionScan {
  static func problem(of pattern: String) -> LocalizedText? {
    var open = 0
    var inClass = false
    var classStart = 0
    var isEscaped = false
    for (offset, byte) in pattern.utf8.enumerated() {
      if isEscaped {
        isEscaped = false
        continue
      }
      switch byte {
      case 0x5C: isEscaped = true
      case 0x5B where !inClass:
        inClass = true
        classStart = offset
      case 0x5D where inClass:
        // A bracket right after `[` or `[^` is a character of the class.
        let isFirst =
          offset == classStart + 1
          || (offset == classStart + 2 && pattern.utf8.dropFirst(classStart + 1).first == 0x5E)
        if !isFirst { inClass = false }
      case 0x28 where !inClass: open += 1
      case 0x29 where !inClass:
        open -= 1
        if open < 0 { return .init(ja: ") に合う ( がない", en: "a ) without its (") }
      default: break
      }
    }
    if isEscaped { return .init(ja: "\\ で終わっている", en: "it ends in a \\") }
    if inClass { return .init(ja: "[ に合う ] がない", en: "a [ without its ]") }
    if open > 0 { return .init(ja: "( に合う ) がない", en: "a ( without its )") }
    return nil
  }
}

extension String {
  /// What stands between the first and the last slash; nil where the text has no such form.
  fileprivate var delimitedPattern: String? {
    guard first == "/", let end = lastIndex(of: "/"), end > index(after: startIndex) else {
      return nil
    }
    return String(self[index(after: startIndex)..<end])
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
  static let unbalancedExpression = DiagnosticCode(
    7023, .warning,
    title: .init(ja: "閉じていない正規表現", en: "a regular expression that does not close"),
    explanation: .init(
      ja: "方言は公開されていませんが、括弧が合わないものや \\ で終わるものは、どの方言でも正規表現になりません。管理画面が受け付けないか、一致しません。",
      en:
        "The dialect is not published, but unbalanced brackets or a trailing backslash are wrong in all of them: the console refuses the expression, or it never matches."
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
