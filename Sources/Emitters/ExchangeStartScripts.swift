internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel

extension ExchangeScripts {
  /// Enables what lets MailGates deliver, before the cutover.
  func startInbound(_ connector: Part) -> PowerShellScript {
    let rule = spamBypassRule
    return ExchangeScriptFrame(
      synopsis: "Enables the inbound connector, before the MX records change.",
      description: [
        "First checks that all is as connect.ps1 makes it and that nothing is restricted yet.",
        "A value that only reads back in another spelling is accepted with -AcceptDifference and",
        "the name of its parameter.",
      ],
      parameters: (rule == nil ? ["[string[]] $AcceptRule = @(),"] : [])
        + ["[string[]] $AcceptDifference = @()"],
      functions: [.objects, .text, .differences, .assertion, .restriction, .outcome]
        + (rule == nil ? [.addresses, .bypasses] : [])
    ).script(for: settings) { script in
      declareAndAssert(connector, connector.always, to: &script)
      script.line("$restriction = @(Get-Restriction -Connector $inboundConnectorCurrent)")
      script.block(
        "if ($restriction.Count -gt 0 -and $inboundConnectorCurrent.Enabled -ne $true) {"
      ) { script in
        script.line(
          "$text = '{0} is restricted ({1}), so enabling it would refuse mail that comes direct. '")
        script.line("$text += 'Run undo-lockdown.ps1 first. Nothing was changed.'")
        script.line("throw ($text -f $inboundConnectorName, ($restriction -join ', '))")
      }
      if let rule {
        declareAndAssert(rule, rule.object.parameters, to: &script)
      } else {
        script.list("$egress", egress)
        script.line("Assert-NoBypass -Addresses $egress -Except $AcceptRule")
      }
      script.blank()
      script.line(
        "$detail = if ($restriction.Count -gt 0) { 'the lockdown is on' } else { '' }")
      enable(connector, detail: "$detail", to: &script)
      if let rule {
        script.blank()
        enable(rule, to: &script)
      }
    }
  }

  /// Enables what sends mail by way of MailGates, after the DNS and the connection have been
  /// checked.
  func startOutbound(_ connector: Part, _ rule: Part, include: String) -> PowerShellScript {
    ExchangeScriptFrame(
      synopsis: "Validates the outbound connector, then enables it and its mail flow rule.",
      description: [
        "First checks that all is as connect.ps1 makes it and that SPF, and DKIM and DMARC where",
        "they are planned, are published. Sends a test mail to the address that you give, outside",
        "your organization, and asks whether it came. A value that only reads back in another",
        "spelling is accepted with -AcceptDifference and the name of its parameter. With -DnsServer",
        "another server than the computer's own is asked.",
      ],
      parameters: [
        "[Parameter(Mandatory = $true)] [string[]] $TestRecipient,",
        "[string[]] $AcceptDifference = @(),", "[string] $DnsServer = ''",
      ],
      functions: [
        .objects, .text, .differences, .assertion, .outcome, .resolver, .senderAuthentication,
      ]
    ).script(for: settings) { script in
      for part in [connector, rule] {
        declareAndAssert(part, part.object.parameters, to: &script)
      }
      script.blank()
      script.comment("Mail may leave by way of MailGates only where the DNS already says so.")
      script.line("Assert-Resolver")
      script.list("$domains", domains)
      script.block("foreach ($domain in $domains) {") { script in
        script.line(
          "Assert-SenderPolicy -Domain $domain -Include \(quoted: include) -Server $DnsServer")
      }
      for (name, key) in signingKeys {
        // A key is longer than a line.
        script.block("$key = @(", closing: ") -join ''") { script in
          for part in stride(from: 0, to: key.count, by: 64) {
            script.line("\(quoted: String(key.dropFirst(part).prefix(64)))")
          }
        }
        script.block("$check = @{") { script in
          script.line("Name = \(quoted: name)")
          script.line("Key = $key")
          script.line("Server = $DnsServer")
        }
        script.line("Assert-SigningKey @check")
      }
      for name in unpublishedKeys {
        script.line(
          "Write-Warning \(quoted: "The DKIM key of \(name) is not known yet: it was not looked for.")"
        )
      }
      for domain in reportingDomains {
        script.line("Assert-ReportPolicy -Domain \(quoted: domain) -Server $DnsServer")
      }
      script.blank()
      script.line("$identity = [string] $outboundConnectorCurrent.Guid")
      script.line(Self.validation)
      for part in [connector, rule] {
        script.blank()
        enable(part, to: &script)
      }
    }
  }

  private var sending: [DomainChanges] {
    let names = Set(domains)
    return procedure.domains.filter { names.contains($0.domain.name.value.ascii) }
  }

  /// The names and the keys that step 2 publishes.
  private var signingKeys: [(name: String, key: String)] {
    sending.flatMap(\.senderAuthentication).filter { $0.purpose == .dkim }.flatMap { change in
      let name = String(change.owner.absolute.dropLast())
      return change.after.compactMap { data -> (String, String)? in
        guard case .txt(let value) = data, let start = value.text.firstRange(of: "p=") else {
          return nil
        }
        return (name, value.text[start.upperBound...].filter { $0 != " " })
      }
    }
  }

  private var unpublishedKeys: [String] {
    sending.flatMap { domain in
      domain.waitingKeys.map { "\($0.selector)._domainkey.\(domain.domain.name.value.ascii)" }
    }
  }

  private var reportingDomains: [String] {
    sending.filter { $0.senderAuthentication.contains { $0.purpose == .dmarc } }
      .map(\.domain.name.value.ascii)
  }

  func declareAndAssert(
    _ part: Part, _ parameters: [ExchangeObject.Parameter], to script: inout PowerShellScript
  ) {
    script.blank()
    script.line(part.comment)
    script.declare(part, parameters)
    script.block("$check = @{") { script in
      script.line("Kind = \(quoted: part.object.kind.rawValue)")
      script.line("Name = $\(part.variable)Name")
      script.line("Parameters = $\(part.variable)")
      script.line("Accept = $AcceptDifference")
    }
    script.line("$\(part.variable)Current = Assert-AsMeant @check")
  }

  private func enable(
    _ part: Part, detail: PowerShell = "''", to script: inout PowerShellScript
  ) {
    let variable = part.variable
    let isRule = part.object.kind == .transportRule
    let isOn: PowerShell =
      isRule
      ? "[string] $\(variable)Current.State -eq 'Enabled'" : "$\(variable)Current.Enabled -eq $true"
    script.block("if (\(isOn)) {") { script in
      script.line("Write-Outcome -Name $\(variable)Name -Outcome 'unchanged' -Detail \(detail)")
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
    stop(unless: "enabled", part, to: &script)
  }

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
