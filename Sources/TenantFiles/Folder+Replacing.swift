extension Folder {
  /// Puts other bytes into a file of this folder, all or none of them: they are written beside it
  /// and moved into its place. Who may read and write it stays.
  ///
  /// A link is refused, and so is a file that no longer holds what was read.
  package func replaceFile(
    _ name: String, from old: [UInt8], to new: [UInt8]
  ) throws(ApplyError) {
    let lock = try ApplyError.wrapping { () throws(FileError) in try locked() }
    guard let lock else { throw .busy }
    defer { withExtendedLifetime(lock) {} }
    let permissions = try requireUnchanged(name, old)
    // Nobody else writes it while the lock is held: what is there was left by a run that was ended.
    let draft = ".\(name).mgc-draft"
    try ApplyError.wrapping { () throws(FileError) in try removeFile(draft) }
    do {
      try write(new, to: draft, permissions: permissions)
      _ = try requireUnchanged(name, old)
      try ApplyError.wrapping { () throws(FileError) in
        try rename(draft, to: name, in: self)
      }
    } catch {
      try? removeFile(draft)
      throw error
    }
    try ApplyError.wrapping { () throws(FileError) in try synchronize() }
  }

  /// - Returns: the file's permissions.
  private func requireUnchanged(_ name: String, _ old: [UInt8]) throws(ApplyError) -> UInt32 {
    let found = try ApplyError.wrapping { () throws(FileError) in try self.status(name) }
    switch found?.kind {
    case .file: break
    case .link: throw .link(path(of: name))
    case .folder, .other: throw .notAFile(path(of: name))
    case nil: throw .changedMeanwhile(path(of: name))
    }
    do {
      guard try readFile(name, limit: old.count) == old else {
        throw ApplyError.changedMeanwhile(path(of: name))
      }
    } catch let error as ApplyError {
      throw error
    } catch {
      throw .changedMeanwhile(path(of: name))
    }
    return found?.permissions ?? 0
  }

  private func write(
    _ bytes: [UInt8], to name: String, permissions: UInt32
  ) throws(ApplyError) {
    do {
      let file = try POSIX.createFile(name, in: descriptor)
      try POSIX.setPermissions(permissions, of: file)
      try POSIX.write(bytes, bytes.indices, to: file)
      try POSIX.synchronize(file)
    } catch {
      throw .failed(self.error(.write, name, error))
    }
  }
}
