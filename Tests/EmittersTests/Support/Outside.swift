import Foundation

/// Programs, independent of mgc, that read what it wrote.
enum Outside {
  struct Verdict {
    let status: Int32
    let output: Data
    let errors: String

    var text: String { String(decoding: output, as: UTF8.self) }
  }

  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The environment of the judges that are written in Python.
  static let judges =
    ProcessInfo.processInfo.environment["MGC_JUDGES"]
    ?? root.appending(path: ".build/judges").path()

  /// Runs a program to its end with files by name in its folder. Files instead of pipes: neither
  /// side ever waits for the other.
  static func run(
    _ program: String, _ arguments: [String], files: [String: String] = [:], input: String = ""
  ) throws -> Verdict {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "mgc-outside-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for (name, text) in files { try Data(text.utf8).write(to: folder.appending(path: name)) }
    let streams = ["in", "out", "err"].map { folder.appending(path: $0) }
    for stream in streams { try Data((stream == streams[0] ? input : "").utf8).write(to: stream) }
    let process = Process()
    process.executableURL = URL(filePath: program)
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.standardInput = try FileHandle(forReadingFrom: streams[0])
    process.standardOutput = try FileHandle(forWritingTo: streams[1])
    process.standardError = try FileHandle(forWritingTo: streams[2])
    try process.run()
    process.waitUntilExit()
    return Verdict(
      status: process.terminationStatus, output: try Data(contentsOf: streams[1]),
      errors: String(decoding: try Data(contentsOf: streams[2]), as: UTF8.self))
  }

  /// Runs a script of Tests/Judges and reads the JSON that it prints.
  static func read<Value: Decodable>(
    _ script: String, _ arguments: [String] = [], input: String, as type: Value.Type
  ) throws -> Value {
    let path = root.appending(path: "Tests/Judges/\(script)").path()
    let verdict = try run(judges + "/bin/python", [path] + arguments, input: input)
    guard verdict.status == 0 else { throw Failure(description: verdict.errors) }
    return try JSONDecoder().decode(type, from: verdict.output)
  }
}
