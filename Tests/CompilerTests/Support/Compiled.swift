import Artifacts
import Compiler
import Diagnostics
import MailRecords
import Observation
import SourceText
import TenantModel
import TenantReading
import Testing
import Wording

/// A tenant.yaml with the files that it names, through the whole middle of mgc.
struct Compiled {
  /// The moment that the tests judge by.
  static let now = "2026-11-23T09:00:00+09:00"

  let text: String
  let sources: SourceSet
  let compilation: Compilation
  private let reading: Reading
  private let files: ReferencedFiles

  var findings: [Diagnostic] { compilation.diagnostics }
  var errors: [Diagnostic] { findings.filter { $0.code.severity == .error } }

  /// - Parameter file: the text of a file that tenant.yaml names; nil where there is none.
  init(_ text: String, file: (String) -> String? = { _ in nil }) throws {
    try self.init(text) { file($0).map { Array($0.utf8) } }
  }

  /// - Parameter bytes: those of a file that tenant.yaml names; nil where there is none.
  init(_ text: String, bytes file: (String) -> [UInt8]?) throws {
    self.text = text
    let opening = Compiler.open(SourceFile(name: "tenant.yaml", text: text))
    let standard = opening.standard.map { reference in
      file(reference.path).map {
        Standard.file(SourceFile(name: reference.path, bytes: $0))
      } ?? .failure(.init(ja: "ファイルがない", en: "there is no such file"))
    }
    var reading = Compiler.read(opening, standard: standard)
    var files = ReferencedFiles()
    for reference in reading.references where !files.isKnown(reference.value) {
      let path = reference.value.path
      if let bytes = file(path) {
        files.add(path, reading.sources.add(SourceFile(name: path, bytes: bytes)))
      } else {
        files.add(path, failure: .init(ja: "ファイルがない", en: "there is no such file"))
      }
    }
    sources = reading.sources
    self.reading = reading
    self.files = files
    compilation = Compiler.compile(
      reading, files: files, observed: Self.observe(reading, files), lock: nil,
      now: try #require(Timestamp(parsing: Self.now)))
  }

  /// What traces an artifact; nil where a finding is an error.
  func trace() -> Trace? {
    compilation.result().map { [files] result in
      let subject = TraceSubject(reading, files: files, lock: nil) { Self.observe($0, files) }
      return Trace(subject, compilation, result)
    }
  }

  private static func observe(_ reading: Reading, _ files: ReferencedFiles) -> Observed {
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
    return observed
  }

  /// `MGC3012 at LINE:COLUMN`, with the file's name where it is not tenant.yaml.
  func place(_ finding: Diagnostic) -> String {
    let file = sources[finding.primary.file]
    let position = file.position(of: finding.primary.lowerBound)
    let prefix = finding.primary.file == .tenant ? "" : file.name + ":"
    return "\(finding.code.name) at \(prefix)\(position.line):\(position.column)"
  }

  /// What stands at a finding's place.
  func source(_ finding: Diagnostic) -> String {
    sources[finding.primary.file].text(finding.primary.lowerBound..<finding.primary.upperBound)
  }

  /// tenant.yaml with a fix applied.
  func applying(_ fix: Diagnostic.Fix) -> String {
    var bytes = Array(text.utf8)
    for edit in fix.edits.sorted(by: { $0.span > $1.span }) where edit.span.file == .tenant {
      bytes.replaceSubrange(
        edit.span.lowerBound..<edit.span.upperBound, with: Array(edit.replacement.utf8))
    }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Everything that an apply writes, by path; nil where a finding is an error.
  func documents() -> [String: [UInt8]]? {
    compilation.result()?.output().artifacts.reduce(into: [:]) { documents, artifact in
      documents[artifact.path.description] = artifact.bytes
    }
  }
}
