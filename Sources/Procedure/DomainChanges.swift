package import MailRecords
internal import SourceText
package import TenantModel

/// What changes in the DNS of one domain, step by step.
package struct DomainChanges: Sendable {
  package let domain: TenantDomain
  /// Whether it is known what the zone holds wherever something changes.
  package let isZoneKnown: Bool
  /// Whether the MX of today, or that there is none, is known.
  package let areExchangersKnown: Bool
  /// Step 2; only with leak-prevention.
  package let senderAuthentication: [RecordChange]
  /// Step 2's SPF record term by term; nil without one, and for a domain that sends no mail.
  package let spf: SPFComposition?
  /// Keys that the console has not shown yet.
  package let waitingKeys: [WaitingKey]
  /// Step 4; nil where there is no MX or it does not move.
  package let lowerTTL: RecordChange?
  /// Step 6.
  package let cutover: RecordChange?
  /// Step 8.
  package let restoreTTL: RecordChange?
  /// Step 8: the keys that go out of use; nil where none does, or nothing could sign afterwards.
  package let keyRetirement: KeyRetirement?
  /// Steps 2 and 8: the DMARC record; nil where tenant.yaml asks for none.
  package let dmarc: DMARCChanges?
  /// Steps 4 and 8: the policy of MTA-STS; nil where tenant.yaml asks for none.
  package let transportPolicy: TransportPolicyChanges?
  /// The TTL of the MX as it is today; nil where the zone is unknown or has no MX.
  package let currentTTL: TTL?
  /// How long resolvers may go on with the TXT records of before step 2: the longest TTL of those
  /// that change, and the negative TTL for names that are new. Nil where the zone does not say.
  package let publicationWait: TTL?

  /// The TTL of the MX before step 4, also where step 4 has been done: the zone's, else what
  /// tenant.yaml says. Nil where nobody knows.
  package var oldTTL: TTL? {
    areExchangersKnown ? restoreTTL?.ttl ?? currentTTL : domain.mxTTL?.value
  }

  /// The TTL of new records, in seconds, and of the MX where the old one is not known: mgc's own
  /// choice, an hour.
  package static let usualTTL = TTL(clamping: 3600)

  /// - Parameters:
  ///   - zone: what the zone holds; nil means that it is unknown, never that it is empty.
  ///   - rememberedTTL: the TTL of the MX before step 4, as an earlier apply recorded it.
  ///   - memory: what the zone held before mgc changed it, as earlier applies recorded it.
  ///   - authorizations: the reports of other domains that this one takes.
  init(
    domain: TenantDomain, index: Int, zone: ZoneContents?, tenant: Tenant,
    services: ContractedServices, keys: KeyRing, rememberedTTL: TTL?, memory: Memory,
    answers: ZoneAnswers, authorizations: [ReportAuthorization]
  ) {
    self.domain = domain
    let editor = ZoneEditor(zone: zone, origin: domain.name.value, memory: memory)
    var changes: [RecordChange] = []
    var waiting: [WaitingKey] = []
    var retirement: KeyRetirement?
    dmarc = services.outbound.flatMap { _ in DMARCChanges(of: domain, editor) }
    if let outbound = services.outbound {
      changes.append(Self.spf(of: domain, editor, tenant, outbound))
      let dkim = Self.dkim(of: domain, index: index, editor, keys, tenant.gateway.console.value)
      changes += dkim.changes
      waiting = dkim.waiting
      retirement = KeyRetirement(of: domain, editor, keys)
      changes += Self.exchangeSigning(of: domain, editor, keys, tenant)
      changes += authorizations.map(editor.authorization)
      if let dmarc { changes.append(dmarc.first) }
      if let change = Self.tlsReports(of: domain, editor) { changes.append(change) }
    }
    senderAuthentication = changes
    spf = services.outbound.flatMap {
      Self.spfComposition(of: domain, zone: zone, tenant, $0, answers)
    }
    waitingKeys = waiting
    keyRetirement = retirement
    let newNames = waiting.isEmpty ? [] : [zone?.negativeTTL]
    let waits =
      changes.map { $0.isZoneKnown ? $0.before?.ttl ?? zone?.negativeTTL : nil } + newNames
    publicationWait = waits.contains { $0 == nil } ? nil : waits.compactMap { $0 }.max()

    let exchangers = ExchangerChanges(
      of: domain, editor, services.inbound, rememberedTTL: rememberedTTL)
    currentTTL = exchangers.currentTTL
    lowerTTL = exchangers.lowerTTL
    cutover = exchangers.cutover
    restoreTTL = exchangers.restoreTTL
    transportPolicy = TransportPolicyChanges(of: domain, editor, services.inbound, keys)
    areExchangersKnown = editor.knows("@", .mx)
    let all =
      changes
      + (retirement?.removals ?? [])
      + [exchangers.cutover, (transportPolicy?.before ?? transportPolicy?.after)?.record]
      .compactMap { $0 }
    isZoneKnown = zone != nil && all.allSatisfy(\.isZoneKnown)
  }

  /// What each step changes in the zone, in the order of doing. Zone files, scripts and tables are
  /// writings of this.
  package var stages: [ZoneStage] {
    var builder = ZoneStage.Builder(zone: domain.name.value)
    if !senderAuthentication.isEmpty || !waitingKeys.isEmpty {
      builder.add(.senderAuthentication, senderAuthentication, waiting: waitingKeys)
    }
    if let stage = transportPolicy?.before {
      builder.add(.transportPolicyBefore, [stage.record])
    }
    if let lowerTTL { builder.add(.lowerTTL, [lowerTTL]) }
    if let cutover { builder.add(.cutover, [cutover]) }
    if let stage = transportPolicy?.after { builder.add(.transportPolicyAfter, [stage.record]) }
    if let restoreTTL { builder.add(.restoreTTL, [restoreTTL]) }
    if let keyRetirement { builder.add(.retireKey, keyRetirement.removals) }
    for stage in dmarc?.stages ?? [] { builder.add(.dmarc(stage.stage), [stage.change]) }
    return builder.finished
  }
}
