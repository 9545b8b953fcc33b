internal import MailRecords
internal import SourceText
internal import TenantModel

extension DomainChanges {
  /// Step 2's CNAMEs of the signatures that Exchange Online makes, where the tenant's own export
  /// says where they lead. They hold for what Exchange Online sends past MailGates, and for what
  /// MailGates hands on unchanged.
  static func exchangeSigning(
    of domain: TenantDomain, _ editor: ZoneEditor, _ keys: KeyRing, _ tenant: Tenant
  ) -> [RecordChange] {
    guard domain.role != .parked, let server = tenant.server(of: domain),
      case .microsoft365(let settings) = server.kind, let reference = settings.dkimExport,
      let targets = keys.signings(reference.value)?.first(where: {
        $0.domain == domain.name.value
      })?.targets
    else { return [] }
    return targets.all.map { selector, target in
      editor.alias(
        at: "\(selector)._domainkey", .mailServerKey, for: reference.span, to: target.data)
    }
  }
}
