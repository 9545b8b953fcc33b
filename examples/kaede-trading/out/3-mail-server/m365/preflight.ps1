#Requires -Version 5.1
#Requires -Modules @{ ModuleName = 'ExchangeOnlineManagement'; ModuleVersion = '3.0.0' }

<#
.SYNOPSIS
    Lists what could get in the way. Changes nothing.
.DESCRIPTION
    Prints a table of findings: ok, note or problem. Stops where something cannot be read.
    Writes what it saw to a file, for mgc plan to compare; with -ExportPath '' to none.
#>
[CmdletBinding()]
param(
    [string] $ExportPath = 'export.json'
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

function Assert-Organization {
    # The session must belong to the organization that this script was written for.
    param([Parameter(Mandatory = $true)] [string] $InitialDomain)
    $known = @(Get-AcceptedDomain -ErrorAction Stop)
    $same = @($known | Where-Object { [string] $_.DomainName -eq $InitialDomain })
    if ($same.Count -ne 1) {
        throw ('This session does not belong to {0}. Connect to it first.' -f $InitialDomain)
    }
}

function Get-MailObject {
    # All objects of a kind. Asking for one by name is no test: an unknown name returns all.
    param(
        [Parameter(Mandatory = $true)]
        [ValidateSet('InboundConnector', 'OutboundConnector', 'TransportRule')]
        [string] $Kind
    )
    if ($Kind -eq 'InboundConnector') {
        Get-InboundConnector -ResultSize Unlimited -ErrorAction Stop
    }
    elseif ($Kind -eq 'TransportRule') {
        Get-TransportRule -ResultSize Unlimited -ErrorAction Stop
    }
    else {
        # Each query hides what the others show: rule-scoped connectors, those in test mode.
        $seen = @{}
        foreach ($scoped in @($false, $true)) {
            foreach ($test in @($false, $true)) {
                $query = @{ IsTransportRuleScoped = $scoped; IncludeTestModeConnectors = $test }
                foreach ($item in @(Get-OutboundConnector @query -ResultSize Unlimited -ErrorAction Stop)) {
                    $key = [string] $item.Guid
                    if (-not $seen.ContainsKey($key)) {
                        $seen[$key] = $true
                        $item
                    }
                }
            }
        }
    }
}

function Get-NamedObject {
    # The object with this name, or nothing. Two of them are for a person to sort out.
    param(
        [Parameter(Mandatory = $true)] [string] $Kind,
        [Parameter(Mandatory = $true)] [string] $Name
    )
    $same = @(Get-MailObject -Kind $Kind | Where-Object { $_.Name -eq $Name })
    if ($same.Count -gt 1) {
        throw ('{0} objects of kind {1} have the name {2}.' -f $same.Count, $Kind, $Name)
    }
    $same
}

function ConvertTo-ComparableText {
    # A property as text: nothing is empty, lists are sorted, smtp:domain;1 is the domain.
    param([AllowNull()] $Item, [Parameter(Mandatory = $true)] [string] $Name)
    $value = $null
    if ($Item -is [hashtable]) {
        $value = $Item[$Name]
    }
    else {
        $property = $Item.PSObject.Properties[$Name]
        if ($null -ne $property) { $value = $property.Value }
    }
    $texts = @(
        foreach ($part in @($value)) {
            if ($null -ne $part) { ([string] $part) -replace '^smtp:([^;]*)(;[0-9]+)?$', '$1' }
        }
    )
    @($texts | Sort-Object) -join ', '
}

function Write-Finding {
    param(
        [Parameter(Mandatory = $true)]
        [ValidateSet('ok', 'note', 'problem')]
        [string] $State,
        [Parameter(Mandatory = $true)] [string] $Subject,
        [Parameter(Mandatory = $true)] [string] $Detail
    )
    [pscustomobject] @{ State = $State; Subject = $Subject; Detail = $Detail }
}

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

Assert-Organization -InitialDomain 'kaedetrading.onmicrosoft.com'

$initialDomain = 'kaedetrading.onmicrosoft.com'
$domains = @('kaede.example')
$routed = @('kaede.example')
$egress = @('192.0.2.0/28')
$names = @(
    @{ Kind = 'InboundConnector'; Name = 'MailGates m365 inbound' }
    @{ Kind = 'OutboundConnector'; Name = 'MailGates m365 outbound' }
    @{ Kind = 'TransportRule'; Name = 'MailGates m365 outbound' }
)

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
