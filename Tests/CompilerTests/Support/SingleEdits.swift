import Compiler
import Diagnostics
import SourceText
import YAMLTree

/// One small slip in a file that was right.
struct SingleEdit {
  let text: String
  /// Where the text differs now; empty where something went away.
  let place: Range<Int>
  let name: String

  /// Every deletion, doubling and swap with the right neighbor of one character of a key, and every
  /// removal of a line.
  static func all(of text: String) -> [SingleEdit] {
    let bytes = Array(text.utf8)
    let file = SourceFile(name: "tenant.yaml", bytes: bytes)
    var bag = DiagnosticBag()
    guard let document = YAMLReader.read(file, id: .tenant, into: &bag) else { return [] }
    var keys: [SourceSpan] = []
    collectKeys(of: document.root, into: &keys)
    return keys.flatMap { edits(ofKey: $0, in: bytes, file) }
      + (1...file.lineCount).compactMap { removal(ofLine: $0, in: bytes, file) }
  }

  private static func collectKeys(of node: YAMLNode, into keys: inout [SourceSpan]) {
    node.forEachElement { collectKeys(of: $0, into: &keys) }
    node.forEachMember { key, value in
      keys.append(key.span)
      collectKeys(of: value, into: &keys)
    }
  }

  private static func edits(
    ofKey span: SourceSpan, in bytes: [UInt8], _ file: SourceFile
  ) -> [SingleEdit] {
    let key = file.text(span.lowerBound..<span.upperBound)
    return (span.lowerBound..<span.upperBound).flatMap { offset in
      var edits = [
        replacing(offset..<offset + 1, of: bytes, by: [], "\(key) without byte \(offset)"),
        replacing(
          offset..<offset + 1, of: bytes, by: [bytes[offset], bytes[offset]],
          "\(key) with byte \(offset) twice"),
      ]
      if offset + 1 < span.upperBound, bytes[offset] != bytes[offset + 1] {
        edits.append(
          replacing(
            offset..<offset + 2, of: bytes, by: [bytes[offset + 1], bytes[offset]],
            "\(key) with byte \(offset) and the next swapped"))
      }
      return edits
    }
  }

  private static func replacing(
    _ range: Range<Int>, of bytes: [UInt8], by new: [UInt8], _ name: String
  ) -> SingleEdit {
    var result = bytes
    result.replaceSubrange(range, with: new)
    return SingleEdit(
      text: String(decoding: result, as: UTF8.self),
      place: range.lowerBound..<range.lowerBound + new.count, name: name)
  }

  /// The gap that a line leaves reaches from the end of the line before to the first sign after.
  private static func removal(
    ofLine line: Int, in bytes: [UInt8], _ file: SourceFile
  ) -> SingleEdit? {
    let start = file.lineRange(line).lowerBound
    let end = line < file.lineCount ? file.lineRange(line + 1).lowerBound : bytes.count
    guard start < end else { return nil }
    var result = bytes
    result.removeSubrange(start..<end)
    var after = start
    while after < result.count, result[after] == 0x20 { after += 1 }
    return SingleEdit(
      text: String(decoding: result, as: UTF8.self), place: max(0, start - 1)..<after,
      name: "line \(line) removed")
  }
}
