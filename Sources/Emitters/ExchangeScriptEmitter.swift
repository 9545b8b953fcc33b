internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel

// The scripts for Exchange Online. They create everything disabled, start it in a second script
// that checks first, and restrict only after the cutover, in a third. Each reads in its own run
// what it depends on and stops where it cannot: what could not be read is not taken as absent.
//
// ExchangeScriptFrame and ExchangeScriptFunctions hold what scripts share, ExchangeCmdlets what
// they may call, and the files named after the scripts hold the rest.

extension Emitter {
  package static let exchangeScripts = Emitter { procedure in
    procedure.connections.flatMap { connection -> [Artifact] in
      guard case .exchange(let settings, let exchange) = connection.kind else { return [] }
      return ExchangeScripts(
        procedure: procedure, connection: connection, settings: settings, exchange: exchange
      ).artifacts
    }
  }
}

/// The scripts of one Microsoft 365 mail server.
struct ExchangeScripts {
  let procedure: Procedure
  let connection: MailServerConnection
  let settings: Microsoft365
  let exchange: ExchangeConnection

  /// The contracted domains with mail on this server.
  var domains: [String] { connection.domains.map(\.name.value.ascii) }

  /// The gateway's hosts that the MX points to after the cutover.
  var exchangers: [String] {
    (procedure.services.inbound?.exchangers ?? []).map(\.host.value.ascii)
  }

  var egress: [String] {
    let services = procedure.services
    return (services.inbound?.egress ?? services.outbound?.egress ?? []).map(\.description)
  }

  /// The initial domain of the organization that the scripts are for.
  var organization: String { settings.tenant.value.ascii }

  var artifacts: [Artifact] {
    let name = connection.server.name.value.text
    let step: ArtifactPath = Step.mailServer.path + "\(name: name)"
    let after: ArtifactPath = Step.afterwards.path + "\(name: name)"
    let back: ArtifactPath = "rollback"
    var artifacts = [
      Artifact(step + "preflight.ps1", preflight),
      Artifact(step + "connect.ps1", connect),
      Artifact(back + step + "rollback.ps1", rollback),
    ]
    artifacts.append(Artifact(step + "validate.ps1", validate))
    artifacts.append(Artifact(step + "check-users.ps1", checkUsers))
    if let sealer = exchange.arcSealer {
      artifacts.append(Artifact(step + "trust-sealer.ps1", trustSealer(sealer)))
      artifacts.append(Artifact(back + step + "distrust-sealer.ps1", distrustSealer(sealer)))
    }
    if let rule = exchange.journalRule, let archive = settings.archive {
      artifacts.append(Artifact(step + "archive.ps1", self.archive(rule, archive)))
      artifacts.append(Artifact(back + step + "stop-archive.ps1", stopArchive(rule, archive)))
    }
    if connection.connections.contains(.oauthClient), let registration = settings.registration,
      let redirect = procedure.tenant.notice?.oauth?.redirect.value
    {
      artifacts.append(
        Artifact(step + "oauth-app.ps1", registerApp(registration, redirect: redirect.text)))
    }
    if let connector = inboundConnector {
      artifacts.append(Artifact(step + "start-inbound.ps1", startInbound(connector)))
      if let lockdown = exchange.lockdown {
        artifacts.append(Artifact(after + "lockdown.ps1", self.lockdown(connector, lockdown)))
        artifacts.append(
          Artifact(back + after + "undo-lockdown.ps1", undoLockdown(connector, lockdown)))
      }
    }
    if let connector = outboundConnector, let rule = outboundRule,
      let outbound = procedure.services.outbound
    {
      artifacts.append(
        Artifact(
          step + "start-outbound.ps1",
          startOutbound(connector, rule, include: outbound.spf.ascii)))
    }
    return artifacts
  }

  /// `$RecordPath`: what preflight.ps1 wrote the first time, unless the person says where it is.
  /// `levels` is how many folders lie between the script's own and the whole output.
  func recordPath(levels: Int) -> PowerShell {
    let folders = connection.folder(of: .mailServer).components
    let up = Array(repeating: "..", count: levels) + folders
    let path = (levels == 0 ? [] : up) + ["before.json"]
    return """
      if ($RecordPath -eq '') {
          $RecordPath = Join-Path -Path $PSScriptRoot -ChildPath \(quoted: path.joined(separator: "\\"))
      }
      $RecordPath = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($RecordPath)
      """
  }

  var inboundConnector: Part? {
    exchange.inboundConnector.map { Part($0, variable: "inboundConnector") }
  }
  var spamBypassRule: Part? {
    exchange.spamBypassRule.map { Part($0, variable: "spamBypassRule") }
  }
  var outboundConnector: Part? {
    exchange.outboundConnector.map { Part($0, variable: "outboundConnector") }
  }
  var outboundRule: Part? { exchange.outboundRule.map { Part($0, variable: "outboundRule") } }

  /// All objects in the order in which they are made.
  var parts: [Part] {
    [inboundConnector, spamBypassRule, outboundConnector, outboundRule].compactMap { $0 }
  }

  /// An object and the name of the variables about it.
  struct Part {
    let object: ExchangeObject
    let variable: PowerShell

    init(_ object: ExchangeObject, variable: PowerShell) {
      self.object = object
      self.variable = variable
    }

    /// What follows the verb of a cmdlet.
    var noun: PowerShell {
      switch object.kind {
      case .inboundConnector: "InboundConnector"
      case .outboundConnector: "OutboundConnector"
      case .transportRule: "TransportRule"
      case .journalRule: "JournalRule"
      }
    }

    /// What people call it in a comment.
    var comment: PowerShell {
      switch object.kind {
      case .inboundConnector: "# Inbound connector"
      case .outboundConnector: "# Outbound connector"
      case .transportRule: "# Mail flow rule"
      case .journalRule: "# Journal rule"
      }
    }

    /// What a rerun leaves alone: after the lockdown it would open the way around the gateway.
    var atCreation: [ExchangeObject.Parameter] {
      object.parameters.filter { Self.guarded.contains($0.name) }
    }

    /// What creating and changing have in common.
    var always: [ExchangeObject.Parameter] {
      object.parameters.filter { !Self.guarded.contains($0.name) }
    }

    /// What rollback.ps1 restores, besides whether a rule is on: all that these scripts change.
    var restored: [String] {
      let names = object.parameters.map(\.name)
      switch object.kind {
      case .inboundConnector:
        return names + ["SenderIPAddresses", "TlsSenderCertificateName", "Enabled"]
      case .outboundConnector: return names + ["Enabled"]
      case .transportRule, .journalRule: return names
      }
    }

    private static let guarded = [
      "RequireTls", "RestrictDomainsToIPAddresses", "RestrictDomainsToCertificate",
    ]
  }
}

extension PowerShellScript {
  /// `$xName` and the table `$x`.
  mutating func declare(_ part: ExchangeScripts.Part, _ parameters: [ExchangeObject.Parameter]) {
    line("$\(part.variable)Name = \(quoted: part.object.name)")
    table(part.variable, parameters)
  }
}
