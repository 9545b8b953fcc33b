internal import ArgumentParser
internal import Diagnostics
internal import Interview
internal import SourceText
internal import TenantFiles
internal import Wording

/// An interview at a terminal or over a pipe: prints the questions on standard error, reads the
/// answers, and writes the file at the end.
struct InitDialog {
  private let place: NewTenant
  private let asks: Bool
  /// Whether somebody can answer once more.
  private let isPerson = Terminal.hasKeyboard
  private let colors = Terminal.hasColors(.error)

  init(_ place: NewTenant, asks: Bool) {
    self.place = place
    self.asks = asks
  }

  func run(_ interview: Interview) throws {
    let outcome = interview.outcome()
    // Wrong options are said at once: who wrote them may not be there to answer.
    if !asks || outcome.missing.isEmpty || !outcome.refusals.isEmpty {
      return try finish(interview)
    }
    try converse(interview)
  }

  /// Writes what is known, or shows it; what is not known stays in the file as a line with `#`.
  func adopt(_ interview: Interview, dryRun: Bool) throws {
    let outcome = interview.outcome()
    guard outcome.refusals.isEmpty, outcome.unused.isEmpty else { return try finish(interview) }
    guard dryRun else { return try finish(interview, allowsMissing: true) }
    let file = outcome.file(schema: place.find("schema/tenant.v1.json"))
    Terminal.write(file.text(0..<file.bytes.count), to: .output)
    show(stillToCome(outcome))
  }

  private func converse(_ interview: Interview) throws {
    var interview = interview
    var input = LineInput()
    while true {
      while let question = interview.question {
        let language = interview.language
        show(question.rendered(language) + "> ")
        switch input.next() {
        case .end: return try end(interview)
        case .problem(let problem):
          show("\n")
          show(error(problem[language], language))
          if !isPerson { throw ExitCode(1) }
        case .text(let line):
          if !isPerson { show("\n") }
          switch interview.answer(line) {
          case .taken(let findings): show(findings, language)
          case .refused(let findings):
            show(findings, language)
            if !isPerson { throw nothingWritten(language) }
          }
        }
      }
      let wrong = interview.reopen()
      if wrong.isEmpty { break }
      show(wrong, interview.language)
      if !isPerson { throw nothingWritten(interview.language) }
    }
    try finish(interview, allowsMissing: isPerson)
  }

  /// Writes the file, or says why not.
  private func finish(_ interview: Interview, allowsMissing: Bool = false) throws {
    let outcome = interview.outcome()
    let language = outcome.language
    var isWhole = true
    for refusal in outcome.refusals {
      isWhole = false
      show("\(text: refusal.slot.topic.flag):\n")
      show(refusal.findings, language)
    }
    for (flag, value) in outcome.unused where isWhole {
      isWhole = false
      show(
        error(
          language == .ja
            ? "\(flag) \(value) の当てはまる所がない" : "nothing asks for \(flag) \(value)", language))
    }
    if isWhole, !outcome.missing.isEmpty, !allowsMissing {
      isWhole = false
      show(missing(outcome))
    }
    if isWhole, !allowsMissing {
      let errors = outcome.findings.filter { $0.code.severity == .error }
      show(errors, language)
      isWhole = errors.isEmpty
    }
    guard isWhole else { throw nothingWritten(language) }
    do throws(FileError) {
      try place.write { outcome.file(schema: place.find("schema/tenant.v1.json")).bytes }
    } catch {
      throw Self.failure(SessionProblem(error.message), language)
    }
    Terminal.write(
      closing(outcome).rendered(colors: Terminal.hasColors(.output)), to: .output)
  }

  /// Input has ended before the questions had.
  private func end(_ interview: Interview) throws {
    show("\n")
    let outcome = interview.outcome()
    if outcome.missing.isEmpty && !isPerson { return try finish(interview) }
    if !outcome.missing.isEmpty { show(missing(outcome)) }
    throw nothingWritten(interview.language)
  }

  private func missing(_ outcome: Outcome) -> TerminalText {
    let language = outcome.language
    var text = error(language == .ja ? "必要な値が足りない" : "values that are needed are missing", language)
    for missing in outcome.missing {
      text += "  \(text: missing.flag)\n    \(missing.question.line(language))\n"
    }
    return text
  }

  private func stillToCome(_ outcome: Outcome) -> TerminalText {
    guard !outcome.missing.isEmpty else { return "" }
    let language = outcome.language
    let intro =
      language == .ja
      ? "次の値はまだない。ファイルに # の行があり、mgc check が場所を示す:"
      : "These values are still to come. The file has a line with # for each, and mgc check names them:"
    var text: TerminalText = "\(text: intro)\n"
    for missing in outcome.missing { text += "  - \(missing.question.line(language))\n" }
    return text
  }

  private func closing(_ outcome: Outcome) -> TerminalText {
    let language = outcome.language
    func say(_ ja: String, _ en: String) -> String { language == .ja ? ja : en }
    let path: TerminalText = "\(text: place.file)"
    var text: TerminalText = "\n\(path, .bold) \(text: say("を書いた", "is written"))\n"
    text += stillToCome(outcome)
    let folder = place.folder == "." ? "" : " " + place.folder
    text += "\(text: say("次に:", "Next:"))\n"
    text += "  mgc check\(text: folder)  \(text: say("もう一度検査する", "checks it once more"))\n"
    text +=
      "  mgc plan\(text: folder)   \(text: say("何がいつ変わるかを示す", "shows what changes, and when"))\n"
    return text
  }

  /// Findings without their lines: what was typed stands just above.
  private func show(_ findings: [Diagnostic], _ language: Language) {
    for finding in findings {
      let isError = finding.code.severity == .error
      let word: TerminalText =
        isError
        ? "\(text: language == .ja ? "エラー" : "error")"
        : "\(text: language == .ja ? "警告" : "warning")"
      let styled = isError ? word.styled(.bold, .red) : word.styled(.bold, .yellow)
      let name: TerminalText = "[\(text: finding.code.name)]"
      var text: TerminalText =
        "  \(styled): \(text: finding.message[language]) \(name, .dim)\n"
      if let help = finding.help {
        for line in help[language].split(separator: "\n") {
          text += "    \(text: String(line))\n"
        }
      }
      show(text)
    }
  }

  private func error(_ message: String, _ language: Language) -> TerminalText {
    let word: TerminalText = "\(text: language == .ja ? "エラー" : "error")"
    return word.styled(.bold, .red) + ": \(text: message)\n"
  }

  private func nothingWritten(_ language: Language) -> ExitCode { Self.nothingWritten(language) }

  static func nothingWritten(_ language: Language) -> ExitCode {
    let text: TerminalText =
      "\(text: language == .ja ? "何も書かなかった" : "nothing was written")\n"
    Terminal.write(text.rendered(colors: Terminal.hasColors(.error)), to: .error)
    return ExitCode(1)
  }

  static func failure(_ problem: SessionProblem, _ language: Language) -> ExitCode {
    let dialog: TerminalText =
      "\(text: language == .ja ? "エラー" : "error"): \(text: problem.message[language])\n"
    Terminal.write(dialog.rendered(colors: false), to: .error)
    return ExitCode(1)
  }

  private func show(_ text: TerminalText) {
    Terminal.write(text.rendered(colors: colors), to: .error)
  }
}
