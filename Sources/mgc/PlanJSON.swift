internal import JSONText
internal import Procedure
internal import TenantModel
internal import Wording

/// A plan for programs.
enum PlanJSON {
  /// Rises when a member changes its meaning or goes away.
  static let formatVersion = 1

  static func value(_ plan: Plan, tenant: String, file: String) -> JSONValue {
    .object([
      "tenant": .string(tenant),
      "file": .string(file),
      "has_changes": .bool(plan.hasChanges),
      "steps": .array(plan.steps.map(step)),
    ])
  }

  private static func step(_ planned: Plan.PlannedStep) -> JSONValue {
    .object([
      "step": .integer(planned.step.number),
      "title": text(planned.step.title),
      "not_before": planned.window?.notBefore.map { .string($0.description) } ?? .null,
      "not_after": planned.window?.notAfter.map { .string($0.description) } ?? .null,
      "changes": .array(planned.changes.map(change)),
    ])
  }

  private static func change(_ change: Plan.Change) -> JSONValue {
    .object([
      "id": .string(change.id),
      "title": text(change.title),
      "action": .string(change.action.rawValue),
      "differences": .array(
        change.differences.map { difference in
          .object([
            "name": .string(difference.name), "old": .strings(difference.old),
            "new": .strings(difference.new),
          ])
        }),
      "current": current(change.current),
      "waiting": change.waiting.map { waiting in
        .object([
          "what": text(waiting.what), "source": text(waiting.source),
          "key": .string(waiting.key),
        ])
      } ?? .null,
    ])
  }

  /// What is there now and will go: null where nobody has looked.
  private static func current(_ current: Resource.Current) -> JSONValue {
    switch current {
    case .unknown: .null
    case .holds(let values): .strings(values)
    case .inPlace: .array([])
    }
  }

  private static func text(_ text: LocalizedText) -> JSONValue {
    .object(["ja": .string(text.ja), "en": .string(text.en)])
  }
}
