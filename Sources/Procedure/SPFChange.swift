package import MailRecords
internal import SourceText
package import TenantModel

extension DomainChanges {
  /// Step 2's change of the SPF record.
  static func spf(
    of domain: TenantDomain, _ editor: ZoneEditor, _ tenant: Tenant,
    _ outbound: ContractedServices.Outbound
  ) -> RecordChange {
    editor.text(
      at: "@", .spf, for: domain.spf?.span ?? domain.name.span, replacing: SPFRecord.isSPF,
      with: mergedSPF(
        of: domain, zone: editor.zone, server: tenant.server(of: domain), outbound
      ).description)
  }

  /// The SPF record to be: what the zone has, with what tenant.yaml and MailGates add.
  ///
  /// Where the zone is unknown, the addresses of the domain's own server come along, for mail may
  /// still leave from there directly. Nothing else is assumed.
  package static func mergedSPF(
    of domain: TenantDomain, zone: ZoneContents?, server: MailServer?,
    _ outbound: ContractedServices.Outbound
  ) -> SPFRecord {
    // What was not asked, or not answered, is as unknown as a zone of which there is nothing.
    let zone = zone.flatMap { $0.knows("@", .txt) ? $0 : nil }
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

  /// The merged record term by term; nil for a domain that sends no mail.
  static func spfComposition(
    of domain: TenantDomain, zone: ZoneContents?, _ tenant: Tenant,
    _ outbound: ContractedServices.Outbound, _ answers: ZoneAnswers
  ) -> SPFComposition? {
    guard domain.role != .parked else { return nil }
    let server = tenant.server(of: domain)
    return SPFComposition(
      mergedSPF(of: domain, zone: zone, server: server, outbound),
      from: zone.flatMap { currentSPF(in: $0) }, of: domain, server: server,
      gateway: outbound.spf, knowing: SPFKnowledge(answers))
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
