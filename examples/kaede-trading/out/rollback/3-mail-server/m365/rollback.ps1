#Requires -Version 5.1
#Requires -Modules @{ ModuleName = 'ExchangeOnlineManagement'; ModuleVersion = '3.0.0' }

<#
.SYNOPSIS
    Disables the mail flow rules and connectors of MailGates. Removes nothing.
.DESCRIPTION
    Lifts restrictions first, then disables in the reverse order of starting. What does not
    exist is skipped. If the MX records have changed, set them back before this.
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
            if ($null -ne $part) { ([string] $part) -replace '^smtp:([^;]*);[0-9]+$', '$1' }
        }
    )
    @($texts | Sort-Object) -join ', '
}

function Get-Difference {
    # One line for each parameter that does not have its intended value.
    param(
        [Parameter(Mandatory = $true)] $Current,
        [Parameter(Mandatory = $true)] [hashtable] $Parameters
    )
    foreach ($name in @($Parameters.Keys | Sort-Object)) {
        $now = ConvertTo-ComparableText -Item $Current -Name $name
        $meant = ConvertTo-ComparableText -Item $Parameters -Name $name
        if ($now -cne $meant) { '{0} is [{1}], intended [{2}]' -f $name, $now, $meant }
    }
}

function Write-Outcome {
    param(
        [Parameter(Mandatory = $true)] [string] $Name,
        [Parameter(Mandatory = $true)] [string] $Outcome,
        [string] $Detail = ''
    )
    [pscustomobject] @{ Name = $Name; Outcome = $Outcome; Detail = $Detail }
}

function Test-Route {
    # Mail that a rule sends to a disabled connector would wait or be lost.
    param([Parameter(Mandatory = $true)] [string] $Connector)
    $routing = @(
        foreach ($rule in @(Get-MailObject -Kind 'TransportRule')) {
            $target = ConvertTo-ComparableText -Item $rule -Name 'RouteMessageOutboundConnector'
            if ([string] $rule.State -eq 'Enabled' -and $target -eq $Connector) { $rule }
        }
    )
    $routing.Count -gt 0
}

Assert-Organization -InitialDomain 'kaedetrading.onmicrosoft.com'

$connectorName = 'MailGates m365 inbound'
$unrestricted = @{
    RequireTls = $false
    RestrictDomainsToIPAddresses = $false
    RestrictDomainsToCertificate = $false
}
$found = @(Get-NamedObject -Kind 'InboundConnector' -Name $connectorName)
if ($found.Count -eq 0) {
    Write-Outcome -Name $connectorName -Outcome 'does not exist'
}
else {
    $differences = @(Get-Difference -Current $found[0] -Parameters $unrestricted)
    if ($differences.Count -eq 0) {
        Write-Outcome -Name $connectorName -Outcome 'not restricted'
    }
    elseif ($PSCmdlet.ShouldProcess($connectorName, 'Accept mail from anywhere')) {
        $identity = [string] $found[0].Guid
        Set-InboundConnector -Identity $identity @unrestricted -ErrorAction Stop
        Write-Outcome -Name $connectorName -Outcome 'restriction lifted'
    }
}

$organization = Get-OrganizationConfig -ErrorAction Stop
if ($organization.RejectDirectSend -eq $true) {
    Write-Warning 'RejectDirectSend is on. If lockdown.ps1 turned it on, run undo-lockdown.ps1 too.'
}

# Mail flow rule
$name = 'MailGates m365 outbound'
$current = @(Get-NamedObject -Kind 'TransportRule' -Name $name)
if ($current.Count -eq 0) {
    Write-Outcome -Name $name -Outcome 'does not exist'
}
elseif ([string] $current[0].State -eq 'Disabled') {
    Write-Outcome -Name $name -Outcome 'unchanged'
}
elseif ($PSCmdlet.ShouldProcess($name, 'Disable TransportRule')) {
    $identity = [string] $current[0].Guid
    Disable-TransportRule -Identity $identity -Confirm:$false -ErrorAction Stop
    Write-Outcome -Name $name -Outcome 'disabled'
}

# Outbound connector
$name = 'MailGates m365 outbound'
$current = @(Get-NamedObject -Kind 'OutboundConnector' -Name $name)
if ($current.Count -eq 0) {
    Write-Outcome -Name $name -Outcome 'does not exist'
}
elseif ($current[0].Enabled -eq $false) {
    Write-Outcome -Name $name -Outcome 'unchanged'
}
elseif ((Test-Route -Connector $name) -and -not $WhatIfPreference) {
    Write-Outcome -Name $name -Outcome 'left enabled' -Detail 'a rule still routes to it'
}
elseif ($PSCmdlet.ShouldProcess($name, 'Disable OutboundConnector')) {
    $identity = [string] $current[0].Guid
    Set-OutboundConnector -Identity $identity -Enabled $false -ErrorAction Stop
    Write-Outcome -Name $name -Outcome 'disabled'
}

# Inbound connector
$name = 'MailGates m365 inbound'
$current = @(Get-NamedObject -Kind 'InboundConnector' -Name $name)
if ($current.Count -eq 0) {
    Write-Outcome -Name $name -Outcome 'does not exist'
}
elseif ($current[0].Enabled -eq $false) {
    Write-Outcome -Name $name -Outcome 'unchanged'
}
elseif ($PSCmdlet.ShouldProcess($name, 'Disable InboundConnector')) {
    $identity = [string] $current[0].Guid
    Set-InboundConnector -Identity $identity -Enabled $false -ErrorAction Stop
    Write-Outcome -Name $name -Outcome 'disabled'
}
