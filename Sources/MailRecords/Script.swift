/// The scripts whose letters pass for each other's, and what is known of the look of their letters.
///
/// Source: Unicode TR39 sections 4 and 5 (confusables and mixed scripts), and the blocks of
/// Scripts.txt that hold these letters. All other scripts are one here: none of their letters pass
/// for one of these without being seen.
enum Script: Hashable {
  case latin, greek, cyrillic, armenian, cherokee

  /// The script of a letter; nil for digits, marks, the hyphen and the letters of other scripts.
  init?(of scalar: Unicode.Scalar) {
    switch scalar.value {
    case 0x41...0x5A, 0x61...0x7A, 0xAA, 0xBA, 0xC0...0xD6, 0xD8...0xF6, 0xF8...0x2B8,
      0x1D00...0x1D25, 0x1D2C...0x1D5C, 0x1E00...0x1EFF, 0x2C60...0x2C7F, 0xA722...0xA787,
      0xA78B...0xA7FF, 0xAB30...0xAB5A:
      self = .latin
    case 0x370...0x373, 0x376...0x377, 0x37B...0x37D, 0x37F, 0x386, 0x388...0x3FF,
      0x1F00...0x1FFE:
      self = .greek
    case 0x400...0x484, 0x487...0x52F, 0x1C80...0x1C8A, 0x1D2B, 0x2DE0...0x2DFF,
      0xA640...0xA69F:
      self = .cyrillic
    case 0x531...0x556, 0x560...0x588: self = .armenian
    case 0x13A0...0x13FD, 0xAB70...0xABBF: self = .cherokee
    default: return nil
    }
  }
}

extension DomainName {
  /// The first label, in letters as people see it, that mixes scripts whose letters pass for each
  /// other's; nil for none. Latin beside kana and ideographs is as it should be.
  package var mixedLabel: String? {
    guard isInternationalized else { return nil }
    return unicodeLabels.first { label in
      Set(label.unicodeScalars.compactMap(Script.init(of:))).count > 1
    }
  }

  /// The name that this one can be taken for because a whole label looks like Latin letters, as
  /// `раураl` does in Cyrillic; nil for none.
  package var latinLookalike: String? {
    guard isInternationalized else { return nil }
    var isFound = false
    let labels = unicodeLabels.map { label in
      guard let latin = Self.latin(label) else { return label }
      isFound = true
      return latin
    }
    return isFound ? labels.joined(separator: ".") : nil
  }

  private var unicodeLabels: [String] {
    unicode.split(separator: ".", omittingEmptySubsequences: false).map(String.init)
  }

  /// The Latin letters that a label without any looks like; nil where one of its letters looks like
  /// none, or where there is no letter.
  private static func latin(_ label: String) -> String? {
    var result = String.UnicodeScalarView()
    var letters = 0
    for scalar in label.unicodeScalars {
      if let latin = lookalikes[scalar] {
        result.append(latin)
        letters += 1
      } else if scalar == "-" || (0x30...0x39).contains(scalar.value) {
        result.append(scalar)
      } else {
        return nil
      }
    }
    return letters > 0 ? String(result) : nil
  }

  /// Lower-case letters that most fonts draw as they draw a Latin one (confusables.txt of TR39).
  private static let lookalikes: [Unicode.Scalar: Unicode.Scalar] = [
    // Cyrillic
    "а": "a", "ԁ": "d", "е": "e", "һ": "h", "і": "i", "ј": "j", "ӏ": "l", "о": "o", "р": "p",
    "ԛ": "q", "с": "c", "ѕ": "s", "ԝ": "w", "х": "x", "у": "y", "ү": "y", "ѵ": "v", "г": "r",
    "ь": "b", "к": "k", "п": "n", "ё": "ë", "ї": "ï",
    // Greek
    "α": "a", "ι": "i", "κ": "k", "ν": "v", "ο": "o", "ρ": "p", "σ": "o", "υ": "u", "γ": "y",
    "χ": "x", "η": "n", "ε": "e",
    // Armenian
    "օ": "o", "ս": "u", "հ": "h", "ո": "n", "ց": "g", "զ": "q", "յ": "j",
  ]
}
