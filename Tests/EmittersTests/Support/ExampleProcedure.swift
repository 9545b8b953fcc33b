import Artifacts
import Diagnostics
import Emitters
import MailRecords
import Observation
import Procedure
import SourceText
import TenantModel
import TenantReading
import Wording
import YAMLTree

/// Builds a procedure from the text of a tenant.yaml, as the compiler does.
struct ExampleProcedure {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  let procedure: Procedure
  /// What the zones hold, by domain as A-label.
  let zoneContents: [String: ZoneContents]

  /// - Parameters:
  ///   - zones: zone files by domain, as A-labels; other zones are unknown.
  ///   - files: what tenant.yaml refers to, by path.
  ///   - remembered: what an earlier apply recorded of the zones.
  ///   - publishing: whether every form of DNS is written, whatever the text asks for.
  ///   - settings: settings in place of those of the text, for what no reader lets through.
  init(
    _ yaml: String, zones: [String: String] = [:], files: [String: String] = [:],
    settings: Settings? = nil, publishing: Bool = false, remembered: [RememberedRecords] = []
  ) throws {
    var bag = DiagnosticBag()
    var sources = SourceSet([SourceFile(name: "tenant.yaml", text: yaml)])
    let document = YAMLReader.read(sources[.tenant], id: .tenant, into: &bag)
    guard let document else { throw Failure(description: "\(bag.sorted.map(\.message.en))") }
    let reading = TenantReader.read(document, into: &bag)
    guard var tenant = reading.tenant, !bag.hasErrors else {
      throw Failure(description: "\(bag.sorted.map(\.message.en))")
    }
    var referenced = ReferencedFiles()
    for (path, text) in files.sorted(by: { $0.key < $1.key }) {
      referenced.add(path, sources.add(SourceFile(name: path, text: text)))
    }
    let keys = TenantReader.resolve(
      &tenant, references: reading.references, files: referenced, sources: sources, into: &bag)
    if settings != nil || publishing {
      tenant = Tenant(
        header: TenantHeader(id: tenant.id, name: tenant.name, language: tenant.language),
        contacts: tenant.contacts, contract: tenant.contract, notice: tenant.notice,
        gateway: tenant.gateway, mailServers: tenant.mailServers, pilot: tenant.pilot,
        domains: publishing ? tenant.domains.map(\.publishingAll) : tenant.domains,
        groups: tenant.groups, settings: settings ?? tenant.settings)
    }
    var contents: [DomainName: ZoneContents] = [:]
    for (name, text) in zones {
      let origin = try DomainName(parsing: name)
      let file = SourceFile(name: name + ".zone", text: text)
      let (zone, findings) = ZoneReader.read(file, id: SourceFileID(index: 99), origin: origin)
      guard let zone, findings.isEmpty else {
        throw Failure(description: "\(findings.map(\.message.en))")
      }
      contents[origin] = zone.contents
    }
    zoneContents = contents.reduce(into: [:]) { $0[$1.key.ascii] = $1.value }
    switch Requirements(of: tenant) {
    case .met(let services):
      procedure = Procedure(
        tenant, services: services, keys: keys, zones: contents, remembered: remembered)
    case .missing(let inputs): throw Failure(description: "missing: \(inputs.map(\.key))")
    }
  }

  /// The paths of the documents below a folder.
  func paths(below folder: String) -> [String] {
    Emitter.documents(of: procedure).map(\.path.description).filter { $0.hasPrefix(folder) }
  }

  func bytes(_ path: String) throws -> [UInt8] {
    let documents = Emitter.documents(of: procedure)
    guard let document = documents.first(where: { $0.path.description == path }) else {
      throw Failure(description: "no \(path) among \(documents.map(\.path.description))")
    }
    return document.bytes
  }

  func text(_ path: String) throws -> String { String(decoding: try bytes(path), as: UTF8.self) }

  /// The documents by path.
  var documents: [String: String] {
    Emitter.documents(of: procedure).reduce(into: [:]) { all, artifact in
      all[artifact.path.description] = String(decoding: artifact.bytes, as: UTF8.self)
    }
  }
}

extension ExampleProcedure {
  /// The keys that any tenant has, for the services given; domains and settings come after it.
  static func head(_ services: [String], language: String = "ja") -> String {
    """
    version: 1
    tenant: { id: kaede-trading, name: 楓商事株式会社, language: \(language) }
    contract: { services: [\(services.joined(separator: ", "))] }
    notice: { accessName: kaede }
    gateway:
      console: mail-security
      mx:
        - { host: mx1.gateway.example, preference: 10 }
        - { host: mx2.gateway.example, preference: 20 }
      relay: { host: relay.gateway.example, port: 25, tls: required }
      egress: [192.0.2.0/28]
      spf: spf.gateway.example
    mailServers:
      - name: mail
        other: { description: レンタルサーバー, addresses: [203.0.113.80] }

    """
  }

  static let both = ["inbound-security", "leak-prevention"]
}

extension ExampleProcedure {
  /// The procedure alone, of zones that were made without a file.
  static func make(_ yaml: String) throws -> Procedure { try ExampleProcedure(yaml).procedure }

  /// The text of an emitted file, without a byte order mark and with LF; nil where there is none.
  static func text(_ path: String, in documents: [Artifact]) -> String? {
    documents.first { $0.path.description == path }.map { document in
      let text = String(decoding: document.bytes, as: UTF8.self)
      return text.split(separator: "\r\n", omittingEmptySubsequences: false)
        .joined(separator: "\n")
    }
  }
}
