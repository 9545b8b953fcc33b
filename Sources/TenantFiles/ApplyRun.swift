internal import JSONText
internal import Ledger

/// One apply, whose lock is held, in this order:
///
/// 1. every new content, and the new lock, is written to `.mgc-journal/stage` and synchronized;
/// 2. `journal.json` appears by a rename: the apply is committed;
/// 3. files are moved from the stage into `out/`, and removed from it;
/// 4. the lock is moved to its place;
/// 5. the journal is removed, then the stage.
///
/// Interrupted before 2, the stage is thrown away. After it, 3 to 5 are done again: each of their
/// parts knows by the digests whether it was done already.
struct ApplyRun {
  /// How much is written at once.
  private static let part = 64 << 10

  private let tenant: Folder
  private let observer: CheckpointObserver

  init(_ tenant: Folder, observer: @escaping CheckpointObserver) {
    self.tenant = tenant
    self.observer = observer
  }

  /// Completes a committed apply, and throws away one that is not.
  func recover(force: Bool) throws(ApplyError) {
    guard let journalFolder = try JournalFolder.open(in: tenant) else { return }
    if let journal = try journalFolder.journal() {
      if !force { try refuseEdited(journal) }
      try complete(journal, in: journalFolder, force: force)
    }
    try clear(journalFolder)
  }

  /// Does what the journal says. `contents` has one element for each of its actions, nil for a
  /// deletion.
  func perform(
    _ journal: Journal, contents: [[UInt8]?], lock: [UInt8], force: Bool
  ) throws(ApplyError) {
    let journalFolder: JournalFolder
    do {
      journalFolder = try stage(contents, lock: lock)
      try commit(journal, in: journalFolder)
    } catch {
      // Nothing of the tree has changed. What cannot be cleared now, the next apply will clear.
      if case .stopped = error { throw error }
      if let begun = try? JournalFolder.open(in: tenant), (try? begun.journal()) == .some(nil) {
        try? clear(begun)
      }
      throw error
    }
    try complete(journal, in: journalFolder, force: force)
    try clear(journalFolder)
  }

  // MARK: Staging

  private func stage(_ contents: [[UInt8]?], lock: [UInt8]) throws(ApplyError) -> JournalFolder {
    if try making(JournalFolder.name, in: tenant) { try pass(.journalFolderMade) }
    guard let journalFolder = try JournalFolder.open(in: tenant) else {
      throw .notAFolder(JournalFolder.name)
    }
    if try making(JournalFolder.stageName, in: journalFolder.folder) { try pass(.stageMade) }
    guard let stage = try journalFolder.stage() else {
      throw .notAFolder(journalFolder.folder.path(of: JournalFolder.stageName))
    }
    for (index, bytes) in contents.enumerated() {
      guard let bytes else { continue }
      let name = JournalFolder.stageName(of: index)
      try write(bytes, to: name, in: stage)
      try pass(.staged(name))
    }
    try write(lock, to: JournalFolder.lockName, in: stage)
    try pass(.staged(JournalFolder.lockName))
    try synchronize(stage)
    try synchronize(tenant)
    return journalFolder
  }

  private func commit(_ journal: Journal, in journalFolder: JournalFolder) throws(ApplyError) {
    let folder = journalFolder.folder
    try write(Array(journal.json.pretty.utf8), to: JournalFolder.draftName, in: folder)
    try pass(.journalWritten)
    try synchronize(folder)
    try ApplyError.wrapping { () throws(FileError) in
      try folder.rename(JournalFolder.draftName, to: JournalFolder.journalName, in: folder)
    }
    try synchronize(folder)
    try pass(.committed)
  }

  /// Writes a new file, and sees it on disk.
  private func write(
    _ bytes: [UInt8], to name: String, in folder: Folder
  ) throws(ApplyError) {
    do {
      let file = try POSIX.createFile(name, in: folder.descriptor)
      var start = 0
      while start < bytes.count {
        let end = min(start + Self.part, bytes.count)
        try POSIX.write(bytes, start..<end, to: file)
        start = end
        let checkpoint = Checkpoint.partWritten(folder.path(of: name), bytes: start)
        guard observer(checkpoint) else { throw ApplyError.stopped(checkpoint) }
      }
      try POSIX.synchronize(file)
    } catch let error as SystemError {
      throw .failed(folder.error(.write, name, error))
    } catch let error as ApplyError {
      throw error
    } catch {
      throw .damagedJournal(folder.path(of: name))
    }
  }

  // MARK: Completing

  /// Names the files that someone changed between an interrupted apply and now.
  private func refuseEdited(_ journal: Journal) throws(ApplyError) {
    var tree = OutputTree(tenant)
    var edited: [String] = []
    for action in journal.actions {
      guard case .file(let sha256) = try tree.contents(of: action.path) else { continue }
      if sha256 != action.sha256, sha256 != action.previousSHA256 {
        edited.append(OutputTree.display(action.path.text))
      }
    }
    if case .file(let sha256) = try OutputTree.contents(of: Lock.fileName, in: tenant),
      sha256 != journal.lockSHA256, sha256 != journal.previousLockSHA256
    {
      edited.append(Lock.fileName)
    }
    if !edited.isEmpty { throw .editedByHand(edited) }
  }

  private func complete(
    _ journal: Journal, in journalFolder: JournalFolder, force: Bool
  ) throws(ApplyError) {
    let stage = try journalFolder.stage()
    var tree = OutputTree(tenant)
    for (index, action) in journal.actions.enumerated() {
      switch action.operation {
      case .write:
        try redoWrite(
          action, from: stage, JournalFolder.stageName(of: index), in: &tree, force: force)
      case .delete: try redoDelete(action, in: &tree, force: force)
      }
    }
    for action in journal.actions where action.operation == .delete {
      try tree.removeEmptyFolders(above: action.path) { (path) throws(ApplyError) in
        try pass(.folderRemoved(path))
      }
    }
    try synchronizeFolders(of: journal)
    try replaceLock(journal, from: stage, force: force)
  }

  private func redoWrite(
    _ action: Journal.Action, from stage: Folder?, _ name: String, in tree: inout OutputTree,
    force: Bool
  ) throws(ApplyError) {
    let folder = try tree.makeFolder(of: action.path) { (path) throws(ApplyError) in
      try pass(.folderMade(path))
    }
    let current = try OutputTree.contents(of: action.path.name, in: folder)
    try move(
      name, from: stage, sha256: action.sha256, to: action.path.name, in: folder,
      current: current, previous: action.previousSHA256, force: force,
      done: .fileWritten(action.path.text))
  }

  private func redoDelete(
    _ action: Journal.Action, in tree: inout OutputTree, force: Bool
  ) throws(ApplyError) {
    guard let folder = try tree.folder(of: action.path),
      case .file(let sha256) = try OutputTree.contents(of: action.path.name, in: folder)
    else { return }
    guard force || sha256 == action.previousSHA256 else {
      throw .editedByHand([OutputTree.display(action.path.text)])
    }
    try ApplyError.wrapping { () throws(FileError) in try folder.removeFile(action.path.name) }
    try pass(.fileRemoved(action.path.text))
  }

  private func replaceLock(
    _ journal: Journal, from stage: Folder?, force: Bool
  ) throws(ApplyError) {
    let current = try OutputTree.contents(of: Lock.fileName, in: tenant)
    try move(
      JournalFolder.lockName, from: stage, sha256: journal.lockSHA256, to: Lock.fileName,
      in: tenant, current: current, previous: journal.previousLockSHA256, force: force,
      done: .lockReplaced)
    try synchronize(tenant)
  }

  /// Moves a staged file to its place unless its contents are there already.
  private func move(
    _ name: String, from stage: Folder?, sha256: String?, to newName: String, in folder: Folder,
    current: OutputTree.Contents, previous: String?, force: Bool, done: Checkpoint
  ) throws(ApplyError) {
    switch current {
    case .file(let found):
      if found == sha256 { return }
      guard force || found == previous else { throw .editedByHand([folder.path(of: newName)]) }
    case .folder: throw .notAFile(folder.path(of: newName))
    case .missing: break
    }
    let staged = [JournalFolder.name, JournalFolder.stageName, name].joined(separator: "/")
    guard let stage, case .file(let found) = try OutputTree.contents(of: name, in: stage),
      found == sha256
    else { throw .damagedJournal(staged) }
    try ApplyError.wrapping { () throws(FileError) in
      try stage.rename(name, to: newName, in: folder)
    }
    try pass(done)
  }

  /// Makes the names in all folders that the journal touched outlast a loss of power.
  private func synchronizeFolders(of journal: Journal) throws(ApplyError) {
    var folders: Set<RelativePath> = []
    for action in journal.actions {
      var parent = action.path.parent
      while let folder = parent, folders.insert(folder).inserted { parent = folder.parent }
    }
    var tree = OutputTree(tenant)
    for path in [nil] + folders.sorted().map(Optional.some) {
      if let folder = try tree.folder(at: path) { try synchronize(folder) }
    }
    try synchronize(tenant)
  }

  // MARK: Clearing

  /// Removes the journal and then what is left of the stage.
  private func clear(_ journalFolder: JournalFolder) throws(ApplyError) {
    let folder = journalFolder.folder
    try remove(JournalFolder.journalName, in: folder)
    try remove(JournalFolder.draftName, in: folder)
    try synchronize(folder)
    try pass(.journalRemoved)
    if let stage = try journalFolder.stage() {
      let names = try ApplyError.wrapping { () throws(FileError) in try stage.names() }
      for name in names {
        try remove(name, in: stage)
        try pass(.stageRemoved(name))
      }
    }
    try removeEmpty(JournalFolder.stageName, in: folder)
    try removeEmpty(JournalFolder.name, in: tenant)
    try pass(.journalFolderRemoved)
  }

  private func remove(_ name: String, in folder: Folder) throws(ApplyError) {
    try ApplyError.wrapping { () throws(FileError) in try folder.removeFile(name) }
  }

  private func removeEmpty(_ name: String, in folder: Folder) throws(ApplyError) {
    let isGone = try ApplyError.wrapping { () throws(FileError) in
      try folder.removeFolder(name)
    }
    guard isGone else { throw .damagedJournal(folder.path(of: name)) }
  }

  // MARK: Steps

  private func making(_ name: String, in folder: Folder) throws(ApplyError) -> Bool {
    try ApplyError.wrapping { () throws(FileError) in try folder.makeFolder(name) }
  }

  private func synchronize(_ folder: Folder) throws(ApplyError) {
    try ApplyError.wrapping { () throws(FileError) in try folder.synchronize() }
  }

  private func pass(_ checkpoint: Checkpoint) throws(ApplyError) {
    guard observer(checkpoint) else { throw .stopped(checkpoint) }
  }
}
