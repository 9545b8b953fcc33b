import Artifacts
import Emitters
import Procedure
import TestSupport
import Testing

/// What the scripts check before they go on, and in which order.
@Suite struct ExchangeGuardTests {
  private static let close = "8-afterwards/m365/lockdown.ps1"
  private static let open = "rollback/8-afterwards/m365/undo-lockdown.ps1"
  private static let back = "rollback/3-mail-server/m365/rollback.ps1"

  private func script(_ path: String, _ tenant: ExchangeTenant = .init()) throws -> String {
    try #require(ExampleProcedure.text(path, in: try tenant.documents()))
  }

  /// Expects that the texts stand one after the other, each once more after the one before.
  private func expect(_ texts: [String], in script: String) {
    var rest = script[...]
    for text in texts {
      guard let range = rest.firstRange(of: text) else {
        Issue.record("\(text) is missing or too early")
        return
      }
      rest = rest[range.upperBound...]
    }
  }

  @Test(arguments: [
    ("{ address: {} }", "RestrictDomainsToIPAddresses"),
    ("{ certificate: { name: \"*.gateway.example\" } }", "RestrictDomainsToCertificate"),
  ])
  func directSendIsRejectedOnlyOnceTheConnectorIsRestricted(
    lockdown: String, flag: String
  ) throws {
    let text = try script(Self.close, .init(lockdown: lockdown))
    expect(
      [
        "$restricting = @('\(flag)')",
        "'The pilot has not ended: EFUsers", "Assert-AsMeant @check",
        "-Name 'RejectDirectSend' -Outcome 'note this'",
        "Set-InboundConnector -Identity $identity @lockdown",
        "elseif (-not $WhatIfPreference) {", "throw ('{0} was not restricted.",
        "$again = @(Get-NamedObject -Kind 'InboundConnector' -Name $connectorName)",
        "$again[0].$_ -ne $true", "throw ($text", "Set-OrganizationConfig -RejectDirectSend $true",
      ], in: text)
    #expect(text.split(separator: "Set-OrganizationConfig").count == 2)
  }

  @Test func theWayBackOpensDirectSendFirst() throws {
    let text = try script(Self.open)
    expect(
      [
        "[switch] $KeepRejectDirectSend", "$keeps = [bool] $KeepRejectDirectSend",
        "elseif ($keeps) {", "Write-Warning",
        "Set-OrganizationConfig -RejectDirectSend $false", "elseif (-not $WhatIfPreference) {",
        "throw 'RejectDirectSend is still on.", "Set-InboundConnector -Identity $identity",
        "elseif (-not $WhatIfPreference) {", "is still restricted.",
      ], in: text)
  }

  @Test func nothingIsDisabledWhileMailDependsOnTheGateway() throws {
    let text = try script(Self.back)
    expect(
      [
        "[switch] $IgnoreMX,", "[switch] $IgnoreRejectDirectSend,", "[switch] $IgnoreRestriction,",
        "$domains = @('kaede.example', 'kaede-alias.example')",
        "$gateway = @('mx1.gateway.example', 'mx2.gateway.example')",
        "if (-not $IgnoreMX) {", "throw ($text",
        "-and -not ($IgnoreRejectDirectSend -or $rejectedBefore)) {", "throw ($text",
        "-and -not $IgnoreRestriction) {", "throw ($text",
        "Set-InboundConnector -Identity $identity @unrestricted", "Disable-TransportRule",
        "Remove-TransportRule", "Set-OutboundConnector", "Remove-OutboundConnector",
        "Set-InboundConnector", "Remove-InboundConnector",
      ], in: text)
    // Without inbound-security no mail comes by the gateway.
    let outbound = try script(Self.back, .init(services: ["leak-prevention"], lockdown: nil))
    #expect(!outbound.contains("Ignore") && !outbound.contains("Resolve-DnsName"))
    #expect(outbound.contains("Disable-TransportRule"))
  }

  @Test func anotherServerOfTheDNSCanBeAsked() throws {
    for path in [Self.close, Self.back, "3-mail-server/m365/start-outbound.ps1"] {
      let text = try script(path)
      #expect(text.contains("[string] $DnsServer = ''"), "\(path)")
      #expect(text.contains("Resolve-DnsName @query -Server $Server -ErrorAction Stop"), "\(path)")
      // Every question passes it on.
      let outline = try ScriptOutline(Array(text.utf8))
      let questions = outline.commands.filter {
        $0.name == "Get-MailExchanger" || $0.name == "Assert-SenderPolicy"
      }
      #expect(!questions.isEmpty, "\(path)")
      for question in questions { #expect(question.given.contains("Server"), "\(path)") }
    }
    expect(
      ["catch {", "cannot be read", "name it with -IgnoreDomain.", "@(Get-MailExchanger @query"],
      in: try script(Self.close))
  }

  @Test func whatReadsBackOtherwiseCanBeAccepted() throws {
    for path in ["3-mail-server/m365/start-inbound.ps1", "3-mail-server/m365/start-outbound.ps1"] {
      let text = try script(path)
      #expect(text.contains("[string[]] $AcceptDifference = @()"), "\(path)")
      expect(
        [
          "@('Name', 'Guid', 'DistinguishedName', 'Identity')",
          "if ($name -eq 'RouteMessageOutboundConnector') { $now = ConvertTo-ConnectorName",
          "$same = $now -eq $meant", "$same = Test-SamePeople",
          "$Accept -contains $parameter -and $Parameters[$parameter] -isnot [bool]",
          "name its parameter with -AcceptDifference.", "Accept = $AcceptDifference",
        ], in: text)
      #expect(
        text.split(separator: "Accept = $AcceptDifference").count
          == text.split(separator: "Assert-AsMeant @check").count, "\(path)")
    }
    expect(
      ["function Get-RoutingRule", "(ConvertTo-ConnectorName -Text $target) -eq $Connector"],
      in: try script(Self.back))
  }

  @Test(arguments: ExchangeTenant.all)
  func subdomainsThatTheRuleWouldTakeAreAProblem(_ tenant: ExchangeTenant) throws {
    let text = try script("3-mail-server/m365/preflight.ps1", tenant)
    expect(
      [
        tenant.hasOutbound
          ? "$routed = @('kaede.example', 'kaede-alias.example')\n" : "$routed = @()\n",
        "$domain -like ('*.' + $_)", "the outbound rule takes subdomains of {0} too",
        "-State 'problem' -Subject $domain",
      ], in: text)
  }
}
