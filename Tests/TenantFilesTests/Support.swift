import Diagnostics
import Foundation
import JSONText
import Ledger
import Procedure
import SourceText
import TenantFiles
import Testing

/// A folder of a test's own, which goes with the value. The tenant's folder is `tenant/` in it.
final class Sandbox {
  let root: String

  init() throws {
    root = FileManager.default.temporaryDirectory.path + "/mgc-" + UUID().uuidString
    try FileManager.default.createDirectory(
      atPath: root + "/tenant", withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  func path(_ relative: String) -> String { root + "/" + relative }

  func tenant() throws -> Folder { try Folder.open(path("tenant")) }

  /// Writes a file of the sandbox, and the folders above it.
  func write(_ relative: String, _ text: String) throws {
    let url = URL(fileURLWithPath: path(relative))
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  func makeFolder(_ relative: String) throws {
    try FileManager.default.createDirectory(
      atPath: path(relative), withIntermediateDirectories: true)
  }

  func link(_ relative: String, to destination: String) throws {
    try FileManager.default.createSymbolicLink(
      atPath: path(relative), withDestinationPath: destination)
  }

  func pipe(_ relative: String) throws {
    let result = unsafe mkfifo(path(relative), 0o600)
    try #require(result == 0)
  }

  func remove(_ relative: String) throws {
    try FileManager.default.removeItem(atPath: path(relative))
  }

  func text(_ relative: String) -> String? {
    FileManager.default.contents(atPath: path(relative)).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Everything beneath a folder, sorted: a folder as `a/`, a file as `a=contents`, a link as
  /// `a->destination`.
  func listing(_ relative: String) throws -> [String] {
    let manager = FileManager.default
    return try (manager.subpathsOfDirectory(atPath: path(relative))).map { name in
      let full = path(relative) + "/" + name
      let attributes = try manager.attributesOfItem(atPath: full)
      switch attributes[.type] as? FileAttributeType {
      case FileAttributeType.typeDirectory: return name + "/"
      case FileAttributeType.typeSymbolicLink:
        return name + "->" + (try manager.destinationOfSymbolicLink(atPath: full))
      default:
        let data = manager.contents(atPath: full) ?? Data()
        let text = String(decoding: data, as: UTF8.self)
        return name + "=" + (data.count < 200 ? text : Digest.sha256(Array(data)))
      }
    }.sorted()
  }

  /// The lock on disk; nil for none.
  func lock() throws -> Lock? {
    guard let bytes = try OutputFolder.lockBytes(tenant()) else { return nil }
    var bag = DiagnosticBag()
    let lock: Lock = try #require(
      Lock.read(SourceFile(name: Lock.fileName, bytes: bytes), id: .tenant, into: &bag))
    return lock
  }

  /// What an apply of these files would need, with the lock that is on disk.
  func output(
    _ tree: Tree, observer: @escaping CheckpointObserver = { _ in true }
  ) throws -> OutputFolder {
    OutputFolder(
      try tenant(), files: tree.files, previous: try lock(), next: tree.lock, observer: observer)
  }

  @discardableResult
  func apply(_ tree: Tree, force: Bool = false) throws -> [FileChange] {
    try output(tree).apply(force: force)
  }
}

/// The files of one apply, and a resource that tells its lock from others.
struct Tree {
  var mark: String
  var texts: [(path: String, text: String)]

  init(_ mark: String, _ texts: [(path: String, text: String)]) {
    self.mark = mark
    self.texts = texts
  }

  var files: [(path: String, bytes: [UInt8])] { texts.map { ($0.path, Array($0.text.utf8)) } }

  /// With its files, as the apply writes it.
  var lock: Lock {
    Lock(
      tenant: "kaede",
      resources: [LockedResource(id: "mark", step: 1, properties: [.init("value", mark)])],
      files: files.map { LockedFile(path: $0.path, bytes: $0.bytes) })
  }

  /// What `Sandbox.listing` says of a tenant's folder that holds this tree and nothing else.
  var listing: [String] {
    var lines: Set<String> = ["tenant.lock.json=" + Self.shown(lock.json.pretty)]
    for (path, text) in texts {
      lines.insert("out/" + path + "=" + Self.shown(text))
      var folder = "out/" + path
      while let slash = folder.lastIndex(of: "/") {
        folder = String(folder[..<slash])
        lines.insert(folder + "/")
      }
    }
    return lines.sorted()
  }

  private static func shown(_ text: String) -> String {
    text.utf8.count < 200 ? text : Digest.sha256(Array(text.utf8))
  }
}

/// Runs what is expected to fail with an `ApplyError`.
func applyError(_ body: () throws -> Void) -> ApplyError? {
  do {
    try body()
    return nil
  } catch {
    return error as? ApplyError
  }
}

/// Runs what is expected to fail with a `ReadProblem`.
func readReason(_ body: () throws -> Void) -> ReadProblem.Reason? {
  do {
    try body()
    return nil
  } catch {
    return (error as? ReadProblem)?.reason
  }
}
