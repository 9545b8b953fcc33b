package import Diagnostics
internal import Procedure
package import SourceText
package import TenantModel
package import Wording

// Start here. An interview is a value: the edge takes the open question from it, hands it a line,
// and shows what comes back. It reads and writes nothing itself.
//
//   Topic         what can be asked, with its option and its key
//   Question      how it is asked, in both languages
//   Interview     the answers so far; `Interview+Order` finds the next question,
//                 `Interview+Judging` has an answer judged
//   Fragment      an answer as a value of YAML
//   Layout        all answers as a file
//   Adopted       what `mgc adopt` adds to the answers: zones, and exports of the console

/// Asks for what a first tenant.yaml needs.
///
/// No rule of the language is repeated here. An answer is written at its place of a candidate
/// file, the whole compiler judges that, and the findings at the answer's place are its findings.
/// What the contract needs is asked of `Requirements`.
package struct Interview: Sendable {
  /// Reads and judges a candidate.
  package typealias Judge = @Sendable (SourceFile) -> Judgment

  package struct Judgment: Sendable {
    package let tenant: Tenant?
    package let findings: [Diagnostic]

    package init(tenant: Tenant?, findings: [Diagnostic]) {
      self.tenant = tenant
      self.findings = findings
    }
  }

  /// What comes of an answer.
  package enum Reply: Sendable {
    /// Taken, with warnings that it raises.
    case taken([Diagnostic])
    case refused([Diagnostic])
  }

  /// A value that was given beforehand and refused.
  package struct Refusal: Sendable {
    package let slot: Slot
    package let findings: [Diagnostic]
  }

  /// The most mail servers, domains or contacts; more are written with an editor.
  package static let limit = 100

  let judge: Judge
  /// What zones and exports say.
  let adopted: Adopted
  var entries: [Slot: Entry] = [:]
  /// What the options say, by topic, in their order.
  let given: [Topic: [String]]
  /// Which of them were used.
  var used: [Topic: Set<Int>] = [:]
  /// The keys that the contract needs and the answers do not have.
  var needed: Set<String> = []
  /// Values of options that were refused.
  package internal(set) var refusals: [Refusal] = []

  /// - Parameters:
  ///   - given: what the options say.
  ///   - adopted: what zones and exports say.
  package init(
    given: [Topic: [String]] = [:], adopted: Adopted = Adopted(), judge: @escaping Judge
  ) {
    self.given = given
    self.adopted = adopted
    self.judge = judge
    takeGiven()
  }

  /// In which language it asks.
  package var language: Language {
    guard case .given(let word) = entries[Slot(.language)] else { return .ja }
    return Language(rawValue: word) ?? .ja
  }

  /// The question that is open; nil where all was asked.
  package var question: Question? { openSlot().map { Question($0, self) } }

  /// Answers the open question.
  package mutating func answer(_ line: String) -> Reply {
    guard let slot = openSlot() else { return .taken([]) }
    let reply = put(line, at: slot)
    if case .taken = reply { takeGiven() }
    return reply
  }

  /// The zones that were named, by domain, if nothing more were said.
  package func zones() -> [(domain: String, path: String)] {
    var rest = self
    while let slot = rest.openSlot() {
      rest.leave(slot)
      rest.takeGiven()
    }
    return rest.owners(of: .domain).compactMap { owner in
      guard let domain = rest.text(Slot(.domain, owner)), let path = rest.text(Slot(.zone, owner))
      else { return nil }
      return (domain, path)
    }
  }

  /// What the file would be if nothing more were said.
  package func outcome() -> Outcome {
    var rest = self
    var missing: [Missing] = []
    while let slot = rest.openSlot() {
      let question = Question(slot, rest)
      if question.fallback == nil, slot.isRequired {
        missing.append(Missing(question, flag: slot.topic.flagForm))
      }
      rest.leave(slot)
      rest.takeGiven()
    }
    let unknown = rest.entries.filter { slot, entry in
      entry == .none && slot.isRequired && !missing.contains { $0.slot == slot }
    }
    missing += unknown.keys.map { Missing(Question($0, rest), flag: $0.topic.flagForm) }
    missing.sort { $0.slot.order < $1.slot.order }
    return Outcome(rest, missing: missing)
  }

  /// Asks again for what the whole file shows to be wrong; what is returned was refused.
  package mutating func reopen() -> [Diagnostic] {
    let layout = Layout(self, isFinal: true)
    let errors = judge(layout.file).findings.filter { $0.code.severity == .error }
    for (slot, range) in layout.places.sorted(by: { $0.range.lowerBound < $1.range.lowerBound }) {
      let own = errors.filter { range.holds($0.primary) }
      if own.isEmpty { continue }
      entries[slot] = nil
      return own
    }
    return []
  }
}

/// A value without which `check` finds an error.
package struct Missing: Sendable {
  package let slot: Slot
  package let question: Question
  /// The option that gives it.
  package let flag: String

  init(_ question: Question, flag: String) {
    slot = question.slot
    self.question = question
    self.flag = flag
  }
}

/// Where an interview ended.
package struct Outcome: Sendable {
  private let interview: Interview
  package let missing: [Missing]
  /// What `check` will say, errors about missing values included.
  package let findings: [Diagnostic]
  /// Values of options that were refused.
  package var refusals: [Interview.Refusal] { interview.refusals }
  package var language: Language { interview.language }

  init(_ interview: Interview, missing: [Missing]) {
    self.interview = interview
    self.missing = missing
    findings = interview.judge(Layout(interview, isFinal: true).file).findings
  }

  /// Values of options that nothing asked for, with their options.
  package var unused: [(flag: String, value: String)] {
    Topic.allCases.flatMap { topic in
      (interview.given[topic] ?? []).enumerated()
        .filter { interview.used[topic]?.contains($0.offset) != true }
        .map { (topic.flag, $0.element) }
    }
  }

  /// - Parameter schema: the path of the language's JSON Schema, as seen from the file.
  package func file(schema: String? = nil) -> SourceFile {
    Layout(interview, isFinal: true, schema: schema).file
  }
}

extension Slot {
  /// Whether the file has an error without it, if it is asked for at all.
  var isRequired: Bool {
    if topic.isRepeated { return owner == 0 && topic != .contact }
    return topic.isIndispensable || topic == .tenant || topic == .console
      || Topic.contracted.contains(topic)
  }

  /// For lists of what is missing: the order of the topics, then of their owners.
  var order: (Int, Int) { (Topic.allCases.firstIndex(of: topic) ?? 0, owner) }
}

extension Range<Int> {
  /// Whether a finding is about this place. One that hides its lines may reach beyond it.
  func holds(_ span: SourceSpan) -> Bool {
    span.file == .tenant && lowerBound <= span.lowerBound && span.upperBound <= upperBound
  }
}
