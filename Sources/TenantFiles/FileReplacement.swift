internal import Ledger
package import Wording

/// Why a tenant's own file was not replaced. It is as it was.
package enum ReplacementError: Error, Equatable, Sendable {
  /// An apply is at work in this folder.
  case busy
  /// It is no longer what was read.
  case changed(String)
  /// Something else stands where mgc would write.
  case foreign(String)
  case unreadable(ReadProblem)
  case failed(FileError)

  package var message: LocalizedText {
    switch self {
    case .busy: return ApplyError.busy.message
    case .changed(let path):
      let name = path.quotedPath
      return .init(
        ja: "「\(name)」が読んだ後に書き換えられたので、書き込まない",
        en: "\"\(name)\" was changed after it was read, and is not written")
    case .foreign(let path):
      let name = path.quotedPath
      return .init(
        ja: "「\(name)」はmgcが書いたものではないので、上書きしない",
        en: "\"\(name)\" is not what mgc wrote, and is not overwritten")
    case .unreadable(let problem): return problem.message
    case .failed(let error): return error.message
    }
  }
}

/// New contents of a tenant's own files: tenant.yaml and what it names.
///
/// Each file is replaced in one move by a new one with its mode, so that no reader ever sees half
/// of it. No link is followed, on the way or at the end.
package struct FileReplacement {
  private let tenant: Folder
  private let path: RelativePath
  private let old: [UInt8]
  private let new: [UInt8]

  /// - Parameters:
  ///   - relative: beneath the tenant's folder.
  ///   - old: what was read, and must still be there.
  package init(
    _ tenant: Folder, _ relative: String, old: [UInt8], new: [UInt8]
  ) throws(ReplacementError) {
    guard let path = RelativePath(relative) else {
      throw .unreadable(ReadProblem(path: relative, reason: .outside))
    }
    self.tenant = tenant
    self.path = path
    self.old = old
    self.new = new
  }

  /// Replaces the files, after all were found to be what was read. Should the system refuse one,
  /// those before it stay replaced.
  package static func perform(
    _ replacements: [FileReplacement], in tenant: Folder
  ) throws(ReplacementError) {
    let lock: FolderLock?
    do {
      lock = try tenant.locked()
    } catch {
      throw .failed(error)
    }
    guard let lock else { throw .busy }
    defer { withExtendedLifetime(lock) {} }
    for replacement in replacements { try replacement.check() }
    for replacement in replacements { try replacement.perform() }
  }

  private func check() throws(ReplacementError) {
    do {
      // One byte more than was read shows a file that has grown.
      guard try tenant.read(path.text, limit: old.count + 1) == old else {
        throw ReplacementError.changed(path.text)
      }
    } catch let error as ReplacementError {
      throw error
    } catch let problem as ReadProblem {
      if case .tooLarge = problem.reason { throw .changed(path.text) }
      throw .unreadable(problem)
    } catch {
      throw .changed(path.text)
    }
  }

  private func perform() throws(ReplacementError) {
    let folder = try folder()
    // Another person's run has another number.
    let temporary = ".\(path.name).mgc-\(POSIX.processNumber)"
    do {
      try folder.removeFile(temporary)
      try folder.writeFile(temporary, new, modeOf: path.name)
      // What was changed meanwhile is somebody's work.
      do {
        try check()
      } catch {
        try folder.removeFile(temporary)
        throw error
      }
      try folder.rename(temporary, to: path.name, in: folder)
      try folder.synchronize()
    } catch let error as ReplacementError {
      throw error
    } catch let error as FileError {
      try? folder.removeFile(temporary)
      throw .failed(error)
    } catch {
      throw .changed(path.text)
    }
  }

  private func folder() throws(ReplacementError) -> Folder {
    var folder = tenant
    for name in path.components.dropLast() {
      let entry: Folder.Entry
      do {
        entry = try folder.enter(name)
      } catch {
        throw .failed(error)
      }
      switch entry {
      case .folder(let next): folder = next
      case .link:
        throw .unreadable(ReadProblem(path: path.text, reason: .link(folder.path(of: name))))
      case .missing, .other: throw .changed(path.text)
      }
    }
    return folder
  }
}

extension Folder {
  /// Writes a new file to the end, with the mode of another one in this folder.
  fileprivate func writeFile(
    _ name: String, _ bytes: [UInt8], modeOf other: String
  ) throws(FileError) {
    do {
      let mode = try POSIX.status(other, in: descriptor).mode
      let file = try POSIX.createFile(name, in: descriptor)
      try POSIX.setMode(mode, of: file)
      try POSIX.write(bytes, 0..<bytes.count, to: file)
      try POSIX.synchronize(file)
    } catch {
      throw self.error(.write, name, error)
    }
  }
}
