#Requires -Version 5.1
#Requires -Modules @{ ModuleName = 'ExchangeOnlineManagement'; ModuleVersion = '3.0.0' }

<#
.SYNOPSIS
    Validates the outbound connector, then enables it and its mail flow rule.
.DESCRIPTION
    First checks that all is as connect.ps1 makes it and that SPF is published. Sends a test
    mail to the address that you give, outside your organization, and asks whether it came.
#>
[CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High')]
param(
    [Parameter(Mandatory = $true)] [string[]] $TestRecipient
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

function Assert-AsMeant {
    # The object exists once and has its intended values; returns it.
    param(
        [Parameter(Mandatory = $true)] [string] $Kind,
        [Parameter(Mandatory = $true)] [string] $Name,
        [Parameter(Mandatory = $true)] [hashtable] $Parameters
    )
    $found = @(Get-NamedObject -Kind $Kind -Name $Name)
    if ($found.Count -ne 1) {
        throw ('{0} {1} does not exist. Run connect.ps1 first.' -f $Kind, $Name)
    }
    $differences = @(Get-Difference -Current $found[0] -Parameters $Parameters)
    if ($differences.Count -gt 0) {
        throw ('{0} {1} is not as intended: {2}.' -f $Kind, $Name, ($differences -join '; '))
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

function Assert-Resolver {
    if ($null -eq (Get-Command -Name 'Resolve-DnsName' -ErrorAction SilentlyContinue)) {
        throw 'Resolve-DnsName is missing. Run this script on Windows: it has to see the DNS.'
    }
}

function Assert-SenderPolicy {
    # The domain publishes one SPF record, and it has the include.
    param(
        [Parameter(Mandatory = $true)] [string] $Domain,
        [Parameter(Mandatory = $true)] [string] $Include
    )
    $query = @{ Name = $Domain; Type = 'TXT'; DnsOnly = $true; NoHostsFile = $true }
    $records = @(
        foreach ($answer in @(Resolve-DnsName @query -ErrorAction Stop)) {
            if ($answer.Section -eq 'Answer' -and $answer.Type -eq 'TXT') {
                $text = @($answer.Strings) -join ''
                if ($text -match '^v=spf1( |$)') { $text }
            }
        }
    )
    if ($records.Count -ne 1) {
        throw ('{0} has {1} SPF records in the DNS, not one.' -f $Domain, $records.Count)
    }
    if (@($records[0] -split ' +') -notcontains ('include:' + $Include)) {
        throw ('The SPF record of {0} does not have include:{1}: {2}' -f $Domain, $Include, $records[0])
    }
}

Assert-Organization -InitialDomain 'kaedetrading.onmicrosoft.com'

# Outbound connector
$outboundConnectorName = 'MailGates m365 outbound'
$outboundConnector = @{
    ConnectorType = 'Partner'
    UseMXRecord = $false
    SmartHosts = @('relay.gateway.example')
    IsTransportRuleScoped = $true
    TlsSettings = 'EncryptionOnly'
    TlsDomain = $null
}
$check = @{
    Kind = 'OutboundConnector'
    Name = $outboundConnectorName
    Parameters = $outboundConnector
}
$outboundConnectorCurrent = Assert-AsMeant @check

# Mail flow rule
$outboundRuleName = 'MailGates m365 outbound'
$outboundRule = @{
    FromScope = 'InOrganization'
    SentToScope = 'NotInOrganization'
    SenderDomainIs = @('kaede.example')
    From = @('it@kaede.example')
    RouteMessageOutboundConnector = 'MailGates m365 outbound'
    ExceptIfHeaderContainsMessageHeader = 'X-Example-Loop'
    ExceptIfHeaderContainsWords = @('kaede')
    ExceptIfSenderIpRanges = $null
    StopRuleProcessing = $true
}
$check = @{
    Kind = 'TransportRule'
    Name = $outboundRuleName
    Parameters = $outboundRule
}
$outboundRuleCurrent = Assert-AsMeant @check

# Mail may leave by way of MailGates only where SPF already says so.
Assert-Resolver
$domains = @('kaede.example')
foreach ($domain in $domains) {
    Assert-SenderPolicy -Domain $domain -Include 'spf.gateway.example'
}

$identity = [string] $outboundConnectorCurrent.Guid
$isOn = $outboundConnectorCurrent.Enabled -eq $true
if ($isOn -and $outboundConnectorCurrent.IsValidated -eq $true) {
    Write-Outcome -Name $outboundConnectorName -Outcome 'validated before'
}
elseif ($PSCmdlet.ShouldProcess($outboundConnectorName, 'Send a test mail by way of the connector')) {
    $test = @{ Identity = $identity; Recipients = $TestRecipient }
    $results = @(Validate-OutboundConnector @test -Confirm:$false -ErrorAction Stop)
    $report = ($results | Format-List | Out-String).Trim()
    # What the cmdlet returns is not documented, so a person decides.
    $question = 'Did every test below succeed, and did the test mail arrive?'
    if (-not $PSCmdlet.ShouldContinue($report, $question)) {
        throw 'The outbound connector was not validated. Nothing has been enabled.'
    }
    $now = (Get-Date).ToUniversalTime()
    $stamp = @{ IsValidated = $true; LastValidationTimestamp = $now }
    Set-OutboundConnector -Identity $identity @stamp -ErrorAction Stop
    Write-Outcome -Name $outboundConnectorName -Outcome 'validated'
}
elseif (-not $WhatIfPreference) {
    throw 'The outbound connector was not validated. Nothing has been enabled.'
}

if ($outboundConnectorCurrent.Enabled -eq $true) {
    Write-Outcome -Name $outboundConnectorName -Outcome 'unchanged'
}
elseif ($PSCmdlet.ShouldProcess($outboundConnectorName, 'Enable OutboundConnector')) {
    $identity = [string] $outboundConnectorCurrent.Guid
    Set-OutboundConnector -Identity $identity -Enabled $true -ErrorAction Stop
    Write-Outcome -Name $outboundConnectorName -Outcome 'enabled'
}
elseif (-not $WhatIfPreference) {
    throw ('{0} was not enabled. Nothing after it was done.' -f $outboundConnectorName)
}

if ([string] $outboundRuleCurrent.State -eq 'Enabled') {
    Write-Outcome -Name $outboundRuleName -Outcome 'unchanged'
}
elseif ($PSCmdlet.ShouldProcess($outboundRuleName, 'Enable TransportRule')) {
    $identity = [string] $outboundRuleCurrent.Guid
    Enable-TransportRule -Identity $identity -Confirm:$false -ErrorAction Stop
    Write-Outcome -Name $outboundRuleName -Outcome 'enabled'
}
elseif (-not $WhatIfPreference) {
    throw ('{0} was not enabled. Nothing after it was done.' -f $outboundRuleName)
}
