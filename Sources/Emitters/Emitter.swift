package import Artifacts
package import Procedure
internal import TenantModel
internal import Wording

/// Writes some of the documents of a procedure. It cannot fail: what is here has been judged.
package struct Emitter: Sendable {
  package let emit: @Sendable (Procedure) -> [Artifact]

  package init(_ emit: @escaping @Sendable (Procedure) -> [Artifact]) { self.emit = emit }

  /// Every emitter; adding an artifact adds a line here.
  package static let all: [Emitter] = [
    .login,
    .vendorNotice,
    .zones,
    .octodns,
    .terraform,
    .updates,
    .recordPages,
    .recordTables,
    .transportPolicies,
    .reportAuthorizations,
    .dkimSheet,
    .exchangeScripts,
    .exchangeInstructions,
    .googleInstructions,
    .postfixFiles,
    .otherInstructions,
    .samlRequest,
    .settingsFile,
    .settingsLists,
    .clickSheet,
    .deliveryTarget,
  ]

  /// All documents; the runbook, which names the others, is the last in each of its forms. Those in
  /// `out/` are these and the manifest.
  package static func documents(of procedure: Procedure) -> [Artifact] {
    var documents = all.flatMap { $0.emit(procedure) }.sorted { $0.path < $1.path }
    if let domains = DomainOverview.artifact(procedure, paths: documents.map(\.path)) {
      documents.append(domains)
    }
    let runbook = Runbook(procedure, documents: documents)
    let page = RunbookMarkdown.page(runbook, language: procedure.tenant.language)
    let calendar = runbook.calendar(of: procedure.tenant).map { Artifact("calendar.ics", $0) }
    return documents
      + [
        calendar, Artifact("RUNBOOK.md", page),
        Artifact("runbook.html", RunbookHTML.page(runbook, of: procedure.tenant, documents)),
      ].compactMap { $0 }
  }
}

extension Procedure {
  /// A phrase in the tenant's language.
  func say(_ phrase: MarkdownPhrase) -> Markdown { phrase[tenant.language] }

  /// Whether the contract asks for the step.
  func asks(for step: Step) -> Bool { steps.contains(step) }
}

extension Step {
  /// The folder of the step's artifacts.
  var path: ArtifactPath {
    switch self {
    case .login: "1-login"
    case .senderAuthentication: "2-sender-authentication"
    case .mailServer: "3-mail-server"
    case .ttl: "4-ttl"
    case .settings: "5-settings"
    case .mxCutover: "6-mx-cutover"
    case .deliveryTarget: "7-delivery-target"
    case .afterwards: "8-afterwards"
    }
  }
}
