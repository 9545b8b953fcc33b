internal import ArgumentParser
internal import Diagnostics
internal import FoundationEssentials
internal import SourceText
internal import TenantModel
internal import Wording

extension Language: ExpressibleByArgument {}

extension Timestamp: ExpressibleByArgument {
  package init?(argument: String) { self.init(parsing: argument) }
}

/// What the commands that read tenants have in common.
struct TenantOptions: ParsableArguments {
  @Argument(
    help:
      "tenant.yaml、そのフォルダー、またはそれらを集めたフォルダー / a tenant.yaml, its folder, or a folder of such folders"
  )
  var paths: [String] = ["."]

  @Option(help: "ja または en。指定がなければtenant.yamlのもの / ja or en; else the tenant's own")
  var language: Language?

  @Option(
    help: "この時点のものとして判断する(RFC 3339) / judge as of this time (RFC 3339)")
  var now: Timestamp?

  /// The time to judge by: the clock's, where nobody says otherwise.
  var moment: Timestamp {
    now ?? Timestamp(seconds: Int(Date().timeIntervalSince1970))
  }
}

/// How a report is written.
enum ReportFormat: String, CaseIterable, ExpressibleByArgument {
  case human
  case json
  case sarif
  case github
}

/// How a plan is written.
enum PlanFormat: String, CaseIterable, ExpressibleByArgument {
  case human
  case json
}
