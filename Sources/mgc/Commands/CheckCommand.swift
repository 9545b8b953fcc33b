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
    var isWhole = true
    isWhole =
      run.forEach(
        showsProgress: true, fails: { report.add($0, $1) },
        { session in
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
          report.add(session, fixes)
        }) && isWhole
    report.finish()
    if hasErrors || !isWhole { throw ExitCode(1) }
  }
}

/// What a check says, in the format that was asked for: people and GitHub read it as it comes, the
/// others get one document at the end.
private struct Report {
  private let options: TenantOptions
  private let format: ReportFormat
  private let listsSilenced: Bool
  /// Where findings go: a patch stands alone on standard output, so that `patch -p0` can read it.
  private let stream: Terminal.Stream
  private var json = CheckReport()
  private var sarif = SARIFReport(version: MGC.configuration.version)
  private var tenants = 0
  private var unread = 0
  private var count = FindingCount()

  init(_ command: CheckCommand) {
    options = command.options
    format = command.format
    listsSilenced = command.listSilenced
    let isDocument = format == .json || format == .sarif
    stream = command.dryRun && !isDocument ? .error : .output
  }

  mutating func add(_ session: Session, _ fixes: FixReport?) {
    let compilation = session.compilation
    let language = options.language ?? compilation.language
    tenants += 1
    if let fixes, format == .human || format == .github {
      if fixes.isDryRun {
        // A program needs each byte; a person's terminal must not be painted by one.
        Terminal.write(Terminal.isTerminal(.output) ? fixes.visiblePatch : fixes.patch)
      }
      let text = fixes.text(language).rendered(colors: Terminal.hasColors(stream))
      Terminal.write(text, to: format == .github ? .error : stream)
    }
    switch format {
    case .human:
      session.renderFindings(options, to: stream, summary: true, listsSilenced: listsSilenced)
      count.add(
        compilation.diagnostics, silenced: compilation.silenced.count,
        dropped: compilation.dropped)
    case .json:
      json.add(
        file: session.place.file, tenant: compilation.tenantID?.value,
        sources: compilation.sources, findings: compilation.diagnostics,
        silenced: compilation.silenced, dropped: compilation.dropped,
        fixes: fixes?.members ?? [])
    case .sarif:
      sarif.add(
        file: session.place.file, sources: compilation.sources,
        findings: compilation.diagnostics, silenced: compilation.silenced,
        dropped: compilation.dropped, language: language)
    case .github:
      let renderer = GitHubRenderer(sources: compilation.sources, language: language)
      for diagnostic in compilation.diagnostics {
        Terminal.write(renderer.render(diagnostic), to: stream)
      }
    }
  }

  /// A path that could not be read, which standard error has said.
  mutating func add(_ file: String, _ problem: SessionProblem) {
    unread += 1
    switch format {
    case .human: break
    case .json: json.add(file: file, problem: problem.message, help: problem.help)
    case .sarif:
      sarif.add(
        file: file, problem: problem.message, help: problem.help,
        language: options.language ?? .ja)
    case .github:
      Terminal.write(
        GitHubRenderer.problem(file: file, problem.message[options.language ?? .ja]))
    }
  }

  func finish() {
    switch format {
    case .human: if tenants + unread > 1 { Terminal.write(total, to: stream) }
    case .json: Terminal.write(json.json.pretty)
    case .sarif: Terminal.write(sarif.json.pretty)
    case .github: break
    }
  }

  /// One line over all tenants.
  private var total: String {
    let language = options.language ?? .ja
    let unread: TerminalText =
      unread == 0
      ? "" : "\(text: language == .ja ? "、読めない\(unread)件" : ", \(unread) not read")"
    let head: TerminalText =
      "\(text: language == .ja ? "計\(tenants)テナント" : "\(tenants) tenants in all")"
    let line = head + unread + ": " + count.text(language) + "\n"
    return line.rendered(colors: Terminal.hasColors(.output))
  }
}
