internal import MailRecords
package import SourceText
package import TenantModel
package import Wording

/// What would change, step by step, against what was applied before.
package struct Plan: Sendable {
  package let steps: [PlannedStep]
  /// How the lists of tenant.yaml and the console's differ. Empty where no import profile speaks of
  /// them.
  package let lists: [ListComparison]

  /// One step with its changes; a step without any is there too.
  package struct PlannedStep: Sendable {
    package let step: Step
    /// From when the step may be done, by what is known; nil where nothing says.
    package let window: Window?
    package let changes: [Change]
  }

  /// When a step may happen.
  package struct Window: Sendable {
    package let notBefore: Timestamp?
    package let notAfter: Timestamp?
    package let reason: LocalizedText
  }

  /// What becomes of one resource.
  package struct Change: Sendable {
    package let id: String
    package let title: LocalizedText
    package let action: Action
    /// The properties that differ, in the order of the newer side; for creation and removal all.
    package let differences: [Difference]
    package let waiting: WaitingInput?
    package let current: Resource.Current
    /// Where tenant.yaml or its standard asks for it; nil for what is removed.
    package let span: SourceSpan?
    /// The terms of an SPF record; nil for all else.
    package let spf: SPFComposition?
    /// What an export of Exchange Online says of it.
    package let observed: ObservedState
  }

  package enum Action: String, Sendable {
    case create
    case change
    case remove
    case same
    /// It cannot be done yet: a value is not known.
    case wait
  }

  /// A property before and after; of a property that is there several times, all values.
  package struct Difference: Hashable, Sendable {
    package let name: String
    package let old: [String]
    package let new: [String]
  }

  /// A resource as it was applied.
  package struct Applied: Sendable {
    package let id: String
    package let step: Step
    package let properties: [Resource.Property]

    package init(id: String, step: Step, properties: [Resource.Property]) {
      self.id = id
      self.step = step
      self.properties = properties
    }
  }

  package var hasChanges: Bool {
    steps.contains { $0.changes.contains { $0.action != .same && $0.action != .wait } }
  }

  /// - Parameter applied: what the lock remembers, each id once.
  package init(_ procedure: Procedure, applied: [Applied]) {
    let before = Dictionary(applied.map { ($0.id, $0) }) { first, _ in first }
    let now = Set(procedure.resources.map(\.id))
    let clock = Clock(procedure)
    lists =
      procedure.tenant.gateway.importProfiles.isEmpty
      ? [] : ListComparison.comparisons(of: procedure.lists, with: procedure.exchange)
    steps = Step.allCases.compactMap { step in
      var changes = procedure.resources.filter { $0.step == step }.map { resource in
        Change(resource, before: before[resource.id])
      }
      changes += applied.filter { $0.step == step && !now.contains($0.id) }.map(
        Change.init(removing:))
      guard procedure.steps.contains(step) || !changes.isEmpty else { return nil }
      return PlannedStep(step: step, window: clock.window(of: step), changes: changes)
    }
  }
}

extension Plan.Change {
  fileprivate init(_ resource: Resource, before: Plan.Applied?) {
    let differences = Self.differences(before?.properties ?? [], resource.properties)
    let action: Plan.Action =
      if before == nil, resource.isWaitingOnly {
        .wait
      } else if before == nil, case .inPlace = resource.current {
        .same
      } else if before == nil, case .same = resource.observed {
        .same
      } else if before == nil, case .differs = resource.observed {
        .change
      } else if before == nil, case .holds(let values) = resource.current, !values.isEmpty {
        .change
      } else if before == nil {
        .create
      } else {
        differences.isEmpty ? .same : .change
      }
    self.init(
      id: resource.id, title: resource.title, action: action, differences: differences,
      waiting: resource.waiting, current: resource.current, span: resource.span,
      spf: resource.spf, observed: resource.observed)
  }

  fileprivate init(removing applied: Plan.Applied) {
    self.init(
      id: applied.id, title: .init(both: applied.id), action: .remove,
      differences: Self.differences(applied.properties, []), waiting: nil, current: .unknown,
      span: nil, spf: nil, observed: .notExported)
  }

  /// The names whose values differ, in the order of the new properties, then of the old.
  private static func differences(
    _ old: [Resource.Property], _ new: [Resource.Property]
  ) -> [Plan.Difference] {
    if old == new { return [] }
    let oldValues = Dictionary(grouping: old, by: \.name)
    let newValues = Dictionary(grouping: new, by: \.name)
    var seen: Set<String> = []
    return (new + old).map(\.name).filter { seen.insert($0).inserted }.compactMap { name in
      let before = (oldValues[name] ?? []).map(\.value)
      let after = (newValues[name] ?? []).map(\.value)
      return before == after ? nil : Plan.Difference(name: name, old: before, new: after)
    }
  }
}
