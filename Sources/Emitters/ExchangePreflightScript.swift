internal import Artifacts
internal import Procedure

extension ExchangeScripts {
  /// Reads what is there, says what could get in the way, and writes it down. Changes nothing in
  /// Exchange Online.
  var preflight: PowerShellScript {
    ExchangeScriptFrame(
      synopsis: "Lists what could get in the way. Changes nothing in Exchange Online.",
      description: [
        "Prints a table of findings: ok, note or problem. Stops where something cannot be read.",
        "Writes what it read to export.json, each time anew. The first time, before connect.ps1 has",
        "made anything, it also writes before.json and never changes it again: rollback.ps1 needs",
        "it, so keep it. Both lie beside this script, or where -ExportPath and -RecordPath say.",
        "With -WhatIf neither is written.",
      ],
      changes: false, parameters: ["[string] $ExportPath = '',", "[string] $RecordPath = ''"],
      functions: [.objects, .text, .mark, .addresses, .finding, .recording]
    ).script(for: settings) { script in
      script.line("$mark = \(quoted: exchange.mark)")
      script.list("$domains", domains)
      // SenderDomainIs takes subdomains too (New-TransportRule).
      script.list("$routed", outboundRule == nil ? [] : domains)
      script.list("$egress", egress)
      script.block("$names = @(", closing: ")") { script in
        for part in parts {
          let kind = part.object.kind.rawValue
          script.line("@{ Kind = \(quoted: kind); Name = \(quoted: part.object.name) }")
        }
      }
      script.line(
        """
        if ($ExportPath -eq '') {
            $ExportPath = Join-Path -Path $PSScriptRoot -ChildPath 'export.json'
        }
        $ExportPath = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($ExportPath)
        """)
      script.line(recordPath(levels: 0))
      script.blank()
      script.line(Self.reading)
      script.blank()
      script.line(Self.acceptedDomains)
      script.blank()
      script.line(Self.names)
      script.blank()
      script.line(Self.connectors)
      script.blank()
      script.line(Self.rulesAndFilters)
      script.blank()
      script.line(Self.moment)
      script.block("$export = [ordered] @{") { script in
        script.line("format_version = 1")
        script.line("tenant = \(quoted: organization)")
        script.line("recorded = $moment")
        for (variable, list, names) in Self.recorded {
          script.line("\(list) = @(Get-AllRecorded -Items \(variable) -Names $\(names))")
        }
      }
      script.blank()
      script.line(Self.writing)
    }
  }

  /// What is written down: the variable that holds the objects, the name of their list, and the
  /// variable with the names of their properties.
  private static let recorded: [(PowerShell, PowerShell, PowerShell)] = [
    ("$accepted", "acceptedDomains", "domainNames"),
    ("$inbound", "inboundConnectors", "inboundNames"),
    ("$outbound", "outboundConnectors", "outboundNames"),
    ("$rules", "transportRules", "ruleNames"),
    ("$journals", "journalRules", "journalNames"),
    ("$signing", "dkimSigningConfigs", "signingNames"),
    ("$policies", "hostedConnectionFilterPolicies", "policyNames"),
    ("$sealers", "arcConfigs", "arcNames"),
    ("$organizations", "organizationConfigs", "organizationNames"),
    ("$transports", "transportConfigs", "transportNames"),
  ]

  private static let moment: PowerShell = """
    $culture = [System.Globalization.CultureInfo]::InvariantCulture
    $moment = (Get-Date).ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ss', $culture) + 'Z'
    """

  private static let reading: PowerShell = """
    # All is read first.
    $accepted = @(Get-AcceptedDomain -ErrorAction Stop)
    $inbound = @(Get-MailObject -Kind 'InboundConnector')
    $outbound = @(Get-MailObject -Kind 'OutboundConnector')
    $rules = @(Get-MailObject -Kind 'TransportRule')
    $journals = @(Get-JournalRule -ErrorAction Stop)
    $signing = @(Get-DkimSigningConfig -ErrorAction Stop)
    $policies = @(Get-HostedConnectionFilterPolicy -ErrorAction Stop)
    $sealers = @(Get-ArcConfig -ErrorAction Stop)
    $organizations = @(Get-OrganizationConfig -ErrorAction Stop)
    $journals = @(Get-JournalRule -ErrorAction Stop)
    $transports = @(Get-TransportConfig -ErrorAction Stop)
    $remotes = @(Get-RemoteDomain -ResultSize Unlimited -ErrorAction Stop)
    $domainNames = @('DomainName', 'Name', 'DomainType', 'Default')
    $inboundNames = @(
        'Guid', 'Name', 'Enabled', 'ConnectorType', 'ConnectorSource', 'Comment', 'SenderDomains',
        'SenderIPAddresses', 'AssociatedAcceptedDomains', 'RequireTls', 'RestrictDomainsToIPAddresses',
        'RestrictDomainsToCertificate', 'TlsSenderCertificateName', 'EFSkipLastIP', 'EFSkipIPs',
        'EFUsers', 'CloudServicesMailEnabled', 'TreatMessagesAsInternal'
    )
    $outboundNames = @(
        'Guid', 'Name', 'DistinguishedName', 'Enabled', 'ConnectorType', 'ConnectorSource', 'Comment',
        'RecipientDomains', 'SenderRewritingEnabled',
        'UseMXRecord', 'SmartHosts', 'IsTransportRuleScoped', 'TestMode', 'TlsSettings', 'TlsDomain',
        'AllAcceptedDomains', 'RouteAllMessagesViaOnPremises', 'CloudServicesMailEnabled', 'IsValidated'
    )
    $ruleNames = @(
        'Guid', 'Name', 'State', 'Mode', 'Priority', 'Comments', 'From', 'FromScope', 'SentToScope',
        'SenderDomainIs', 'SenderIpRanges', 'SetSCL', 'RouteMessageOutboundConnector',
        'ExceptIfHeaderContainsMessageHeader', 'ExceptIfHeaderContainsWords', 'ExceptIfSenderIpRanges',
        'ExceptIfSenderDomainIs', 'StopRuleProcessing'
    )
    $journalNames = @('Guid', 'Name', 'Enabled', 'JournalEmailAddress', 'Scope', 'Recipient')
    $signingNames = @('Domain', 'Name', 'Enabled', 'Status', 'Selector1CNAME', 'Selector2CNAME')
    $policyNames = @('Name', 'IPAllowList', 'IPBlockList', 'EnableSafeList')
    $arcNames = @('Name', 'Identity', 'ArcTrustedSealers')
    $journalNames = @('Name', 'Guid', 'Enabled', 'JournalEmailAddress', 'Scope', 'Recipient')
    $transportNames = @('Name', 'JournalingReportNdrTo')
    $organizationNames = @('Name', 'RejectDirectSend')
    """

  private static let acceptedDomains: PowerShell = """
    # Accepted domains
    foreach ($domain in $domains) {
        $same = @($accepted | Where-Object { [string] $_.DomainName -eq $domain })
        if ($same.Count -ne 1) {
            Write-Finding -State 'problem' -Subject $domain -Detail 'is not an accepted domain'
        }
        elseif ([string] $same[0].DomainType -ne 'Authoritative') {
            $detail = 'is {0}; mail can loop unless it is Authoritative' -f $same[0].DomainType
            Write-Finding -State 'problem' -Subject $domain -Detail $detail
        }
        else {
            Write-Finding -State 'ok' -Subject $domain -Detail 'is Authoritative'
        }
    }
    foreach ($other in $accepted) {
        $domain = [string] $other.DomainName
        if ($domains -contains $domain) { continue }
        $parents = @($routed | Where-Object { $domain -like ('*.' + $_) })
        if ($parents.Count -gt 0) {
            $detail = 'is not in the contract, but the outbound rule takes subdomains of {0} too'
            Write-Finding -State 'problem' -Subject $domain -Detail ($detail -f $parents[0])
        }
        else {
            Write-Finding -State 'note' -Subject $domain -Detail 'is accepted here, but not in the contract'
        }
    }
    """

  private static let names: PowerShell = """
    # Names that are taken
    foreach ($wanted in $names) {
        $known = $rules
        if ($wanted.Kind -eq 'InboundConnector') { $known = $inbound }
        if ($wanted.Kind -eq 'OutboundConnector') { $known = $outbound }
        $same = @(foreach ($item in @($known)) { if ($item.Name -eq $wanted.Name) { $item } })
        $subject = '{0} {1}' -f $wanted.Kind, $wanted.Name
        if ($same.Count -gt 1) {
            Write-Finding -State 'problem' -Subject $subject -Detail ('exists {0} times' -f $same.Count)
        }
        elseif ($same.Count -eq 0) {
            Write-Finding -State 'ok' -Subject $subject -Detail 'does not exist yet'
        }
        elseif (Test-OwnMark -Item $same[0] -Mark $mark) {
            Write-Finding -State 'note' -Subject $subject -Detail 'exists; connect.ps1 compares and corrects it'
        }
        else {
            $detail = 'exists and was not made by connect.ps1, which will stop at it'
            Write-Finding -State 'problem' -Subject $subject -Detail $detail
        }
    }
    """

  private static let connectors: PowerShell = """
    # Connectors
    foreach ($connector in $inbound) {
        $texts = foreach ($name in @(
                'Enabled', 'ConnectorType', 'SenderDomains', 'SenderIPAddresses', 'RequireTls',
                'RestrictDomainsToIPAddresses', 'RestrictDomainsToCertificate',
                'TlsSenderCertificateName', 'EFSkipLastIP', 'EFSkipIPs', 'EFUsers'
            )) {
            '{0} [{1}]' -f $name, (ConvertTo-ComparableText -Item $connector -Name $name)
        }
        $subject = 'InboundConnector {0}' -f $connector.Name
        Write-Finding -State 'note' -Subject $subject -Detail ($texts -join ', ')
        if ([string] $connector.ConnectorType -eq 'OnPremises') {
            $addresses = @(Get-PropertyText -Item $connector -Name 'SenderIPAddresses')
            if (Test-AddressOverlap -Left $addresses -Right $egress) {
                $detail = 'is OnPremises with addresses of the gateway: mail can loop'
                Write-Finding -State 'problem' -Subject $subject -Detail $detail
            }
        }
    }
    foreach ($connector in $outbound) {
        $texts = foreach ($name in @(
                'Enabled', 'ConnectorType', 'TestMode', 'IsTransportRuleScoped', 'RecipientDomains',
                'UseMXRecord', 'SmartHosts', 'TlsSettings', 'TlsDomain', 'AllAcceptedDomains',
                'RouteAllMessagesViaOnPremises'
            )) {
            '{0} [{1}]' -f $name, (ConvertTo-ComparableText -Item $connector -Name $name)
        }
        $subject = 'OutboundConnector {0}' -f $connector.Name
        Write-Finding -State 'note' -Subject $subject -Detail ($texts -join ', ')
    }
    """

  private static let rulesAndFilters: PowerShell = """
    # Mail flow rules that set SCL or route
    foreach ($rule in $rules) {
        $level = ConvertTo-ComparableText -Item $rule -Name 'SetSCL'
        $route = ConvertTo-ComparableText -Item $rule -Name 'RouteMessageOutboundConnector'
        $status = ConvertTo-ComparableText -Item $rule -Name 'State'
        $subject = 'TransportRule {0}' -f $rule.Name
        if ($level -ne '') {
            Write-Finding -State 'note' -Subject $subject -Detail ('{0}, sets SCL {1}' -f $status, $level)
        }
        if ($route -ne '') {
            Write-Finding -State 'note' -Subject $subject -Detail ('{0}, routes to {1}' -f $status, $route)
        }
    }

    # Signing, filters and the organization
    foreach ($domain in $domains) {
        $same = @($signing | Where-Object { [string] $_.Domain -eq $domain })
        $detail = 'Microsoft 365 does not sign for it by DKIM'
        if ($same.Count -eq 1 -and $same[0].Enabled -eq $true) {
            $detail = 'Microsoft 365 signs for it by DKIM: {0}' -f $same[0].Status
        }
        Write-Finding -State 'note' -Subject $domain -Detail $detail
    }
    foreach ($policy in $policies) {
        $allowed = ConvertTo-ComparableText -Item $policy -Name 'IPAllowList'
        if ($allowed -ne '') {
            $subject = 'HostedConnectionFilterPolicy {0}' -f $policy.Name
            Write-Finding -State 'note' -Subject $subject -Detail ('allows addresses [{0}]' -f $allowed)
        }
    }
    foreach ($arc in $sealers) {
        $trusted = ConvertTo-ComparableText -Item $arc -Name 'ArcTrustedSealers'
        Write-Finding -State 'note' -Subject 'ArcConfig' -Detail ('trusted sealers [{0}]' -f $trusted)
    }
    foreach ($organization in $organizations) {
        $reject = ConvertTo-ComparableText -Item $organization -Name 'RejectDirectSend'
        Write-Finding -State 'note' -Subject 'OrganizationConfig' -Detail ('RejectDirectSend [{0}]' -f $reject)
    }
    foreach ($remote in $remotes) {
        $subject = 'RemoteDomain {0}' -f $remote.DomainName
        $detail = 'AutoForwardEnabled [{0}]' -f (ConvertTo-ComparableText -Item $remote -Name 'AutoForwardEnabled')
        Write-Finding -State 'note' -Subject $subject -Detail $detail
    }
    """

  private static let writing: PowerShell = """
    # What was read, for mgc and for the way back
    $json = ConvertTo-Json -InputObject $export -Depth 5
    if ($PSCmdlet.ShouldProcess($ExportPath, 'Write what was read')) {
        [System.IO.File]::WriteAllText($ExportPath, $json)
        Write-Finding -State 'ok' -Subject 'export.json' -Detail ('written to {0}' -f $ExportPath)
    }
    $ours = @($inbound + $outbound + $rules | Where-Object { Test-OwnMark -Item $_ -Mark $mark })
    if (Test-Path -LiteralPath $RecordPath -PathType 'Leaf') {
        Write-Finding -State 'ok' -Subject 'before.json' -Detail ('kept as it is at {0}' -f $RecordPath)
    }
    elseif ($ours.Count -gt 0) {
        $detail = 'is missing and is not written now: connect.ps1 has run, so this is not how it was before'
        Write-Finding -State 'problem' -Subject 'before.json' -Detail $detail
    }
    elseif ($PSCmdlet.ShouldProcess($RecordPath, 'Write what was there before')) {
        [System.IO.File]::WriteAllText($RecordPath, $json)
        Write-Finding -State 'ok' -Subject 'before.json' -Detail ('written to {0}: keep it' -f $RecordPath)
    }
    """
}
