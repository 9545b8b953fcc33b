package import Wording

/// The long text of a code, for `mgc explain`.
package struct ExplanationRenderer: Sendable {
  private let language: Language
  private let colors: Bool

  package init(language: Language, colors: Bool) {
    self.language = language
    self.colors = colors
  }

  package func render(_ code: DiagnosticCode) -> String {
    let word: TerminalText = "\(text: code.severity.word[language])"
    var lines: [TerminalText] = [
      """
      \("\(text: code.name)", .bold) \(word, .bold, code.severity.style): \
      \("\(text: code.title[language])", .bold)
      """,
      "",
    ]
    lines += paragraphs(code.explanation[language], indent: 0)
    if !code.example.isEmpty {
      lines += ["", "\("\(text: RendererWords.example[language]):", .bold)"]
      lines += paragraphs(code.example, indent: 4)
    }
    if !code.source.isEmpty {
      lines += [
        "", "\("\(text: RendererWords.source[language]):", .bold) \(text: code.source)",
      ]
    }
    return lines.map { $0.rendered(colors: colors) + "\n" }.joined()
  }

  private func paragraphs(_ text: String, indent: Int) -> [TerminalText] {
    var parts = text.split(separator: "\n", omittingEmptySubsequences: false)
    while parts.last?.isEmpty == true { parts.removeLast() }
    return parts.map { part in
      part.isEmpty ? "" : "\(repeating: " ", indent)\(text: String(part))"
    }
  }
}
