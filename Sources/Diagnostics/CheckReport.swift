package import JSONText
package import SourceText
package import Wording

/// What `mgc check --format json` writes: one report of all tenants of a run. Its schema is
/// `CheckReport.schema`.
package struct CheckReport: Sendable {
  private var tenants: [JSONValue] = []

  package init() {}

  /// A tenant that was read, as it stands in the report.
  ///
  /// - Parameter fixes: what `check --fix` did or would do.
  package static func entry(
    file: String, tenant: String?, sources: SourceSet, findings: [Diagnostic],
    silenced: [SilencedFinding], dropped: Int, fixes: [JSONValue.Member] = []
  ) -> JSONValue {
    .object(
      [
        .init("file", .string(file)),
        .init("tenant", tenant.map { .string($0) } ?? .null),
        .init(
          "report",
          JSONRenderer(sources: sources).render(findings, silenced: silenced, dropped: dropped)),
        .init("problem", .null),
      ] + fixes)
  }

  package mutating func add(_ entry: JSONValue) { tenants.append(entry) }

  /// Adds a path that could not be read at all.
  package mutating func add(file: String, problem: LocalizedText, help: LocalizedText?) {
    func text(_ text: LocalizedText) -> JSONValue {
      .object(["ja": .string(text.ja), "en": .string(text.en)])
    }
    tenants.append(
      .object([
        "file": .string(file), "tenant": .null, "report": .null,
        "problem": .object(["message": text(problem), "help": help.map(text) ?? .null]),
      ]))
  }

  package var json: JSONValue {
    .object([
      "format_version": .integer(JSONRenderer.formatVersion), "tenants": .array(tenants),
    ])
  }
}
