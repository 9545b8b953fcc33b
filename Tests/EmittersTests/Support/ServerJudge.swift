import Foundation

/// A program, independent of mgc, that reads what mgc wrote.
enum ServerJudge {
  struct Verdict {
    let status: Int32
    let output: String
    let errors: String
  }

  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  /// A leaf block of a page: the elements around it, its parts, each a kind and its text.
  struct Block: Decodable {
    let path: [String]
    let parts: [[String]]

    init(from decoder: any Decoder) throws {
      var container = try decoder.unkeyedContainer()
      path = try container.decode([String].self)
      parts = try container.decode([[String]].self)
    }

    /// What a reader sees.
    var text: String { parts.map { $0[0] == "link_open" ? "" : $0[1] }.joined() }
  }

  private static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Reads a page by markdown-it.
  static func page(_ bytes: [UInt8]) throws -> [Block] {
    let environment =
      ProcessInfo.processInfo.environment["MGC_JUDGES"]
      ?? root.appending(path: ".build/judges").path()
    let verdict = try run(
      environment + "/bin/python", [root.appending(path: "Tests/Judges/markdown_reader.py").path()],
      input: bytes)
    guard verdict.status == 0 else { throw Failure(description: verdict.errors) }
    return try JSONDecoder().decode([Block].self, from: Data(verdict.output.utf8))
  }

  /// Runs a program to its end. Files instead of pipes: neither side ever waits for the other.
  static func run(_ program: String, _ arguments: [String], input: [UInt8] = []) throws -> Verdict {
    try inFolder { folder in
      let files = ["in", "out", "err"].map { folder.appending(path: $0) }
      for file in files { try Data(file == files[0] ? input : []).write(to: file) }
      let process = Process()
      process.executableURL = URL(filePath: program)
      process.arguments = arguments
      process.standardInput = try FileHandle(forReadingFrom: files[0])
      process.standardOutput = try FileHandle(forWritingTo: files[1])
      process.standardError = try FileHandle(forWritingTo: files[2])
      try process.run()
      process.waitUntilExit()
      return Verdict(
        status: process.terminationStatus,
        output: String(decoding: try Data(contentsOf: files[1]), as: UTF8.self),
        errors: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self))
    }
  }

  /// A new empty folder, which is gone afterwards.
  static func inFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "mgc-emitters-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }
}
