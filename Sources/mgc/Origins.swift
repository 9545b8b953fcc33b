internal import Compiler
internal import Diagnostics
internal import JSONText
internal import SourceText
internal import TenantReading

/// Which line decides: what `--show-origin` adds to a plan.
struct Origins {
  /// Every value that tenant.yaml sets, itself or by its standard.
  let values: [WrittenValue]
  private let sources: SourceSet

  init(_ compilation: Compilation) {
    values = compilation.writtenValues()
    sources = compilation.sources
  }

  /// `standards/standard.yaml:12`.
  func place(_ span: SourceSpan) -> TerminalText {
    "\(text: sources[span.file].name):\(line(span))"
  }

  /// The place for programs.
  func value(_ span: SourceSpan) -> JSONValue {
    .object(["file": .string(sources[span.file].name), "line": .integer(line(span))])
  }

  /// The values for programs.
  var list: JSONValue {
    .array(
      values.map { value in
        .object([
          "path": .string(value.path), "value": .string(value.value),
          "origin": self.value(value.span),
        ])
      })
  }

  private func line(_ span: SourceSpan) -> Int {
    sources[span.file].position(of: span.lowerBound).line
  }
}
