package import MailRecords
package import SourceText
package import TenantModel
internal import Wording

/// What changes in the DNS of one domain, step by step.
package struct DomainChanges: Sendable {
  package let domain: TenantDomain
  package let isZoneKnown: Bool
  /// Step 2; only with leak-prevention.
  package let senderAuthentication: [RecordChange]
  /// Keys that the console has not shown yet.
  package let waitingKeys: [WaitingKey]
  /// Step 4; nil where there is no MX or it does not move.
  package let lowerTTL: RecordChange?
  /// Step 6.
  package let cutover: RecordChange?
  /// Step 8.
  package let restoreTTL: RecordChange?
  /// Step 8: DMARC's next stage, from the record that step 2 publishes; nil where there is none.
  package let nextPolicy: RecordChange?
  /// The TTL of the MX as it is today; nil where the zone is unknown or has no MX.
  package let currentTTL: TTL?
  /// How long resolvers may go on with the TXT records of before step 2: the longest TTL of those
  /// that change, and the negative TTL for names that are new. Nil where the zone does not say.
  package let publicationWait: TTL?

  package struct WaitingKey: Sendable {
    package let selector: DKIMSelector
    package let input: WaitingInput
    package let span: SourceSpan
  }

  /// The TTL of new records, in seconds, and of the MX where the old one is not known: mgc's own
  /// choice, an hour.
  package static let usualTTL = TTL(clamping: 3600)

  /// - Parameters:
  ///   - zone: what the zone holds; nil means that it is unknown, never that it is empty.
  ///   - rememberedTTL: the TTL of the MX before step 4, as an earlier apply recorded it.
  init(
    domain: TenantDomain, index: Int, zone: ZoneContents?, tenant: Tenant,
    services: ContractedServices, keys: KeyRing, rememberedTTL: TTL?
  ) {
    self.domain = domain
    isZoneKnown = zone != nil
    let name = domain.name.value
    let editor = ZoneEditor(zone: zone, origin: name)
    var waiting: [WaitingKey] = []
    var changes: [RecordChange] = []
    var next: RecordChange?
    if let outbound = services.outbound {
      changes.append(
        editor.text(
          at: "@", .spf, for: domain.spf?.span ?? domain.name.span,
          replacing: SPFRecord.isSPF,
          with: Self.mergedSPF(
            of: domain, zone: zone, server: tenant.server(of: domain), outbound
          ).description))
      for (number, setting) in domain.dkim.enumerated() where domain.role != .parked {
        if let reference = setting.publicKey, let key = keys[reference.value] {
          let owner = setting.selector.value.text + "._domainkey"
          changes.append(
            editor.text(
              at: owner, .dkim, for: setting.span, replacing: { _ in true }, with: key.recordText))
        } else {
          waiting.append(
            WaitingKey(
              selector: setting.selector.value,
              input: WaitingInput(
                what: .init(
                  ja: "\(name.unicode) のDKIM公開鍵", en: "the DKIM public key of \(name.unicode)"),
                source: Self.keySource(tenant.gateway.console.value),
                key: "domains[\(index)].dkim[\(number)].publicKey"),
              span: setting.span))
        }
      }
      if let dmarc = domain.dmarc {
        let change = editor.text(
          at: "_dmarc", .dmarc, for: dmarc.span,
          replacing: { $0.lowercased().hasPrefix("v=dmarc1") },
          with: Self.record(dmarc, policy: dmarc.policy.value))
        changes.append(change)
        next = dmarc.policy.value.next.map { policy in
          Self.change(
            from: Self.record(dmarc, policy: dmarc.policy.value),
            to: Self.record(dmarc, policy: policy), after: change, for: dmarc.policy.span)
        }
      }
      if let first = domain.tlsReports.first {
        let record = TLSRPTRecord(reports: domain.tlsReports.map(\.value))
        changes.append(
          editor.text(
            at: "_smtp._tls", .tlsReports, for: first.span,
            replacing: { $0.lowercased().hasPrefix("v=tlsrptv1") }, with: record.description))
      }
    }
    senderAuthentication = changes
    waitingKeys = waiting
    nextPolicy = next
    let newNames = waiting.isEmpty ? [] : [zone?.negativeTTL]
    let waits = changes.map { $0.before?.ttl ?? zone?.negativeTTL } + newNames
    publicationWait = waits.contains { $0 == nil } ? nil : waits.compactMap { $0 }.max()

    let mx = editor.set(at: "@", .mx)
    currentTTL = mx?.ttl
    guard let inbound = services.inbound, domain.role != .parked else {
      lowerTTL = nil
      cutover = nil
      restoreTTL = nil
      return
    }
    let low = TTL(clamping: Catalogue.loweredTTL.value)
    let span = domain.cutover?.span ?? domain.name.span
    let new = inbound.exchangers.map {
      MXRecord(preference: $0.preference, host: $0.host.value).data
    }
    lowerTTL =
      zone != nil && mx == nil
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
    let usual = mx.map { $0.ttl > low ? $0.ttl : rememberedTTL ?? $0.ttl } ?? Self.usualTTL
    let moved = RecordSet(
      owner: editor.owner("@"), type: .mx, ttl: lowered?.ttl ?? low, data: new)
    restoreTTL =
      usual <= low
      ? nil
      : editor.change(
        at: "@", .mx, .restoreTTL, for: span, before: zone == nil ? nil : moved, removed: [],
        added: [], ttl: usual)
  }

  private static func record(_ settings: DMARCSettings, policy: DMARCPolicy) -> String {
    DMARCRecord(
      policy: policy, subdomainPolicy: settings.subdomainPolicy?.value,
      aggregateReports: settings.aggregateReports.map(\.value)
    ).description
  }

  /// The change of one TXT record once `change` has been made.
  private static func change(
    from old: String, to new: String, after change: RecordChange, for span: SourceSpan
  ) -> RecordChange {
    let records = [old, new].map { text in
      TXTValue(ascii: text).map { [RecordData.txt($0)] } ?? []
    }
    return RecordChange(
      owner: change.owner, type: change.type, purpose: change.purpose,
      before: change.isZoneKnown
        ? RecordSet(
          owner: change.owner, type: change.type, ttl: change.ttl, data: change.after) : nil,
      isZoneKnown: change.isZoneKnown, removed: change.isZoneKnown ? records[0] : [],
      added: records[1], ttl: change.ttl, span: span)
  }

  /// Where the console shows a public key.
  private static func keySource(_ console: Gateway.ConsoleGeneration) -> LocalizedText {
    let path = ConsoleScreenName.dkim.path(in: console).value
    return path.isConfirmed
      ? .init(both: path.words.map { "「\($0)」" }.joined(separator: "→"))
      : .init(
        ja: "DKIM鍵の画面（場所は未確認。サポート窓口に確認）",
        en: "the screen of the DKIM key (its place is not confirmed: ask the vendor's support)")
  }

  /// The SPF record to be: what the zone has, with what tenant.yaml and MailGates add.
  ///
  /// Where the zone is unknown, the addresses of the domain's own server come along, for mail may
  /// still leave from there directly. Nothing else is assumed.
  package static func mergedSPF(
    of domain: TenantDomain, zone: ZoneContents?, server: MailServer?,
    _ outbound: ContractedServices.Outbound
  ) -> SPFRecord {
    let nobody = SPFTerm.directive(qualifier: .fail, mechanism: .all)
    if domain.role == .parked { return SPFRecord(terms: [nobody]) }
    let existing = zone.flatMap { currentSPF(in: $0) } ?? SPFRecord(terms: [])
    let gateway = SPFTerm.directive(
      qualifier: .pass, mechanism: .include(outbound.spf.ascii))
    let fallback: SPFQualifier? =
      existing.all == nil && existing.redirect == nil ? .softfail : nil
    let removed = (domain.spf?.remove ?? []).map(\.value)
    var own: [SPFTerm] = []
    if zone == nil {
      let unwanted = Set(removed.map(\.identity))
      own = (server?.addresses ?? []).map(\.value).map { address in
        SPFTerm.directive(
          qualifier: .pass, mechanism: address.isIPv4 ? .ip4(address) : .ip6(address))
      }.filter { !unwanted.contains($0.identity) }
    }
    return existing.merging(
      adding: own + (domain.spf?.senders ?? []).map(\.value) + [gateway], removing: removed,
      allAtLeast: domain.spf?.all?.value ?? fallback)
  }

  /// The SPF record that a zone holds; of several the first.
  package static func currentSPF(in zone: ZoneContents) -> SPFRecord? {
    currentSPFTexts(in: zone).first.flatMap { try? SPFRecord(parsing: $0) }
  }

  /// The text of every SPF record that a zone holds at its apex.
  package static func currentSPFTexts(in zone: ZoneContents) -> [String] {
    zone.texts(at: "@").filter(SPFRecord.isSPF)
  }
}

/// Makes changes to what a zone holds.
private struct ZoneEditor {
  let zone: ZoneContents?
  let origin: DomainName

  func owner(_ relative: String) -> OwnerName { OwnerName(zone: origin, relative: relative) }

  func set(at relative: String, _ type: RecordType) -> RecordSet? {
    zone?.set(owner: owner(relative), type: type)
  }

  func change(
    at relative: String, _ type: RecordType, _ purpose: RecordChange.Purpose,
    for span: SourceSpan, before: RecordSet?, removed: [RecordData], added: [RecordData], ttl: TTL
  ) -> RecordChange {
    RecordChange(
      owner: owner(relative), type: type, purpose: purpose, before: before,
      isZoneKnown: zone != nil, removed: removed, added: added, ttl: ttl, span: span)
  }

  /// One TXT record in place of those that `isOld` picks out; other TXT records stay.
  func text(
    at relative: String, _ purpose: RecordChange.Purpose, for span: SourceSpan,
    replacing isOld: (String) -> Bool, with text: String
  ) -> RecordChange {
    let before = set(at: relative, .txt)
    let old = (before?.data ?? []).filter { datum in
      guard case .txt(let value) = datum else { return false }
      return isOld(value.text)
    }
    // What the records of MailRecords print is ASCII.
    let new = TXTValue(ascii: text).map { [RecordData.txt($0)] } ?? []
    return change(
      at: relative, .txt, purpose, for: span, before: before,
      removed: old.filter { !new.contains($0) }, added: new.filter { !old.contains($0) },
      ttl: before?.ttl ?? DomainChanges.usualTTL)
  }
}
