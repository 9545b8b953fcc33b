internal import Artifacts
internal import Procedure

extension ExchangeScripts {
  /// Creates or corrects all objects; leaves them switched as they are, new ones off.
  var connect: PowerShellScript {
    var script = ExchangeScriptFrame(
      synopsis: "Creates the connectors and mail flow rules, all of them disabled.",
      description: [
        "Can be run again: what exists is compared and, where it differs, corrected. Nothing is",
        "ever enabled, disabled or restricted here. Run it with -WhatIf first.",
      ],
      functions: [.objects, .text, .differences, .given, .outcome]
    ).script(for: settings)
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
    for part in parts {
      let kind: PowerShell = "-Kind \(quoted: part.object.kind.rawValue)"
      script.line(
        "$\(part.variable)Current = @(Get-NamedObject \(kind) -Name $\(part.variable)Name)")
    }
    for part in parts {
      script.blank()
      write(part, to: &script)
    }
    return script
  }

  private func write(_ part: Part, to script: inout PowerShellScript) {
    let variable = part.variable
    script.block("if ($\(variable)Current.Count -eq 0) {") { script in
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
    }
    script.block("else {") { script in
      script.line("$current = $\(variable)Current[0]")
      script.line(
        "$differences = @(Get-Difference -Current $current -Parameters $\(variable))")
      script.block("if ($differences.Count -eq 0) {") { script in
        script.line("Write-Outcome -Name $\(variable)Name -Outcome 'unchanged'")
      }
      let action: PowerShell = "\(quoted: "Change " + part.object.kind.rawValue)"
      script.block("elseif ($PSCmdlet.ShouldProcess($\(variable)Name, \(action))) {") { script in
        script.line("$identity = [string] $current.Guid")
        script.line("Set-\(part.noun) -Identity $identity @\(variable) -ErrorAction Stop")
        script.line(
          "Write-Outcome -Name $\(variable)Name -Outcome 'changed' -Detail ($differences -join '; ')"
        )
      }
      if !part.atCreation.isEmpty {
        script.line(
          "$kept = @(Get-Difference -Current $current -Parameters $\(variable)Creation)")
        script.block("if ($kept.Count -gt 0) {") { script in
          script.line(
            "Write-Outcome -Name $\(variable)Name -Outcome 'left as it is' -Detail ($kept -join '; ')"
          )
        }
      }
    }
  }
}
