internal import Artifacts
internal import Procedure

extension ExchangeScripts {
  /// Refuses mail that does not come by the gateway, once no MX points elsewhere.
  func lockdown(_ connector: Part, _ lockdown: ExchangeLockdown) -> PowerShellScript {
    let filters = spamBypassRule == nil
    return ExchangeScriptFrame(
      synopsis: "Refuses mail that does not come by way of MailGates.",
      description: [
        "First checks that the MX records of all domains name the gateway's hosts and no others,",
        "and that the connector is as connect.ps1 makes it and enabled. The restriction covers",
        "every accepted domain, so a domain whose MX still points elsewhere stops the script. Name",
        "it with -IgnoreDomain only if its mail may be refused. Prints what RejectDirectSend was",
        "before this run: undo-lockdown.ps1 needs it where preflight.ps1 left no before.json.",
        "With -DnsServer another server than the computer's own is asked.",
      ],
      parameters: [
        "[string[]] $IgnoreDomain = @(),", "[string[]] $AcceptDifference = @(),",
      ] + (filters ? ["[string[]] $AcceptRule = @(),"] : []) + ["[string] $DnsServer = ''"],
      functions: [
        .objects, .text, .differences, .assertion, .outcome, .resolver, .exchangers,
      ] + (filters ? [.addresses, .bypasses] : [])
    ).script(for: settings) { script in
      script.list("$domains", domains)
      script.list("$gateway", exchangers)
      script.list("$egress", egress)
      script.line("$connectorName = \(quoted: lockdown.connector)")
      script.table("lockdown", lockdown.parameters)
      let restricting = lockdown.parameters.map(\.name).filter { $0.hasPrefix("RestrictDomainsTo") }
      script.list("$restricting", restricting)
      script.blank()
      script.line(Self.exchangersAreOurs)
      script.blank()
      script.comment("The connector, as the restriction needs it: EFUsers is looked at first.")
      script.line(Self.pilotHasEnded)
      // The pilot's people are out of it by now, so what tenant.yaml says of them does not count.
      declareAndAssert(connector, connector.always.filter { $0.name != "EFUsers" }, to: &script)
      script.line("$current = $inboundConnectorCurrent")
      script.line(Self.connectorIsOn)
      if filters { script.line("Assert-NoBypass -Addresses $egress -Except $AcceptRule") }
      script.blank()
      script.line(Self.restrict)
    }
  }

  /// Accepts mail from everywhere again.
  func undoLockdown(_ connector: Part, _ lockdown: ExchangeLockdown) -> PowerShellScript {
    ExchangeScriptFrame(
      synopsis: "Accepts mail again that does not come by way of MailGates.",
      description: [
        "Undoes lockdown.ps1, whichever way it restricted. Run it before any MX record goes back.",
        "RejectDirectSend becomes what before.json of preflight.ps1 holds; without that file it is",
        "turned off, unless -KeepRejectDirectSend says that it was on before the lockdown. It is",
        "turned off first: left on without the restriction it may refuse your own mail by way of",
        "the gateway.",
      ],
      parameters: ["[switch] $KeepRejectDirectSend,", "[string] $RecordPath = ''"],
      functions: [.objects, .text, .differences, .outcome, .record]
    ).script(for: settings) { script in
      script.line("$connectorName = \(quoted: lockdown.connector)")
      script.table("unrestricted", ExchangeLockdown.undo)
      script.line(recordPath(levels: 3))
      script.blank()
      script.comment("All is read before anything is changed.")
      script.line("$record = Read-Record -Path $RecordPath -InitialDomain \(quoted: organization)")
      script.line("$organization = Get-OrganizationConfig -ErrorAction Stop")
      script.line(Self.restrictedObject)
      script.line(Self.restrictionNow)
      script.blank()
      script.line(Self.directSend)
      script.blank()
      script.line(Self.release)
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

  private static let pilotHasEnded: PowerShell = """
    $found = @(Get-NamedObject -Kind 'InboundConnector' -Name $connectorName)
    if ($found.Count -eq 1) {
        $pilot = ConvertTo-ComparableText -Item $found[0] -Name 'EFUsers'
        if ($pilot -ne '') {
            $text = 'The pilot has not ended: EFUsers of {0} is [{1}]. Nothing was changed.'
            throw ($text -f $connectorName, $pilot)
        }
    }
    """

  private static let connectorIsOn: PowerShell = """
    if ($current.Enabled -ne $true) {
        throw ('InboundConnector {0} is not enabled. Run start-inbound.ps1 first.' -f $connectorName)
    }
    """

  private static let restrict: PowerShell = """
    $organization = Get-OrganizationConfig -ErrorAction Stop
    $rejects = $organization.RejectDirectSend
    $isRestricted = @($restricting | Where-Object { $current.$_ -ne $true }).Count -eq 0
    $differences = @(Get-Difference -Current $current -Parameters $lockdown)
    $detail = 'before this run: [{0}]' -f $rejects
    if ($isRestricted) {
        $detail += '; the connector was restricted already, so see what the first run printed'
    }
    Write-Outcome -Name 'RejectDirectSend' -Outcome 'note this' -Detail $detail

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
            $text = '{0} of {1} is not on. RejectDirectSend was not changed. Run this again.'
            throw ($text -f ($open -join ', '), $connectorName)
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

  /// `$restricted`: the inbound connector.
  static let restrictedObject: PowerShell =
    "$restricted = @(Get-NamedObject -Kind 'InboundConnector' -Name $connectorName)"

  /// `$differences` of the inbound connector.
  static let restrictionNow: PowerShell = """
    $differences = @()
    if ($restricted.Count -eq 1) {
        $differences = @(Get-Difference -Current $restricted[0] -Parameters $unrestricted)
    }
    """

  static let release: PowerShell = """
    if ($restricted.Count -eq 0) {
        Write-Outcome -Name $connectorName -Outcome 'does not exist'
    }
    elseif ($differences.Count -eq 0) {
        Write-Outcome -Name $connectorName -Outcome 'not restricted'
    }
    elseif ($PSCmdlet.ShouldProcess($connectorName, 'Accept mail from anywhere')) {
        $identity = [string] $restricted[0].Guid
        Set-InboundConnector -Identity $identity @unrestricted -ErrorAction Stop
        Write-Outcome -Name $connectorName -Outcome 'restriction lifted' -Detail ($differences -join '; ')
    }
    elseif (-not $WhatIfPreference) {
        throw ('{0} is still restricted. Nothing after it was done.' -f $connectorName)
    }
    """

  private static let directSend: PowerShell = """
    if ($null -eq $record) {
        $keeps = [bool] $KeepRejectDirectSend
        $detail = 'there is no record at {0}: -KeepRejectDirectSend decides' -f $RecordPath
    }
    else {
        $keeps = $KeepRejectDirectSend -or @($record.organizationConfigs)[0].RejectDirectSend -eq $true
        $detail = 'as {0} holds it' -f $RecordPath
    }
    Write-Outcome -Name 'RejectDirectSend' -Outcome 'way back' -Detail $detail
    if ($organization.RejectDirectSend -ne $true) {
        Write-Outcome -Name 'RejectDirectSend' -Outcome 'unchanged' -Detail 'is off'
    }
    elseif ($keeps) {
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
}
