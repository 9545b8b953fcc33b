internal import Artifacts
internal import Procedure
internal import SourceText
internal import TenantModel

/// Which of the vendor's notes stand at which step: where they matter, and only for what is used.
struct RunbookNotes {
  private let procedure: Procedure

  init(_ procedure: Procedure) { self.procedure = procedure }

  func notes(_ kind: Phase.Kind) -> [Runbook.Note] {
    vendorNotes(kind).map { Runbook.Note(text: Phrase($0.text), sources: $0.sources) }
  }

  private func vendorNotes(_ kind: Phase.Kind) -> [VendorNote] {
    switch kind {
    case .addressNotice: [.addressChange]
    case .signIn: signIn
    case .accounts: procedure.movingDomains.isEmpty ? [] : [.accountsFirst]
    case .userLogin:
      procedure.tenant.mailServers.contains(where: usesOAuth) ? [.loginAfterImport] : []
    case .senderAuthentication: [.recordsAtDNSService, .publicKeyFromVendor]
    case .connect: procedure.services.inbound == nil ? [] : [.neighbors]
    case .startOutbound: [.ownDomainsOnly, .sizes]
    case .ttl: [.slowTTL]
    case .settings: settings
    case .laterSettings: [.afterObserving]
    case .cutover: [.accountsFirst, .supportHours]
    case .deliveryTarget: [.targetOfReception]
    case .administratorLogin, .transportPolicyBefore, .startInbound, .endPilot, .lockdown,
      .transportPolicyAfter, .restoreTTL, .changeSigning, .retireKey, .nextPolicy:
      []
    }
  }

  private func usesOAuth(_ server: MailServer) -> Bool {
    if case .oauth = server.signIn?.value { true } else { false }
  }

  private var signIn: [VendorNote] {
    let exchange = procedure.tenant.mailServers.filter { $0.family == .microsoft365 }
    guard !exchange.isEmpty else { return [] }
    return [.principalNames, .sharedMailboxes]
      + (exchange.contains(where: usesOAuth) ? [.secretLifetime] : [])
  }

  private var settings: [VendorNote] {
    let settings = procedure.tenant.settings
    let used = Set(procedure.screens.map(\.setting))
    var notes: [VendorNote] = []
    if settings.review?.value.contains(where: \.isSelfApproval) == true {
      notes.append(.selfApproval)
    }
    if used.contains(.bcc) { notes.append(.bccThreshold) }
    if used.contains(.bcc) || used.contains(.delay) { notes.append(.misdeliveryMenus) }
    if used.contains(.attachmentLink) { notes.append(.linkNames) }
    return notes
  }
}

extension ReviewRule {
  fileprivate var isSelfApproval: Bool {
    if case .selfApprove = then { true } else { false }
  }
}
