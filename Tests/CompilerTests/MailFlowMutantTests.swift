import MailRecords
import Procedure
import SourceText
import TenantModel
import Testing

/// Changes to the order of doing, each judged by the check and by a list of what must come before
/// what, which was written by hand and shares nothing with it.
struct MailFlowMutantTests {
  /// What is asked for and cannot be left out, and why each of the rest can.
  private static let withoutMail: [Phase.Kind: String] = [
    .administratorLogin: "a log-in moves no mail", .userLogin: "a log-in moves no mail",
    .settings: "a setting of the console moves no mail",
    .laterSettings: "a setting of the console moves no mail",
    .dmarc(.quarantine): "DMARC's stages are for others to follow, and may wait",
    .dmarc(.reject): "DMARC's stages are for others to follow, and may wait",
    .reportAuthorization: "reports are no mail of the customer's",
  ]

  /// The first must be done before the second is.
  private static let order: [(MailFlowMove, MailFlowMove)] = [
    (.phase(.addressNotice), .phase(.startOutbound)),
    (.phase(.signIn), .phase(.cutover)), (.phase(.accounts), .phase(.cutover)),
    (.phase(.signIn), .phase(.deliveryTarget)), (.phase(.accounts), .phase(.deliveryTarget)),
    (.phase(.senderAuthentication), .phase(.startOutbound)),
    (.phase(.senderAuthentication), .phase(.dmarc(.quarantine))),
    (.phase(.senderAuthentication), .phase(.dmarc(.reject))),
    (.phase(.connect), .phase(.startInbound)), (.phase(.connect), .phase(.cutover)),
    (.phase(.startInbound), .phase(.cutover)),
    (.phase(.startOutbound), .phase(.endPilot)), (.phase(.endPilot), .phase(.cutover)),
    (.phase(.ttl), .phase(.cutover)), (.phase(.lockdown), .phase(.restoreTTL)),
    (.phase(.transportPolicyBefore), .phase(.cutover)),
    (.phase(.cutover), .wait), (.wait, .phase(.lockdown)),
    (.wait, .phase(.transportPolicyAfter)), (.phase(.cutover), .phase(.restoreTTL)),
  ]

  /// Of these the last to be done is what stays.
  private static let last: [(MailFlowMove, MailFlowMove)] = [
    (.phase(.ttl), .phase(.restoreTTL)),
    (.phase(.transportPolicyBefore), .phase(.transportPolicyAfter)),
  ]

  /// The script without what does nothing where it stands: a wait with nothing to wait for, a TTL
  /// that was not lowered, a start of what is not there.
  private static func effective(_ script: [MailFlowMove], needsConnection: Bool) -> [MailFlowMove] {
    var done: Set<MailFlowMove> = []
    return script.filter { move in
      let first: MailFlowMove? =
        switch move {
        case .wait: .phase(.cutover)
        case .phase(.restoreTTL): .phase(.ttl)
        case .phase(.startInbound): .phase(.connect)
        case .phase(.startOutbound): needsConnection ? .phase(.connect) : nil
        default: nil
        }
      done.insert(move)
      return first.map(done.contains) ?? true
    }
  }

  /// - Parameter needsConnection: whether the outbound route is started by way of a connection.
  private static func isWrong(
    _ script: [MailFlowMove], of original: [MailFlowMove], needsConnection: Bool
  ) -> Bool {
    let script = effective(script, needsConnection: needsConnection)
    let needed = original.filter { move in
      switch move {
      // Without inbound-security a Postfix or another server has nothing to prepare.
      case .phase(.connect): needsConnection || original.contains(.phase(.cutover))
      case .phase(let kind): withoutMail[kind] == nil
      case .back, .wait: true
      }
    }
    guard Set(script).isSuperset(of: needed) else { return true }
    for (one, two) in order {
      if let first = script.firstIndex(of: one), let second = script.firstIndex(of: two),
        second < first
      {
        return true
      }
    }
    return last.contains { one, two in
      guard let first = script.lastIndex(of: one), let second = script.lastIndex(of: two) else {
        return false
      }
      return second < first
    }
  }

  /// Every single step left out, done once more somewhere, or moved somewhere.
  private static func mutants(of script: [MailFlowMove]) -> [[MailFlowMove]] {
    var mutants: [[MailFlowMove]] = []
    for index in script.indices {
      var dropped = script
      let move = dropped.remove(at: index)
      mutants.append(dropped)
      for place in 0...dropped.count where place != index {
        var moved = dropped
        moved.insert(move, at: place)
        mutants.append(moved)
      }
      for place in 0...script.count {
        var doubled = script
        doubled.insert(move, at: place)
        mutants.append(doubled)
      }
    }
    return mutants
  }

  static let policyZone =
    MatrixTenant.zone + "_mta-sts IN TXT \"v=STSv1; id=20260101;\"\n"

  /// The tenants of the matrix, and one with a pilot and a policy of MTA-STS.
  static func flows() throws -> [(name: String, flow: MailFlow)] {
    var flows = try MatrixTenant.all.map { tenant in
      (tenant.testDescription, MailFlow(try MailFlowTests.procedure(try tenant.compiled())))
    }
    let pilot = MatrixTenant(contract: .both, server: .microsoft365).yaml(
      "groups: [{ path: /先行, members: [sato@kaede.example] }]\npilot: /先行"
    ).replacing("spamBypass: scl", with: "spamBypass: enhanced-filtering")
      .replacing("    cutover:", with: "    mtaSts: { mode: enforce }\n    cutover:")
    let compiled = try Compiled(
      pilot,
      file: { path in
        path == "kaede.zone" ? policyZone : MatrixTenant.file(path)
      })
    flows.append(("pilot and policy", MailFlow(try MailFlowTests.procedure(compiled))))
    return flows
  }

  @Test func `The check catches what is done in a wrong order, and nothing else`() throws {
    var counts = (mutants: 0, caught: 0, equivalent: 0)
    for (name, flow) in try Self.flows() {
      var own = (mutants: 0, caught: 0)
      let needsConnection = flow.servers[0].connection.server.family != .other
      let scripts = Self.mutants(of: flow.script).filter { $0 != flow.script }
      for (script, check) in zip(scripts, MailFlowCheck.checks(flow, scripts: scripts)) {
        let isCaught =
          check.forward.contains { !$0.problems.isEmpty }
          || check.back.contains { !$0.problems.isEmpty }
        let isWrong = Self.isWrong(
          script, of: flow.script, needsConnection: needsConnection)
        #expect(isCaught == isWrong, "\(name): \(script)")
        own.mutants += 1
        own.caught += isCaught ? 1 : 0
      }
      print("\(name): \(own.mutants) orders, \(own.caught) wrong and caught")
      counts.mutants += own.mutants
      counts.caught += own.caught
    }
    counts.equivalent = counts.mutants - counts.caught
    print(
      "orders: \(counts.mutants) mutants, \(counts.caught) caught, \(counts.equivalent) without harm"
    )
    #expect(counts.caught > 1_000 && counts.equivalent > 100)
  }

  /// A change to what a server does with mail.
  private struct Change: Sendable {
    let name: String
    /// Nil where it must be caught; else why nothing goes wrong.
    var harmless: String?
    let apply: @Sendable (inout MailFlow) -> Void
  }

  private static let changes: [Change] = [
    Change(name: "no inbound connection") { $0.servers[0].entrance = nil },
    Change(name: "the connection refuses others from the start") {
      $0.servers[0].entrance?.refusesOthers = true
    },
    Change(
      name: "the gateway's mail is the organization's own",
      harmless: "the rule takes only what is for others"
    ) { $0.servers[0].entrance?.isInternal = true },
    Change(name: "the gateway's mail is the organization's own, and the rule takes all of it") {
      $0.servers[0].entrance?.isInternal = true
      $0.servers[0].route?.takesOnlyOutgoing = false
      $0.servers[0].route?.sparesReturning = false
    },
    Change(name: "the lockdown refuses nobody") { $0.servers[0].closing?.refusesOthers = false },
    Change(name: "the lockdown refuses the gateway") {
      $0.servers[0].closing?.admitsGateway = false
    },
    Change(name: "the lockdown is not undone") { $0.servers[0].closing?.isUndone = false },
    Change(name: "the lockdown is dropped") { $0.servers[0].closing = nil },
    Change(name: "the route is dropped") { $0.servers[0].route = nil },
    Change(name: "the route takes every sender") { $0.servers[0].route?.senders = .everyone },
    Change(name: "the route takes a foreign domain") { flow in
      let name = flow.domains[0].name
      if let foreign = try? DomainName(parsing: "other.example") {
        flow.servers[0].route?.senders = .envelope([name, foreign])
      }
    },
    Change(
      name: "the rule does not spare what returns", harmless: "nothing that returns is for others"
    ) { $0.servers[0].route?.sparesReturning = false },
    Change(
      name: "the rule takes mail for the server's own mailboxes",
      harmless: "mail within is made to leave and comes back, and then is spared"
    ) { $0.servers[0].route?.takesOnlyOutgoing = false },
    Change(name: "the rule takes mail within, and does not spare what returns") {
      $0.servers[0].route?.takesOnlyOutgoing = false
      $0.servers[0].route?.takesOnlyOwnPeople = false
      $0.servers[0].route?.sparesReturning = false
    },
    Change(name: "MailGates delivers to itself") { $0.domains[0].delivery = .gateway },
    Change(name: "MailGates delivers to the domain's own name") {
      $0.domains[0].delivery = .domain(0)
    },
    Change(name: "the MX does not move") { $0.domains[0].moves = false },
    Change(name: "the mailboxes are elsewhere") { flow in
      flow.servers.append(flow.servers[0])
      flow.domains[0].delivery = .server(1)
    },
  ]

  @Test func `The check catches a server that is set up wrong`() throws {
    let procedure = try MailFlowTests.procedure(
      try MatrixTenant(contract: .both, server: .microsoft365).compiled())
    let flow = MailFlow(procedure)
    let base = MailFlowCheck(flow)
    #expect(base.problems.isEmpty && base.openServers.isEmpty)
    var caught = 0
    for change in Self.changes {
      var changed = flow
      change.apply(&changed)
      let check = MailFlowCheck(changed)
      let isCaught = !check.problems.isEmpty || !check.openServers.isEmpty
      #expect(isCaught == (change.harmless == nil), "\(change.name): \(MailFlowTests.lines(check))")
      caught += isCaught ? 1 : 0
      let why = change.harmless.map { "harmless: " + $0 } ?? MailFlowTests.lines(check).first
      print("\(change.name): \(why ?? "stays open")")
    }
    print("set-ups: \(Self.changes.count) mutants, \(caught) caught")
  }
}
