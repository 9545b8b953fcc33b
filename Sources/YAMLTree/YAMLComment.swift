package import SourceText

/// A comment, from its `#` to the end of its line.
package struct YAMLComment: Hashable, Sendable {
  package let span: SourceSpan
  /// Whether only white space stands before it on its line.
  package let isAlone: Bool
}

extension YAMLDocument {
  /// All comments of the file itself, not of a standard, in the order of writing; found again at
  /// every call.
  ///
  /// libyaml drops them. Between the scalars of a file that was read whole there are only
  /// indicators, anchors, tags and white space, so a `#` there begins a comment.
  package func comments() -> [YAMLComment] {
    var comments: [YAMLComment] = []
    var offset = 0
    let text = file.bytes
    let records = tape
    let bytes = text.span
    let tape = records.span
    for index in 0..<ownCount {
      let record = tape[index]
      guard record.kind == .scalar || record.kind == .alias else { continue }
      // The gap is searched as far as the scalar, and of a block scalar also its first line.
      findComments(in: offset..<max(offset, Int(record.start)), of: bytes, into: &comments)
      let start = max(offset, Int(record.start))
      offset = max(offset, Int(record.end))
      guard start < offset, bytes[start] == 0x7C || bytes[start] == 0x3E else { continue }
      let header = min(offset, Self.lineEnd(bytes, from: start))
      findComments(in: start..<header, of: bytes, into: &comments)
    }
    findComments(in: offset..<bytes.count, of: bytes, into: &comments)
    return comments
  }

  private func findComments(
    in range: Range<Int>, of bytes: Span<UInt8>, into comments: inout [YAMLComment]
  ) {
    var offset = range.lowerBound
    while offset < range.upperBound {
      guard bytes[offset] == UInt8(ascii: "#") else {
        offset += 1
        continue
      }
      let end = Self.lineEnd(bytes, from: offset)
      var before = offset
      while before > 0, bytes[before - 1].isBlank { before -= 1 }
      let isAlone = before == 0 || bytes[before - 1].isLineEnd
      comments.append(YAMLComment(span: SourceSpan(file: id, offset..<end), isAlone: isAlone))
      offset = end
    }
  }

  private static func lineEnd(_ bytes: Span<UInt8>, from start: Int) -> Int {
    var end = start
    while end < bytes.count, !bytes[end].isLineEnd { end += 1 }
    return end
  }
}
