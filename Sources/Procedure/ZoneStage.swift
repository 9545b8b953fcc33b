package import MailRecords

/// What one step changes in one zone, with what mgc has changed there up to then.
package struct ZoneStage: Sendable {
  package let kind: Kind
  package let zone: DomainName
  package let changes: [RecordChange]
  /// Keys that come once the console has shown them.
  package let waiting: [DomainChanges.WaitingKey]
  /// Every record set that this stage or an earlier one changes, as it is before this stage. For
  /// tools that keep a whole state: each of their files says what mgc answers for by then.
  package let before: [ManagedSet]
  /// The same sets, as they are after this stage; in the order of the changes.
  package let after: [ManagedSet]
  /// The sets that only later stages change, as they are until then. A way back to before this
  /// stage needs them: what a later stage made of them must go back as well.
  package fileprivate(set) var later: [ManagedSet] = []
  /// What the files of this stage ask for: the sets after it, and where the zone has come further by
  /// mgc's own work, what it holds by now. No file of an earlier stage takes that back.
  package fileprivate(set) var forward: [ManagedSet] = []
  /// The same sets as they are until then.
  package fileprivate(set) var forwardFrom: [ManagedSet] = []

  /// In the order of doing.
  package enum Kind: Hashable, Sendable {
    case senderAuthentication
    case transportPolicyBefore
    case lowerTTL
    case cutover
    case transportPolicyAfter
    case restoreTTL
    case retireKey
    case dmarc(DMARCStage)

    package var step: Step {
      switch self {
      case .senderAuthentication: .senderAuthentication
      case .transportPolicyBefore, .lowerTTL: .ttl
      case .cutover: .mxCutover
      case .transportPolicyAfter, .restoreTTL, .retireKey, .dmarc: .afterwards
      }
    }

    /// What tells the stage's files from those of the same step's other stages; often empty.
    package var suffix: String {
      switch self {
      case .senderAuthentication, .lowerTTL, .cutover: ""
      case .transportPolicyBefore, .transportPolicyAfter: "-mta-sts"
      case .restoreTTL: "-ttl"
      case .retireKey: "-dkim"
      case .dmarc(let stage): "-dmarc-" + stage.word
      }
    }
  }

  /// A record set that mgc changes.
  package struct ManagedSet: Sendable {
    package let owner: OwnerName
    package let type: RecordType
    /// What the zone held before mgc changed anything; nil where it held nothing, or nobody knows.
    package let original: RecordSet?
    /// Whether it is known what the zone held. Where it is not, `current` has the records that mgc
    /// adds, and others may stand beside them.
    package let isKnown: Bool
    /// The set at this point; nil where there is none.
    package let current: RecordSet?
  }

  /// Collects stages, each with the state that the ones before it leave.
  struct Builder {
    let zone: DomainName
    private(set) var stages: [ZoneStage] = []

    init(zone: DomainName) { self.zone = zone }

    /// The stages, with what each asks for in view of all of them.
    var finished: [ZoneStage] {
      guard let last = stages.last else { return [] }
      // By set, in the order of the states: the last stage that the zone has come to.
      let reached = last.after.map { set in
        stages.lastIndex { stage in
          stage.changes.contains {
            $0.owner == set.owner && $0.type == set.type && $0.isReached
          }
        }
      }
      var result = stages
      for index in stages.indices {
        var (forward, from) = (stages[index].after, stages[index].before)
        for (place, latest) in reached.enumerated() {
          guard let latest, latest > index else { continue }
          let (now, before) = (stages[latest].after[place], stages[latest].before[place])
          if place < forward.count {
            (forward[place], from[place]) = (now, before)
          } else {
            forward.append(now)
            from.append(before)
          }
        }
        result[index].forward = forward
        result[index].forwardFrom = from
      }
      return result
    }

    /// - Parameter changes: each builds on what earlier stages made of its set.
    mutating func add(
      _ kind: Kind, _ changes: [RecordChange], waiting: [DomainChanges.WaitingKey] = []
    ) {
      var before = stages.last?.after ?? []
      var after = before
      for change in changes {
        let place = before.firstIndex { $0.owner == change.owner && $0.type == change.type }
        let original = place.map { before[$0].original } ?? change.setBefore
        func state(_ current: RecordSet?) -> ManagedSet {
          ManagedSet(
            owner: change.owner, type: change.type, original: original,
            isKnown: change.isZoneKnown, current: current)
        }
        let new = state(change.former.map(\.after) ?? change.afterSet)
        if let place {
          if change.former != nil { before[place] = state(change.setBefore) }
          after[place] = new
        } else {
          let old = state(change.setBefore)
          before.append(old)
          after.append(new)
          for index in stages.indices { stages[index].later.append(old) }
        }
      }
      stages.append(
        ZoneStage(
          kind: kind, zone: zone, changes: changes, waiting: waiting, before: before, after: after))
    }
  }
}

extension ZoneStage.Kind: CaseIterable {
  package static let allCases: [Self] =
    [
      .senderAuthentication, .transportPolicyBefore, .lowerTTL, .cutover, .transportPolicyAfter,
      .restoreTTL, .retireKey,
    ] + DMARCStage.steps.map(Self.dmarc)
}

extension RecordChange {
  /// The set after the change; nil where nothing is left. Where the zone is unknown, the records
  /// that the change brings.
  package var afterSet: RecordSet? {
    let data = after
    return data.isEmpty ? nil : RecordSet(owner: owner, type: type, ttl: ttl, data: data)
  }
}
