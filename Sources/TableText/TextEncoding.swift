/// How a list's text becomes bytes.
package enum TextEncoding: String, CaseIterable, Sendable {
  case utf8 = "UTF-8"
  /// With the byte order mark that spreadsheets on Windows want.
  case utf8WithMark = "UTF-8 (BOM)"
  case cp932 = "CP932"

  /// What comes before the text.
  package var mark: [UInt8] { self == .utf8WithMark ? Self.byteOrderMark : [] }

  package static let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]

  /// The first character that cannot be written, and its number; nil where all can.
  package func firstRefused(in text: String) -> (scalar: Unicode.Scalar, index: Int)? {
    guard self == .cp932 else { return nil }
    for (index, scalar) in text.unicodeScalars.enumerated() where CP932.encode(scalar) == nil {
      return (scalar, index)
    }
    return nil
  }

  /// Appends the text; what cannot be written is left out, so ask `firstRefused` before.
  package func append(_ text: String, to bytes: inout [UInt8]) {
    guard self == .cp932 else {
      bytes += text.utf8
      return
    }
    for scalar in text.unicodeScalars {
      guard let (first, second) = CP932.encode(scalar) else { continue }
      bytes.append(first)
      if let second { bytes.append(second) }
    }
  }

  /// The text of some bytes; nil where they are not of this encoding.
  package func decode(_ bytes: [UInt8], _ range: Range<Int>) -> String? {
    guard self == .cp932 else {
      return String(validating: bytes[range], as: UTF8.self)
    }
    var result = ""
    var offset = range.lowerBound
    while offset < range.upperBound {
      guard let (scalar, length) = CP932.decode(bytes, at: offset) else { return nil }
      result.unicodeScalars.append(scalar)
      offset += length
    }
    return offset == range.upperBound ? result : nil
  }

  /// The first bytes from `start` that are not of this encoding; nil where all are.
  package func firstInvalid(_ bytes: [UInt8], from start: Int = 0) -> Range<Int>? {
    guard self == .cp932 else { return Self.firstInvalidUTF8(bytes, from: start) }
    var offset = start
    while offset < bytes.count {
      guard let (_, length) = CP932.decode(bytes, at: offset) else { return offset..<offset + 1 }
      offset += length
    }
    return nil
  }

  private static func firstInvalidUTF8(_ bytes: [UInt8], from start: Int) -> Range<Int>? {
    var decoder = Unicode.UTF8.ForwardParser()
    var iterator = bytes[start...].makeIterator()
    var offset = start
    while true {
      switch decoder.parseScalar(from: &iterator) {
      case .valid(let encoded): offset += encoded.count
      case .emptyInput: return nil
      case .error(let length): return offset..<min(offset + max(length, 1), bytes.count)
      }
    }
  }
}
