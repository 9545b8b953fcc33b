#Requires -Version 5.1
#Requires -Modules @{ ModuleName = 'ExchangeOnlineManagement'; ModuleVersion = '3.0.0' }

<#
.SYNOPSIS
    Disables the mail flow rules and connectors of MailGates. Removes nothing.
.DESCRIPTION
    Disables in the reverse order of starting. What does not exist is skipped.
    Stops while mail still depends on the gateway: an MX record names it, RejectDirectSend
    is on, or the inbound connector is restricted. Each has a switch that goes on all the
    same; -IgnoreRestriction lifts the restriction first.
#>
[CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High')]
param(
    [switch] $IgnoreMX,
    [switch] $IgnoreRejectDirectSend,
    [switch] $IgnoreRestriction,
    [string] $DnsServer = ''
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

function Write-Outcome {
    param(
        [Parameter(Mandatory = $true)] [string] $Name,
        [Parameter(Mandatory = $true)] [string] $Outcome,
        [string] $Detail = ''
    )
    [pscustomobject] @{ Name = $Name; Outcome = $Outcome; Detail = $Detail }
}

function Assert-Resolver {
    if ($null -eq (Get-Command -Name 'Resolve-DnsName' -ErrorAction SilentlyContinue)) {
        throw 'Resolve-DnsName is missing. Run this script on Windows: it has to see the DNS.'
    }
}

function Get-DnsAnswer {
    # The records as the DNS answers now, or as the named server does. A name that does not
    # exist and a server that does not answer stop the script.
    param(
        [Parameter(Mandatory = $true)] [string] $Name,
        [Parameter(Mandatory = $true)] [string] $Type,
        [string] $Server = '',
        [string] $Hint = 'If this computer asks a server of its own, pass -DnsServer.'
    )
    $query = @{ Name = $Name; Type = $Type; DnsOnly = $true; NoHostsFile = $true }
    try {
        if ($Server -eq '') {
            $answers = @(Resolve-DnsName @query -ErrorAction Stop)
        }
        else {
            $answers = @(Resolve-DnsName @query -Server $Server -ErrorAction Stop)
        }
    }
    catch {
        throw ('The {0} of {1} cannot be read: {2}. {3}' -f $Type, $Name, $_.Exception.Message, $Hint)
    }
    $answers | Where-Object { $_.Section -eq 'Answer' -and $_.Type -eq $Type }
}

function Get-MailExchanger {
    # The hosts of the domain's MX records as the DNS answers now; a null MX has none.
    param(
        [Parameter(Mandatory = $true)] [string] $Domain,
        [string] $Server = '',
        [string] $Hint = 'If this computer asks a server of its own, pass -DnsServer.'
    )
    $query = @{ Name = $Domain; Type = 'MX'; Server = $Server; Hint = $Hint }
    $hosts = @(
        foreach ($answer in @(Get-DnsAnswer @query)) {
            ([string] $answer.NameExchange).TrimEnd('.').ToLowerInvariant()
        }
    )
    $hosts | Where-Object { $_ -ne '' } | Sort-Object -Unique
}

function Test-Route {
    # Mail that a rule sends to a disabled connector would wait or be lost.
    param([Parameter(Mandatory = $true)] [string] $Connector)
    $routing = @(
        foreach ($rule in @(Get-MailObject -Kind 'TransportRule')) {
            $target = ConvertTo-ComparableText -Item $rule -Name 'RouteMessageOutboundConnector'
            if ([string] $rule.State -ne 'Enabled' -or $target -eq '') { continue }
            if ((ConvertTo-ConnectorName -Text $target) -eq $Connector) { $rule }
        }
    )
    $routing.Count -gt 0
}

Assert-Organization -InitialDomain 'nadeshiko.onmicrosoft.com'

$domains = @('nadeshiko.example')
$gateway = @('mx1.gateway.example')
$connectorName = 'MailGates m365 inbound'
$unrestricted = @{
    RequireTls = $false
    RestrictDomainsToIPAddresses = $false
    RestrictDomainsToCertificate = $false
}

# Nothing may depend on the gateway any more
if (-not $IgnoreMX) {
    Assert-Resolver
    foreach ($domain in $domains) {
        $query = @{ Domain = $domain; Server = $DnsServer; Hint = 'To skip the MX, pass -IgnoreMX.' }
        $ours = @(Get-MailExchanger @query | Where-Object { $gateway -contains $_ })
        if ($ours.Count -gt 0) {
            $text = 'The MX of {0} still names the gateway [{1}]. Set it back first. See -IgnoreMX.'
            throw ($text -f $domain, ($ours -join ', '))
        }
    }
}
$organization = Get-OrganizationConfig -ErrorAction Stop
if ($organization.RejectDirectSend -eq $true -and -not $IgnoreRejectDirectSend) {
    $text = 'RejectDirectSend is on. Undo the lockdown first; '
    throw ($text + 'if it was on before MailGates, pass -IgnoreRejectDirectSend.')
}
$restricted = @(
    foreach ($item in @(Get-NamedObject -Kind 'InboundConnector' -Name $connectorName)) {
        foreach ($name in @('RestrictDomainsToIPAddresses', 'RestrictDomainsToCertificate')) {
            if ($item.$name -eq $true) { $name }
        }
    }
)
if ($restricted.Count -gt 0 -and -not $IgnoreRestriction) {
    $text = '{0} is restricted ({1}). Undo the lockdown first. See -IgnoreRestriction.'
    throw ($text -f $connectorName, ($restricted -join ', '))
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
    elseif (-not $WhatIfPreference) {
        throw ('{0} is still restricted. Nothing after it was done.' -f $connectorName)
    }
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
