#Requires -Version 5.1
#Requires -Modules @{ ModuleName = 'ExchangeOnlineManagement'; ModuleVersion = '3.0.0' }

<#
.SYNOPSIS
    Enables the inbound connector, before the MX records change.
.DESCRIPTION
    First checks that all is as connect.ps1 makes it and that nothing is restricted yet.
    A value that only reads back in another spelling is accepted with -AcceptDifference and
    the name of its parameter.
#>
[CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High')]
param(
    [string[]] $AcceptDifference = @()
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

function Assert-AsMeant {
    # The object exists once and has its intended values; returns it.
    param(
        [Parameter(Mandatory = $true)] [string] $Kind,
        [Parameter(Mandatory = $true)] [string] $Name,
        [Parameter(Mandatory = $true)] [hashtable] $Parameters,
        [string[]] $Accept = @()
    )
    $found = @(Get-NamedObject -Kind $Kind -Name $Name)
    if ($found.Count -ne 1) {
        throw ('{0} {1} does not exist. Run connect.ps1 first.' -f $Kind, $Name)
    }
    $differences = @(Get-Difference -Current $found[0] -Parameters $Parameters)
    $refused = @(
        foreach ($difference in $differences) {
            # A switch has one spelling only, so it is never accepted otherwise.
            $parameter = ($difference -split ' ')[0]
            if ($Accept -contains $parameter -and $Parameters[$parameter] -isnot [bool]) {
                Write-Warning ('{0} {1}, accepted: {2}.' -f $Kind, $Name, $difference)
            }
            else {
                $difference
            }
        }
    )
    if ($refused.Count -gt 0) {
        $text = '{0} {1} is not as intended: {2}. Run connect.ps1 again; if a value means the same '
        $text += 'in another spelling, name its parameter with -AcceptDifference.'
        throw ($text -f $Kind, $Name, ($refused -join '; '))
    }
    $found[0]
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
    RequireTls = $false
    RestrictDomainsToIPAddresses = $false
    RestrictDomainsToCertificate = $false
    EFSkipLastIP = $false
    EFSkipIPs = @('192.0.2.0/28')
    EFUsers = @('jimu@nadeshiko.example')
}
$check = @{
    Kind = 'InboundConnector'
    Name = $inboundConnectorName
    Parameters = $inboundConnector
    Accept = $AcceptDifference
}
$inboundConnectorCurrent = Assert-AsMeant @check

# Enhanced filtering and rules that skip the spam filter do not go together.
foreach ($rule in @(Get-MailObject -Kind 'TransportRule')) {
    $level = ConvertTo-ComparableText -Item $rule -Name 'SetSCL'
    if ($level -eq '-1' -and [string] $rule.State -eq 'Enabled') {
        Write-Warning ('The rule {0} sets SCL -1. Disable it if it is for this gateway.' -f $rule.Name)
    }
}

if ($inboundConnectorCurrent.Enabled -eq $true) {
    Write-Outcome -Name $inboundConnectorName -Outcome 'unchanged'
}
elseif ($PSCmdlet.ShouldProcess($inboundConnectorName, 'Enable InboundConnector')) {
    $identity = [string] $inboundConnectorCurrent.Guid
    Set-InboundConnector -Identity $identity -Enabled $true -ErrorAction Stop
    Write-Outcome -Name $inboundConnectorName -Outcome 'enabled'
}
elseif (-not $WhatIfPreference) {
    throw ('{0} was not enabled. Nothing after it was done.' -f $inboundConnectorName)
}
