package import Diagnostics
package import SourceText

/// What a reader refuses to go beyond, so that a hostile file ends in bounded time and memory.
package struct YAMLLimits: Sendable {
  /// The file's size.
  package let bytes: Int
  /// How deep sequences and mappings may nest, aliases followed.
  package let depth: Int
  /// How many nodes there may be once every alias is replaced by what it stands for.
  package let expandedNodes: Int
  /// How many runs of forbidden characters are reported before the reader stops looking.
  package let forbiddenRuns: Int

  package init(
    bytes: Int = 64 << 20, depth: Int = 64, expandedNodes: Int = 10_000_000,
    forbiddenRuns: Int = 20
  ) {
    // Offsets and record numbers have 32 bits, and a count has 24.
    self.bytes = min(bytes, 1 << 30)
    self.depth = depth
    self.expandedNodes = min(expandedNodes, (1 << 24) - 1)
    self.forbiddenRuns = forbiddenRuns
  }

  package static let standard = YAMLLimits()
}

/// Reads the strict subset of YAML in which tenants are written.
///
/// The bytes pass three stations. `ByteScan` refuses what is not UTF-8 or cannot be seen, and
/// looks for key material. `LibYAML` turns the text into events. `TapeBuilder` lays the events
/// out as a flat tape, checks the rules that YAML itself does not have, and hands over a
/// `YAMLDocument`.
package enum YAMLReader {
  /// Reads one document; nil where it cannot be read. All findings go into the bag.
  ///
  /// A document comes back in spite of findings that leave its shape clear (a duplicate key, a
  /// tag, a second document). Members whose key was refused are left out of it, and scalars that
  /// look like a secret read as `***`.
  package static func read(
    _ file: SourceFile, id: SourceFileID, limits: YAMLLimits = .standard,
    into bag: inout DiagnosticBag
  ) -> YAMLDocument? {
    var isWhole = false
    var findings = ReadingFindings()
    defer { findings.move(to: &bag, of: file, isWhole: isWhole) }
    let bytes = file.bytes
    func span(_ range: Range<Int>) -> SourceSpan {
      SourceSpan(file: id, range.clamped(to: 0..<bytes.count))
    }
    guard bytes.count <= limits.bytes else {
      findings.add(YAMLFinding.tooLarge(bytes.count, limit: limits.bytes, at: span(0..<0)))
      return nil
    }
    if let encoding = otherEncoding(bytes) {
      findings.add(YAMLFinding.otherEncoding(encoding.name, at: span(0..<encoding.length)))
      return nil
    }
    let scan = ByteScan(bytes, forbiddenRuns: limits.forbiddenRuns)
    for secret in scan.secrets { findings.add(secret: secret, in: id) }
    guard report(scan, of: file, id: id, into: &findings) else { return nil }

    var builder = TapeBuilder(file, id: id, limits: limits, scan: scan, findings: findings)
    let error = LibYAML.parse(bytes, into: &builder)
    if let error { builder.report(error) }
    if error == nil, builder.isEmpty {
      builder.findings.add(YAMLFinding.empty(at: span(0..<0)))
      builder.isWhole = false
    }
    findings = builder.findings
    guard error == nil, builder.isWhole else { return nil }
    isWhole = true
    return YAMLDocument(
      file: file, id: id, tape: builder.tape, decoded: builder.decoded,
      decodedStarts: builder.decodedStarts)
  }

  /// Reports what the scan found; false where nothing beyond it can be trusted.
  private static func report(
    _ scan: ByteScan, of file: SourceFile, id: SourceFileID, into findings: inout ReadingFindings
  ) -> Bool {
    var isClean = true
    for run in scan.forbidden {
      let isMark = run.range.lowerBound == 0 && run.first.value == 0xFEFF
      findings.add(
        isMark
          ? YAMLFinding.utf8Mark(at: SourceSpan(file: id, 0..<3))
          : YAMLFinding.forbidden(run, in: file, at: SourceSpan(file: id, run.range)))
      isClean = false
    }
    if let invalid = scan.invalid {
      let span = SourceSpan(file: id, invalid..<invalid + 1)
      findings.add(YAMLFinding.notUTF8(file.bytes[invalid], at: span))
      isClean = false
    }
    return isClean
  }

  /// The encoding that a mark at the start, or a NUL beside the first letter, gives away.
  static func otherEncoding(_ bytes: [UInt8]) -> (name: String, length: Int)? {
    if bytes.starts(with: [0xFF, 0xFE, 0, 0]) { return ("UTF-32LE", 4) }
    if bytes.starts(with: [0, 0, 0xFE, 0xFF]) { return ("UTF-32BE", 4) }
    if bytes.starts(with: [0xFF, 0xFE]) { return ("UTF-16LE", 2) }
    if bytes.starts(with: [0xFE, 0xFF]) { return ("UTF-16BE", 2) }
    guard bytes.count >= 4 else { return nil }
    switch (bytes[0] == 0, bytes[1] == 0, bytes[2] == 0, bytes[3] == 0) {
    case (false, true, false, true): return ("UTF-16LE", 2)
    case (true, false, true, false): return ("UTF-16BE", 2)
    case (false, true, true, true): return ("UTF-32LE", 4)
    case (true, true, true, false): return ("UTF-32BE", 4)
    default: return nil
    }
  }
}
