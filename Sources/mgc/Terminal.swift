internal import FoundationEssentials

#if canImport(Darwin)
  internal import Darwin
#else
  internal import Glibc
#endif

/// Where mgc speaks: its results on standard output, everything about the run on standard error.
enum Terminal {
  /// Whether a stream is shown to a person who has not turned colors off (no-color.org).
  static func hasColors(_ stream: Stream) -> Bool {
    guard isInteractive(stream) else { return false }
    return (ProcessInfo.processInfo.environment["NO_COLOR"] ?? "").isEmpty
  }

  /// Whether a stream is shown to a person on a terminal that can rewrite a line.
  static func isInteractive(_ stream: Stream) -> Bool {
    isTerminal(stream) && ProcessInfo.processInfo.environment["TERM"] != "dumb"
  }

  static func isTerminal(_ stream: Stream) -> Bool { isatty(stream.rawValue) == 1 }
  /// Whether a person is at the keyboard.
  static var hasKeyboard: Bool { isatty(0) == 1 }

  /// What comes next on standard input; empty at its end.
  static func read() -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = unsafe bytes.withUnsafeMutableBytes { buffer in
        #if canImport(Darwin)
          unsafe Darwin.read(0, buffer.baseAddress, buffer.count)
        #else
          unsafe Glibc.read(0, buffer.baseAddress, buffer.count)
        #endif
      }
      if count < 0, errno == EINTR { continue }
      return Array(bytes.prefix(max(0, count)))
    }
  }

  enum Stream: Int32 {
    case output = 1
    case error = 2
  }

  /// Writes all of the text. A reader that has gone away ends the run in silence, as it does for
  /// any other program of a pipeline.
  static func write(_ text: String, to stream: Stream = .output) {
    write(Array(text.utf8), to: stream)
  }

  /// Reads standard input to its end, but at most `limit` bytes and a part more.
  static func readInput(limit: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    while bytes.count < limit {
      let part = read()
      if part.isEmpty { break }
      bytes += part
    }
    return bytes
  }

  static func write(_ bytes: [UInt8], to stream: Stream = .output) {
    var start = 0
    while start < bytes.count {
      let written = unsafe bytes[start...].withUnsafeBytes { buffer in
        #if canImport(Darwin)
          unsafe Darwin.write(stream.rawValue, buffer.baseAddress, buffer.count)
        #else
          unsafe Glibc.write(stream.rawValue, buffer.baseAddress, buffer.count)
        #endif
      }
      if written < 0 {
        if errno == EINTR { continue }
        return
      }
      start += written
    }
  }
}
