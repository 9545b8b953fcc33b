#Requires -Version 5.1
#Requires -Modules @{ ModuleName = 'ExchangeOnlineManagement'; ModuleVersion = '3.0.0' }

<#
.SYNOPSIS
    Validates the outbound connector, then enables it and its mail flow rule.
.DESCRIPTION
    First checks that all is as connect.ps1 makes it and that SPF, and DKIM and DMARC where
    they are planned, are published. Sends a test mail to the address that you give, outside
    your organization, and asks whether it came. A value that only reads back in another
    spelling is accepted with -AcceptDifference and the name of its parameter. With -DnsServer
    another server than the computer's own is asked.
    Keeps a transcript beside this script, or where -TranscriptPath says.
#>
[CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High')]
param(
    [string] $TranscriptPath = '',
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

function Assert-SigningKey {
    # The name publishes one DKIM key, and it is this one.
    param(
        [Parameter(Mandatory = $true)] [string] $Name,
        [Parameter(Mandatory = $true)] [string] $Key,
        [string] $Server = ''
    )
    $texts = @(
        foreach ($answer in @(Get-DnsAnswer -Name $Name -Type 'TXT' -Server $Server)) {
            (@($answer.Strings) -join '') -replace ' ', ''
        }
    )
    if ($texts.Count -ne 1 -or -not $texts[0].EndsWith('p=' + $Key)) {
        throw ('The DKIM key at {0} is not that of tenant.yaml: [{1}].' -f $Name, ($texts -join '], ['))
    }
}

function Assert-ReportPolicy {
    # The domain publishes one DMARC record.
    param([Parameter(Mandatory = $true)] [string] $Domain, [string] $Server = '')
    $records = @(
        foreach ($answer in @(Get-DnsAnswer -Name ('_dmarc.' + $Domain) -Type 'TXT' -Server $Server)) {
            $text = @($answer.Strings) -join ''
            if ($text -cmatch '^v=DMARC1 *(;|$)') { $text }
        }
    )
    if ($records.Count -ne 1) {
        throw ('{0} has {1} DMARC records in the DNS, not one.' -f $Domain, $records.Count)
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
        Mode = 'Enforce'
        Comments = 'mgc nadeshiko-medical/m365'
    }
    $check = @{
        Kind = 'TransportRule'
        Name = $outboundRuleName
        Parameters = $outboundRule
        Accept = $AcceptDifference
    }
    $outboundRuleCurrent = Assert-AsMeant @check

    # Mail may leave by way of MailGates only where the DNS already says so.
    Assert-Resolver
    $domains = @('nadeshiko.example')
    foreach ($domain in $domains) {
        Assert-SenderPolicy -Domain $domain -Include 'spf.gateway.example' -Server $DnsServer
    }
    Write-Warning 'The DKIM key of mg._domainkey.nadeshiko.example is not known yet: it was not looked for.'
    Assert-ReportPolicy -Domain 'nadeshiko.example' -Server $DnsServer

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
        Write-Outcome -Name $outboundConnectorName -Outcome 'unchanged' -Detail ''
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
        Write-Outcome -Name $outboundRuleName -Outcome 'unchanged' -Detail ''
    }
    elseif ($PSCmdlet.ShouldProcess($outboundRuleName, 'Enable TransportRule')) {
        $identity = [string] $outboundRuleCurrent.Guid
        Enable-TransportRule -Identity $identity -Confirm:$false -ErrorAction Stop
        Write-Outcome -Name $outboundRuleName -Outcome 'enabled'
    }
    elseif (-not $WhatIfPreference) {
        throw ('{0} was not enabled. Nothing after it was done.' -f $outboundRuleName)
    }
}
catch {
    Write-Warning ('Stopped: {0}' -f $_.Exception.Message)
    throw
}
finally {
    $null = Stop-Transcript
}
