internal import Ledger

extension Folder {
  /// The file whose presence ends the search for a reseller's root.
  private static let rootMark = "mgc.yaml"

  /// Reads a file beneath this folder. A link on the way or at the end, a pipe, a device, a
  /// folder, and more than `limit` bytes are refused.
  package func read(_ relative: String, limit: Int) throws(ReadProblem) -> [UInt8] {
    guard let path = RelativePath(relative) else {
      throw ReadProblem(path: relative, reason: .outside)
    }
    return try read(path.components[...], asked: relative, limit: limit)
  }

  /// Reads a file that may also be beside or above this folder, by `..` at the path's start, but
  /// beneath the nearest folder above that holds an `mgc.yaml`.
  package func readAbove(_ relative: String, limit: Int) throws(ReadProblem) -> [UInt8] {
    var names = relative.split(separator: "/", omittingEmptySubsequences: false)[...]
    let steps = names.prefix { $0 == ".." }.count
    guard steps > 0 else { return try read(relative, limit: limit) }
    names = names.dropFirst(steps)
    guard let rest = RelativePath(names.joined(separator: "/")), steps <= 64 else {
      throw ReadProblem(path: relative, reason: .outside)
    }
    var folder = self
    do {
      for step in 1...steps {
        // The parent of an open folder is a folder; no link is in between.
        guard case .folder(let parent) = try folder.enter("..") else {
          throw ReadProblem(path: relative, reason: .outside)
        }
        folder = parent
        let isRoot = try folder.status(Self.rootMark)?.kind == .file
        if isRoot && step < steps { throw ReadProblem(path: relative, reason: .outside) }
        if isRoot { break }
        if step == steps, try !folder.isBeneathRoot() {
          throw ReadProblem(path: relative, reason: .outside)
        }
      }
    } catch let problem as ReadProblem {
      throw problem
    } catch let error as FileError {
      throw ReadProblem(path: relative, reason: .failed(error))
    } catch {
      throw ReadProblem(path: relative, reason: .outside)
    }
    return try folder.read(rest.components[...], asked: relative, limit: limit)
  }

  /// Reads a file that a person names; links are their choice, but a pipe or device is refused
  /// and not waited for.
  package static func readFile(_ path: String, limit: Int) throws(ReadProblem) -> [UInt8] {
    do {
      return try contents(path, limit: limit) { () throws(SystemError) in
        try POSIX.status(path: path)
      } open: { () throws(SystemError) in
        try POSIX.openFile(path: path)
      }
    } catch {
      throw ReadProblem(path: path, reason: error.reason)
    }
  }

  /// Whether some folder above holds an `mgc.yaml`.
  private func isBeneathRoot() throws(FileError) -> Bool {
    var folder = self
    for _ in 0..<64 {
      guard case .folder(let parent) = try folder.enter("..") else { return false }
      if try parent.status(Self.rootMark)?.kind == .file { return true }
      folder = parent
    }
    return false
  }

  private func read(
    _ names: ArraySlice<String>, asked: String, limit: Int
  ) throws(ReadProblem) -> [UInt8] {
    guard let name = names.first else { throw ReadProblem(path: asked, reason: .folder) }
    if names.count == 1 {
      do {
        return try readFile(name, limit: limit)
      } catch {
        throw ReadProblem(path: asked, reason: error.reason)
      }
    }
    let entry: Entry
    do {
      entry = try enter(name)
    } catch {
      throw ReadProblem(path: asked, reason: .failed(error))
    }
    switch entry {
    case .folder(let folder): return try folder.read(names.dropFirst(), asked: asked, limit: limit)
    case .missing: throw ReadProblem(path: asked, reason: .missing)
    case .link: throw ReadProblem(path: asked, reason: .link(path(of: name)))
    case .other: throw ReadProblem(path: asked, reason: .notAFolder)
    }
  }

  /// Reads a file in this folder; a link is refused.
  func readFile(_ name: String, limit: Int) throws(ReadProblem) -> [UInt8] {
    try Self.contents(path(of: name), limit: limit) { () throws(SystemError) in
      try POSIX.status(name, in: descriptor)
    } open: { () throws(SystemError) in
      try POSIX.openFile(name, in: descriptor)
    }
  }

  /// Looks before it opens, because opening a device can act on it, and again at what it opened,
  /// because another may stand there by then.
  private static func contents(
    _ path: String, limit: Int, status: () throws(SystemError) -> FileStatus,
    open: () throws(SystemError) -> Descriptor
  ) throws(ReadProblem) -> [UInt8] {
    for _ in 0..<4 {
      let bytes: [UInt8]
      let size: Int
      do {
        try status().requireFile(path)
        let descriptor = try open()
        let opened = try POSIX.status(of: descriptor)
        try opened.requireFile(path)
        size = opened.size
        guard size <= limit else { throw ReadProblem(path: path, reason: .tooLarge(limit)) }
        bytes = try POSIX.read(descriptor, limit: size + 1)
      } catch let problem as ReadProblem {
        throw problem
      } catch let error as SystemError {
        throw ReadProblem(path: path, opening: error)
      } catch {
        throw ReadProblem(path: path, reason: .changing)
      }
      if bytes.count == size { return bytes }
    }
    throw ReadProblem(path: path, reason: .changing)
  }
}

extension FileStatus {
  fileprivate func requireFile(_ path: String) throws(ReadProblem) {
    switch kind {
    case .file: break
    case .folder: throw ReadProblem(path: path, reason: .folder)
    case .link: throw ReadProblem(path: path, reason: .link(path))
    case .other: throw ReadProblem(path: path, reason: .special)
    }
  }
}

extension ReadProblem {
  init(path: String, opening error: SystemError) {
    let reason: Reason =
      switch error {
      case .missing: .missing
      case .link: .link(path)
      case .notAFolder: .notAFolder
      case .noDevice: .special
      default: .failed(FileError(operation: .open, path: path, cause: error))
      }
    self.init(path: path, reason: reason)
  }
}
