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
    isatty(stream.rawValue) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
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
