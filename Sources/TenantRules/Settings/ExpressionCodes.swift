internal import Diagnostics
internal import Patterns
internal import Wording

extension PatternFault.Kind {
  /// What is wrong, as a clause after a colon.
  var wording: LocalizedText {
    switch self {
    case .openParenthesis: .init(ja: "( に合う ) がない", en: "a ( without its )")
    case .openBracket: .init(ja: "[ に合う ] がない", en: "a [ without its ]")
    case .strayParenthesis: .init(ja: ") に合う ( がない", en: "a ) without its (")
    case .endsInBackslash: .init(ja: "\\ で終わっている", en: "it ends in a \\")
    case .classOrder: .init(ja: "[ ] の中の範囲が逆", en: "a range in [ ] the wrong way round")
    case .quantifierOrder:
      .init(ja: "{ } の回数の小さいほうが後", en: "counts in { } the wrong way round")
    case .nothingToRepeat: .init(ja: "繰り返す文字がない", en: "there is nothing to repeat")
    case .emptyBracket: .init(ja: "[ ] の中に文字がない", en: "there is nothing in [ ]")
    case .quantifierTooBig: .init(ja: "繰り返しの回数が多すぎる", en: "a repeat count too large")
    case .unknownEscape: .init(ja: "知られていない \\ の書き方", en: "an unknown escape with \\")
    case .lookbehind:
      .init(ja: "長さの決まらない後読み", en: "a lookbehind without a fixed length")
    case .unknownProperty:
      .init(ja: "知られていない文字の種類", en: "an unknown class of characters")
    case .unknownReference:
      .init(ja: "ないグループへの参照", en: "a reference to a group that is not there")
    case .groupName: .init(ja: "グループの名前が正しくない", en: "a group's name that is not valid")
    case .unknownGroup: .init(ja: "知られていない (? の書き方", en: "an unknown group after (?")
    case .tooLarge: .init(ja: "大きすぎる", en: "it is too large")
    case .other: .init(ja: "書き方の誤り", en: "a mistake in its syntax")
    }
  }
}

extension PatternFeature {
  var wording: LocalizedText {
    switch self {
    case .lookahead: .init(ja: "先読み", en: "lookahead")
    case .lookbehind: .init(ja: "後読み", en: "lookbehind")
    case .namedGroup: .init(ja: "名前付きグループ", en: "named groups")
    case .atomicGroup: .init(ja: "アトミックグループ", en: "atomic groups")
    case .possessive: .init(ja: "後戻りしない繰り返し", en: "possessive quantifiers")
    case .inlineFlag: .init(ja: "途中で変える指定", en: "inline flags")
    case .conditional: .init(ja: "条件による分岐", en: "conditionals")
    case .recursion: .init(ja: "再帰", en: "recursion")
    case .verb: .init(ja: "動きを変える指定 (*…)", en: "verbs (*…)")
    case .comment: .init(ja: "コメント", en: "comments")
    case .unicodeProperty: .init(ja: "Unicodeの文字の種類", en: "Unicode classes")
    case .backreference: .init(ja: "後方参照", en: "back references")
    case .specialEscape: .init(ja: "特別な \\ の書き方", en: "special escapes")
    }
  }
}

// The codes of ExpressionRules.swift that tell engines apart.
extension DiagnosticCode {
  static let refusedExpression = DiagnosticCode(
    7110, .warning,
    title: .init(ja: "PCRE2が受け付けない正規表現", en: "a regular expression that PCRE2 refuses"),
    explanation: .init(
      ja:
        "管理者画面の正規表現の方言は公開されていません。PCRE2が受け付けず、ほかの方言なら受け付けるものがあります。管理者画面で拒まれるか、別の意味に読まれるかもしれません。",
      en:
        "The dialect of the console's expressions is not published. PCRE2 refuses this one and some other dialects take it: the console may refuse it, or read it in another sense."
    ),
    example: "dictionaries: [{ name: 口座, regex: '*[0-9]{7}' }]", source: "article 900005108503")
  static let dialectFeature = DiagnosticCode(
    7111, .note,
    title: .init(ja: "方言によって違う正規表現", en: "a regular expression that depends on the dialect"),
    explanation: .init(
      ja: "先読みや後読み、Unicodeの文字の種類などは、使えない方言があります。管理者画面の方言は公開されていないため、保存したあとに試します。",
      en:
        "Lookaround, Unicode classes and the like are not in every dialect. Which one the console has is not published, so try the expression once it is saved."
    ),
    example: "dictionaries: [{ name: 口座, regex: '(?<![0-9])[0-9]{7}' }]",
    source: "article 900005108503")
  static let endlessExpression = DiagnosticCode(
    7112, .warning,
    title: .init(ja: "終わらないことのある正規表現", en: "a regular expression that may not end"),
    explanation: .init(
      ja:
        "(a+)+$ のように、繰り返しだけのグループをさらに繰り返すと、一致しない文字列では試す道が1文字ごとに倍になります。後戻りする方式のエンジンでは、1通のメールで審査が止まることがあります。mgcは40文字で試し、限りの内に終わらなかったものだけを知らせます。",
      en:
        "Where a group that is only a repetition is repeated, as in (a+)+$, a text without a match doubles the ways to try with each character. In an engine that goes back one mail can stop the review. mgc tries 40 characters, and names only what did not end within a limit."
    ),
    example: "dictionaries: [{ name: 番号, regex: '([0-9]+)+$' }]")
  static let hugeExpression = DiagnosticCode(
    7113, .warning,
    title: .init(ja: "大きすぎる正規表現", en: "a regular expression that is too large"),
    explanation: .init(
      ja: "mgcは、限られた大きさと深さの中で正規表現を読みます。それを超えるものは、正しいかどうかを確かめられません。管理者画面でも受け付けられないかもしれません。",
      en:
        "mgc reads regular expressions within a limit of size and depth. Beyond it nothing can be said of an expression, and the console may refuse it as well."
    ),
    example: "dictionaries: [{ name: 長い, regex: '((a{1,999}){1,999}){1,999}' }]")
}
