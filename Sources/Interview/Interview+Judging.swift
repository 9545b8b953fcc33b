internal import Diagnostics
internal import Procedure
internal import SourceText
internal import TenantModel

extension Interview {
  /// Writes an answer at its place, if what the compiler says of it allows that.
  mutating func put(_ line: String, at slot: Slot) -> Reply {
    let before = entries
    let question = Question(slot, self)
    var answer = line.trimmed
    if answer.isEmpty {
      guard question.fallback != nil || slot.mustBeAnswered else {
        entries[slot] = Entry.none
        return .taken([])
      }
      answer = question.fallback ?? ""
    }
    var places = [slot]
    if slot.topic == .mailServer {
      places += putServer(answer, slot.owner, question)
    } else if slot.topic == .lockdown, ["none", "なし"].contains(answer) {
      entries[slot] = Entry.none
      return .taken([])
    } else {
      entries[slot] = .given(question.worded(answer))
    }

    let layout = Layout(self, isFinal: false)
    let judgment = judge(layout.file)
    let ranges = layout.places.filter { places.contains($0.slot) }.map(\.range)
    let findings = judgment.findings.filter { finding in
      ranges.contains { $0.holds(finding.primary) || finding.hidesSource }
    }
    let errors = findings.filter { $0.code.severity == .error }
    guard errors.isEmpty else {
      entries = before
      return .refused(errors)
    }
    needed = requirements(judgment.tenant)
    // What these lack is still to be asked.
    let isBeginning = slot.topic == .mailServer || slot.topic == .domain
    return .taken(isBeginning ? [] : findings.filter { $0.code.severity == .warning })
  }

  /// Goes on without an answer: what is usual stands, and everything else is not known.
  mutating func leave(_ slot: Slot) {
    if Question(slot, self).fallback != nil, case .taken = put("", at: slot) { return }
    entries[slot] = Entry.none
  }

  /// `[NAME=]KIND[:VALUE]`
  private mutating func putServer(
    _ answer: String, _ owner: Int, _ question: Question
  ) -> [Slot] {
    let slot = Slot(.mailServer, owner)
    let parts = answer.cut(at: ":")
    let head = (parts.first ?? "").cut(at: "=")
    let kindWord = question.worded(head.last ?? "")
    let kind = ServerKind(rawValue: kindWord)
    let name = head.count > 1 ? head[0] : freeName(kind?.usualName ?? "mail", owner)
    entries[slot] = .given(name + "=" + kindWord)
    guard parts.count > 1, let topic = kind?.mainTopic else { return [slot] }
    let main = Slot(topic, owner)
    entries[main] = .given(parts[1])
    return [slot, main]
  }

  private func freeName(_ name: String, _ owner: Int) -> String {
    let taken = (0..<owner).compactMap(serverName)
    var number = 1
    var candidate = name
    while taken.contains(candidate) {
      number += 1
      candidate = "\(name)-\(number)"
    }
    return candidate
  }

  /// The keys that the contract needs, once contract and mail servers are known.
  private func requirements(_ tenant: Tenant?) -> Set<String> {
    guard let tenant, text(Slot(.services)) != nil, !owners(of: .mailServer).isEmpty,
      case .missing(let inputs) = Requirements(of: tenant)
    else { return [] }
    return Set(inputs.map(\.key))
  }

  /// Answers what the options answer.
  mutating func takeGiven() {
    while let slot = openSlot() {
      if slot.topic.isRepeated, isGiven(slot.topic), slot.owner >= given[slot.topic]?.count ?? 0 {
        entries[slot] = Entry.none
        continue
      }
      guard let value = takeOption(slot) else { return }
      if case .refused(let findings) = put(value, at: slot) {
        refusals.append(Refusal(slot: slot, findings: findings))
        entries[slot] = Entry.none
      }
    }
  }

  /// What the options say for a place: a value for just this owner before one for all.
  private mutating func takeOption(_ slot: Slot) -> String? {
    let values = Array((given[slot.topic] ?? []).enumerated())
    if slot.topic.isRepeated {
      used[slot.topic, default: []].insert(slot.owner)
      return slot.owner < values.count ? values[slot.owner].element : nil
    }
    let others: [String]
    let own: String?
    switch slot.topic.scope {
    case .tenant:
      others = []
      own = nil
    case .mailServer:
      others = owners(of: .mailServer).compactMap(serverName)
      own = serverName(slot.owner)
    case .domain:
      others = owners(of: .domain).compactMap { text(Slot(.domain, $0)) }
      own = text(Slot(.domain, slot.owner))
    }
    let forOwn = values.filter { value in own.map { value.element.hasPrefix($0 + "=") } ?? false }
    let forAll = values.filter { value in !others.contains { value.element.hasPrefix($0 + "=") } }
    let isOwn = !forOwn.isEmpty
    var chosen = isOwn ? forOwn : forAll
    if !slot.topic.isList { chosen = chosen.suffix(1) }
    guard !chosen.isEmpty else { return nil }
    used[slot.topic, default: []].formUnion(chosen.map(\.offset))
    let prefix = isOwn ? (own?.count ?? 0) + 1 : 0
    return chosen.map { String($0.element.dropFirst(prefix)) }.joined(separator: ",")
  }
}

extension Slot {
  /// Whether "not known yet" is no answer.
  fileprivate var mustBeAnswered: Bool {
    topic.isIndispensable && !(topic.isRepeated && owner > 0)
  }
}
