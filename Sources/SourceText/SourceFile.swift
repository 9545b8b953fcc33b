internal import Synchronization

/// A line and a column, both from 1. The column counts Unicode scalars.
package struct SourcePosition: Hashable, Sendable {
  package let line: Int
  package let column: Int
}

/// A file that was read whole: its name as people wrote it, its bytes, and where its lines begin.
package struct SourceFile: Sendable {
  /// The path as it was given or referred to, for people; never opened again.
  package let name: String
  package let bytes: [UInt8]
  private let lines: LineTable

  package init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
    lines = LineTable()
  }

  package init(name: String, text: String) { self.init(name: name, bytes: Array(text.utf8)) }

  package var lineCount: Int { lineStarts.count }

  private var lineStarts: [UInt32] { lines.starts(of: bytes) }

  /// The line and column of an offset; an offset past the end is the end.
  package func position(of offset: Int) -> SourcePosition {
    let offset = min(max(offset, 0), bytes.count)
    let lineStarts = lineStarts
    let line = Self.lineIndex(of: offset, lineStarts)
    let column = bytes[Int(lineStarts[line])..<offset].count { $0 & 0xC0 != 0x80 }
    return SourcePosition(line: line + 1, column: column + 1)
  }

  /// The bytes of a line, from 1, without its end.
  package func lineRange(_ line: Int) -> Range<Int> {
    let lineStarts = lineStarts
    let index = line - 1
    let start = Int(lineStarts[index])
    var end = index + 1 < lineStarts.count ? Int(lineStarts[index + 1]) : bytes.count
    while end > start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
    return start..<end
  }

  /// The text of a range, with U+FFFD for what is not UTF-8.
  package func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
  }

  private static func lineIndex(of offset: Int, _ lineStarts: [UInt32]) -> Int {
    var low = 0
    var high = lineStarts.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if Int(lineStarts[middle]) <= offset { low = middle } else { high = middle - 1 }
    }
    return low
  }
}

/// The offset of each line's first byte, found when the first finding asks for it: a file without
/// findings never needs it. LF, CR LF and a lone CR end a line.
private final class LineTable: Sendable {
  private let table = Mutex<[UInt32]?>(nil)

  func starts(of bytes: [UInt8]) -> [UInt32] {
    table.withLock { table in
      if let table { return table }
      let starts = Self.find(in: bytes.span)
      table = starts
      return starts
    }
  }

  private static func find(in bytes: Span<UInt8>) -> [UInt32] {
    var starts: [UInt32] = [0]
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == 0x0A {
        starts.append(UInt32(clamping: index))
      } else if byte == 0x0D {
        if index < bytes.count && bytes[index] == 0x0A { index += 1 }
        starts.append(UInt32(clamping: index))
      }
    }
    return starts
  }
}

/// All files of one compilation, so that a span finds its text.
package struct SourceSet: Sendable {
  package private(set) var files: [SourceFile] = []

  package init() {}

  package init(_ files: [SourceFile]) { self.files = files }

  /// Adds a file and returns its number.
  package mutating func add(_ file: SourceFile) -> SourceFileID {
    files.append(file)
    return SourceFileID(index: UInt16(clamping: files.count - 1))
  }

  package subscript(id: SourceFileID) -> SourceFile { files[Int(id.index)] }
}

/// A replacement of a span's bytes.
package struct TextEdit: Hashable, Sendable {
  package let span: SourceSpan
  package let replacement: String

  package init(_ span: SourceSpan, replacement: String) {
    self.span = span
    self.replacement = replacement
  }
}
