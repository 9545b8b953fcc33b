internal import MailRecords
internal import SourceText

/// Makes changes to what a zone holds.
struct ZoneEditor {
  /// Nil means that it is unknown, never that it is empty.
  let zone: ZoneContents?
  let origin: DomainName
  let memory: Memory

  func owner(_ relative: String) -> OwnerName { OwnerName(zone: origin, relative: relative) }

  func set(at relative: String, _ type: RecordType) -> RecordSet? {
    zone?.set(owner: owner(relative), type: type)
  }

  /// Whether anyone knows what the zone holds there.
  func knows(_ relative: String, _ type: RecordType) -> Bool {
    zone?.knows(relative, type) ?? false
  }

  /// The records of a purpose before mgc, as far as anyone knows; else those of today.
  func original(
    at relative: String, _ type: RecordType, _ purpose: RecordChange.Purpose,
    where isOne: (RecordData) -> Bool
  ) -> [RecordData] {
    let before = set(at: relative, type)
    let today = (before?.data ?? []).filter(isOne)
    let recalled = memory.recall(
      RecordChange.memoryIdentifier(owner(relative), type, purpose), type, today: today,
      ttl: before?.ttl, wanted: [])
    return recalled.stands ? recalled.records.records : today
  }

  func change(
    at relative: String, _ type: RecordType, _ purpose: RecordChange.Purpose,
    for span: SourceSpan, before: RecordSet?, removed: [RecordData], added: [RecordData], ttl: TTL,
    former: RecordChange.Former? = nil, remembered: RememberedRecords? = nil
  ) -> RecordChange {
    RecordChange(
      owner: owner(relative), type: type, purpose: purpose, before: before,
      isZoneKnown: knows(relative, type), removed: removed, added: added, ttl: ttl, span: span,
      former: former, remembered: remembered)
  }

  /// One TXT record in place of those that `isOld` picks out; other TXT records stay.
  func text(
    at relative: String, _ purpose: RecordChange.Purpose, for span: SourceSpan,
    replacing isOld: (String) -> Bool, with text: String
  ) -> RecordChange {
    texts(at: relative, purpose, replacing: isOld, with: [(text, span)], reached: { _ in 0 }).first
  }

  /// One TXT record that has several texts one after the other, in place of those that `isOld` picks
  /// out; other TXT records stay. Where the zone has come to a later text by mgc's own changes, no
  /// change up to that one sets an earlier text again: the first brings what that text lacks.
  ///
  /// - Parameters:
  ///   - stages: one or more.
  ///   - reached: the place among the stages that records of today are at; nil for none of them.
  func texts(
    at relative: String, _ purpose: RecordChange.Purpose, replacing isOld: (String) -> Bool,
    with stages: [(text: String, span: SourceSpan)], reached: ([RecordData]) -> Int?
  ) -> (first: RecordChange, rest: [RecordChange]) {
    let before = set(at: relative, .txt)
    let old = (before?.data ?? []).filter { datum in
      guard case .txt(let value) = datum else { return false }
      return isOld(value.text)
    }
    // What the records of MailRecords print is ASCII.
    let states = stages.map { TXTValue(ascii: $0.text).map { [RecordData.txt($0)] } ?? [] }
    let all = states.flatMap { $0 }
    let ttl = before?.ttl ?? DomainChanges.usualTTL
    let recalled = memory.recall(
      RecordChange.memoryIdentifier(owner(relative), .txt, purpose), .txt, today: old, ttl: ttl,
      wanted: all)
    let place = recalled.stands ? min(reached(old) ?? 0, states.count - 1) : 0
    let others = (before?.data ?? []).filter { !old.contains($0) && !all.contains($0) }
    func state(_ data: [RecordData]) -> RecordSet? {
      data.isEmpty ? nil : RecordSet(owner: owner(relative), type: .txt, ttl: ttl, data: data)
    }
    func former(_ index: Int) -> RecordChange.Former? {
      guard recalled.stands, index <= place else { return nil }
      let earlier = index == 0 ? recalled.records.records : states[index - 1]
      return .init(
        before: state(others + earlier), after: state(others + states[index]),
        brought: states[index])
    }
    let isKnown = knows(relative, .txt)
    let new = states[place]
    let first = change(
      at: relative, .txt, purpose, for: stages[0].span, before: before,
      removed: old.filter { !new.contains($0) }, added: new.filter { !old.contains($0) }, ttl: ttl,
      former: former(0), remembered: isKnown ? recalled.records : nil)
    var rest: [RecordChange] = []
    for index in stages.indices.dropFirst() {
      let earlier = (rest.last ?? first).after
      let isDone = index <= place
      // What goes is known even where the zone is not: the change before this brought it.
      rest.append(
        change(
          at: relative, .txt, purpose, for: stages[index].span,
          before: isKnown ? state(earlier) : nil, removed: isDone ? [] : states[index - 1],
          added: isDone ? [] : states[index], ttl: ttl, former: former(index)))
    }
    return (first, rest)
  }

  /// A key that a later stage takes away stays as it stands till then, so that what keeps a whole
  /// state keeps it too, also where it has gone by now. Nil where nobody has seen one.
  func keep(at relative: String, for span: SourceSpan) -> RecordChange? {
    let today = set(at: relative, .txt)
    let gone = memory.recallRemoval(
      RecordChange.memoryIdentifier(owner(relative), .txt, .retiredKey), .txt,
      today: today?.data ?? [], ttl: today?.ttl)
    let seen = RecordSet(
      owner: owner(relative), type: .txt, ttl: gone.records.ttl, data: gone.records.records)
    guard let shown = today ?? (gone.stands && knows(relative, .txt) ? seen : nil) else {
      return nil
    }
    let recalled = memory.recall(
      RecordChange.memoryIdentifier(owner(relative), .txt, .dkim), .txt, today: shown.data,
      ttl: shown.ttl, wanted: shown.data)
    let way: RecordChange.Former? =
      recalled.stands
      ? former(recalled.records, at: relative, shown, shown.data, shown.data, ttl: shown.ttl)
      : today == nil ? .init(before: shown, after: shown) : nil
    return change(
      at: relative, .txt, .dkim, for: span, before: today, removed: [], added: [], ttl: shown.ttl,
      former: way, remembered: recalled.records)
  }

  /// The one CNAME of a name.
  func alias(
    at relative: String, _ purpose: RecordChange.Purpose, for span: SourceSpan,
    to target: RecordData
  ) -> RecordChange {
    let before = set(at: relative, .cname)
    let old = before?.data ?? []
    let ttl = before?.ttl ?? DomainChanges.usualTTL
    let isKnown = knows(relative, .cname)
    let recalled = memory.recall(
      RecordChange.memoryIdentifier(owner(relative), .cname, purpose), .cname, today: old, ttl: ttl,
      wanted: [target])
    let was = RecordSet(
      owner: owner(relative), type: .cname, ttl: ttl, data: recalled.records.records)
    let new = RecordSet(owner: owner(relative), type: .cname, ttl: ttl, data: [target])
    return change(
      at: relative, .cname, purpose, for: span, before: before,
      removed: old.filter { $0 != target }, added: old.contains(target) ? [] : [target], ttl: ttl,
      former: recalled.stands ? .init(before: was.data.isEmpty ? nil : was, after: new) : nil,
      remembered: isKnown ? recalled.records : nil)
  }

  /// The way that a text has gone, among those of today that are not mgc's.
  private func former(
    _ records: RememberedRecords, at relative: String, _ before: RecordSet?, _ old: [RecordData],
    _ new: [RecordData], ttl: TTL
  ) -> RecordChange.Former {
    let others = (before?.data ?? []).filter { !old.contains($0) && !new.contains($0) }
    func set(_ data: [RecordData]) -> RecordSet? {
      data.isEmpty ? nil : RecordSet(owner: owner(relative), type: .txt, ttl: ttl, data: data)
    }
    return .init(
      before: set(others + records.records), after: set(others + new), brought: new)
  }
}
