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
  /// The offset of each line's first byte. LF, CR LF and a lone CR end a line.
  private let lineStarts: [UInt32]

  package init(name: String, bytes: [UInt8]) {
    self.name = name
    self.bytes = bytes
    var starts: [UInt32] = [0]
    let buffer = bytes.span
    var index = 0
    while index < buffer.count {
      let byte = buffer[index]
      index += 1
      if byte == 0x0A {
        starts.append(UInt32(clamping: index))
      } else if byte == 0x0D {
        if index < buffer.count && buffer[index] == 0x0A { index += 1 }
        starts.append(UInt32(clamping: index))
      }
    }
    lineStarts = starts
  }

  package init(name: String, text: String) { self.init(name: name, bytes: Array(text.utf8)) }

  package var lineCount: Int { lineStarts.count }

  /// The line and column of an offset; an offset past the end is the end.
  package func position(of offset: Int) -> SourcePosition {
    let offset = min(max(offset, 0), bytes.count)
    let line = lineIndex(of: offset)
    let column = bytes[Int(lineStarts[line])..<offset].count { $0 & 0xC0 != 0x80 }
    return SourcePosition(line: line + 1, column: column + 1)
  }

  /// The bytes of a line, from 1, without its end.
  package func lineRange(_ line: Int) -> Range<Int> {
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

  private func lineIndex(of offset: Int) -> Int {
    var low = 0
    var high = lineStarts.count - 1
    while low < high {
      let middle = (low + high + 1) / 2
      if Int(lineStarts[middle]) <= offset { low = middle } else { high = middle - 1 }
    }
    return low
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
