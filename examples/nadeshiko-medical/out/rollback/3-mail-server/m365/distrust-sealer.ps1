#Requires -Version 5.1
#Requires -Modules @{ ModuleName = 'ExchangeOnlineManagement'; ModuleVersion = '3.0.0' }

<#
.SYNOPSIS
    Takes MailGates out of the trusted ARC sealers. Other sealers stay.
.DESCRIPTION
    Run it only where trust-sealer.ps1 printed 'added'.
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
if ($trusted -notcontains $sealer) {
    Write-Outcome -Name $sealer -Outcome 'unchanged' -Detail ($trusted -join ', ')
}
elseif ($PSCmdlet.ShouldProcess($sealer, 'Trust this ARC sealer no longer')) {
    $wanted = @($trusted | Where-Object { $_ -ne $sealer })
    # A blank empties the list (Set-ArcConfig).
    if ($wanted.Count -eq 0) { $wanted = @(' ') }
    Set-ArcConfig -Identity $Identity -ArcTrustedSealers $wanted -Confirm:$false -ErrorAction Stop
    $now = @(Get-TrustedSealer)
    if ($now -contains $sealer) { throw ('{0} is still trusted.' -f $sealer) }
    Write-Outcome -Name $sealer -Outcome 'removed' -Detail ('now: {0}' -f ($now -join ', '))
}
