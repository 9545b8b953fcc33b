internal import Compiler
internal import Diagnostics
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantFiles
internal import TenantModel
internal import TenantReading
internal import Wording

/// A plan for people at a terminal.
struct PlanReport {
  private(set) var text: TerminalText = ""
  private let language: Language
  private let origins: Origins?

  /// - Parameter origins: nil where nobody asks which line decides.
  init(
    _ session: Session, _ result: Compilation.Result, language: Language, origins: Origins? = nil
  ) {
    self.language = language
    self.origins = origins
    let tenant = result.procedure.tenant
    let name: TerminalText = "\(text: tenant.name.value.text)"
    text += "\(name, .bold) (\(text: tenant.id.value.text))  \(text: session.place.file)\n"
    let services = tenant.contract.services.map { $0.value.title[language] }
    text += "\(text: say("契約", "contract")): \(text: services.joined(separator: say("、", ", ")))\n"
    for step in result.plan.steps { add(step) }
    add(result.plan.lists)
    addSummary(result.plan)
    if let origins { add(origins) }
  }

  private func say(_ ja: String, _ en: String) -> String { language == .ja ? ja : en }

  private mutating func add(_ planned: Plan.PlannedStep) {
    let title: TerminalText = "\(planned.step.number) \(text: planned.step.title[language])"
    text += "\n\(title, .bold)\n"
    if let window = planned.window {
      var times: [String] = []
      if let notBefore = window.notBefore {
        times.append(say("\(notBefore) 以降", "not before \(notBefore)"))
      }
      if let notAfter = window.notAfter {
        times.append(say("\(notAfter) まで", "not after \(notAfter)"))
      }
      let line: TerminalText =
        "  \(text: times.joined(separator: say("、", ", "))): \(text: window.reason[language])\n"
      text += line.styled(.dim)
    }
    if planned.changes.isEmpty {
      text += "  \(text: say("mgcが書くものはない", "nothing that mgc writes"))\n"
    }
    for change in planned.changes { add(change) }
  }

  /// How many entries of a list are shown; the rest is counted.
  private static let shownEntries = 20

  /// The lists of tenant.yaml beside what the console's exports hold.
  private mutating func add(_ lists: [ListComparison]) {
    guard !lists.isEmpty else { return }
    let title: TerminalText = "\(text: say("管理者画面の一覧", "Lists of the console"))"
    text += "\n\(title, .bold)\n"
    for list in lists {
      switch list.state {
      case .unknown:
        let note = say("書き出しがなく不明", "unknown, no export")
        let mark = TerminalText("?").styled(.cyan)
        text += "  \(mark) \(text: list.title): \(text: note)\n"
      case .known(let same, let new, let gone):
        let numbers = say(
          "新規 \(new.count)、同じ \(same)、tenant.yamlにない \(gone.count)",
          "\(new.count) new, \(same) the same, \(gone.count) not in tenant.yaml")
        let mark: TerminalText =
          new.isEmpty && gone.isEmpty ? "=" : TerminalText("~").styled(.yellow)
        text += "  \(mark) \(text: list.title): \(text: numbers)\n"
        add(new, mark: "+")
        add(gone, mark: "-")
      }
    }
  }

  private mutating func add(_ entries: [ListEntry], mark: TerminalText) {
    for entry in entries.prefix(Self.shownEntries) {
      text += "    \(mark) \(text: entry.text)\n"
    }
    let rest = entries.count - Self.shownEntries
    if rest > 0 { text += "    \(mark) \(text: say("ほか\(rest)件", "\(rest) more"))\n" }
  }

  private mutating func add(_ change: Plan.Change) {
    let mark: TerminalText =
      switch change.action {
      case .create: "+"
      case .change: TerminalText("~").styled(.yellow)
      case .remove: TerminalText("-").styled(.red)
      case .same: "="
      case .wait: TerminalText("?").styled(.cyan)
      }
    text += "  \(mark) \(text: change.title[language])\n"
    if let origins, let span = change.span {
      let line: TerminalText =
        "      \(text: say("決めている行", "asked for by")): \(origins.place(span))\n"
      text += line.styled(.dim)
    }
    add(change.observed)
    if change.action == .same { return }
    if case .holds(let records) = change.current {
      for record in records { text += "    - \(text: say("現在", "now")): \(text: record)\n" }
    }
    // Against what is there, not against nothing.
    if case .differs = change.observed, change.differences.allSatisfy(\.old.isEmpty) { return }
    for difference in change.differences {
      switch change.action {
      case .create:
        for value in difference.new { text += "      \(text: difference.name): \(text: value)\n" }
      case .remove:
        for value in difference.old { text += "    - \(text: difference.name): \(text: value)\n" }
      case .change, .same, .wait:
        for value in difference.old { text += "    - \(text: difference.name): \(text: value)\n" }
        for value in difference.new { text += "    + \(text: difference.name): \(text: value)\n" }
      }
    }
    if let spf = change.spf { add(spf) }
    if let waiting = change.waiting {
      let what = waiting.what[language]
      let source = waiting.source[language]
      let wording = say("入力待ち: \(what)", "waiting for \(what)")
      text += "      \(text: wording)\n"
      text += "      \(text: source) → \(text: waiting.key)\n"
    }
  }

  /// What the export of Exchange Online says.
  private mutating func add(_ observed: ObservedState) {
    func say(_ words: LocalizedText, isEnabled: Bool? = nil) {
      let state: LocalizedText? = isEnabled.map {
        $0 ? .init(ja: "、有効", en: ", enabled") : .init(ja: "、無効", en: ", disabled")
      }
      let label = self.say("Exchange Onlineの今", "Exchange Online today")
      let line: TerminalText =
        "      \(text: label): \(text: words[language])\(text: state?[language] ?? "")\n"
      text += line.styled(.dim)
    }
    switch observed {
    case .notExported: return
    case .unknown:
      say(.init(ja: "不明(exportがない)", en: "unknown, for there is no export"))
    case .absent: say(.init(ja: "まだない", en: "not there yet"))
    case .same(let isEnabled): say(.init(ja: "同じ", en: "the same"), isEnabled: isEnabled)
    case .differs(let differences, let isEnabled):
      say(.init(ja: "違う", en: "differs"), isEnabled: isEnabled)
      for difference in differences {
        func values(_ texts: [String]) -> String {
          texts.isEmpty ? self.say("(なし)", "(none)") : texts.joined(separator: ", ")
        }
        let note =
          difference.isComparable
          ? "" : self.say("(名前なので比べられない)", " (a name, which cannot be compared)")
        text += "        \(text: difference.name): \(text: values(difference.old))"
        text += " → \(text: values(difference.new))\(text: note)\n"
      }
    }
  }

  /// The terms of an SPF record, a line each, and what they take together.
  private mutating func add(_ spf: SPFComposition) {
    for line in spf.lines {
      let cost = line.cost.map { cost in
        say("、問い合わせ\(cost.lookups)", ", look-ups: \(cost.lookups)")
      }
      let words = say(
        "\(line.owner.title.ja)、\(line.fate.title.ja)",
        "\(line.owner.title.en), \(line.fate.title.en)")
      text += "      \(text: line.term.description)  "
      let note: TerminalText = "(\(text: words)\(text: cost ?? ""))\n"
      text += note.styled(.dim)
    }
    text += "      \(text: spf.budget.summary[language])\n"
    for basis in spf.basis {
      let line: TerminalText = "      \(text: basis[language])\n"
      text += line.styled(.dim)
    }
  }

  private mutating func addSummary(_ plan: Plan) {
    let all = plan.steps.flatMap(\.changes)
    func count(_ action: Plan.Action) -> Int { all.count { $0.action == action } }
    let numbers = say(
      "計画: 作成 \(count(.create))、変更 \(count(.change))、削除 \(count(.remove))、同じ \(count(.same))、入力待ち \(count(.wait))",
      "Plan: \(count(.create)) to create, \(count(.change)) to change, \(count(.remove)) to remove, \(count(.same)) the same, \(count(.wait)) waiting"
    )
    let line: TerminalText = "\(text: numbers)"
    text += "\n\(line, .bold)\n"
  }

  /// Every value with its line, as `git config --show-origin` has them: the line comes first.
  private mutating func add(_ origins: Origins) {
    let title: TerminalText =
      "\(text: say("書かれている値とその行", "The values that are written, and where"))"
    text += "\n\(title, .bold)\n"
    for value in origins.values {
      let place = origins.place(value.span)
      text += "  \(place, .dim)  \(text: value.path): \(text: value.value)\n"
    }
  }
}
