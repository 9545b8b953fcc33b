import Foundation
import TestSupport

/// The examples that stand alone: what a reseller's standard completes is tested by itself.
enum Examples {
  static let folders: [URL] = {
    let root = Judge.root.appending(path: "examples")
    let names = (try? FileManager.default.contentsOfDirectory(atPath: root.path())) ?? []
    return names.sorted().map { root.appending(path: $0) }.filter {
      FileManager.default.fileExists(atPath: $0.appending(path: "tenant.yaml").path())
    }
  }()

  static func text(in folder: URL) throws -> String {
    try String(contentsOf: folder.appending(path: "tenant.yaml"), encoding: .utf8)
  }

  /// The bytes of a file that the tenant.yaml of a folder names.
  static func bytes(in folder: URL) -> (String) -> [UInt8]? {
    { path in (try? Data(contentsOf: folder.appending(path: path))).map(Array.init) }
  }

  /// The text of such a file; nil also where it is not UTF-8.
  static func file(in folder: URL) -> (String) -> String? {
    { path in try? String(contentsOf: folder.appending(path: path), encoding: .utf8) }
  }
}
