import Foundation
import Testing

/// The house as it stands: its files, and what the package says of its rooms.
struct House {
  struct File: Sendable, CustomTestStringConvertible {
    /// The path from the top, such as `Sources/Ledger/Lock.swift`.
    let path: String
    let text: String

    /// The room, or the test target.
    var room: String { path.split(separator: "/").dropFirst().first.map(String.init) ?? "" }
    var testDescription: String { path }
  }

  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The Swift files below a folder, by path. Hidden folders are none of the house's.
  static func files(_ folder: String) throws -> [File] {
    let base = root.appending(path: folder)
    let paths = try FileManager.default.subpathsOfDirectory(atPath: base.path)
    return try paths.sorted().filter { path in
      path.hasSuffix(".swift") && !path.split(separator: "/").contains { $0.hasPrefix(".") }
    }.map { path in
      let text = try String(contentsOf: base.appending(path: path), encoding: .utf8)
      return File(path: folder + "/" + path, text: text)
    }
  }

  /// The rooms with the rooms and products that Package.swift gives them.
  static func described() throws -> [String: Set<String>] {
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "mgc-house-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let output = folder.appending(path: "package.json")
    let errors = folder.appending(path: "errors")
    try Data().write(to: output)
    try Data().write(to: errors)

    // A scratch folder of its own: the tests' own build holds the lock of the usual one.
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = [
      "swift", "package", "--package-path", root.path,
      "--scratch-path", folder.appending(path: "scratch").path,
      "describe", "--type", "json",
    ]
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    let complaint = try String(contentsOf: errors, encoding: .utf8)
    try #require(process.terminationStatus == 0, "\(complaint)")

    let package = try JSONDecoder().decode(Package.self, from: Data(contentsOf: output))
    var rooms: [String: Set<String>] = [:]
    for target in package.targets where !target.path.hasPrefix("Tests/") {
      let names = (target.target_dependencies ?? []) + (target.product_dependencies ?? [])
      rooms[target.name] = Set(names)
    }
    return rooms
  }

  private struct Package: Decodable {
    let targets: [Target]

    struct Target: Decodable {
      let name: String
      let path: String
      let target_dependencies: [String]?
      let product_dependencies: [String]?
    }
  }
}
