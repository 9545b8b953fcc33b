import TestSupport
import Testing

/// The scripts beside those that connect and start, run in the fake organization.
@Suite struct ExchangeOptionRunTests {
  /// What an organization has besides: an archive's settings, mailboxes and another sealer.
  private static let besides = """
    {"TransportConfig": [{"Name": "Transport Settings", "JournalingReportNdrTo": "<>"}],
     "ArcConfig": [{"Identity": "Default", "Name": "Default", "ArcTrustedSealers": "old.example"}],
     "EXOMailbox": [
       {"Name": "a", "RecipientTypeDetails": "UserMailbox", "PrimarySmtpAddress": "Jimu@nadeshiko.example",
        "UserPrincipalName": "jimu@nadeshiko.example"},
       {"Name": "b", "RecipientTypeDetails": "UserMailbox", "PrimarySmtpAddress": "mori@nadeshiko.example",
        "UserPrincipalName": "mori@nadeshiko.onmicrosoft.com"},
       {"Name": "c", "RecipientTypeDetails": "SharedMailbox",
        "PrimarySmtpAddress": "uketsuke@nadeshiko.example", "UserPrincipalName": "u@nadeshiko.example"},
       {"Name": "d", "RecipientTypeDetails": "SharedMailbox",
        "PrimarySmtpAddress": "info@nadeshiko.example", "UserPrincipalName": "i@nadeshiko.example"},
       {"Name": "e", "RecipientTypeDetails": "UserMailbox", "PrimarySmtpAddress": "x@other.example",
        "UserPrincipalName": "y@other.example"}]}
    """

  private static func organization() throws -> FakeOrganization {
    try #require(FakeOrganization.examples.first { $0.name == "nadeshiko-medical" })
  }

  private static let folder = "3-mail-server/m365/"
  private static let back = "rollback/3-mail-server/m365/"

  private func run(_ steps: [FakeOrganization.Step]) throws -> [FakeOrganization.Run] {
    let organization = try Self.organization()
    let first = FakeOrganization.Step(edit: Self.besides)
    return try organization.run([first] + steps).runs
  }

  private func step(
    _ script: String, _ arguments: [String: FakeOrganization.Argument] = [:]
  ) -> FakeOrganization.Step {
    let isBack = script.hasPrefix("stop") || script.hasPrefix("dis")
    return .init(run: (isBack ? Self.back : Self.folder) + script + ".ps1", arguments: arguments)
  }

  @Test func theArchiveIsMadeThenStartedThenStopped() throws {
    let runs = try run([
      step("archive", ["Start": true]), step("archive", ["WhatIf": true]), step("archive"),
      step("archive"), step("archive", ["Start": true]), step("archive", ["Start": true]),
      step("stop-archive", ["WhatIf": true]), step("stop-archive"), step("stop-archive"),
    ])
    #expect(runs[0].error?.contains("Run this without -Start.") == true)
    #expect(runs.dropFirst().allSatisfy { $0.error == nil })
    #expect(
      runs.map(\.changes) == [
        [], [],
        [
          "Set-TransportConfig -JournalingReportNdrTo nadeshiko@reports.archive.example",
          "New-JournalRule MailGates m365 archive",
        ], [], ["Enable-JournalRule MailGates m365 archive"], [], [],
        ["Disable-JournalRule MailGates m365 archive"], [],
      ])
    #expect(
      runs[2].output.first?["Detail"] == "before this run: []", "\(runs[2].output)")
  }

  @Test func theArchiveDoesNotTakeOverAnothersRecipient() throws {
    let taken = FakeOrganization.Step(
      edit:
        "{\"TransportConfig\": [{\"Name\": \"Transport Settings\", \"JournalingReportNdrTo\": \"a@b.example\"}]}"
    )
    let runs = try run([
      taken, step("archive"), step("archive", ["ReplaceReportRecipient": ["a@b.example"]]),
      step("stop-archive", ["RestoreReportRecipient": ["a@b.example"]]),
    ])
    #expect(runs[0].error?.contains("a@b.example already") == true && runs[0].changes.isEmpty)
    #expect(runs[1].error == nil && runs[1].changes.count == 2)
    #expect(runs[2].changes == ["Set-TransportConfig -JournalingReportNdrTo a@b.example"])
  }

  @Test func theSealerJoinsTheOthersAndLeavesThem() throws {
    let runs = try run([
      step("trust-sealer", ["WhatIf": true]), step("trust-sealer"), step("trust-sealer"),
      step("distrust-sealer"), step("distrust-sealer"),
    ])
    #expect(runs.allSatisfy { $0.error == nil })
    #expect(
      runs.map(\.changes) == [
        [], ["Set-ArcConfig old.example,gateway.example"], [], ["Set-ArcConfig old.example"], [],
      ])
  }

  @Test func theLastSealerCanGo() throws {
    let alone = FakeOrganization.Step(
      edit: "{\"ArcConfig\": [{\"Name\": \"Default\", \"ArcTrustedSealers\": \"gateway.example\"}]}"
    )
    let runs = try run([alone, step("distrust-sealer")])
    #expect(runs[0].error == nil && runs[0].changes == ["Set-ArcConfig "])
  }

  @Test func theUsersThatMailGatesCannotTakeAreNamed() throws {
    let run = try run([step("check-users")])[0]
    #expect(run.error == nil && run.changes.isEmpty && run.exit == 1)
    let problems = run.output.filter { $0["State"] == "problem" }.map { $0["Subject"] ?? "" }
    #expect(problems == ["mori@nadeshiko.example", "info@nadeshiko.example"])
    #expect(run.output.contains { $0["Subject"] == "uketsuke@nadeshiko.example" })
    #expect(!run.output.contains { $0["Subject"]?.contains("other.example") == true })
  }

  @Test func validationFollowsWhatWasStarted() throws {
    let organization = try Self.organization()
    let runs = try run([
      step("validate"), step("preflight"), step("connect"), step("validate"),
      step("validate", ["InboundStarted": true]), step("start-inbound"), step("validate"),
      step("validate", ["InboundStarted": true, "TestRecipient": ["you@outside.example"]]),
    ])
    let checks = runs.filter { $0.script.hasSuffix("validate.ps1") }
    #expect(checks.map(\.exit) == [1, 0, 1, 1, 0])
    #expect(checks.allSatisfy { $0.error == nil && $0.changes.isEmpty && $0.same })
    let problems = checks[3].output.filter { $0["State"] == "problem" }
    #expect(problems.map { $0["Subject"] } == ["InboundConnector \(organization.inboundName)"])
    #expect(checks[4].output.contains { $0["Subject"] == "test mail" })
  }

  @Test(arguments: [
    "archive", "stop-archive", "trust-sealer", "distrust-sealer", "check-users", "validate",
  ])
  func aReadThatFailsChangesNothing(_ script: String) throws {
    var failing = step(script)
    failing.failEach = true
    let runs = try run([step("archive"), step("trust-sealer"), failing]).dropFirst(2)
    #expect(runs.count > 2)
    for run in runs.dropFirst() {
      #expect(run.error?.contains("the server did not answer") == true)
      #expect(run.late.isEmpty)
    }
  }
}
