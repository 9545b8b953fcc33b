internal import Artifacts

// What preflight.ps1 writes down for `mgc plan`: the lists of ExchangeExport.

extension ExchangeScriptFunction {
  /// ConvertTo-ExportedObject: the properties of an object that a plan compares.
  static let exportCode: PowerShell = """
    function ConvertTo-ExportedObject {
        # The named properties that the object has: switches, texts, and lists of texts.
        param(
            [Parameter(Mandatory = $true)] $Item,
            [Parameter(Mandatory = $true)] [string[]] $Names
        )
        $exported = [ordered] @{}
        foreach ($name in $Names) {
            $property = $Item.PSObject.Properties[$name]
            if ($null -eq $property) { continue }
            $value = $property.Value
            if ($null -eq $value -or $value -is [bool] -or $value -is [string]) {
                $exported[$name] = $value
            }
            elseif ($value -is [System.Collections.IEnumerable]) {
                $exported[$name] = @(foreach ($part in $value) { [string] $part })
            }
            else {
                $exported[$name] = [string] $value
            }
        }
        $exported
    }
    """
}

extension ExchangeScripts {
  /// Reads all lists, then writes them as one file. Nothing is written where a list cannot be read.
  static let export: PowerShell = """
    # The export, for the plan
    $lists = [ordered] @{
        acceptedDomains = @{
            Items = $accepted
            Names = @('Name', 'DomainName', 'DomainType', 'Default')
        }
        inboundConnectors = @{
            Items = @(Get-MailObject -Kind 'InboundConnector')
            Names = @(
                'Name', 'Guid', 'Enabled', 'ConnectorType', 'ConnectorSource', 'SenderDomains',
                'SenderIPAddresses', 'RequireTls', 'RestrictDomainsToIPAddresses',
                'RestrictDomainsToCertificate', 'TlsSenderCertificateName', 'TreatMessagesAsInternal',
                'CloudServicesMailEnabled', 'AssociatedAcceptedDomains', 'EFSkipLastIP', 'EFSkipIPs',
                'EFUsers', 'Comment'
            )
        }
        outboundConnectors = @{
            Items = @(Get-MailObject -Kind 'OutboundConnector')
            Names = @(
                'Name', 'Guid', 'DistinguishedName', 'Enabled', 'ConnectorType', 'ConnectorSource',
                'TestMode', 'IsTransportRuleScoped', 'RecipientDomains', 'UseMXRecord', 'SmartHosts',
                'TlsSettings', 'TlsDomain', 'AllAcceptedDomains', 'RouteAllMessagesViaOnPremises',
                'SenderRewritingEnabled', 'CloudServicesMailEnabled', 'IsValidated', 'Comment'
            )
        }
        transportRules = @{
            Items = @(Get-MailObject -Kind 'TransportRule')
            Names = @(
                'Name', 'Guid', 'State', 'Mode', 'Priority', 'From', 'FromScope', 'SentToScope',
                'SenderDomainIs', 'ExceptIfSenderDomainIs', 'SenderIpRanges', 'SetSCL',
                'RouteMessageOutboundConnector', 'ExceptIfHeaderContainsMessageHeader',
                'ExceptIfHeaderContainsWords', 'ExceptIfSenderIpRanges', 'StopRuleProcessing'
            )
        }
        journalRules = @{
            Items = @(Get-JournalRule -ErrorAction Stop)
            Names = @('Name', 'Guid', 'Enabled', 'JournalEmailAddress', 'Scope', 'Recipient')
        }
        dkimSigningConfigs = @{
            Items = @(Get-DkimSigningConfig -ErrorAction Stop)
            Names = @('Name', 'Domain', 'Enabled', 'Status', 'Selector1CNAME', 'Selector2CNAME')
        }
        hostedConnectionFilterPolicies = @{
            Items = @(Get-HostedConnectionFilterPolicy -ErrorAction Stop)
            Names = @('Name', 'IPAllowList', 'IPBlockList', 'EnableSafeList')
        }
        arcConfigs = @{
            Items = @(Get-ArcConfig -ErrorAction Stop)
            Names = @('Name', 'ArcTrustedSealers')
        }
        organizationConfigs = @{
            Items = @(Get-OrganizationConfig -ErrorAction Stop)
            Names = @('Name', 'RejectDirectSend')
        }
        transportConfigs = @{
            Items = @(Get-TransportConfig -ErrorAction Stop)
            Names = @('Name', 'JournalingReportNdrTo')
        }
    }
    foreach ($config in @($lists['dkimSigningConfigs'].Items)) {
        $signed = ConvertTo-ComparableText -Item $config -Name 'Domain'
        if ($domains -notcontains $signed) { continue }
        $enabled = ConvertTo-ComparableText -Item $config -Name 'Enabled'
        $subject = 'DkimSigningConfig {0}' -f $signed
        Write-Finding -State 'note' -Subject $subject -Detail ('Enabled [{0}]' -f $enabled)
    }
    if ($ExportPath -ne '') {
        $culture = [System.Globalization.CultureInfo]::InvariantCulture
        $now = (Get-Date).ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ss', $culture) + 'Z'
        $export = [ordered] @{ format_version = 1; tenant = $initialDomain; recorded = $now }
        foreach ($list in $lists.Keys) {
            $export[$list] = @(
                foreach ($item in @($lists[$list].Items)) {
                    ConvertTo-ExportedObject -Item $item -Names $lists[$list].Names
                }
            )
        }
        $text = ConvertTo-Json -InputObject $export -Depth 5
        Set-Content -LiteralPath $ExportPath -Value $text -Encoding UTF8 -ErrorAction Stop
        Write-Finding -State 'ok' -Subject 'export' -Detail ('was written to {0}' -f $ExportPath)
    }
    """
}
