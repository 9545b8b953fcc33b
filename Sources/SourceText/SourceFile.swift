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

  package var lineCount: Int { lines.count(in: bytes) }

  /// The line and column of an offset; an offset past the end is the end.
  package func position(of offset: Int) -> SourcePosition {
    let place = lines.place(of: min(max(offset, 0), bytes.count), in: bytes)
    return SourcePosition(line: place.line, column: place.scalars + 1)
  }

  /// The bytes of a line, from 1, without its end.
  package func lineRange(_ line: Int) -> Range<Int> {
    let start = lines.start(of: line, in: bytes)
    var end = lines.start(of: line + 1, in: bytes)
    while end > start, bytes[end - 1] == 0x0A || bytes[end - 1] == 0x0D { end -= 1 }
    return start..<end
  }

  /// The text of a range, with U+FFFD for what is not UTF-8.
  package func text(_ range: Range<Int>) -> String {
    String(decoding: bytes[range.clamped(to: 0..<bytes.count)], as: UTF8.self)
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
