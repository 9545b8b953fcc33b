import TestSupport
import Testing

/// What the scripts refuse in a fake organization, and what they leave alone.
@Suite struct ExchangeRefusalTests {
  private typealias Step = FakeOrganization.Step

  private func organization(_ tenant: ExchangeTenant = .init(pilot: false)) throws
    -> FakeOrganization
  { try FakeOrganization(tenant) }

  /// A change of one object of mgc's.
  private func edit(_ kind: String, _ name: String, _ properties: String) -> Step {
    Step(edit: "{\"\(kind)\": [{\"Name\": \"\(name)\", \(properties)}]}")
  }

  /// Expects that the last step stops with a reason, and that nothing was changed.
  private func expectRefusal(
    _ reason: String, _ steps: [Step], in organization: FakeOrganization,
    location: SourceLocation = #_sourceLocation
  ) throws {
    let run = try #require(try organization.run(steps).runs.last)
    #expect(run.error?.contains(reason) == true, "\(run.error ?? "done")", sourceLocation: location)
    #expect(run.same && run.changes == [] && run.late == [], sourceLocation: location)
  }

  @Test func aLockdownWithoutItsPreconditionsChangesNothing() throws {
    let organization = try organization()
    let ready = organization.steps(through: "cutover")
    let inbound = organization.inboundName
    let lockdown = organization.step("lockdown")
    let done = try #require(try organization.run(ready + [lockdown]).runs.last)
    #expect(done.error == nil && done.changes.count == 2)
    for (properties, reason) in [
      ("\"Enabled\": false", "is not enabled"),
      ("\"ConnectorType\": \"OnPremises\"", "ConnectorType is [OnPremises]"),
      ("\"SenderDomains\": [\"smtp:partner.example;1\"]", "SenderDomains is [partner.example]"),
      ("\"EFSkipIPs\": []", "EFSkipIPs is []"),
      ("\"EFSkipLastIP\": true", "EFSkipLastIP is [True]"),
      ("\"EFUsers\": [\"Person, 0\"]", "The pilot has not ended"),
      ("\"Comment\": null", "Comment is []"),
      ("\"Remove\": true", "does not exist"),
    ] {
      let change = edit("InboundConnector", inbound, properties)
      try expectRefusal(reason, ready + [change, lockdown], in: organization)
    }
    // The DNS of before, and one domain of two.
    try expectRefusal(
      "is [mail.before.example]", ready + [Step(dns: organization.before), lockdown],
      in: organization)
    var half = organization.after
    half[organization.domains[1]] = organization.before[organization.domains[1]]
    try expectRefusal(
      "is [mail.before.example]", ready + [Step(dns: half), lockdown], in: organization)
    // A domain that the contract does not know has its mail refused too.
    let other = Step(
      dns: organization.after.merging(["late.example": ["MX": ["mail.late.example."]]]) { $1 },
      edit: "{\"AcceptedDomain\": [{\"Name\": \"late.example\", \"DomainName\": \"late.example\"}]}"
    )
    try expectRefusal(
      "Mail for late.example would be refused", ready + [other, lockdown], in: organization)
  }

  @Test func aLockdownStopsWhileThePilotLasts() throws {
    let organization = try organization(.init())
    var steps = organization.steps(through: "start-outbound")
    steps += [Step(dns: organization.after), organization.step("lockdown")]
    try expectRefusal("The pilot has not ended", steps, in: organization)
  }

  @Test func enhancedFilteringAndABypassAreNeverBothOn() throws {
    let organization = try organization()
    let start = organization.step("start-inbound")
    let steps = [organization.step("preflight"), organization.step("connect")]
    func rule(_ properties: String) -> Step {
      edit("TransportRule", "Trusted", "\"SetSCL\": \"-1\", \(properties)")
    }
    let reason = "Enhanced filtering does not go with a rule"
    for range in ["192.0.2.7", "192.0.2.15-192.0.2.40", "192.0.0.0/16", "198.51.100.0/24"] {
      let bypass = rule("\"SenderIpRanges\": [\"203.0.113.9\", \"\(range)\"]")
      try expectRefusal(reason, steps + [bypass, start], in: organization)
      let live = organization.steps(through: "cutover") + [bypass]
      try expectRefusal(reason, live + [organization.step("connect")], in: organization)
      try expectRefusal(reason, live + [organization.step("lockdown")], in: organization)
    }
    let everyone = rule("\"SenderDomainIs\": [\"partner.example\"]")
    try expectRefusal(reason, steps + [everyone, start], in: organization)
    var accepted = start
    accepted.arguments["AcceptRule"] = ["Trusted"]
    let elsewhere = rule("\"SenderIpRanges\": [\"192.0.2.16\", \"192.0.1.255\", \"2001:db8::/32\"]")
    let off = rule("\"State\": \"Disabled\", \"SenderIpRanges\": [\"192.0.2.0/28\"]")
    for last in [[everyone, accepted], [elsewhere, start], [off, start]] {
      let run = try #require(try organization.run(steps + last).runs.last)
      #expect(run.error == nil && run.changes.count == 1 && run.hazards == [])
    }
  }

  @Test func startInboundKnowsTheLockdown() throws {
    let organization = try organization()
    let start = organization.step("start-inbound")
    let closed = organization.steps(through: "lockdown")
    let run = try #require(try organization.run(closed + [start]).runs.last)
    #expect(run.error == nil && run.changes == [])
    #expect(run.output.contains { $0["Detail"] == "the lockdown is on" })
    let off = edit("InboundConnector", organization.inboundName, "\"Enabled\": false")
    try expectRefusal("Run undo-lockdown.ps1 first", closed + [off, start], in: organization)
  }

  @Test(arguments: ["{ address: {} }", "{ certificate: { name: \"*.gateway.example\" } }"])
  func everyKindOfLockdownIsUndone(_ kind: String) throws {
    let organization = try organization()
    let other = try FakeOrganization(.init(lockdown: kind, pilot: false))
    var steps = organization.steps(through: "cutover")
    steps += [Step(scripts: other.scripts), organization.step("lockdown")]
    steps += [Step(scripts: organization.scripts), organization.step("undo-lockdown")]
    let runs = try organization.run(steps).runs
    let closed = runs[runs.count - 2]
    let opened = runs[runs.count - 1]
    #expect(closed.error == nil && closed.changes.count == 2)
    #expect(opened.error == nil && opened.hazards == [])
    let line = try #require(opened.listing.first { $0.contains(organization.inboundName) })
    #expect(!line.contains("Restrict") && !line.contains("RequireTls"))
  }

  @Test func directSendThatWasRejectedBeforeStaysRejected() throws {
    let organization = try organization()
    let rejected = edit("OrganizationConfig", "organization", "\"RejectDirectSend\": true")
    let steps = [rejected] + organization.steps(through: "lockdown")
    let undo = organization.step("undo-lockdown")
    let kept = try #require(try organization.run(steps + [undo]).runs.last)
    #expect(kept.listing.contains("OrganizationConfig organization: RejectDirectSend True"))
    // Without the record only a person can know.
    let lost = Step(forget: ["before.json"])
    let opened = try #require(try organization.run(steps + [lost, undo]).runs.last)
    #expect(opened.listing.contains("OrganizationConfig organization: "))
    #expect(opened.output.contains { $0["Detail"]?.hasPrefix("there is no record at") == true })
    let told = organization.step("undo-lockdown", ["KeepRejectDirectSend": true])
    let held = try #require(try organization.run(steps + [lost, told]).runs.last)
    #expect(held.listing.contains("OrganizationConfig organization: RejectDirectSend True"))
  }

  @Test func whatTheCustomerMadeIsNotOverwritten() throws {
    let organization = try organization()
    let name = organization.outboundName
    let theirs = Step(
      edit: """
        {"OutboundConnector": [{"Name": "\(name)", "ConnectorType": "Partner", "Enabled": false,
          "UseMXRecord": false, "SmartHosts": ["theirs.example"], "TestMode": true,
          "Comment": "Theirs"}],
         "TransportRule": [{"Name": "\(name)", "State": "Disabled", "Comments": "Theirs, too",
          "FromScope": "InOrganization", "SenderDomainIs": ["theirs.example"], "Mode": "Audit"}]}
        """)
    let preflight = organization.step("preflight")
    try expectRefusal(
      "was not made by this script", [theirs, preflight, organization.step("connect")],
      in: organization)
    let adopt = organization.step("connect", ["Adopt": [name]])
    try expectRefusal("so it could not be restored", [theirs, adopt], in: organization)
    let on = edit("TransportRule", name, "\"State\": \"Enabled\"")
    try expectRefusal("is enabled. Disable it", [theirs, preflight, on, adopt], in: organization)
    // Given over, used, and given back as it was.
    var steps = [theirs, preflight, adopt, organization.step("start-outbound")]
    steps += [organization.step("rollback"), organization.step("rollback")]
    let runs = try organization.run(steps).runs
    for run in runs { #expect(run.error == nil && run.hazards == [], "\(run.script)") }
    #expect(runs[2].changes.count == 3)
    let ends = try #require(runs.last)
    let isStamp: (String) -> Bool = { $0.contains("IsValidated") }
    #expect(ends.changes == [])
    #expect(
      ends.listing.filter { !isStamp($0) }
        == runs[0].listing.filter { !$0.contains("Connector \(name)") })
    let connector = try #require(ends.listing.first { $0.hasPrefix("OutboundConnector \(name)") })
    for value in ["Comment Theirs", "SmartHosts theirs.example", "TestMode True"] {
      #expect(connector.contains(value))
    }
  }

  @Test func withoutTheRecordNothingIsRemoved() throws {
    let organization = try organization()
    var steps = organization.steps(through: "start-outbound")
    steps += [Step(forget: ["before.json"]), organization.step("rollback")]
    let run = try #require(try organization.run(steps).runs.last)
    #expect(run.error == nil && run.hazards == [])
    #expect(!run.changes.contains { $0.hasPrefix("Remove-") })
    #expect(run.changes.count == 3)
    #expect(run.output.contains { $0["Detail"]?.contains("nothing is removed") == true })
    // A record that is none stops it.
    let kept = organization.step("rollback", ["KeepObjects": true])
    let whole = organization.steps(through: "start-outbound") + [kept]
    let only = try #require(try organization.run(whole).runs.last)
    #expect(only.error == nil && only.changes == run.changes)
  }

  @Test func oneHalfCanGoBackAlone() throws {
    let organization = try organization()
    let closed = organization.steps(through: "lockdown")
    try expectRefusal(
      "still names the gateway", closed + [organization.step("rollback")], in: organization)
    let outbound = organization.step("rollback", ["Part": ["Outbound"]])
    let run = try #require(try organization.run(closed + [outbound]).runs.last)
    #expect(run.error == nil && run.hazards == [])
    #expect(run.listing.contains { $0.contains(organization.inboundName) })
    #expect(!run.listing.contains { $0.contains(organization.outboundName) })
    #expect(run.listing.contains("OrganizationConfig organization: RejectDirectSend True"))
    var steps = closed
    steps += [organization.step("undo-lockdown"), Step(dns: organization.before)]
    let inbound = organization.step("rollback", ["Part": ["Inbound"]])
    let other = try #require(try organization.run(steps + [inbound]).runs.last)
    #expect(other.error == nil && other.hazards == [])
    #expect(!other.listing.contains { $0.contains(organization.inboundName) })
    #expect(other.listing.contains { $0.hasPrefix("TransportRule \(organization.outboundName)") })
  }

  @Test func theRecordOfBeforeIsNeverWrittenAgain() throws {
    let organization = try organization()
    let preflight = organization.step("preflight")
    let report = try organization.run([preflight, organization.step("connect"), preflight])
    let before = try #require(report.files.first { $0.key.hasSuffix("before.json") }?.value)
    let export = try #require(report.files.first { $0.key.hasSuffix("export.json") }?.value)
    #expect(!before.contains(organization.inboundName))
    #expect(export.contains(organization.inboundName))
    #expect(export.contains("\"partner.example\"") && !export.contains("smtp:"))
    #expect(
      !export.contains("AdminUI") && export.contains("\"Scoped\"") && export.contains("\"Tested\""))
    // After connect.ps1 it would not say what was there before.
    let late = try organization.run([organization.step("connect"), preflight])
    #expect(!late.files.keys.contains { $0.hasSuffix("before.json") })
    #expect(
      late.runs[1].output.contains { $0["Subject"] == "before.json" && $0["State"] == "problem" })
  }

  @Test(arguments: [
    "192.0.2.0/28", "192.0.2.7", "192.0.0.0/16", "198.51.100.7", "192.0.2.15-192.0.2.99",
  ])
  func anOnPremisesConnectorOfTheGatewayIsFoundByItsNetwork(_ addresses: String) throws {
    let organization = try organization()
    func problems(_ addresses: String) throws -> [String] {
      let connector = edit(
        "InboundConnector", "Old relay",
        "\"ConnectorType\": \"OnPremises\", \"SenderIPAddresses\": [\"\(addresses)\"]")
      let run = try #require(
        try organization.run([connector, organization.step("preflight")]).runs.last)
      return run.output.filter { $0["State"] == "problem" }.compactMap { $0["Subject"] }
    }
    #expect(try problems(addresses) == ["InboundConnector Old relay"])
    #expect(try problems("192.0.2.16") == [])
  }

  @Test func outboundMailStartsOnlyWhereTheDNSSaysAll() throws {
    let organization = try #require(FakeOrganization.examples.first { $0.name == "kaede-trading" })
    let steps = organization.steps(through: "start-inbound")
    let start = organization.step("start-outbound")
    for (name, reason) in [
      ("kaede.example", "cannot be read"), ("mg._domainkey.kaede.example", "cannot be read"),
      ("_dmarc.kaede.example", "cannot be read"),
    ] {
      var dns = organization.before
      dns[name] = nil
      try expectRefusal(reason, steps + [Step(dns: dns), start], in: organization)
    }
    for (name, text, reason) in [
      ("kaede.example", "v=spf1 include:other.example ~all", "does not have include:"),
      ("mg._domainkey.kaede.example", "v=DKIM1; k=rsa; p=AAAA", "is not that of tenant.yaml"),
      ("_dmarc.kaede.example", "v=DMARC2; p=none", "0 DMARC records"),
    ] {
      var dns = organization.before
      dns[name] = ["TXT": [text]]
      try expectRefusal(reason, steps + [Step(dns: dns), start], in: organization)
    }
  }

  @Test func aConnectorInTestModeIsFoundAndCorrected() throws {
    let organization = try organization()
    let steps = organization.steps(through: "start-outbound")
    let test = edit("OutboundConnector", organization.outboundName, "\"TestMode\": true")
    let runs = try organization.run(steps + [test, organization.step("connect")]).runs
    let run = try #require(runs.last)
    #expect(run.error == nil && run.changes.count == 1)
    #expect(run.changes[0].hasPrefix("Set-OutboundConnector"))
  }
}
