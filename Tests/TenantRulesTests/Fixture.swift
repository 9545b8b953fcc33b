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

/// A tenant.yaml below `Fixtures` with the files beside it.
///
/// Its first line says what is found: `# expect: MGC3012 at LINE:COLUMN, …`, with the file's name
/// and a colon before the line where the place is in another file. A further comment
/// `# now: TIMESTAMP` sets the clock.
struct Fixture: CustomTestStringConvertible {
  /// When a fixture is judged that does not say.
  static let now = "2026-11-23T09:00:00+09:00"

  let name: String
  /// The texts of tenant.yaml and of the files beside it, by name.
  var texts: [String: String]

  var testDescription: String { name }

  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Fixtures")

  static let all: [Fixture] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
    let stems = names.filter { $0.hasSuffix(".yaml") }.map { String($0.dropLast(5)) }.sorted()
    return stems.map { stem in
      var texts: [String: String] = [:]
      for name in names where name.hasPrefix(stem + ".") {
        let bytes = try? Data(contentsOf: folder.appendingPathComponent(name))
        texts[name] = bytes.map { String(decoding: $0, as: UTF8.self) }
      }
      return Fixture(name: stem, texts: texts)
    }
  }()

  /// The lines of the head, by what comes before the colon.
  private func head(_ key: String) -> String? {
    let prefix = "# \(key): "
    return (texts[name + ".yaml"] ?? "").split(separator: "\n").prefix(3)
      .first { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
  }

  /// What the first line says.
  var expected: [String] {
    (head("expect") ?? "").split(separator: ",").map { String($0.trimmingPrefix(" ")) }.sorted()
  }

  func compile() throws -> Outcome {
    let now = try #require(Timestamp(parsing: head("now") ?? Self.now))
    return try Outcome(name + ".yaml", texts: texts, now: now)
  }
}

/// What a tenant.yaml compiles to, with zone files and keys read from texts.
struct Outcome {
  let sources: SourceSet
  let compilation: Compilation

  var findings: [Diagnostic] { compilation.diagnostics }

  init(_ name: String, texts: [String: String], now: Timestamp) throws {
    let text = try #require(texts[name])
    var reading = Compiler.read(SourceFile(name: name, text: text))
    var files = ReferencedFiles()
    for reference in reading.references {
      let path = reference.value.path
      guard let text = texts[path] else {
        files.add(path, failure: .init(both: "it is not beside the fixture"))
        continue
      }
      files.add(path, reading.sources.add(SourceFile(name: path, text: text)))
    }
    var observed = Observed()
    observed.codes = zoneReadingCodes
    var zones = ObservedZones()
    for domain in reading.tenant?.domains ?? [] {
      switch domain.zone?.value {
      case .file(let reference):
        guard let id = files.id(of: reference) else { continue }
        zones.addFile(reading.sources[id], id, of: domain.name.value)
      case .snapshot(let reference):
        guard let id = files.id(of: reference) else { continue }
        zones.addSnapshot(reading.sources[id], id, of: domain.name.value)
      case nil: continue
      }
    }
    let exports = ObservedExports(reading.tenant) { [sources = reading.sources] reference in
      files.id(of: reference).map { (sources[$0], $0) }
    }
    observed.exports = exports.exports
    observed.diagnostics += zones.findings + exports.findings
    observed.zones = zones.zones
    observed.zoneSpan = zones.span
    observed.answers = zones.answers
    observed.recordings = zones.recordings
    sources = reading.sources
    compilation = Compiler.compile(reading, files: files, observed: observed, lock: nil, now: now)
  }

  /// `MGC3012 at LINE:COLUMN`, with the file's name where it is not tenant.yaml.
  func place(_ finding: Diagnostic) -> String {
    let file = sources[finding.primary.file]
    let position = file.position(of: finding.primary.lowerBound)
    let prefix = finding.primary.file == .tenant ? "" : file.name + ":"
    return "\(finding.code.name) at \(prefix)\(position.line):\(position.column)"
  }

  /// The texts with a fix applied.
  func applying(_ fix: Diagnostic.Fix, to texts: [String: String]) -> [String: String] {
    var texts = texts
    for edit in fix.edits.sorted(by: { $0.span > $1.span }) {
      let name = sources[edit.span.file].name
      var bytes = Array((texts[name] ?? "").utf8)
      bytes.replaceSubrange(
        edit.span.lowerBound..<edit.span.upperBound, with: Array(edit.replacement.utf8))
      texts[name] = String(decoding: bytes, as: UTF8.self)
    }
    return texts
  }
}
