internal import Diagnostics
internal import SourceText

/// Where libyaml stopped, turned into a finding.
extension TapeBuilder {
  /// Whether the file holds no value at all.
  var isEmpty: Bool {
    guard isWhole, frames.isEmpty else { return false }
    guard let root = tape.first else { return true }
    return tape.count == 1 && root.kind == .scalar && root.has(TapeRecord.plain)
      && root.start == root.end
  }

  mutating func report(_ error: LibYAMLError) {
    isWhole = false
    let stop = translator.offset(of: error.problemMark)
    let byte = stop < bytes.count ? bytes[stop] : nil
    if isDirective(error) {
      let line = line(at: stop)
      findings.add(
        YAMLFinding.directive(at: line, line: useless(line.lowerBound..<line.upperBound)))
      return
    }
    if !isAfterTab(stop), let finding = misalignment(error, at: stop) {
      findings.add(finding)
      return
    }
    let mistake = YAMLFinding.Mistake(error, byte: byte, afterTab: isAfterTab(stop))
    let context = error.contextMark.map { scalar(at: translator.offset(of: $0)) }
    let place = mistake.isAtContext ? context ?? scalar(at: stop) : scalar(at: stop)
    let isQuotable =
      error.problem == "found character that cannot start any token"
      || error.problem == "did not find expected alphabetic or numeric character"
    let fix = isQuotable ? quoting(at: place.lowerBound) : nil
    findings.add(YAMLFinding.syntax(mistake, at: place, context: context, fix: fix))
  }

  /// A line whose indentation fits none above, which libyaml notices only by what follows from it.
  private mutating func misalignment(_ error: LibYAMLError, at stop: Int) -> Diagnostic? {
    let line = line(at: stop)
    let start = contentStart(of: line)
    let depth = start - line.lowerBound
    switch error.problem {
    case "mapping values are not allowed in this context":
      // The text of the line above went on into this one.
      guard let above = lineAbove(line), depth > contentStart(of: above) - above.lowerBound,
        !bytes[start..<stop].contains(where: { $0 == 0x3A || $0 == 0x22 || $0 == 0x27 })
      else { return nil }
      return YAMLFinding.beneathValue(
        at: span(start..<stop), above: span(contentStart(of: above)..<above.upperBound))
    case "did not find expected key":
      guard start == stop, let above = lineAbove(line),
        depth < contentStart(of: above) - above.lowerBound
      else { return nil }
      let context = error.contextMark.map { scalar(at: translator.offset(of: $0)) }
      let end = bytes[start..<line.upperBound].firstIndex { $0 == 0x3A || $0 == 0x20 }
      return YAMLFinding.misaligned(
        depth, at: span(start..<max(start, end ?? line.upperBound)), context: context)
    default: return nil
    }
  }

  private func contentStart(of line: SourceSpan) -> Int {
    var start = line.lowerBound
    while start < line.upperBound, bytes[start] == 0x20 { start += 1 }
    return start
  }

  /// The nearest line above that holds more than a comment.
  private func lineAbove(_ line: SourceSpan) -> SourceSpan? {
    var line = line
    while line.lowerBound > 0 {
      line = self.line(at: line.lowerBound - 1)
      let start = contentStart(of: line)
      if start < line.upperBound, bytes[start] != 0x23, bytes[start] != 0x0D { return line }
    }
    return nil
  }

  private func isDirective(_ error: LibYAMLError) -> Bool {
    error.context.contains("directive") || error.problem == "found incompatible YAML document"
      || error.problem.hasPrefix("found duplicate %")
  }

  /// Whether a tab is among the white space before the offset, at the beginning of its line.
  private func isAfterTab(_ offset: Int) -> Bool {
    var index = min(offset, bytes.count)
    var hasTab = index < bytes.count && bytes[index] == 0x09
    while index > 0, bytes[index - 1].isBlank {
      index -= 1
      hasTab = hasTab || bytes[index] == 0x09
    }
    return hasTab && (index == 0 || bytes[index - 1] == 0x0A)
  }

  /// The scalar that begins at an offset; nothing at the end of a line or of the file.
  private func scalar(at offset: Int) -> SourceSpan {
    let start = min(offset, bytes.count)
    guard start < bytes.count, !bytes[start].isLineEnd else { return span(start..<start) }
    let span = bytes.span
    let length = span.scalar(at: start)?.length ?? 1
    return self.span(start..<start + length)
  }

  private func line(at offset: Int) -> SourceSpan {
    var start = min(offset, bytes.count)
    while start > 0, bytes[start - 1] != 0x0A { start -= 1 }
    let end = bytes[start...].firstIndex(where: \.isLineEnd) ?? bytes.count
    return span(start..<end)
  }
}
