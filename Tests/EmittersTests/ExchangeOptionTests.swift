import Artifacts
import Emitters
import Procedure
import TestSupport
import Testing

/// The scripts beside those that connect and start.
@Suite struct ExchangeOptionTests {
  private static let all = ExchangeTenant(
    more: [ExchangeTenant.archive, ExchangeTenant.registration], sealer: "gateway.example")

  private func outline(_ text: String) throws -> ScriptOutline {
    try ScriptOutline(Array(text.utf8))
  }

  @Test(arguments: ExchangeTenant.all)
  func validationChangesNothing(_ tenant: ExchangeTenant) throws {
    let text = try tenant.script("validate.ps1")
    let names = try outline(text).commands.map(\.name).filter { ScriptOutline.cmdlet($0) != nil }
    let sends = "Validate-OutboundConnector"
    #expect(names.allSatisfy { $0.hasPrefix("Get-") || $0 == sends })
    #expect(names.contains(sends) == tenant.hasOutbound)
    #expect(text.contains("[switch] $InboundStarted") == tenant.hasInbound)
    #expect(text.contains("[switch] $OutboundStarted") == tenant.hasOutbound)
    #expect(text.contains("[switch] $LockedDown") == (tenant.lockdown != nil))
    #expect(text.contains("exit 1") && text.hasSuffix("exit 0\n"))
    // Every object that connect.ps1 makes is looked at.
    let connect = try tenant.script("connect.ps1")
    for line in connect.split(separator: "\n") where line.contains("Name = 'MailGates ") {
      let name = try #require(line.split(separator: "'").last)
      #expect(text.contains(" \(name)'"), "\(name)")
    }
  }

  @Test func theUsersAreComparedWithTenantYAML() throws {
    let text = try ExchangeTenant(shared: "[info@kaede.example, O'Brien@kaede.example]")
      .script("check-users.ps1")
    #expect(text.contains("$shared = @('info@kaede.example', 'O''Brien@kaede.example')"))
    #expect(text.contains("$domains = @('kaede.example', 'kaede-alias.example')"))
    let names = try outline(text).commands.map(\.name).filter { ScriptOutline.cmdlet($0) != nil }
    #expect(Set(names) == ["Get-AcceptedDomain", "Get-EXOMailbox"])
  }

  @Test func theSealerJoinsTheListAndLeavesIt() throws {
    let add = try Self.all.script("trust-sealer.ps1")
    #expect(add.contains("$sealer = 'gateway.example'"))
    #expect(add.contains("$wanted = @($trusted) + $sealer"))
    let remove = try Self.all.script("rollback/3-mail-server/m365/distrust-sealer.ps1")
    #expect(remove.contains("$wanted = @($trusted | Where-Object { $_ -ne $sealer })"))
    #expect(remove.contains("if ($wanted.Count -eq 0) { $wanted = @(' ') }"))
    for text in [add, remove] {
      let read = try #require(text.firstRange(of: "$trusted = @(Get-TrustedSealer)"))
      let change = try #require(text.firstRange(of: "Set-ArcConfig -Identity $Identity"))
      #expect(read.lowerBound < change.lowerBound)
      #expect(text.split(separator: "Set-ArcConfig -Identity").count == 2)
    }
  }

  @Test func theArchiveReadsAllBeforeItChangesAnything() throws {
    let text = try Self.all.script("archive.ps1")
    let lines = text.split(separator: "\n").map(String.init)
    func first(_ part: String) throws -> Int {
      try #require(lines.firstIndex { $0.contains(part) }, "\(part)")
    }
    let reads = try ["Get-JournalRule", "Get-TransportConfig", "Get-AcceptedDomain -ErrorAction"]
      .map(first)
    let changes = try [
      "Set-TransportConfig", "New-JournalRule", "Set-JournalRule", "Enable-JournalRule",
    ].map(first)
    #expect(try #require(reads.max()) < #require(changes.min()))
    #expect(text.contains("New-JournalRule -Name $ruleName -Enabled $false @rule"))
    #expect(text.contains("$reportTo = 'reports@archive.example'"))
    #expect(text.contains("JournalEmailAddress = 'journal@archive.example'"))
    let stop = try Self.all.script("rollback/3-mail-server/m365/stop-archive.ps1")
    let names = try outline(stop).commands.map(\.name)
    #expect(names.contains("Disable-JournalRule") && !names.contains("Enable-JournalRule"))
  }

  @Test func theSecretIsShownByTheConsoleAlone() throws {
    let text = try Self.all.script("oauth-app.ps1")
    let lines = text.split(separator: "\n").map(String.init)
    // What has the secret goes to the console, and is thrown away.
    let uses = lines.filter { $0.contains("$secret") }.map { $0.trimmed }
    #expect(
      uses == [
        "$secret = Add-MgApplicationPassword @made -ErrorAction Stop",
        "[Console]::WriteLine($secret.SecretText)",
        "$day = ([datetime] $secret.EndDateTime).ToUniversalTime().ToString('o').Substring(0, 10)",
        "$secret = $null",
      ])
    let names = try outline(text).commands.map(\.name)
    for name in ["Set-Content", "Out-File", "Write-Host", "Start-Transcript", "Tee-Object"] {
      #expect(!names.contains(name))
    }
    func first(_ part: String) throws -> Int {
      try #require(lines.firstIndex { $0.contains(part) }, "\(part)")
    }
    // Nothing is made that could not be shown, or that would be recorded.
    let made = try first("Add-MgApplicationPassword")
    #expect(try first("[Console]::IsOutputRedirected") < made)
    #expect(try first("Stop-Transcript -ErrorAction Stop") < made)
    #expect(try first("if (-not $NewSecret) { return }") < made)
    #expect(text.contains("[ValidateRange(1, 24)] [int] $SecretMonths = 24"))
  }

  @Test func theAppIsRegisteredAsThePapersSay() throws {
    let text = try Self.all.script("oauth-app.ps1")
    #expect(text.contains("$redirect = 'https://redirect.gateway.example/'"))
    #expect(text.contains("$audience = 'AzureADMyOrg'"))
    #expect(text.contains("$application = @('User.Read.All')"))
    #expect(text.contains("$delegated = @('User.Read')"))
    #expect(text.contains("Web = $target") && !text.contains("Spa = "))
    let other = try ExchangeTenant(more: [
      "registration: { accounts: any-tenant, platform: spa }"
    ]).script("oauth-app.ps1")
    #expect(other.contains("$audience = 'AzureADMultipleOrgs'"))
    #expect(other.contains("Spa = $target") && !other.contains("Web = "))
    #expect(other.contains("$application = @()") && other.contains("$delegated = @()"))
  }

  @Test func theExportHasEveryListThatTheReaderAsksFor() throws {
    let text = try ExchangeTenant().script("preflight.ps1")
    for kind in ExchangeExport.Kind.allCases {
      #expect(text.contains(" \(kind.rawValue) = @(Get-AllRecorded "), "\(kind)")
    }
    // Every parameter that connect.ps1 sets can be compared.
    let connect = try outline(try Self.all.script("connect.ps1"))
    for command in connect.commands where command.name.hasPrefix("New-") {
      for name in command.given
      where !ExchangeCmdlet.common.map(\.description).contains(name) {
        #expect(text.contains("'\(name)'") || name == "Enabled", "\(name)")
      }
    }
    let lines = text.split(separator: "\n").map(String.init)
    let written = try #require(lines.firstIndex { $0.contains("WriteAllText") })
    let read = try #require(lines.lastIndex { $0.contains("-ErrorAction Stop)") })
    #expect(read < written)
  }
}

extension String {
  fileprivate var trimmed: String {
    String(drop { $0 == " " })
  }
}
