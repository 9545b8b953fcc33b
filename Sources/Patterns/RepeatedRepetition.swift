extension Pattern {
  /// How many steps a match may take on a text of 40 characters. An expression that needs more
  /// doubles its work with each character.
  private static let steps: UInt32 = 100_000

  /// A repeated group that is itself nothing but a repetition, such as `(a+)+`, where a text was
  /// tried on which the work of an engine that goes back grows without bounds; nil where there is
  /// none, which does not say that there is no such text.
  package var explosion: Range<Int>? {
    for (range, atom) in repeatedRepetitions.prefix(4) {
      let rest = Array(bytes[range.lowerBound...])
      for letter in letters(of: atom) {
        let subject = Array(repeating: letter, count: 40) + [0x01]
        if PCRE2.givesUp(rest, options, on: subject, steps: Self.steps) { return range }
      }
    }
    return nil
  }

  /// The groups outside all others of the form `(x+)+`, with the `x` of each. A group that nothing
  /// follows never fails, and is left out.
  private var repeatedRepetitions: [(range: Range<Int>, atom: Range<Int>)] {
    let kinds = PatternScan(bytes).kinds
    var result: [(range: Range<Int>, atom: Range<Int>)] = []
    var starts: [Int] = []
    for index in bytes.indices {
      switch kinds[index] {
      case .open: starts.append(index)
      case .close:
        guard let start = starts.popLast(), starts.isEmpty else { continue }
        guard let end = repetition(at: index + 1, kinds), end < bytes.count else { continue }
        var inner = start + 1
        if inner + 1 < index, bytes[inner] == 0x3F, bytes[inner + 1] == 0x3A { inner += 2 }
        guard let atomEnd = atom(at: inner, kinds), atomEnd < index,
          repetition(at: atomEnd, kinds) == index
        else { continue }
        result.append((start..<end, inner..<atomEnd))
      default: break
      }
    }
    return result
  }

  /// The end of a quantifier without an upper bound that begins here and does go back.
  private func repetition(at start: Int, _ kinds: [PatternScan.Kind]) -> Int? {
    guard start < bytes.count, kinds[start] == .plain else { return nil }
    var end = start + 1
    switch bytes[start] {
    case 0x2A, 0x2B: break
    case 0x7B:
      while end < bytes.count, (0x30...0x39).contains(bytes[end]) { end += 1 }
      guard end > start + 1, end + 1 < bytes.count, bytes[end] == 0x2C, bytes[end + 1] == 0x7D
      else { return nil }
      end += 2
    default: return nil
    }
    guard end < bytes.count, kinds[end] == .plain else { return end }
    if bytes[end] == 0x2B { return nil }
    return bytes[end] == 0x3F ? end + 1 : end
  }

  /// The end of one character, escape or class that begins here.
  private func atom(at start: Int, _ kinds: [PatternScan.Kind]) -> Int? {
    guard start < bytes.count else { return nil }
    switch kinds[start] {
    case .escape: return min(start + 2, bytes.count)
    case .classStart:
      return kinds[start...].firstIndex(of: .classEnd).map { $0 + 1 }
    case .plain:
      var end = start + 1
      while end < bytes.count, bytes[end] & 0xC0 == 0x80 { end += 1 }
      return end
    case .classPart, .classEnd, .open, .close: return nil
    }
  }

  /// Letters of ASCII that the atom may stand for. Each is only tried.
  private func letters(of atom: Range<Int>) -> [UInt8] {
    Array("a0A -".utf8) + bytes[atom].filter { $0 > 0x20 && $0 < 0x7F }.prefix(3)
  }
}
