internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel

/// The zone of a domain, as far as it is known.
struct KnownZone {
  let domain: TenantDomain
  let contents: ZoneContents
  private let input: RuleInput

  init?(_ domain: TenantDomain, _ input: RuleInput) {
    guard let contents = input.zones[domain.name.value] else { return nil }
    self.domain = domain
    self.contents = contents
    self.input = input
  }

  /// Where the zone file has a set; where tenant.yaml names the zone if that is not known.
  func span(_ relative: String, _ type: RecordType) -> SourceSpan {
    let owner = OwnerName(zone: contents.origin, relative: relative)
    return input.zoneSpan(domain.name.value, owner, type) ?? domain.zone?.span ?? domain.name.span
  }

  /// Whether anyone knows what the zone holds there.
  func knows(_ relative: String, _ type: RecordType) -> Bool { contents.knows(relative, type) }

  /// The set at a name that is relative to the zone.
  func set(_ relative: String, _ type: RecordType) -> RecordSet? {
    contents.set(owner: OwnerName(zone: contents.origin, relative: relative), type: type)
  }
}

/// The SPF of a domain that sends by MailGates: what it is today and what it becomes.
struct DomainSPF {
  let domain: TenantDomain
  /// Nil where the zone is unknown.
  let zone: KnownZone?
  /// Every SPF record of the zone.
  let texts: [String]
  /// The zone's record, where there is one and it can be read.
  let current: SPFRecord?
  /// The record to be; nil where the zone's cannot be read or something is missing.
  let merged: SPFRecord?

  /// Where tenant.yaml speaks of it.
  var place: SourceSpan { domain.spf?.span ?? domain.name.span }

  fileprivate init(_ domain: TenantDomain, _ input: RuleInput) {
    self.domain = domain
    zone = KnownZone(domain, input)
    texts = zone.map { DomainChanges.currentSPFTexts(in: $0.contents) } ?? []
    current = texts.count == 1 ? try? SPFRecord(parsing: texts[0]) : nil
    guard texts.isEmpty || current != nil, case .met(let services) = input.requirements,
      let outbound = services.outbound
    else {
      merged = nil
      return
    }
    merged = DomainChanges.mergedSPF(
      of: domain, zone: zone?.contents, server: input.server(of: domain), outbound)
  }
}

extension RuleInput {
  /// The domains whose SPF record changes; none without leak-prevention, which asks for it.
  var domainsWithSPF: [DomainSPF] {
    guard tenant.contract.includes(.leakPrevention) else { return [] }
    return tenant.domains.filter { $0.role != .parked }.map { DomainSPF($0, self) }
  }

  /// The zones that are known, in the order of tenant.yaml.
  var knownZones: [KnownZone] { tenant.domains.compactMap { KnownZone($0, self) } }

  /// The server on which a domain's mailboxes are.
  func server(of domain: TenantDomain) -> MailServer? {
    tenant.server(of: domain)
  }
}
