#Requires -Version 5.1
#Requires -Modules @{ ModuleName = 'ExchangeOnlineManagement'; ModuleVersion = '3.0.0' }

<#
.SYNOPSIS
    Lists mailboxes that MailGates cannot work with as they are. Changes nothing.
.DESCRIPTION
    A user's UPN has to equal the mail address. Shared mailboxes cannot log in and need the
    login exemption in MailGates: each is compared with sharedMailboxes of tenant.yaml.
    Ends with exit code 1 where there is a problem.
#>
[CmdletBinding()]
param()

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

$domains = @('nadeshiko.example')
$shared = @('uketsuke@nadeshiko.example')

$query = @{
    RecipientTypeDetails = @('UserMailbox', 'SharedMailbox', 'RoomMailbox', 'EquipmentMailbox')
}
$mailboxes = @(Get-EXOMailbox @query -ResultSize Unlimited -ErrorAction Stop)
$equal = 0
$seen = @{}
$findings = @(
    foreach ($mailbox in $mailboxes) {
        $address = ([string] $mailbox.PrimarySmtpAddress).ToLowerInvariant()
        $domain = @($address -split '@')[-1]
        $kind = [string] $mailbox.RecipientTypeDetails
        $seen[$address] = $kind
        if ($domains -notcontains $domain) { continue }
        if ($kind -eq 'UserMailbox') {
            $upn = [string] $mailbox.UserPrincipalName
            if ($upn -eq $address) {
                $equal += 1
                continue
            }
            $detail = 'has the UPN {0}; MailGates knows only users whose UPN is the address' -f $upn
            Write-Finding -State 'problem' -Subject $address -Detail $detail
        }
        elseif ($kind -eq 'SharedMailbox' -and $shared -contains $address) {
            $detail = 'is shared: set the login exemption in MailGates'
            Write-Finding -State 'note' -Subject $address -Detail $detail
        }
        elseif ($kind -eq 'SharedMailbox') {
            $detail = 'is shared, and not in sharedMailboxes of tenant.yaml'
            Write-Finding -State 'problem' -Subject $address -Detail $detail
        }
        else {
            $detail = 'is a {0}: ask the vendor whether it needs the login exemption' -f $kind
            Write-Finding -State 'note' -Subject $address -Detail $detail
        }
    }
    foreach ($address in $shared) {
        if (-not $seen.ContainsKey($address.ToLowerInvariant())) {
            $detail = 'is in sharedMailboxes of tenant.yaml, and no mailbox has it as its address'
            Write-Finding -State 'problem' -Subject $address -Detail $detail
        }
        elseif ($seen[$address.ToLowerInvariant()] -ne 'SharedMailbox') {
            $detail = 'is in sharedMailboxes of tenant.yaml, and is a {0}'
            $kind = $seen[$address.ToLowerInvariant()]
            Write-Finding -State 'problem' -Subject $address -Detail ($detail -f $kind)
        }
    }
)
$findings
$detail = '{0} of {1} mailboxes are users whose UPN is the address' -f $equal, $mailboxes.Count
Write-Finding -State 'ok' -Subject 'users' -Detail $detail
$problems = @($findings | Where-Object { $_.State -eq 'problem' })
if ($problems.Count -gt 0) { exit 1 }
exit 0
