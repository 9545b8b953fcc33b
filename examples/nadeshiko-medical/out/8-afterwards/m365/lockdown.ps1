#Requires -Version 5.1
#Requires -Modules @{ ModuleName = 'ExchangeOnlineManagement'; ModuleVersion = '3.0.0' }

<#
.SYNOPSIS
    Refuses mail that does not come by way of MailGates.
.DESCRIPTION
    First checks that the MX records of all domains name the gateway's hosts and no others.
    The restriction covers every accepted domain, so a domain whose MX still points elsewhere
    stops the script. Name it with -IgnoreDomain only if its mail may be refused. Prints what
    RejectDirectSend was before this run: note it, for undo-lockdown.ps1 cannot know it.
    With -DnsServer another server than the computer's own is asked.
#>
[CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High')]
param(
    [string[]] $IgnoreDomain = @(),
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

Assert-Organization -InitialDomain 'nadeshiko.onmicrosoft.com'

$domains = @('nadeshiko.example')
$gateway = @('mx1.gateway.example')
$connectorName = 'MailGates m365 inbound'
$lockdown = @{
    RestrictDomainsToCertificate = $true
    TlsSenderCertificateName = '*.gateway.example'
    RequireTls = $true
}
$restricting = @('RestrictDomainsToCertificate')

# The cutover, as the DNS shows it now
Assert-Resolver
$meant = @($gateway | Sort-Object -Unique) -join ', '
foreach ($domain in $domains) {
    $hosts = @(Get-MailExchanger -Domain $domain -Server $DnsServer) -join ', '
    if ($hosts -ne $meant) {
        throw ('The MX of {0} is [{1}], not [{2}]. Nothing was changed.' -f $domain, $hosts, $meant)
    }
}
foreach ($other in @(Get-AcceptedDomain -ErrorAction Stop)) {
    $domain = ([string] $other.DomainName).ToLowerInvariant()
    if ($domains -contains $domain -or $IgnoreDomain -contains $domain) { continue }
    if ($domain.EndsWith('.onmicrosoft.com')) {
        Write-Warning ('Mail from outside to addresses at {0} will be refused.' -f $domain)
        continue
    }
    $query = @{
        Domain = $domain
        Server = $DnsServer
        Hint = 'If it takes no mail, name it with -IgnoreDomain.'
    }
    $direct = @(Get-MailExchanger @query | Where-Object { $gateway -notcontains $_ })
    if ($direct.Count -gt 0) {
        $found = $direct -join ', '
        throw ('Mail for {0} would be refused: its MX has [{1}]. See -IgnoreDomain.' -f $domain, $found)
    }
}

$found = @(Get-NamedObject -Kind 'InboundConnector' -Name $connectorName)
if ($found.Count -ne 1) {
    throw ('InboundConnector {0} does not exist.' -f $connectorName)
}
$current = $found[0]
if ($current.Enabled -ne $true -or [string] $current.ConnectorType -ne 'Partner') {
    throw ('InboundConnector {0} is not an enabled Partner connector.' -f $connectorName)
}
$pilot = ConvertTo-ComparableText -Item $current -Name 'EFUsers'
if ($pilot -ne '') {
    throw ('The pilot has not ended: EFUsers of {0} is [{1}]. Nothing was changed.' -f $connectorName, $pilot)
}
$organization = Get-OrganizationConfig -ErrorAction Stop
$rejects = $organization.RejectDirectSend
$isRestricted = @($restricting | Where-Object { $current.$_ -ne $true }).Count -eq 0
$detail = 'before this run: [{0}]' -f $rejects
if ($isRestricted) {
    $detail += '; the connector was restricted already, so see what the first run printed'
}
Write-Outcome -Name 'RejectDirectSend' -Outcome 'note this' -Detail $detail

$differences = @(Get-Difference -Current $current -Parameters $lockdown)
if ($differences.Count -eq 0) {
    Write-Outcome -Name $connectorName -Outcome 'unchanged'
}
elseif ($PSCmdlet.ShouldProcess($connectorName, 'Refuse mail from anywhere but the gateway')) {
    $identity = [string] $current.Guid
    Set-InboundConnector -Identity $identity @lockdown -ErrorAction Stop
    Write-Outcome -Name $connectorName -Outcome 'restricted' -Detail ($differences -join '; ')
}
elseif (-not $WhatIfPreference) {
    throw ('{0} was not restricted. RejectDirectSend was not changed either.' -f $connectorName)
}

# RejectDirectSend spares what the connector takes, so the connector is read once more.
if (-not $WhatIfPreference) {
    $again = @(Get-NamedObject -Kind 'InboundConnector' -Name $connectorName)
    $open = @($restricting | Where-Object { $again.Count -ne 1 -or $again[0].$_ -ne $true })
    if ($open.Count -gt 0) {
        $names = $open -join ', '
        throw ('{0} of {1} is not on. RejectDirectSend was not changed. Run this again.' -f $names, $connectorName)
    }
}
if ($rejects -eq $true) {
    Write-Outcome -Name 'RejectDirectSend' -Outcome 'unchanged' -Detail 'is on'
}
elseif ($PSCmdlet.ShouldProcess('RejectDirectSend', 'Turn on for the organization')) {
    Set-OrganizationConfig -RejectDirectSend $true -ErrorAction Stop
    Write-Outcome -Name 'RejectDirectSend' -Outcome 'turned on'
}
