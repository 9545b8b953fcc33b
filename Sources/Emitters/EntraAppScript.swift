internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel

extension ExchangeScripts {
  /// Registers the app that the OAuth client is, by Microsoft Graph. What the vendor's papers say
  /// is in `registration`; the secret is shown by the console alone, which no transcript records.
  func registerApp(_ registration: EntraRegistration, redirect: String) -> PowerShellScript {
    let name = "MailGates \(connection.server.name.value.text)"
    var script = PowerShellScript()
    writeHead(to: &script)
    script.blank()
    script.line(ExchangeScriptFunction.outcome.code)
    script.blank()
    script.line(Self.session)
    script.blank()
    script.line("Assert-Organization -InitialDomain \(quoted: settings.tenant.value.ascii)")
    script.blank()
    script.line(initialDomain)
    script.line("$appName = \(quoted: name)")
    script.line("$redirect = \(quoted: redirect)")
    script.line("$audience = \(quoted: registration.accounts.audience)")
    let platform: PowerShell = registration.platform == .web ? "Web" : "Spa"
    script.line("$platform = \(quoted: registration.platform == .web ? "Web" : "Spa")")
    script.list("$application", registration.application.map(\.value.text))
    script.list("$delegated", registration.delegated.map(\.value.text))
    script.blank()
    script.line(Self.permissions)
    script.blank()
    script.line(
      "$apps = @(Get-MgApplication -Filter \(quoted: "displayName eq '\(name)'") -All -ErrorAction Stop)"
    )
    script.line(Self.differences)
    script.blank()
    script.block("$wanted = @{") { script in
      script.line("SignInAudience = $audience")
      script.line("\(platform) = $target")
      script.line("RequiredResourceAccess = $resources")
    }
    script.block("if ($apps.Count -eq 0) {") { script in
      script.block("if ($PSCmdlet.ShouldProcess($appName, 'Register the app')) {") { script in
        script.line("$app = New-MgApplication -DisplayName $appName @wanted -ErrorAction Stop")
        script.line("Write-Outcome -Name $appName -Outcome 'registered'")
      }
    }
    script.block("elseif ($differences.Count -eq 0) {") { script in
      script.line("Write-Outcome -Name $appName -Outcome 'unchanged'")
    }
    script.block("elseif ($PSCmdlet.ShouldProcess($appName, 'Change the app')) {") { script in
      script.line("Update-MgApplication -ApplicationId $app.Id @wanted -ErrorAction Stop")
      script.line(
        "Write-Outcome -Name $appName -Outcome 'changed' -Detail ($differences -join '; ')")
    }
    script.line(Self.secret)
    return script
  }

  /// `$initialDomain`, the organization that the script is for.
  var initialDomain: PowerShell { "$initialDomain = \(quoted: settings.tenant.value.ascii)" }

  private func writeHead(to script: inout PowerShellScript) {
    script.line("#Requires -Version 5.1")
    script.line(
      "#Requires -Modules @{ ModuleName = 'Microsoft.Graph.Applications'; ModuleVersion = '2.0.0' }"
    )
    script.line(
      "#Requires -Modules @{ ModuleName = 'Microsoft.Graph.Identity.DirectoryManagement'; ModuleVersion = '2.0.0' }"
    )
    script.blank()
    script.line("<#")
    script.line(".SYNOPSIS")
    script.line("    Registers the app by which MailGates knows the users of Microsoft 365.")
    script.line(".DESCRIPTION")
    for text: PowerShell in [
      "Can be run again: what exists is compared and, where it differs, corrected. Connect first:",
      "Connect-MgGraph -Scopes 'Application.ReadWrite.All', 'Organization.Read.All'",
      "With -NewSecret a client secret is made and shown this once, in the console window alone.",
      "It is written to no file and no transcript: a running transcript is stopped before.",
      "The permissions work only after an administrator has consented: see the link it prints.",
    ] { script.line("    \(text)") }
    script.line("#>")
    script.line("[CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High')]")
    script.block("param(", closing: ")") { script in
      script.line("[switch] $NewSecret,")
      let months = Catalogue.secretMonths.value
      script.line("[ValidateRange(1, \(months))] [int] $SecretMonths = \(months)")
    }
    script.blank()
    script.line("Set-StrictMode -Version 3.0")
    script.line("$ErrorActionPreference = 'Stop'")
  }

  private static let session: PowerShell = """
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
    """

  private static let permissions: PowerShell = """
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
    """

  private static let differences: PowerShell = """
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
    """

  private static let secret: PowerShell = """
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
    # The format o is the same under every calendar.
    $day = ([datetime] $secret.EndDateTime).ToUniversalTime().ToString('o').Substring(0, 10)
    $secret = $null
    $detail = 'expires on {0}: write the date to secretExpires' -f $day
    Write-Outcome -Name 'secret' -Outcome 'made' -Detail $detail
    """
}

extension EntraRegistration.Accounts {
  /// signInAudience of a Microsoft Graph application.
  fileprivate var audience: String {
    switch self {
    case .thisTenant: "AzureADMyOrg"
    case .anyTenant: "AzureADMultipleOrgs"
    }
  }
}
