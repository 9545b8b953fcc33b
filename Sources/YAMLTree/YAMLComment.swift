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
    for record in tape[..<ownCount] where record.kind == .scalar || record.kind == .alias {
      // The gap is searched as far as the scalar, and of a block scalar also its first line.
      findComments(in: offset..<max(offset, Int(record.start)), into: &comments)
      let start = max(offset, Int(record.start))
      offset = max(offset, Int(record.end))
      guard start < offset, file.bytes[start] == 0x7C || file.bytes[start] == 0x3E else { continue }
      let header = file.bytes[start..<offset].firstIndex(where: \.isLineEnd) ?? offset
      findComments(in: start..<header, into: &comments)
    }
    findComments(in: offset..<file.bytes.count, into: &comments)
    return comments
  }

  private func findComments(in range: Range<Int>, into comments: inout [YAMLComment]) {
    let bytes = file.bytes
    var offset = range.lowerBound
    while offset < range.upperBound {
      guard bytes[offset] == UInt8(ascii: "#") else {
        offset += 1
        continue
      }
      let end = bytes[offset...].firstIndex(where: \.isLineEnd) ?? bytes.count
      var before = offset
      while before > 0, bytes[before - 1].isBlank { before -= 1 }
      let isAlone = before == 0 || bytes[before - 1].isLineEnd
      comments.append(YAMLComment(span: SourceSpan(file: id, offset..<end), isAlone: isAlone))
      offset = end
    }
  }
}
