internal import ArgumentParser
internal import Compiler
internal import Diagnostics
internal import JSONText
internal import TenantFiles

/// `mgc check`: reads and judges; writes nothing.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "読んで検査する / Read and judge",
    discussion: "誤りがあれば終了ステータスは1 / The exit status is 1 where a finding is an error.")

  @OptionGroup var options: TenantOptions

  @Option(help: "human、json、github / human, json or github")
  var format: ReportFormat = .human

  func run() throws {
    let run = Run(options)
    var hasErrors = false
    var reports: [JSONValue] = []
    let isWhole = run.forEach { session in
      session.pending.map { run.warn($0, session) }
      let compilation = session.compilation
      hasErrors = hasErrors || compilation.hasErrors
      switch format {
      case .human: session.renderFindings(options, to: .output, summary: true)
      case .json:
        let renderer = JSONRenderer(sources: compilation.sources)
        reports.append(
          .object([
            "file": .string(session.place.file),
            "tenant": compilation.tenantID.map { .string($0) } ?? .null,
            "report": renderer.render(compilation.diagnostics, dropped: compilation.dropped),
          ]))
      case .github:
        let renderer = GitHubRenderer(
          sources: compilation.sources, language: options.language ?? compilation.language)
        for diagnostic in compilation.diagnostics { Terminal.write(renderer.render(diagnostic)) }
      }
    }
    if format == .json {
      let report = JSONValue.object([
        "format_version": .integer(JSONRenderer.formatVersion), "tenants": .array(reports),
      ])
      Terminal.write(report.pretty)
    }
    if hasErrors || !isWhole { throw ExitCode(1) }
  }
}
