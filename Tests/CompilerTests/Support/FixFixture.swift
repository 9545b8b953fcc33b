import Compiler
import Diagnostics
import Foundation
import MailRecords
import Observation
import SourceText
import TenantModel
import TenantReading
import Testing
import Wording

/// A fixture of any room that has some, for its fixes.
struct FixFixture: CustomTestStringConvertible, Sendable {
  let name: String
  let folder: URL

  var testDescription: String { name }

  /// Whether it shows what YAML is, and is no tenant.
  var isYAMLOnly: Bool { folder.path().contains("YAMLTreeTests") }

  static let tests = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static let all: [FixFixture] = [
    "YAMLTreeTests", "CompilerTests", "TenantRulesTests",
  ].flatMap { room in
    let folder = tests.appending(path: room).appending(path: "Fixtures")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
    return names.filter { $0.hasSuffix(".yaml") }.sorted().map {
      FixFixture(name: String($0.dropLast(5)), folder: folder)
    }
  }

  func bytes(_ file: String) -> [UInt8]? {
    (try? Data(contentsOf: folder.appending(path: file))).map { Array($0) }
  }

  /// Compiles it, with other bytes for some files.
  func compile(_ replacing: [String: [UInt8]] = [:]) throws -> FixSubject {
    let file = name + ".yaml"
    let bytes = try #require(replacing[file] ?? self.bytes(file))
    let head = String(decoding: bytes.prefix(400), as: UTF8.self).split(separator: "\n").prefix(3)
      .first { $0.hasPrefix("# now: ") }.map { String($0.dropFirst(7)) }
    let now = try #require(Timestamp(parsing: head ?? Compiled.now))
    return try Self.compile(file, bytes, now: now) { replacing[$0] ?? self.bytes($0) }
  }

  static func compile(
    _ name: String, _ bytes: [UInt8], now: Timestamp? = nil, file: (String) -> [UInt8]?
  ) throws -> FixSubject {
    var reading = Compiler.read(SourceFile(name: name, bytes: bytes))
    var files = ReferencedFiles()
    var own: Set = [SourceFileID.tenant]
    for reference in reading.references where !files.isKnown(reference.value) {
      let path = reference.value.path
      if let bytes = file(path) {
        let id = reading.sources.add(SourceFile(name: path, bytes: bytes))
        files.add(path, id)
        own.insert(id)
      } else {
        files.add(path, failure: .init(ja: "ファイルがない", en: "there is no such file"))
      }
    }
    var observed = Observed()
    var zones: [DomainName: ZoneObservation] = [:]
    for domain in reading.tenant?.domains ?? [] {
      guard case .file(let reference) = domain.zone?.value, let id = files.id(of: reference) else {
        continue
      }
      let (zone, findings) = ZoneReader.read(
        reading.sources[id], id: id, origin: domain.name.value)
      observed.diagnostics += findings
      zones[domain.name.value] = zone
      observed.zones[domain.name.value] = zone?.contents
    }
    observed.zoneSpan = { [zones] domain, owner, type in
      zones[domain]?.span(of: owner, type: type)
    }
    let moment = try now ?? #require(Timestamp(parsing: Compiled.now))
    return FixSubject(
      Compiler.compile(reading, files: files, observed: observed, lock: nil, now: moment), own: own)
  }
}

extension FixSubject {
  var findings: [Diagnostic] { compilation.diagnostics }

  /// All files with a fix made, by name.
  func making(_ fix: Diagnostic.Fix) -> [String: [UInt8]] {
    var result: [String: [UInt8]] = [:]
    for (index, file) in compilation.sources.files.enumerated() {
      let edits = fix.edits.filter { Int($0.span.file.index) == index }
      guard !edits.isEmpty else { continue }
      var text = EditedText(file.bytes)
      text.apply(edits)
      result[file.name] = text.bytes
    }
    return result
  }
}
