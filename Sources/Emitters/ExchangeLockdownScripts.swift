internal import Artifacts
internal import Procedure

extension ExchangeScripts {
  /// Refuses mail that does not come by the gateway, once no MX points elsewhere.
  func lockdown(_ connector: Part, _ lockdown: ExchangeLockdown) -> PowerShellScript {
    var script = ExchangeScriptFrame(
      synopsis: "Refuses mail that does not come by way of MailGates.",
      description: [
        "First checks that the MX records of all domains name the gateway's hosts and no others.",
        "The restriction covers every accepted domain, so a domain whose MX still points elsewhere",
        "stops the script. Name it with -IgnoreDomain only if its mail may be refused.",
      ],
      parameters: ["[string[]] $IgnoreDomain = @()"],
      functions: [.objects, .text, .differences, .outcome, .resolver, .exchangers]
    ).script(for: settings)
    script.blank()
    script.list("$domains", domains)
    script.list("$gateway", exchangers)
    script.line("$connectorName = \(quoted: lockdown.connector)")
    script.table("lockdown", lockdown.parameters)
    script.blank()
    script.line(Self.exchangersAreOurs)
    script.blank()
    script.line(Self.restriction)
    return script
  }

  /// Accepts mail from everywhere again.
  func undoLockdown(_ connector: Part, _ lockdown: ExchangeLockdown) -> PowerShellScript {
    var script = ExchangeScriptFrame(
      synopsis: "Accepts mail again that does not come by way of MailGates.",
      description: [
        "Undoes lockdown.ps1. Run it before any MX record goes back. Pass -KeepRejectDirectSend",
        "if RejectDirectSend was on before the lockdown.",
      ],
      parameters: ["[switch] $KeepRejectDirectSend"],
      functions: [.objects, .text, .differences, .outcome]
    ).script(for: settings)
    script.blank()
    script.line("$connectorName = \(quoted: lockdown.connector)")
    script.table("unrestricted", lockdown.undo)
    script.blank()
    script.line(Self.release)
    script.blank()
    script.line(Self.directSend)
    return script
  }

  /// Switches off what connect.ps1 made; removes nothing.
  var rollback: PowerShellScript {
    var script = ExchangeScriptFrame(
      synopsis: "Disables the mail flow rules and connectors of MailGates. Removes nothing.",
      description: [
        "Lifts restrictions first, then disables in the reverse order of starting. What does not",
        "exist is skipped. If the MX records have changed, set them back before this.",
      ],
      functions: [.objects, .text, .differences, .outcome]
        + (outboundConnector == nil ? [] : [.routes])
    ).script(for: settings)
    if let connector = inboundConnector {
      script.blank()
      script.line("$connectorName = \(quoted: connector.object.name)")
      script.table("unrestricted", connector.atCreation)
      script.line(Self.release)
      script.blank()
      script.line(Self.directSendWarning)
    }
    for part in [outboundRule, outboundConnector, spamBypassRule, inboundConnector] {
      guard let part else { continue }
      script.blank()
      disable(part, to: &script)
    }
    return script
  }

  private func disable(_ part: Part, to script: inout PowerShellScript) {
    let isRule = part.object.kind == .transportRule
    script.line(part.comment)
    script.line("$name = \(quoted: part.object.name)")
    script.line(
      "$current = @(Get-NamedObject -Kind \(quoted: part.object.kind.rawValue) -Name $name)")
    script.block("if ($current.Count -eq 0) {") { script in
      script.line("Write-Outcome -Name $name -Outcome 'does not exist'")
    }
    let isOff: PowerShell =
      isRule
      ? "[string] $current[0].State -eq 'Disabled'" : "$current[0].Enabled -eq $false"
    script.block("elseif (\(isOff)) {") { script in
      script.line("Write-Outcome -Name $name -Outcome 'unchanged'")
    }
    if part.object.kind == .outboundConnector {
      script.block("elseif ((Test-Route -Connector $name) -and -not $WhatIfPreference) {") {
        script in
        script.line(
          "Write-Outcome -Name $name -Outcome 'left enabled' -Detail 'a rule still routes to it'")
      }
    }
    let action: PowerShell = "\(quoted: "Disable " + part.object.kind.rawValue)"
    script.block("elseif ($PSCmdlet.ShouldProcess($name, \(action))) {") { script in
      script.line("$identity = [string] $current[0].Guid")
      script.line(
        isRule
          ? "Disable-TransportRule -Identity $identity -Confirm:$false -ErrorAction Stop"
          : "Set-\(part.noun) -Identity $identity -Enabled $false -ErrorAction Stop")
      script.line("Write-Outcome -Name $name -Outcome 'disabled'")
    }
  }

  private static let exchangersAreOurs: PowerShell = """
    # The cutover, as the DNS shows it now
    Assert-Resolver
    $meant = @($gateway | Sort-Object -Unique) -join ', '
    foreach ($domain in $domains) {
        $hosts = @(Get-MailExchanger -Domain $domain) -join ', '
        if ($hosts -ne $meant) {
            throw ('The MX of {0} is [{1}], not [{2}]. Nothing was changed.' -f $domain, $hosts, $meant)
        }
    }
    foreach ($other in @(Get-AcceptedDomain -ErrorAction Stop)) {
        $domain = ([string] $other.DomainName).ToLowerInvariant()
        if ($domains -contains $domain -or $IgnoreDomain -contains $domain) { continue }
        if ($domain.EndsWith('.onmicrosoft.com')) {
            Write-Warning ('Mail from outside to addresses at {0} will be refused.' -f $domain)
            continue
        }
        $direct = @(Get-MailExchanger -Domain $domain | Where-Object { $gateway -notcontains $_ })
        if ($direct.Count -gt 0) {
            throw ('Mail for {0} would be refused: its MX has [{1}].' -f $domain, ($direct -join ', '))
        }
    }
    """

  private static let restriction: PowerShell = """
    $found = @(Get-NamedObject -Kind 'InboundConnector' -Name $connectorName)
    if ($found.Count -ne 1) {
        throw ('InboundConnector {0} does not exist.' -f $connectorName)
    }
    $current = $found[0]
    if ($current.Enabled -ne $true -or [string] $current.ConnectorType -ne 'Partner') {
        throw ('InboundConnector {0} is not an enabled Partner connector.' -f $connectorName)
    }
    $organization = Get-OrganizationConfig -ErrorAction Stop
    $rejects = $organization.RejectDirectSend

    $differences = @(Get-Difference -Current $current -Parameters $lockdown)
    if ($differences.Count -eq 0) {
        Write-Outcome -Name $connectorName -Outcome 'unchanged'
    }
    elseif ($PSCmdlet.ShouldProcess($connectorName, 'Refuse mail from anywhere but the gateway')) {
        $identity = [string] $current.Guid
        Set-InboundConnector -Identity $identity @lockdown -ErrorAction Stop
        Write-Outcome -Name $connectorName -Outcome 'restricted' -Detail ($differences -join '; ')
    }

    if ($rejects -eq $true) {
        Write-Outcome -Name 'RejectDirectSend' -Outcome 'unchanged' -Detail 'was on before'
    }
    elseif ($PSCmdlet.ShouldProcess('RejectDirectSend', 'Turn on for the organization')) {
        Set-OrganizationConfig -RejectDirectSend $true -ErrorAction Stop
        Write-Outcome -Name 'RejectDirectSend' -Outcome 'turned on'
    }
    """

  private static let release: PowerShell = """
    $found = @(Get-NamedObject -Kind 'InboundConnector' -Name $connectorName)
    if ($found.Count -eq 0) {
        Write-Outcome -Name $connectorName -Outcome 'does not exist'
    }
    else {
        $differences = @(Get-Difference -Current $found[0] -Parameters $unrestricted)
        if ($differences.Count -eq 0) {
            Write-Outcome -Name $connectorName -Outcome 'not restricted'
        }
        elseif ($PSCmdlet.ShouldProcess($connectorName, 'Accept mail from anywhere')) {
            $identity = [string] $found[0].Guid
            Set-InboundConnector -Identity $identity @unrestricted -ErrorAction Stop
            Write-Outcome -Name $connectorName -Outcome 'restriction lifted'
        }
    }
    """

  private static let directSend: PowerShell = """
    $organization = Get-OrganizationConfig -ErrorAction Stop
    if ($organization.RejectDirectSend -ne $true) {
        Write-Outcome -Name 'RejectDirectSend' -Outcome 'unchanged' -Detail 'is off'
    }
    elseif ($KeepRejectDirectSend) {
        Write-Outcome -Name 'RejectDirectSend' -Outcome 'unchanged' -Detail 'kept on'
    }
    elseif ($PSCmdlet.ShouldProcess('RejectDirectSend', 'Turn off for the organization')) {
        Set-OrganizationConfig -RejectDirectSend $false -ErrorAction Stop
        Write-Outcome -Name 'RejectDirectSend' -Outcome 'turned off'
    }
    """

  private static let directSendWarning: PowerShell = """
    $organization = Get-OrganizationConfig -ErrorAction Stop
    if ($organization.RejectDirectSend -eq $true) {
        Write-Warning 'RejectDirectSend is on. If lockdown.ps1 turned it on, run undo-lockdown.ps1 too.'
    }
    """
}
