import Artifacts
import Diagnostics
import Emitters
import MailRecords
import Procedure
import SourceText
import TenantModel
import TenantReading
import Wording
import YAMLTree

/// A procedure made of the text of a tenant.yaml, without the files that it names and with
/// unknown zones.
enum ExampleProcedure {
  struct NotUsable: Error, CustomStringConvertible {
    let description: String
  }

  static func make(_ yaml: String, zones: [DomainName: ZoneContents] = [:]) throws -> Procedure {
    var sources = SourceSet()
    let file = SourceFile(name: "tenant.yaml", text: yaml)
    let id = sources.add(file)
    var bag = DiagnosticBag()
    guard let document = YAMLReader.read(file, id: id, into: &bag) else {
      throw NotUsable(description: describe(bag))
    }
    let reading = TenantReader.read(document, into: &bag)
    guard var tenant = reading.tenant, !bag.hasErrors else {
      throw NotUsable(description: describe(bag))
    }
    let keys = TenantReader.resolve(
      &tenant, references: reading.references, files: ReferencedFiles(), sources: sources,
      into: &bag)
    switch Requirements(of: tenant) {
    case .met(let services):
      return Procedure(tenant, services: services, keys: keys, zones: zones)
    case .missing(let inputs):
      let missing = inputs.map(\.key).joined(separator: ", ")
      throw NotUsable(description: "missing " + missing)
    }
  }

  /// The text of an emitted file, without a byte order mark and with LF; nil where there is none.
  static func text(_ path: String, in documents: [Artifact]) -> String? {
    documents.first { $0.path.description == path }.map { document in
      let text = String(decoding: document.bytes, as: UTF8.self)
      return text.split(separator: "\r\n", omittingEmptySubsequences: false)
        .joined(separator: "\n")
    }
  }

  private static func describe(_ bag: DiagnosticBag) -> String {
    bag.sorted.map { "\($0.code.number): \($0.message.en)" }.joined(separator: "\n")
  }
}
