import Artifacts
import Emitters
import Foundation
import MailRecords
import Procedure
import SourceText
import TenantModel
import TestSupport
import Testing

/// A tenant with one Microsoft 365 mail server, and a fake Exchange Online in which its scripts run
/// (Tests/Judges/exchange_runs.py).
struct FakeOrganization: Sendable, CustomTestStringConvertible {
  let name: String
  let scripts: [String: String]
  /// The scripts once the pilot is over.
  let laterScripts: [String: String]
  let server: String
  let domains: [String]
  let people: [String]
  let initialDomain: String
  /// The DNS before and after the cutover; what step 2 publishes is in both.
  let before: [String: [String: [String]]]
  let after: [String: [String: [String]]]

  var testDescription: String { name }

  init(_ name: String, _ compiled: ExampleProcedure, later: ExampleProcedure) throws {
    self.name = name
    let procedure = compiled.procedure
    guard
      let connection = procedure.connections.first(where: {
        if case .exchange = $0.kind { true } else { false }
      }), case .exchange(let settings, _) = connection.kind
    else { throw Judge.Failure(description: "no Microsoft 365 in \(name)") }
    server = connection.server.name.value.text
    scripts = Self.scripts(of: procedure)
    laterScripts = Self.scripts(of: later.procedure)
    domains = connection.domains.map(\.name.value.ascii)
    people = procedure.tenant.pilotMembers.map(\.description)
    initialDomain = settings.tenant.value.ascii
    let gateway = (procedure.services.inbound?.exchangers ?? []).map { $0.host.value.ascii + "." }
    var before: [String: [String: [String]]] = [:]
    for change in procedure.domains.flatMap(\.senderAuthentication) {
      let texts = change.after.compactMap { data -> String? in
        if case .txt(let value) = data { value.text } else { nil }
      }
      before[String(change.owner.absolute.dropLast()), default: [:]]["TXT", default: []] += texts
    }
    var after = before
    for domain in domains {
      before[domain, default: [:]]["MX"] = ["mail.before.example."]
      after[domain, default: [:]]["MX"] = gateway
    }
    self.before = before
    self.after = after
  }

  private static func scripts(of procedure: Procedure) -> [String: String] {
    Emitter.documents(of: procedure).filter { $0.path.description.hasSuffix(".ps1") }
      .reduce(into: [:]) { all, artifact in
        all[artifact.path.description] = String(decoding: artifact.bytes, as: UTF8.self)
      }
  }

  /// The examples of the repository that have Microsoft 365.
  static let examples: [FakeOrganization] = {
    do {
      return try ExampleFolder.names.compactMap { name in
        let folder = Judge.root.appending(path: "examples/\(name)")
        let yaml = try String(contentsOf: folder.appending(path: "tenant.yaml"), encoding: .utf8)
        guard yaml.contains("microsoft365:") else { return nil }
        let example = try ExampleFolder(name)
        return try FakeOrganization(
          name, example.procedure, later: ExampleFolder(name, editing: withoutPilot).procedure)
      }
    } catch { return [] }
  }()

  static func withoutPilot(_ yaml: String) -> String {
    yaml.split(separator: "\n", omittingEmptySubsequences: false)
      .filter { !$0.hasPrefix("pilot:") }.joined(separator: "\n")
  }

  init(_ tenant: ExchangeTenant) throws {
    try self.init(
      tenant.testDescription, ExampleProcedure(tenant.yaml),
      later: ExampleProcedure(Self.withoutPilot(tenant.yaml)))
  }

  /// The examples, then the tenants that differ in what changes a script.
  static let all: [FakeOrganization] =
    examples + ExchangeTenant.all.compactMap { try? FakeOrganization($0) }

  /// Those whose scripts differ in more than a value.
  static let distinct: [FakeOrganization] =
    examples + ExchangeTenant.all[1...3].compactMap { try? FakeOrganization($0) }

  func has(_ script: String) -> Bool { scripts[path(script)] != nil }

  /// The path of a script by its name.
  func path(_ script: String) -> String {
    switch script {
    case "lockdown": "8-afterwards/\(server)/lockdown.ps1"
    case "undo-lockdown": "rollback/8-afterwards/\(server)/undo-lockdown.ps1"
    case "rollback": "rollback/3-mail-server/\(server)/rollback.ps1"
    default: "3-mail-server/\(server)/\(script).ps1"
    }
  }

  var inboundName: String { "MailGates \(server) inbound" }
  var outboundName: String { "MailGates \(server) outbound" }

  /// What the organization holds besides: connectors of the customer's own, hidden ones among them.
  private var objects: String {
    let accepted = ([initialDomain] + domains).map {
      "{\"DomainName\": \"\($0)\", \"Name\": \"\($0)\", \"DomainType\": \"Authoritative\"}"
    }
    let recipients = people.enumerated().map { index, address in
      """
      {"Name": "Person, \(index)", "DisplayName": "人\(index)", "Alias": "person\(index)",
       "PrimarySmtpAddress": "\(address)",
       "EmailAddresses": ["SMTP:\(address)", "smtp:p\(index)@\(initialDomain)"]}
      """
    }
    return """
      {"AcceptedDomain": [\(accepted.joined(separator: ", "))],
       "Recipient": [\(recipients.joined(separator: ", "))],
       "OrganizationConfig": [{"Name": "organization", "RejectDirectSend": false}],
       "ArcConfig": [{"Identity": "Default", "ArcTrustedSealers": []}],
       "HostedConnectionFilterPolicy": [{"Name": "Default", "IPAllowList": []}],
       "RemoteDomain": [{"Name": "Default", "DomainName": "*", "AutoForwardEnabled": true}],
       "DkimSigningConfig": [],
       "InboundConnector": [{"Name": "Partner", "ConnectorType": "Partner", "RequireTls": true,
         "RestrictDomainsToCertificate": true, "TlsSenderCertificateName": "partner.example",
         "SenderDomains": ["smtp:partner.example;1"], "ConnectorSource": "AdminUI"}],
       "OutboundConnector": [
         {"Name": "Scoped", "ConnectorType": "Partner", "IsTransportRuleScoped": true},
         {"Name": "Tested", "ConnectorType": "Partner", "TestMode": true, "UseMXRecord": false,
          "SmartHosts": ["host.partner.example"]}],
       "TransportRule": [{"Name": "To the partner", "SenderDomainIs": ["other.example"],
         "RouteMessageOutboundConnector": "Scoped"}]}
      """
  }

  /// Does the steps one after the other, and says what happened in each.
  func run(_ steps: [Step]) throws -> Report {
    try Self.run(scripts, objects: objects, dns: before, steps: steps)
  }

  /// The same in any organization.
  static func run(
    _ scripts: [String: String], objects: String, dns: [String: [String: [String]]] = [:],
    steps: [Step]
  ) throws -> Report {
    let work = Work(scripts: scripts, objects: objects, dns: dns, steps: steps)
    return try Judge.read(
      "exchange_runs.py", input: Array(try JSONEncoder().encode(work)), as: Report.self)
  }

  private struct Work: Encodable {
    let scripts: [String: String]
    let objects: String
    let dns: [String: [String: [String]]]
    let steps: [Step]
  }
}

extension FakeOrganization {
  /// A run of a script, or a change of the world.
  struct Step: Encodable {
    var run: String?
    var arguments: [String: Argument] = [:]
    /// Whether the person at the console agrees to what is asked.
    var answers = true
    /// Whether the script runs once for each of its reads, which fails.
    var failEach = false
    /// Whether the world afterwards is as before.
    var isProbe = false
    var dns: [String: [String: [String]]]?
    var scripts: [String: String]?
    /// `names`: people read back by their name. `addresses`: as they were written.
    var people: String?
    /// Objects by kind, as JSON: what is named is changed, or removed with `"Remove": true`.
    var edit: String?
    /// Ends of paths of files that get lost.
    var forget: [String] = []
  }

  enum Argument: Encodable, ExpressibleByBooleanLiteral, ExpressibleByArrayLiteral {
    case flag(Bool)
    case texts([String])

    init(booleanLiteral value: Bool) { self = .flag(value) }
    init(arrayLiteral elements: String...) { self = .texts(elements) }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .flag(let value): try container.encode(value)
      case .texts(let values): try container.encode(values)
      }
    }
  }

  struct Report: Decodable {
    /// The runs of each step; none where the step only changed the world.
    let results: [[Run]]
    let files: [String: String]

    /// The runs in their order.
    var runs: [Run] { results.flatMap { $0 } }
  }

  struct Run: Decodable {
    let script: String
    /// The exit code of a script that ends with one.
    let exit: Int
    /// Why the script stopped; nil where it came to its end.
    let error: String?
    let reads: [String]
    let changes: [String]
    /// What was changed after a read had failed.
    let late: [String]
    /// Errors that did not stop the script.
    let errors: [String]
    /// States on the way in which mail would be lost or not be judged.
    let hazards: [String]
    let warnings: [String]
    let whatIf: [String]
    let questions: [String]
    let transcripts: [String]
    let output: [[String: String]]
    /// Whether the objects are as before.
    let same: Bool
    let files: [String]
    /// All objects, for comparison.
    let state: String
    /// The objects that scripts may change, a line each.
    let listing: [String]

    func outcomes(of name: String) -> [String] {
      output.filter { $0["Name"] == name }.compactMap { $0["Outcome"] }
    }
  }

  /// The steps up to and with a script, in the order of the runbook, each run once.
  func steps(through last: String) -> [Step] {
    var steps: [Step] = []
    for script in ["preflight", "connect", "start-inbound", "start-outbound"] {
      if has(script) { steps.append(step(script)) }
      if script == last { return steps }
    }
    steps.append(Step(scripts: laterScripts))
    steps.append(step("connect"))
    steps.append(Step(dns: after))
    if last == "cutover" { return steps }
    if has("lockdown") { steps.append(step("lockdown")) }
    return steps
  }

  /// A run with the arguments that the script needs.
  func step(_ script: String, _ arguments: [String: Argument] = [:]) -> Step {
    var arguments = arguments
    if script == "start-outbound" { arguments["TestRecipient"] = ["you@outside.example"] }
    return Step(run: path(script), arguments: arguments)
  }
}
