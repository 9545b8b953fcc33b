internal import Diagnostics
internal import SourceText

/// Lays libyaml's events out as a tape and checks what YAML itself leaves open.
struct TapeBuilder: LibYAMLSink {
  /// A sequence or mapping that is still open.
  struct Frame {
    let record: Int
    let isMapping: Bool
    let isFlow: Bool
    let anchor: String?
    /// How many nodes there were, aliases replaced, when it began.
    let expandedBefore: Int
    /// Where its keys begin among `keys`.
    let firstKey: Int
    /// How many levels lie below it.
    var height = 0
    /// Its elements or members so far.
    var count = 0
    /// The end of its last child.
    var end: Int
    var expectsKey: Bool
    /// Whether the key before the value to come is named like a secret.
    var isSecret = false
    /// Whether the key before the value to come was refused.
    var isRefused = false
  }

  /// What an anchor names.
  struct Anchor {
    let record: Int
    var isOpen: Bool
    var expanded: Int
    var height: Int
  }

  let bytes: [UInt8]
  let id: SourceFileID
  let limits: YAMLLimits
  /// Whether the file holds characters that NFC may change.
  let mayCombine: Bool
  let secrets: [Range<Int>]
  var translator: MarkTranslator
  var findings: ReadingFindings

  var tape: [TapeRecord] = []
  var decoded: [UInt8] = []
  var decodedStarts: [UInt32] = [0]
  var frames: [Frame] = []
  /// The keys of the open mappings, the innermost's last.
  var keys: [UInt32] = []
  var anchors: [String: Anchor] = [:]
  var expanded = 0
  /// The first of `secrets` that may touch a scalar to come.
  var nextSecret = 0
  var hasDocument = false
  /// Whether the tape can stand for the document.
  var isWhole = true

  init(
    _ file: SourceFile, id: SourceFileID, limits: YAMLLimits, scan: ByteScan,
    findings: ReadingFindings
  ) {
    bytes = file.bytes
    self.id = id
    self.limits = limits
    mayCombine = scan.mayCombine
    secrets = scan.secrets
    translator = MarkTranslator(file.bytes, isASCII: scan.isASCII)
    self.findings = findings
    tape.reserveCapacity(file.bytes.count / 24 + 16)
  }

  mutating func accept(_ event: LibYAMLEvent, _ value: Span<UInt8>) -> Bool {
    switch event.kind {
    case .scalar: return add(scalar: event, value)
    case .sequenceStart: return open(event, isMapping: false)
    case .mappingStart: return open(event, isMapping: true)
    case .sequenceEnd, .mappingEnd: return close(event)
    case .alias: return add(alias: event)
    case .documentStart: return begin(event)
    case .documentEnd, .streamStart, .streamEnd: return true
    }
  }

  func span(_ range: Range<Int>) -> SourceSpan { SourceSpan(file: id, range) }

  /// Text from the file for a message, unless it is a secret.
  func quote(_ text: Span<UInt8>) -> String {
    SecretPattern.isFound(in: text) ? "***" : String(utf8: text).excerpt()
  }

  private mutating func begin(_ event: LibYAMLEvent) -> Bool {
    let start = translator.offset(of: event.start)
    if hasDocument {
      let end = max(start, translator.offset(of: event.end))
      findings.add(YAMLFinding.secondDocument(at: span(start..<end)))
      return false
    }
    hasDocument = true
    if event.hasDirective {
      let end = bytes[start...].firstIndex(where: \.isLineEnd) ?? bytes.count
      findings.add(YAMLFinding.directive(at: span(start..<end), line: useless(start..<end)))
    }
    return true
  }

  // MARK: Nodes

  private mutating func add(scalar event: LibYAMLEvent, _ value: Span<UInt8>) -> Bool {
    var start = translator.offset(of: event.start)
    var end = max(start, translator.offset(of: event.end))
    let hasProperties = event.hasTag || event.anchor != nil
    if hasProperties {
      start = skipProperties(start, end, hasTag: event.hasTag, isPlain: event.style == .plain)
    }
    if event.style == .block {
      while end > start + 1, bytes[end - 1].isWhite { end -= 1 }
    }
    var record = TapeRecord(.scalar, start: start, end: end)
    let isPlain = event.style == .plain
    let inset = inset(of: value, event, start..<end, hasProperties: hasProperties)
    if isSecret(start..<end, value, isPlain: isPlain, isAsWritten: inset != nil) {
      decode("***".utf8Span.span, &record)
    } else {
      if isPlain { record.info |= TapeRecord.plain }
      if inset == nil { decode(value, &record) }
      if inset == 1 { record.info |= TapeRecord.quoted }
      if mayCombine || inset == nil { checkNormalForm(value, start..<end) }
    }
    let index = tape.count
    tape.append(record)
    if let anchor = event.anchor {
      anchors[anchor] = Anchor(record: index, isOpen: false, expanded: 1, height: 0)
    }
    return finish(index, end: end, expanded: 1, height: 0)
  }

  /// How far the text lies inside the node, if the file holds it as it reads; else nil.
  private func inset(
    of value: Span<UInt8>, _ event: LibYAMLEvent, _ range: Range<Int>, hasProperties: Bool
  ) -> Int? {
    if event.style == .plain, value.count == 0, range.isEmpty { return 0 }
    guard event.isOneLine, !hasProperties else { return nil }
    switch event.style {
    case .plain: return value.count == range.count ? 0 : nil
    case .singleQuoted: return value.count == range.count - 2 ? 1 : nil
    case .doubleQuoted:
      // Some escapes are as long as what they stand for.
      let same = value.count == range.count - 2 && isWritten(value, at: range.lowerBound + 1)
      return same ? 1 : nil
    case .block, .flow: return nil
    }
  }

  private func isWritten(_ value: Span<UInt8>, at offset: Int) -> Bool {
    let bytes = bytes
    let span = bytes.span
    return span.extracting(offset..<offset + value.count).isSame(as: value)
  }

  private mutating func decode(_ value: Span<UInt8>, _ record: inout TapeRecord) {
    record.info |= TapeRecord.decoded
    record.link = UInt32(truncatingIfNeeded: decodedStarts.count - 1)
    for index in 0..<value.count { decoded.append(value[index]) }
    decodedStarts.append(UInt32(truncatingIfNeeded: decoded.count))
  }

  private mutating func add(alias event: LibYAMLEvent) -> Bool {
    let start = translator.offset(of: event.start)
    let end = max(start, translator.offset(of: event.end))
    let place = span(start..<end)
    let name = event.anchor ?? ""
    var record = TapeRecord(.alias, start: start, end: end)
    var size = 1
    var height = 0
    if let anchor = anchors[name] {
      record.link = UInt32(truncatingIfNeeded: anchor.record)
      (size, height) = (anchor.expanded, anchor.height)
      if anchor.isOpen {
        let first = Int(tape[anchor.record].start)
        findings.add(
          YAMLFinding.recursion(
            quote(name.utf8Span.span), at: place, anchor: span(first..<min(first + 1, bytes.count)))
        )
        isWhole = false
      }
      if frames.last?.isSecret == true { conceal(anchor.record, aliasAt: start..<end) }
    } else {
      findings.add(YAMLFinding.unknownAlias(quote(name.utf8Span.span), at: place))
      isWhole = false
    }
    if frames.count + height > limits.depth { return stopTooDeep(place) }
    tape.append(record)
    return finish(tape.count - 1, end: end, expanded: size, height: height)
  }

  private mutating func open(_ event: LibYAMLEvent, isMapping: Bool) -> Bool {
    var start = translator.offset(of: event.start)
    if event.hasTag || event.anchor != nil {
      start = skipProperties(start, bytes.count, hasTag: event.hasTag)
    }
    let index = tape.count
    if frames.count >= limits.depth {
      return stopTooDeep(span(start..<min(start + 1, bytes.count)))
    }
    tape.append(TapeRecord(isMapping ? .mapping : .sequence, start: start, end: start))
    if let anchor = event.anchor {
      anchors[anchor] = Anchor(record: index, isOpen: true, expanded: 0, height: 0)
    }
    frames.append(
      Frame(
        record: index, isMapping: isMapping, isFlow: event.style == .flow, anchor: event.anchor,
        expandedBefore: expanded, firstKey: keys.count, end: start, expectsKey: isMapping))
    return true
  }

  private mutating func close(_ event: LibYAMLEvent) -> Bool {
    guard let frame = frames.popLast() else { return true }
    let end = frame.isFlow ? max(frame.end, translator.offset(of: event.end)) : frame.end
    var count = frame.count
    if frame.isMapping {
      count -= refuseDuplicates(from: frame.firstKey)
      keys.removeLast(keys.count - frame.firstKey)
    }
    tape[frame.record].end = UInt32(truncatingIfNeeded: end)
    tape[frame.record].link = UInt32(truncatingIfNeeded: tape.count)
    tape[frame.record].count = count
    let size = expanded - frame.expandedBefore
    if let name = frame.anchor, anchors[name]?.record == frame.record {
      anchors[name] = Anchor(
        record: frame.record, isOpen: false, expanded: size + 1, height: frame.height + 1)
    }
    return finish(frame.record, end: end, expanded: 1, height: frame.height + 1)
  }

  /// Enters a whole node into the sequence or mapping around it.
  private mutating func finish(
    _ index: Int, end: Int, expanded size: Int, height: Int
  ) -> Bool {
    expanded += size
    if expanded > limits.expandedNodes {
      let record = tape[index]
      let place = span(Int(record.start)..<Int(record.end))
      findings.add(YAMLFinding.tooManyNodes(limit: limits.expandedNodes, at: place))
      isWhole = false
      return false
    }
    guard let last = frames.indices.last else { return true }
    if height > frames[last].height { frames[last].height = height }
    frames[last].end = max(frames[last].end, end)
    if !frames[last].isMapping {
      frames[last].count += 1
    } else if frames[last].expectsKey {
      frames[last].expectsKey = false
      enter(key: index, in: last)
    } else {
      frames[last].expectsKey = true
      if !frames[last].isRefused { frames[last].count += 1 }
      frames[last].isSecret = false
    }
    return true
  }

  private mutating func stopTooDeep(_ place: SourceSpan) -> Bool {
    findings.add(YAMLFinding.tooDeep(limit: limits.depth, at: place))
    isWhole = false
    return false
  }

  // MARK: Secrets and properties

  /// Whether a scalar is a secret by its key, by what the file holds, or by what it reads as.
  private mutating func isSecret(
    _ range: Range<Int>, _ value: Span<UInt8>, isPlain: Bool, isAsWritten: Bool
  ) -> Bool {
    var found = false
    if nextSecret < secrets.count {
      while nextSecret < secrets.count, secrets[nextSecret].upperBound <= range.lowerBound {
        nextSecret += 1
      }
      found = nextSecret < secrets.count && secrets[nextSecret].lowerBound < range.upperBound
    }
    if found { return true }
    if let frame = frames.last, frame.isSecret, value.count > 0,
      !isPlain || PlainType(of: value) != .null
    {
      findings.add(secret: range, in: id)
      return true
    }
    // An escape or a folded line can hide a pattern from the scan of the file.
    guard value.count >= 20, !isAsWritten, SecretPattern.isFound(in: value) else { return false }
    findings.add(secret: range, in: id)
    return true
  }

  /// A key named like a secret takes its value from elsewhere: both places are concealed.
  private mutating func conceal(_ index: Int, aliasAt place: Range<Int>) {
    var record = tape[index]
    guard record.kind == .scalar else { return }
    findings.add(secret: place, in: id)
    findings.add(secret: Int(record.start)..<Int(record.end), in: id)
    record.info = TapeRecord.Kind.scalar.rawValue
    decode("***".utf8Span.span, &record)
    tape[index] = record
  }

  private mutating func checkNormalForm(_ value: Span<UInt8>, _ range: Range<Int>) {
    guard NormalForm.correction(of: value) != nil else { return }
    let bytes = bytes
    let span = bytes.span
    let fixed = NormalForm.correction(of: span.extracting(range))
    findings.add(YAMLFinding.notNFC(at: self.span(range), replacement: fixed))
  }

  /// The place after an anchor and a tag, which is the node's own; a tag is reported.
  private mutating func skipProperties(
    _ start: Int, _ end: Int, hasTag: Bool, isPlain: Bool = false
  ) -> Int {
    var index = start
    while index < end {
      let byte = bytes[index]
      if byte.isWhite {
        index += 1
      } else if byte == UInt8(ascii: "#") {
        while index < end, !bytes[index].isLineEnd { index += 1 }
      } else if byte == UInt8(ascii: "&") || byte == UInt8(ascii: "!") {
        let first = index
        index += 1
        while index < end, !endsProperty(bytes[index], isTag: byte == UInt8(ascii: "!")) {
          index += 1
        }
        if hasTag, byte == UInt8(ascii: "!") {
          let bytes = bytes
          let text = bytes.span
          let name = quote(text.extracting(first..<index))
          let fix = tagRemoval(first..<index, name, isPlain: isPlain)
          findings.add(YAMLFinding.tag(name, at: span(first..<index), fix: fix))
        }
      } else {
        return index
      }
    }
    return end
  }

  private func endsProperty(_ byte: UInt8, isTag: Bool) -> Bool {
    if byte.isWhite { return true }
    if isTag { return false }
    return !(byte.isLetter || byte.isDigit || byte == 0x2D || byte == 0x5F)
  }
}
