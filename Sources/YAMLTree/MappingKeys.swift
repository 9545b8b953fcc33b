internal import Diagnostics
internal import SourceText

/// What a mapping's keys must be: texts, each there once.
extension TapeBuilder {
  /// Judges a key as soon as it was read, before its value.
  mutating func enter(key index: Int, in frame: Int) {
    let record = tape[index]
    let place = span(Int(record.start)..<Int(record.end))
    frames[frame].isRefused = false
    guard record.kind == .scalar else {
      refuse(index, in: frame, YAMLFinding.keyNotText(at: place))
      return
    }
    let source = record.has(TapeRecord.decoded) ? decoded : bytes
    let sourceSpan = source.span
    let text = sourceSpan.extracting(textRange(of: record))
    if record.has(TapeRecord.plain), text.count <= 4 {
      switch PlainType(of: text) {
      case .null:
        refuse(index, in: frame, YAMLFinding.keyNotText(at: place))
        return
      case .merge:
        refuse(index, in: frame, YAMLFinding.mergeKey(at: place))
        return
      default: break
      }
    }
    frames[frame].isSecret = SecretPattern.isSecretName(text)
    keys.append(UInt32(truncatingIfNeeded: index))
  }

  private mutating func refuse(_ index: Int, in frame: Int, _ finding: Diagnostic) {
    tape[index].info |= TapeRecord.refused
    frames[frame].isRefused = true
    findings.add(finding)
  }

  private func textRange(of record: TapeRecord) -> Range<Int> {
    if record.has(TapeRecord.decoded) {
      let number = Int(record.link)
      return Int(decodedStarts[number])..<Int(decodedStarts[number + 1])
    }
    let inset = record.has(TapeRecord.quoted) ? 1 : 0
    return Int(record.start) + inset..<Int(record.end) - inset
  }

  /// Refuses each key whose text another had before it, and returns how many there are.
  ///
  /// A few keys are compared with each other. More go through an open-addressing table, hashed
  /// with the process's seed, so that no file can choose keys that collide.
  mutating func refuseDuplicates(from first: Int) -> Int {
    let count = keys.count - first
    guard count > 1 else { return 0 }
    // Only combining characters and escapes can write the same text in two normal forms.
    var corrected: [String?] = []
    if mayCombine || !decoded.isEmpty {
      corrected = (first..<keys.count).map { correction(ofKey: $0) }
    }
    func isSame(_ left: Int, _ right: Int) -> Bool {
      withKey(left, corrected, first) { leftText in
        withKey(right, corrected, first) { leftText.isSame(as: $0) }
      }
    }
    var repeats: [(key: Int, first: Int)] = []
    if count <= 8 {
      for later in first + 1..<keys.count {
        if let earlier = (first..<later).first(where: { isSame($0, later) }) {
          repeats.append((later, earlier))
        }
      }
    } else {
      var size = 16
      while size < count * 2 { size *= 2 }
      var slots = [Int32](repeating: -1, count: size)
      for key in first..<keys.count {
        var slot = withKey(key, corrected, first) { $0.seededHash } & (size - 1)
        while slots[slot] >= 0, !isSame(Int(slots[slot]), key) { slot = (slot + 1) & (size - 1) }
        if slots[slot] >= 0 {
          repeats.append((key, Int(slots[slot])))
        } else {
          slots[slot] = Int32(truncatingIfNeeded: key)
        }
      }
    }
    for (key, earlier) in repeats { report(key, first: earlier) }
    return repeats.count
  }

  private mutating func report(_ key: Int, first: Int) {
    let record = Int(keys[key])
    tape[record].info |= TapeRecord.refused
    guard findings.hasRoom else { return }
    let name = withKey(key, [], 0) { quote($0) }
    let place = span(Int(tape[record].start)..<Int(tape[record].end))
    let earlier = tape[Int(keys[first])]
    findings.add(
      YAMLFinding.duplicateKey(
        name, at: place, first: span(Int(earlier.start)..<Int(earlier.end))))
  }

  private func correction(ofKey key: Int) -> String? {
    withKey(key, [], 0) { NormalForm.correction(of: $0) }
  }

  /// Hands over a key's text, in NFC where `corrected` holds one for it.
  private func withKey<Result>(
    _ key: Int, _ corrected: [String?], _ first: Int, _ body: (Span<UInt8>) -> Result
  ) -> Result {
    if !corrected.isEmpty, let text = corrected[key - first] { return body(text.utf8Span.span) }
    let record = tape[Int(keys[key])]
    let source = record.has(TapeRecord.decoded) ? decoded : bytes
    let span = source.span
    return body(span.extracting(textRange(of: record)))
  }
}

extension Span where Element == UInt8 {
  func isSame(as other: Span<UInt8>) -> Bool {
    guard count == other.count else { return false }
    var index = 0
    while index <= count - 8 {
      if word(at: index) != other.word(at: index) { return false }
      index += 8
    }
    while index < count {
      if self[index] != other[index] { return false }
      index += 1
    }
    return true
  }

  /// SipHash with the process's seed; only ever used to find a slot.
  fileprivate var seededHash: Int {
    var hasher = Hasher()
    var index = 0
    while index <= count - 8 {
      hasher.combine(word(at: index))
      index += 8
    }
    while index < count {
      hasher.combine(self[index])
      index += 1
    }
    return hasher.finalize()
  }
}
