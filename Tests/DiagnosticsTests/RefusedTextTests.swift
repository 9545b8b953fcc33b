import Foundation
import Testing

/// What must not compile: a runtime string as a literal, by the initializer, or interpolated bare.
@Suite(.serialized) struct RefusedTextTests {
  @Test(arguments: [
    (#"let text: TerminalText = "\(name)""#, #"write \(text: …), which shows hidden characters"#),
    (#"let text: TerminalText = "a\("b" + name)""#, #"write \(text: …)"#),
    (#"let text: TerminalText = name"#, "cannot convert value of type 'String'"),
    (#"let text = TerminalText(stringLiteral: name)"#, "cannot convert value of type 'String'"),
    (#"let text = TerminalText(name)"#, "no exact matches in call to initializer"),
    (#"let text: TerminalText = "\(repeating: name, 2)""#, "cannot convert value of type 'String'"),
  ])
  func `A runtime string is refused`(statement: String, message: String) throws {
    let output = try typecheck(statement)
    #expect(output.status != 0)
    #expect(output.text.contains("error: ") && output.text.contains(message), "\(output.text)")
  }

  @Test func `Literals and shown text are accepted`() throws {
    let output = try typecheck(#"let text: TerminalText = "a \(text: name): \("b", .bold) \(1)""#)
    #expect(output.status == 0, "\(output.text)")
  }

  /// Checks the statement inside the room, where even what is not `package` can be seen.
  private func typecheck(_ statement: String) throws -> (status: Int32, text: String) {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let folder = FileManager.default.temporaryDirectory.appending(
      path: "mgc-refused-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let source = folder.appending(path: "Refused.swift").path
    let code = "func refused(_ name: String) {\n  \(statement)\n  _ = text\n}\n"
    try Data(code.utf8).write(to: URL(filePath: source))

    let room = root.appending(path: "Sources/SourceText")
    let names = try FileManager.default.contentsOfDirectory(atPath: room.path).sorted()
    let module = try run(
      ["-emit-module", "-module-name", "SourceText", "-emit-module-path"]
        + [folder.appending(path: "SourceText.swiftmodule").path]
        + names.map { room.appending(path: $0).path }, in: folder)
    try #require(module.status == 0, "\(module.text)")
    let text = root.appending(path: "Sources/Diagnostics/TerminalText.swift").path
    return try run(
      ["-typecheck", "-module-name", "Diagnostics", "-I", folder.path, text, source], in: folder)
  }

  private func run(_ arguments: [String], in folder: URL) throws -> (status: Int32, text: String) {
    let log = folder.appending(path: "log")
    try Data().write(to: log)
    let handle = try FileHandle(forWritingTo: log)
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["swiftc", "-swift-version", "6", "-package-name", "house"] + arguments
    process.currentDirectoryURL = folder
    process.standardOutput = handle
    process.standardError = handle
    process.standardInput = FileHandle.nullDevice
    try process.run()
    process.waitUntilExit()
    return (process.terminationStatus, try String(contentsOf: log, encoding: .utf8))
  }
}
