internal import Compiler
package import Diagnostics
internal import Ledger
internal import MailRecords
internal import Observation
internal import SourceText
internal import TenantModel
internal import TenantReading
internal import Wording

/// Bytes from nowhere, put through the whole of mgc's middle: all that it reads, judges and writes.
///
/// The first byte says what the others are, by a control that no text begins with: 1 a zone file,
/// 2 a list of members, 3 a lock, 4 a DKIM key, 5 a snapshot of the DNS, 6 a message of the DNS,
/// 7 SPF records, 8 a list that the console exported. Without one, all bytes are a tenant.yaml.
package struct FuzzInput: Sendable {
  package enum Kind: UInt8, CaseIterable, Sendable {
    case zone = 1
    case members = 2
    case lock = 3
    case key = 4
    case snapshot = 5
    case message = 6
    case spf = 7
    case list = 8
  }

  private let kind: Kind?
  private let bytes: [UInt8]

  package init(_ bytes: [UInt8]) {
    kind = bytes.first.flatMap(Kind.init)
    self.bytes = kind == nil ? bytes : Array(bytes.dropFirst())
  }

  package init(_ kind: Kind?, _ bytes: [UInt8]) {
    self.kind = kind
    self.bytes = bytes
  }

  /// What does not hold of the outcome, in words; empty where all is well.
  package func faults() -> [String] {
    if kind == .message { return DNSProbe.faults(bytes) }
    if kind == .spf { return SPFInput(bytes).faults() }
    let (compilation, sources) = compiled()
    var invariants = Invariants()
    invariants.check(compilation, sources)
    return invariants.faults
  }

  package func findings() -> [Diagnostic] { compiled().0.diagnostics }

  private func compiled() -> (Compilation, SourceSet) {
    let tenant =
      switch kind {
      case nil: bytes
      case .snapshot: Array(Self.snapshotTenant.utf8)
      case .list: Array(Self.listTenant.utf8)
      default: Array(Self.tenant.utf8)
      }
    return Self.compile(tenant) { path in
      if path.hasPrefix("exports/") { return kind == .list ? bytes : nil }
      switch path.utf8.last {
      // zone, csv, json, txt; other files are missing.
      case UInt8(ascii: "e"): return kind == .zone ? bytes : Array(Self.zone.utf8)
      case UInt8(ascii: "v"): return kind == .members ? bytes : Array(Self.members.utf8)
      case UInt8(ascii: "n"): return kind == .snapshot ? bytes : nil
      case UInt8(ascii: "t"): return kind == .key ? bytes : Array(Self.key.utf8)
      default: return nil
      }
    } lock: {
      kind == .lock ? bytes : nil
    }
  }

  private static func compile(
    _ bytes: [UInt8], file: (String) -> [UInt8]?, lock: () -> [UInt8]?
  ) -> (Compilation, SourceSet) {
    var reading = Compiler.read(SourceFile(name: "tenant.yaml", bytes: bytes))
    var files = ReferencedFiles()
    for reference in reading.references where !files.isKnown(reference.value) {
      let path = reference.value.path
      if let bytes = file(path) {
        files.add(path, reading.sources.add(SourceFile(name: path, bytes: bytes)))
      } else {
        files.add(path, failure: .init(ja: "ファイルがない", en: "there is no such file"))
      }
    }
    var observed = Observed()
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
    observed.diagnostics += zones.findings
    observed.zones = zones.zones
    observed.answers = zones.answers
    observed.recordings = zones.recordings
    var known: Lock?
    if let bytes = lock() {
      let file = SourceFile(name: Lock.fileName, bytes: bytes)
      var bag = DiagnosticBag()
      known = Lock.read(file, id: reading.sources.add(file), into: &bag)
      observed.diagnostics += bag.sorted
    }
    let sources = reading.sources
    let compilation = Compiler.compile(
      reading, files: files, observed: observed, lock: known, now: now)
    return (compilation, sources)
  }

  private static var now: Timestamp {
    guard let now = Timestamp(parsing: "2026-11-23T09:00:00+09:00") else {
      preconditionFailure("the clock of the tests is a time")
    }
    return now
  }
}
