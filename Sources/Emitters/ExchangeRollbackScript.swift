internal import Artifacts
internal import Procedure

extension ExchangeScripts {
  /// Takes back what connect.ps1 and the start scripts did, in the reverse order. Without the
  /// record of preflight.ps1 nobody knows what was there, so nothing is removed then.
  var rollback: PowerShellScript {
    let inbound = inboundConnector
    let outboundParts = [outboundRule, outboundConnector].compactMap { $0 }
    let inboundParts = [spamBypassRule, inbound].compactMap { $0 }
    // Each half can go back alone: outbound mail while the MX still names the gateway.
    let hasBoth = inbound != nil && !outboundParts.isEmpty
    let dependence: [PowerShell] =
      inbound == nil
      ? []
      : [
        "Stops while mail still depends on the gateway: an MX record names it, RejectDirectSend is",
        "on, or the inbound connector is restricted. Each has a switch that goes on all the same;",
        "-IgnoreRestriction lifts the restriction first.",
      ]
    return ExchangeScriptFrame(
      synopsis: "Takes back what connect.ps1 and the start scripts did.",
      description: [
        "Goes back in the reverse order of starting. What before.json of preflight.ps1 holds is",
        "restored as it was; what is not in it was made here and is removed, or with -KeepObjects",
        "only disabled. Without that file all is disabled and nothing is removed. What these scripts",
        "did not make is left alone.",
      ] + (hasBoth ? ["-Part Outbound or -Part Inbound goes back with that half only."] : [])
        + dependence,
      parameters: (inbound == nil
        ? []
        : [
          "[switch] $IgnoreMX,", "[switch] $IgnoreRejectDirectSend,",
          "[switch] $IgnoreRestriction,", "[string] $DnsServer = '',",
        ])
        + (hasBoth
          ? ["[ValidateSet('All', 'Inbound', 'Outbound')]", "[string] $Part = 'All',"] : [])
        + ["[switch] $KeepObjects,", "[string] $RecordPath = ''"],
      functions: [.objects, .text, .mark, .differences, .outcome, .record]
        + (inbound == nil ? [] : [.resolver, .exchangers])
        + (outboundConnector == nil ? [] : [.routes])
    ).script(for: settings) { script in
      script.line("$mark = \(quoted: exchange.mark)")
      script.line(recordPath(levels: 3))
      if let connector = inbound {
        script.list("$domains", domains)
        script.list("$gateway", exchangers)
        script.line("$connectorName = \(quoted: connector.object.name)")
        script.table("unrestricted", ExchangeLockdown.undo)
      }
      for part in parts {
        script.line("$\(part.variable)Name = \(quoted: part.object.name)")
      }
      script.blank()
      script.comment("All is read before anything is changed.")
      script.line(
        "$record = Read-Record -Path $RecordPath -InitialDomain \(quoted: organization)")
      script.line(Self.recordNow)
      if inbound != nil {
        script.line(Self.restrictedObject)
        script.comment("A connector of the same name that was not made here is left alone.")
        script.line(
          "$restricted = @($restricted | Where-Object { Test-OwnMark -Item $_ -Mark $mark })")
        script.line(Self.restrictionNow)
        script.blank()
        only("Outbound", hasBoth, to: &script) { $0.line(Self.gatewayIsUnused) }
      }
      for part in outboundParts + inboundParts { read(part, to: &script) }
      if inbound != nil {
        script.blank()
        only("Outbound", hasBoth, to: &script) { $0.line(Self.release) }
      }
      script.blank()
      only("Inbound", hasBoth, to: &script) { takeBack(outboundParts, to: &$0) }
      only("Outbound", hasBoth, to: &script) { takeBack(inboundParts, to: &$0) }
    }
  }

  /// What is left out where the person asked for the other half.
  private func only(
    _ other: String, _ hasBoth: Bool, to script: inout PowerShellScript,
    _ body: (inout PowerShellScript) -> Void
  ) {
    guard hasBoth else { return body(&script) }
    script.block("if ($Part -ne \(quoted: other)) {") { body(&$0) }
  }

  private func takeBack(_ parts: [Part], to script: inout PowerShellScript) {
    for part in parts {
      script.line(part.comment)
      takeBack(part, to: &script)
    }
  }

  /// `$xFound`, `$xRecorded`, `$xRestored` and, of the outbound connector, `$xRoutes`.
  private func read(_ part: Part, to script: inout PowerShellScript) {
    let variable = part.variable
    script.blank()
    script.block("$query = @{") { script in
      script.line("Kind = \(quoted: part.object.kind.rawValue)")
      script.line("Name = $\(variable)Name")
    }
    script.line("$\(variable)Found = @(Get-NamedObject @query)")
    script.line("$\(variable)Recorded = @()")
    script.block("if ($null -ne $record) {") { script in
      script.line("$\(variable)Recorded = @(Get-RecordedObject -Record $record @query)")
    }
    script.block("if ($\(variable)Recorded.Count -eq 1) {") { script in
      script.line("$was = $\(variable)Recorded[0]")
      script.block("$\(variable)Restored = @{") { script in
        for name in part.restored {
          let key = ExchangeObject.Parameter(name, .null).key
          script.line("\(key) = Get-RecordedValue $was \(quoted: name)")
        }
      }
    }
    if part.object.kind == .outboundConnector {
      let except: PowerShell = outboundRule == nil ? "" : " -Except $outboundRuleName"
      script.line(
        "$\(variable)Routes = @(Get-RoutingRule -Connector $\(variable)Name\(except))")
    }
  }

  private func takeBack(_ part: Part, to script: inout PowerShellScript) {
    let variable = part.variable
    let isRule = part.object.kind == .transportRule
    let found: PowerShell = "$\(variable)Found"
    script.block("if (\(found).Count -eq 0) {") { script in
      script.line("Write-Outcome -Name $\(variable)Name -Outcome 'does not exist'")
    }
    script.block("elseif (-not (Test-OwnMark -Item \(found)[0] -Mark $mark)) {") { script in
      script.line(
        "Write-Outcome -Name $\(variable)Name -Outcome 'left as it is' -Detail 'not made here'")
    }
    if part.object.kind == .outboundConnector {
      script.block("elseif ($\(variable)Routes.Count -gt 0) {") { script in
        script.line("$detail = 'rules still route to it: ' + ($\(variable)Routes -join ', ')")
        script.line(
          "Write-Outcome -Name $\(variable)Name -Outcome 'left as it is' -Detail $detail")
      }
    }
    script.block("elseif ($\(variable)Recorded.Count -eq 1) {") { script in
      restore(part, to: &script)
    }
    script.block("else {") { script in
      let isOn: PowerShell =
        isRule ? "[string] \(found)[0].State -ne 'Disabled'" : "\(found)[0].Enabled -ne $false"
      let action: PowerShell = "\(quoted: "Disable " + part.object.kind.rawValue)"
      script.line("$identity = [string] \(found)[0].Guid")
      script.block("if (\(isOn)) {") { script in
        script.block("if ($PSCmdlet.ShouldProcess($\(variable)Name, \(action))) {") { script in
          script.line(
            isRule
              ? "Disable-TransportRule -Identity $identity -Confirm:$false -ErrorAction Stop"
              : "Set-\(part.noun) -Identity $identity -Enabled $false -ErrorAction Stop")
          script.line("Write-Outcome -Name $\(variable)Name -Outcome 'disabled'")
        }
        stop(unless: "disabled", part, to: &script)
      }
      script.block("else {") { script in
        script.line("Write-Outcome -Name $\(variable)Name -Outcome 'is disabled'")
      }
      let removal: PowerShell = "\(quoted: "Remove " + part.object.kind.rawValue)"
      script.block("if ($null -ne $record -and -not $KeepObjects) {") { script in
        script.block("if ($PSCmdlet.ShouldProcess($\(variable)Name, \(removal))) {") { script in
          script.line(
            "Remove-\(part.noun) -Identity $identity -Confirm:$false -ErrorAction Stop")
          script.line("Write-Outcome -Name $\(variable)Name -Outcome 'removed'")
        }
        stop(unless: "removed", part, to: &script)
      }
    }
  }

  /// An object that was there before goes back to what the record holds.
  private func restore(_ part: Part, to script: inout PowerShellScript) {
    let variable = part.variable
    let action: PowerShell = "\(quoted: "Restore " + part.object.kind.rawValue)"
    script.block("if ($PSCmdlet.ShouldProcess($\(variable)Name, \(action))) {") { script in
      script.line("$identity = [string] $\(variable)Found[0].Guid")
      if part.object.kind == .transportRule {
        script.line("Disable-TransportRule -Identity $identity -Confirm:$false -ErrorAction Stop")
      }
      script.line("Set-\(part.noun) -Identity $identity @\(variable)Restored -ErrorAction Stop")
      if part.object.kind == .transportRule {
        script.block("if ([string] $\(variable)Recorded[0].State -eq 'Enabled') {") { script in
          script.line("Enable-TransportRule -Identity $identity -Confirm:$false -ErrorAction Stop")
        }
      }
      script.line(
        "Write-Outcome -Name $\(variable)Name -Outcome 'restored' -Detail $RecordPath")
    }
    stop(unless: "restored", part, to: &script)
  }

  private static let recordNow: PowerShell = """
    if ($null -eq $record) {
        $detail = 'there is no record at {0}: all is disabled, nothing is removed' -f $RecordPath
    }
    else {
        $detail = 'as {0} holds it' -f $RecordPath
    }
    Write-Outcome -Name 'rollback' -Outcome 'way back' -Detail $detail
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
    $rejectedBefore = $null -ne $record -and @($record.organizationConfigs)[0].RejectDirectSend -eq $true
    if ($organization.RejectDirectSend -eq $true -and -not ($IgnoreRejectDirectSend -or $rejectedBefore)) {
        $text = 'RejectDirectSend is on. Undo the lockdown first; '
        throw ($text + 'if it was on before MailGates, pass -IgnoreRejectDirectSend.')
    }
    if ($differences.Count -gt 0 -and -not $IgnoreRestriction) {
        $text = '{0} is restricted: {1}. Undo the lockdown first. See -IgnoreRestriction.'
        throw ($text -f $connectorName, ($differences -join '; '))
    }
    """
}
