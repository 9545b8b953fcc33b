internal import Ledger

/// An open folder. What is in it is reached one name at a time, from one open folder to the next,
/// so that no link is ever followed, whoever changes the tree meanwhile.
///
/// `Folder+Reading` reads files; `OutputFolder` writes `out/` and the lock.
package final class Folder: Sendable {
  let descriptor: Descriptor
  /// For messages: empty for the folder that a person named.
  let path: String

  init(_ descriptor: consuming Descriptor, path: String) {
    self.descriptor = descriptor
    self.path = path
  }

  /// Opens a folder that a person names; links on the way are their choice.
  package static func open(_ path: String) throws(ReadProblem) -> Folder {
    do {
      return Folder(try POSIX.openFolder(path: path), path: "")
    } catch {
      throw ReadProblem(path: path, opening: error)
    }
  }

  /// The path of a name in it, for messages.
  func path(of name: String) -> String { path.isEmpty ? name : path + "/" + name }

  /// What was found under a name where a folder was looked for.
  enum Entry {
    case folder(Folder)
    case missing
    case link
    /// A file, pipe, device or socket.
    case other
  }

  /// Opens a folder in it.
  func enter(_ name: String) throws(FileError) -> Entry {
    let cause: SystemError
    do {
      return .folder(
        Folder(try POSIX.openFolder(name, in: descriptor), path: path(of: name)))
    } catch {
      cause = error
    }
    switch cause {
    case .missing: return .missing
    case .link: return .link
    case .notAFolder:
      // Linux says so of links, too.
      guard let status = try status(name) else { return .missing }
      return status.kind == .link ? .link : .other
    default: throw error(.open, name, cause)
    }
  }

  /// What stands under a name; nil for nothing.
  func status(_ name: String) throws(FileError) -> FileStatus? {
    do {
      return try POSIX.status(name, in: descriptor)
    } catch {
      if error == .missing { return nil }
      throw self.error(.open, name, error)
    }
  }

  /// The names in it, sorted.
  func names() throws(FileError) -> [String] {
    do {
      return try POSIX.names(in: descriptor).sorted()
    } catch {
      throw FileError(operation: .list, path: path, cause: error)
    }
  }

  /// Makes a folder; true if there was none.
  func makeFolder(_ name: String) throws(FileError) -> Bool {
    do {
      try POSIX.makeFolder(name, in: descriptor)
      return true
    } catch {
      if error == .exists { return false }
      throw self.error(.makeFolder, name, error)
    }
  }

  func rename(_ name: String, to newName: String, in folder: Folder) throws(FileError) {
    do {
      try POSIX.rename(name, in: descriptor, to: newName, in: folder.descriptor)
    } catch {
      throw folder.error(.rename, newName, error)
    }
  }

  /// Removes a file or link; none is well.
  func removeFile(_ name: String) throws(FileError) {
    do {
      try POSIX.removeFile(name, in: descriptor)
    } catch {
      if error != .missing { throw self.error(.remove, name, error) }
    }
  }

  /// Removes a folder if it is empty; false if it is not, or is no folder.
  func removeFolder(_ name: String) throws(FileError) -> Bool {
    do {
      try POSIX.removeFolder(name, in: descriptor)
      return true
    } catch {
      switch error {
      case .missing: return true
      case .notEmpty, .exists, .notAFolder: return false
      default: throw self.error(.remove, name, error)
      }
    }
  }

  /// Makes the names in it outlast a loss of power.
  func synchronize() throws(FileError) {
    do {
      try POSIX.synchronize(descriptor)
    } catch {
      throw FileError(operation: .synchronize, path: path, cause: error)
    }
  }

  /// Opens it once more and takes its lock, which lasts as long as what is returned; nil where
  /// another holds it.
  func locked() throws(FileError) -> FolderLock? {
    do {
      return try FolderLock(POSIX.openFolder(".", in: descriptor))
    } catch {
      if error == .wouldBlock { return nil }
      throw FileError(operation: .lock, path: path, cause: error)
    }
  }

  func error(
    _ operation: FileError.Operation, _ name: String, _ cause: SystemError
  ) -> FileError {
    FileError(operation: operation, path: path(of: name), cause: cause)
  }
}

/// The lock of a folder, held while this lives.
final class FolderLock: Sendable {
  private let descriptor: Descriptor

  init(_ descriptor: consuming Descriptor) throws(SystemError) {
    try POSIX.lock(descriptor)
    self.descriptor = descriptor
  }

  // A program that is just being started shares the open folder for a moment, so closing it here
  // would not yet end the lock.
  deinit { POSIX.unlock(descriptor) }
}
