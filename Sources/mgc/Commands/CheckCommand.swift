internal import ArgumentParser
internal import Compiler
internal import Diagnostics
internal import JSONText
internal import TenantFiles
internal import Wording

/// `mgc check`: reads and judges; writes nothing but the fixes that it is asked for.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "読んで検査する / Read and judge",
    discussion: """
      誤りがあれば終了ステータスは1。--fix では、直したあとに残るもので決まる。
      The exit status is 1 where a finding is an error; with --fix, where one remains.
      """)

  @OptionGroup var options: TenantOptions

  @Option(help: "human、json、github / human, json or github")
  var format: ReportFormat = .human

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
    var isWhole = true
    var reports: [JSONValue] = []
    isWhole =
      run.forEach { session in
        session.pending.map { run.warn($0, session) }
        var session = session
        var report: FixReport?
        if fix {
          do {
            let fixes = try session.fixes(now: options.moment)
            if !dryRun { try session.write(fixes) }
            report = FixReport(run: fixes, isDryRun: dryRun)
            session = session.remaining(fixes)
          } catch {
            run.say(SessionProblem(error))
            isWhole = false
          }
        }
        hasErrors = hasErrors || session.compilation.hasErrors
        show(session, report, &reports)
      } && isWhole
    if format == .json {
      let report = JSONValue.object([
        "format_version": .integer(JSONRenderer.formatVersion), "tenants": .array(reports),
      ])
      Terminal.write(report.pretty)
    }
    if hasErrors || !isWhole { throw ExitCode(1) }
  }

  /// A patch stands alone on standard output, so that `patch -p0` can read it from there.
  private func show(_ session: Session, _ report: FixReport?, _ reports: inout [JSONValue]) {
    let compilation = session.compilation
    let language = options.language ?? compilation.language
    let stream: Terminal.Stream = dryRun && format != .json ? .error : .output
    if let report, format != .json {
      if dryRun {
        // A program needs each byte; a person's terminal must not be painted by one.
        Terminal.write(Terminal.isTerminal(.output) ? report.visiblePatch : report.patch)
      }
      let text = report.text(language).rendered(colors: Terminal.hasColors(stream))
      Terminal.write(text, to: format == .github ? .error : stream)
    }
    switch format {
    case .human: session.renderFindings(options, to: stream, summary: true)
    case .json:
      let renderer = JSONRenderer(sources: compilation.sources)
      let members: [JSONValue.Member] = [
        JSONValue.Member("file", .string(session.place.file)),
        JSONValue.Member("tenant", compilation.tenantID.map { .string($0) } ?? .null),
        JSONValue.Member(
          "report", renderer.render(compilation.diagnostics, dropped: compilation.dropped)),
      ]
      reports.append(.object(members + (report?.members ?? [])))
    case .github:
      let renderer = GitHubRenderer(sources: compilation.sources, language: language)
      for diagnostic in compilation.diagnostics {
        Terminal.write(renderer.render(diagnostic), to: stream)
      }
    }
  }
}
