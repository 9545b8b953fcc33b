import Foundation
import Testing

/// The program under test, run as people run it.
enum MGC {
  struct Outcome {
    let status: Int32
    /// Whether a signal ended it.
    let wasKilled: Bool
    let output: [UInt8]
    let errors: String

    var text: String { String(decoding: output, as: UTF8.self) }
  }

  /// The moment that the tests judge by.
  static let now = "2026-11-23T09:00:00+09:00"

  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Built beside the test runner.
  static var program: URL {
    URL(filePath: CommandLine.arguments[0]).deletingLastPathComponent().appending(path: "mgc")
  }

  static func run(
    _ arguments: [String], in folder: URL, environment: [String: String] = [:],
    input: FileHandle = .nullDevice
  ) throws -> Outcome {
    let process = try start(arguments, in: folder, environment: environment, input: input)
    return try process.finish()
  }

  static func start(
    _ arguments: [String], in folder: URL, environment: [String: String] = [:],
    input: FileHandle = .nullDevice
  ) throws -> Running {
    let scratch = FileManager.default.temporaryDirectory
      .appending(path: "mgc-run-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    let files = ["out", "err"].map { scratch.appending(path: $0) }
    for file in files { try Data().write(to: file) }
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    process.currentDirectoryURL = folder
    var variables = ProcessInfo.processInfo.environment
    variables["NO_COLOR"] = nil
    variables.merge(environment) { $1 }
    process.environment = variables
    process.standardInput = input
    process.standardOutput = try FileHandle(forWritingTo: files[0])
    process.standardError = try FileHandle(forWritingTo: files[1])
    try process.run()
    return Running(process: process, scratch: scratch)
  }

  struct Running {
    let process: Process
    let scratch: URL

    func finish() throws -> Outcome {
      process.waitUntilExit()
      defer { try? FileManager.default.removeItem(at: scratch) }
      return Outcome(
        status: process.terminationStatus,
        wasKilled: process.terminationReason == .uncaughtSignal,
        output: Array(try Data(contentsOf: scratch.appending(path: "out"))),
        errors: String(
          decoding: try Data(contentsOf: scratch.appending(path: "err")), as: UTF8.self))
    }
  }
}

/// Folders of tenants for a test to change.
enum Scratch {
  /// A new empty folder, gone after the body.
  static func folder<Result>(_ body: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory
      .appending(path: "mgc-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }

  /// The inputs of an example, without what mgc writes.
  static func example<Result>(_ name: String, _ body: (URL) throws -> Result) throws -> Result {
    try folder { parent in
      let copy = parent.appending(path: name)
      try FileManager.default.copyItem(
        at: MGC.root.appending(path: "examples/\(name)"), to: copy)
      for written in ["out", "tenant.lock.json"] {
        try? FileManager.default.removeItem(at: copy.appending(path: written))
      }
      return try body(copy)
    }
  }

  /// Every file below a folder by its relative path.
  static func tree(_ folder: URL) throws -> [String: [UInt8]] {
    var files: [String: [UInt8]] = [:]
    guard FileManager.default.fileExists(atPath: folder.path()) else { return files }
    for path in try FileManager.default.subpathsOfDirectory(atPath: folder.path()) {
      let file = folder.appending(path: path)
      let type = try FileManager.default.attributesOfItem(atPath: file.path())[.type]
      if type as? FileAttributeType != .typeDirectory {
        files[path] = Array(try Data(contentsOf: file))
      }
    }
    return files
  }
}

/// The examples that are committed.
let exampleNames = [
  "kaede-trading", "minimal", "momiji-group", "nadeshiko-medical", "sakura-software",
  "tsubaki-foods",
]
