/// The place of a tenant.yaml that is not there yet.
package struct NewTenant: Sendable {
  /// The folder's path as a person wrote it.
  package let folder: String
  /// The path of the new file.
  package let file: String

  /// - Throws: where a tenant.yaml stands already, a link to nowhere included, or where no folder
  ///   can be.
  package init(in folder: String) throws(ReadProblem) {
    self.folder = folder
    file = folder == "." ? TenantPlace.fileName : folder + "/" + TenantPlace.fileName
    do {
      let open = try POSIX.openFolder(path: folder)
      _ = try POSIX.status(TenantPlace.fileName, in: open)
    } catch {
      if error == .missing { return }
      throw ReadProblem(path: folder, opening: error)
    }
    throw ReadProblem(path: file, reason: .exists)
  }

  /// Makes the folder if there is none, and the file. One that has come in the meantime stays as it
  /// is. A file that cannot be written whole goes away again.
  ///
  /// - Parameter content: the file's bytes; asked for when the folder is there.
  package func write(_ content: () -> [UInt8]) throws(FileError) {
    do {
      try POSIX.makeFolder(path: folder)
    } catch {
      if error != .exists {
        throw FileError(operation: .makeFolder, path: folder, cause: error)
      }
    }
    let bytes = content()
    do throws(SystemError) {
      let open = try POSIX.openFolder(path: folder)
      let descriptor = try POSIX.createFile(TenantPlace.fileName, in: open)
      do throws(SystemError) {
        try POSIX.write(bytes, 0..<bytes.count, to: descriptor)
        try POSIX.synchronize(descriptor)
        try POSIX.synchronize(open)
      } catch {
        try? POSIX.removeFile(TenantPlace.fileName, in: open)
        throw error
      }
    } catch {
      throw FileError(operation: .create, path: file, cause: error)
    }
  }

  /// The path of a file beside or above the folder, as seen from the folder; nil where there is
  /// none within a few levels.
  package func find(_ path: String) -> String? {
    var relative = path
    for _ in 0..<6 {
      if (try? POSIX.status(path: folder + "/" + relative))?.kind == .file { return relative }
      relative = "../" + relative
    }
    return nil
  }
}
