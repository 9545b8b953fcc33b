internal import ArgumentParser
internal import Compiler
internal import Diagnostics
internal import JSONText
internal import SourceText
internal import TenantFiles
internal import Wording

/// `mgc check`: reads and judges; writes nothing.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "読んで検査する / Read and judge",
    discussion: "誤りがあれば終了ステータスは1 / The exit status is 1 where a finding is an error.")

  @OptionGroup var options: TenantOptions

  @Option(help: "human、json、sarif、github / human, json, sarif or github")
  var format: ReportFormat = .human

  @Flag(
    help:
      "抑制された指摘も示す。jsonとsarifには常にある / list what comments silence; json and sarif always do"
  )
  var listSilenced = false

  func run() throws {
    let run = Run(options)
    var hasErrors = false
    var report = Report(self)
    let style = report.style
    let isWhole = run.forEach(
      showsProgress: true, fails: { report.add($0, $1) }, prepare: { style.part($0) },
      { session, part in
        session.pending.map { run.warn($0, session) }
        hasErrors = hasErrors || session.compilation.hasErrors
        report.add(session, part)
      })
    report.finish()
    if hasErrors || !isWhole { throw ExitCode(1) }
  }
}

/// How a check speaks of one tenant.
private struct ReportStyle: Sendable {
  let format: ReportFormat
  /// What was asked for; else the tenant's own.
  let language: Language?
  let colors: Bool
  let listsSilenced: Bool

  /// What can be written of a tenant without the others.
  enum Part: Sendable {
    case text(String)
    case entry(JSONValue)
    case none
  }

  func part(_ session: Session) -> Part {
    let compilation = session.compilation
    let language = language ?? compilation.language
    switch format {
    case .human:
      return .text(
        session.findings(language, colors: colors, summary: true, listsSilenced: listsSilenced))
    case .github:
      let renderer = GitHubRenderer(sources: compilation.sources, language: language)
      return .text(compilation.diagnostics.map(renderer.render).joined())
    case .json:
      return .entry(
        CheckReport.entry(
          file: session.place.file, tenant: compilation.tenantID?.value,
          sources: compilation.sources, findings: compilation.diagnostics,
          silenced: compilation.silenced, dropped: compilation.dropped))
    // Its results refer to rules by their place in the run's list.
    case .sarif: return .none
    }
  }
}

/// What a check says, in the format that was asked for: people and GitHub read it as it comes, the
/// others get one document at the end.
private struct Report {
  let style: ReportStyle
  private var json = CheckReport()
  private var sarif = SARIFReport(version: MGC.configuration.version)
  private var tenants = 0
  private var unread = 0
  private var count = FindingCount()

  init(_ command: CheckCommand) {
    style = ReportStyle(
      format: command.format, language: command.options.language,
      colors: Terminal.hasColors(.output), listsSilenced: command.listSilenced)
  }

  private var language: Language { style.language ?? .ja }

  mutating func add(_ session: Session, _ part: ReportStyle.Part) {
    let compilation = session.compilation
    tenants += 1
    count.add(
      compilation.diagnostics, silenced: compilation.silenced.count, dropped: compilation.dropped)
    switch part {
    case .text(let text): Terminal.write(text)
    case .entry(let entry): json.add(entry)
    case .none:
      sarif.add(
        file: session.place.file, sources: compilation.sources,
        findings: compilation.diagnostics, silenced: compilation.silenced,
        dropped: compilation.dropped, language: style.language ?? compilation.language)
    }
  }

  /// A path that could not be read, which standard error has said.
  mutating func add(_ file: String, _ problem: SessionProblem) {
    unread += 1
    switch style.format {
    case .human: break
    case .json: json.add(file: file, problem: problem.message, help: problem.help)
    case .sarif:
      sarif.add(
        file: file, problem: problem.message, help: problem.help,
        language: language)
    case .github:
      Terminal.write(GitHubRenderer.problem(file: file, problem.message[language]))
    }
  }

  func finish() {
    switch style.format {
    case .human: if tenants + unread > 1 { Terminal.write(total) }
    case .json: Terminal.write(json.json.pretty)
    case .sarif: Terminal.write(sarif.json.pretty)
    case .github: break
    }
  }

  /// One line over all tenants.
  private var total: String {
    let unread: TerminalText =
      unread == 0
      ? "" : "\(text: language == .ja ? "、読めない\(unread)件" : ", \(unread) not read")"
    let head: TerminalText =
      "\(text: language == .ja ? "計\(tenants)テナント" : "\(tenants) tenants in all")"
    let line = head + unread + ": " + count.text(language) + "\n"
    return line.rendered(colors: style.colors)
  }
}
