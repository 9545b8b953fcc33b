@_spi(_Unicode) internal import Swift

/// Unicode's normal form C, which the file's texts are in (UAX #15).
enum NormalForm {
  /// The text in NFC if it is not so already.
  static func correction(of bytes: Span<UInt8>) -> String? {
    guard mayDiffer(bytes) else { return nil }
    let text = String(utf8: bytes)
    let normal = composed(text)
    return normal.utf8.elementsEqual(text.utf8) ? nil : normal
  }

  static func composed(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    result.append(contentsOf: text._nfc)
    return String(result)
  }

  /// False for texts of scalars that NFC leaves alone and that combine with nothing: all below
  /// U+0300, kana, ideographs and full-width letters.
  private static func mayDiffer(_ bytes: Span<UInt8>) -> Bool {
    var index = 0
    while index < bytes.count {
      if bytes[index] < 0x80 {
        index += 1
        continue
      }
      guard let (scalar, length) = bytes.scalar(at: index) else { return false }
      switch scalar.value {
      case 0...0x2FF, 0x3001...0x3029, 0x3041...0x3096, 0x309B...0x30FF, 0x4E00...0x9FFF,
        0xFF01...0xFF9F:
        index += length
      default: return true
      }
    }
    return false
  }
}

extension String {
  /// Whether the text is in NFC, which is all that tenant.yaml takes. Two texts that Swift holds
  /// equal may differ in it.
  package var isNFC: Bool { NormalForm.correction(of: utf8Span.span) == nil }
}
