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
    let low = TTL(clamping: Catalogue.loweredTTL.value)
    let span = domain.cutover?.span ?? domain.name.span
    let isKnown = editor.knows("@", .mx)
    let new = inbound.exchangers.map {
      MXRecord(preference: $0.preference, host: $0.host.value).data
    }
    lowerTTL =
      isKnown && mx == nil
      ? nil
      : editor.change(
        at: "@", .mx, .lowerTTL, for: span, before: mx, removed: [], added: [],
        ttl: mx.map { min($0.ttl, low) } ?? low)
    let lowered = mx.map {
      RecordSet(owner: $0.owner, type: .mx, ttl: min($0.ttl, low), data: $0.data)
    }
    let old = lowered?.data ?? []
    cutover = editor.change(
      at: "@", .mx, .cutover, for: span, before: lowered, removed: old.filter { !new.contains($0) },
      added: new.filter { !old.contains($0) }, ttl: lowered?.ttl ?? low)
    // A TTL that is low today may have been lowered by step 4: then what it was is remembered.
    let usual = mx.map { $0.ttl > low ? $0.ttl : rememberedTTL ?? $0.ttl } ?? DomainChanges.usualTTL
    let moved = RecordSet(
      owner: editor.owner("@"), type: .mx, ttl: lowered?.ttl ?? low, data: new)
    restoreTTL =
      usual <= low
      ? nil
      : editor.change(
        at: "@", .mx, .restoreTTL, for: span, before: isKnown ? moved : nil, removed: [],
        added: [], ttl: usual)
  }
}
