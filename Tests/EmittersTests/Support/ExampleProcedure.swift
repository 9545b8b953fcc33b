import Artifacts
import Diagnostics
import Emitters
import MailRecords
import Procedure
import SourceText
import TenantModel
import TenantReading
import YAMLTree

/// A procedure made from the text of a tenant.yaml, with zones that are not known.
struct ExampleProcedure {
  struct Refused: Error, CustomStringConvertible {
    let description: String
  }

  let procedure: Procedure
  /// What the emitters write, by path.
  let documents: [(path: String, bytes: [UInt8])]

  init(_ yaml: String) throws {
    var bag = DiagnosticBag()
    let file = SourceFile(name: "tenant.yaml", text: yaml)
    guard let document = YAMLReader.read(file, id: .tenant, into: &bag) else {
      throw Refused(description: "\(bag.sorted)")
    }
    let reading = TenantReader.read(document, into: &bag)
    guard let tenant = reading.tenant, !bag.hasErrors else {
      throw Refused(description: "\(bag.sorted)")
    }
    guard case .met(let services) = Requirements(of: tenant) else {
      throw Refused(description: "values are missing")
    }
    procedure = Procedure(tenant, services: services, keys: KeyRing(), zones: [:])
    documents = Emitter.documents(of: procedure).map { ($0.path.description, $0.bytes) }
  }

  func paths(below folder: String) -> [String] {
    documents.map(\.path).filter { $0.hasPrefix(folder) }
  }

  func bytes(_ path: String) throws -> [UInt8] {
    guard let document = documents.first(where: { $0.path == path }) else {
      throw Refused(description: "no \(path) among \(documents.map(\.path))")
    }
    return document.bytes
  }

  func text(_ path: String) throws -> String { String(decoding: try bytes(path), as: UTF8.self) }
}
