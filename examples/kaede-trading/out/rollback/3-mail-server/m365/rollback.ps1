#Requires -Version 5.1
#Requires -Modules @{ ModuleName = 'ExchangeOnlineManagement'; ModuleVersion = '3.0.0' }

<#
.SYNOPSIS
    Takes back what connect.ps1 and the start scripts did.
.DESCRIPTION
    Goes back in the reverse order of starting. What before.json of preflight.ps1 holds is
    restored as it was; what is not in it was made here and is removed, or with -KeepObjects
    only disabled. Without that file all is disabled and nothing is removed. What these scripts
    did not make is left alone.
    -Part Outbound or -Part Inbound goes back with that half only.
    Stops while mail still depends on the gateway: an MX record names it, RejectDirectSend is
    on, or the inbound connector is restricted. Each has a switch that goes on all the same;
    -IgnoreRestriction lifts the restriction first.
    Keeps a transcript beside this script, or where -TranscriptPath says.
#>
[CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High')]
param(
    [string] $TranscriptPath = '',
    [switch] $IgnoreMX,
    [switch] $IgnoreRejectDirectSend,
    [switch] $IgnoreRestriction,
    [string] $DnsServer = '',
    [ValidateSet('All', 'Inbound', 'Outbound')]
    [string] $Part = 'All',
    [switch] $KeepObjects,
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

function Get-RoutingRule {
    # The enabled rules that send mail to a connector: mail to a disabled one would wait or be lost.
    param(
        [Parameter(Mandatory = $true)] [string] $Connector,
        [string[]] $Except = @()
    )
    foreach ($rule in @(Get-MailObject -Kind 'TransportRule')) {
        $target = ConvertTo-ComparableText -Item $rule -Name 'RouteMessageOutboundConnector'
        if ([string] $rule.State -ne 'Enabled' -or $target -eq '') { continue }
        if ($Except -contains $rule.Name) { continue }
        if ((ConvertTo-ConnectorName -Text $target) -eq $Connector) { [string] $rule.Name }
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
    Assert-Organization -InitialDomain 'kaedetrading.onmicrosoft.com'
    $mark = 'mgc kaede-trading/m365'
    if ($RecordPath -eq '') {
        $RecordPath = Join-Path -Path $PSScriptRoot -ChildPath '..\..\..\3-mail-server\m365\before.json'
    }
    $RecordPath = $PSCmdlet.GetUnresolvedProviderPathFromPSPath($RecordPath)
    $domains = @('kaede.example')
    $gateway = @('mx1.gateway.example', 'mx2.gateway.example')
    $connectorName = 'MailGates m365 inbound'
    $unrestricted = @{
        RequireTls = $false
        RestrictDomainsToIPAddresses = $false
        RestrictDomainsToCertificate = $false
    }
    $inboundConnectorName = 'MailGates m365 inbound'
    $outboundConnectorName = 'MailGates m365 outbound'
    $outboundRuleName = 'MailGates m365 outbound'

    # All is read before anything is changed.
    $record = Read-Record -Path $RecordPath -InitialDomain 'kaedetrading.onmicrosoft.com'
    if ($null -eq $record) {
        $detail = 'there is no record at {0}: all is disabled, nothing is removed' -f $RecordPath
    }
    else {
        $detail = 'as {0} holds it' -f $RecordPath
    }
    Write-Outcome -Name 'rollback' -Outcome 'way back' -Detail $detail
    $restricted = @(Get-NamedObject -Kind 'InboundConnector' -Name $connectorName)
    # A connector of the same name that was not made here is left alone.
    $restricted = @($restricted | Where-Object { Test-OwnMark -Item $_ -Mark $mark })
    $differences = @()
    if ($restricted.Count -eq 1) {
        $differences = @(Get-Difference -Current $restricted[0] -Parameters $unrestricted)
    }

    if ($Part -ne 'Outbound') {
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
        $rejectedBefore = $null -ne $record -and @($record.organizationConfigs)[0].RejectDirectSend -eq $true
        if ($organization.RejectDirectSend -eq $true -and -not ($IgnoreRejectDirectSend -or $rejectedBefore)) {
            $text = 'RejectDirectSend is on. Undo the lockdown first; '
            throw ($text + 'if it was on before MailGates, pass -IgnoreRejectDirectSend.')
        }
        if ($differences.Count -gt 0 -and -not $IgnoreRestriction) {
            $text = '{0} is restricted: {1}. Undo the lockdown first. See -IgnoreRestriction.'
            throw ($text -f $connectorName, ($differences -join '; '))
        }
    }

    $query = @{
        Kind = 'TransportRule'
        Name = $outboundRuleName
    }
    $outboundRuleFound = @(Get-NamedObject @query)
    $outboundRuleRecorded = @()
    if ($null -ne $record) {
        $outboundRuleRecorded = @(Get-RecordedObject -Record $record @query)
    }
    if ($outboundRuleRecorded.Count -eq 1) {
        $was = $outboundRuleRecorded[0]
        $outboundRuleRestored = @{
            FromScope = Get-RecordedValue $was 'FromScope'
            SentToScope = Get-RecordedValue $was 'SentToScope'
            SenderDomainIs = Get-RecordedValue $was 'SenderDomainIs'
            From = Get-RecordedValue $was 'From'
            RouteMessageOutboundConnector = Get-RecordedValue $was 'RouteMessageOutboundConnector'
            ExceptIfHeaderContainsMessageHeader = Get-RecordedValue $was 'ExceptIfHeaderContainsMessageHeader'
            ExceptIfHeaderContainsWords = Get-RecordedValue $was 'ExceptIfHeaderContainsWords'
            ExceptIfSenderIpRanges = Get-RecordedValue $was 'ExceptIfSenderIpRanges'
            StopRuleProcessing = Get-RecordedValue $was 'StopRuleProcessing'
            Mode = Get-RecordedValue $was 'Mode'
            Comments = Get-RecordedValue $was 'Comments'
        }
    }

    $query = @{
        Kind = 'OutboundConnector'
        Name = $outboundConnectorName
    }
    $outboundConnectorFound = @(Get-NamedObject @query)
    $outboundConnectorRecorded = @()
    if ($null -ne $record) {
        $outboundConnectorRecorded = @(Get-RecordedObject -Record $record @query)
    }
    if ($outboundConnectorRecorded.Count -eq 1) {
        $was = $outboundConnectorRecorded[0]
        $outboundConnectorRestored = @{
            ConnectorType = Get-RecordedValue $was 'ConnectorType'
            UseMXRecord = Get-RecordedValue $was 'UseMXRecord'
            SmartHosts = Get-RecordedValue $was 'SmartHosts'
            IsTransportRuleScoped = Get-RecordedValue $was 'IsTransportRuleScoped'
            TestMode = Get-RecordedValue $was 'TestMode'
            TlsSettings = Get-RecordedValue $was 'TlsSettings'
            TlsDomain = Get-RecordedValue $was 'TlsDomain'
            Comment = Get-RecordedValue $was 'Comment'
            Enabled = Get-RecordedValue $was 'Enabled'
        }
    }
    $outboundConnectorRoutes = @(Get-RoutingRule -Connector $outboundConnectorName -Except $outboundRuleName)

    $query = @{
        Kind = 'InboundConnector'
        Name = $inboundConnectorName
    }
    $inboundConnectorFound = @(Get-NamedObject @query)
    $inboundConnectorRecorded = @()
    if ($null -ne $record) {
        $inboundConnectorRecorded = @(Get-RecordedObject -Record $record @query)
    }
    if ($inboundConnectorRecorded.Count -eq 1) {
        $was = $inboundConnectorRecorded[0]
        $inboundConnectorRestored = @{
            ConnectorType = Get-RecordedValue $was 'ConnectorType'
            SenderDomains = Get-RecordedValue $was 'SenderDomains'
            RequireTls = Get-RecordedValue $was 'RequireTls'
            RestrictDomainsToIPAddresses = Get-RecordedValue $was 'RestrictDomainsToIPAddresses'
            RestrictDomainsToCertificate = Get-RecordedValue $was 'RestrictDomainsToCertificate'
            EFSkipLastIP = Get-RecordedValue $was 'EFSkipLastIP'
            EFSkipIPs = Get-RecordedValue $was 'EFSkipIPs'
            EFUsers = Get-RecordedValue $was 'EFUsers'
            Comment = Get-RecordedValue $was 'Comment'
            SenderIPAddresses = Get-RecordedValue $was 'SenderIPAddresses'
            TlsSenderCertificateName = Get-RecordedValue $was 'TlsSenderCertificateName'
            Enabled = Get-RecordedValue $was 'Enabled'
        }
    }

    if ($Part -ne 'Outbound') {
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

    if ($Part -ne 'Inbound') {
        # Mail flow rule
        if ($outboundRuleFound.Count -eq 0) {
            Write-Outcome -Name $outboundRuleName -Outcome 'does not exist'
        }
        elseif (-not (Test-OwnMark -Item $outboundRuleFound[0] -Mark $mark)) {
            Write-Outcome -Name $outboundRuleName -Outcome 'left as it is' -Detail 'not made here'
        }
        elseif ($outboundRuleRecorded.Count -eq 1) {
            if ($PSCmdlet.ShouldProcess($outboundRuleName, 'Restore TransportRule')) {
                $identity = [string] $outboundRuleFound[0].Guid
                Disable-TransportRule -Identity $identity -Confirm:$false -ErrorAction Stop
                Set-TransportRule -Identity $identity @outboundRuleRestored -ErrorAction Stop
                if ([string] $outboundRuleRecorded[0].State -eq 'Enabled') {
                    Enable-TransportRule -Identity $identity -Confirm:$false -ErrorAction Stop
                }
                Write-Outcome -Name $outboundRuleName -Outcome 'restored' -Detail $RecordPath
            }
            elseif (-not $WhatIfPreference) {
                throw ('{0} was not restored. Nothing after it was done.' -f $outboundRuleName)
            }
        }
        else {
            $identity = [string] $outboundRuleFound[0].Guid
            if ([string] $outboundRuleFound[0].State -ne 'Disabled') {
                if ($PSCmdlet.ShouldProcess($outboundRuleName, 'Disable TransportRule')) {
                    Disable-TransportRule -Identity $identity -Confirm:$false -ErrorAction Stop
                    Write-Outcome -Name $outboundRuleName -Outcome 'disabled'
                }
                elseif (-not $WhatIfPreference) {
                    throw ('{0} was not disabled. Nothing after it was done.' -f $outboundRuleName)
                }
            }
            else {
                Write-Outcome -Name $outboundRuleName -Outcome 'is disabled'
            }
            if ($null -ne $record -and -not $KeepObjects) {
                if ($PSCmdlet.ShouldProcess($outboundRuleName, 'Remove TransportRule')) {
                    Remove-TransportRule -Identity $identity -Confirm:$false -ErrorAction Stop
                    Write-Outcome -Name $outboundRuleName -Outcome 'removed'
                }
                elseif (-not $WhatIfPreference) {
                    throw ('{0} was not removed. Nothing after it was done.' -f $outboundRuleName)
                }
            }
        }
        # Outbound connector
        if ($outboundConnectorFound.Count -eq 0) {
            Write-Outcome -Name $outboundConnectorName -Outcome 'does not exist'
        }
        elseif (-not (Test-OwnMark -Item $outboundConnectorFound[0] -Mark $mark)) {
            Write-Outcome -Name $outboundConnectorName -Outcome 'left as it is' -Detail 'not made here'
        }
        elseif ($outboundConnectorRoutes.Count -gt 0) {
            $detail = 'rules still route to it: ' + ($outboundConnectorRoutes -join ', ')
            Write-Outcome -Name $outboundConnectorName -Outcome 'left as it is' -Detail $detail
        }
        elseif ($outboundConnectorRecorded.Count -eq 1) {
            if ($PSCmdlet.ShouldProcess($outboundConnectorName, 'Restore OutboundConnector')) {
                $identity = [string] $outboundConnectorFound[0].Guid
                Set-OutboundConnector -Identity $identity @outboundConnectorRestored -ErrorAction Stop
                Write-Outcome -Name $outboundConnectorName -Outcome 'restored' -Detail $RecordPath
            }
            elseif (-not $WhatIfPreference) {
                throw ('{0} was not restored. Nothing after it was done.' -f $outboundConnectorName)
            }
        }
        else {
            $identity = [string] $outboundConnectorFound[0].Guid
            if ($outboundConnectorFound[0].Enabled -ne $false) {
                if ($PSCmdlet.ShouldProcess($outboundConnectorName, 'Disable OutboundConnector')) {
                    Set-OutboundConnector -Identity $identity -Enabled $false -ErrorAction Stop
                    Write-Outcome -Name $outboundConnectorName -Outcome 'disabled'
                }
                elseif (-not $WhatIfPreference) {
                    throw ('{0} was not disabled. Nothing after it was done.' -f $outboundConnectorName)
                }
            }
            else {
                Write-Outcome -Name $outboundConnectorName -Outcome 'is disabled'
            }
            if ($null -ne $record -and -not $KeepObjects) {
                if ($PSCmdlet.ShouldProcess($outboundConnectorName, 'Remove OutboundConnector')) {
                    Remove-OutboundConnector -Identity $identity -Confirm:$false -ErrorAction Stop
                    Write-Outcome -Name $outboundConnectorName -Outcome 'removed'
                }
                elseif (-not $WhatIfPreference) {
                    throw ('{0} was not removed. Nothing after it was done.' -f $outboundConnectorName)
                }
            }
        }
    }
    if ($Part -ne 'Outbound') {
        # Inbound connector
        if ($inboundConnectorFound.Count -eq 0) {
            Write-Outcome -Name $inboundConnectorName -Outcome 'does not exist'
        }
        elseif (-not (Test-OwnMark -Item $inboundConnectorFound[0] -Mark $mark)) {
            Write-Outcome -Name $inboundConnectorName -Outcome 'left as it is' -Detail 'not made here'
        }
        elseif ($inboundConnectorRecorded.Count -eq 1) {
            if ($PSCmdlet.ShouldProcess($inboundConnectorName, 'Restore InboundConnector')) {
                $identity = [string] $inboundConnectorFound[0].Guid
                Set-InboundConnector -Identity $identity @inboundConnectorRestored -ErrorAction Stop
                Write-Outcome -Name $inboundConnectorName -Outcome 'restored' -Detail $RecordPath
            }
            elseif (-not $WhatIfPreference) {
                throw ('{0} was not restored. Nothing after it was done.' -f $inboundConnectorName)
            }
        }
        else {
            $identity = [string] $inboundConnectorFound[0].Guid
            if ($inboundConnectorFound[0].Enabled -ne $false) {
                if ($PSCmdlet.ShouldProcess($inboundConnectorName, 'Disable InboundConnector')) {
                    Set-InboundConnector -Identity $identity -Enabled $false -ErrorAction Stop
                    Write-Outcome -Name $inboundConnectorName -Outcome 'disabled'
                }
                elseif (-not $WhatIfPreference) {
                    throw ('{0} was not disabled. Nothing after it was done.' -f $inboundConnectorName)
                }
            }
            else {
                Write-Outcome -Name $inboundConnectorName -Outcome 'is disabled'
            }
            if ($null -ne $record -and -not $KeepObjects) {
                if ($PSCmdlet.ShouldProcess($inboundConnectorName, 'Remove InboundConnector')) {
                    Remove-InboundConnector -Identity $identity -Confirm:$false -ErrorAction Stop
                    Write-Outcome -Name $inboundConnectorName -Outcome 'removed'
                }
                elseif (-not $WhatIfPreference) {
                    throw ('{0} was not removed. Nothing after it was done.' -f $inboundConnectorName)
                }
            }
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
