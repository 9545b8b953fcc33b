extension String {
  /// The text with every scalar that could paint a terminal, forge a line or hide written as
  /// `\u{…}`: controls, format characters (bidi and invisible ones), separators, private use.
  package var visible: String {
    guard unicodeScalars.contains(where: \.isHidden) else { return self }
    var result = ""
    for scalar in unicodeScalars {
      if scalar.isHidden {
        result += "\\u{" + String(scalar.value, radix: 16, uppercase: true) + "}"
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// `visible`, cut after `limit` scalars with an ellipsis: for quoting in a message.
  package func excerpt(limit: Int = 60) -> String {
    var head = String.UnicodeScalarView()
    var count = 0
    for scalar in unicodeScalars {
      if count == limit { return String(head).visible + "…" }
      head.append(scalar)
      count += 1
    }
    return visible
  }
}

extension Unicode.Scalar {
  /// Whether a reader of the text would not see this scalar as what it is: controls (C0, C1,
  /// DEL), format characters, line and paragraph separators, variation selectors, invisible
  /// letters (Hangul fillers, combining grapheme joiner), private use, unassigned.
  package var isHidden: Bool {
    if value >= 0x20 && value < 0x7F { return false }
    switch value {
    // Kana and ideographs, so that Japanese text needs no look-up.
    case 0x3041...0x3096, 0x30A1...0x30FA, 0x4E00...0x9FFF: return false
    case 0x115F, 0x1160, 0x3164, 0xFFA0, 0x034F, 0x180B...0x180F, 0xFE00...0xFE0F,
      0xE0100...0xE01EF:
      return true
    default: break
    }
    switch properties.generalCategory {
    case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned,
      .surrogate:
      return true
    default: return false
    }
  }
}

extension Unicode.Scalar {
  /// Whether the scalar shows nothing and changes nothing that is shown: zero width space and word
  /// joiner, soft hyphen, and the byte order mark inside a text.
  package var hasNoWidth: Bool {
    switch value {
    case 0xAD, 0x200B, 0x2060, 0xFEFF: true
    default: false
    }
  }
}
