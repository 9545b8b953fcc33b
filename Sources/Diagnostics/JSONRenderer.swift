package import JSONText
package import SourceText
internal import Wording

/// Findings for programs. Offsets count bytes from 0, the end is the one after the last byte;
/// lines and columns count from 1, columns in Unicode scalars.
package struct JSONRenderer: Sendable {
  /// Rises when a member changes its meaning or goes away.
  package static let formatVersion = 1

  private let sources: SourceSet

  package init(sources: SourceSet) { self.sources = sources }

  package func render(
    _ diagnostics: [Diagnostic], silenced: [SilencedFinding] = [], dropped: Int = 0
  ) -> JSONValue {
    let concealed = ConcealedLines(sources, diagnostics + silenced.map(\.diagnostic))
    return .object([
      "format_version": .integer(Self.formatVersion),
      "findings": .array(diagnostics.map { finding($0, concealed) }),
      "silenced": .array(
        silenced.map { silenced in
          let isHidden = concealed.hides(silenced.comment)
          return .object([
            "finding": finding(silenced.diagnostic, concealed),
            "comment": .object(place(silenced.comment)),
            "until": silenced.until.map { .string($0) } ?? .null,
            "reason": isHidden ? .null : .string(silenced.reason),
          ])
        }),
      "dropped": .integer(dropped),
    ])
  }

  private func finding(_ diagnostic: Diagnostic, _ concealed: ConcealedLines) -> JSONValue {
    let fixes = diagnostic.fixes.filter { !concealed.touches($0) }
    return .object([
      "code": .string(diagnostic.code.name),
      "severity": .string(diagnostic.code.severity.rawValue),
      "message": text(diagnostic.message),
      "help": diagnostic.help.map(text) ?? .null,
      "file": .string(sources[diagnostic.primary.file].name),
      "start": position(diagnostic.primary, diagnostic.primary.lowerBound),
      "end": position(diagnostic.primary, diagnostic.primary.upperBound),
      "labels": .array(
        diagnostic.labels.map { label in
          .object(place(label.span) + [JSONValue.Member("message", text(label.text))])
        }),
      "fixes": .array(
        fixes.map { fix in
          .object([
            "title": text(fix.title), "safe": .bool(fix.isSafe),
            "edits": .array(fix.edits.map(edit)),
          ])
        }),
    ])
  }

  private func edit(_ edit: TextEdit) -> JSONValue {
    .object(place(edit.span) + [JSONValue.Member("replacement", .string(edit.replacement))])
  }

  private func place(_ span: SourceSpan) -> [JSONValue.Member] {
    [
      JSONValue.Member("file", .string(sources[span.file].name)),
      JSONValue.Member("start", position(span, span.lowerBound)),
      JSONValue.Member("end", position(span, span.upperBound)),
    ]
  }

  private func position(_ span: SourceSpan, _ offset: Int) -> JSONValue {
    let position = sources[span.file].position(of: offset)
    return .object([
      "offset": .integer(offset),
      "line": .integer(position.line),
      "column": .integer(position.column),
    ])
  }

  private func text(_ text: LocalizedText) -> JSONValue {
    .object(["ja": .string(text.ja), "en": .string(text.en)])
  }
}
