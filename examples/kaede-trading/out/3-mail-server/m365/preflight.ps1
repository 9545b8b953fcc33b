#Requires -Version 5.1
#Requires -Modules @{ ModuleName = 'ExchangeOnlineManagement'; ModuleVersion = '3.0.0' }

<#
.SYNOPSIS
    Lists what could get in the way. Changes nothing in Exchange Online.
.DESCRIPTION
    Prints a table of findings: ok, note or problem. Stops where something cannot be read.
    Writes what it read to export.json, each time anew. The first time, before connect.ps1 has
    made anything, it also writes before.json and never changes it again: rollback.ps1 needs
    it, so keep it. Both lie beside this script, or where -ExportPath and -RecordPath say.
    With -WhatIf neither is written.
    Keeps a transcript beside this script, or where -TranscriptPath says.
#>
[CmdletBinding(SupportsShouldProcess = $true)]
param(
    [string] $TranscriptPath = '',
    [string] $ExportPath = '',
    [string] $RecordPath = ''
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

function Get-PropertyText {
    # A property as texts: smtp:domain;1 is the domain, nothing is no text.
    param([AllowNull()] $Item, [Parameter(Mandatory = $true)] [string] $Name)
    $value = $null
    if ($Item -is [hashtable]) {
        $value = $Item[$Name]
    }
    else {
        $property = $Item.PSObject.Properties[$Name]
        if ($null -ne $property) { $value = $property.Value }
    }
    foreach ($part in @($value)) {
        if ($null -ne $part) { ([string] $part) -replace '^smtp:([^;]*)(;[0-9]+)?$', '$1' }
    }
}

function ConvertTo-ComparableText {
    # A property as one text, in which the order of a list does not matter.
    param([AllowNull()] $Item, [Parameter(Mandatory = $true)] [string] $Name)
    @(Get-PropertyText -Item $Item -Name $Name | Sort-Object) -join ', '
}

function Test-OwnMark {
    # Whether the comment says that these scripts made the object or were allowed to take it over.
    param(
        [Parameter(Mandatory = $true)] $Item,
        [Parameter(Mandatory = $true)] [string] $Mark
    )
    # A connector has a Comment, a rule has Comments.
    $texts = @(
        foreach ($name in @('Comment', 'Comments')) { Get-PropertyText -Item $Item -Name $name }
    )
    $texts -ccontains $Mark
}

function ConvertTo-AddressNumber {
    # An IPv4 address as a number; nothing for anything else.
    param([Parameter(Mandatory = $true)] [string] $Text)
    if ($Text -notmatch '^[0-9]{1,3}([.][0-9]{1,3}){3}$') { return }
    $number = [long] 0
    foreach ($part in @($Text -split '[.]')) { $number = $number * 256 + [long] $part }
    $number
}

function ConvertTo-AddressRange {
    # The first and the last address of an address, a-b or a/n; nothing for what is not IPv4.
    param([Parameter(Mandatory = $true)] [string] $Text)
    $ends = @(($Text -replace ' ', '') -split '[-/]')
    $first = ConvertTo-AddressNumber -Text $ends[0]
    if ($null -eq $first) { return }
    $last = $first
    if ($Text -like '*-*') {
        $last = ConvertTo-AddressNumber -Text $ends[1]
    }
    elseif ($Text -like '*/*') {
        $size = [long] [math]::Pow(2, 32 - [long] $ends[1])
        $first = $first - ($first % $size)
        $last = $first + $size - 1
    }
    @{ First = $first; Last = $last }
}

function Test-AddressOverlap {
    # Whether the lists share an address. What is not IPv4 is compared as text.
    param([string[]] $Left = @(), [string[]] $Right = @())
    foreach ($one in @($Left)) {
        foreach ($other in @($Right)) {
            if ($one -eq $other) { return $true }
            $here = ConvertTo-AddressRange -Text $one
            $there = ConvertTo-AddressRange -Text $other
            if ($null -eq $here -or $null -eq $there) { continue }
            if ($here.First -le $there.Last -and $there.First -le $here.Last) { return $true }
        }
    }
    $false
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

function Get-Recorded {
    # The named properties of an object as plain values, in one spelling.
    param(
        [Parameter(Mandatory = $true)] $Item,
        [Parameter(Mandatory = $true)] [string[]] $Names
    )
    $recorded = [ordered] @{}
    foreach ($name in $Names) {
        $property = $Item.PSObject.Properties[$name]
        if ($null -eq $property) { continue }
        $value = $property.Value
        if ($null -eq $value -or $value -is [bool] -or $value -is [int]) {
            $recorded[$name] = $value
        }
        elseif ($value -is [System.Collections.IEnumerable] -and $value -isnot [string]) {
            $recorded[$name] = @(Get-PropertyText -Item $Item -Name $name | Sort-Object)
        }
        else {
            $recorded[$name] = ConvertTo-ComparableText -Item $Item -Name $name
        }
        # The admin center writes AdminUI or nothing for what the cmdlets call Default.
        if ($name -eq 'ConnectorSource' -and @('', 'AdminUI') -contains [string] $value) {
            $recorded[$name] = 'Default'
        }
    }
    $recorded
}

function Get-AllRecorded {
    param([object[]] $Items = @(), [Parameter(Mandatory = $true)] [string[]] $Names)
    foreach ($item in @($Items)) { Get-Recorded -Item $item -Names $Names }
}

if ($TranscriptPath -eq '') {
    $stamp = Get-Date -Format 'yyyyMMdd-HHmmss'
    $log = [System.IO.Path]::GetFileNameWithoutExtension($PSCommandPath)
    $log = '{0}-{1}.log' -f $log, $stamp
    $TranscriptPath = Join-Path -Path $PSScriptRoot -ChildPath $log
}
$null = Start-Transcript -Path $TranscriptPath -WhatIf:$false -Confirm:$false
try {
    Assert-Organization -InitialDomain 'kaedetrading.onmicrosoft.com'
    $mark = 'mgc kaede-trading/m365'
    $domains = @('kaede.example')
    $routed = @('kaede.example')
    $egress = @('192.0.2.0/28')
    $names = @(
        @{ Kind = 'InboundConnector'; Name = 'MailGates m365 inbound' }
        @{ Kind = 'OutboundConnector'; Name = 'MailGates m365 outbound' }
        @{ Kind = 'TransportRule'; Name = 'MailGates m365 outbound' }
    )
    if ($ExportPath -eq '') {
        $ExportPath = Join-Path -Path $PSScriptRoot -ChildPath 'export.json'
    }
    $ExportPath = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($ExportPath)
    if ($RecordPath -eq '') {
        $RecordPath = Join-Path -Path $PSScriptRoot -ChildPath 'before.json'
    }
    $RecordPath = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($RecordPath)

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

    $culture = [System.Globalization.CultureInfo]::InvariantCulture
    $moment = (Get-Date).ToUniversalTime().ToString('yyyy-MM-ddTHH:mm:ss', $culture) + 'Z'
    $export = [ordered] @{
        format_version = 1
        tenant = 'kaedetrading.onmicrosoft.com'
        recorded = $moment
        acceptedDomains = @(Get-AllRecorded -Items $accepted -Names $domainNames)
        inboundConnectors = @(Get-AllRecorded -Items $inbound -Names $inboundNames)
        outboundConnectors = @(Get-AllRecorded -Items $outbound -Names $outboundNames)
        transportRules = @(Get-AllRecorded -Items $rules -Names $ruleNames)
        journalRules = @(Get-AllRecorded -Items $journals -Names $journalNames)
        dkimSigningConfigs = @(Get-AllRecorded -Items $signing -Names $signingNames)
        hostedConnectionFilterPolicies = @(Get-AllRecorded -Items $policies -Names $policyNames)
        arcConfigs = @(Get-AllRecorded -Items $sealers -Names $arcNames)
        organizationConfigs = @(Get-AllRecorded -Items $organizations -Names $organizationNames)
        transportConfigs = @(Get-AllRecorded -Items $transports -Names $transportNames)
    }

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
}
catch {
    Write-Warning ('Stopped: {0}' -f $_.Exception.Message)
    throw
}
finally {
    $null = Stop-Transcript
}
