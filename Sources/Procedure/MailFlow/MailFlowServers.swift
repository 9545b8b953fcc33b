internal import MailRecords
internal import SourceText
internal import TenantModel

// What the emitters write down for each kind of mail server, as what it does with mail.
extension MailFlow.Server {
  /// - Parameter egress: the addresses that MailGates delivers from.
  init(_ connection: MailServerConnection, egress: [String]) {
    self.connection = connection
    let domains = connection.domains.map(\.name.value)
    switch connection.kind {
    case .exchange(_, let exchange):
      entrance = exchange.inboundConnector.map { MailFlow.Entrance($0) }
      closing = exchange.lockdown.map { MailFlow.Closing($0, egress: egress) }
      route = exchange.outboundRule.map { MailFlow.Route($0) }
    case .google(_, let google):
      entrance = google.inbound.map { _ in .plain }
      closing = google.inbound.flatMap { inbound in
        guard inbound.rejectsOthersAfterwards, let lockdown = connection.lockdown else {
          return nil
        }
        return MailFlow.Closing(
          span: lockdown.span, refusesOthers: true,
          admitsGateway: Set(egress).isSubset(of: inbound.addresses.map(\.description)),
          isUndone: true)
      }
      // The routing setting is for what the account sends, by its envelope.
      route =
        google.outbound == nil || domains.isEmpty
        ? nil
        : MailFlow.Route(
          senders: .envelope(domains), takesOnlyOwnPeople: true, takesOnlyOutgoing: true,
          sparesReturning: false, isForPilot: false)
    case .postfix(_, let postfix):
      entrance = postfix.inbound.map { _ in .plain }
      closing = postfix.inbound.flatMap { inbound in
        inbound.lockdown.map {
          MailFlow.Closing(
            span: $0.span, refusesOthers: true,
            admitsGateway: Set(egress).isSubset(of: inbound.egress.map(\.description)),
            isUndone: true)
        }
      }
      // A table of envelope senders, which is asked for nothing that stays on the server.
      route = postfix.outbound == nil || domains.isEmpty ? nil : .byEnvelope(domains)
    case .other(_, let other):
      entrance = other.egress.map { _ in .plain }
      closing = nil
      route = other.relay == nil || domains.isEmpty ? nil : .byEnvelope(domains)
    }
  }
}

extension MailFlow.Entrance {
  /// A list of addresses that mail is taken from as that of a gateway, and nothing else.
  fileprivate static let plain = MailFlow.Entrance(
    needsStart: false, isInternal: false, refusesOthers: false, isForPilot: false)

  /// An inbound connector. Its sender domains are everyone's, so what it requires it requires of all.
  fileprivate init(_ connector: ExchangeObject) {
    needsStart = true
    isInternal = connector.text("ConnectorType") != "Partner"
    refusesOthers =
      connector.texts("SenderDomains").contains("*")
      && ["RestrictDomainsToIPAddresses", "RestrictDomainsToCertificate", "RequireTls"]
        .contains { connector.flag($0) }
    isForPilot = !connector.texts("EFSkipIPs").isEmpty && !connector.texts("EFUsers").isEmpty
  }
}

extension MailFlow.Closing {
  fileprivate init(_ lockdown: ExchangeLockdown, egress: [String]) {
    let (on, off) = (lockdown.parameters, ExchangeLockdown.undo)
    let names = ["RestrictDomainsToIPAddresses", "RestrictDomainsToCertificate"]
    let restricting = names.filter { on.flag($0) }
    span = lockdown.span
    refusesOthers = !restricting.isEmpty
    admitsGateway =
      !on.flag("RestrictDomainsToIPAddresses")
      || Set(egress).isSubset(of: on.texts("SenderIPAddresses"))
    isUndone =
      restricting.allSatisfy { off.isOff($0) }
      && (!on.flag("RequireTls") || off.isOff("RequireTls"))
  }
}

extension MailFlow.Route {
  fileprivate static func byEnvelope(_ domains: [DomainName]) -> MailFlow.Route {
    MailFlow.Route(
      senders: .envelope(domains), takesOnlyOwnPeople: false, takesOnlyOutgoing: true,
      sparesReturning: false, isForPilot: false)
  }

  /// A mail flow rule. Without a condition it is for all mail.
  fileprivate init(_ rule: ExchangeObject) {
    let domains = rule.texts("SenderDomainIs")
    senders =
      domains.isEmpty ? .everyone : .header(domains.compactMap { try? DomainName(parsing: $0) })
    takesOnlyOwnPeople = rule.text("FromScope") == "InOrganization"
    takesOnlyOutgoing = rule.text("SentToScope") == "NotInOrganization"
    sparesReturning =
      !rule.texts("ExceptIfHeaderContainsWords").isEmpty
      && rule.text("ExceptIfHeaderContainsMessageHeader") != nil
      || !rule.texts("ExceptIfSenderIpRanges").isEmpty
    isForPilot = !rule.texts("From").isEmpty
  }
}

extension ExchangeObject {
  fileprivate func text(_ name: String) -> String? { parameters.text(name) }
  fileprivate func texts(_ name: String) -> [String] { parameters.texts(name) }
  fileprivate func flag(_ name: String) -> Bool { parameters.flag(name) }
}

extension [ExchangeObject.Parameter] {
  private func value(_ name: String) -> ExchangeObject.Value? {
    first { $0.name == name }?.value
  }

  fileprivate func text(_ name: String) -> String? {
    if case .string(let text)? = value(name) { text } else { nil }
  }

  fileprivate func texts(_ name: String) -> [String] {
    if case .strings(let texts)? = value(name) { texts } else { [] }
  }

  fileprivate func flag(_ name: String) -> Bool {
    if case .bool(true)? = value(name) { true } else { false }
  }

  fileprivate func isOff(_ name: String) -> Bool {
    if case .bool(false)? = value(name) { true } else { false }
  }
}
