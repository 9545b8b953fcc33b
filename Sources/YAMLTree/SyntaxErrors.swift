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
    let mistake = YAMLFinding.Mistake(error, byte: byte, afterTab: isAfterTab(stop))
    let context = error.contextMark.map { scalar(at: translator.offset(of: $0)) }
    let place = mistake.isAtContext ? context ?? scalar(at: stop) : scalar(at: stop)
    let isQuotable =
      error.problem == "found character that cannot start any token"
      || error.problem == "did not find expected alphabetic or numeric character"
    let fix = isQuotable ? quoting(at: place.lowerBound) : nil
    findings.add(YAMLFinding.syntax(mistake, at: place, context: context, fix: fix))
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
