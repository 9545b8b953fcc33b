#Requires -Version 5.1
#Requires -Modules @{ ModuleName = 'ExchangeOnlineManagement'; ModuleVersion = '3.0.0' }

<#
.SYNOPSIS
    Compares what is there with what was meant. Changes nothing.
.DESCRIPTION
    Run it after connect.ps1, and after each start script with the switch for what was started.
    Prints ok, note or problem for each object; ends with exit code 1 where there is a problem.
    With -TestRecipient a test mail is sent by way of the outbound connector; nothing is changed
    by that, for only start-outbound.ps1 marks the connector as validated.
#>
[CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High')]
param(
    [switch] $InboundStarted,
    [switch] $OutboundStarted,
    [switch] $LockedDown,
    [switch] $ArchiveStarted,
    [string[]] $TestRecipient = @()
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

function Write-Finding {
    param(
        [Parameter(Mandatory = $true)]
        [ValidateSet('ok', 'note', 'problem')]
        [string] $State,
        [Parameter(Mandatory = $true)] [string] $Subject,
        [Parameter(Mandatory = $true)] [string] $Detail
    )
    [pscustomobject] @{ State = $State; Subject = $Subject; Detail = $Detail }
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

# What the lockdown makes of the inbound connector.
$lockdown = @{
    RestrictDomainsToCertificate = $true
    TlsSenderCertificateName = '*.gateway.example'
    RequireTls = $true
}
if ($LockedDown) {
    foreach ($name in @($lockdown.Keys)) {
        $inboundConnector[$name] = $lockdown[$name]
    }
}

# All is read before anything is said.
$checks = @(
    @{
        Subject = 'InboundConnector MailGates m365 inbound'
        Found = @(Get-NamedObject -Kind 'InboundConnector' -Name $inboundConnectorName)
        Parameters = $inboundConnector
        Started = [bool] $InboundStarted
    }
    @{
        Subject = 'OutboundConnector MailGates m365 outbound'
        Found = @(Get-NamedObject -Kind 'OutboundConnector' -Name $outboundConnectorName)
        Parameters = $outboundConnector
        Started = [bool] $OutboundStarted
    }
    @{
        Subject = 'TransportRule MailGates m365 outbound'
        Found = @(Get-NamedObject -Kind 'TransportRule' -Name $outboundRuleName)
        Parameters = $outboundRule
        Started = [bool] $OutboundStarted
    }
    @{
        Subject = 'JournalRule MailGates m365 archive'
        Found = @(Get-JournalRule -ErrorAction Stop | Where-Object { $_.Name -eq 'MailGates m365 archive' })
        Parameters = @{
            JournalEmailAddress = 'nadeshiko@journal.archive.example'
            Scope = 'Global'
        }
        Started = [bool] $ArchiveStarted
    }
)
$organization = Get-OrganizationConfig -ErrorAction Stop
$findings = @(
    foreach ($check in $checks) {
        $subject = $check.Subject
        if ($check.Found.Count -ne 1) {
            $detail = 'exists {0} times, not once' -f $check.Found.Count
            Write-Finding -State 'problem' -Subject $subject -Detail $detail
            continue
        }
        $current = $check.Found[0]
        $differences = @(Get-Difference -Current $current -Parameters $check.Parameters)
        foreach ($difference in $differences) {
            # Only a person knows whether a name is that of the address.
            $state = 'problem'
            if ($difference -like '*, which cannot be compared with *') { $state = 'note' }
            Write-Finding -State $state -Subject $subject -Detail $difference
        }
        if ($differences.Count -eq 0) {
            Write-Finding -State 'ok' -Subject $subject -Detail 'has the intended values'
        }
        $status = ConvertTo-ComparableText -Item $current -Name 'State'
        if ($status -eq '') { $status = ConvertTo-ComparableText -Item $current -Name 'Enabled' }
        $isOn = $status -eq 'Enabled' -or $status -eq 'True'
        if ($isOn -and $check.Started) {
            Write-Finding -State 'ok' -Subject $subject -Detail 'is enabled'
        }
        elseif ($isOn) {
            $detail = 'is enabled; pass the switch for what was started, or see who enabled it'
            Write-Finding -State 'problem' -Subject $subject -Detail $detail
        }
        elseif ($check.Started) {
            Write-Finding -State 'problem' -Subject $subject -Detail 'is not enabled'
        }
        else {
            Write-Finding -State 'ok' -Subject $subject -Detail 'is disabled, for it has not been started'
        }
    }
)
if ($LockedDown -and $organization.RejectDirectSend -ne $true) {
    $findings += Write-Finding -State 'problem' -Subject 'RejectDirectSend' -Detail 'is not on'
}

# A test mail, where an address for it is given
$connectors = @(Get-NamedObject -Kind 'OutboundConnector' -Name $outboundConnectorName)
if ($TestRecipient.Count -gt 0 -and $connectors.Count -eq 1) {
    $action = 'Send a test mail by way of the connector'
    if ($PSCmdlet.ShouldProcess($outboundConnectorName, $action)) {
        $test = @{ Identity = [string] $connectors[0].Guid; Recipients = $TestRecipient }
        $results = @(Validate-OutboundConnector @test -Confirm:$false -ErrorAction Stop)
        # What the cmdlet returns is not documented, so a person reads it.
        $report = ($results | Format-List | Out-String).Trim()
        $findings += Write-Finding -State 'note' -Subject 'test mail' -Detail $report
    }
}

$findings
$problems = @($findings | Where-Object { $_.State -eq 'problem' })
if ($problems.Count -gt 0) { exit 1 }
exit 0
