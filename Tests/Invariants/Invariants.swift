internal import Artifacts
package import Compiler
internal import Diagnostics
internal import Ledger
package import SourceText
internal import Wording

/// What holds of every compilation, whatever the bytes were.
package struct Invariants {
  /// What does not hold, in words.
  package private(set) var faults: [String] = []

  package init() {}

  package mutating func check(_ compilation: Compilation, _ sources: SourceSet) {
    let findings = compilation.diagnostics
    for finding in findings { check(finding, sources) }
    faults += RenderedFindings(findings, sources).faults
    let isError = findings.contains { $0.code.severity == .error }
    if isError && !compilation.hasErrors { faults.append("an error that is none") }
    if compilation.hasErrors && !isError && compilation.dropped == 0 {
      faults.append("an error without a finding")
    }
    guard let result = compilation.result() else {
      if !compilation.hasErrors { faults.append("neither an error nor a procedure") }
      return
    }
    if compilation.hasErrors { faults.append("a procedure in spite of an error") }
    let output = result.output()
    for artifact in output.artifacts where !artifact.bytes.allSatisfy(Self.isText) {
      faults.append("\(artifact.path) has a control character")
    }
    if output.artifacts.count != output.lock.files.count {
      faults.append("the lock does not hold every file")
    }
  }

  private mutating func check(_ finding: Diagnostic, _ sources: SourceSet) {
    let edits = finding.fixes.map { $0.edits.map(\.span).sorted() }
    for span in [finding.primary] + finding.labels.map(\.span) + edits.flatMap(\.self) {
      guard Int(span.file.index) < sources.files.count else {
        faults.append("\(finding.code.name) in a file that is not there")
        continue
      }
      if span.lowerBound > span.upperBound || span.upperBound > sources[span.file].bytes.count {
        faults.append("\(finding.code.name) at \(span.lowerBound)..<\(span.upperBound)")
      }
    }
    for spans in edits {
      for (left, right) in zip(spans, spans.dropFirst())
      where left.file == right.file && left.upperBound > right.lowerBound {
        faults.append("the fix of \(finding.code.name) overlaps itself")
      }
    }
    for text in [finding.message, finding.help].compactMap({ $0 }) + finding.labels.map(\.text)
    where text.ja.isEmpty || text.en.isEmpty || text.ja.utf8.count > 4096 {
      faults.append("\(finding.code.name) says nothing, or too much")
    }
  }

  private static func isText(_ byte: UInt8) -> Bool {
    byte >= 0x20 && byte != 0x7F || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }
}
