internal import Artifacts
internal import Procedure

extension ExchangeScripts {
  /// Reads what is there and changes nothing.
  var preflight: PowerShellScript {
    var script = ExchangeScriptFrame(
      synopsis: "Lists what could get in the way. Changes nothing.",
      description: [
        "Prints a table of findings: ok, note or problem. Stops where something cannot be read.",
        "Writes what it saw to a file, for mgc plan to compare; with -ExportPath '' to none.",
      ],
      changes: false, parameters: ["[string] $ExportPath = 'export.json'"],
      functions: [.objects, .text, .finding, .export]
    ).script(for: settings)
    script.blank()
    script.line(initialDomain)
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
    script.blank()
    script.line(Self.acceptedDomains)
    script.blank()
    script.line(Self.connectors)
    script.blank()
    script.line(Self.rulesAndFilters)
    script.blank()
    script.line(Self.export)
    return script
  }

  private static let acceptedDomains: PowerShell = """
    # Accepted domains
    $accepted = @(Get-AcceptedDomain -ErrorAction Stop)
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

  private static let connectors: PowerShell = """
    # Names that are taken
    foreach ($wanted in $names) {
        $same = @(Get-MailObject -Kind $wanted.Kind | Where-Object { $_.Name -eq $wanted.Name })
        $subject = '{0} {1}' -f $wanted.Kind, $wanted.Name
        if ($same.Count -gt 1) {
            Write-Finding -State 'problem' -Subject $subject -Detail ('exists {0} times' -f $same.Count)
        }
        elseif ($same.Count -eq 1) {
            Write-Finding -State 'note' -Subject $subject -Detail 'exists; connect.ps1 compares and corrects it'
        }
        else {
            Write-Finding -State 'ok' -Subject $subject -Detail 'does not exist yet'
        }
    }

    # Connectors
    foreach ($connector in @(Get-MailObject -Kind 'InboundConnector')) {
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
            $ours = @($connector.SenderIPAddresses | Where-Object { $egress -contains [string] $_ })
            if ($ours.Count -gt 0) {
                $detail = 'is OnPremises with addresses of the gateway: mail can loop'
                Write-Finding -State 'problem' -Subject $subject -Detail $detail
            }
        }
    }
    foreach ($connector in @(Get-MailObject -Kind 'OutboundConnector')) {
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
    foreach ($rule in @(Get-MailObject -Kind 'TransportRule')) {
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

    # Filters and the organization
    foreach ($policy in @(Get-HostedConnectionFilterPolicy -ErrorAction Stop)) {
        $allowed = ConvertTo-ComparableText -Item $policy -Name 'IPAllowList'
        if ($allowed -ne '') {
            $subject = 'HostedConnectionFilterPolicy {0}' -f $policy.Name
            Write-Finding -State 'note' -Subject $subject -Detail ('allows addresses [{0}]' -f $allowed)
        }
    }
    foreach ($arc in @(Get-ArcConfig -ErrorAction Stop)) {
        $sealers = ConvertTo-ComparableText -Item $arc -Name 'ArcTrustedSealers'
        Write-Finding -State 'note' -Subject 'ArcConfig' -Detail ('trusted sealers [{0}]' -f $sealers)
    }
    foreach ($organization in @(Get-OrganizationConfig -ErrorAction Stop)) {
        $reject = ConvertTo-ComparableText -Item $organization -Name 'RejectDirectSend'
        Write-Finding -State 'note' -Subject 'OrganizationConfig' -Detail ('RejectDirectSend [{0}]' -f $reject)
    }
    """
}
