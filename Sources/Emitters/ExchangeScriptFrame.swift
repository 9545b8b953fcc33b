internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel

/// What every script for Exchange Online begins and ends with: what it needs, how it stops, the
/// functions that it uses, and the transcript around the script's own statements.
struct ExchangeScriptFrame {
  let synopsis: PowerShell
  /// One line of text an element.
  let description: [PowerShell]
  /// Whether the script changes Exchange Online. Then each change is asked for.
  var changes = true
  /// Parameters of the script's own, each but the last with a comma at its end.
  var parameters: [PowerShell] = []
  let functions: [ExchangeScriptFunction]

  /// The script with the statements that `body` writes.
  func script(
    for settings: Microsoft365, _ body: (inout PowerShellScript) -> Void
  ) -> PowerShellScript {
    var script = script(for: settings)
    body(&script)
    return script
  }

  /// The beginning of the script, and its end after all that is written to it.
  func script(for settings: Microsoft365) -> PowerShellScript {
    var script = PowerShellScript()
    script.line("#Requires -Version 5.1")
    script.line(
      "#Requires -Modules @{ ModuleName = 'ExchangeOnlineManagement'; ModuleVersion = '3.0.0' }")
    script.blank()
    script.line("<#")
    script.line(".SYNOPSIS")
    script.line("    \(synopsis)")
    script.line(".DESCRIPTION")
    for text in description { script.line("    \(text)") }
    script.line("    Keeps a transcript beside this script, or where -TranscriptPath says.")
    script.line("#>")
    let impact: PowerShell = changes ? ", ConfirmImpact = 'High'" : ""
    script.line("[CmdletBinding(SupportsShouldProcess = $true\(impact))]")
    script.block("param(", closing: ")") { script in
      script.line(
        parameters.isEmpty ? "[string] $TranscriptPath = ''" : "[string] $TranscriptPath = '',")
      for parameter in parameters { script.line(parameter) }
    }
    script.blank()
    script.line("Set-StrictMode -Version 3.0")
    script.line("$ErrorActionPreference = 'Stop'")
    for function in ExchangeScriptFunction.allCases
    where function == .organization || functions.contains(function) {
      script.blank()
      script.line(function.code)
    }
    script.blank()
    script.block("if ($TranscriptPath -eq '') {") { script in
      script.line("$stamp = Get-Date -Format 'yyyyMMdd-HHmmss'")
      script.line("$log = [System.IO.Path]::GetFileNameWithoutExtension($PSCommandPath)")
      script.line("$log = '{0}-{1}.log' -f $log, $stamp")
      script.line("$TranscriptPath = Join-Path -Path $PSScriptRoot -ChildPath $log")
    }
    script.line("$null = Start-Transcript -Path $TranscriptPath -WhatIf:$false -Confirm:$false")
    // An error that leaves the script is shown after the transcript has ended.
    script.enclose(
      "try {",
      ending: [
        """
        }
        catch {
            Write-Warning ('Stopped: {0}' -f $_.Exception.Message)
            throw
        }
        finally {
            $null = Stop-Transcript
        }
        """
      ])
    script.line("Assert-Organization -InitialDomain \(quoted: settings.tenant.value.ascii)")
    return script
  }
}

extension PowerShellScript {
  /// `$variable = @( … )`, one value a line where they are many.
  mutating func list(_ target: PowerShell, _ values: [String]) {
    let line: PowerShell = "\(target) = \(list: values)"
    guard line.text.utf8.count > 90 else { return self.line(line) }
    block("\(target) = @(", closing: ")") { script in
      for value in values { script.line("\(quoted: value)") }
    }
  }

  /// A hashtable of parameters, to be splatted. What has no value is `$null`.
  mutating func table(_ variable: PowerShell, _ parameters: [ExchangeObject.Parameter]) {
    table(key: "$\(variable)", parameters)
  }

  /// The same as an entry of another table.
  mutating func table(key: PowerShell, _ parameters: [ExchangeObject.Parameter]) {
    block("\(key) = @{") { script in
      for parameter in parameters {
        let key = parameter.key
        switch parameter.value {
        case .string(let text): script.line("\(key) = \(quoted: text)")
        case .strings(let texts) where texts.isEmpty: script.line("\(key) = $null")
        case .strings(let texts): script.list(key, texts)
        case .bool(let flag): script.line("\(key) = \(bool: flag)")
        case .integer(let number): script.line("\(key) = \(number)")
        case .null: script.line("\(key) = $null")
        }
      }
    }
  }
}

extension ExchangeObject.Parameter {
  /// The name as the key of a hashtable.
  var key: PowerShell {
    ExchangeCmdlet.spelling(of: name).map { PowerShell(stringLiteral: $0) } ?? "\(quoted: name)"
  }
}
