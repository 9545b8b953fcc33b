import Artifacts
import Compiler
import Diagnostics
import Foundation
import MailRecords
import Observation
import Procedure
import SourceText
import TenantModel
import TenantReading
import Wording

/// What mgc makes of a tenant.yaml, without the places in it.
struct Model: Equatable {
  /// The typed model, spans left out.
  let tenant: String
  /// Codes and messages, sorted.
  let findings: [String]
  /// Every artifact by its path; nil where a finding is an error.
  let artifacts: [String: [UInt8]]?

  /// - Parameter folder: where the files are that it names.
  init(_ bytes: [UInt8], folder: URL) {
    var reading = Compiler.read(SourceFile(name: "tenant.yaml", bytes: bytes))
    tenant = reading.tenant.map { Self.outline($0) } ?? "none"
    var files = ReferencedFiles()
    for reference in reading.references where !files.isKnown(reference.value) {
      let path = reference.value.path
      if let data = try? Data(contentsOf: folder.appending(path: path)) {
        files.add(path, reading.sources.add(SourceFile(name: path, bytes: Array(data))))
      } else {
        files.add(path, failure: .init(ja: "ファイルがない", en: "there is no such file"))
      }
    }
    var observed = Observed()
    for domain in reading.tenant?.domains ?? [] {
      guard case .file(let reference) = domain.zone?.value, let id = files.id(of: reference) else {
        continue
      }
      let (zone, findings) = ZoneReader.read(
        reading.sources[id], id: id, origin: domain.name.value)
      observed.diagnostics += findings
      observed.zones[domain.name.value] = zone?.contents
    }
    let now = Timestamp(parsing: "2026-11-23T09:00:00+09:00") ?? Timestamp(seconds: 0)
    let compilation = Compiler.compile(
      reading, files: files, observed: observed, lock: nil, now: now)
    findings = compilation.diagnostics.map { "\($0.code.name) \($0.message.en)" }.sorted()
    artifacts = compilation.result()?.output().artifacts.reduce(into: [:]) {
      $0[$1.path.description] = $1.bytes
    }
  }

  private static func outline(_ value: Any) -> String {
    if value is SourceSpan { return "" }
    let mirror = Mirror(reflecting: value)
    if mirror.children.isEmpty { return "\(value)" }
    return "("
      + mirror.children.map { ($0.label ?? "") + ":" + outline($0.value) }.joined(separator: ",")
      + ")"
  }
}
