/// Microsoft's code page 932 (Windows-31J): Shift_JIS with the extensions of NEC and IBM.
///
/// The C library's iconv is not asked: its tables are modules that it loads from the machine at run
/// time, so a static mgc would do one thing here and another there, or nothing. The table is in
/// `CP932Table.swift`; a test holds it against iconv.
///
/// Only what comes back as it went in is written. Windows and iconv also turn such characters as
/// U+301C (〜) into one that looks alike, which comes back as U+FF5E (～); here they are refused,
/// with `counterpart` to name the other. User-defined characters (lead bytes F0 to F9) are refused
/// both ways: each machine draws its own.
package enum CP932 {
  /// The bytes of a character; nil for one that the code page cannot hold.
  package static func encode(_ scalar: Unicode.Scalar) -> (first: UInt8, second: UInt8?)? {
    let value = scalar.value
    if value < 0x80 { return (UInt8(value), nil) }
    if (0xFF61...0xFF9F).contains(value) { return (UInt8(value - 0xFF61 + 0xA1), nil) }
    guard value <= 0xFFFF else { return nil }
    let code = codes[Int(value)]
    return code == 0 ? nil : (UInt8(code >> 8), UInt8(code & 0xFF))
  }

  /// The character that begins at an offset, and how many bytes it has; nil where there is none.
  package static func decode(_ bytes: [UInt8], at offset: Int) -> (Unicode.Scalar, length: Int)? {
    let first = bytes[offset]
    switch first {
    case 0x00...0x7F: return (Unicode.Scalar(first), 1)
    case 0xA1...0xDF:
      return Unicode.Scalar(0xFF61 + UInt32(first) - 0xA1).map { ($0, 1) }
    default:
      guard offset + 1 < bytes.count, let column = column(of: bytes[offset + 1]) else { return nil }
      let value = values[Int(first) * width + column]
      return value == 0 ? nil : Unicode.Scalar(value).map { ($0, 2) }
    }
  }

  /// The character of the code page that looks like one that it cannot hold, and that other
  /// programs would write for it.
  package static func counterpart(of scalar: Unicode.Scalar) -> Unicode.Scalar? {
    switch scalar {
    case "\u{301C}": "\u{FF5E}"
    case "\u{2016}": "\u{2225}"
    case "\u{2212}": "\u{FF0D}"
    case "\u{2014}": "\u{2015}"
    case "\u{00A2}": "\u{FFE0}"
    case "\u{00A3}": "\u{FFE1}"
    case "\u{00AC}": "\u{FFE2}"
    case "\u{00A5}": "\u{FFE5}"
    case "\u{00A6}": "\u{FFE4}"
    case "\u{203E}": "\u{FFE3}"
    default: nil
    }
  }

  /// How many second bytes there are: 40 to 7E and 80 to FC.
  private static let width = 188

  private static func column(of trail: UInt8) -> Int? {
    switch trail {
    case 0x40...0x7E: Int(trail) - 0x40
    case 0x80...0xFC: Int(trail) - 0x41
    default: nil
    }
  }

  /// By first byte and column; 0 for none.
  private static let values: [UInt16] = {
    var result = [UInt16](repeating: 0, count: 256 * width)
    for row in rows {
      let start = Int(row.lead) * width
      for (index, scalar) in (row.first + row.second).unicodeScalars.enumerated()
      where scalar != "\u{FFFD}" { result[start + index] = UInt16(clamping: scalar.value) }
    }
    return result
  }()

  /// By character; 0 for none. Where a character has several codes, the first is taken, but never
  /// IBM's characters in NEC's place (lead bytes ED and EE): so Windows and iconv write them.
  private static let codes: [UInt16] = {
    var result = [UInt16](repeating: 0, count: 0x10000)
    for lead in 0x81...0xFC where lead != 0xED && lead != 0xEE {
      for column in 0..<width {
        let value = Int(values[lead * width + column])
        if value == 0 || result[value] != 0 { continue }
        let trail = column < 0x3F ? column + 0x40 : column + 0x41
        result[value] = UInt16(lead << 8 | trail)
      }
    }
    return result
  }()
}
