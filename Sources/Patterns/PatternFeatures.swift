/// What some dialects of regular expressions have and others have not.
package enum PatternFeature: String, CaseIterable, Sendable {
  case lookahead
  case lookbehind
  case namedGroup
  case atomicGroup
  case possessive
  case inlineFlag
  case conditional
  case recursion
  case verb
  case comment
  case unicodeProperty
  case backreference
  /// `\K`, `\G`, `\R`, `\X`, `\h`, `\H`, `\N`, `\Q`
  case specialEscape
}

extension Pattern {
  /// The features that not every dialect has, each once and where it is first.
  package var features: [(feature: PatternFeature, range: Range<Int>)] {
    let kinds = PatternScan(bytes).kinds
    var found: [(feature: PatternFeature, range: Range<Int>)] = []
    func add(_ feature: PatternFeature, _ range: Range<Int>) {
      if !found.contains(where: { $0.feature == feature }) {
        found.append((feature, range.clamped(to: 0..<bytes.count)))
      }
    }
    var index = 0
    while index < bytes.count {
      switch kinds[index] {
      case .escape:
        if index + 1 < bytes.count, let feature = Self.escape(bytes[index + 1]) {
          add(feature, index..<index + 2)
        }
        index += 2
        continue
      case .open:
        let rest = bytes[(index + 1)...].prefix(3)
        if let (feature, length) = Self.group(Array(rest)) { add(feature, index..<index + length) }
      case .plain:
        if bytes[index] == 0x2B, index > 0, kinds[index - 1] == .plain,
          [0x2A, 0x2B, 0x3F, 0x7D].contains(bytes[index - 1]), index > 1
        {
          add(.possessive, index - 1..<index + 1)
        }
      case .classStart, .classPart, .classEnd, .close: break
      }
      index += 1
    }
    return found
  }

  private static func escape(_ byte: UInt8) -> PatternFeature? {
    switch byte {
    case 0x70, 0x50: .unicodeProperty
    case 0x31...0x39, 0x6B, 0x67: .backreference
    case 0x4B, 0x47, 0x52, 0x58, 0x68, 0x48, 0x4E, 0x51: .specialEscape
    default: nil
    }
  }

  /// The feature of a parenthesis by what follows it, and how many bytes show it.
  private static func group(_ rest: [UInt8]) -> (PatternFeature, Int)? {
    guard let first = rest.first else { return nil }
    if first == 0x2A { return (.verb, 2) }
    guard first == 0x3F, rest.count > 1 else { return nil }
    switch (rest[1], rest.count > 2 ? rest[2] : 0) {
    case (0x3A, _): return nil
    case (0x3D, _), (0x21, _): return (.lookahead, 3)
    case (0x3C, 0x3D), (0x3C, 0x21): return (.lookbehind, 4)
    case (0x3C, _), (0x27, _), (0x50, 0x3C): return (.namedGroup, 3)
    case (0x3E, _): return (.atomicGroup, 3)
    case (0x28, _): return (.conditional, 3)
    case (0x23, _): return (.comment, 3)
    case (0x52, _), (0x26, _), (0x30...0x39, _), (0x50, 0x3E), (0x2B, _): return (.recursion, 3)
    case (0x50, _): return (.backreference, 3)
    default: return (.inlineFlag, 3)
    }
  }
}
