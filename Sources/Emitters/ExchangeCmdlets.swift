/// A cmdlet that scripts may use, with the parameters that they may give it. Parameters that
/// Microsoft reserves or advises against are left out on purpose.
package struct ExchangeCmdlet: Sendable {
  package let name: StaticString
  package let parameters: [StaticString]
  /// Where the parameters are documented.
  package let source: StaticString
  /// When the source was read, `YYYY-MM-DD`.
  package let read: StaticString

  private init(
    _ name: StaticString, _ parameters: [StaticString],
    source: StaticString = "MicrosoftDocs/office-docs-powershell, exchange-ps/ExchangePowerShell",
    read: StaticString = "2026-11-23"
  ) {
    self.name = name
    self.parameters = parameters
    self.source = source
    self.read = read
  }

  private static let inbound: [StaticString] = [
    "ConnectorType", "SenderDomains", "SenderIPAddresses", "RequireTls",
    "RestrictDomainsToIPAddresses", "RestrictDomainsToCertificate", "TlsSenderCertificateName",
    "EFSkipLastIP", "EFSkipIPs", "EFUsers", "Enabled", "Comment",
  ]
  private static let outbound: [StaticString] = [
    "ConnectorType", "UseMXRecord", "SmartHosts", "IsTransportRuleScoped", "TlsSettings",
    "TlsDomain", "TestMode", "Enabled", "Comment",
  ]
  private static let rule: [StaticString] = [
    "From", "FromScope", "SentToScope", "SenderDomainIs", "SenderIpRanges", "SetSCL",
    "RouteMessageOutboundConnector", "ExceptIfHeaderContainsMessageHeader",
    "ExceptIfHeaderContainsWords", "ExceptIfSenderIpRanges", "StopRuleProcessing", "Mode",
    "Comments",
  ]

  /// All of them. No script uses another cmdlet of Exchange Online.
  package static let all: [ExchangeCmdlet] = [
    .init("New-InboundConnector", ["Name"] + inbound),
    .init("Set-InboundConnector", ["Identity"] + inbound),
    .init("Get-InboundConnector", ["ResultSize"]),
    .init("New-OutboundConnector", ["Name"] + outbound),
    .init(
      "Set-OutboundConnector", ["Identity", "IsValidated", "LastValidationTimestamp"] + outbound),
    .init(
      "Get-OutboundConnector", ["ResultSize", "IsTransportRuleScoped", "IncludeTestModeConnectors"]),
    .init("Remove-InboundConnector", ["Identity"]),
    .init("Remove-OutboundConnector", ["Identity"]),
    .init("Remove-TransportRule", ["Identity"]),
    .init("Get-Recipient", ["Filter", "ResultSize"]),
    .init("Get-DkimSigningConfig", []),
    .init("Get-RemoteDomain", ["ResultSize"]),
    .init("Get-JournalRule", []),
    .init("Get-TransportConfig", []),
    .init("Validate-OutboundConnector", ["Identity", "Recipients"]),
    .init("New-TransportRule", ["Name", "Enabled"] + rule),
    // It cannot switch a rule on or off.
    .init("Set-TransportRule", ["Identity"] + rule),
    .init("Get-TransportRule", ["ResultSize"]),
    .init("Enable-TransportRule", ["Identity"]),
    .init("Disable-TransportRule", ["Identity"]),
    .init("Get-AcceptedDomain", []),
    .init("Get-ArcConfig", []),
    .init("Get-HostedConnectionFilterPolicy", []),
    .init("Get-OrganizationConfig", []),
    .init("Set-OrganizationConfig", ["RejectDirectSend"]),
    .init(
      "Connect-ExchangeOnline", ["UserPrincipalName", "DelegatedOrganization"]),
    .init(
      "Resolve-DnsName", ["Name", "Type", "DnsOnly", "NoHostsFile", "Server"],
      source: "MicrosoftDocs/windows-powershell-docs, DnsClient"),
  ]

  /// What every cmdlet takes besides its own parameters.
  package static let common: [StaticString] = ["ErrorAction", "Confirm"]

  /// The documented spelling of a parameter; nil where no cmdlet here has it.
  static func spelling(of parameter: String) -> StaticString? {
    for list in [inbound, outbound, rule] {
      if let name = list.first(where: { $0.description == parameter }) { return name }
    }
    return nil
  }
}
