internal import Ledger

/// A file of the tenant's that mgc writes as evidence of what it saw, such as `dns/snapshot.json`.
///
/// It takes the place of what mgc wrote there before in one move, so that no reader ever sees half
/// of it. No link is followed, and nothing that is not mgc's is overwritten.
package struct EvidenceFile {
  private let tenant: Folder
  private let path: RelativePath

  /// The largest file that is looked at before it is replaced, in bytes.
  private static let limit = 64 << 20

  /// - Parameter relative: beneath the tenant's folder.
  package init(_ tenant: Folder, _ relative: String) throws(ReplacementError) {
    guard let path = RelativePath(relative) else {
      throw .unreadable(ReadProblem(path: relative, reason: .outside))
    }
    self.tenant = tenant
    self.path = path
  }

  /// Writes the file, and the folders that it is in.
  ///
  /// - Parameter isOwn: whether what stands there is such a file of mgc's, which may go.
  package func write(_ bytes: [UInt8], isOwn: ([UInt8]) -> Bool) throws(ReplacementError) {
    do {
      guard let lock = try tenant.locked() else { throw ReplacementError.busy }
      defer { withExtendedLifetime(lock) {} }
      let folder = try folder()
      if let status = try folder.status(path.name) {
        guard status.kind == .file else {
          throw ReadProblem(
            path: path.text, reason: status.kind == .link ? .link(path.text) : .special)
        }
        let old = try tenant.read(path.text, limit: Self.limit)
        if old == bytes { return }
        guard isOwn(old) else { throw ReplacementError.foreign(path.text) }
      }
      try replace(in: folder, bytes)
    } catch let error as ReplacementError {
      throw error
    } catch let problem as ReadProblem {
      throw .unreadable(problem)
    } catch let error as FileError {
      throw .failed(error)
    } catch {
      throw .changed(path.text)
    }
  }

  private func replace(in folder: Folder, _ bytes: [UInt8]) throws(FileError) {
    // Another person's run has another number.
    let temporary = ".\(path.name).mgc-\(POSIX.processNumber)"
    do {
      try folder.removeFile(temporary)
      try folder.writeFile(temporary, bytes)
      try folder.rename(temporary, to: path.name, in: folder)
      try folder.synchronize()
    } catch {
      try? folder.removeFile(temporary)
      throw error
    }
  }

  private func folder() throws -> Folder {
    var folder = tenant
    for name in path.components.dropLast() {
      if try folder.makeFolder(name) { try folder.synchronize() }
      switch try folder.enter(name) {
      case .folder(let next): folder = next
      case .link: throw ReadProblem(path: path.text, reason: .link(folder.path(of: name)))
      case .missing, .other: throw ReadProblem(path: path.text, reason: .notAFolder)
      }
    }
    return folder
  }
}

extension Folder {
  /// Writes a new file to the end.
  fileprivate func writeFile(_ name: String, _ bytes: [UInt8]) throws(FileError) {
    do {
      let file = try POSIX.createFile(name, in: descriptor)
      try POSIX.write(bytes, 0..<bytes.count, to: file)
      try POSIX.synchronize(file)
    } catch {
      throw self.error(.write, name, error)
    }
  }
}
