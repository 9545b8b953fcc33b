package import SourceText
package import Wording

/// A thing in some system that a step brings about, written as plain properties: what the plan
/// compares and the lock remembers.
package struct Resource: Sendable {
  /// Unique in a tenant and stable, such as `dns/kaede.example/MX/@`.
  package let id: String
  package let step: Step
  package let title: LocalizedText
  package let properties: [Property]
  /// Where tenant.yaml asks for it.
  package let span: SourceSpan
  /// What is not known yet, so that it cannot be brought about now.
  package let waiting: WaitingInput?

  /// A name and a value, as people compare them.
  package struct Property: Hashable, Sendable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  package init(
    id: String, step: Step, title: LocalizedText, properties: [Property], span: SourceSpan,
    waiting: WaitingInput? = nil
  ) {
    self.id = id
    self.step = step
    self.title = title
    self.properties = properties
    self.span = span
    self.waiting = waiting
  }
}

/// A value that exists only midway: where it can be had, and where it is then written.
package struct WaitingInput: Sendable {
  /// What is waited for.
  package let what: LocalizedText
  /// The screen or person that gives it.
  package let source: LocalizedText
  /// The key of tenant.yaml to write it to, such as `domains[0].dkim[0].publicKey`.
  package let key: String

  package init(what: LocalizedText, source: LocalizedText, key: String) {
    self.what = what
    self.source = source
    self.key = key
  }
}
