import TestSupport
import Testing

/// Runs all scripts of each example with Microsoft 365 in a fake organization, forth and back.
@Suite struct ExchangeRunTests {
  @Test func everyExampleIsRun() {
    #expect(FakeOrganization.examples.map(\.name).contains("kaede-trading"))
    #expect(FakeOrganization.distinct.count == FakeOrganization.examples.count + 3)
    #expect(
      FakeOrganization.all.count == FakeOrganization.examples.count + ExchangeTenant.all.count)
  }

  /// The objects before, after, after again and after the rollback are printed.
  @Test(arguments: FakeOrganization.all, ["addresses", "names"])
  func theWayBackLeavesTheOrganizationAsItWas(
    _ organization: FakeOrganization, people: String
  ) throws {
    var steps = [FakeOrganization.Step(people: people)]
    for step in organization.steps(through: "lockdown") {
      steps.append(step)
      // Once more: nothing is left to change.
      if step.run != nil { steps.append(step) }
    }
    for back in ["undo-lockdown", "undo-lockdown", "rollback", "rollback"] {
      if back == "rollback" { steps.append(.init(dns: organization.before)) }
      if organization.has(back) { steps.append(organization.step(back)) }
    }
    let runs = try organization.run(steps).runs
    for (index, run) in runs.enumerated() {
      #expect(run.error == nil, "\(run.script)")
      #expect(run.errors == [] && run.hazards == [], "\(run.script)")
      #expect(run.transcripts.count == 1, "\(run.script)")
      let isAgain = index > 0 && runs[index - 1].script == run.script
      if isAgain { #expect(run.changes == [], "\(run.script) again") }
    }
    let first = try #require(runs.first)
    let last = try #require(runs.last)
    #expect(first.same && first.changes == [])
    #expect(last.state == first.state)
    #expect(runs.contains { !$0.same })
    guard people == "names",
      FakeOrganization.examples.contains(where: { $0.name == organization.name })
    else { return }
    print(lines("before", first))
    for script in ["connect", "lockdown"] where organization.has(script) {
      let path = organization.path(script)
      let done = runs.filter { $0.script == path }
      print(lines("after \(script)", done[0]))
      print(lines("after \(script) again, \(done[1].changes.count) changes", done[1]))
    }
    print(lines("after the rollback", last))
  }

  private func lines(_ title: String, _ run: FakeOrganization.Run) -> String {
    (["\(title):"] + run.listing.map { "  " + $0 }).joined(separator: "\n")
  }

  /// Runs each script in its turn, and once more where all is done, as `change` has it. Each run
  /// leaves the organization as it was; then the script runs for good.
  private func probe(
    _ organization: FakeOrganization, _ change: (inout FakeOrganization.Step) -> Void
  ) throws -> [[FakeOrganization.Run]] {
    var steps: [FakeOrganization.Step] = [.init(people: "names")]
    var probes: [Int] = []
    func add(_ step: FakeOrganization.Step) {
      guard step.run != nil else { return steps.append(step) }
      var changed = step
      change(&changed)
      changed.isProbe = true
      probes.append(steps.count)
      steps += [changed, step]
      probes.append(steps.count)
      steps.append(changed)
    }
    organization.steps(through: "lockdown").forEach(add)
    if organization.has("undo-lockdown") { add(organization.step("undo-lockdown")) }
    add(.init(dns: organization.before))
    add(organization.step("rollback"))
    let results = try organization.run(steps).results
    return probes.map { results[$0] }
  }

  @Test(arguments: FakeOrganization.distinct)
  func aReadThatFailsStopsTheScriptBeforeItChangesAnything(
    _ organization: FakeOrganization
  ) throws {
    var failed = 0
    for runs in try probe(organization, { $0.failEach = true }) {
      #expect(runs.count == runs[0].reads.count + 1)
      for run in runs.dropFirst() {
        failed += 1
        let read = "\(run.script): \(run.reads.last ?? "")"
        #expect(run.error != nil, "\(read)")
        #expect(run.late == [] && run.errors == [], "\(read)")
        #expect(run.warnings.last?.hasPrefix("Stopped: ") == true, "\(read)")
        // The connector is read once more between the two halves of the lockdown.
        let isBetween = run.script.hasSuffix("/lockdown.ps1") && !run.changes.isEmpty
        if isBetween {
          #expect(run.changes.count == 1 && run.changes[0].hasPrefix("Set-InboundConnector"))
        } else {
          #expect(run.same && run.files == [], "\(read)")
        }
      }
    }
    print("\(organization.name): \(failed) reads failed, one a run; nothing was changed after")
    #expect(failed > 20)
  }

  @Test(arguments: FakeOrganization.distinct)
  func whatIfChangesNothing(_ organization: FakeOrganization) throws {
    for run in try probe(organization, { $0.arguments["WhatIf"] = true }).flatMap({ $0 }) {
      #expect(run.error == nil && run.same && run.changes == [], "\(run.script)")
      #expect(run.files == [] && run.questions == [], "\(run.script)")
      #expect(run.transcripts.count == 1, "\(run.script)")
    }
  }

  @Test(arguments: FakeOrganization.distinct)
  func aPersonWhoSaysNoIsObeyed(_ organization: FakeOrganization) throws {
    for run in try probe(organization, { $0.answers = false }).flatMap({ $0 }) {
      #expect(run.same && run.changes == [] && run.files == [], "\(run.script)")
      let isPreflight = run.script.hasSuffix("preflight.ps1")
      #expect((run.error != nil) == (!run.questions.isEmpty && !isPreflight), "\(run.script)")
    }
  }
}
