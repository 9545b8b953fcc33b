internal import Artifacts
internal import Procedure

extension ExchangeScripts {
  /// Enables what lets MailGates deliver, before the cutover.
  func startInbound(_ connector: Part) -> PowerShellScript {
    var script = ExchangeScriptFrame(
      synopsis: "Enables the inbound connector, before the MX records change.",
      description: [
        "First checks that all is as connect.ps1 makes it and that nothing is restricted yet.",
        "A value that only reads back in another spelling is accepted with -AcceptDifference and",
        "the name of its parameter.",
      ],
      parameters: ["[string[]] $AcceptDifference = @()"],
      functions: [.objects, .text, .differences, .assertion, .outcome]
    ).script(for: settings)
    let rule = spamBypassRule
    let all = [connector, rule].compactMap { $0 }
    declareAndAssert(all, to: &script)
    if rule == nil {
      script.blank()
      script.line(Self.otherBypass)
    }
    for part in all {
      script.blank()
      enable(part, to: &script)
    }
    return script
  }

  /// Enables what sends mail by way of MailGates, after SPF and the connection have been checked.
  func startOutbound(_ connector: Part, _ rule: Part, include: String) -> PowerShellScript {
    var script = ExchangeScriptFrame(
      synopsis: "Validates the outbound connector, then enables it and its mail flow rule.",
      description: [
        "First checks that all is as connect.ps1 makes it and that SPF is published. Sends a test",
        "mail to the address that you give, outside your organization, and asks whether it came.",
        "A value that only reads back in another spelling is accepted with -AcceptDifference and",
        "the name of its parameter. With -DnsServer another server than the computer's own is asked.",
      ],
      parameters: [
        "[Parameter(Mandatory = $true)] [string[]] $TestRecipient,",
        "[string[]] $AcceptDifference = @(),", "[string] $DnsServer = ''",
      ],
      functions: [
        .objects, .text, .differences, .assertion, .outcome, .resolver, .senderPolicy,
      ]
    ).script(for: settings)
    declareAndAssert([connector, rule], to: &script)
    script.blank()
    script.comment("Mail may leave by way of MailGates only where SPF already says so.")
    script.line("Assert-Resolver")
    script.list("$domains", domains)
    script.block("foreach ($domain in $domains) {") { script in
      script.line(
        "Assert-SenderPolicy -Domain $domain -Include \(quoted: include) -Server $DnsServer")
    }
    script.blank()
    script.line("$identity = [string] $outboundConnectorCurrent.Guid")
    script.line(Self.validation)
    for part in [connector, rule] {
      script.blank()
      enable(part, to: &script)
    }
    return script
  }

  private func declareAndAssert(_ parts: [Part], to script: inout PowerShellScript) {
    for part in parts {
      script.blank()
      script.line(part.comment)
      script.declare(part, part.object.parameters)
      script.block("$check = @{") { script in
        script.line("Kind = \(quoted: part.object.kind.rawValue)")
        script.line("Name = $\(part.variable)Name")
        script.line("Parameters = $\(part.variable)")
        script.line("Accept = $AcceptDifference")
      }
      script.line("$\(part.variable)Current = Assert-AsMeant @check")
    }
  }

  private func enable(_ part: Part, to script: inout PowerShellScript) {
    let variable = part.variable
    let isRule = part.object.kind == .transportRule
    let isOn: PowerShell =
      isRule
      ? "[string] $\(variable)Current.State -eq 'Enabled'" : "$\(variable)Current.Enabled -eq $true"
    script.block("if (\(isOn)) {") { script in
      script.line("Write-Outcome -Name $\(variable)Name -Outcome 'unchanged'")
    }
    let action: PowerShell = "\(quoted: "Enable " + part.object.kind.rawValue)"
    script.block("elseif ($PSCmdlet.ShouldProcess($\(variable)Name, \(action))) {") { script in
      script.line("$identity = [string] $\(variable)Current.Guid")
      script.line(
        isRule
          ? "Enable-TransportRule -Identity $identity -Confirm:$false -ErrorAction Stop"
          : "Set-\(part.noun) -Identity $identity -Enabled $true -ErrorAction Stop")
      script.line("Write-Outcome -Name $\(variable)Name -Outcome 'enabled'")
    }
    // The rule that comes next sends mail to the connector.
    script.block("elseif (-not $WhatIfPreference) {") { script in
      script.line("throw ('{0} was not enabled. Nothing after it was done.' -f $\(variable)Name)")
    }
  }

  /// A rule that sets SCL -1 beside enhanced filtering keeps it from judging.
  private static let otherBypass: PowerShell = """
    # Enhanced filtering and rules that skip the spam filter do not go together.
    foreach ($rule in @(Get-MailObject -Kind 'TransportRule')) {
        $level = ConvertTo-ComparableText -Item $rule -Name 'SetSCL'
        if ($level -eq '-1' -and [string] $rule.State -eq 'Enabled') {
            Write-Warning ('The rule {0} sets SCL -1. Disable it if it is for this gateway.' -f $rule.Name)
        }
    }
    """

  private static let validation: PowerShell = """
    $isOn = $outboundConnectorCurrent.Enabled -eq $true
    if ($isOn -and $outboundConnectorCurrent.IsValidated -eq $true) {
        Write-Outcome -Name $outboundConnectorName -Outcome 'validated before'
    }
    elseif ($PSCmdlet.ShouldProcess($outboundConnectorName, 'Send a test mail by way of the connector')) {
        $test = @{ Identity = $identity; Recipients = $TestRecipient }
        $results = @(Validate-OutboundConnector @test -Confirm:$false -ErrorAction Stop)
        $report = ($results | Format-List | Out-String).Trim()
        # What the cmdlet returns is not documented, so a person decides.
        $question = 'Did every test below succeed, and did the test mail arrive?'
        if (-not $PSCmdlet.ShouldContinue($report, $question)) {
            throw 'The outbound connector was not validated. Nothing has been enabled.'
        }
        $now = (Get-Date).ToUniversalTime()
        $stamp = @{ IsValidated = $true; LastValidationTimestamp = $now }
        Set-OutboundConnector -Identity $identity @stamp -ErrorAction Stop
        Write-Outcome -Name $outboundConnectorName -Outcome 'validated'
    }
    elseif (-not $WhatIfPreference) {
        throw 'The outbound connector was not validated. Nothing has been enabled.'
    }
    """
}
