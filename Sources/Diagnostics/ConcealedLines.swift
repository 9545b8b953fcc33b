package import SourceText

/// The lines that no finding may show, because one finding says that a secret may stand there.
struct ConcealedLines: Sendable {
  private struct Stretch {
    let file: SourceFileID
    let lines: ClosedRange<Int>
  }

  private let sources: SourceSet
  private let stretches: [Stretch]

  init(_ sources: SourceSet, _ diagnostics: [Diagnostic]) {
    self.sources = sources
    stretches = diagnostics.filter(\.hidesSource).map {
      Stretch(file: $0.primary.file, lines: sources[$0.primary.file].lines(of: $0.primary))
    }
  }

  func contains(line: Int, of file: SourceFileID) -> Bool {
    stretches.contains { $0.file == file && $0.lines.contains(line) }
  }

  /// Whether the place is on such a line, so that its text is not shown.
  func hides(_ span: SourceSpan) -> Bool {
    guard !stretches.isEmpty else { return false }
    let lines = sources[span.file].lines(of: span)
    return stretches.contains { $0.file == span.file && $0.lines.overlaps(lines) }
  }

  /// Whether the fix would show what it replaces.
  func touches(_ fix: Diagnostic.Fix) -> Bool {
    fix.edits.contains { hides($0.span) }
  }
}

extension SourceFile {
  /// The first and the last line of a span. A span that ends with a line end stays on that line.
  package func lines(of span: SourceSpan) -> ClosedRange<Int> {
    let first = position(of: span.lowerBound).line
    return first...max(first, position(of: max(span.lowerBound, span.upperBound - 1)).line)
  }
}
