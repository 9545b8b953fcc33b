internal import Artifacts
internal import Wording

/// `RUNBOOK.md`: the runbook in the tenant's language.
struct RunbookMarkdown {
  private let runbook: Runbook
  private let language: Language
  private var page = MarkdownPage()

  init(_ runbook: Runbook, language: Language) {
    self.runbook = runbook
    self.language = language
  }

  static func page(_ runbook: Runbook, language: Language) -> MarkdownPage {
    var writer = RunbookMarkdown(runbook, language: language)
    writer.write()
    return writer.page
  }

  private func say(_ phrase: Phrase) -> Markdown { phrase[language].markdown }

  private func say(_ label: Phrase, _ value: Phrase) -> Markdown {
    say(RunbookWords.labelled(label, value))
  }

  private mutating func write() {
    page.heading(1, say(runbook.title))
    page.paragraph(say(runbook.introduction))
    page.paragraph(say(RunbookWords.otherForms(hasDates: !runbook.dates.isEmpty)))
    table([RunbookWords.fact, RunbookWords.factValue], runbook.facts.map { [$0.name, $0.value] })
    page.heading(2, say(RunbookWords.overview))
    table(
      [
        RunbookWords.number, RunbookWords.step, RunbookWords.work, RunbookWords.who,
        RunbookWords.when,
      ],
      runbook.steps.map { step in
        let number = step.vendorNumber
        return [
          .init(both: "\(step.number)"), .init(ja: "手順\(number)", en: "step \(number)"),
          step.title, step.who, step.when,
        ]
      })
    writeFlow()
    writeWaiting()
    for step in runbook.steps { write(step) }
    writeBack()
    writeDates()
    writeTerms()
  }

  private mutating func writeTerms() {
    page.heading(2, say(RunbookWords.terms))
    page.bullets(
      runbook.terms.map { say(RunbookWords.labelled(Phrase($0.name), Phrase($0.meaning))) })
  }

  private mutating func writeFlow() {
    page.heading(2, say(RunbookWords.flow))
    page.paragraph(say(Phrase(MailFlowDiagram.legend)))
    for scene in runbook.flow {
      page.heading(3, say(scene.title))
      page.paragraph(say(scene.caption))
      page.chart(scene[language])
    }
  }

  private mutating func writeWaiting() {
    guard !runbook.waiting.isEmpty else { return }
    page.heading(2, say(RunbookWords.waiting))
    page.paragraph(say(RunbookWords.waitingIntroduction))
    table(
      [RunbookWords.value, RunbookWords.shownAt, RunbookWords.writtenAt],
      runbook.waiting.map { [$0.what, $0.source, .init(both: "\(code: $0.key)")] })
  }

  private mutating func write(_ step: Runbook.Step) {
    page.heading(2, say(step.heading))
    page.bullets([
      say(RunbookWords.who, step.who), say(RunbookWords.place, step.place),
      say(RunbookWords.when, step.timing), say(RunbookWords.call, step.call),
    ])
    for note in step.notes { write(note) }
    page.checkboxes(step.tasks.map { say($0.text) })
    if let check = step.check { write(check) }
    if let back = step.back { page.paragraph(say(RunbookWords.back, back)) }
  }

  private mutating func write(_ note: Runbook.Note) {
    page.quote(say(RunbookWords.labelled(RunbookWords.note, note.sourced)))
  }

  private mutating func write(_ check: RunbookCheck) {
    page.paragraph(say(RunbookWords.check, check.sentence))
    if !check.each.isEmpty { page.bullets(check.each.map(say)) }
    guard !check.questions.isEmpty else { return }
    page.paragraph(say(RunbookWords.nameServers))
    page.codeBlock(
      language: "text",
      check.questions.map { RunbookWords.question($0, in: language) }.joined(separator: "\n"))
  }

  private mutating func writeBack() {
    guard !runbook.wayBack.isEmpty else { return }
    page.heading(2, say(RunbookWords.wayBack))
    page.paragraph(say(RunbookWords.wayBackIntroduction))
    page.numbers(
      runbook.wayBack.map { part in
        let files = part.files.map { "\(code: $0.description)" as Prose }
        return say(
          part.title,
          .init(ja: files.joined(separator: "、"), en: files.joined(separator: ", ")))
      })
  }

  private mutating func writeDates() {
    guard !runbook.dates.isEmpty else { return }
    page.heading(2, say(RunbookWords.dates))
    page.paragraph(say(RunbookWords.datesIntroduction))
    table(
      [RunbookWords.date, RunbookWords.dated, RunbookWords.datedReason],
      runbook.dates.map { [$0.when, $0.title, $0.reason] })
  }

  private mutating func table(_ header: [Phrase], _ rows: [[Phrase]]) {
    page.table(header: header.map(say), rows: rows.map { $0.map(say) })
  }
}
