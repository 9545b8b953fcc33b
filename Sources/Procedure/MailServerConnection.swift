package import MailRecords
package import SourceText
package import TenantModel

/// One mail server, its domains, and what connects it to MailGates.
package struct MailServerConnection: Sendable {
  package let server: MailServer
  /// The domains with mail on this server, aliases among them, in the order of tenant.yaml.
  package let domains: [TenantDomain]
  package let kind: Kind
  /// How direct delivery is closed after the cutover; nil where that is not asked for or no domain
  /// has its mail here.
  package let lockdown: Located<Lockdown>?
  /// What the contract matrix asks for, in its order; OAuth is left out where SAML is used.
  package let connections: [ContractMatrix.Connection]

  package enum Kind: Sendable {
    case exchange(Microsoft365, ExchangeConnection)
    case google(GoogleWorkspace, GoogleConnection)
    case postfix(Postfix, PostfixConnection)
    case other(OtherMailServer, OtherConnection)
  }

  /// Whether an archive gets a copy of its mail.
  package var isArchived: Bool {
    if case .exchange(_, let exchange) = kind { exchange.journalRule != nil } else { false }
  }

  init(
    _ server: MailServer, domains: [TenantDomain], tenant: Tenant, services: ContractedServices,
    pilot: [EmailAddress]
  ) {
    self.server = server
    self.domains = domains
    let usesSAML = if case .saml = server.signIn?.value { true } else { false }
    connections = ContractMatrix.connections(of: server.family)
      .filter { $0.isAsked(by: tenant.contract) && !($0.item == .oauthClient && usesSAML) }
      .map(\.item)
    // Without a domain there is no cutover to see, and nothing may be closed.
    lockdown = domains.isEmpty ? nil : server.lockdown
    switch server.kind {
    case .microsoft365(let settings):
      kind = .exchange(
        settings,
        ExchangeConnection(
          server, settings, domains: domains, services: services, lockdown: lockdown,
          pilot: pilot, tenant: tenant.id.value.text,
          arcSealer: tenant.gateway.arcSealer?.value))
    case .googleWorkspace(let settings):
      kind = .google(settings, GoogleConnection(lockdown, services: services))
    case .postfix(let settings):
      kind = .postfix(settings, PostfixConnection(lockdown, services: services))
    case .other(let settings):
      kind = .other(settings, OtherConnection(services: services))
    }
  }
}

/// The gateways to enter in the Google Admin console.
package struct GoogleConnection: Sendable {
  package let inbound: InboundGateway?
  package let outbound: OutboundGateway?

  /// 受信ゲートウェイ (support.google.com/a/answer/60730).
  package struct InboundGateway: Sendable {
    package let addresses: [IPPrefix]
    /// Whether "Reject all mail not from gateway IPs" is ticked after the cutover.
    package let rejectsOthersAfterwards: Bool
  }

  /// A mail route (ホスト) and a routing setting (answers 178333, 2614757).
  package struct OutboundGateway: Sendable {
    package let host: DomainName
    package let port: Int
    package let tls: Gateway.TLSLevel
  }

  init(_ lockdown: Located<Lockdown>?, services: ContractedServices) {
    inbound = services.inbound.map {
      InboundGateway(addresses: $0.egress, rejectsOthersAfterwards: lockdown != nil)
    }
    outbound = services.outbound.map {
      OutboundGateway(
        host: $0.relay.host.value, port: $0.relay.port.value, tls: $0.relay.tls)
    }
  }
}

/// What a Postfix is configured with.
package struct PostfixConnection: Sendable {
  package let inbound: Inbound?
  package let outbound: Outbound?

  package struct Inbound: Sendable {
    package let egress: [IPPrefix]
    /// Whether others are refused after the cutover.
    package let lockdown: Located<Lockdown>?
  }

  package struct Outbound: Sendable {
    package let relay: DomainName
    package let port: Int
    package let tls: Gateway.TLSLevel
  }

  init(_ lockdown: Located<Lockdown>?, services: ContractedServices) {
    inbound = services.inbound.map { Inbound(egress: $0.egress, lockdown: lockdown) }
    outbound = services.outbound.map {
      Outbound(relay: $0.relay.host.value, port: $0.relay.port.value, tls: $0.relay.tls)
    }
  }
}

/// What any other mail server's administrator is told.
package struct OtherConnection: Sendable {
  /// The addresses to accept mail from; nil without inbound-security.
  package let egress: [IPPrefix]?
  /// Where to send mail; nil without leak-prevention.
  package let relay: Gateway.Relay?

  init(services: ContractedServices) {
    egress = services.inbound?.egress
    relay = services.outbound?.relay
  }
}
