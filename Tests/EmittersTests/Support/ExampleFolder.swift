import Foundation
import MailRecords
import Procedure
import SourceText
import TenantModel
import TestSupport
import Wording

/// An example of the repository as a procedure, with every form of DNS written.
struct ExampleFolder {
  let name: String
  let procedure: ExampleProcedure
  /// The zone files of the example, by domain as A-label.
  let zones: [String: String]

  static let names = [
    "kaede-trading", "minimal", "momiji-group", "nadeshiko-medical", "sakura-software",
    "tsubaki-foods",
  ]

  /// - Parameters:
  ///   - language: in place of the example's own.
  ///   - changed: zone files in place of those of the example.
  ///   - remembered: what an earlier apply recorded of the zones.
  ///   - editing: a change of its tenant.yaml.
  init(
    _ name: String, language: Language? = nil, changed: [String: String] = [:],
    remembered: [RememberedRecords] = [], editing: (String) -> String = { $0 }
  ) throws {
    self.name = name
    let folder = Judge.root.appending(path: "examples/\(name)")
    var files: [String: String] = [:]
    let paths = FileManager.default.enumerator(atPath: folder.path())
    while let path = paths?.nextObject() as? String {
      if path.hasPrefix("out") { continue }
      let text = try? String(contentsOf: folder.appending(path: path), encoding: .utf8)
      if let text { files[path] = text }
    }
    var yaml = editing(files["tenant.yaml"] ?? "")
    if let language {
      for other in Language.allCases {
        yaml = yaml.replacing("language: \(other.rawValue)", with: "language: \(language.rawValue)")
      }
    }
    var zones: [String: String] = [:]
    for path in files.keys.sorted() where path.hasPrefix("zones/") {
      zones[String(path.dropFirst(6).dropLast(5))] = files[path]
    }
    zones.merge(changed) { $1 }
    self.zones = zones
    procedure = try ExampleProcedure(
      yaml, zones: zones, files: files, publishing: true, remembered: remembered)
  }
}

extension TenantDomain {
  /// The domain with every form of DNS asked for.
  var publishingAll: TenantDomain {
    TenantDomain(
      name: name, role: role, mailServer: mailServer, deliveryHost: deliveryHost, zone: zone,
      publish: PublishFormat.allCases.map { Located($0, at: span) }, spf: spf, dkim: dkim,
      dmarc: dmarc, tlsReports: tlsReports, mtaSTS: mtaSTS, cutover: cutover, mxTTL: mxTTL,
      span: span)
  }
}
