package import Wording

/// How many findings a run has.
package struct FindingCount: Sendable {
  private var bySeverity: [(severity: Severity, count: Int)] = Severity.allCases.map { ($0, 0) }
  private var silenced = 0
  private var dropped = 0

  package init() {}

  package mutating func add(_ diagnostics: [Diagnostic], silenced: Int, dropped: Int) {
    for index in bySeverity.indices {
      let severity = bySeverity[index].severity
      bySeverity[index].count += diagnostics.count { $0.code.severity == severity }
    }
    self.silenced += silenced
    self.dropped += dropped
  }

  /// On one line, without its end.
  package func text(_ language: Language) -> TerminalText {
    var parts: [TerminalText] = []
    for (severity, count) in bySeverity where count > 0 {
      let text: TerminalText = "\(text: RendererWords.count(severity, count)[language])"
      parts.append(text.styled(.bold, severity.style))
    }
    if parts.isEmpty { parts.append("\(text: RendererWords.nothing[language])") }
    if silenced > 0 { parts.append("\(text: RendererWords.silenced(silenced)[language])") }
    if dropped > 0 { parts.append("\(text: RendererWords.dropped(dropped)[language])") }
    var line: TerminalText = ""
    for (index, part) in parts.enumerated() {
      if index > 0 { line += language == .ja ? "、" : ", " }
      line += part
    }
    return line
  }
}
