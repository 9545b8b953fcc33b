#Requires -Version 5.1
#Requires -Modules @{ ModuleName = 'ExchangeOnlineManagement'; ModuleVersion = '3.0.0' }

<#
.SYNOPSIS
    Creates the connectors and mail flow rules, all of them disabled.
.DESCRIPTION
    Can be run again: what exists is compared and, where it differs, corrected. Nothing is
    ever enabled, disabled or restricted here. Run it with -WhatIf first.
#>
[CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High')]
param()

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

function ConvertTo-ConnectorName {
    # A rule names its connector by name, GUID or distinguished name: the name, where it is known.
    param([string] $Text = '')
    if ($Text -eq '') { return '' }
    foreach ($item in @(Get-MailObject -Kind 'OutboundConnector')) {
        foreach ($key in @('Name', 'Guid', 'DistinguishedName', 'Identity')) {
            $same = (ConvertTo-ComparableText -Item $item -Name $key) -eq $Text
            if ($same) { return [string] $item.Name }
        }
    }
    $Text
}

function Get-Difference {
    # One line for each parameter that does not have its intended value.
    param(
        [Parameter(Mandatory = $true)] $Current,
        [Parameter(Mandatory = $true)] [hashtable] $Parameters
    )
    $people = @('From', 'EFUsers')
    $exact = @('ExceptIfHeaderContainsMessageHeader', 'ExceptIfHeaderContainsWords')
    foreach ($name in @($Parameters.Keys | Sort-Object)) {
        $now = ConvertTo-ComparableText -Item $Current -Name $name
        $meant = ConvertTo-ComparableText -Item $Parameters -Name $name
        if ($name -eq 'RouteMessageOutboundConnector') { $now = ConvertTo-ConnectorName -Text $now }
        # Addresses and domains have no case.
        $same = $now -eq $meant
        if ($exact -contains $name) { $same = $now -ceq $meant }
        if ($same) { continue }
        # People may read back under another name than their address.
        $unclear = @($now -split ', ' | Where-Object { $_ -ne '' -and $_ -notlike '*@*' })
        if ($people -contains $name -and $unclear.Count -gt 0) {
            '{0} is [{1}], which cannot be compared with [{2}]' -f $name, $now, $meant
        }
        else {
            '{0} is [{1}], intended [{2}]' -f $name, $now, $meant
        }
    }
}

function Get-GivenParameter {
    # New- cmdlets are not given what has no value.
    param([Parameter(Mandatory = $true)] [hashtable] $Parameters)
    $given = @{}
    foreach ($name in @($Parameters.Keys)) {
        if ($null -ne $Parameters[$name]) { $given[$name] = $Parameters[$name] }
    }
    $given
}

function Write-Outcome {
    param(
        [Parameter(Mandatory = $true)] [string] $Name,
        [Parameter(Mandatory = $true)] [string] $Outcome,
        [string] $Detail = ''
    )
    [pscustomobject] @{ Name = $Name; Outcome = $Outcome; Detail = $Detail }
}

Assert-Organization -InitialDomain 'nadeshiko.onmicrosoft.com'

# Inbound connector
$inboundConnectorName = 'MailGates m365 inbound'
$inboundConnector = @{
    ConnectorType = 'Partner'
    SenderDomains = @('*')
    EFSkipLastIP = $false
    EFSkipIPs = @('192.0.2.0/28')
    EFUsers = @('jimu@nadeshiko.example')
}
# Only when it is created: a later lockdown stays as it is.
$inboundConnectorCreation = @{
    RequireTls = $false
    RestrictDomainsToIPAddresses = $false
    RestrictDomainsToCertificate = $false
}

# Outbound connector
$outboundConnectorName = 'MailGates m365 outbound'
$outboundConnector = @{
    ConnectorType = 'Partner'
    UseMXRecord = $false
    SmartHosts = @('relay.gateway.example')
    IsTransportRuleScoped = $true
    TlsSettings = 'DomainValidation'
    TlsDomain = 'relay.gateway.example'
}

# Mail flow rule
$outboundRuleName = 'MailGates m365 outbound'
$outboundRule = @{
    FromScope = 'InOrganization'
    SentToScope = 'NotInOrganization'
    SenderDomainIs = @('nadeshiko.example')
    From = @('jimu@nadeshiko.example')
    RouteMessageOutboundConnector = 'MailGates m365 outbound'
    ExceptIfHeaderContainsMessageHeader = $null
    ExceptIfHeaderContainsWords = $null
    ExceptIfSenderIpRanges = @('192.0.2.0/28')
    StopRuleProcessing = $true
}

# All is read before anything is changed.
$inboundConnectorCurrent = @(Get-NamedObject -Kind 'InboundConnector' -Name $inboundConnectorName)
$outboundConnectorCurrent = @(Get-NamedObject -Kind 'OutboundConnector' -Name $outboundConnectorName)
$outboundRuleCurrent = @(Get-NamedObject -Kind 'TransportRule' -Name $outboundRuleName)

if ($inboundConnectorCurrent.Count -eq 0) {
    if ($PSCmdlet.ShouldProcess($inboundConnectorName, 'Create disabled InboundConnector')) {
        $given = Get-GivenParameter -Parameters $inboundConnector
        $new = @{
            Name = $inboundConnectorName
            Enabled = $false
        }
        $null = New-InboundConnector @new @given @inboundConnectorCreation -ErrorAction Stop
        Write-Outcome -Name $inboundConnectorName -Outcome 'created, disabled'
    }
}
else {
    $current = $inboundConnectorCurrent[0]
    $differences = @(Get-Difference -Current $current -Parameters $inboundConnector)
    if ($differences.Count -eq 0) {
        Write-Outcome -Name $inboundConnectorName -Outcome 'unchanged'
    }
    elseif ($PSCmdlet.ShouldProcess($inboundConnectorName, 'Change InboundConnector')) {
        $identity = [string] $current.Guid
        Set-InboundConnector -Identity $identity @inboundConnector -ErrorAction Stop
        Write-Outcome -Name $inboundConnectorName -Outcome 'changed' -Detail ($differences -join '; ')
    }
    $kept = @(Get-Difference -Current $current -Parameters $inboundConnectorCreation)
    if ($kept.Count -gt 0) {
        Write-Outcome -Name $inboundConnectorName -Outcome 'left as it is' -Detail ($kept -join '; ')
    }
}

if ($outboundConnectorCurrent.Count -eq 0) {
    if ($PSCmdlet.ShouldProcess($outboundConnectorName, 'Create disabled OutboundConnector')) {
        $given = Get-GivenParameter -Parameters $outboundConnector
        $new = @{
            Name = $outboundConnectorName
            Enabled = $false
        }
        $null = New-OutboundConnector @new @given -ErrorAction Stop
        Write-Outcome -Name $outboundConnectorName -Outcome 'created, disabled'
    }
}
else {
    $current = $outboundConnectorCurrent[0]
    $differences = @(Get-Difference -Current $current -Parameters $outboundConnector)
    if ($differences.Count -eq 0) {
        Write-Outcome -Name $outboundConnectorName -Outcome 'unchanged'
    }
    elseif ($PSCmdlet.ShouldProcess($outboundConnectorName, 'Change OutboundConnector')) {
        $identity = [string] $current.Guid
        Set-OutboundConnector -Identity $identity @outboundConnector -ErrorAction Stop
        Write-Outcome -Name $outboundConnectorName -Outcome 'changed' -Detail ($differences -join '; ')
    }
}

if ($outboundRuleCurrent.Count -eq 0) {
    if ($PSCmdlet.ShouldProcess($outboundRuleName, 'Create disabled TransportRule')) {
        $given = Get-GivenParameter -Parameters $outboundRule
        $new = @{
            Name = $outboundRuleName
            Enabled = $false
        }
        $null = New-TransportRule @new @given -ErrorAction Stop
        Write-Outcome -Name $outboundRuleName -Outcome 'created, disabled'
    }
}
else {
    $current = $outboundRuleCurrent[0]
    $differences = @(Get-Difference -Current $current -Parameters $outboundRule)
    if ($differences.Count -eq 0) {
        Write-Outcome -Name $outboundRuleName -Outcome 'unchanged'
    }
    elseif ($PSCmdlet.ShouldProcess($outboundRuleName, 'Change TransportRule')) {
        $identity = [string] $current.Guid
        Set-TransportRule -Identity $identity @outboundRule -ErrorAction Stop
        Write-Outcome -Name $outboundRuleName -Outcome 'changed' -Detail ($differences -join '; ')
    }
}
