import Artifacts
import Emitters
import Procedure
import TestSupport
import Testing

@Suite struct ExchangeScriptTests {
  @Test func theContractDecidesWhichScriptsThereAre() throws {
    func paths(_ tenant: ExchangeTenant) throws -> [String] {
      try tenant.scripts().map(\.path.description).sorted()
    }
    let inbound = [
      "3-mail-server/m365/check-users.ps1", "3-mail-server/m365/connect.ps1",
      "3-mail-server/m365/preflight.ps1", "3-mail-server/m365/start-inbound.ps1",
      "3-mail-server/m365/validate.ps1", "8-afterwards/m365/lockdown.ps1",
      "rollback/3-mail-server/m365/rollback.ps1",
      "rollback/8-afterwards/m365/undo-lockdown.ps1",
    ]
    let outbound = [
      "3-mail-server/m365/check-users.ps1", "3-mail-server/m365/connect.ps1",
      "3-mail-server/m365/preflight.ps1", "3-mail-server/m365/start-outbound.ps1",
      "3-mail-server/m365/validate.ps1", "rollback/3-mail-server/m365/rollback.ps1",
    ]
    #expect(try paths(.init(services: ["inbound-security"])) == inbound)
    #expect(try paths(.init(services: ["leak-prevention"], lockdown: nil)) == outbound)
    #expect(try paths(.init()) == Set(inbound + outbound).sorted())
    #expect(
      try paths(.init(lockdown: nil))
        == Set(inbound + outbound).filter { !$0.contains("lockdown") }.sorted())
    let more = [
      "3-mail-server/m365/archive.ps1", "3-mail-server/m365/oauth-app.ps1",
      "3-mail-server/m365/trust-sealer.ps1", "rollback/3-mail-server/m365/distrust-sealer.ps1",
      "rollback/3-mail-server/m365/stop-archive.ps1",
    ]
    let all = ExchangeTenant(
      more: [ExchangeTenant.archive, ExchangeTenant.registration], sealer: "gateway.example")
    #expect(try paths(all) == Set(inbound + outbound + more).sorted())
    // MailGates seals nothing on the way in where it passes nothing in.
    #expect(
      try !paths(.init(services: ["leak-prevention"], lockdown: nil, sealer: "gateway.example"))
        .contains { $0.contains("sealer") })
    // No script registers an app that nobody signs in by.
    let saml = ExchangeTenant(
      signIn: "{ saml: { idp: Entra ID, contact: Sato } }", more: [ExchangeTenant.registration])
    #expect(try !paths(saml).contains { $0.contains("oauth-app") })
  }

  @Test(arguments: ExchangeTenant.all)
  func everyScriptIsSoundPowerShell(_ tenant: ExchangeTenant) throws {
    let scripts = try tenant.scripts()
    #expect(scripts.count >= 4)
    for script in scripts {
      let path = script.path.description
      #expect(
        try Judge.read("powershell_parser.py", input: script.bytes, as: [Int].self) == [],
        "\(path)")
      var lexer = PowerShellLexer(script.bytes)
      #expect(try !lexer.literals().isEmpty, "\(path)")
      #expect(script.bytes.allSatisfy { $0 < 0x80 }, "\(path)")
      let text = String(decoding: script.bytes, as: UTF8.self)
      let lines = text.split(separator: "\r\n", omittingEmptySubsequences: false)
      #expect(!lines.contains { $0.utf8.contains(0x0A) || $0.utf8.contains(0x0D) }, "\(path)")
      #expect(lines.allSatisfy { $0.utf8.count <= 120 && $0.last != " " }, "\(path)")
      #expect(text.hasPrefix("#Requires -Version 5.1\r\n#Requires -Modules @{"), "\(path)")
      #expect(lines.contains("Set-StrictMode -Version 3.0"), "\(path)")
      #expect(lines.contains("$ErrorActionPreference = 'Stop'"), "\(path)")
      #expect(
        lines.contains {
          $0.hasSuffix("Assert-Organization -InitialDomain 'kaedetrading.onmicrosoft.com'")
        }, "\(path)")
    }
  }

  @Test(arguments: ExchangeTenant.all)
  func onlyDocumentedCmdletsAndParametersAreUsed(_ tenant: ExchangeTenant) throws {
    for script in try tenant.scripts() {
      let outline = try ScriptOutline(script)
      #expect(!outline.commands.isEmpty)
      for command in outline.commands {
        let place = "\(script.path.description):\(command.line) \(command.name)"
        guard let cmdlet = ScriptOutline.cmdlet(command.name) else {
          #expect(
            outline.functions.contains(command.name)
              || ScriptOutline.builtIn.contains(command.name), "\(place)")
          continue
        }
        #expect(command.unknown == [], "\(place)")
        #expect(CmdletJudge(cmdlet: cmdlet).faults(in: command) == [], "\(place)")
        // A module's functions do not see the script's preference.
        #expect(command.parameters.contains("ErrorAction"), "\(place)")
      }
    }
  }

  @Test(arguments: [
    ("New-InboundConnector -Name 'a' -SenderDomains '*'", []),
    ("New-InboundConnector -SenderDomains @('*.kaede.example')", ["Name is missing"]),
    (
      "New-InboundConnector -Name 'a' -SenderDomains 'a.*.example'",
      ["SenderDomains may not be string [\"a.*.example\"]"]
    ),
    (
      "New-InboundConnector -Name 'a' -SenderDomains '*' -ConnectorType 'Parnter'",
      ["ConnectorType may not be string [\"Parnter\"]"]
    ),
    (
      "Set-InboundConnector -Identity $a -SenderIPAddresses @('192.0.2.0/23')",
      ["SenderIPAddresses may not be strings [\"192.0.2.0/23\"]"]
    ),
    (
      "Set-InboundConnector -Identity $a -SenderIPAddresses '2001:db8::1'",
      ["SenderIPAddresses may not be string [\"2001:db8::1\"]"]
    ),
    (
      "Set-InboundConnector -Identity $a -EFSkipLastIP $true -EFSkipIPs '192.0.2.1'",
      ["EFSkipLastIP True excludes EFSkipIPs"]
    ),
    ("Set-InboundConnector -Identity $a -EFSkipLastIP $true -EFSkipIPs $null", []),
    (
      "Set-InboundConnector -Identity $a -RestrictDomainsToIPAddresses $true",
      ["RestrictDomainsToIPAddresses True needs SenderIPAddresses"]
    ),
    (
      "Set-InboundConnector -Identity $a -RequireTls 'yes'",
      ["RequireTls may not be string [\"yes\"]"]
    ),
    (
      "New-OutboundConnector -Name 'a' -UseMXRecord $false",
      ["UseMXRecord False needs SmartHosts"]
    ),
    (
      "Set-OutboundConnector -Identity $a -TlsDomain 'kaede.example' -TlsSettings 'EncryptionOnly'",
      ["TlsDomain needs TlsSettings DomainValidation"]
    ),
    ("Set-TransportRule -Identity $a -SetSCL 10", ["SetSCL may not be integer [\"10\"]"]),
    ("Set-TransportRule -Identity $a -SetSCL (-1)", []),
    (
      "Set-TransportRule -Identity $a -ExceptIfHeaderContainsWords 'a'",
      ["ExceptIfHeaderContainsWords needs ExceptIfHeaderContainsMessageHeader"]
    ),
    ("Set-TransportRule -Identity $a -Enabled $true", ["Enabled is not in the table"]),
    (
      "New-JournalRule -Name 'a' -JournalEmailAddress 'a@b.example' -Scope 'All'",
      ["Scope may not be string [\"All\"]"]
    ),
    (
      "Get-EXOMailbox -RecipientTypeDetails @('SharedMailbox', 'Shared') -ResultSize Unlimited",
      ["RecipientTypeDetails may not be strings [\"SharedMailbox\", \"Shared\"]"]
    ),
    (
      "New-OutboundConnector -Name '\(String(repeating: "a", count: 65))'",
      ["Name may not be string [\"\(String(repeating: "a", count: 65))\"]"]
    ),
  ])
  func theTableRefuses(_ code: String, _ faults: [String]) throws {
    let outline = try ScriptOutline(Array((code + "\r\n").utf8))
    let command = try #require(outline.commands.first)
    let cmdlet = try #require(ScriptOutline.cmdlet(command.name))
    #expect(CmdletJudge(cmdlet: cmdlet).faults(in: command) == faults)
  }

  @Test func everyCmdletHasItsSource() {
    #expect(Set(ExchangeCmdlet.all.map(\.name.description)).count == ExchangeCmdlet.all.count)
    for cmdlet in ExchangeCmdlet.all {
      let name = cmdlet.name.description
      let page = "/" + name.lowercased()
      #expect(cmdlet.source.description.hasPrefix("https://learn.microsoft.com/"), "\(name)")
      #expect(cmdlet.source.description.hasSuffix(page), "\(name)")
      #expect(cmdlet.read.description.wholeMatch(of: /20[0-9]{2}-[0-9]{2}-[0-9]{2}/) != nil)
      let names = cmdlet.parameters.map(\.description)
      #expect(Set(names).count == names.count, "\(name)")
    }
  }

  @Test func theJudgeSeesWhatAScriptCalls() throws {
    let outline = try ScriptOutline(
      Array("$a = @{ Nmae = 'x' }\r\nNew-Thing -Wrong 1 @a @b | % { iex $_ }\r\n".utf8))
    #expect(outline.commands.map(\.name).contains("New-Thing"))
    let command = try #require(outline.commands.first { $0.name == "New-Thing" })
    #expect(command.given == ["Wrong", "Nmae"])
    #expect(command.unknown == ["$b"])
    #expect(outline.commands.contains { $0.name == "iex" })
    #expect(outline.commands.contains { $0.name == "%" })
    var open = PowerShellLexer(Array("f 'a' { \"b\" }".utf8))
    #expect(throws: PowerShellLexer.Unexpected.self) { try open.literals() }
    var bracket = PowerShellLexer(Array("f { 'a' ".utf8))
    #expect(throws: PowerShellLexer.Unexpected.self) { try bracket.literals() }
  }

  @Test(arguments: ExchangeTenant.all)
  func nothingRestrictsOrStartsBeforeItsTime(_ tenant: ExchangeTenant) throws {
    for script in try tenant.scripts() {
      let path = script.path.description
      let text = String(decoding: script.bytes, as: UTF8.self)
      let outline = try ScriptOutline(script)
      let names = outline.commands.map(\.name)
      let removes = names.contains { $0.hasPrefix("Remove-") }
      #expect(removes == path.hasSuffix("/rollback.ps1"), "\(path)")
      #expect(!names.contains("Invoke-Expression"), "\(path)")
      #expect(text.contains("SupportsShouldProcess = $true"), "\(path)")
      // The script that shows a secret keeps no transcript, and stops one that somebody started.
      let showsSecret = path.hasSuffix("/oauth-app.ps1")
      #expect(names.contains("Start-Transcript") != showsSecret, "\(path)")
      #expect(names.contains("Stop-Transcript"), "\(path)")
      if path.hasSuffix("/lockdown.ps1") {
        #expect(text.contains("RejectDirectSend $true"))
        continue
      }
      if path.hasSuffix("/validate.ps1") {
        // It names the restrictions, to compare with them.
        #expect(!names.contains { $0.hasPrefix("Set-") && $0 != "Set-StrictMode" }, "\(path)")
        continue
      }
      for restriction in [
        "RestrictDomainsToIPAddresses = $true", "RestrictDomainsToCertificate = $true",
        "RequireTls = $true", "EFSkipLastIP = $true", "RejectDirectSend $true",
      ] { #expect(!text.contains(restriction), "\(path)") }
      if path.hasSuffix("preflight.ps1") || path.hasSuffix("check-users.ps1") {
        let called = names.filter { ScriptOutline.cmdlet($0) != nil }
        #expect(called.allSatisfy { $0.hasPrefix("Get-") })
      }
      let starts = path.contains("/start-")
      #expect(text.contains("Enabled $true") == starts, "\(path)")
      // rollback.ps1 enables what the record holds as enabled.
      if path.hasSuffix("/rollback.ps1") { continue }
      #expect(names.contains("Enable-TransportRule") == (starts && usesRule(path, tenant)))
    }
  }

  private func usesRule(_ path: String, _ tenant: ExchangeTenant) -> Bool {
    path.hasSuffix("start-outbound.ps1") || tenant.spamBypass == "scl"
  }

  @Test(arguments: ExchangeTenant.all)
  func whatIsCreatedIsOffAndWhatIsThereKeepsItsSwitch(_ tenant: ExchangeTenant) throws {
    let script = try #require(
      try tenant.scripts().first { $0.path.description.hasSuffix("connect.ps1") })
    let text = String(decoding: script.bytes, as: UTF8.self)
    let outline = try ScriptOutline(script)
    let new = outline.commands.filter { $0.name.hasPrefix("New-") }
    #expect(new.count >= 1)
    for command in new { #expect(command.given.contains("Enabled")) }
    #expect(text.split(separator: "Enabled = $false").count == new.count + 1)
    #expect(!text.contains("Enabled = $true"))
    let set = outline.commands.filter { $0.name.hasPrefix("Set-") && $0.name != "Set-StrictMode" }
    #expect(set.count == new.count)
    for command in set {
      #expect(!command.given.contains("Enabled"))
      // A rerun after the lockdown does not open the way around the gateway.
      #expect(!command.given.contains { $0.hasPrefix("Restrict") || $0 == "RequireTls" })
      if command.name == "Set-OutboundConnector" {
        #expect(command.given.contains("UseMXRecord") && command.given.contains("SmartHosts"))
      }
    }
    #expect(text.contains("= $null\r\n") || !tenant.hasOutbound)
  }

  /// An earlier tenant.yaml may have asked for the other kind.
  @Test func everyLockdownIsUndoneWhateverItsKind() throws {
    for lockdown in ["{ address: {} }", "{ certificate: { name: \"*.gateway.example\" } }"] {
      let documents = try ExchangeTenant(lockdown: lockdown).documents()
      let close = try #require(
        ExampleProcedure.text("8-afterwards/m365/lockdown.ps1", in: documents))
      let open = try #require(
        ExampleProcedure.text("rollback/8-afterwards/m365/undo-lockdown.ps1", in: documents))
      for name in ["RestrictDomainsToIPAddresses", "RestrictDomainsToCertificate", "RequireTls"] {
        #expect(open.contains("\(name) = $false"))
      }
      #expect(close.contains("$gateway = @('mx1.gateway.example', 'mx2.gateway.example')"))
      #expect(close.contains("$domains = @('kaede.example', 'kaede-alias.example')"))
    }
  }

  @Test func hostileValuesStayValues() throws {
    var tenant = ExchangeTenant()
    let value = "O'Brien’s '; Remove-Item x # $(calc) `n"
    tenant.loopGuard =
      "{ header: { name: \"X-A'b\", value: \"\(value)\" } }"
    for script in try tenant.scripts()
    where script.path.description.hasSuffix("connect.ps1")
      || script.path.description.hasSuffix("start-outbound.ps1")
    {
      var lexer = PowerShellLexer(script.bytes)
      let literals = try lexer.literals()
      #expect(literals.contains(value.octets))
      #expect(literals.contains("X-A'b".octets))
      #expect(script.bytes.starts(with: [0xEF, 0xBB, 0xBF]))
    }
  }

  @Test func manyValuesStandOneALine() throws {
    var tenant = ExchangeTenant()
    tenant.egress = "[" + (1...40).map { "198.51.100.\($0)" }.joined(separator: ", ") + "]"
    for script in try tenant.scripts() {
      let lines = String(decoding: script.bytes, as: UTF8.self).split(separator: "\r\n")
      #expect(lines.allSatisfy { $0.utf8.count <= 120 })
      #expect(
        try Judge.read("powershell_parser.py", input: script.bytes, as: [Int].self) == [])
    }
  }

  @Test func aServerWithoutDomainsIsNeitherRoutedNorRestricted() throws {
    let yaml = ExchangeTenant().yaml.split(separator: "\n").filter {
      !$0.contains("kaede.example, mailServer") && !$0.contains("role: alias")
    }.joined(separator: "\n")
    let procedure = try ExampleProcedure.make(yaml)
    let paths = Emitter.exchangeScripts.emit(procedure).map(\.path.description)
    #expect(!paths.contains { $0.hasSuffix("start-outbound.ps1") || $0.hasSuffix("lockdown.ps1") })
    #expect(paths.contains("3-mail-server/m365/start-inbound.ps1"))
    // What the lock and the runbook know agrees with the scripts.
    #expect(!procedure.resources.contains { $0.id.hasSuffix("/lockdown") })
    #expect(!procedure.phases.contains { $0.kind == .lockdown })
  }

  @Test(arguments: ServerExample.Server.allCases.filter { $0 != .other })
  func noServerIsClosedWithoutADomain(_ kind: ServerExample.Server) throws {
    for hasDomain in [true, false] {
      var example = ServerExample(kind, lockdown: "{ address: {} }")
      if !hasDomain {
        example.server += "\n  - name: second\n    other: { description: x }"
      }
      let yaml =
        hasDomain
        ? example.yaml
        : example.yaml.split(separator: "\n").map {
          $0.hasPrefix("domains:") ? "domains: [{ name: kaede.example, mailServer: second }]" : $0
        }.joined(separator: "\n") + "\n"
      let procedure = try ExampleProcedure.make(yaml)
      let paths = Emitter.all.flatMap { $0.emit(procedure) }.map(\.path.description)
      #expect(paths.contains { $0.hasPrefix("8-afterwards/main/") } == hasDomain)
      #expect(paths.contains { $0.hasPrefix("rollback/8-afterwards/main/") } == hasDomain)
      #expect(
        procedure.resources.contains { $0.id == "mail-server/main/lockdown" } == hasDomain)
    }
  }
}
