internal import SourceText

/// A unified diff in which every file is replaced whole, so that every byte can be seen.
struct Patch {
  /// The largest old file that is shown, in bytes.
  static let limit = 64 << 20

  private(set) var bytes: [UInt8] = []

  /// - Parameters:
  ///   - path: of a tenant's own file, which has no line breaks.
  ///   - old: nil for a file that is not there.
  ///   - new: nil for a file that goes away.
  mutating func add(_ path: String, old: [UInt8]?, new: [UInt8]?) {
    let oldLines = Self.lines(old ?? [])
    let newLines = Self.lines(new ?? [])
    append(old == nil ? "--- /dev/null" : "--- " + path)
    append(new == nil ? "+++ /dev/null" : "+++ " + path)
    append("@@ -\(Self.range(oldLines.count)) +\(Self.range(newLines.count)) @@")
    for line in oldLines { append(line, mark: 0x2D) }
    for line in newLines { append(line, mark: 0x2B) }
  }

  private static func range(_ count: Int) -> String { count == 0 ? "0,0" : "1,\(count)" }

  /// The lines with their ends.
  private static func lines(_ bytes: [UInt8]) -> [ArraySlice<UInt8>] {
    var lines: [ArraySlice<UInt8>] = []
    var start = 0
    while start < bytes.count {
      let end = bytes[start...].firstIndex(of: 0x0A).map { $0 + 1 } ?? bytes.count
      lines.append(bytes[start..<end])
      start = end
    }
    return lines
  }

  private mutating func append(_ text: String) {
    bytes += text.visible.utf8
    bytes.append(0x0A)
  }

  private mutating func append(_ line: ArraySlice<UInt8>, mark: UInt8) {
    bytes.append(mark)
    bytes += line
    if line.last != 0x0A { bytes += "\n\\ No newline at end of file\n".utf8 }
  }
}
