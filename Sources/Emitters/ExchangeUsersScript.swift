internal import Artifacts
internal import MailRecords
internal import SourceText
internal import TenantModel

extension ExchangeScripts {
  /// Reads the mailboxes and says which of them MailGates cannot work with as they are (articles
  /// 44234964774425 and 44235421260953).
  var checkUsers: PowerShellScript {
    var script = ExchangeScriptFrame(
      synopsis: "Lists mailboxes that MailGates cannot work with as they are. Changes nothing.",
      description: [
        "A user's UPN has to equal the mail address. Shared mailboxes cannot log in and need the",
        "login exemption in MailGates: each is compared with sharedMailboxes of tenant.yaml.",
        "Ends with exit code 1 where there is a problem.",
      ],
      changes: false, functions: [.finding]
    ).script(for: settings) { script in
      script.list("$domains", domains)
      script.list("$shared", settings.sharedMailboxes.map(\.value.description))
      script.blank()
      script.line(Self.users)
    }
    script.line("if ($problems.Count -gt 0) { exit 1 }")
    script.line("exit 0")
    return script
  }

  private static let users: PowerShell = """
    $query = @{
        RecipientTypeDetails = @('UserMailbox', 'SharedMailbox', 'RoomMailbox', 'EquipmentMailbox')
    }
    $mailboxes = @(Get-EXOMailbox @query -ResultSize Unlimited -ErrorAction Stop)
    $equal = 0
    $seen = @{}
    $findings = @(
        foreach ($mailbox in $mailboxes) {
            $address = ([string] $mailbox.PrimarySmtpAddress).ToLowerInvariant()
            $domain = @($address -split '@')[-1]
            $kind = [string] $mailbox.RecipientTypeDetails
            $seen[$address] = $kind
            if ($domains -notcontains $domain) { continue }
            if ($kind -eq 'UserMailbox') {
                $upn = [string] $mailbox.UserPrincipalName
                if ($upn -eq $address) {
                    $equal += 1
                    continue
                }
                $detail = 'has the UPN {0}; MailGates knows only users whose UPN is the address' -f $upn
                Write-Finding -State 'problem' -Subject $address -Detail $detail
            }
            elseif ($kind -eq 'SharedMailbox' -and $shared -contains $address) {
                $detail = 'is shared: set the login exemption in MailGates'
                Write-Finding -State 'note' -Subject $address -Detail $detail
            }
            elseif ($kind -eq 'SharedMailbox') {
                $detail = 'is shared, and not in sharedMailboxes of tenant.yaml'
                Write-Finding -State 'problem' -Subject $address -Detail $detail
            }
            else {
                $detail = 'is a {0}: ask the vendor whether it needs the login exemption' -f $kind
                Write-Finding -State 'note' -Subject $address -Detail $detail
            }
        }
        foreach ($address in $shared) {
            if (-not $seen.ContainsKey($address.ToLowerInvariant())) {
                $detail = 'is in sharedMailboxes of tenant.yaml, and no mailbox has it as its address'
                Write-Finding -State 'problem' -Subject $address -Detail $detail
            }
            elseif ($seen[$address.ToLowerInvariant()] -ne 'SharedMailbox') {
                $detail = 'is in sharedMailboxes of tenant.yaml, and is a {0}'
                $kind = $seen[$address.ToLowerInvariant()]
                Write-Finding -State 'problem' -Subject $address -Detail ($detail -f $kind)
            }
        }
    )
    $findings
    $detail = '{0} of {1} mailboxes are users whose UPN is the address' -f $equal, $mailboxes.Count
    Write-Finding -State 'ok' -Subject 'users' -Detail $detail
    $problems = @($findings | Where-Object { $_.State -eq 'problem' })
    """
}
