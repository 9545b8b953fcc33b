#Requires -Version 5.1
#Requires -Modules @{ ModuleName = 'ExchangeOnlineManagement'; ModuleVersion = '3.0.0' }

<#
.SYNOPSIS
    Creates the connectors and mail flow rules, all of them disabled.
.DESCRIPTION
    Can be run again: what exists is compared and, where it differs, corrected. Nothing is
    ever enabled, disabled or restricted here. Run it with -WhatIf first. What has the name of
    one of these objects, but was not made here, stops the script. Name it with -Adopt to let
    it be changed: it must be disabled, and before.json of preflight.ps1 must hold it.
    Keeps a transcript beside this script, or where -TranscriptPath says.
#>
[CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High')]
param(
    [string] $TranscriptPath = '',
    [string[]] $Adopt = @(),
    [string[]] $AcceptRule = @(),
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

function Get-GivenParameter {
    # New- cmdlets are not given what has no value.
    param([Parameter(Mandatory = $true)] [hashtable] $Parameters)
    $given = @{}
    foreach ($name in @($Parameters.Keys)) {
        if ($null -ne $Parameters[$name]) { $given[$name] = $Parameters[$name] }
    }
    $given
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

function Assert-OwnObject {
    # These scripts made the object, or a person gives it to them and rollback.ps1 can restore it.
    param(
        [Parameter(Mandatory = $true)] $Item,
        [Parameter(Mandatory = $true)] [string] $Kind,
        [Parameter(Mandatory = $true)] [string] $Mark,
        [Parameter(Mandatory = $true)] [string] $RecordPath,
        [Parameter(Mandatory = $true)] [string] $InitialDomain,
        [string[]] $Adopt = @()
    )
    if (Test-OwnMark -Item $Item -Mark $Mark) { return }
    $name = [string] $Item.Name
    if ($Adopt -notcontains $name) {
        $text = '{0} {1} exists and was not made by this script. Rename it, or let it be changed '
        throw (($text + 'with -Adopt. Nothing was changed.') -f $Kind, $name)
    }
    $isOn = if ($Kind -eq 'TransportRule') { [string] $Item.State -ne 'Disabled' } else { $Item.Enabled }
    if ($isOn) {
        throw ('{0} {1} is enabled. Disable it before it is changed. Nothing was changed.' -f $Kind, $name)
    }
    $record = Read-Record -Path $RecordPath -InitialDomain $InitialDomain
    $kept = @()
    if ($null -ne $record) { $kept = @(Get-RecordedObject -Record $record -Kind $Kind -Name $name) }
    if ($kept.Count -ne 1) {
        $text = '{0} does not hold {1} {2}, so it could not be restored. Run preflight.ps1 first.'
        throw ($text -f $RecordPath, $Kind, $name)
    }
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
    $mark = 'mgc nadeshiko-medical/m365'
    if ($RecordPath -eq '') {
        $RecordPath = Join-Path -Path $PSScriptRoot -ChildPath 'before.json'
    }
    $RecordPath = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($RecordPath)

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
        TestMode = $false
        TlsSettings = 'DomainValidation'
        TlsDomain = 'relay.gateway.example'
        Comment = 'mgc nadeshiko-medical/m365'
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
        Mode = 'Enforce'
        Comments = 'mgc nadeshiko-medical/m365'
    }

    # All is read before anything is changed.
    $ownership = @{
        Mark = $mark
        RecordPath = $RecordPath
        InitialDomain = 'nadeshiko.onmicrosoft.com'
    }
    $inboundConnectorFound = @(Get-NamedObject -Kind 'InboundConnector' -Name $inboundConnectorName)
    $inboundConnectorDifferences = @()
    $inboundConnectorKept = @()
    if ($inboundConnectorFound.Count -eq 1) {
        $current = $inboundConnectorFound[0]
        Assert-OwnObject -Item $current -Kind 'InboundConnector' -Adopt $Adopt @ownership
        $inboundConnectorDifferences = @(Get-Difference -Current $current -Parameters $inboundConnector)
        $inboundConnectorKept = @(Get-Difference -Current $current -Parameters $inboundConnectorCreation)
    }
    $outboundConnectorFound = @(Get-NamedObject -Kind 'OutboundConnector' -Name $outboundConnectorName)
    $outboundConnectorDifferences = @()
    if ($outboundConnectorFound.Count -eq 1) {
        $current = $outboundConnectorFound[0]
        Assert-OwnObject -Item $current -Kind 'OutboundConnector' -Adopt $Adopt @ownership
        $outboundConnectorDifferences = @(Get-Difference -Current $current -Parameters $outboundConnector)
    }
    $outboundRuleFound = @(Get-NamedObject -Kind 'TransportRule' -Name $outboundRuleName)
    $outboundRuleDifferences = @()
    if ($outboundRuleFound.Count -eq 1) {
        $current = $outboundRuleFound[0]
        Assert-OwnObject -Item $current -Kind 'TransportRule' -Adopt $Adopt @ownership
        $outboundRuleDifferences = @(Get-Difference -Current $current -Parameters $outboundRule)
    }
    $egress = @('192.0.2.0/28')
    if ($inboundConnectorFound.Count -eq 1 -and $inboundConnectorFound[0].Enabled -eq $true) {
        Assert-NoBypass -Addresses $egress -Except $AcceptRule
    }

    if ($inboundConnectorFound.Count -eq 0) {
        if ($PSCmdlet.ShouldProcess($inboundConnectorName, 'Create disabled InboundConnector')) {
            $given = Get-GivenParameter -Parameters $inboundConnector
            $new = @{
                Name = $inboundConnectorName
                Enabled = $false
            }
            $null = New-InboundConnector @new @given @inboundConnectorCreation -ErrorAction Stop
            Write-Outcome -Name $inboundConnectorName -Outcome 'created, disabled'
        }
        elseif (-not $WhatIfPreference) {
            throw ('{0} was not created. Nothing after it was done.' -f $inboundConnectorName)
        }
    }
    elseif ($inboundConnectorDifferences.Count -eq 0) {
        Write-Outcome -Name $inboundConnectorName -Outcome 'unchanged'
    }
    else {
        $detail = $inboundConnectorDifferences -join '; '
        if ($PSCmdlet.ShouldProcess($inboundConnectorName, 'Change InboundConnector')) {
            $identity = [string] $inboundConnectorFound[0].Guid
            Set-InboundConnector -Identity $identity @inboundConnector -ErrorAction Stop
            Write-Outcome -Name $inboundConnectorName -Outcome 'changed' -Detail $detail
        }
        elseif (-not $WhatIfPreference) {
            throw ('{0} was not changed. Nothing after it was done.' -f $inboundConnectorName)
        }
    }
    if ($inboundConnectorKept.Count -gt 0) {
        $detail = $inboundConnectorKept -join '; '
        Write-Outcome -Name $inboundConnectorName -Outcome 'left as it is' -Detail $detail
    }

    if ($outboundConnectorFound.Count -eq 0) {
        if ($PSCmdlet.ShouldProcess($outboundConnectorName, 'Create disabled OutboundConnector')) {
            $given = Get-GivenParameter -Parameters $outboundConnector
            $new = @{
                Name = $outboundConnectorName
                Enabled = $false
            }
            $null = New-OutboundConnector @new @given -ErrorAction Stop
            Write-Outcome -Name $outboundConnectorName -Outcome 'created, disabled'
        }
        elseif (-not $WhatIfPreference) {
            throw ('{0} was not created. Nothing after it was done.' -f $outboundConnectorName)
        }
    }
    elseif ($outboundConnectorDifferences.Count -eq 0) {
        Write-Outcome -Name $outboundConnectorName -Outcome 'unchanged'
    }
    else {
        $detail = $outboundConnectorDifferences -join '; '
        if ($PSCmdlet.ShouldProcess($outboundConnectorName, 'Change OutboundConnector')) {
            $identity = [string] $outboundConnectorFound[0].Guid
            Set-OutboundConnector -Identity $identity @outboundConnector -ErrorAction Stop
            Write-Outcome -Name $outboundConnectorName -Outcome 'changed' -Detail $detail
        }
        elseif (-not $WhatIfPreference) {
            throw ('{0} was not changed. Nothing after it was done.' -f $outboundConnectorName)
        }
    }

    if ($outboundRuleFound.Count -eq 0) {
        if ($PSCmdlet.ShouldProcess($outboundRuleName, 'Create disabled TransportRule')) {
            $given = Get-GivenParameter -Parameters $outboundRule
            $new = @{
                Name = $outboundRuleName
                Enabled = $false
            }
            $null = New-TransportRule @new @given -ErrorAction Stop
            Write-Outcome -Name $outboundRuleName -Outcome 'created, disabled'
        }
        elseif (-not $WhatIfPreference) {
            throw ('{0} was not created. Nothing after it was done.' -f $outboundRuleName)
        }
    }
    elseif ($outboundRuleDifferences.Count -eq 0) {
        Write-Outcome -Name $outboundRuleName -Outcome 'unchanged'
    }
    else {
        $detail = $outboundRuleDifferences -join '; '
        if ($PSCmdlet.ShouldProcess($outboundRuleName, 'Change TransportRule')) {
            $identity = [string] $outboundRuleFound[0].Guid
            Set-TransportRule -Identity $identity @outboundRule -ErrorAction Stop
            Write-Outcome -Name $outboundRuleName -Outcome 'changed' -Detail $detail
        }
        elseif (-not $WhatIfPreference) {
            throw ('{0} was not changed. Nothing after it was done.' -f $outboundRuleName)
        }
    }
}
catch {
    Write-Warning ('Stopped: {0}' -f $_.Exception.Message)
    throw
}
finally {
    $null = Stop-Transcript
}
