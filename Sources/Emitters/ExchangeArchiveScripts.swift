internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel

extension ExchangeScripts {
  /// Makes the journal rule of the archive, disabled; with -Start it enables what it finds as meant.
  func archive(_ rule: ExchangeObject, _ archive: JournalArchive) -> PowerShellScript {
    ExchangeScriptFrame(
      synopsis: "Creates the journal rule of the archive, disabled; with -Start it is enabled.",
      description: [
        "Run it without -Start first. Can be run again. Sets who gets reports that cannot be delivered",
        "and prints who it was before: note it for stop-archive.ps1. Stops where another address is",
        "set already: name it with -ReplaceReportRecipient only if nothing else needs it, for it is",
        "one for the whole organization.",
      ],
      parameters: ["[switch] $Start,", "[string] $ReplaceReportRecipient = ''"],
      functions: [.text, .outcome]
    ).script(for: settings) { script in
      declare(rule, archive, to: &script)
      script.blank()
      script.line(Self.archiveState)
      script.line(Self.archiveChange)
    }
  }

  /// Stops the copies; the rule stays, disabled.
  func stopArchive(_ rule: ExchangeObject, _ archive: JournalArchive) -> PowerShellScript {
    ExchangeScriptFrame(
      synopsis: "Disables the journal rule of the archive. Removes nothing.",
      description: [
        "What was journaled stays in the archive. With -RestoreReportRecipient the address that",
        "archive.ps1 printed as the one before is set again.",
      ],
      parameters: ["[string] $RestoreReportRecipient = ''"],
      functions: [.text, .outcome]
    ).script(for: settings) { script in
      declare(rule, archive, to: &script)
      script.blank()
      script.line(Self.archiveState)
      script.line(Self.archiveStop)
    }
  }

  private func declare(
    _ rule: ExchangeObject, _ archive: JournalArchive, to script: inout PowerShellScript
  ) {
    script.line("$ruleName = \(quoted: rule.name)")
    script.table("rule", rule.parameters)
    script.line("$reportTo = \(quoted: archive.undeliverableTo.value.description)")
  }

  private static let archiveState: PowerShell = """
    # All is read before anything is changed.
    $accepted = @(foreach ($domain in @(Get-AcceptedDomain -ErrorAction Stop)) { [string] $domain.DomainName })
    $rules = @(Get-JournalRule -ErrorAction Stop)
    $before = ConvertTo-ComparableText -Item (Get-TransportConfig -ErrorAction Stop) -Name 'JournalingReportNdrTo'
    # An empty address reads back as <>.
    if ($before -eq '<>') { $before = '' }
    $current = @($rules | Where-Object { $_.Name -eq $ruleName })
    if ($current.Count -gt 1) {
        throw ('{0} journal rules have the name {1}.' -f $current.Count, $ruleName)
    }
    $differences = @(
        foreach ($item in $current) {
            foreach ($name in @($rule.Keys | Sort-Object)) {
                $now = ConvertTo-ComparableText -Item $item -Name $name
                if ($now -ne $rule[$name]) { '{0} is [{1}], intended [{2}]' -f $name, $now, $rule[$name] }
            }
        }
    )
    """

  private static let archiveChange: PowerShell = """
    foreach ($address in @($rule['JournalEmailAddress'], $reportTo)) {
        if ($accepted -contains @($address -split '@')[-1]) {
            throw ('{0} is an address of this organization, which reports cannot be sent to.' -f $address)
        }
    }
    if ($Start -and ($current.Count -eq 0 -or $differences.Count -gt 0 -or $before -ne $reportTo)) {
        $text = 'The rule {0} or the recipient of its reports is not as intended [{1}]. Run this without -Start.'
        throw ($text -f $ruleName, ($differences -join '; '))
    }
    $others = @(
        $rules | Where-Object {
            $_.Name -ne $ruleName -and [string] $_.JournalEmailAddress -eq $rule['JournalEmailAddress']
        }
    )
    foreach ($other in $others) {
        Write-Warning ('The journal rule {0} sends copies to the same archive.' -f $other.Name)
    }
    Write-Outcome -Name 'JournalingReportNdrTo' -Outcome 'note this' -Detail ('before this run: [{0}]' -f $before)
    if ($before -eq $reportTo) {
        Write-Outcome -Name 'JournalingReportNdrTo' -Outcome 'unchanged'
    }
    elseif ($before -ne '' -and $before -ne $ReplaceReportRecipient) {
        throw ('JournalingReportNdrTo is {0} already. See -ReplaceReportRecipient.' -f $before)
    }
    elseif ($PSCmdlet.ShouldProcess($reportTo, 'Send undeliverable journal reports here')) {
        Set-TransportConfig -JournalingReportNdrTo $reportTo -ErrorAction Stop
        Write-Outcome -Name 'JournalingReportNdrTo' -Outcome 'changed' -Detail $reportTo
    }
    elseif (-not $WhatIfPreference) {
        throw 'JournalingReportNdrTo was not set. No rule was made.'
    }

    if ($current.Count -eq 0) {
        if ($PSCmdlet.ShouldProcess($ruleName, 'Create disabled JournalRule')) {
            $null = New-JournalRule -Name $ruleName -Enabled $false @rule -ErrorAction Stop
            Write-Outcome -Name $ruleName -Outcome 'created, disabled'
        }
        return
    }
    $identity = [string] $current[0].Guid
    if ($differences.Count -eq 0) {
        Write-Outcome -Name $ruleName -Outcome 'unchanged'
    }
    elseif ($PSCmdlet.ShouldProcess($ruleName, 'Change JournalRule')) {
        Set-JournalRule -Identity $identity @rule -ErrorAction Stop
        Write-Outcome -Name $ruleName -Outcome 'changed' -Detail ($differences -join '; ')
    }
    if (-not $Start) { return }
    if ($current[0].Enabled -eq $true) {
        Write-Outcome -Name $ruleName -Outcome 'unchanged' -Detail 'is enabled'
    }
    elseif ($PSCmdlet.ShouldProcess($ruleName, 'Enable JournalRule')) {
        Enable-JournalRule -Identity $identity -Confirm:$false -ErrorAction Stop
        Write-Outcome -Name $ruleName -Outcome 'enabled'
    }
    """

  private static let archiveStop: PowerShell = """
    if ($current.Count -eq 0) {
        Write-Outcome -Name $ruleName -Outcome 'does not exist'
    }
    elseif ($current[0].Enabled -ne $true) {
        Write-Outcome -Name $ruleName -Outcome 'unchanged' -Detail (@('is disabled') + $differences -join '; ')
    }
    elseif ($PSCmdlet.ShouldProcess($ruleName, 'Disable JournalRule')) {
        $identity = [string] $current[0].Guid
        Disable-JournalRule -Identity $identity -Confirm:$false -ErrorAction Stop
        Write-Outcome -Name $ruleName -Outcome 'disabled'
    }
    if ($RestoreReportRecipient -eq '' -or $RestoreReportRecipient -eq $before) {
        Write-Outcome -Name 'JournalingReportNdrTo' -Outcome 'unchanged' -Detail ('[{0}]' -f $before)
    }
    elseif ($before -ne $reportTo) {
        throw ('JournalingReportNdrTo is {0}, which archive.ps1 did not set. It was not changed.' -f $before)
    }
    elseif ($PSCmdlet.ShouldProcess($RestoreReportRecipient, 'Send undeliverable journal reports here')) {
        Set-TransportConfig -JournalingReportNdrTo $RestoreReportRecipient -ErrorAction Stop
        Write-Outcome -Name 'JournalingReportNdrTo' -Outcome 'changed' -Detail $RestoreReportRecipient
    }
    """
}
