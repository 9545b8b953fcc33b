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
        "stops the script. Name it with -IgnoreDomain only if its mail may be refused. Prints what",
        "RejectDirectSend was before this run: note it, for undo-lockdown.ps1 cannot know it.",
        "With -DnsServer another server than the computer's own is asked.",
      ],
      parameters: ["[string[]] $IgnoreDomain = @(),", "[string] $DnsServer = ''"],
      functions: [.objects, .text, .differences, .outcome, .resolver, .exchangers]
    ).script(for: settings)
    script.blank()
    script.list("$domains", domains)
    script.list("$gateway", exchangers)
    script.line("$connectorName = \(quoted: lockdown.connector)")
    script.table("lockdown", lockdown.parameters)
    let restricting = lockdown.parameters.map(\.name).filter { $0.hasPrefix("RestrictDomainsTo") }
    script.list("$restricting", restricting)
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
        "if RejectDirectSend was on before the lockdown, as lockdown.ps1 printed. It is turned off",
        "first: left on without the restriction it may refuse your own mail by way of the gateway.",
      ],
      parameters: ["[switch] $KeepRejectDirectSend"],
      functions: [.objects, .text, .differences, .outcome]
    ).script(for: settings)
    script.blank()
    script.line("$connectorName = \(quoted: lockdown.connector)")
    script.table("unrestricted", lockdown.undo)
    script.blank()
    script.line(Self.directSend)
    script.blank()
    script.line(Self.release)
    return script
  }

  /// Switches off what connect.ps1 made; removes nothing.
  var rollback: PowerShellScript {
    let inbound = inboundConnector
    var script = ExchangeScriptFrame(
      synopsis: "Disables the mail flow rules and connectors of MailGates. Removes nothing.",
      description: [
        "Disables in the reverse order of starting. What does not exist is skipped."
      ]
        + (inbound == nil
          ? []
          : [
            "Stops while mail still depends on the gateway: an MX record names it, RejectDirectSend",
            "is on, or the inbound connector is restricted. Each has a switch that goes on all the",
            "same; -IgnoreRestriction lifts the restriction first.",
          ]),
      parameters: inbound == nil
        ? []
        : [
          "[switch] $IgnoreMX,", "[switch] $IgnoreRejectDirectSend,",
          "[switch] $IgnoreRestriction,", "[string] $DnsServer = ''",
        ],
      functions: [.objects, .text, .differences, .outcome]
        + (inbound == nil ? [] : [.resolver, .exchangers])
        + (outboundConnector == nil ? [] : [.routes])
    ).script(for: settings)
    if let connector = inbound {
      script.blank()
      script.list("$domains", domains)
      script.list("$gateway", exchangers)
      script.line("$connectorName = \(quoted: connector.object.name)")
      script.table("unrestricted", connector.atCreation)
      script.blank()
      script.line(Self.gatewayIsUnused)
      script.blank()
      script.line(Self.release)
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
        $hosts = @(Get-MailExchanger -Domain $domain -Server $DnsServer) -join ', '
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
        $query = @{
            Domain = $domain
            Server = $DnsServer
            Hint = 'If it takes no mail, name it with -IgnoreDomain.'
        }
        $direct = @(Get-MailExchanger @query | Where-Object { $gateway -notcontains $_ })
        if ($direct.Count -gt 0) {
            $found = $direct -join ', '
            throw ('Mail for {0} would be refused: its MX has [{1}]. See -IgnoreDomain.' -f $domain, $found)
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
    $pilot = ConvertTo-ComparableText -Item $current -Name 'EFUsers'
    if ($pilot -ne '') {
        throw ('The pilot has not ended: EFUsers of {0} is [{1}]. Nothing was changed.' -f $connectorName, $pilot)
    }
    $organization = Get-OrganizationConfig -ErrorAction Stop
    $rejects = $organization.RejectDirectSend
    $isRestricted = @($restricting | Where-Object { $current.$_ -ne $true }).Count -eq 0
    $detail = 'before this run: [{0}]' -f $rejects
    if ($isRestricted) {
        $detail += '; the connector was restricted already, so see what the first run printed'
    }
    Write-Outcome -Name 'RejectDirectSend' -Outcome 'note this' -Detail $detail

    $differences = @(Get-Difference -Current $current -Parameters $lockdown)
    if ($differences.Count -eq 0) {
        Write-Outcome -Name $connectorName -Outcome 'unchanged'
    }
    elseif ($PSCmdlet.ShouldProcess($connectorName, 'Refuse mail from anywhere but the gateway')) {
        $identity = [string] $current.Guid
        Set-InboundConnector -Identity $identity @lockdown -ErrorAction Stop
        Write-Outcome -Name $connectorName -Outcome 'restricted' -Detail ($differences -join '; ')
    }
    elseif (-not $WhatIfPreference) {
        throw ('{0} was not restricted. RejectDirectSend was not changed either.' -f $connectorName)
    }

    # RejectDirectSend spares what the connector takes, so the connector is read once more.
    if (-not $WhatIfPreference) {
        $again = @(Get-NamedObject -Kind 'InboundConnector' -Name $connectorName)
        $open = @($restricting | Where-Object { $again.Count -ne 1 -or $again[0].$_ -ne $true })
        if ($open.Count -gt 0) {
            $names = $open -join ', '
            throw ('{0} of {1} is not on. RejectDirectSend was not changed. Run this again.' -f $names, $connectorName)
        }
    }
    if ($rejects -eq $true) {
        Write-Outcome -Name 'RejectDirectSend' -Outcome 'unchanged' -Detail 'is on'
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
        elseif (-not $WhatIfPreference) {
            throw ('{0} is still restricted. Nothing after it was done.' -f $connectorName)
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
        Write-Warning 'Mail with your own domains as the sender may be refused, also by way of the gateway.'
    }
    elseif ($PSCmdlet.ShouldProcess('RejectDirectSend', 'Turn off for the organization')) {
        Set-OrganizationConfig -RejectDirectSend $false -ErrorAction Stop
        Write-Outcome -Name 'RejectDirectSend' -Outcome 'turned off'
    }
    elseif (-not $WhatIfPreference) {
        throw 'RejectDirectSend is still on. Pass -KeepRejectDirectSend to keep it. Nothing was changed.'
    }
    """

  /// What has to be undone before the connectors can go.
  private static let gatewayIsUnused: PowerShell = """
    # Nothing may depend on the gateway any more
    if (-not $IgnoreMX) {
        Assert-Resolver
        foreach ($domain in $domains) {
            $query = @{ Domain = $domain; Server = $DnsServer; Hint = 'To skip the MX, pass -IgnoreMX.' }
            $ours = @(Get-MailExchanger @query | Where-Object { $gateway -contains $_ })
            if ($ours.Count -gt 0) {
                $text = 'The MX of {0} still names the gateway [{1}]. Set it back first. See -IgnoreMX.'
                throw ($text -f $domain, ($ours -join ', '))
            }
        }
    }
    $organization = Get-OrganizationConfig -ErrorAction Stop
    if ($organization.RejectDirectSend -eq $true -and -not $IgnoreRejectDirectSend) {
        $text = 'RejectDirectSend is on. Undo the lockdown first; '
        throw ($text + 'if it was on before MailGates, pass -IgnoreRejectDirectSend.')
    }
    $restricted = @(
        foreach ($item in @(Get-NamedObject -Kind 'InboundConnector' -Name $connectorName)) {
            foreach ($name in @('RestrictDomainsToIPAddresses', 'RestrictDomainsToCertificate')) {
                if ($item.$name -eq $true) { $name }
            }
        }
    )
    if ($restricted.Count -gt 0 -and -not $IgnoreRestriction) {
        $text = '{0} is restricted ({1}). Undo the lockdown first. See -IgnoreRestriction.'
        throw ($text -f $connectorName, ($restricted -join ', '))
    }
    """
}
