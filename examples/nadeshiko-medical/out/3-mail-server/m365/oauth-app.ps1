#Requires -Version 5.1
#Requires -Modules @{ ModuleName = 'Microsoft.Graph.Applications'; ModuleVersion = '2.0.0' }
#Requires -Modules @{ ModuleName = 'Microsoft.Graph.Identity.DirectoryManagement'; ModuleVersion = '2.0.0' }

<#
.SYNOPSIS
    Registers the app by which MailGates knows the users of Microsoft 365.
.DESCRIPTION
    Can be run again: what exists is compared and, where it differs, corrected. Connect first:
    Connect-MgGraph -Scopes 'Application.ReadWrite.All', 'Organization.Read.All'
    With -NewSecret a client secret is made and shown this once, in the console window alone.
    It is written to no file and no transcript: a running transcript is stopped before.
    The permissions work only after an administrator has consented: see the link it prints.
#>
[CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High')]
param(
    [switch] $NewSecret,
    [ValidateRange(1, 24)] [int] $SecretMonths = 24
)

Set-StrictMode -Version 3.0
$ErrorActionPreference = 'Stop'

function Write-Outcome {
    param(
        [Parameter(Mandatory = $true)] [string] $Name,
        [Parameter(Mandatory = $true)] [string] $Outcome,
        [string] $Detail = ''
    )
    [pscustomobject] @{ Name = $Name; Outcome = $Outcome; Detail = $Detail }
}

function Assert-Organization {
    # The session must belong to the organization that this script was written for.
    param([Parameter(Mandatory = $true)] [string] $InitialDomain)
    $scopes = @('Application.ReadWrite.All', 'Organization.Read.All')
    $context = Get-MgContext -ErrorAction Stop
    $granted = @(if ($null -ne $context) { $context.Scopes })
    $missing = @($scopes | Where-Object { $granted -notcontains $_ })
    if ($missing.Count -gt 0) {
        throw ('The session lacks {0}. Connect first: see the top of this script.' -f ($missing -join ', '))
    }
    $names = @(
        foreach ($organization in @(Get-MgOrganization -All -ErrorAction Stop)) {
            foreach ($domain in @($organization.VerifiedDomains)) { [string] $domain.Name }
        }
    )
    if ($names -notcontains $InitialDomain) {
        throw ('This session does not belong to {0}. Connect to it first.' -f $InitialDomain)
    }
}

Assert-Organization -InitialDomain 'nadeshiko.onmicrosoft.com'

$initialDomain = 'nadeshiko.onmicrosoft.com'
$appName = 'MailGates m365'
$redirect = 'https://redirect.gateway.example/'
$audience = 'AzureADMyOrg'
$platform = 'Web'
$application = @('User.Read.All')
$delegated = @()

# Microsoft Graph knows its permissions by identifiers: they are looked up, never written here.
$filter = 'appId eq ''00000003-0000-0000-c000-000000000000'''
$graph = @(Get-MgServicePrincipal -Filter $filter -ErrorAction Stop)
if ($graph.Count -ne 1) { throw 'The service principal of Microsoft Graph cannot be found.' }
$access = @(
    foreach ($name in $application) {
        $roles = @(
            $graph[0].AppRoles | Where-Object {
                $_.Value -eq $name -and $_.AllowedMemberTypes -contains 'Application'
            }
        )
        if ($roles.Count -ne 1) { throw ('Microsoft Graph has no application permission {0}.' -f $name) }
        @{ Id = [string] $roles[0].Id; Type = 'Role' }
    }
    foreach ($name in $delegated) {
        $scopes = @($graph[0].Oauth2PermissionScopes | Where-Object { $_.Value -eq $name })
        if ($scopes.Count -ne 1) { throw ('Microsoft Graph has no delegated permission {0}.' -f $name) }
        @{ Id = [string] $scopes[0].Id; Type = 'Scope' }
    }
)
$resources = @()
if ($access.Count -gt 0) {
    $resources = @(@{ ResourceAppId = [string] $graph[0].AppId; ResourceAccess = $access })
}
$target = @{ RedirectUris = @($redirect) }

$apps = @(Get-MgApplication -Filter 'displayName eq ''MailGates m365''' -All -ErrorAction Stop)
if ($apps.Count -gt 1) { throw ('{0} apps have the name {1}.' -f $apps.Count, $appName) }
$app = $null
$differences = @()
if ($apps.Count -eq 1) {
    $app = $apps[0]
    if ($app.SignInAudience -ne $audience) {
        $differences += 'SignInAudience is [{0}], intended [{1}]' -f $app.SignInAudience, $audience
    }
    $registered = $app.$platform
    $uris = @(if ($null -ne $registered) { $registered.RedirectUris }) -join ', '
    if ($uris -cne $redirect) {
        $differences += 'RedirectUris is [{0}], intended [{1}]' -f $uris, $redirect
    }
    $now = @(
        foreach ($resource in @($app.RequiredResourceAccess)) {
            foreach ($item in @($resource.ResourceAccess)) { '{0} {1}' -f $item.Type, $item.Id }
        }
    )
    $meant = @(foreach ($item in $access) { '{0} {1}' -f $item.Type, $item.Id })
    if ((@($now | Sort-Object) -join ', ') -ne (@($meant | Sort-Object) -join ', ')) {
        $differences += 'the permissions differ'
    }
}

$wanted = @{
    SignInAudience = $audience
    Web = $target
    RequiredResourceAccess = $resources
}
if ($apps.Count -eq 0) {
    if ($PSCmdlet.ShouldProcess($appName, 'Register the app')) {
        $app = New-MgApplication -DisplayName $appName @wanted -ErrorAction Stop
        Write-Outcome -Name $appName -Outcome 'registered'
    }
}
elseif ($differences.Count -eq 0) {
    Write-Outcome -Name $appName -Outcome 'unchanged'
}
elseif ($PSCmdlet.ShouldProcess($appName, 'Change the app')) {
    Update-MgApplication -ApplicationId $app.Id @wanted -ErrorAction Stop
    Write-Outcome -Name $appName -Outcome 'changed' -Detail ($differences -join '; ')
}
if ($null -eq $app) { return }
$link = 'https://login.microsoftonline.com/{0}/adminconsent?client_id={1}'
$link = $link -f $initialDomain, $app.AppId
Write-Outcome -Name 'client ID' -Outcome 'enter it in MailGates' -Detail $app.AppId
Write-Outcome -Name 'admin consent' -Outcome 'open this link as an administrator' -Detail $link
$ends = @(foreach ($password in @($app.PasswordCredentials)) { $password.EndDateTime })
Write-Outcome -Name 'secrets' -Outcome ('there are {0}' -f $ends.Count) -Detail ($ends -join ', ')
if (-not $NewSecret) { return }

# Only a console shows what no file gets.
if ($Host.Name -ne 'ConsoleHost' -or [Console]::IsOutputRedirected) {
    throw 'Run this with -NewSecret in a console window, without sending its output elsewhere.'
}
if (-not $PSCmdlet.ShouldProcess($appName, 'Make a client secret and show it once')) { return }
$stopped = 0
$recording = $true
while ($recording -and $stopped -lt 20) {
    try {
        $null = Stop-Transcript -ErrorAction Stop
        $stopped += 1
    }
    catch {
        # Nothing is being recorded any more.
        $recording = $false
    }
}
if ($stopped -gt 0) { Write-Warning 'The transcript was stopped, so that the secret is not in it.' }
$credential = @{
    DisplayName = 'MailGates'
    EndDateTime = (Get-Date).ToUniversalTime().AddMonths($SecretMonths)
}
$made = @{ ApplicationId = $app.Id; PasswordCredential = $credential }
$secret = Add-MgApplicationPassword @made -ErrorAction Stop
[Console]::WriteLine('The client secret, shown this once. Enter it in MailGates now:')
[Console]::WriteLine($secret.SecretText)
[Console]::Write('Press Enter to clear the window.')
$null = [Console]::ReadLine()
[Console]::Clear()
$culture = [System.Globalization.CultureInfo]::InvariantCulture
$day = ([datetime] $secret.EndDateTime).ToUniversalTime().ToString('yyyy-MM-dd', $culture)
$secret = $null
$detail = 'expires on {0}: write the date to secretExpires' -f $day
Write-Outcome -Name 'secret' -Outcome 'made' -Detail $detail
