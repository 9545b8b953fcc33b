internal import MailRecords
internal import SourceText
internal import TenantModel

extension DomainChanges {
  /// Step 2's change of the DMARC record, and the change to the next stage; nil where tenant.yaml
  /// asks for none.
  static func dmarc(
    of domain: TenantDomain, _ editor: ZoneEditor
  ) -> (first: RecordChange, next: RecordChange?)? {
    guard let dmarc = domain.dmarc else { return nil }
    let policy = dmarc.policy.value
    let first = editor.text(
      at: "_dmarc", .dmarc, for: dmarc.span,
      replacing: { $0.lowercased().hasPrefix("v=dmarc1") }, with: record(dmarc, policy: policy))
    let next = policy.next.map { next in
      first.followed(
        by: record(dmarc, policy: next), inPlaceOf: record(dmarc, policy: policy),
        for: dmarc.policy.span)
    }
    return (first, next)
  }

  /// Step 2's change of the TLS reporting record (RFC 8460 section 3).
  static func tlsReports(of domain: TenantDomain, _ editor: ZoneEditor) -> RecordChange? {
    guard let first = domain.tlsReports.first else { return nil }
    return editor.text(
      at: "_smtp._tls", .tlsReports, for: first.span,
      replacing: { $0.lowercased().hasPrefix("v=tlsrptv1") },
      with: TLSRPTRecord(reports: domain.tlsReports.map(\.value)).description)
  }

  private static func record(_ settings: DMARCSettings, policy: DMARCPolicy) -> String {
    DMARCRecord(
      policy: policy, subdomainPolicy: settings.subdomainPolicy?.value,
      nonexistentPolicy: settings.nonexistentPolicy?.value,
      dkimAlignment: settings.dkimAlignment?.value, spfAlignment: settings.spfAlignment?.value,
      aggregateReports: settings.aggregateReports.map(\.value),
      failureReports: settings.failureReports.map(\.value), isTesting: settings.isTesting
    ).description
  }
}
