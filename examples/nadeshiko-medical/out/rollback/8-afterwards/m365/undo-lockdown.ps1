#Requires -Version 5.1
#Requires -Modules @{ ModuleName = 'ExchangeOnlineManagement'; ModuleVersion = '3.0.0' }

<#
.SYNOPSIS
    Accepts mail again that does not come by way of MailGates.
.DESCRIPTION
    Undoes lockdown.ps1, whichever way it restricted. Run it before any MX record goes back.
    RejectDirectSend becomes what before.json of preflight.ps1 holds; without that file it is
    turned off, unless -KeepRejectDirectSend says that it was on before the lockdown. It is
    turned off first: left on without the restriction it may refuse your own mail by way of
    the gateway.
    Keeps a transcript beside this script, or where -TranscriptPath says.
#>
[CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High')]
param(
    [string] $TranscriptPath = '',
    [switch] $KeepRejectDirectSend,
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

function Get-PersonName {
    # All that a recipient can read back as. Asked for by a filter, which finds it or nothing.
    param([Parameter(Mandatory = $true)] [string] $Address)
    $filter = 'EmailAddresses -eq ''smtp:{0}''' -f ($Address -replace '''', '''''')
    $found = @(Get-Recipient -Filter $filter -ResultSize Unlimited -ErrorAction Stop)
    if ($found.Count -ne 1) {
        throw ('{0} recipients have the address {1}, not one.' -f $found.Count, $Address)
    }
    $keys = @('Name', 'DisplayName', 'Alias', 'Identity', 'DistinguishedName', 'Guid')
    foreach ($key in ($keys + @('PrimarySmtpAddress', 'EmailAddresses'))) {
        Get-PropertyText -Item $found[0] -Name $key
    }
}

function Test-SamePeople {
    # Whether the lists name the same recipients: what is written as an address reads back as a name.
    param([string[]] $Now = @(), [string[]] $Meant = @())
    $left = @($Now)
    foreach ($address in @($Meant)) {
        $names = @(Get-PersonName -Address $address)
        $rest = @($left | Where-Object { $names -notcontains $_ })
        if ($rest.Count -ne $left.Count - 1) { return $false }
        $left = $rest
    }
    $left.Count -eq 0
}

function Get-Difference {
    # One line for each parameter that does not have its intended value.
    param(
        [Parameter(Mandatory = $true)] $Current,
        [Parameter(Mandatory = $true)] [hashtable] $Parameters
    )
    $people = @('From', 'EFUsers')
    $exact = @('ExceptIfHeaderContainsMessageHeader', 'ExceptIfHeaderContainsWords', 'Comment', 'Comments')
    foreach ($name in @($Parameters.Keys | Sort-Object)) {
        $now = ConvertTo-ComparableText -Item $Current -Name $name
        $meant = ConvertTo-ComparableText -Item $Parameters -Name $name
        if ($name -eq 'RouteMessageOutboundConnector') { $now = ConvertTo-ConnectorName -Text $now }
        # Addresses and domains have no case.
        $same = $now -eq $meant
        if ($exact -contains $name) { $same = $now -ceq $meant }
        if (-not $same -and $people -contains $name -and $now -ne '' -and $meant -ne '') {
            $left = @(Get-PropertyText -Item $Current -Name $name)
            $right = @(Get-PropertyText -Item $Parameters -Name $name)
            $same = Test-SamePeople -Now $left -Meant $right
        }
        if (-not $same) { '{0} is [{1}], intended [{2}]' -f $name, $now, $meant }
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

function Read-Record {
    # What preflight.ps1 wrote down before anything was changed; nothing where there is no record.
    param(
        [Parameter(Mandatory = $true)] [string] $Path,
        [Parameter(Mandatory = $true)] [string] $InitialDomain
    )
    if (-not (Test-Path -LiteralPath $Path -PathType 'Leaf')) { return }
    $record = ConvertFrom-Json -InputObject ([System.IO.File]::ReadAllText($Path))
    $lists = @('inboundConnectors', 'outboundConnectors', 'transportRules', 'organizationConfigs')
    foreach ($name in (@('tenant') + $lists)) {
        if ($null -eq $record.PSObject.Properties[$name]) {
            throw ('{0} is no record of preflight.ps1: it has no {1}. Nothing was changed.' -f $Path, $name)
        }
    }
    if ($record.tenant -ne $InitialDomain) {
        throw ('{0} is the record of {1}. Nothing was changed.' -f $Path, $record.tenant)
    }
    $record
}

function Get-RecordedObject {
    # The object of this name in the record, or nothing.
    param(
        [Parameter(Mandatory = $true)] $Record,
        [Parameter(Mandatory = $true)] [string] $Kind,
        [Parameter(Mandatory = $true)] [string] $Name
    )
    $lists = @{
        InboundConnector = 'inboundConnectors'
        OutboundConnector = 'outboundConnectors'
        TransportRule = 'transportRules'
    }
    $list = $lists[$Kind]
    foreach ($item in @($Record.$list)) {
        if ($item.Name -eq $Name) { $item }
    }
}

function Get-RecordedValue {
    # A recorded value as Set- takes it: nothing for an empty text or list.
    param(
        [Parameter(Mandatory = $true)] $Item,
        [Parameter(Mandatory = $true)] [string] $Name
    )
    $property = $Item.PSObject.Properties[$Name]
    if ($null -eq $property) {
        throw ('The record of {0} has no {1}. Nothing was changed.' -f $Item.Name, $Name)
    }
    $value = $property.Value
    if ($null -eq $value -or ($value -is [string] -and $value -eq '')) { return }
    $value
}

if ($TranscriptPath -eq '') {
    $stamp = Get-Date -Format 'yyyyMMdd-HHmmss'
    $log = [System.IO.Path]::GetFileNameWithoutExtension($PSCommandPath)
    $log = '{0}-{1}.log' -f $log, $stamp
    $TranscriptPath = Join-Path -Path $PSScriptRoot -ChildPath $log
}
$null = Start-Transcript -Path $TranscriptPath -WhatIf:$false -Confirm:$false
try {
    Assert-Organization -InitialDomain 'nadeshiko.onmicrosoft.com'
    $connectorName = 'MailGates m365 inbound'
    $unrestricted = @{
        RequireTls = $false
        RestrictDomainsToIPAddresses = $false
        RestrictDomainsToCertificate = $false
    }
    if ($RecordPath -eq '') {
        $RecordPath = Join-Path -Path $PSScriptRoot -ChildPath '..\..\..\3-mail-server\m365\before.json'
    }
    $RecordPath = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($RecordPath)

    # All is read before anything is changed.
    $record = Read-Record -Path $RecordPath -InitialDomain 'nadeshiko.onmicrosoft.com'
    $organization = Get-OrganizationConfig -ErrorAction Stop
    $restricted = @(Get-NamedObject -Kind 'InboundConnector' -Name $connectorName)
    $differences = @()
    if ($restricted.Count -eq 1) {
        $differences = @(Get-Difference -Current $restricted[0] -Parameters $unrestricted)
    }

    if ($null -eq $record) {
        $keeps = [bool] $KeepRejectDirectSend
        $detail = 'there is no record at {0}: -KeepRejectDirectSend decides' -f $RecordPath
    }
    else {
        $keeps = $KeepRejectDirectSend -or @($record.organizationConfigs)[0].RejectDirectSend -eq $true
        $detail = 'as {0} holds it' -f $RecordPath
    }
    Write-Outcome -Name 'RejectDirectSend' -Outcome 'way back' -Detail $detail
    if ($organization.RejectDirectSend -ne $true) {
        Write-Outcome -Name 'RejectDirectSend' -Outcome 'unchanged' -Detail 'is off'
    }
    elseif ($keeps) {
        Write-Outcome -Name 'RejectDirectSend' -Outcome 'unchanged' -Detail 'kept on'
        Write-Warning 'Mail with your own domains as the sender may be refused, also by way of the gateway.'
    }
    elseif ($PSCmdlet.ShouldProcess('RejectDirectSend', 'Turn off for the organization')) {
        Set-OrganizationConfig -RejectDirectSend $false -ErrorAction Stop
        Write-Outcome -Name 'RejectDirectSend' -Outcome 'turned off'
    }
    elseif (-not $WhatIfPreference) {
        throw 'RejectDirectSend is still on. Pass -KeepRejectDirectSend to keep it. Nothing was changed.'
    }

    if ($restricted.Count -eq 0) {
        Write-Outcome -Name $connectorName -Outcome 'does not exist'
    }
    elseif ($differences.Count -eq 0) {
        Write-Outcome -Name $connectorName -Outcome 'not restricted'
    }
    elseif ($PSCmdlet.ShouldProcess($connectorName, 'Accept mail from anywhere')) {
        $identity = [string] $restricted[0].Guid
        Set-InboundConnector -Identity $identity @unrestricted -ErrorAction Stop
        Write-Outcome -Name $connectorName -Outcome 'restriction lifted' -Detail ($differences -join '; ')
    }
    elseif (-not $WhatIfPreference) {
        throw ('{0} is still restricted. Nothing after it was done.' -f $connectorName)
    }
}
catch {
    Write-Warning ('Stopped: {0}' -f $_.Exception.Message)
    throw
}
finally {
    $null = Stop-Transcript
}
