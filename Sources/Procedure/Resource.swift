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
  /// What the system holds now, for people to see beside the properties; never compared.
  package let current: Current
  /// The terms of an SPF record, for people to see beside the properties; never compared.
  package let spf: SPFComposition?
  /// What an export of Exchange Online says of it; never compared.
  package let observed: ObservedState

  package enum Current: Sendable {
    /// Nobody has looked.
    case unknown
    /// It was looked at, and this is there that will go.
    case holds([String])
    /// It was looked at, and all of it is there already.
    case inPlace
  }

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
    waiting: WaitingInput? = nil, current: Current = .unknown, spf: SPFComposition? = nil,
    observed: ObservedState = .notExported
  ) {
    self.id = id
    self.step = step
    self.title = title
    self.properties = properties
    self.span = span
    self.waiting = waiting
    self.current = current
    self.spf = spf
    self.observed = observed
  }
}

extension Resource {
  /// Whether nothing of it can be brought about yet.
  package var isWaitingOnly: Bool { waiting != nil && properties.isEmpty }
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
