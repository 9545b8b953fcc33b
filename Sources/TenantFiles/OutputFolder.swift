internal import Diagnostics
internal import JSONText
package import Ledger
internal import SourceText

/// Brings `out/` and the lock of one tenant from what they are to what they shall be.
///
/// An apply is all or nothing. The new contents are first written beside the tree, then a journal
/// says what will be done; from then on the apply is completed, by whoever comes next if it has to
/// be, and before that moment it can be undone by forgetting. See `ApplyRun` for the order.
package struct OutputFolder {
  /// The greatest size of a lock or journal that is read.
  static let lockLimit = 64 << 20

  private let tenant: Folder
  private let files: [(path: RelativePath, bytes: [UInt8], sha256: String)]
  /// A path that leads out of `out/`, which no artifact has.
  private let outside: String?
  private let previous: Lock?
  private let next: Lock
  private let observer: CheckpointObserver

  /// `files` are all files that shall be in `out/`, with paths relative to it; `previous` is the
  /// lock that was read from the tenant's folder, and `next` the one that shall be there, without
  /// its files, which are taken from `files`.
  package init(
    _ tenant: Folder, files: [(path: String, bytes: [UInt8])], previous: Lock?, next: Lock,
    observer: @escaping CheckpointObserver = { _ in true }
  ) {
    self.tenant = tenant
    self.files = files.compactMap { file in
      RelativePath(file.path).map { ($0, file.bytes, Digest.sha256(file.bytes)) }
    }.sorted { $0.path < $1.path }
    outside = files.first { RelativePath($0.path) == nil }?.path
    self.previous = previous
    self.next = Lock(
      tenant: next.tenant, resources: next.resources,
      files: self.files.map { LockedFile(path: $0.path.text, sha256: $0.sha256) },
      originals: next.originals)
    self.observer = observer
  }

  /// What an apply would do to each file, by path. Nothing is written.
  ///
  /// A link, or anything else than files and folders, on a path that the apply would touch is an
  /// error. Files that mgc never wrote are not in the list.
  package func inspect() throws(ApplyError) -> [FileChange] {
    if let outside { throw .outside(outside) }
    _ = try OutputTree.enter(JournalFolder.name, in: tenant)
    _ = try OutputTree.contents(of: Lock.fileName, in: tenant)
    var tree = OutputTree(tenant)
    var changes: [FileChange] = []
    for file in files {
      let kind: FileChange.Kind
      var isEdited = false
      var current: String?
      switch try tree.contents(of: file.path) {
      case .missing: kind = .create
      case .file(file.sha256):
        kind = .same
        current = file.sha256
      case .file(let sha256):
        kind = .change
        current = sha256
        isEdited = previous?.file(at: file.path.text)?.sha256 != sha256
      case .folder: throw .notAFile(OutputTree.display(file.path.text))
      }
      changes.append(
        FileChange(
          path: file.path.text, kind: kind, isEditedByHand: isEdited, current: current))
    }
    for file in previous?.files ?? [] where next.file(at: file.path) == nil {
      // What is gone already, or has become a folder of someone's own, is nothing to remove.
      guard let path = RelativePath(file.path),
        case .file(let sha256) = try tree.contents(of: path)
      else { continue }
      changes.append(
        FileChange(
          path: file.path, kind: .remove, isEditedByHand: sha256 != file.sha256, current: sha256))
    }
    return changes.sorted { $0.path < $1.path }
  }

  /// Completes an apply that was interrupted, then makes the changes and replaces the lock.
  ///
  /// Files that were edited by hand stop it before anything is changed, unless `force` is set.
  /// What it returns was done.
  package func apply(force: Bool = false) throws(ApplyError) -> [FileChange] {
    let lock = try Self.takeLock(of: tenant)
    defer { withExtendedLifetime(lock) {} }
    try ApplyRun(tenant, observer: observer).recover(force: force)

    let standing = try standingLock()
    let changes = try inspect()
    let edited = changes.filter(\.isEditedByHand).map { OutputTree.display($0.path) }
    if !force, !edited.isEmpty { throw .editedByHand(edited) }

    let lockBytes = Array(next.json.pretty.utf8)
    let lockSHA256 = Digest.sha256(lockBytes)
    let isSame = changes.allSatisfy { $0.kind == .same } && standing == lockSHA256
    if isSame { return changes }

    var actions: [Journal.Action] = []
    var contents: [[UInt8]?] = []
    for change in changes where change.kind != .same {
      guard let path = RelativePath(change.path) else { continue }
      if change.kind == .remove {
        actions.append(.delete(path, previous: change.current))
        contents.append(nil)
      } else if let file = file(at: path) {
        actions.append(.write(path, sha256: file.sha256, previous: change.current))
        contents.append(file.bytes)
      }
    }
    let journal = Journal(
      tenant: next.tenant, actions: actions, lockSHA256: lockSHA256, previousLockSHA256: standing)
    try ApplyRun(tenant, observer: observer).perform(
      journal, contents: contents, lock: lockBytes, force: force)
    return changes
  }

  /// Completes or undoes an apply that was interrupted; nothing if there is none. A command that
  /// applies calls this before it reads the lock.
  package static func recover(
    _ tenant: Folder, force: Bool = false,
    observer: @escaping CheckpointObserver = { _ in true }
  ) throws(ApplyError) {
    let lock = try takeLock(of: tenant)
    defer { withExtendedLifetime(lock) {} }
    try ApplyRun(tenant, observer: observer).recover(force: force)
  }

  /// An apply that was interrupted in this folder, or is at work there now; nil for none.
  package static func pending(_ tenant: Folder) throws(ApplyError) -> PendingJournal? {
    guard let folder = try JournalFolder.open(in: tenant) else { return nil }
    let lock = try ApplyError.wrapping { () throws(FileError) in try tenant.locked() }
    defer { withExtendedLifetime(lock) {} }
    let paths = try folder.journal()?.actions.map(\.path.text).sorted()
    return PendingJournal(paths: paths, isRunning: lock == nil)
  }

  /// The bytes of the lock; nil where there is none.
  package static func lockBytes(_ tenant: Folder) throws(ReadProblem) -> [UInt8]? {
    do {
      return try tenant.readFile(Lock.fileName, limit: lockLimit)
    } catch {
      if error.reason == .missing { return nil }
      throw error
    }
  }

  private static func takeLock(of tenant: Folder) throws(ApplyError) -> FolderLock {
    guard let lock = try ApplyError.wrapping({ () throws(FileError) in try tenant.locked() })
    else { throw .busy }
    return lock
  }

  /// The digest of the lock on disk, which must be the one that the caller knows.
  private func standingLock() throws(ApplyError) -> String? {
    let bytes: [UInt8]?
    do {
      bytes = try Self.lockBytes(tenant)
    } catch {
      if case .link(let path) = error.reason { throw .link(path) }
      throw .unreadable(error)
    }
    guard let bytes else {
      guard previous == nil else { throw .lockChanged }
      return nil
    }
    var bag = DiagnosticBag()
    let file = SourceFile(name: Lock.fileName, bytes: bytes)
    guard let lock = Lock.read(file, id: .tenant, into: &bag), lock == previous else {
      throw .lockChanged
    }
    return Digest.sha256(bytes)
  }

  private func file(at path: RelativePath) -> (bytes: [UInt8], sha256: String)? {
    var low = 0
    var high = files.count
    while low < high {
      let middle = (low + high) / 2
      if files[middle].path < path { low = middle + 1 } else { high = middle }
    }
    guard low < files.count, files[low].path == path else { return nil }
    return (files[low].bytes, files[low].sha256)
  }
}
