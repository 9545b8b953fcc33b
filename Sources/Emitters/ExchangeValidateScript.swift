internal import Artifacts
internal import Procedure

extension ExchangeScripts {
  /// Reads back what other scripts made and compares it with what was meant. Only the test mail
  /// leaves a trace, and only where an address for it is given.
  var validate: PowerShellScript {
    let inbound = inboundConnector
    let outbound = outboundConnector
    var parameters: [PowerShell] = []
    if inbound != nil { parameters.append("[switch] $InboundStarted,") }
    if outbound != nil { parameters.append("[switch] $OutboundStarted,") }
    if exchange.lockdown != nil { parameters.append("[switch] $LockedDown,") }
    if exchange.journalRule != nil { parameters.append("[switch] $ArchiveStarted,") }
    parameters.append("[string[]] $TestRecipient = @()")
    var script = ExchangeScriptFrame(
      synopsis: "Compares what is there with what was meant. Changes nothing.",
      description: [
        "Run it after connect.ps1, and after each start script with the switch for what was started.",
        "Prints ok, note or problem for each object; ends with exit code 1 where there is a problem.",
        "With -TestRecipient a test mail is sent by way of the outbound connector; nothing is changed",
        "by that, for only start-outbound.ps1 marks the connector as validated.",
      ],
      parameters: parameters,
      functions: [.objects, .text, .differences, .finding]
    ).script(for: settings, writeChecks)
    script.line("if ($problems.Count -gt 0) { exit 1 }")
    script.line("exit 0")
    return script
  }

  private func writeChecks(to script: inout PowerShellScript) {
    let outbound = outboundConnector
    for part in parts {
      script.blank()
      script.line(part.comment)
      script.declare(part, part.object.parameters)
    }
    if let lockdown = exchange.lockdown {
      script.blank()
      script.comment("What the lockdown makes of the inbound connector.")
      script.table("lockdown", lockdown.parameters)
      script.block("if ($LockedDown) {") { script in
        script.block("foreach ($name in @($lockdown.Keys)) {") { script in
          script.line("$inboundConnector[$name] = $lockdown[$name]")
        }
      }
    }
    script.blank()
    script.comment("All is read before anything is said.")
    script.block("$checks = @(", closing: ")") { script in
      for part in parts { write(part, to: &script) }
      if let rule = exchange.journalRule {
        script.block("@{") { script in
          script.line("Subject = \(quoted: "JournalRule " + rule.name)")
          script.line(
            "Found = @(Get-JournalRule -ErrorAction Stop | Where-Object { $_.Name -eq \(quoted: rule.name) })"
          )
          script.table(key: "Parameters", rule.parameters)
          script.line("Started = [bool] $ArchiveStarted")
          script.line("Later = -not $ArchiveStarted")
        }
      }
    }
    if exchange.lockdown != nil {
      script.line("$organization = Get-OrganizationConfig -ErrorAction Stop")
    }
    script.line(Self.comparison)
    if exchange.lockdown != nil {
      script.block("if ($LockedDown -and $organization.RejectDirectSend -ne $true) {") { script in
        script.line(
          "$findings += Write-Finding -State 'problem' -Subject 'RejectDirectSend' -Detail 'is not on'"
        )
      }
    }
    if outbound != nil {
      script.blank()
      script.line(Self.testMail)
    } else {
      script.block("if ($TestRecipient.Count -gt 0) {") { script in
        script.line("throw 'There is no outbound connector to send a test mail by.'")
      }
    }
    script.blank()
    script.line("$findings")
    script.line("$problems = @($findings | Where-Object { $_.State -eq 'problem' })")
  }

  private func write(_ part: Part, to script: inout PowerShellScript) {
    let started: PowerShell =
      switch part.object.kind {
      case .outboundConnector: "[bool] $OutboundStarted"
      case .transportRule:
        part.object.name == exchange.spamBypassRule?.name
          ? "[bool] $InboundStarted" : "[bool] $OutboundStarted"
      case .inboundConnector, .journalRule: "[bool] $InboundStarted"
      }
    let kind: PowerShell = "\(quoted: part.object.kind.rawValue)"
    script.block("@{") { script in
      script.line("Subject = \(quoted: part.object.kind.rawValue + " " + part.object.name)")
      script.line("Found = @(Get-NamedObject -Kind \(kind) -Name $\(part.variable)Name)")
      script.line("Parameters = $\(part.variable)")
      script.line("Started = \(started)")
      script.line("Later = $false")
    }
  }

  private static let comparison: PowerShell = """
    $findings = @(
        foreach ($check in $checks) {
            $subject = $check.Subject
            if ($check.Found.Count -eq 0 -and $check.Later) {
                Write-Finding -State 'note' -Subject $subject -Detail 'does not exist yet'
                continue
            }
            if ($check.Found.Count -ne 1) {
                $detail = 'exists {0} times, not once' -f $check.Found.Count
                Write-Finding -State 'problem' -Subject $subject -Detail $detail
                continue
            }
            $current = $check.Found[0]
            $differences = @(Get-Difference -Current $current -Parameters $check.Parameters)
            foreach ($difference in $differences) {
                # Only a person knows whether a name is that of the address.
                $state = 'problem'
                if ($difference -like '*, which cannot be compared with *') { $state = 'note' }
                Write-Finding -State $state -Subject $subject -Detail $difference
            }
            if ($differences.Count -eq 0) {
                Write-Finding -State 'ok' -Subject $subject -Detail 'has the intended values'
            }
            $status = ConvertTo-ComparableText -Item $current -Name 'State'
            if ($status -eq '') { $status = ConvertTo-ComparableText -Item $current -Name 'Enabled' }
            $isOn = $status -eq 'Enabled' -or $status -eq 'True'
            if ($isOn -and $check.Started) {
                Write-Finding -State 'ok' -Subject $subject -Detail 'is enabled'
            }
            elseif ($isOn) {
                $detail = 'is enabled; pass the switch for what was started, or see who enabled it'
                Write-Finding -State 'problem' -Subject $subject -Detail $detail
            }
            elseif ($check.Started) {
                Write-Finding -State 'problem' -Subject $subject -Detail 'is not enabled'
            }
            else {
                Write-Finding -State 'ok' -Subject $subject -Detail 'is disabled, for it has not been started'
            }
        }
    )
    """

  private static let testMail: PowerShell = """
    # A test mail, where an address for it is given
    $connectors = @(Get-NamedObject -Kind 'OutboundConnector' -Name $outboundConnectorName)
    if ($TestRecipient.Count -gt 0 -and $connectors.Count -eq 1) {
        $action = 'Send a test mail by way of the connector'
        if ($PSCmdlet.ShouldProcess($outboundConnectorName, $action)) {
            $test = @{ Identity = [string] $connectors[0].Guid; Recipients = $TestRecipient }
            $results = @(Validate-OutboundConnector @test -Confirm:$false -ErrorAction Stop)
            # What the cmdlet returns is not documented, so a person reads it.
            $report = ($results | Format-List | Out-String).Trim()
            $findings += Write-Finding -State 'note' -Subject 'test mail' -Detail $report
        }
    }
    """
}
