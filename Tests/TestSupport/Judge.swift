package import Foundation

/// A program, independent of mgc, that reads what mgc wrote.
package enum Judge {
  package struct Verdict {
    package let status: Int32
    package let output: Data
    package let errors: String
  }

  package struct Failure: Error, CustomStringConvertible {
    package let description: String

    package init(description: String) { self.description = description }
  }

  package static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Runs a program to its end. Files instead of pipes: neither side ever waits for the other.
  package static func run(_ program: String, _ arguments: [String], input: [UInt8] = []) throws
    -> Verdict
  {
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
        status: process.terminationStatus, output: try Data(contentsOf: files[1]),
        errors: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self))
    }
  }

  /// Runs a script of Tests/Judges in the judges' environment and reads the JSON that it prints.
  package static func read<Value: Decodable>(
    _ script: String, _ arguments: [String] = [], input: [UInt8], as type: Value.Type
  ) throws -> Value {
    let environment =
      ProcessInfo.processInfo.environment["MGC_JUDGES"]
      ?? root.appending(path: ".build/judges").path()
    let verdict = try run(
      environment + "/bin/python",
      [root.appending(path: "Tests/Judges/\(script)").path()] + arguments, input: input)
    guard verdict.status == 0 else { throw Failure(description: verdict.errors) }
    return try JSONDecoder().decode(type, from: verdict.output)
  }

  /// A new empty folder, which is gone afterwards.
  package static func inFolder<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "mgc-judge-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }
}
