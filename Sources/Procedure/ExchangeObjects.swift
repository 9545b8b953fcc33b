package import MailRecords
package import SourceText
internal import TenantModel

/// An object of Exchange Online with its parameters, as New- and Set- take them.
package struct ExchangeObject: Sendable {
  package let kind: Kind
  package let name: String
  package let parameters: [Parameter]
  package let span: SourceSpan

  package enum Kind: String, Sendable {
    case inboundConnector = "InboundConnector"
    case outboundConnector = "OutboundConnector"
    case transportRule = "TransportRule"
    case journalRule = "JournalRule"
  }

  package struct Parameter: Sendable {
    package let name: String
    package let value: Value

    package init(_ name: String, _ value: Value) {
      self.name = name
      self.value = value
    }
  }

  package enum Value: Sendable {
    case string(String)
    case strings([String])
    case bool(Bool)
    case integer(Int)
    case null

    /// As people compare it.
    package var description: String {
      switch self {
      case .string(let text): text
      case .strings(let texts): texts.joined(separator: ", ")
      case .bool(let flag): flag ? "true" : "false"
      case .integer(let number): String(number)
      case .null: "(none)"
      }
    }
  }

  /// Names of connectors and rules are at most this long (New-OutboundConnector,
  /// New-TransportRule).
  package static let maximumNameLength = 64
}

/// What is made in Exchange Online for one Microsoft 365 mail server. Everything is created
/// disabled; the scripts enable it in their order.
package struct ExchangeConnection: Sendable {
  package let inboundConnector: ExchangeObject?
  /// The rule that sets SCL −1, where enhanced filtering is not used.
  package let spamBypassRule: ExchangeObject?
  package let outboundConnector: ExchangeObject?
  package let outboundRule: ExchangeObject?
  package let lockdown: ExchangeLockdown?
  /// The rule that sends copies to an archive, with its own scripts.
  package let journalRule: ExchangeObject?
  /// Whose ARC seals are to be trusted; nil where nobody said, or MailGates passes nothing in.
  package let arcSealer: DomainName?
  /// The comment of every object that mgc made for this server: what has another is someone else's.
  package let mark: String

  /// All objects of the connection in the order in which they are made.
  package var objects: [ExchangeObject] {
    [inboundConnector, spamBypassRule, outboundConnector, outboundRule].compactMap { $0 }
  }

  init(
    _ server: MailServer, _ settings: Microsoft365, domains: [TenantDomain],
    services: ContractedServices, lockdown closing: Located<Lockdown>?, pilot: [EmailAddress],
    tenant: String, arcSealer: DomainName? = nil
  ) {
    mark = "mgc \(tenant)/\(server.name.value)"
    self.arcSealer = services.inbound == nil ? nil : arcSealer
    let base = "MailGates \(server.name.value)"
    let egress = (services.inbound?.egress ?? services.outbound?.egress ?? []).map(\.description)
    let people = pilot.map(\.description)
    journalRule = settings.archive.map { archive in
      ExchangeObject(
        kind: .journalRule, name: base + " archive",
        parameters: [
          .init("JournalEmailAddress", .string(archive.journalTo.value.description)),
          .init("Scope", .string("Global")),
        ], span: archive.span)
    }
    if services.inbound != nil {
      let filtering = settings.spamBypass == .enhancedFiltering
      // Nothing restricts before the cutover has been seen: no IP or certificate restriction, and
      // TLS is not required, for the sender domains are everyone's.
      let connector = ExchangeObject(
        kind: .inboundConnector, name: base + " inbound",
        parameters: [
          .init("ConnectorType", .string("Partner")),
          .init("SenderDomains", .strings(["*"])),
          .init("RequireTls", .bool(false)),
          .init("RestrictDomainsToIPAddresses", .bool(false)),
          .init("RestrictDomainsToCertificate", .bool(false)),
          .init("EFSkipLastIP", .bool(false)),
          .init("EFSkipIPs", .strings(filtering ? egress : [])),
          .init("EFUsers", .strings(filtering ? people : [])),
          .init("Comment", .string(mark)),
        ], span: server.span)
      inboundConnector = connector
      spamBypassRule =
        filtering
        ? nil
        : ExchangeObject(
          kind: .transportRule, name: base + " spam bypass",
          parameters: [
            .init("SenderIpRanges", .strings(egress)),
            .init("SetSCL", .integer(-1)),
            .init("Mode", .string("Enforce")),
            .init("Comments", .string(mark)),
          ], span: server.span)
      lockdown = closing.map {
        ExchangeLockdown($0, connector: connector.name, egress: egress)
      }
    } else {
      inboundConnector = nil
      spamBypassRule = nil
      lockdown = nil
    }
    // Without a domain the rule would have no condition on the sender and take everyone's mail.
    guard let outbound = services.outbound, !domains.isEmpty else {
      outboundConnector = nil
      outboundRule = nil
      return
    }
    let connector = ExchangeObject(
      kind: .outboundConnector, name: base + " outbound",
      parameters: [
        .init("ConnectorType", .string("Partner")),
        .init("UseMXRecord", .bool(false)),
        .init("SmartHosts", .strings([outbound.relay.host.value.ascii])),
        .init("IsTransportRuleScoped", .bool(true)),
        .init("TestMode", .bool(false)),
      ] + Self.tls(outbound.relay) + [.init("Comment", .string(mark))], span: server.span)
    outboundConnector = connector
    outboundRule = ExchangeObject(
      kind: .transportRule, name: base + " outbound",
      parameters: [
        .init("FromScope", .string("InOrganization")),
        .init("SentToScope", .string("NotInOrganization")),
        .init("SenderDomainIs", .strings(domains.map(\.name.value.ascii))),
        .init("From", .strings(people)),
        .init("RouteMessageOutboundConnector", .string(connector.name)),
      ] + Self.loopGuard(outbound) + [
        .init("StopRuleProcessing", .bool(true)),
        .init("Mode", .string("Enforce")),
        .init("Comments", .string(mark)),
      ],
      span: server.span)
  }

  private static func tls(_ relay: Gateway.Relay) -> [ExchangeObject.Parameter] {
    switch relay.tls {
    case .opportunistic: [.init("TlsSettings", .null), .init("TlsDomain", .null)]
    case .required:
      [.init("TlsSettings", .string("EncryptionOnly")), .init("TlsDomain", .null)]
    case .certificate:
      [
        .init("TlsSettings", .string("DomainValidation")),
        .init("TlsDomain", .string(relay.host.value.ascii)),
      ]
    }
  }

  private static func loopGuard(
    _ outbound: ContractedServices.Outbound
  ) -> [ExchangeObject.Parameter] {
    switch outbound.loopGuard {
    // The other exception is cleared, so that a change of mind leaves none behind.
    case .header(let name, let value):
      [
        .init("ExceptIfHeaderContainsMessageHeader", .string(name.text)),
        .init("ExceptIfHeaderContainsWords", .strings([value.text])),
        .init("ExceptIfSenderIpRanges", .strings([])),
      ]
    case .egress:
      [
        .init("ExceptIfHeaderContainsMessageHeader", .null),
        .init("ExceptIfHeaderContainsWords", .strings([])),
        .init("ExceptIfSenderIpRanges", .strings(outbound.egress.map(\.description))),
      ]
    case nil: []
    }
  }
}

/// How Exchange Online refuses what does not come by the gateway, after the cutover.
package struct ExchangeLockdown: Sendable {
  /// The inbound connector that is restricted.
  package let connector: String
  package let parameters: [ExchangeObject.Parameter]
  /// What undoes every lockdown, today's and one of another kind that an earlier file asked for.
  package static let undo: [ExchangeObject.Parameter] = [
    .init("RequireTls", .bool(false)),
    .init("RestrictDomainsToIPAddresses", .bool(false)),
    .init("RestrictDomainsToCertificate", .bool(false)),
  ]
  package let span: SourceSpan

  init(_ lockdown: Located<Lockdown>, connector: String, egress: [String]) {
    self.connector = connector
    span = lockdown.span
    switch lockdown.value {
    case .address:
      parameters = [
        .init("RestrictDomainsToIPAddresses", .bool(true)),
        .init("SenderIPAddresses", .strings(egress)),
      ]
    case .certificate(let name):
      parameters = [
        .init("RestrictDomainsToCertificate", .bool(true)),
        .init("TlsSenderCertificateName", .string(name.description)),
        .init("RequireTls", .bool(true)),
      ]
    }
  }
}
