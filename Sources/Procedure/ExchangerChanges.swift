internal import MailRecords
internal import SourceText
internal import TenantModel

/// The three changes of a domain's MX: its TTL is lowered, it moves, its TTL is restored.
struct ExchangerChanges {
  let currentTTL: TTL?
  let lowerTTL: RecordChange?
  let cutover: RecordChange?
  let restoreTTL: RecordChange?

  /// - Parameter rememberedTTL: the TTL before step 4, as an earlier apply recorded it.
  init(
    of domain: TenantDomain, _ editor: ZoneEditor, _ inbound: ContractedServices.Inbound?,
    rememberedTTL: TTL?
  ) {
    let mx = editor.set(at: "@", .mx)
    currentTTL = mx?.ttl
    guard let inbound, domain.role != .parked else {
      (lowerTTL, cutover, restoreTTL) = (nil, nil, nil)
      return
    }
    let low = TTL.lowered
    let span = domain.cutover?.span ?? domain.name.span
    let isKnown = editor.knows("@", .mx)
    let new = inbound.exchangers.map {
      MXRecord(preference: $0.preference, host: $0.host.value).data
    }
    let recalled = editor.memory.recall(
      RecordChange.memoryIdentifier(editor.owner("@"), .mx, .cutover), .mx, today: mx?.data ?? [],
      ttl: mx?.ttl, wanted: new)
    let way = recalled.stands ? FormerWay(recalled.records, editor.owner("@"), new) : nil
    // Where the MX has moved already, its TTL is not lowered once more.
    let isMoved =
      mx.map { set in
        way != nil ? set.data.allSatisfy(recalled.records.isNew) : Set(set.data) == Set(new)
      } ?? false
    // What tenant.yaml says holds where the zone says nothing, or shows a TTL that is lowered.
    let stated = domain.mxTTL?.value
    let lowTTL =
      mx.map { isMoved ? $0.ttl : min($0.ttl, low) } ?? (isKnown ? low : min(stated ?? low, low))
    let hadNone = way.map { $0.old == nil } ?? (isKnown && mx == nil)
    let isLow = !isKnown && (stated.map { $0 <= low } ?? false)
    lowerTTL =
      hadNone || isLow
      ? nil
      : editor.change(
        at: "@", .mx, .lowerTTL, for: span, before: mx, removed: [], added: [], ttl: lowTTL,
        former: way.map { .init(before: $0.old, after: $0.lowered) },
        remembered: isKnown ? recalled.records : nil)
    let lowered = mx.map { RecordSet(owner: $0.owner, type: .mx, ttl: lowTTL, data: $0.data) }
    let old = lowered?.data ?? []
    cutover = editor.change(
      at: "@", .mx, .cutover, for: span, before: lowered, removed: old.filter { !new.contains($0) },
      added: new.filter { !old.contains($0) }, ttl: lowTTL,
      former: way.map { .init(before: $0.lowered, after: $0.moved) },
      remembered: hadNone && isKnown ? recalled.records : nil)
    // A TTL that is low today may have been lowered by step 4: then what it was is remembered.
    let today = mx.map { $0.ttl > low ? $0.ttl : rememberedTTL ?? stated ?? $0.ttl }
    let unseen = isKnown ? DomainChanges.usualTTL : stated ?? DomainChanges.usualTTL
    let usual = way.map { $0.old?.ttl ?? DomainChanges.usualTTL } ?? today ?? unseen
    let moved = RecordSet(owner: editor.owner("@"), type: .mx, ttl: lowTTL, data: new)
    restoreTTL =
      usual <= low
      ? nil
      : editor.change(
        at: "@", .mx, .restoreTTL, for: span, before: isKnown ? moved : nil, removed: [],
        added: [], ttl: usual,
        former: way.map { .init(before: $0.moved, after: $0.restored(usual)) })
  }
}

/// The states that the MX has gone through, where the zone shows a later one.
private struct FormerWay {
  /// Nil where there was no MX before mgc.
  let old: RecordSet?
  let lowered: RecordSet?
  let moved: RecordSet

  init(_ records: RememberedRecords, _ owner: OwnerName, _ new: [RecordData]) {
    func old(_ ttl: TTL) -> RecordSet? {
      records.records.isEmpty
        ? nil : RecordSet(owner: owner, type: .mx, ttl: ttl, data: records.records)
    }
    self.old = old(records.ttl)
    lowered = old(min(records.ttl, .lowered))
    moved = RecordSet(owner: owner, type: .mx, ttl: lowered?.ttl ?? .lowered, data: new)
  }

  func restored(_ ttl: TTL) -> RecordSet {
    RecordSet(owner: moved.owner, type: .mx, ttl: ttl, data: moved.data)
  }
}

extension RememberedRecords {
  /// Whether a record is one that mgc asked for.
  fileprivate func isNew(_ datum: RecordData) -> Bool { written.contains(datum) }
}

extension TTL {
  /// What step 4 lowers a TTL to.
  static var lowered: TTL { TTL(clamping: Catalogue.loweredTTL.value) }
}
