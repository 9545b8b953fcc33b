internal import Artifacts
internal import MailRecords

extension ExchangeScripts {
  /// Trusts MailGates' ARC seals beside those that are trusted already: Set-ArcConfig replaces the
  /// whole list.
  func trustSealer(_ sealer: DomainName) -> PowerShellScript {
    ExchangeScriptFrame(
      synopsis: "Adds MailGates to the trusted ARC sealers.",
      description: [
        "Can be run again. Other sealers stay. If it prints 'unchanged', the sealer was trusted before",
        "MailGates: then do not run the script that takes it back.",
        "With -Identity the list of a delegated organization is named: TENANT-ID\\Default.",
      ],
      parameters: ["[string] $Identity = 'Default'"], functions: [.outcome]
    ).script(for: settings) { script in
      script.line("$sealer = \(quoted: sealer.ascii)")
      script.line(Self.trustedSealers)
      script.line(
        """
        if ($trusted -contains $sealer) {
            Write-Outcome -Name $sealer -Outcome 'unchanged' -Detail ($trusted -join ', ')
        }
        elseif ($PSCmdlet.ShouldProcess($sealer, 'Trust this ARC sealer')) {
            $wanted = @($trusted) + $sealer
            Set-ArcConfig -Identity $Identity -ArcTrustedSealers $wanted -Confirm:$false -ErrorAction Stop
            $now = @(Get-TrustedSealer)
            $missing = @($wanted | Where-Object { $now -notcontains $_ })
            if ($missing.Count -gt 0) {
                throw ('The list lacks {0} after the change.' -f ($missing -join ', '))
            }
            Write-Outcome -Name $sealer -Outcome 'added' -Detail ('before: {0}' -f ($trusted -join ', '))
        }
        """)
    }
  }

  /// Takes MailGates out of the list again.
  func distrustSealer(_ sealer: DomainName) -> PowerShellScript {
    ExchangeScriptFrame(
      synopsis: "Takes MailGates out of the trusted ARC sealers. Other sealers stay.",
      description: [
        "Run it only where trust-sealer.ps1 printed 'added'.",
        "With -Identity the list of a delegated organization is named: TENANT-ID\\Default.",
      ],
      parameters: ["[string] $Identity = 'Default'"], functions: [.outcome]
    ).script(for: settings) { script in
      script.line("$sealer = \(quoted: sealer.ascii)")
      script.line(Self.trustedSealers)
      script.line(
        """
        if ($trusted -notcontains $sealer) {
            Write-Outcome -Name $sealer -Outcome 'unchanged' -Detail ($trusted -join ', ')
        }
        elseif ($PSCmdlet.ShouldProcess($sealer, 'Trust this ARC sealer no longer')) {
            $wanted = @($trusted | Where-Object { $_ -ne $sealer })
            # A blank empties the list (Set-ArcConfig).
            if ($wanted.Count -eq 0) { $wanted = @(' ') }
            Set-ArcConfig -Identity $Identity -ArcTrustedSealers $wanted -Confirm:$false -ErrorAction Stop
            $now = @(Get-TrustedSealer)
            if ($now -contains $sealer) { throw ('{0} is still trusted.' -f $sealer) }
            Write-Outcome -Name $sealer -Outcome 'removed' -Detail ('now: {0}' -f ($now -join ', '))
        }
        """)
    }
  }

  /// The list reads back as one text with commas.
  private static let trustedSealers: PowerShell = """
    function Get-TrustedSealer {
        foreach ($config in @(Get-ArcConfig -ErrorAction Stop)) {
            foreach ($text in @($config.ArcTrustedSealers)) {
                foreach ($part in @(([string] $text) -split ',')) {
                    if ($part.Trim() -ne '') { $part.Trim() }
                }
            }
        }
    }

    $trusted = @(Get-TrustedSealer)
    """
}
