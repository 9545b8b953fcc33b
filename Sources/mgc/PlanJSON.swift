internal import JSONText
internal import MailRecords
internal import Procedure
internal import TenantModel
internal import Wording

/// A plan for programs.
enum PlanJSON {
  /// Rises when a member changes its meaning or goes away.
  static let formatVersion = 1

  /// - Parameter origins: nil where nobody asks which line decides; the members are absent then.
  static func value(
    _ plan: Plan, tenant: String, file: String, origins: Origins? = nil
  ) -> JSONValue {
    let members: [JSONValue.Member] = [
      .init("tenant", .string(tenant)), .init("file", .string(file)),
      .init("has_changes", .bool(plan.hasChanges)),
      .init("steps", .array(plan.steps.map { step($0, origins) })),
    ]
    let lists: [JSONValue.Member] =
      plan.lists.isEmpty ? [] : [.init("lists", .array(plan.lists.map(list)))]
    return .object(members + lists + (origins.map { [.init("values", $0.list)] } ?? []))
  }

  /// There only where tenant.yaml has import profiles. The three members are null where no export
  /// says what the console holds.
  private static func list(_ list: ListComparison) -> JSONValue {
    func entries(_ entries: [ListEntry]) -> JSONValue {
      .array(entries.map { .strings($0.values) })
    }
    let (scope, dictionary): (String?, String?) =
      switch list.identity {
      case .whole: (nil, nil)
      case .scope(let name): (name, nil)
      case .dictionary(let name): (nil, name)
      }
    let (same, new, gone): (JSONValue, JSONValue, JSONValue) =
      switch list.state {
      case .unknown: (.null, .null, .null)
      case .known(let same, let new, let gone): (.integer(same), entries(new), entries(gone))
      }
    return .object([
      "list": .string(list.kind.rawValue), "scope": scope.map { .string($0) } ?? .null,
      "dictionary": dictionary.map { .string($0) } ?? .null, "same": same, "new": new,
      "gone": gone,
    ])
  }

  private static func step(_ planned: Plan.PlannedStep, _ origins: Origins?) -> JSONValue {
    .object([
      "step": .integer(planned.step.number),
      "title": text(planned.step.title),
      "not_before": planned.window?.notBefore.map { .string($0.description) } ?? .null,
      "not_after": planned.window?.notAfter.map { .string($0.description) } ?? .null,
      "changes": .array(planned.changes.map { change($0, origins) }),
    ])
  }

  private static func change(_ change: Plan.Change, _ origins: Origins?) -> JSONValue {
    let differences = change.differences.map { difference in
      JSONValue.object([
        "name": .string(difference.name), "old": .strings(difference.old),
        "new": .strings(difference.new),
      ])
    }
    let waiting = change.waiting.map { waiting in
      JSONValue.object([
        "what": text(waiting.what), "source": text(waiting.source), "key": .string(waiting.key),
      ])
    }
    let always: [JSONValue.Member] = [
      .init("id", .string(change.id)), .init("title", text(change.title)),
      .init("action", .string(change.action.rawValue)), .init("differences", .array(differences)),
      .init("current", current(change.current)), .init("waiting", waiting ?? .null),
    ]
    let members =
      always + (change.spf.map { [.init("spf", spf($0))] } ?? [])
      + (observed(change.observed).map { [.init("observed", $0)] } ?? [])
    guard let origins else { return .object(members) }
    // What is removed is asked for by no line any more.
    return .object(members + [.init("origin", change.span.map(origins.value) ?? .null)])
  }

  /// Only what an export of Exchange Online would have has it.
  private static func observed(_ observed: ObservedState) -> JSONValue? {
    func value(
      _ state: String, _ differences: [ObservedState.Difference] = [], isEnabled: Bool? = nil
    ) -> JSONValue {
      .object([
        "state": .string(state), "enabled": isEnabled.map { .bool($0) } ?? .null,
        "differences": .array(
          differences.map { difference in
            .object([
              "name": .string(difference.name), "old": .strings(difference.old),
              "new": .strings(difference.new), "comparable": .bool(difference.isComparable),
            ])
          }),
      ])
    }
    switch observed {
    case .notExported: return nil
    case .unknown: return value("unknown")
    case .absent: return value("new")
    case .same(let isEnabled): return value("same", isEnabled: isEnabled)
    case .differs(let differences, let isEnabled):
      return value("differs", differences, isEnabled: isEnabled)
    }
  }

  /// Only SPF records have it.
  private static func spf(_ spf: SPFComposition) -> JSONValue {
    func cost(_ cost: SPFBudget.Cost?) -> JSONValue {
      cost.map { .object(["lookups": .integer($0.lookups), "voids": .integer($0.voids)]) } ?? .null
    }
    return .object([
      "terms": .array(
        spf.lines.map { line in
          .object([
            "term": .string(line.term.description), "owner": .string(line.owner.rawValue),
            "action": .string(line.fate.rawValue), "cost": cost(line.cost),
          ])
        }),
      "best": cost(spf.budget.best), "worst": cost(spf.budget.worst),
      "limit": cost(.init(lookups: SPFRecord.lookupLimit, voids: SPFBudget.voidLimit)),
      "basis": .array(spf.basis.map(text)),
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
