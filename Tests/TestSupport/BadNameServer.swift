internal import Foundation

/// A name server that answers as the first label of a name says, mostly badly: see
/// Tests/Judges/dns_responder.py.
package struct BadNameServer {
  /// On 127.0.0.1, by UDP and TCP.
  package let port: UInt16

  /// Serves while `body` runs.
  ///
  /// - Parameter text: what a good answer says.
  package static func run<Result>(
    text: String = "ok", _ body: (BadNameServer) throws -> Result
  ) throws -> Result {
    let environment =
      ProcessInfo.processInfo.environment["MGC_JUDGES"]
      ?? Judge.root.appending(path: ".build/judges").path()
    let process = Process()
    process.executableURL = URL(filePath: environment + "/bin/python")
    process.arguments = [Judge.root.appending(path: "Tests/Judges/dns_responder.py").path(), text]
    let input = Pipe()
    let output = Pipe()
    process.standardInput = input
    process.standardOutput = output
    try process.run()
    defer {
      // The end of its input ends it.
      try? input.fileHandleForWriting.close()
      process.waitUntilExit()
    }
    var line: [UInt8] = []
    while line.last != 0x0A {
      guard let byte = try output.fileHandleForReading.read(upToCount: 1)?.first else { break }
      line.append(byte)
    }
    guard let port = UInt16(String(decoding: line.dropLast(), as: UTF8.self)) else {
      throw Judge.Failure(description: "the responder names no port")
    }
    return try body(BadNameServer(port: port))
  }
}
