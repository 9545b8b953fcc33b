internal import Artifacts
internal import Procedure
internal import SourceText
internal import TenantModel
internal import Wording

/// `runbook.html`: the runbook in both languages in one file, to be followed in a browser or printed.
struct RunbookHTML {
  private let runbook: Runbook
  private let tenant: Tenant
  private var ids = RunbookTaskIDs()
  private var values = 0

  /// - Parameter documents: the files that the runbook names.
  static func page(_ runbook: Runbook, of tenant: Tenant, _ documents: [Artifact]) -> HTMLPage {
    var writer = RunbookHTML(runbook, of: tenant, documents)
    let titles = Phrase(
      ja: runbook.title.ja, en: runbook.title.en)
    let attributes: HTMLAttributes =
      """
       data-language=\(value: tenant.language.rawValue) data-tenant=\(value: tenant.id.value.text) \
      data-plan=\(value: runbook.fingerprint) data-title-ja=\(value: titles.ja.plain) \
      data-title-en=\(value: titles.en.plain)
      """
    return HTMLPage(
      language: tenant.language, title: titles[tenant.language].plain, attributes: attributes,
      style: .runbookStyle, script: .runbookScript, body: writer.body())
  }

  private init(_ runbook: Runbook, of tenant: Tenant, _ documents: [Artifact]) {
    self.runbook = runbook
    self.tenant = tenant
    for document in documents { ids.add(document) }
  }

  private mutating func body() -> HTML {
    let steps = runbook.steps.map { step($0) }
    return """
      <a class="skip" href="#steps">\(RunbookPageWords.skip)</a>
      \(RunbookPageWords.bar)
      <div class="page">
      <header>
      <h1>\(runbook.title)</h1>
      <p>\(runbook.introduction)</p>
      \(facts)
      </header>
      \(timeline)
      \(flow)
      \(dates)
      \(waiting)
      <main id="steps" tabindex="-1">
      \(steps.joined(separator: "\n"))
      </main>
      \(wayBack)
      \(terms)
      </div>
      \(RunbookPageWords.messages)

      """
  }

  private var facts: HTML {
    let lines = runbook.facts.map { "<dt>\($0.name)</dt><dd>\($0.value)</dd>" as HTML }
    return "<dl class=\"facts\">\(lines.joined(separator: ""))</dl>"
  }

  /// The steps with their times, which are the contents too.
  private var timeline: HTML {
    let lines = runbook.steps.map { step -> HTML in
      let relative: HTML =
        step.relative.map { "<strong>\($0)</strong> " } ?? ""
      let kind: HTMLAttributes = step.kind == .cutover ? " class=\"main\"" : ""
      return """
        <li id="line-\(step.number)"\(kind)><span class="day">\(relative)\(step.when)</span>\
        <div><a href="#step-\(step.number)">\(step.numberedTitle)</a> \
        <span class="quiet">\(step.who)</span></div></li>
        """
    }
    return section(
      "timeline", RunbookWords.timeline,
      "<ol class=\"timeline\">\n\(lines.joined(separator: "\n"))\n</ol>")
  }

  /// Who hands mail to whom, in pictures.
  private var flow: HTML {
    let scenes = runbook.flow.map { scene -> HTML in
      let pictures = Language.allCases.enumerated().map { index, language -> HTML in
        let attributes: HTMLAttributes = " class=\"picture\" lang=\(value: language.rawValue)"
        // Names within a drawing are the page's own.
        let drawing = scene[language].svg(number: scene.number * Language.allCases.count + index)
        return "<div\(attributes) tabindex=\"0\">\(drawing)</div>"
      }
      return "<h3>\(scene.title)</h3>\n<p>\(scene.caption)</p>\n\(pictures.joined(separator: "\n"))"
    }
    return section(
      "flow", RunbookWords.flow,
      "<p class=\"quiet\">\(Phrase(MailFlowDiagram.legend))</p>\n\(scenes.joined(separator: "\n"))")
  }

  private var dates: HTML {
    guard !runbook.dates.isEmpty else { return "" }
    let rows = table(
      "dates", [RunbookWords.date, RunbookWords.dated, RunbookWords.datedReason],
      runbook.dates.map { [$0.when, $0.title, $0.reason] })
    let file: HTML = "\(link: "<code>calendar.ics</code>", to: "calendar.ics")"
    return section(
      "dates", RunbookWords.dates, "<p>\(RunbookWords.datesIntroduction) \(file)</p>\n\(rows)")
  }

  private var waiting: HTML {
    guard !runbook.waiting.isEmpty else { return "" }
    let rows = table(
      "waiting", [RunbookWords.value, RunbookWords.shownAt, RunbookWords.writtenAt],
      runbook.waiting.map { [$0.what, $0.source, .init(both: "\(code: $0.key)")] })
    return section(
      "waiting", RunbookWords.waiting, "<p>\(RunbookWords.waitingIntroduction)</p>\n\(rows)")
  }

  private var wayBack: HTML {
    guard !runbook.wayBack.isEmpty else { return "" }
    let items = runbook.wayBack.map { part -> HTML in
      let files = part.files.map {
        "\(link: "\(code: $0.description)", to: $0.description)" as HTML
      }
      let comma: HTML = "\(Phrase(ja: "、", en: ", "))"
      return "<li>\(part.title): \(files.joined(separator: comma))</li>"
    }
    return section(
      "back", RunbookWords.wayBack,
      """
      <p>\(RunbookWords.wayBackIntroduction)</p>
      <ol>
      \(items.joined(separator: "\n"))
      </ol>
      """)
  }

  private var terms: HTML {
    let lines = runbook.terms.map {
      "<dt>\(Phrase($0.name))</dt><dd>\(Phrase($0.meaning))</dd>" as HTML
    }
    return section(
      "terms", RunbookWords.terms, "<dl class=\"facts\">\n\(lines.joined(separator: "\n"))\n</dl>")
  }

  private func section(_ id: StaticString, _ title: Phrase, _ content: HTML) -> HTML {
    let name = id.description
    let heading: HTMLAttributes = " id=\(value: name + "-title")"
    let attributes: HTMLAttributes =
      " class=\"card\" id=\(value: name) aria-labelledby=\(value: name + "-title")"
    return "<section\(attributes)>\n<h2\(heading)>\(title)</h2>\n\(content)\n</section>"
  }

  private func table(_ section: StaticString, _ header: [Phrase], _ rows: [[Phrase]]) -> HTML {
    let name: HTMLAttributes = " aria-labelledby=\(value: section.description + "-title")"
    let head = header.map { "<th scope=\"col\">\($0)</th>" as HTML }.joined(separator: "")
    let lines = rows.map { row -> HTML in
      "<tr>\(row.map { "<td>\($0)</td>" as HTML }.joined(separator: ""))</tr>"
    }
    return """
      <table class="stacked"\(name)>
      <thead><tr>\(head)</tr></thead>
      <tbody>
      \(lines.joined(separator: "\n"))
      </tbody>
      </table>
      """
  }
}

extension RunbookHTML {
  private mutating func step(_ step: Runbook.Step) -> HTML {
    let facts = [
      (RunbookWords.who, step.who), (RunbookWords.place, step.place),
      (RunbookWords.when, step.timing), (RunbookWords.call, step.call),
    ].map { "<dt>\($0)</dt><dd>\($1)</dd>" as HTML }
    let notes = step.notes.map {
      """
      <div class="note" role="note"><p><strong>\(RunbookWords.note)</strong>: \($0.sourced)</p></div>

      """ as HTML
    }
    let tasks = step.tasks.map { task($0, of: step) }
    let back: HTML = step.back.map { "<p><strong>\(RunbookWords.back)</strong>: \($0)</p>\n" } ?? ""
    return """
      <article id="step-\(step.number)" data-step="\(step.number)" aria-labelledby="title-\(step.number)">
      <h2 id="title-\(step.number)">\(step.heading) <span class="count"></span></h2>
      <dl class="facts">\(facts.joined(separator: ""))</dl>
      \(notes.joined(separator: ""))<ul class="tasks">
      \(tasks.joined(separator: "\n"))
      </ul>
      \(copied(step))\(check(step.check))\(back)</article>
      """
  }

  private mutating func task(_ task: Runbook.Task, of step: Runbook.Step) -> HTML {
    let id = ids.id(of: task, in: step.kind.rawValue)
    let open: HTML =
      task.file.map { file in
        let name = file.description
        return
          " <span class=\"open\">\(link: "\(RunbookPageWords.open)<span class=\"hidden\"> \(text: name)</span>", to: name)</span>"
      } ?? ""
    return """
      <li>\(box(id))<span><label\(" for=\(value: id)" as HTMLAttributes)>\(task.text)</label>\(open)</span></li>
      """
  }

  private func box(_ id: String) -> HTML {
    "<input type=\"checkbox\" autocomplete=\"off\"\(" id=\(value: id)" as HTMLAttributes)>"
  }

  private func check(_ check: RunbookCheck?) -> HTML {
    guard let check else { return "" }
    let each: HTML =
      check.each.isEmpty
      ? ""
      : "<ul>\(check.each.map { "<li>\($0)</li>" as HTML }.joined(separator: ""))</ul>\n"
    let questions: HTML =
      check.questions.isEmpty
      ? ""
      : """
      <p>\(RunbookWords.nameServers)</p>
      \(Language.allCases.map { language in
        let lines = check.questions.map { RunbookWords.question($0, in: language) }
        let attributes: HTMLAttributes = " lang=\(value: language.rawValue)"
        return "<div\(attributes)>\(block: lines.joined(separator: "\n"))</div>" as HTML
      }.joined(separator: ""))

      """
    return """
      <div class="check"><p><strong>\(RunbookWords.check)</strong>: \(check.sentence)</p>
      \(each)\(questions)</div>

      """
  }

  private mutating func copied(_ step: Runbook.Step) -> HTML {
    guard !step.values.isEmpty else { return "" }
    let groups = step.values.map { group($0, of: step) }
    return "<h3>\(RunbookWords.values)</h3>\n\(groups.joined(separator: "\n"))\n"
  }

  private mutating func group(_ group: Runbook.ValueGroup, of step: Runbook.Step) -> HTML {
    let path: HTML = group.path.map { "<p>\($0)</p>\n" } ?? ""
    let notes = group.notes.map { "<p class=\"quiet\">\($0)</p>\n" as HTML }
    let entries = group.entries.map { entry($0, of: step, in: group) }
    return """
      <details open><summary>\(group.title)</summary>
      \(path)\(notes.joined(separator: ""))\(entries.joined(separator: "\n"))
      </details>
      """
  }

  private mutating func entry(
    _ entry: Runbook.ValueEntry, of step: Runbook.Step, in group: Runbook.ValueGroup
  ) -> HTML {
    let title: HTML = entry.title.map { "<h4>\($0)</h4>\n" } ?? ""
    let lines = entry.values.map { value($0) }
    let saved: HTML =
      entry.task.map { task in
        let context = step.kind.rawValue + group.title.ja.plain
        let id = ids.id(of: task, in: context, values: entry.values)
        return """
          <div class="saved">\(box(id))<label\(" for=\(value: id)" as HTMLAttributes)>\(task.text)</label></div>

          """
      } ?? ""
    return "<div class=\"entry\">\n\(title)\(lines.joined(separator: "\n"))\n\(saved)</div>"
  }

  private mutating func value(_ value: Runbook.Value) -> HTML {
    guard value.isTyped else {
      let text = value.lines.joined(separator: " ")
      return "<div class=\"value\"><span>\(value.label)</span><span>\(text: text)</span></div>"
    }
    values += 1
    let name = "value-\(values)"
    let source: HTMLAttributes = " id=\(value: name)"
    let target: HTMLAttributes = " data-copy=\(value: name)"
    return """
      <div class="value"><span>\(value.label)</span>\
      <div\(source)>\(block: value.lines.joined(separator: "\n"))</div>\
      <button type="button"\(target)>\(RunbookPageWords.copy)\
      <span class="hidden">: \(value.label)</span></button></div>
      """
  }
}
