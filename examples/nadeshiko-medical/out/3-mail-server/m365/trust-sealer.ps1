#Requires -Version 5.1
#Requires -Modules @{ ModuleName = 'ExchangeOnlineManagement'; ModuleVersion = '3.0.0' }

<#
.SYNOPSIS
    Adds MailGates to the trusted ARC sealers.
.DESCRIPTION
    Can be run again. Other sealers stay. If it prints 'unchanged', the sealer was trusted before
    MailGates: then do not run the script that takes it back.
    With -Identity the list of a delegated organization is named: TENANT-ID\Default.
#>
[CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High')]
param(
    [string] $Identity = 'Default'
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

function Write-Outcome {
    param(
        [Parameter(Mandatory = $true)] [string] $Name,
        [Parameter(Mandatory = $true)] [string] $Outcome,
        [string] $Detail = ''
    )
    [pscustomobject] @{ Name = $Name; Outcome = $Outcome; Detail = $Detail }
}

Assert-Organization -InitialDomain 'nadeshiko.onmicrosoft.com'

$sealer = 'gateway.example'
function Get-TrustedSealer {
    foreach ($config in @(Get-ArcConfig -ErrorAction Stop)) {
        foreach ($text in @($config.ArcTrustedSealers)) {
            foreach ($part in @(([string] $text) -split ',')) {
                if ($part.Trim() -ne '') { $part.Trim() }
            }
        }
    }
}

$trusted = @(Get-TrustedSealer)
if ($trusted -contains $sealer) {
    Write-Outcome -Name $sealer -Outcome 'unchanged' -Detail ($trusted -join ', ')
}
elseif ($PSCmdlet.ShouldProcess($sealer, 'Trust this ARC sealer')) {
    $wanted = @($trusted) + $sealer
    Set-ArcConfig -Identity $Identity -ArcTrustedSealers $wanted -Confirm:$false -ErrorAction Stop
    $now = @(Get-TrustedSealer)
    $missing = @($wanted | Where-Object { $now -notcontains $_ })
    if ($missing.Count -gt 0) {
        throw ('The list lacks {0} after the change.' -f ($missing -join ', '))
    }
    Write-Outcome -Name $sealer -Outcome 'added' -Detail ('before: {0}' -f ($trusted -join ', '))
}
