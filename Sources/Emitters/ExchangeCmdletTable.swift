// Microsoft's cmdlet reference, as far as scripts use it: types, allowed values and lengths, and
// which parameters go together. Text of the pages was read in the revision of 2026-08-21 of
// MicrosoftDocs/office-docs-powershell; `unconfirmed` says what no page states.

extension ExchangeCmdlet {
  /// All of them. No script uses another cmdlet of Exchange Online, Microsoft Graph or the DNS.
  package static let all: [ExchangeCmdlet] = exchange + journaling + graph + others

  private static let unlimited = Parameter("ResultSize", .resultSize)
  private static let identity = Parameter("Identity", .text(maximum: nil), required: true)

  private static let inbound: [Parameter] = [
    .init("ConnectorType", .choice(["Partner", "OnPremises"])),
    .init(
      "SenderIPAddresses", .senderAddresses, null: true,
      unconfirmed: "$null empties a list; the page shows no example of it"),
    .init("RequireTls", .boolean), .init("RestrictDomainsToIPAddresses", .boolean),
    .init("RestrictDomainsToCertificate", .boolean),
    .init("TlsSenderCertificateName", .domain, null: true), .init("EFSkipLastIP", .boolean),
    .init(
      "EFSkipIPs", .addresses, null: true,
      unconfirmed: "$null empties a list; the page shows no example of it"),
    .init("EFUsers", .texts, null: true), .init("Enabled", .boolean),
    .init("Comment", .text(maximum: nil)),
  ]
  private static let inboundRelations: [Relation] = [
    .valueNeeds("RestrictDomainsToIPAddresses", "True", "SenderIPAddresses"),
    .valueNeeds("RestrictDomainsToCertificate", "True", "TlsSenderCertificateName"),
    .needsValue("TlsSenderCertificateName", "RequireTls", "True"),
    .valueExcludes("EFSkipLastIP", "True", "EFSkipIPs"),
  ]

  private static let outbound: [Parameter] = [
    .init("ConnectorType", .choice(["Partner", "OnPremises"])), .init("UseMXRecord", .boolean),
    .init("SmartHosts", .texts), .init("IsTransportRuleScoped", .boolean),
    .init(
      "TlsSettings", .choice(["EncryptionOnly", "CertificateValidation", "DomainValidation"]),
      null: true),
    .init("TlsDomain", .domain, null: true), .init("TestMode", .boolean),
    .init("Enabled", .boolean), .init("Comment", .text(maximum: nil)),
  ]
  private static let outboundRelations: [Relation] = [
    .valueNeeds("UseMXRecord", "False", "SmartHosts"),
    .valueNeeds("TlsSettings", "DomainValidation", "TlsDomain"),
    .needsValue("TlsDomain", "TlsSettings", "DomainValidation"),
  ]

  private static let scopes: [StaticString] = ["InOrganization", "NotInOrganization"]
  private static let rule: [Parameter] = [
    .init(
      "From", .texts, null: true,
      unconfirmed: "$null takes a condition away; the page shows no example of it"),
    .init("FromScope", .choice(scopes)), .init("SentToScope", .choice(scopes)),
    .init("SenderDomainIs", .domains(catchAll: false)),
    .init("SenderIpRanges", .addresses), .init("SetSCL", .integer(-1...9)),
    .init("RouteMessageOutboundConnector", .text(maximum: nil)),
    .init("ExceptIfHeaderContainsMessageHeader", .text(maximum: nil), null: true),
    .init("ExceptIfHeaderContainsWords", .words, null: true),
    .init("ExceptIfSenderIpRanges", .addresses, null: true),
    .init("StopRuleProcessing", .boolean),
    .init("Mode", .choice(["Audit", "AuditAndNotify", "Enforce"])),
    .init("Comments", .text(maximum: 1024)),
  ]
  private static let ruleRelations: [Relation] = [
    .needs("ExceptIfHeaderContainsMessageHeader", "ExceptIfHeaderContainsWords"),
    .needs("ExceptIfHeaderContainsWords", "ExceptIfHeaderContainsMessageHeader"),
  ]

  private static let exchange: [ExchangeCmdlet] = [
    .init(
      "New-InboundConnector",
      [
        .init(
          "Name", .text(maximum: 64), required: true,
          unconfirmed: "the page states no length; 64 is that of outbound connectors"),
        .init("SenderDomains", .domains(catchAll: true), required: true),
      ] + inbound, relations: inboundRelations,
      source:
        "https://learn.microsoft.com/powershell/module/exchangepowershell/new-inboundconnector"
    ),
    .init(
      "Set-InboundConnector",
      [identity, .init("SenderDomains", .domains(catchAll: true))] + inbound,
      relations: inboundRelations,
      source:
        "https://learn.microsoft.com/powershell/module/exchangepowershell/set-inboundconnector"
    ),
    .init(
      "Get-InboundConnector", [unlimited],
      source:
        "https://learn.microsoft.com/powershell/module/exchangepowershell/get-inboundconnector"
    ),
    .init(
      "New-OutboundConnector", [.init("Name", .text(maximum: 64), required: true)] + outbound,
      relations: outboundRelations,
      source:
        "https://learn.microsoft.com/powershell/module/exchangepowershell/new-outboundconnector"),
    .init(
      "Set-OutboundConnector",
      [identity, .init("IsValidated", .boolean), .init("LastValidationTimestamp", .moment)]
        + outbound, relations: outboundRelations,
      source:
        "https://learn.microsoft.com/powershell/module/exchangepowershell/set-outboundconnector"),
    .init(
      "Get-OutboundConnector",
      [
        unlimited, .init("IsTransportRuleScoped", .boolean),
        .init("IncludeTestModeConnectors", .boolean),
      ],
      source:
        "https://learn.microsoft.com/powershell/module/exchangepowershell/get-outboundconnector"),
    .init(
      "Validate-OutboundConnector", [identity, .init("Recipients", .texts, required: true)],
      source:
        "https://learn.microsoft.com/powershell/module/exchangepowershell/validate-outboundconnector"
    ),
    .init(
      "New-TransportRule",
      [.init("Name", .text(maximum: 64), required: true), .init("Enabled", .boolean)] + rule,
      relations: ruleRelations,
      source: "https://learn.microsoft.com/powershell/module/exchangepowershell/new-transportrule"),
    // It cannot switch a rule on or off.
    .init(
      "Set-TransportRule", [identity] + rule, relations: ruleRelations,
      source: "https://learn.microsoft.com/powershell/module/exchangepowershell/set-transportrule"),
    .init(
      "Get-TransportRule", [unlimited],
      source: "https://learn.microsoft.com/powershell/module/exchangepowershell/get-transportrule"),
    .init(
      "Enable-TransportRule", [identity],
      source:
        "https://learn.microsoft.com/powershell/module/exchangepowershell/enable-transportrule"
    ),
    .init(
      "Disable-TransportRule", [identity],
      source:
        "https://learn.microsoft.com/powershell/module/exchangepowershell/disable-transportrule"),
    .init(
      "Remove-InboundConnector", [identity],
      source:
        "https://learn.microsoft.com/powershell/module/exchangepowershell/remove-inboundconnector"),
    .init(
      "Remove-OutboundConnector", [identity],
      source:
        "https://learn.microsoft.com/powershell/module/exchangepowershell/remove-outboundconnector"),
    .init(
      "Remove-TransportRule", [identity],
      source:
        "https://learn.microsoft.com/powershell/module/exchangepowershell/remove-transportrule"
    ),
    .init(
      "Get-Recipient", [unlimited, .init("Filter", .text(maximum: nil))],
      source: "https://learn.microsoft.com/powershell/module/exchangepowershell/get-recipient"),
    .init(
      "Get-RemoteDomain", [unlimited],
      source: "https://learn.microsoft.com/powershell/module/exchangepowershell/get-remotedomain"),
    .init(
      "Get-AcceptedDomain", [],
      source: "https://learn.microsoft.com/powershell/module/exchangepowershell/get-accepteddomain"),
    .init(
      "Get-DkimSigningConfig", [],
      source:
        "https://learn.microsoft.com/powershell/module/exchangepowershell/get-dkimsigningconfig"
    ),
    .init(
      "Get-ArcConfig", [],
      source: "https://learn.microsoft.com/powershell/module/exchangepowershell/get-arcconfig"),
    .init(
      "Set-ArcConfig", [identity, .init("ArcTrustedSealers", .texts, required: true)],
      source: "https://learn.microsoft.com/powershell/module/exchangepowershell/set-arcconfig"),
    .init(
      "Get-HostedConnectionFilterPolicy", [],
      source:
        "https://learn.microsoft.com/powershell/module/exchangepowershell/get-hostedconnectionfilterpolicy"
    ),
    .init(
      "Get-OrganizationConfig", [],
      source:
        "https://learn.microsoft.com/powershell/module/exchangepowershell/get-organizationconfig"),
    .init(
      "Set-OrganizationConfig", [.init("RejectDirectSend", .boolean)],
      source:
        "https://learn.microsoft.com/powershell/module/exchangepowershell/set-organizationconfig"),
    .init(
      "Get-EXOMailbox",
      [
        unlimited,
        .init(
          "RecipientTypeDetails",
          .choices([
            "DiscoveryMailbox", "EquipmentMailbox", "LegacyMailbox", "LinkedMailbox",
            "LinkedRoomMailbox", "RoomMailbox", "SchedulingMailbox", "SharedMailbox",
            "TeamMailbox", "UserMailbox",
          ])),
      ],
      source: "https://learn.microsoft.com/powershell/module/exchangepowershell/get-exomailbox"),
    .init(
      "Connect-ExchangeOnline",
      [
        .init("UserPrincipalName", .text(maximum: nil)),
        .init("DelegatedOrganization", .text(maximum: nil)),
      ],
      source:
        "https://learn.microsoft.com/powershell/module/exchangepowershell/connect-exchangeonline"
    ),
  ]

  private static let journal: [Parameter] = [
    .init("JournalEmailAddress", .text(maximum: nil)),
    .init("Scope", .choice(["Global", "Internal", "External"])),
  ]
  private static let journaling: [ExchangeCmdlet] = [
    .init(
      "New-JournalRule",
      [
        .init("Name", .text(maximum: 64), required: true),
        .init("JournalEmailAddress", .text(maximum: nil), required: true),
        .init("Scope", .choice(["Global", "Internal", "External"])), .init("Enabled", .boolean),
      ],
      source: "https://learn.microsoft.com/powershell/module/exchangepowershell/new-journalrule"),
    // It cannot switch a rule on or off.
    .init(
      "Set-JournalRule", [identity] + journal,
      source: "https://learn.microsoft.com/powershell/module/exchangepowershell/set-journalrule"),
    .init(
      "Get-JournalRule", [],
      source: "https://learn.microsoft.com/powershell/module/exchangepowershell/get-journalrule"),
    .init(
      "Enable-JournalRule", [identity],
      source: "https://learn.microsoft.com/powershell/module/exchangepowershell/enable-journalrule"),
    .init(
      "Disable-JournalRule", [identity],
      source: "https://learn.microsoft.com/powershell/module/exchangepowershell/disable-journalrule"
    ),
    .init(
      "Get-TransportConfig", [],
      source: "https://learn.microsoft.com/powershell/module/exchangepowershell/get-transportconfig"
    ),
    .init(
      "Set-TransportConfig",
      [
        .init(
          "JournalingReportNdrTo", .text(maximum: nil), null: true,
          unconfirmed: "the page says that it may be empty, and not by which value")
      ],
      source: "https://learn.microsoft.com/powershell/module/exchangepowershell/set-transportconfig"
    ),
  ]

  private static let graph: [ExchangeCmdlet] = [
    .init(
      "Connect-MgGraph",
      [.init("Scopes", .texts), .init("TenantId", .text(maximum: nil))],
      source:
        "https://learn.microsoft.com/powershell/module/microsoft.graph.authentication/connect-mggraph"
    ),
    .init(
      "Get-MgContext", [],
      source:
        "https://learn.microsoft.com/powershell/module/microsoft.graph.authentication/get-mgcontext"
    ),
    .init(
      "Get-MgOrganization", [.init("All", .flag)],
      source:
        "https://learn.microsoft.com/powershell/module/microsoft.graph.identity.directorymanagement/get-mgorganization"
    ),
    .init(
      "Get-MgApplication", [.init("All", .flag), .init("Filter", .text(maximum: nil))],
      source:
        "https://learn.microsoft.com/powershell/module/microsoft.graph.applications/get-mgapplication"
    ),
    .init(
      "Get-MgServicePrincipal", [.init("All", .flag), .init("Filter", .text(maximum: nil))],
      source:
        "https://learn.microsoft.com/powershell/module/microsoft.graph.applications/get-mgserviceprincipal"
    ),
    .init(
      "New-MgApplication",
      [
        .init("DisplayName", .text(maximum: nil), required: true),
        .init("SignInAudience", .choice(["AzureADMyOrg", "AzureADMultipleOrgs"])),
        .init("Web", .table), .init("Spa", .table), .init("RequiredResourceAccess", .table),
      ],
      source:
        "https://learn.microsoft.com/powershell/module/microsoft.graph.applications/new-mgapplication"
    ),
    .init(
      "Update-MgApplication",
      [
        .init("ApplicationId", .text(maximum: nil), required: true),
        .init("SignInAudience", .choice(["AzureADMyOrg", "AzureADMultipleOrgs"])),
        .init("Web", .table), .init("Spa", .table), .init("RequiredResourceAccess", .table),
      ],
      source:
        "https://learn.microsoft.com/powershell/module/microsoft.graph.applications/update-mgapplication"
    ),
    .init(
      "Add-MgApplicationPassword",
      [
        .init("ApplicationId", .text(maximum: nil), required: true),
        .init("PasswordCredential", .table),
      ],
      source:
        "https://learn.microsoft.com/powershell/module/microsoft.graph.applications/add-mgapplicationpassword"
    ),
  ]

  private static let others: [ExchangeCmdlet] = [
    .init(
      "Resolve-DnsName",
      [
        .init("Name", .text(maximum: nil), required: true),
        .init("Type", .choice(["A", "AAAA", "CNAME", "MX", "NS", "SOA", "TXT"])),
        .init("DnsOnly", .flag), .init("NoHostsFile", .flag), .init("Server", .texts),
      ],
      source: "https://learn.microsoft.com/powershell/module/dnsclient/resolve-dnsname",
      read: "2026-11-23")
  ]
}
