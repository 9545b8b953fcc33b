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
      "3-mail-server/m365/connect.ps1", "3-mail-server/m365/preflight.ps1",
      "3-mail-server/m365/start-inbound.ps1", "8-afterwards/m365/lockdown.ps1",
      "rollback/3-mail-server/m365/rollback.ps1",
      "rollback/8-afterwards/m365/undo-lockdown.ps1",
    ]
    let outbound = [
      "3-mail-server/m365/connect.ps1", "3-mail-server/m365/preflight.ps1",
      "3-mail-server/m365/start-outbound.ps1", "rollback/3-mail-server/m365/rollback.ps1",
    ]
    #expect(try paths(.init(services: ["inbound-security"])) == inbound)
    #expect(try paths(.init(services: ["leak-prevention"], lockdown: nil)) == outbound)
    #expect(try paths(.init()) == Set(inbound + outbound).sorted())
    #expect(
      try paths(.init(lockdown: nil))
        == Set(inbound + outbound).filter { !$0.contains("lockdown") }.sorted())
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
        lines.contains("    Assert-Organization -InitialDomain 'kaedetrading.onmicrosoft.com'"),
        "\(path)")
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
        let allowed = (cmdlet.parameters + ExchangeCmdlet.common).map(\.description)
        #expect(command.unknown == [], "\(place)")
        #expect(command.given.filter { !allowed.contains($0) } == [], "\(place)")
        // A module's functions do not see the script's preference.
        #expect(command.parameters.contains("ErrorAction"), "\(place)")
      }
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
      #expect(names.contains("Start-Transcript") && names.contains("Stop-Transcript"), "\(path)")
      if path.hasSuffix("/lockdown.ps1") {
        #expect(text.contains("RejectDirectSend $true"))
        continue
      }
      for restriction in [
        "RestrictDomainsToIPAddresses = $true", "RestrictDomainsToCertificate = $true",
        "RequireTls = $true", "EFSkipLastIP = $true", "RejectDirectSend $true",
      ] { #expect(!text.contains(restriction), "\(path)") }
      if path.hasSuffix("preflight.ps1") {
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
