import Foundation
import Testing

/// What was written before and looked at by a person. `make golden` writes it anew; a recording
/// run fails, so that nobody takes it for a test.
enum Golden {
  static var isRecording: Bool { ProcessInfo.processInfo.environment["MGC_RECORD"] == "1" }

  /// Compares with `Tests/CommandTests/Goldens/NAME`.
  static func expect(
    _ bytes: [UInt8], _ name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try expect(bytes, at: "Tests/CommandTests/Goldens/\(name)", sourceLocation)
  }

  /// Compares with `schema/NAME`, which is for users.
  static func expect(
    published bytes: [UInt8], _ name: String, sourceLocation: SourceLocation = #_sourceLocation
  ) throws {
    try expect(bytes, at: "schema/\(name)", sourceLocation)
  }

  private static func expect(
    _ bytes: [UInt8], at path: String, _ sourceLocation: SourceLocation
  ) throws {
    let file = MGC.root.appending(path: path)
    if isRecording {
      try Data(bytes).write(to: file)
      Issue.record("recorded \(path)", sourceLocation: sourceLocation)
      return
    }
    let golden = Array(try Data(contentsOf: file))
    #expect(
      String(decoding: bytes, as: UTF8.self) == String(decoding: golden, as: UTF8.self),
      "\(path) differs; make golden renews it", sourceLocation: sourceLocation)
  }
}
