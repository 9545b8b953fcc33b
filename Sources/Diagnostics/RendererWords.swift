package import Wording

extension Severity {
  /// The word before a message.
  package var word: LocalizedText {
    switch self {
    case .error: LocalizedText(ja: "エラー", en: "error")
    case .warning: LocalizedText(ja: "警告", en: "warning")
    case .note: LocalizedText(ja: "注記", en: "note")
    }
  }

  var style: TerminalText.Style {
    switch self {
    case .error: .red
    case .warning: .yellow
    case .note: .cyan
    }
  }
}

/// What the renderers say themselves.
enum RendererWords {
  static let help = LocalizedText(ja: "ヘルプ", en: "help")
  static let fix = LocalizedText(ja: "修正", en: "fix")
  /// A fix that a person must decide on.
  static let suggestion = LocalizedText(ja: "提案", en: "suggestion")
  static let example = LocalizedText(ja: "例", en: "Example")
  static let source = LocalizedText(ja: "出典", en: "Source")

  /// How many lines a span has.
  static func lines(_ count: Int) -> LocalizedText {
    LocalizedText(ja: "（\(count)行）", en: "(\(count) lines)")
  }

  /// How many lines of a suggestion are not shown.
  static func moreLines(_ count: Int) -> LocalizedText {
    LocalizedText(ja: "… あと\(count)行", en: count == 1 ? "… 1 more line" : "… \(count) more lines")
  }

  static func count(_ severity: Severity, _ count: Int) -> LocalizedText {
    let word = severity.word
    return LocalizedText(
      ja: "\(word.ja)\(count)件", en: "\(count) \(word.en)" + (count == 1 ? "" : "s"))
  }

  static let nothing = LocalizedText(ja: "指摘はありません", en: "no findings")

  static let silenced = LocalizedText(ja: "抑制", en: "silenced")

  static func silenced(_ count: Int) -> LocalizedText {
    LocalizedText(ja: "抑制\(count)件", en: "\(count) silenced")
  }

  /// Until when a comment silences a finding.
  static func end(_ until: String?) -> LocalizedText {
    guard let until else { return LocalizedText(ja: "期限なし", en: "without an end") }
    return LocalizedText(ja: "\(until)まで", en: "until \(until)")
  }

  /// How many findings came after the limit.
  static func dropped(_ count: Int) -> LocalizedText {
    LocalizedText(
      ja: "上限の\(DiagnosticBag.limit)件を超えた\(count)件は表示していません",
      en: "\(count) more beyond the limit of \(DiagnosticBag.limit) not shown")
  }
}
