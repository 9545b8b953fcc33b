package import Diagnostics
internal import SourceText
internal import Wording

/// The codes of a run over several tenants.
package let runCodes: [DiagnosticCode] = [.sameTenantID]

extension DiagnosticCode {
  static let sameTenantID = DiagnosticCode(
    1058, .error,
    title: .init(ja: "2つのテナントが同じid", en: "two tenants have the same id"),
    explanation: .init(
      ja: "tenant.id は、一緒に読むテナントの中で一つだけです。lockや設定ファイルはidでテナントを見分けるため、写して作ったtenant.yamlのidも変えます。",
      en:
        "A tenant.id is unique among the tenants that are read together. Lock and settings files tell tenants apart by it, so a tenant.yaml that began as a copy needs an id of its own."
    ),
    example: "tenant: { id: kaede-trading, name: 楓商事株式会社, language: ja }")
}

/// The ids of the tenants of a run, so that no two share one.
package struct TenantIdentifiers: Sendable {
  private struct First {
    let span: SourceSpan
    /// tenant.yaml as far as the line of the id.
    let file: SourceFile
  }

  private var seen: [String: First] = [:]

  package init() {}

  /// The compilation with a finding, where one of those before it has its id; nil where none has.
  ///
  /// - Parameter isSameFile: whether two paths lead to one file, which may be named twice.
  package mutating func admit(
    _ compilation: Compilation, isSameFile: (String, String) -> Bool
  ) -> Compilation? {
    guard let id = compilation.tenantID, id.span.file == .tenant else { return nil }
    let file = compilation.sources[.tenant]
    guard let first = seen[id.value] else {
      let line = file.position(of: id.span.upperBound).line
      seen[id.value] = First(
        span: id.span,
        file: SourceFile(
          name: file.name, bytes: Array(file.bytes[..<file.lineRange(line).upperBound])))
      return nil
    }
    if isSameFile(first.file.name, file.name) { return nil }
    var sources = compilation.sources
    let other = sources.add(first.file)
    let name = id.value.excerpt()
    let finding = Diagnostic(
      .sameTenantID, at: id.span,
      .init(
        ja: "「\(name)」というidのテナントがもう一つある",
        en: "another tenant has the id \"\(name)\""),
      help: .init(
        ja: "テナントごとに別のidを付ける", en: "give each tenant an id of its own"),
      labels: [
        Diagnostic.Label(
          SourceSpan(file: other, first.span.lowerBound..<first.span.upperBound),
          .init(ja: "先に使われたところ", en: "first used here"))
      ])
    return compilation.adding(finding, sources)
  }
}
