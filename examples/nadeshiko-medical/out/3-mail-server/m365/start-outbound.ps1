#Requires -Version 5.1
#Requires -Modules @{ ModuleName = 'ExchangeOnlineManagement'; ModuleVersion = '3.0.0' }

<#
.SYNOPSIS
    Validates the outbound connector, then enables it and its mail flow rule.
.DESCRIPTION
    First checks that all is as connect.ps1 makes it and that SPF is published. Sends a test
    mail to the address that you give, outside your organization, and asks whether it came.
    A value that only reads back in another spelling is accepted with -AcceptDifference and
    the name of its parameter. With -DnsServer another server than the computer's own is asked.
#>
[CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High')]
param(
    [Parameter(Mandatory = $true)] [string[]] $TestRecipient,
    [string[]] $AcceptDifference = @(),
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

function Assert-SenderPolicy {
    # The domain publishes one SPF record, and it has the include.
    param(
        [Parameter(Mandatory = $true)] [string] $Domain,
        [Parameter(Mandatory = $true)] [string] $Include,
        [string] $Server = ''
    )
    $records = @(
        foreach ($answer in @(Get-DnsAnswer -Name $Domain -Type 'TXT' -Server $Server)) {
            $text = @($answer.Strings) -join ''
            if ($text -match '^v=spf1( |$)') { $text }
        }
    )
    if ($records.Count -ne 1) {
        throw ('{0} has {1} SPF records in the DNS, not one.' -f $Domain, $records.Count)
    }
    if (@($records[0] -split ' +') -notcontains ('include:' + $Include)) {
        throw ('The SPF record of {0} does not have include:{1}: {2}' -f $Domain, $Include, $records[0])
    }
}

Assert-Organization -InitialDomain 'nadeshiko.onmicrosoft.com'

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
$check = @{
    Kind = 'OutboundConnector'
    Name = $outboundConnectorName
    Parameters = $outboundConnector
    Accept = $AcceptDifference
}
$outboundConnectorCurrent = Assert-AsMeant @check

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
$check = @{
    Kind = 'TransportRule'
    Name = $outboundRuleName
    Parameters = $outboundRule
    Accept = $AcceptDifference
}
$outboundRuleCurrent = Assert-AsMeant @check

# Mail may leave by way of MailGates only where SPF already says so.
Assert-Resolver
$domains = @('nadeshiko.example')
foreach ($domain in $domains) {
    Assert-SenderPolicy -Domain $domain -Include 'spf.gateway.example' -Server $DnsServer
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
