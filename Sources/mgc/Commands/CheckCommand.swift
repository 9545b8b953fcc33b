internal import ArgumentParser
internal import Compiler
internal import Diagnostics
internal import JSONText
internal import SourceText
internal import TenantFiles
internal import TenantModel
internal import Wording

/// `mgc check`: reads and judges; writes nothing but the fixes that it is asked for.
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

  @Flag(
    help:
      "答えが1つに決まる修正をファイルに書き込む。注釈とほかの部分はそのまま / write the fixes that have one right answer; comments and all else stay"
  )
  var fix = false

  @Flag(
    help:
      "--fix とともに、書くはずのものをパッチとして示し、何も書かない / with --fix, print what would be written, as a patch, and write nothing"
  )
  var dryRun = false

  func validate() throws {
    if dryRun, !fix {
      throw ValidationError("--dry-run は --fix とともに使う / --dry-run goes with --fix")
    }
  }

  func run() throws {
    let run = Run(options)
    var hasErrors = false
    var report = Report(self)
    let moment = options.moment
    let style = report.style
    var isWhole = true
    isWhole =
      run.forEach(
        showsProgress: true, fails: { report.add($0, $1) },
        // What is fixed is shown as it is then.
        prepare: { fix ? nil : style.part($0, nil) },
        { session, part in
          session.pending.map { run.warn($0, session) }
          var session = session
          var fixes: FixReport?
          if fix {
            do {
              let made = try session.fixes(now: moment)
              if !dryRun { try session.write(made) }
              fixes = FixReport(run: made, isDryRun: dryRun)
              session = session.remaining(made)
            } catch {
              run.say(SessionProblem(error))
              isWhole = false
            }
          }
          hasErrors = hasErrors || session.compilation.hasErrors
          fixes.map { report.show($0, session) }
          report.add(session, part ?? style.part(session, fixes))
        }) && isWhole
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

  func part(_ session: Session, _ fixes: FixReport?) -> Part {
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
          silenced: compilation.silenced, dropped: compilation.dropped,
          fixes: fixes?.members ?? []))
    // Its results refer to rules by their place in the run's list.
    case .sarif: return .none
    }
  }
}

/// What a check says, in the format that was asked for: people and GitHub read it as it comes, the
/// others get one document at the end.
private struct Report {
  let style: ReportStyle
  /// Where findings go: a patch stands alone on standard output, so that `patch -p0` can read it.
  private let stream: Terminal.Stream
  private var json = CheckReport()
  private var sarif = SARIFReport(version: MGC.configuration.version)
  private var tenants = 0
  private var unread = 0
  private var count = FindingCount()

  init(_ command: CheckCommand) {
    let isDocument = command.format == .json || command.format == .sarif
    stream = command.dryRun && !isDocument ? .error : .output
    style = ReportStyle(
      format: command.format, language: command.options.language,
      colors: Terminal.hasColors(stream), listsSilenced: command.listSilenced)
  }

  private var language: Language { style.language ?? .ja }

  /// What `--fix` did or would do, for people.
  func show(_ fixes: FixReport, _ session: Session) {
    guard style.format == .human || style.format == .github else { return }
    if fixes.isDryRun {
      // A program needs each byte; a person's terminal must not be painted by one.
      Terminal.write(Terminal.isTerminal(.output) ? fixes.visiblePatch : fixes.patch)
    }
    let language = style.language ?? session.compilation.language
    let text = fixes.text(language).rendered(colors: Terminal.hasColors(stream))
    Terminal.write(text, to: style.format == .github ? .error : stream)
  }

  mutating func add(_ session: Session, _ part: ReportStyle.Part) {
    let compilation = session.compilation
    tenants += 1
    count.add(
      compilation.diagnostics, silenced: compilation.silenced.count, dropped: compilation.dropped)
    switch part {
    case .text(let text): Terminal.write(text, to: stream)
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
    case .human: if tenants + unread > 1 { Terminal.write(total, to: stream) }
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
