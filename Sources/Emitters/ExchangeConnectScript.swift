internal import Artifacts
internal import Procedure

extension ExchangeScripts {
  /// Creates or corrects all objects; leaves them switched as they are, new ones off.
  var connect: PowerShellScript {
    let filters = inboundConnector != nil && spamBypassRule == nil
    return ExchangeScriptFrame(
      synopsis: "Creates the connectors and mail flow rules, all of them disabled.",
      description: [
        "Can be run again: what exists is compared and, where it differs, corrected. Nothing is",
        "ever enabled, disabled or restricted here. Run it with -WhatIf first. What has the name of",
        "one of these objects, but was not made here, stops the script. Name it with -Adopt to let",
        "it be changed: it must be disabled, and before.json of preflight.ps1 must hold it.",
      ],
      parameters: ["[string[]] $Adopt = @(),"]
        + (filters ? ["[string[]] $AcceptRule = @(),"] : []) + ["[string] $RecordPath = ''"],
      functions: [
        .objects, .text, .mark, .differences, .given, .outcome, .record, .adoption,
      ] + (filters ? [.addresses, .bypasses] : [])
    ).script(for: settings) { script in
      script.line("$mark = \(quoted: exchange.mark)")
      script.line(recordPath(levels: 0))
      for part in parts {
        script.blank()
        script.line(part.comment)
        script.declare(part, part.always)
        if !part.atCreation.isEmpty {
          script.comment("Only when it is created: a later lockdown stays as it is.")
          script.table("\(part.variable)Creation", part.atCreation)
        }
      }
      script.blank()
      script.comment("All is read before anything is changed.")
      script.block("$ownership = @{") { script in
        script.line("Mark = $mark")
        script.line("RecordPath = $RecordPath")
        script.line("InitialDomain = \(quoted: organization)")
      }
      for part in parts { read(part, to: &script) }
      if filters {
        script.list("$egress", egress)
        script.block(
          "if ($inboundConnectorFound.Count -eq 1 -and $inboundConnectorFound[0].Enabled -eq $true) {"
        ) { script in
          script.line("Assert-NoBypass -Addresses $egress -Except $AcceptRule")
        }
      }
      for part in parts {
        script.blank()
        write(part, to: &script)
      }
    }
  }

  /// `$xFound` and `$xDifferences`.
  private func read(_ part: Part, to script: inout PowerShellScript) {
    let variable = part.variable
    let kind: PowerShell = "-Kind \(quoted: part.object.kind.rawValue)"
    script.line("$\(variable)Found = @(Get-NamedObject \(kind) -Name $\(variable)Name)")
    script.line("$\(variable)Differences = @()")
    if !part.atCreation.isEmpty { script.line("$\(variable)Kept = @()") }
    script.block("if ($\(variable)Found.Count -eq 1) {") { script in
      script.line("$current = $\(variable)Found[0]")
      script.line("Assert-OwnObject -Item $current \(kind) -Adopt $Adopt @ownership")
      script.line(
        "$\(variable)Differences = @(Get-Difference -Current $current -Parameters $\(variable))")
      if !part.atCreation.isEmpty {
        script.line(
          "$\(variable)Kept = @(Get-Difference -Current $current -Parameters $\(variable)Creation)")
      }
    }
  }

  private func write(_ part: Part, to script: inout PowerShellScript) {
    let variable = part.variable
    script.block("if ($\(variable)Found.Count -eq 0) {") { script in
      let action: PowerShell = "\(quoted: "Create disabled " + part.object.kind.rawValue)"
      script.block("if ($PSCmdlet.ShouldProcess($\(variable)Name, \(action))) {") { script in
        script.line("$given = Get-GivenParameter -Parameters $\(variable)")
        let creation: PowerShell = part.atCreation.isEmpty ? "" : " @\(variable)Creation"
        script.block("$new = @{") { script in
          script.line("Name = $\(variable)Name")
          script.line("Enabled = $false")
        }
        script.line("$null = New-\(part.noun) @new @given\(creation) -ErrorAction Stop")
        script.line("Write-Outcome -Name $\(variable)Name -Outcome 'created, disabled'")
      }
      stop(unless: "created", part, to: &script)
    }
    script.block("elseif ($\(variable)Differences.Count -eq 0) {") { script in
      script.line("Write-Outcome -Name $\(variable)Name -Outcome 'unchanged'")
    }
    script.block("else {") { script in
      let action: PowerShell = "\(quoted: "Change " + part.object.kind.rawValue)"
      script.line("$detail = $\(variable)Differences -join '; '")
      script.block("if ($PSCmdlet.ShouldProcess($\(variable)Name, \(action))) {") { script in
        script.line("$identity = [string] $\(variable)Found[0].Guid")
        script.line("Set-\(part.noun) -Identity $identity @\(variable) -ErrorAction Stop")
        script.line("Write-Outcome -Name $\(variable)Name -Outcome 'changed' -Detail $detail")
      }
      stop(unless: "changed", part, to: &script)
    }
    guard !part.atCreation.isEmpty else { return }
    script.block("if ($\(variable)Kept.Count -gt 0) {") { script in
      script.line("$detail = $\(variable)Kept -join '; '")
      script.line("Write-Outcome -Name $\(variable)Name -Outcome 'left as it is' -Detail $detail")
    }
  }

  /// A person who says no stops the script: what comes next may depend on it.
  func stop(unless done: String, _ part: Part, to script: inout PowerShellScript) {
    script.block("elseif (-not $WhatIfPreference) {") { script in
      let text: PowerShell = "\(quoted: "{0} was not \(done). Nothing after it was done.")"
      script.line("throw (\(text) -f $\(part.variable)Name)")
    }
  }
}
