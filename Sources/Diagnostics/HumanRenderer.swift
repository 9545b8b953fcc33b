package import SourceText
package import Wording

/// Findings for people at a terminal: the place and the message, the lines with the places marked,
/// what to type, and the fix.
package struct HumanRenderer: Sendable {
  private let sources: SourceSet
  private let language: Language
  private let colors: Bool
  private let concealed: ConcealedLines

  /// - Parameter findings: all findings of the run, so that a line that one of them hides is shown
  ///   by none. A finding that is rendered hides its own lines in any case.
  package init(
    sources: SourceSet, language: Language, colors: Bool, findings: [Diagnostic] = []
  ) {
    self.sources = sources
    self.language = language
    self.colors = colors
    concealed = ConcealedLines(sources, findings)
  }

  /// The finding on lines of its own, each ended by LF.
  package func render(_ diagnostic: Diagnostic) -> String {
    var lines = [header(diagnostic)]
    lines += excerpts(diagnostic)
    if let help = diagnostic.help {
      lines += labeled(RendererWords.help, help[language])
    }
    if !diagnostic.hidesSource {
      for fix in diagnostic.fixes where !concealed.touches(fix) {
        let word = fix.isSafe ? RendererWords.fix : RendererWords.suggestion
        lines += labeled(word, fix.title[language])
        lines += Suggestion(fix, sources, language)?.lines ?? []
      }
    }
    return rendered(lines)
  }

  /// A finding that a comment silences: what and where it is, and who answers for it until when.
  package func render(_ silenced: SilencedFinding) -> String {
    let diagnostic = silenced.diagnostic
    let word: TerminalText = "\(text: RendererWords.silenced[language]):"
    let head: TerminalText = """
      \(place(diagnostic.primary), .bold): \(word, .dim) \(text: diagnostic.message[language]) \
      \("[\(text: diagnostic.code.name)]", .dim)
      """
    let end = RendererWords.end(silenced.until)[language]
    var reason: TerminalText = "  \(place(silenced.comment)): \(text: end)"
    if !concealed.hides(silenced.comment) { reason += ": \(text: silenced.reason)" }
    return rendered([head, reason])
  }

  /// How many findings there are of each severity, and how many were dropped; one line.
  package func summary(
    _ diagnostics: [Diagnostic], silenced: Int = 0, dropped: Int = 0
  ) -> String {
    var count = FindingCount()
    count.add(diagnostics, silenced: silenced, dropped: dropped)
    return rendered([count.text(language)])
  }

  private func header(_ diagnostic: Diagnostic) -> TerminalText {
    let severity = diagnostic.code.severity
    let word: TerminalText = "\(text: severity.word[language]):"
    let message: TerminalText = "\(text: diagnostic.message[language])"
    return """
      \(place(diagnostic.primary), .bold): \(word, .bold, severity.style) \(message, .bold) \
      \("[\(text: diagnostic.code.name)]", .dim)
      """
  }

  private func place(_ span: SourceSpan) -> TerminalText {
    let file = sources[span.file]
    let position = file.position(of: span.lowerBound)
    return "\(text: file.name):\(position.line):\(position.column)"
  }

  /// The marked lines, first of the finding's file, then of the others in the order of the labels.
  private func excerpts(_ diagnostic: Diagnostic) -> [TerminalText] {
    var marks = [SourceExcerpt.Mark(span: diagnostic.primary, text: "", isPrimary: true)]
    for label in diagnostic.labels {
      let text = label.text[language]
      marks.append(SourceExcerpt.Mark(span: label.span, text: text, isPrimary: false))
    }
    var lines: [TerminalText] = []
    var rest = marks[...]
    while let id = rest.first?.span.file {
      let here = rest.filter { $0.span.file == id }
      rest.removeAll { $0.span.file == id }
      let file = sources[id]
      let isShown = { (mark: SourceExcerpt.Mark) in
        !diagnostic.hidesSource
          && !concealed.contains(line: file.position(of: mark.span.lowerBound).line, of: id)
      }
      let shown = here.filter(isShown)
      if id != diagnostic.primary.file, let first = shown.first {
        lines.append("\("--> \(place(first.span), .bold)", .dim)")
      }
      let style = diagnostic.code.severity.style
      lines += SourceExcerpt(file: file, language: language, style: style).lines(shown)
      for mark in here where !mark.isPrimary && !isShown(mark) {
        lines.append("\("--> \(place(mark.span), .bold)", .dim): \(text: mark.text)")
      }
    }
    return lines
  }

  /// `word: text`, with the text's further lines beneath its first.
  private func labeled(_ word: LocalizedText, _ text: String) -> [TerminalText] {
    let columns = word[language].unicodeScalars.reduce(0) { $0 + $1.columns } + 2
    let parts = text.split(separator: "\n", omittingEmptySubsequences: false)
    return parts.enumerated().map { index, part in
      index == 0
        ? "\("\(text: word[language]):", .bold, .cyan) \(text: String(part))"
        : "\(repeating: " ", columns)\(text: String(part))"
    }
  }

  private func rendered(_ lines: [TerminalText]) -> String {
    lines.map { $0.rendered(colors: colors) + "\n" }.joined()
  }
}
