package import SourceText
package import Wording

/// How grave a finding is. Errors stop `plan` and `apply`.
package enum Severity: String, CaseIterable, Sendable {
  case error
  case warning
  case note
}

/// What a code means: everything that is the same for each of its findings.
///
/// The thousands digit is the area: 1 reading, 2 model, 3 DNS, 4 Microsoft 365, 5 Google
/// Workspace, 6 Postfix and other servers, 7 settings, 8 planning, 9 guard rails.
package struct DiagnosticCode: Sendable {
  package let number: Int
  package let severity: Severity
  /// What is wrong, in a few words, without the particulars.
  package let title: LocalizedText
  /// Why it matters and what to do, for `mgc explain`.
  package let explanation: LocalizedText
  /// A shortest tenant.yaml part that has the finding.
  package let example: String
  /// The RFC section or article that says so; empty where it is mgc's own rule.
  package let source: String

  package init(
    _ number: Int, _ severity: Severity, title: LocalizedText, explanation: LocalizedText,
    example: String, source: String = ""
  ) {
    self.number = number
    self.severity = severity
    self.title = title
    self.explanation = explanation
    self.example = example
    self.source = source
  }

  /// The stable name, such as `MGC3041`.
  package var name: String { "MGC\(number)" }
}

/// A finding: a code with its particulars and its places.
package struct Diagnostic: Sendable {
  package let code: DiagnosticCode
  package let message: LocalizedText
  package let help: LocalizedText?
  package let primary: SourceSpan
  package private(set) var labels: [Label]
  package let fixes: [Fix]
  /// Whether no renderer may show the lines of the primary span: what stands there may be a secret.
  package let hidesSource: Bool

  /// Another place that matters, with what it has to do with the finding.
  package struct Label: Sendable {
    package let span: SourceSpan
    package let text: LocalizedText

    package init(_ span: SourceSpan, _ text: LocalizedText) {
      self.span = span
      self.text = text
    }
  }

  /// The one right answer, as edits.
  package struct Fix: Sendable {
    package let title: LocalizedText
    package let edits: [TextEdit]

    package init(_ title: LocalizedText, _ edits: [TextEdit]) {
      self.title = title
      self.edits = edits
    }
  }

  package init(
    _ code: DiagnosticCode, at primary: SourceSpan, _ message: LocalizedText,
    help: LocalizedText? = nil, labels: [Label] = [], fixes: [Fix] = [],
    hidesSource: Bool = false
  ) {
    self.code = code
    self.primary = primary
    self.message = message
    self.help = help
    self.labels = labels
    self.fixes = fixes
    self.hidesSource = hidesSource
  }

  /// The finding with one more place.
  package func adding(_ label: Label) -> Diagnostic {
    var copy = self
    copy.labels.append(label)
    return copy
  }
}
