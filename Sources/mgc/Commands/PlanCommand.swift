internal import ArgumentParser
internal import Compiler
internal import Diagnostics
internal import JSONText
internal import Procedure
internal import SourceText
internal import TenantFiles
internal import TenantModel

/// `mgc plan`: what would change, step by step, against what was applied.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan", abstract: "何がいつ変わるかを示す / Show what would change, and when",
    discussion:
      "--detailed-exitcodeでは、変更があれば終了ステータスは2 / With --detailed-exitcode the exit status is 2 where there are changes."
  )

  @OptionGroup var options: TenantOptions

  @Option(help: "human または json / human or json")
  var format: PlanFormat = .human

  @Flag(help: "変更があれば2で終わる / exit with 2 where there are changes")
  var detailedExitcode = false

  @Flag(help: "どの行が決めているかも示す / show which line decides each value and change")
  var showOrigin = false

  func run() throws {
    let run = Run(options)
    var hasErrors = false
    var hasChanges = false
    var plans: [JSONValue] = []
    let isWhole = run.forEach { session in
      session.pending.map { run.warn($0, session) }
      session.renderFindings(options, to: .error)
      guard let result = session.compilation.result() else {
        hasErrors = true
        return
      }
      hasChanges = hasChanges || result.plan.hasChanges
      switch format {
      case .human:
        let report = PlanReport(
          session, result, language: options.language ?? session.compilation.language,
          origins: showOrigin ? Origins(session.compilation) : nil)
        Terminal.write(report.text.rendered(colors: Terminal.hasColors(.output)))
      case .json:
        plans.append(
          PlanJSON.value(
            result.plan, tenant: result.procedure.tenant.id.value.text, file: session.place.file,
            origins: showOrigin ? Origins(session.compilation) : nil))
      }
    }
    if format == .json {
      let report = JSONValue.object([
        "format_version": .integer(PlanJSON.formatVersion), "tenants": .array(plans),
      ])
      Terminal.write(report.pretty)
    }
    if hasErrors || !isWhole { throw ExitCode(1) }
    if detailedExitcode && hasChanges { throw ExitCode(2) }
  }
}
