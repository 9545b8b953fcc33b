#Requires -Version 5.1
#Requires -Modules @{ ModuleName = 'ExchangeOnlineManagement'; ModuleVersion = '3.0.0' }

<#
.SYNOPSIS
    Disables the journal rule of the archive. Removes nothing.
.DESCRIPTION
    What was journaled stays in the archive. With -RestoreReportRecipient the address that
    archive.ps1 printed as the one before is set again.
#>
[CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High')]
param(
    [string] $RestoreReportRecipient = ''
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

function Write-Outcome {
    param(
        [Parameter(Mandatory = $true)] [string] $Name,
        [Parameter(Mandatory = $true)] [string] $Outcome,
        [string] $Detail = ''
    )
    [pscustomobject] @{ Name = $Name; Outcome = $Outcome; Detail = $Detail }
}

Assert-Organization -InitialDomain 'nadeshiko.onmicrosoft.com'

$ruleName = 'MailGates m365 archive'
$rule = @{
    JournalEmailAddress = 'nadeshiko@journal.archive.example'
    Scope = 'Global'
}
$reportTo = 'nadeshiko@reports.archive.example'

# All is read before anything is changed.
$accepted = @(foreach ($domain in @(Get-AcceptedDomain -ErrorAction Stop)) { [string] $domain.DomainName })
$rules = @(Get-JournalRule -ErrorAction Stop)
$before = ConvertTo-ComparableText -Item (Get-TransportConfig -ErrorAction Stop) -Name 'JournalingReportNdrTo'
# An empty address reads back as <>.
if ($before -eq '<>') { $before = '' }
$current = @($rules | Where-Object { $_.Name -eq $ruleName })
if ($current.Count -gt 1) {
    throw ('{0} journal rules have the name {1}.' -f $current.Count, $ruleName)
}
$differences = @(
    foreach ($item in $current) {
        foreach ($name in @($rule.Keys | Sort-Object)) {
            $now = ConvertTo-ComparableText -Item $item -Name $name
            if ($now -ne $rule[$name]) { '{0} is [{1}], intended [{2}]' -f $name, $now, $rule[$name] }
        }
    }
)
if ($current.Count -eq 0) {
    Write-Outcome -Name $ruleName -Outcome 'does not exist'
}
elseif ($current[0].Enabled -ne $true) {
    Write-Outcome -Name $ruleName -Outcome 'unchanged' -Detail (@('is disabled') + $differences -join '; ')
}
elseif ($PSCmdlet.ShouldProcess($ruleName, 'Disable JournalRule')) {
    $identity = [string] $current[0].Guid
    Disable-JournalRule -Identity $identity -Confirm:$false -ErrorAction Stop
    Write-Outcome -Name $ruleName -Outcome 'disabled'
}
if ($RestoreReportRecipient -eq '' -or $RestoreReportRecipient -eq $before) {
    Write-Outcome -Name 'JournalingReportNdrTo' -Outcome 'unchanged' -Detail ('[{0}]' -f $before)
}
elseif ($before -ne $reportTo) {
    throw ('JournalingReportNdrTo is {0}, which archive.ps1 did not set. It was not changed.' -f $before)
}
elseif ($PSCmdlet.ShouldProcess($RestoreReportRecipient, 'Send undeliverable journal reports here')) {
    Set-TransportConfig -JournalingReportNdrTo $RestoreReportRecipient -ErrorAction Stop
    Write-Outcome -Name 'JournalingReportNdrTo' -Outcome 'changed' -Detail $RestoreReportRecipient
}
