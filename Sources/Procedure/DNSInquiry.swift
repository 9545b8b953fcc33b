package import MailRecords
internal import SourceText
package import TenantModel

/// What is worth asking the DNS about one domain, by what tenant.yaml says. What the answers lead
/// to, such as the hosts of today's MX, is asked as they come.
package struct DNSInquiry: Sendable {
  package let domain: DomainName
  package let selectors: [DKIMSelector]
  /// Hosts that the MX names after the cutover.
  package let exchangers: [DomainName]
  /// Terms that the SPF record gets.
  package let terms: [SPFTerm]
  /// Domains that take DMARC reports.
  package let receivers: [DomainName]

  package init(_ domain: TenantDomain, of tenant: Tenant) {
    self.domain = domain.name.value
    var others: [DKIMSelector] = []
    if case .microsoft365(let server)? = tenant.server(of: domain)?.kind, server.dkimExport != nil {
      others = ["selector1", "selector2"].compactMap { DKIMSelector(parsing: $0) }
    }
    let own = domain.dkim.map(\.selector.value)
    selectors = own + others.filter { !own.contains($0) }
    exchangers = tenant.gateway.mx.map(\.host.value)
    terms =
      (domain.spf?.senders ?? []).map(\.value)
      + (tenant.gateway.spf.map {
        [SPFTerm.directive(qualifier: .pass, mechanism: .include($0.value.ascii))]
      } ?? [])
    receivers = (domain.dmarc?.reports ?? []).map(\.value.domain)
  }
}

extension Procedure {
  /// When a stage of the DNS may happen, by what is known; nil where nothing says.
  package func window(of kind: ZoneStage.Kind) -> Plan.Window? {
    let phase: Phase.Kind =
      switch kind {
      case .senderAuthentication: .senderAuthentication
      case .transportPolicyBefore: .transportPolicyBefore
      case .lowerTTL: .ttl
      case .cutover: .cutover
      case .transportPolicyAfter: .transportPolicyAfter
      case .restoreTTL: .restoreTTL
      case .retireKey: .retireKey
      case .dmarc(let stage): .dmarc(stage)
      }
    return Clock(self).window(of: phase)
  }

  /// Whether a stage should have been done by now. The records of step 2 have no date and are due
  /// at once; when DMARC's stages come is for people to decide.
  package func isDue(_ kind: ZoneStage.Kind, now: Timestamp) -> Bool {
    switch kind {
    case .senderAuthentication: return true
    case .dmarc: return false
    default: break
    }
    guard let window = window(of: kind) else { return false }
    return (window.notBefore ?? window.notAfter).map { $0 <= now } ?? false
  }
}
