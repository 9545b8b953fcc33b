internal import SourceText

/// Forbidden characters that stand side by side.
struct ForbiddenRun {
  var range: Range<Int>
  let first: Unicode.Scalar
  /// Whether all of them are variation selectors.
  var isSelectors: Bool
}

/// What one pass over the raw bytes finds: broken UTF-8, characters that a reviewer would not
/// see, and key material.
///
/// Eight ASCII bytes at a time are passed over when none of them can matter.
struct ByteScan {
  /// The first byte that is not UTF-8; nothing after it was looked at for characters.
  private(set) var invalid: Int?
  /// Runs of forbidden characters, up to the limit.
  private(set) var forbidden: [ForbiddenRun] = []
  /// Key material, in order and apart.
  private(set) var secrets: [Range<Int>] = []
  private(set) var isASCII = true
  /// Whether there are characters that NFC may change or combine.
  private(set) var mayCombine = false

  /// - Parameter forbids: which of the characters that are not plain to see are forbidden.
  init(
    _ bytes: [UInt8], forbiddenRuns limit: Int,
    forbids: (Unicode.Scalar) -> Bool = { $0.isHidden }
  ) {
    let span = bytes.span
    var index = 0
    while index < span.count {
      if index <= span.count - 8 {
        let word = span.word(at: index)
        if !Self.needsLook(word) {
          index += 8
          continue
        }
      }
      // A word that matters is walked to its end before the next one is tried.
      let stop = min(index + 8, span.count)
      while index < stop {
        let byte = span[index]
        if byte < 0x80 {
          if byte == 0x7E || byte == 0x58 || byte == 0x4B { look(span, at: index) }
          if byte < 0x20 && !Self.isAllowedControl(span, at: index) || byte == 0x7F {
            let scalar = Unicode.Scalar(byte)
            if forbids(scalar) { forbid(index..<index + 1, scalar) }
          }
          index += 1
          continue
        }
        isASCII = false
        guard let (scalar, length) = span.scalar(at: index) else {
          if invalid == nil { invalid = index }
          index += 1
          continue
        }
        if !scalar.isSurelyVisible {
          if scalar.value >= 0x300 { mayCombine = true }
          if forbids(scalar) { forbid(index..<index + length, scalar) }
        }
        index += length
      }
      if invalid != nil || forbidden.count > limit { break }
    }
    if index < span.count { lookOnly(span, from: index) }
    if forbidden.count > limit { forbidden.removeLast(forbidden.count - limit) }
  }

  /// Whether eight bytes hold a non-ASCII byte, a control, DEL, or a letter that ends a secret's
  /// mark: `~`, `X` or `K`.
  @inline(__always)
  private static func needsLook(_ word: UInt64) -> Bool {
    let high: UInt64 = 0x8080_8080_8080_8080
    let ones: UInt64 = 0x0101_0101_0101_0101
    func lacks(_ byte: UInt64) -> UInt64 { (word ^ (ones &* byte)) &- ones }
    let control = word &- (ones &* 0x20)
    return (word | control | lacks(0x7F) | lacks(0x7E) | lacks(0x58) | lacks(0x4B)) & high != 0
  }

  private static func isAllowedControl(_ span: Span<UInt8>, at index: Int) -> Bool {
    switch span[index] {
    case 0x09, 0x0A: true
    case 0x0D: index + 1 < span.count && span[index + 1] == 0x0A
    default: false
    }
  }

  private mutating func forbid(_ range: Range<Int>, _ scalar: Unicode.Scalar) {
    if let last = forbidden.last, last.range.upperBound == range.lowerBound {
      forbidden[forbidden.count - 1].range = last.range.lowerBound..<range.upperBound
      if !scalar.isVariationSelector { forbidden[forbidden.count - 1].isSelectors = false }
    } else {
      forbidden.append(
        ForbiddenRun(range: range, first: scalar, isSelectors: scalar.isVariationSelector))
    }
  }

  private mutating func look(_ span: Span<UInt8>, at index: Int) {
    // What lies inside a secret is not searched again: long ones would cost their square.
    if let last = secrets.last, index < last.upperBound { return }
    guard let range = SecretPattern.range(in: span, at: index) else { return }
    if let last = secrets.last, last.upperBound >= range.lowerBound {
      secrets[secrets.count - 1] =
        min(last.lowerBound, range.lowerBound)..<max(last.upperBound, range.upperBound)
    } else {
      secrets.append(range)
    }
  }

  /// Looks for secrets in what the scan no longer reads, so that no finding shows them.
  private mutating func lookOnly(_ span: Span<UInt8>, from start: Int) {
    for index in start..<span.count {
      let byte = span[index]
      if byte == 0x7E || byte == 0x58 || byte == 0x4B { look(span, at: index) }
    }
  }
}

extension Unicode.Scalar {
  /// Whether it only chooses among the shapes of the character before it (Unicode 23.4).
  var isVariationSelector: Bool {
    (0xFE00...0xFE0F).contains(value) || (0xE0100...0xE01EF).contains(value)
  }

  /// Kana, ideographs and full-width letters, which need no look into the tables: visible, and
  /// the same in NFC.
  fileprivate var isSurelyVisible: Bool {
    switch value {
    case 0x3001...0x3029, 0x3041...0x3096, 0x30A1...0x30FF, 0x4E00...0x9FFF, 0xFF01...0xFF9F:
      true
    default: false
    }
  }
}

extension Span where Element == UInt8 {
  /// The well-formed UTF-8 sequence at an offset (RFC 3629 section 4), with its length.
  @inline(__always)
  func scalar(at index: Int) -> (scalar: Unicode.Scalar, length: Int)? {
    let lead = self[index]
    // Kana and ideographs, which make up most of what is not ASCII here.
    if lead >= 0xE3, lead <= 0xE9, index <= count - 3 {
      let (second, third) = (self[index + 1], self[index + 2])
      guard second & 0xC0 == 0x80, third & 0xC0 == 0x80 else { return nil }
      let value = UInt32(lead & 0x0F) << 12 | UInt32(second & 0x3F) << 6 | UInt32(third & 0x3F)
      return Unicode.Scalar(value).map { ($0, 3) }
    }
    let length: Int
    var value: UInt32
    switch lead {
    case 0...0x7F: return (Unicode.Scalar(lead), 1)
    case 0xC2...0xDF: (length, value) = (2, UInt32(lead & 0x1F))
    case 0xE0...0xEF: (length, value) = (3, UInt32(lead & 0x0F))
    case 0xF0...0xF4: (length, value) = (4, UInt32(lead & 0x07))
    default: return nil
    }
    guard index <= count - length else { return nil }
    for offset in 1..<length {
      let byte = self[index + offset]
      guard byte & 0xC0 == 0x80 else { return nil }
      value = value << 6 | UInt32(byte & 0x3F)
    }
    let least: UInt32 = length == 2 ? 0x80 : length == 3 ? 0x800 : 0x1_0000
    // Unicode.Scalar refuses surrogates and what is beyond U+10FFFF.
    guard value >= least, let scalar = Unicode.Scalar(value) else { return nil }
    return (scalar, length)
  }
}
