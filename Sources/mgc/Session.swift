internal import Compiler
internal import Diagnostics
internal import Ledger
internal import MailRecords
internal import Observation
internal import SourceText
internal import TenantFiles
internal import TenantModel
internal import TenantReading
internal import Wording
internal import YAMLTree

/// One tenant of a run: its folder, and what came of compiling it.
struct Session: Sendable {
  let place: TenantPlace
  let folder: Folder
  var compilation: Compilation
  /// The model; nil where tenant.yaml could not be read.
  let tenant: Tenant?
  /// The tenant's own files beneath its folder, which fixes may edit, by their paths there.
  let own: [SourceFileID: String]
  /// What was applied before; nil where nothing was.
  let lock: Lock?
  /// An apply that did not come to its end.
  let pending: PendingJournal?

  /// The largest tenant.yaml and referenced file, in bytes.
  static let fileLimit = YAMLLimits.standard.bytes

  /// Reads the folder and compiles what it says.
  ///
  /// - Parameter replacing: bytes in place of what the files of these names hold.
  static func open(
    _ place: TenantPlace, now: Timestamp, replacing: [String: [UInt8]] = [:]
  ) throws -> Session {
    try Session(place, Material(place, replacing), now: now)
  }

  /// Reads the folder for a trace; nil where something keeps the tenant from being written.
  static func trace(
    _ place: TenantPlace, now: Timestamp
  ) throws -> (session: Session, trace: Trace?) {
    let material = try Material(place, [:])
    let session = try Session(place, material, now: now)
    guard let result = session.compilation.result() else { return (session, nil) }
    let subject = TraceSubject(
      material.reading, files: material.files, lock: material.lock,
      observe: material.observer())
    return (session, Trace(subject, session.compilation, result))
  }

  /// The reseller's standard, which may be above the folder.
  fileprivate static func standard(
    _ reference: StandardReference, _ folder: Folder, _ place: TenantPlace
  ) -> Standard {
    do throws(ReadProblem) {
      let bytes = try folder.readAbove(reference.path, limit: fileLimit)
      return .file(SourceFile(name: place.display(reference.path), bytes: bytes))
    } catch {
      return .failure(error.message)
    }
  }

  /// What the zone files, snapshots and exports hold.
  static func zones(of reading: Reading, _ files: ReferencedFiles) -> Observed {
    var observed = Observed()
    observed.codes = zoneReadingCodes
    var zones = ObservedZones()
    for domain in reading.tenant?.domains ?? [] {
      let name = domain.name.value
      switch domain.zone?.value {
      case .file(let reference):
        guard let id = files.id(of: reference) else { continue }
        zones.addFile(reading.sources[id], id, of: name)
      case .snapshot(let reference):
        guard let id = files.id(of: reference) else { continue }
        zones.addSnapshot(reading.sources[id], id, of: name)
      case nil: continue
      }
    }
    observed.zones = zones.zones
    observed.zoneSpan = zones.span
    observed.answers = zones.answers
    observed.recordings = zones.recordings
    observed.diagnostics += zones.findings
    let exports = ObservedExports(reading.tenant) { reference in
      files.id(of: reference).map { (reading.sources[$0], $0) }
    }
    observed.exports = exports.exports
    observed.diagnostics += exports.findings
    return observed
  }

  fileprivate static func lock(
    _ folder: Folder, _ place: TenantPlace, _ sources: inout SourceSet, _ observed: inout Observed
  ) throws -> Lock? {
    guard let bytes = try OutputFolder.lockBytes(folder) else { return nil }
    let file = SourceFile(name: place.display(Lock.fileName), bytes: bytes)
    let id = sources.add(file)
    var bag = DiagnosticBag()
    let lock = Lock.read(file, id: id, into: &bag)
    observed.diagnostics += bag.sorted
    return lock
  }
}

extension Session {
  private init(_ place: TenantPlace, _ material: Material, now: Timestamp) throws {
    self.place = place
    folder = material.folder
    compilation = Compiler.compile(
      material.reading, files: material.files, observed: material.observed, lock: material.lock,
      now: now)
    tenant = material.reading.tenant
    own = material.own
    lock = material.lock
    pending = try OutputFolder.pending(material.folder)
  }
}

/// What a tenant's folder holds.
private struct Material {
  let folder: Folder
  private(set) var reading: Reading
  private(set) var files = ReferencedFiles()
  private(set) var own: [SourceFileID: String]
  private(set) var observed: Observed
  let lock: Lock?

  init(_ place: TenantPlace, _ replacing: [String: [UInt8]]) throws {
    folder = try Folder.open(place.folder)
    let bytes =
      try replacing[place.file] ?? Folder.readFile(place.file, limit: Session.fileLimit)
    let opening = Compiler.open(SourceFile(name: place.file, bytes: bytes))
    reading = Compiler.read(
      opening, standard: opening.standard.map { [folder] in Session.standard($0, folder, place) })
    own = [SourceFileID.tenant: place.name]
    for reference in reading.references {
      let path = reference.value.path
      if files.isKnown(reference.value) { continue }
      do throws(ReadProblem) {
        let name = place.display(path)
        let bytes =
          if let other = replacing[name] { other } else {
            try folder.read(path, limit: Session.fileLimit)
          }
        let id = reading.sources.add(SourceFile(name: name, bytes: bytes))
        files.add(path, id)
        own[id] = path
      } catch {
        files.add(path, failure: error.message)
      }
    }
    observed = Session.zones(of: reading, files)
    lock = try Session.lock(folder, place, &reading.sources, &observed)
  }

  /// Looks at what a reading of the same files names. Most readings name the same as the last one,
  /// which is not looked at again.
  func observer() -> (Reading) -> Observed {
    let files = files
    var last = (named: Named(reading), observed: observed)
    return { reading in
      let now = Named(reading)
      if now != last.named { last = (now, Session.zones(of: reading, files)) }
      return last.observed
    }
  }
}

/// What decides which files are observed, and for whom.
private struct Named: Equatable {
  let domains: [DomainName]
  let servers: [Identifier]
  let paths: [String]

  init(_ reading: Reading) {
    domains = reading.tenant?.domains.map(\.name.value) ?? []
    servers = reading.tenant?.mailServers.map(\.name.value) ?? []
    paths = reading.references.map(\.value.path)
  }
}

extension TenantPlace {
  /// A path from the tenant's folder, as it is shown to people: with each `..` at its start taken
  /// off the folder's own path, so that one file has one name for all tenants of a run.
  func display(_ path: String) -> String {
    var folders =
      folder == "." ? [] : folder.split(separator: "/", omittingEmptySubsequences: false)
    var names = path.split(separator: "/")[...]
    while names.first == "..", let last = folders.last, !["", ".", ".."].contains(last) {
      folders.removeLast()
      names.removeFirst()
    }
    return (folders + names).joined(separator: "/")
  }
}

/// Why a tenant could not even be read, in words for people.
struct SessionProblem: Error {
  let message: LocalizedText
  let help: LocalizedText?

  init(_ error: any Error) {
    switch error {
    case let problem as SessionProblem: self = problem
    case let problem as ReadProblem: self.init(problem.message)
    case let problem as ApplyError: self.init(problem.message, help: problem.help)
    case let problem as FileError: self.init(problem.message)
    case let problem as ReplacementError: self.init(problem.message)
    default: self.init(.init(both: "\(error)"))
    }
  }

  init(_ message: LocalizedText, help: LocalizedText? = nil) {
    self.message = message
    self.help = help
  }

  /// For people, with its line ends.
  func text(_ language: Language) -> TerminalText {
    var line: TerminalText = "\(text: language == .ja ? "エラー" : "error")"
    line = line.styled(.bold, .red) + ": \(text: message[language])\n"
    if let help {
      line += "  \(text: language == .ja ? "ヘルプ" : "help"): \(text: help[language])\n"
    }
    return line
  }
}
