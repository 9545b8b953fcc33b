#Requires -Version 5.1
#Requires -Modules @{ ModuleName = 'ExchangeOnlineManagement'; ModuleVersion = '3.0.0' }

<#
.SYNOPSIS
    Creates the journal rule of the archive, disabled; with -Start it is enabled.
.DESCRIPTION
    Run it without -Start first. Can be run again. Sets who gets reports that cannot be delivered
    and prints who it was before: note it for stop-archive.ps1. Stops where another address is
    set already: name it with -ReplaceReportRecipient only if nothing else needs it, for it is
    one for the whole organization.
#>
[CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High')]
param(
    [switch] $Start,
    [string] $ReplaceReportRecipient = ''
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
foreach ($address in @($rule['JournalEmailAddress'], $reportTo)) {
    if ($accepted -contains @($address -split '@')[-1]) {
        throw ('{0} is an address of this organization, which reports cannot be sent to.' -f $address)
    }
}
$others = @(
    $rules | Where-Object {
        $_.Name -ne $ruleName -and [string] $_.JournalEmailAddress -eq $rule['JournalEmailAddress']
    }
)
foreach ($other in $others) {
    Write-Warning ('The journal rule {0} sends copies to the same archive.' -f $other.Name)
}
Write-Outcome -Name 'JournalingReportNdrTo' -Outcome 'note this' -Detail ('before this run: [{0}]' -f $before)
if ($before -eq $reportTo) {
    Write-Outcome -Name 'JournalingReportNdrTo' -Outcome 'unchanged'
}
elseif ($before -ne '' -and $before -ne $ReplaceReportRecipient) {
    throw ('JournalingReportNdrTo is {0} already. See -ReplaceReportRecipient.' -f $before)
}
elseif ($PSCmdlet.ShouldProcess($reportTo, 'Send undeliverable journal reports here')) {
    Set-TransportConfig -JournalingReportNdrTo $reportTo -ErrorAction Stop
    Write-Outcome -Name 'JournalingReportNdrTo' -Outcome 'changed' -Detail $reportTo
}
elseif (-not $WhatIfPreference) {
    throw 'JournalingReportNdrTo was not set. No rule was made.'
}

if ($current.Count -eq 0) {
    if ($Start) { throw ('Journal rule {0} does not exist. Run this without -Start first.' -f $ruleName) }
    if ($PSCmdlet.ShouldProcess($ruleName, 'Create disabled JournalRule')) {
        $null = New-JournalRule -Name $ruleName -Enabled $false @rule -ErrorAction Stop
        Write-Outcome -Name $ruleName -Outcome 'created, disabled'
    }
    return
}
$identity = [string] $current[0].Guid
if ($differences.Count -eq 0) {
    Write-Outcome -Name $ruleName -Outcome 'unchanged'
}
elseif ($Start) {
    throw ('{0} is not as intended: {1}. Run this without -Start.' -f $ruleName, ($differences -join '; '))
}
elseif ($PSCmdlet.ShouldProcess($ruleName, 'Change JournalRule')) {
    Set-JournalRule -Identity $identity @rule -ErrorAction Stop
    Write-Outcome -Name $ruleName -Outcome 'changed' -Detail ($differences -join '; ')
}
if (-not $Start) { return }
if ($current[0].Enabled -eq $true) {
    Write-Outcome -Name $ruleName -Outcome 'unchanged' -Detail 'is enabled'
}
elseif ($PSCmdlet.ShouldProcess($ruleName, 'Enable JournalRule')) {
    Enable-JournalRule -Identity $identity -Confirm:$false -ErrorAction Stop
    Write-Outcome -Name $ruleName -Outcome 'enabled'
}
