#Requires -Version 5.1
#Requires -Modules @{ ModuleName = 'ExchangeOnlineManagement'; ModuleVersion = '3.0.0' }

<#
.SYNOPSIS
    Enables the inbound connector, before the MX records change.
.DESCRIPTION
    First checks that all is as connect.ps1 makes it and that nothing is restricted yet.
    A value that only reads back in another spelling is accepted with -AcceptDifference and
    the name of its parameter.
    Keeps a transcript beside this script, or where -TranscriptPath says.
#>
[CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High')]
param(
    [string] $TranscriptPath = '',
    [string[]] $AcceptRule = @(),
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

function Get-GatewayBypass {
    # The enabled rules by which mail from these addresses skips the spam filter. One without
    # addresses of its own may take the gateway's mail too; a person can except it.
    param(
        [Parameter(Mandatory = $true)] [string[]] $Addresses,
        [string[]] $Except = @()
    )
    foreach ($rule in @(Get-MailObject -Kind 'TransportRule')) {
        $level = ConvertTo-ComparableText -Item $rule -Name 'SetSCL'
        if ($level -ne '-1' -or [string] $rule.State -ne 'Enabled') { continue }
        $ranges = @(Get-PropertyText -Item $rule -Name 'SenderIpRanges')
        if ($ranges.Count -eq 0) {
            if ($Except -notcontains $rule.Name) { [string] $rule.Name }
        }
        elseif (Test-AddressOverlap -Left $ranges -Right $Addresses) {
            [string] $rule.Name
        }
    }
}

function Assert-NoBypass {
    # Enhanced filtering and a rule that sets SCL -1 for the same mail are never both on.
    param(
        [Parameter(Mandatory = $true)] [string[]] $Addresses,
        [string[]] $Except = @()
    )
    $rules = @(Get-GatewayBypass -Addresses $Addresses -Except $Except)
    if ($rules.Count -gt 0) {
        $text = 'Enhanced filtering does not go with a rule that sets SCL -1 for mail of the gateway: '
        $text += '[{0}]. Disable the rule. If it has no addresses and does not take that mail, name it '
        throw (($text + 'with -AcceptRule. Nothing was changed.') -f ($rules -join '], ['))
    }
}

function Get-Restriction {
    # The switches of the connector that refuse mail.
    param([Parameter(Mandatory = $true)] $Connector)
    foreach ($name in @('RequireTls', 'RestrictDomainsToIPAddresses', 'RestrictDomainsToCertificate')) {
        if ($Connector.$name -eq $true) { $name }
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

if ($TranscriptPath -eq '') {
    $stamp = Get-Date -Format 'yyyyMMdd-HHmmss'
    $log = [System.IO.Path]::GetFileNameWithoutExtension($PSCommandPath)
    $log = '{0}-{1}.log' -f $log, $stamp
    $TranscriptPath = Join-Path -Path $PSScriptRoot -ChildPath $log
}
$null = Start-Transcript -Path $TranscriptPath -WhatIf:$false -Confirm:$false
try {
    Assert-Organization -InitialDomain 'nadeshiko.onmicrosoft.com'

    # Inbound connector
    $inboundConnectorName = 'MailGates m365 inbound'
    $inboundConnector = @{
        ConnectorType = 'Partner'
        SenderDomains = @('*')
        EFSkipLastIP = $false
        EFSkipIPs = @('192.0.2.0/28')
        EFUsers = @('jimu@nadeshiko.example')
        Comment = 'mgc nadeshiko-medical/m365'
    }
    $check = @{
        Kind = 'InboundConnector'
        Name = $inboundConnectorName
        Parameters = $inboundConnector
        Accept = $AcceptDifference
    }
    $inboundConnectorCurrent = Assert-AsMeant @check
    $restriction = @(Get-Restriction -Connector $inboundConnectorCurrent)
    if ($restriction.Count -gt 0 -and $inboundConnectorCurrent.Enabled -ne $true) {
        $text = '{0} is restricted ({1}), so enabling it would refuse mail that comes direct. '
        $text += 'Run undo-lockdown.ps1 first. Nothing was changed.'
        throw ($text -f $inboundConnectorName, ($restriction -join ', '))
    }
    $egress = @('192.0.2.0/28')
    Assert-NoBypass -Addresses $egress -Except $AcceptRule

    $detail = if ($restriction.Count -gt 0) { 'the lockdown is on' } else { '' }
    if ($inboundConnectorCurrent.Enabled -eq $true) {
        Write-Outcome -Name $inboundConnectorName -Outcome 'unchanged' -Detail $detail
    }
    elseif ($PSCmdlet.ShouldProcess($inboundConnectorName, 'Enable InboundConnector')) {
        $identity = [string] $inboundConnectorCurrent.Guid
        Set-InboundConnector -Identity $identity -Enabled $true -ErrorAction Stop
        Write-Outcome -Name $inboundConnectorName -Outcome 'enabled'
    }
    elseif (-not $WhatIfPreference) {
        throw ('{0} was not enabled. Nothing after it was done.' -f $inboundConnectorName)
    }
}
catch {
    Write-Warning ('Stopped: {0}' -f $_.Exception.Message)
    throw
}
finally {
    $null = Stop-Transcript
}
