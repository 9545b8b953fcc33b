internal import Ledger

/// The files under `out/`, reached without following a link. It keeps the folders open that the
/// next path may share, so walk in the order of the paths.
struct OutputTree {
  static let name = "out"

  /// No file that mgc writes comes near this size; one that is larger is not read.
  static let fileLimit = 256 << 20

  let tenant: Folder
  private var open: [(name: String, folder: Folder)] = []

  init(_ tenant: Folder) { self.tenant = tenant }

  /// How a path of the tree is called in messages.
  static func display(_ path: String) -> String { name + "/" + path }

  /// What stands at a path.
  enum Contents: Equatable {
    case missing
    case file(sha256: String)
    case folder
  }

  /// The folder that a path is in; nil where there is none.
  mutating func folder(of path: RelativePath) throws(ApplyError) -> Folder? {
    try walk(path.components.dropLast()) { (_, _) in false }
  }

  /// The folder that a path is in. Those that are missing are made, and `made` is told of each.
  mutating func makeFolder(
    of path: RelativePath, made: (String) throws(ApplyError) -> Void
  ) throws(ApplyError) -> Folder {
    let folder = try walk(path.components.dropLast()) {
      (parent: Folder, name: String) throws(ApplyError) in
      if try ApplyError.wrapping({ () throws(FileError) in try parent.makeFolder(name) }) {
        try made(parent.path(of: name))
      }
      return true
    }
    guard let folder else { throw .notAFolder(Self.display(path.text)) }
    return folder
  }

  /// The folder `path` itself, or `out/` for nil; nil where there is none.
  mutating func folder(at path: RelativePath?) throws(ApplyError) -> Folder? {
    try walk(path?.components[...] ?? []) { (_, _) in false }
  }

  /// What stands at a path; a link or special file is an error, as is a file for a folder.
  mutating func contents(of path: RelativePath) throws(ApplyError) -> Contents {
    guard let folder = try folder(of: path) else { return .missing }
    return try Self.contents(of: path.name, in: folder)
  }

  static func contents(of name: String, in folder: Folder) throws(ApplyError) -> Contents {
    guard
      let status = try ApplyError.wrapping({ () throws(FileError) in try folder.status(name) })
    else { return .missing }
    switch status.kind {
    case .folder: return .folder
    case .link: throw .link(folder.path(of: name))
    case .other: throw .notAFile(folder.path(of: name))
    case .file: break
    }
    do {
      return .file(sha256: Digest.sha256(try folder.readFile(name, limit: fileLimit)))
    } catch {
      switch error.reason {
      case .missing: return .missing
      case .link(let path): throw .link(path)
      default: throw .unreadable(error)
      }
    }
  }

  /// Removes the folders above a path as long as they are empty, `out/` at last.
  mutating func removeEmptyFolders(
    above path: RelativePath, removed: (String) throws(ApplyError) -> Void
  ) throws(ApplyError) {
    var names = [Self.name] + path.components.dropLast()
    while let name = names.popLast() {
      // A removed folder must not stay open as one of the tree.
      open.removeAll()
      let folder = names.isEmpty ? tenant : try walk(names.dropFirst()) { (_, _) in false }
      guard let folder,
        try ApplyError.wrapping({ () throws(FileError) in try folder.status(name) }) != nil
      else { continue }
      guard
        try ApplyError.wrapping({ () throws(FileError) in try folder.removeFolder(name) })
      else { break }
      try removed(folder.path(of: name))
    }
    open.removeAll()
  }

  /// Goes from `out/` down the names. A missing folder ends the walk unless `make` makes it.
  private mutating func walk(
    _ names: ArraySlice<String>, make: (Folder, String) throws(ApplyError) -> Bool
  ) throws(ApplyError) -> Folder? {
    var folder = tenant
    var depth = 0
    for name in [Self.name] + names {
      defer { depth += 1 }
      if depth < open.count, open[depth].name == name {
        folder = open[depth].folder
        continue
      }
      open.removeSubrange(min(depth, open.count)...)
      var next = try Self.enter(name, in: folder)
      if next == nil, try make(folder, name) { next = try Self.enter(name, in: folder) }
      guard let next else { return nil }
      open.append((name, next))
      folder = next
    }
    return folder
  }

  /// Opens a folder in a folder; nil where there is none, an error for anything else.
  static func enter(_ name: String, in folder: Folder) throws(ApplyError) -> Folder? {
    switch try ApplyError.wrapping({ () throws(FileError) in try folder.enter(name) }) {
    case .folder(let next): return next
    case .missing: return nil
    case .link: throw .link(folder.path(of: name))
    case .other: throw .notAFolder(folder.path(of: name))
    }
  }
}
