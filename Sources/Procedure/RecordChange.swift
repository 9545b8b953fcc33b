package import MailRecords
package import SourceText
package import Wording

/// A change to the records of one owner and type: some go, some come, the rest stays.
package struct RecordChange: Sendable {
  package let owner: OwnerName
  package let type: RecordType
  package let purpose: Purpose
  /// What the zone holds at this owner and type; nil where the zone is unknown.
  package let before: RecordSet?
  package let isZoneKnown: Bool
  package let removed: [RecordData]
  package let added: [RecordData]
  /// The TTL of the whole set afterwards.
  package let ttl: TTL
  /// Where tenant.yaml asks for it.
  package let span: SourceSpan
  /// Nil where the zone of today is that of before mgc.
  package let former: Former?
  /// What the lock is to remember; nil for a change that follows another of the same records, and
  /// where the zone is unknown.
  let remembered: RememberedRecords?

  /// What the change led from and to, where the zone holds mgc's work already: an earlier apply saw
  /// the zone before it.
  package struct Former: Sendable {
    package let before: RecordSet?
    package let after: RecordSet?
    /// The records of the purpose that it brought, of a text.
    let brought: [RecordData]

    init(before: RecordSet?, after: RecordSet?, brought: [RecordData] = []) {
      self.before = before
      self.after = after
      self.brought = brought
    }
  }

  init(
    owner: OwnerName, type: RecordType, purpose: Purpose, before: RecordSet?, isZoneKnown: Bool,
    removed: [RecordData], added: [RecordData], ttl: TTL, span: SourceSpan, former: Former? = nil,
    remembered: RememberedRecords? = nil
  ) {
    self.owner = owner
    self.type = type
    self.purpose = purpose
    self.before = before
    self.isZoneKnown = isZoneKnown
    self.removed = removed
    self.added = added
    self.ttl = ttl
    self.span = span
    self.former = former
    self.remembered = remembered
  }

  package enum Purpose: Hashable, Sendable {
    case spf
    case dkim
    /// The CNAME of a signature that the mail server makes itself.
    case mailServerKey
    /// The record of a key that nothing signs with any more goes.
    case retiredKey
    case dmarc
    case reportAuthorization
    case tlsReports
    case transportPolicy
    case lowerTTL
    case cutover
    case restoreTTL

    package var title: LocalizedText {
      switch self {
      case .spf: .init(both: "SPF")
      case .dkim: .init(both: "DKIM")
      case .mailServerKey: .init(ja: "Microsoft 365のDKIM", en: "DKIM of Microsoft 365")
      case .retiredKey: .init(ja: "DKIMの古い鍵を消す", en: "Remove the old DKIM key")
      case .dmarc: .init(both: "DMARC")
      case .reportAuthorization:
        .init(ja: "DMARCレポートを受け取る許可", en: "Leave to take DMARC reports")
      case .tlsReports: .init(ja: "TLSレポート", en: "TLS reporting")
      case .transportPolicy: .init(ja: "MTA-STSのポリシー", en: "MTA-STS policy")
      case .lowerTTL: .init(ja: "MXのTTLを下げる", en: "Lower the TTL of the MX")
      case .cutover: .init(ja: "MXを切り替える", en: "Change the MX")
      case .restoreTTL: .init(ja: "MXのTTLを戻す", en: "Restore the TTL of the MX")
      }
    }
  }

  /// The records after the change; where the zone is unknown, those that the change brings.
  package var after: [RecordData] {
    (before?.data ?? []).filter { !removed.contains($0) } + added
  }

  /// Whether the zone holds all of it already.
  package var isNothing: Bool {
    isZoneKnown && removed.isEmpty && added.isEmpty && (before == nil || before?.ttl == ttl)
  }

  /// Whether the zone holds it already by mgc's own work, as an earlier apply foresaw.
  package var isReached: Bool { former != nil && isNothing }

  /// The way back; nil where the zone is unknown, for then nobody knows what to go back to.
  package var inverse: RecordChange? {
    guard isZoneKnown else { return nil }
    if let former {
      let (from, to) = (former.after?.data ?? [], former.before?.data ?? [])
      return RecordChange(
        owner: owner, type: type, purpose: purpose, before: former.after, isZoneKnown: true,
        removed: from.filter { !to.contains($0) }, added: to.filter { !from.contains($0) },
        ttl: former.before?.ttl ?? former.after?.ttl ?? ttl, span: span)
    }
    return RecordChange(
      owner: owner, type: type, purpose: purpose,
      before: RecordSet(owner: owner, type: type, ttl: ttl, data: after), isZoneKnown: true,
      removed: added, added: removed, ttl: before?.ttl ?? ttl, span: span)
  }

  /// The set once the way back has been gone; nil where nothing is left or nobody knows.
  package var setBefore: RecordSet? {
    if let former { return former.before }
    return before
  }

  /// Takes away what the change brought, and brings back what mgc knows that it took away: the way
  /// back where nobody knows what else was there before.
  package var withdrawal: RecordChange {
    RecordChange(
      owner: owner, type: type, purpose: purpose, before: nil, isZoneKnown: false,
      removed: added, added: removed, ttl: ttl, span: span)
  }
}
