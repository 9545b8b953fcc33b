/// The domain-spec of SPF, which may hold macros (RFC 7208 §7.1).
enum SPFDomainSpec {
  /// Whether the text ends as a domain-spec must: with a macro, or with a label that is not all
  /// digits and stands after a dot.
  static func isValid(_ text: String) -> Bool {
    guard let lastMacroEnd = endOfMacros(text) else { return false }
    var bytes = Array(text.utf8)
    if lastMacroEnd == bytes.count, lastMacroEnd > 0 { return true }
    if bytes.last == 0x2E { bytes.removeLast() }
    guard let dot = bytes.lastIndex(of: 0x2E), dot >= lastMacroEnd else { return false }
    // A name without macros has labels that a resolver can ask for.
    if lastMacroEnd == 0 {
      guard bytes.count <= DomainName.maximumLength else { return false }
      for label in bytes.split(separator: 0x2E, omittingEmptySubsequences: false) {
        guard (1...DomainName.maximumLabelLength).contains(label.count) else { return false }
      }
    }
    let label = bytes[(dot + 1)...]
    return !label.isEmpty && label.first != 0x2D && label.last != 0x2D
      && label.allSatisfy { Unicode.Scalar($0).isLDH }
      && !label.allSatisfy { (0x30...0x39).contains($0) }
  }

  /// The offset after the last macro, 0 without one; nil where a `%` begins no macro.
  ///
  /// - Parameter isExplanation: whether the macros of explanations are allowed (RFC 7208 §7.2).
  static func endOfMacros(_ text: String, isExplanation: Bool = false) -> Int? {
    let bytes = Array(text.utf8)
    var index = 0
    var end = 0
    while index < bytes.count {
      guard bytes[index] == 0x25 else {
        index += 1
        continue
      }
      guard index + 1 < bytes.count else { return nil }
      switch bytes[index + 1] {
      case 0x25, 0x5F, 0x2D: index += 2
      case 0x7B:
        guard let close = bytes[index...].firstIndex(of: 0x7D),
          isMacro(bytes[(index + 2)..<close], isExplanation)
        else { return nil }
        index = close + 1
      default: return nil
      }
      end = index
    }
    return end
  }

  /// The first slash that stands in no macro; the end without one.
  static func firstSlash(_ text: Substring) -> Substring.Index {
    var inMacro = false
    var previous: Character = " "
    for index in text.indices {
      switch text[index] {
      case "{" where previous == "%": inMacro = true
      case "}": inMacro = false
      case "/" where !inMacro: return index
      default: break
      }
      previous = text[index]
    }
    return text.endIndex
  }

  /// Lower case, without a trailing dot: for comparing.
  static func canonical(_ text: String) -> String {
    let lower = text.lowercased()
    return lower.hasSuffix(".") ? String(lower.dropLast()) : lower
  }

  /// A letter, digits that are not zero, `r`, delimiters: what stands between the braces.
  private static func isMacro(_ bytes: ArraySlice<UInt8>, _ isExplanation: Bool) -> Bool {
    let letters = isExplanation ? "slodiphvcrtSLODIPHVCRT" : "slodiphvSLODIPHV"
    guard let letter = bytes.first, letters.utf8.contains(letter) else { return false }
    var rest = bytes.dropFirst()
    let digits = rest.prefix { (0x30...0x39).contains($0) }
    guard digits.isEmpty || digits.contains(where: { $0 != 0x30 }) else { return false }
    rest = rest.dropFirst(digits.count)
    if let byte = rest.first, byte == 0x72 || byte == 0x52 { rest = rest.dropFirst() }
    return rest.allSatisfy { ".-+,/_=".utf8.contains($0) }
  }
}
