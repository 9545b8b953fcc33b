internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel

/// What every script for Exchange Online begins with: what it needs, how it stops, and the
/// functions that it uses. After it come only the script's own statements.
struct ExchangeScriptFrame {
  let synopsis: PowerShell
  /// One line of text an element.
  let description: [PowerShell]
  /// Whether the script can change anything; only then it knows -WhatIf.
  var changes = true
  /// Parameters of the script's own.
  var parameters: [PowerShell] = []
  let functions: [ExchangeScriptFunction]

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
    script.line("#>")
    script.line(
      changes
        ? "[CmdletBinding(SupportsShouldProcess = $true, ConfirmImpact = 'High')]"
        : "[CmdletBinding()]")
    if parameters.isEmpty {
      script.line("param()")
    } else {
      script.block("param(", closing: ")") { script in
        for parameter in parameters { script.line(parameter) }
      }
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
        let key =
          ExchangeCmdlet.spelling(of: parameter.name).map { PowerShell(stringLiteral: $0) }
          ?? "\(quoted: parameter.name)"
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
