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

  /// What to write instead, as edits.
  package struct Fix: Sendable {
    package let title: LocalizedText
    /// The edits, complete once every removal is one of them.
    package let edits: [TextEdit]
    /// Entries to be taken out, until `resolving` makes them edits.
    package let removals: [Removal]
    /// Whether it is the only thing that the text can mean, so that `check --fix` may apply it. One
    /// that guesses at what was meant (the nearest name), or that somebody may want otherwise (to
    /// remove a key that has no effect), is shown as a suggestion and left to people.
    package let isSafe: Bool

    package init(
      _ title: LocalizedText, _ edits: [TextEdit] = [], removing removals: [Removal] = [],
      isSafe: Bool = true
    ) {
      self.title = title
      self.edits = edits
      self.removals = removals
      self.isSafe = isSafe
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
