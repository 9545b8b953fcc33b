package import SourceText

/// A finding that a comment in tenant.yaml silences, with who answers for it.
package struct SilencedFinding: Sendable {
  package let diagnostic: Diagnostic
  /// The comment.
  package let comment: SourceSpan
  /// The last day on which it holds, as `YYYY-MM-DD`; nil where it has no end.
  package let until: String?
  package let reason: String

  package init(_ diagnostic: Diagnostic, comment: SourceSpan, until: String?, reason: String) {
    self.diagnostic = diagnostic
    self.comment = comment
    self.until = until
    self.reason = reason
  }
}
