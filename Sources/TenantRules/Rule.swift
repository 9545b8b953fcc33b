package import Diagnostics
package import MailRecords
package import Procedure
package import SourceText
package import TenantModel

/// What the rules judge.
package struct RuleInput: Sendable {
  package let tenant: Tenant
  package let keys: KeyRing
  /// What the zones hold; a domain that is not here has an unknown zone.
  package let zones: [DomainName: ZoneContents]
  /// Where a zone file writes a record set.
  package let zoneSpan: @Sendable (DomainName, OwnerName, RecordType) -> SourceSpan?
  /// What the DNS said, as far as it was recorded.
  package let answers: DNSResolver
  /// When the snapshots that `zone` names were recorded, by domain.
  package let recordings: [DomainName: Located<Timestamp>]
  /// What was seen of Exchange Online, by mail server.
  package let exports: [Identifier: ExchangeExport]
  /// What the files of import profiles show.
  package let exchange: ListExchange
  package let requirements: Requirements
  package let now: Timestamp

  package init(
    tenant: Tenant, keys: KeyRing, zones: [DomainName: ZoneContents],
    zoneSpan: @escaping @Sendable (DomainName, OwnerName, RecordType) -> SourceSpan?,
    answers: @escaping DNSResolver = { _ in .unknown },
    recordings: [DomainName: Located<Timestamp>] = [:],
    exports: [Identifier: ExchangeExport] = [:], exchange: ListExchange = ListExchange(),
    requirements: Requirements, now: Timestamp
  ) {
    self.tenant = tenant
    self.keys = keys
    self.zones = zones
    self.zoneSpan = zoneSpan
    self.answers = answers
    self.recordings = recordings
    self.exports = exports
    self.exchange = exchange
    self.requirements = requirements
    self.now = now
  }
}

/// One rule of the field: it looks, adds findings, and changes nothing.
package struct Rule: Sendable {
  package let codes: [DiagnosticCode]
  /// Whether it judges what is absent, so that it says nothing about a file that was not read
  /// whole.
  let judgesAbsence: Bool
  let judge: @Sendable (RuleInput, inout DiagnosticBag) -> Void

  init(
    _ codes: [DiagnosticCode], judgesAbsence: Bool = false,
    judge: @escaping @Sendable (RuleInput, inout DiagnosticBag) -> Void
  ) {
    self.codes = codes
    self.judgesAbsence = judgesAbsence
    self.judge = judge
  }
}

/// All rules.
package enum TenantRules {
  /// Adding a rule adds a line here.
  package static let all: [Rule] = [
    // Model
    .unknownMailServer, .unknownGroup, .unknownScopeDomain, .unknownDictionary,
    .duplicateNames, .duplicateScope, .duplicateService, .members, .foreignMembers,
    .dictionaryLimits,
    .regularExpressions, .parkedDomain, .egress,
    .unusedDeclarations, .parentGroups, .managingMembers, .repeatedEntries, .slippedDomains,
    .gatewayValues, .lookalikes,
    // Contract
    .missingInput, .notInContract, .waitingInputs, .noDKIM,
    // DNS
    .zoneSPF, .spfTerms, .movingMX, .spfLookups, .spfIncludes, .zoneUnknown, .dkimKeys,
    .dmarcPolicy,
    .dmarcReports, .zoneDMARC, .currentMX, .gatewayMX, .mtaSTS,
    .snapshotZone, .snapshotAge, .snapshotGaps,
    .formNeedsZone, .splitSPF, .parkedMX,
    .spfSenders, .spfTargets, .spfRepeated, .spfWithoutEffect, .misplacedRecords, .dkimSelectors,
    .dmarcToday, .dmarcStages,
    .keyRetirement, .signingTime, .unnamedKeys, .exchangeSigning, .statedTTL,
    .noDMARC, .transport, .transportPolicy, .transportPolicyTime,
    // Planning
    .cutoverTime, .deliveryLoop, .deliveryHosts, .cutoverDate, .exchangersToday, .mailFlow,
    // Mail servers
    .exchangeEgress, .exchangeRelay, .exchangeNames, .exchangeInbound, .exchangeDomains,
    .exchangeSecret, .unusedOAuth, .google, .postfix,
    .exportPlace, .exportAge, .exportDomains, .exportConnectors, .exportRules, .exportSwitches,
    .archive, .registration, .arcSealer,
    .exchangeTenants, .loopGuard, .serverAddresses, .internationalSenders,
    .addressNotice,
    // Settings
    .attachmentTriggers, .reviewOrder, .unusedDictionary, .emptyGroup, .similarDomains,
    .filterLists, .spamDeletion, .listEntries, .emptyLists,
    .outboundSenders, .attachmentSenders, .attachmentOverlap, .expressions, .cautions,
    .selfApproval, .reviewConditions, .reviewNotices, .reviewDelegation, .shownFields,
    .warningTexts, .idleExceptions, .listPrecedence,
    .importProfiles, .listFiles, .listExports, .listCells,
  ]

  /// Every code of this room.
  package static var codes: [DiagnosticCode] { all.flatMap(\.codes) }

  /// - Parameter isIncomplete: whether something of tenant.yaml could not be read. Then only errors
  ///   are said: what else there is may be because of what is missing.
  package static func judge(
    _ input: RuleInput, isIncomplete: Bool, into bag: inout DiagnosticBag
  ) {
    guard isIncomplete else {
      for rule in all { rule.judge(input, &bag) }
      return
    }
    var found = DiagnosticBag()
    for rule in all where !rule.judgesAbsence { rule.judge(input, &found) }
    bag.add(contentsOf: found.sorted.lazy.filter { $0.code.severity == .error })
  }
}
