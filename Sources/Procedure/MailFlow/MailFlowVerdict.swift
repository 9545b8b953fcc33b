internal import TenantModel

extension MailFlow {
  typealias Problem = MailFlowCheck.Problem

  /// The domains by what decides the ways of their mail, in the order of the first of each.
  var classes: [[Int]] {
    struct Traits: Hashable {
      let flags: [Bool]
      let home: Int?
      let servers: [Int]
      let delivery: HostDirectory.Owner
    }
    var places: [Traits: Int] = [:]
    var classes: [[Int]] = []
    for (number, domain) in domains.enumerated() {
      let former = domain.former
      let traits = Traits(
        flags: [
          domain.moves, domain.isParked, domain.isListed, domain.hasPolicy, former.isGateway,
          former.isUnknown || !former.others.isEmpty,
        ], home: domain.home, servers: former.servers, delivery: domain.delivery)
      if let place = places[traits] {
        classes[place].append(number)
      } else {
        places[traits] = classes.count
        classes.append([number])
      }
    }
    return classes
  }

  /// What is wrong in a state, whenever it comes about, and which servers are open.
  func verdict(
    on state: MailFlowState, _ classes: [[Int]]
  ) -> (problems: [Problem], open: [Int]) {
    var problems: [Problem] = []
    for members in classes {
      var found = loops(of: members[0], in: state)
      if hasInbound {
        found += refusals(of: members[0], in: state) + deliveries(of: members[0], in: state)
      }
      for problem in found {
        for member in members {
          var problem = problem
          problem.domain = member
          problems.append(problem)
        }
      }
    }
    for number in servers.indices { problems += departures(from: number, in: state) }
    if state.isPolicyStricter.mayBe, state.isPublished.mayBeNo {
      problems.append(Problem(property: .inContract, reason: .notPublished))
    }
    if state.checksUsers.mayBe, !knowsUsers(in: state) {
      problems.append(Problem(property: .gatewayTaken, reason: .usersUnknown))
    }
    let open = servers.indices.filter { number in
      hasInbound && !servers[number].connection.domains.isEmpty
        && (admits(.stranger, to: number, in: state))
    }
    if !state.isClosed.mayBeNo {
      for number in open where servers[number].closing != nil {
        problems.append(Problem(property: .noWayAround, reason: .staysOpen, server: number))
      }
    }
    return (problems, open)
  }

  /// Whether MailGates knows the people that mail is for.
  private func knowsUsers(in state: MailFlowState) -> Bool {
    (!asked.contains(.signIn) || !state.isSignedIn.mayBeNo)
      && (!asked.contains(.accounts) || !state.areUsersRegistered.mayBeNo)
  }

  // MARK: In

  /// A domain that mail goes round for, whoever sends it.
  private func loops(of number: Int, in state: MailFlowState) -> [Problem] {
    let recipient = MailFlowPosition.Recipient.domain(number)
    var starts = [
      MailFlowPosition(.outside, to: recipient, by: .stranger),
      MailFlowPosition(.relay, to: recipient, by: .stranger, wasAtRelay: true),
      // MailGates delivers what reaches it, whatever the MX says.
      MailFlowPosition(.gateway, to: recipient, by: .stranger, from: .stranger),
    ]
    if let home = domains[number].home {
      starts += [
        // What a mailing list sends back to its sender's company.
        MailFlowPosition(.outside, to: recipient, by: .own(server: home)),
        MailFlowPosition(.server(home), to: recipient, by: .own(server: home)),
      ]
    }
    guard hasInbound || hasOutbound, goesRound(from: starts, in: state) else { return [] }
    return [Problem(property: .noLoop, reason: .loop, domain: number)]
  }

  /// Whether a way leads back to where it has been, by a search in depth without recursion.
  func goesRound(from starts: [MailFlowPosition], in state: MailFlowState) -> Bool {
    var finished: Set<MailFlowPosition> = []
    for start in starts where !finished.contains(start) {
      var way = [(position: start, rest: next(start, in: state)[...])]
      var onWay: Set<MailFlowPosition> = [start]
      while let last = way.last {
        guard let step = last.rest.first else {
          finished.insert(last.position)
          onWay.remove(last.position)
          way.removeLast()
          continue
        }
        way[way.count - 1].rest = last.rest.dropFirst()
        if onWay.contains(step) { return true }
        if finished.contains(step) { continue }
        onWay.insert(step)
        way.append((step, next(step, in: state)[...]))
      }
    }
    return false
  }

  /// Mail that comes without MailGates and is refused.
  private func refusals(of number: Int, in state: MailFlowState) -> [Problem] {
    let domain = domains[number]
    guard !domain.isParked else { return [] }
    var problems: [Problem] = []
    for place in exchangers(of: number, in: state) {
      let server: Int? =
        switch place {
        case .server(let server): server
        case .formerExchanger: domain.home
        default: nil
        }
      if let server, mayRefuse(.stranger, at: server, in: state) {
        problems.append(
          Problem(
            property: .directTaken, reason: .refusesDirect, server: server, domain: number))
      }
    }
    if domain.hasPolicy {
      let forgetsFormer = state.policy.contains(.new) && state.ways.contains(.former)
      let lacksNew = state.policy.contains(.former) && state.ways.contains(.gateway)
      if forgetsFormer || lacksNew {
        problems.append(
          Problem(
            property: lacksNew ? .gatewayTaken : .directTaken, reason: .policyRefuses,
            domain: number))
      }
    }
    return problems
  }

  /// Mail that comes by MailGates and is not taken as such.
  private func deliveries(of number: Int, in state: MailFlowState) -> [Problem] {
    let domain = domains[number]
    guard domain.moves, state.ways.contains(.gateway) else { return [] }
    func problem(_ reason: MailFlowCheck.Reason, _ server: Int? = nil) -> Problem {
      Problem(property: .gatewayTaken, reason: reason, server: server, domain: number)
    }
    var problems: [Problem] = []
    if !knowsUsers(in: state) { problems.append(problem(.usersUnknown)) }
    let target: Int? =
      switch domain.delivery {
      case .server(let server): server
      case .unknown: domain.home
      case .gateway, .domain: nil
      }
    guard let target else { return problems }
    if target != domain.home { problems.append(problem(.wrongServer, target)) }
    if mayRefuse(.gateway, at: target, in: state) {
      problems.append(problem(.refusesGateway, target))
    }
    guard let entrance = servers[target].entrance else {
      return problems + [problem(.gatewayUnknown, target)]
    }
    if state.isPrepared.mayBeNo || entrance.needsStart && state.isStarted.mayBeNo
      || entrance.isForPilot && state.hasPilotEnded.mayBeNo
    {
      problems.append(problem(.gatewayUnknown, target))
    }
    return problems
  }

  // MARK: Out

  /// Mail that leaves a server by MailGates and should not, or not yet.
  private func departures(from number: Int, in state: MailFlowState) -> [Problem] {
    guard let route = servers[number].route else { return [] }
    func problem(_ property: MailFlowCheck.Property, _ reason: MailFlowCheck.Reason) -> Problem {
      Problem(property: property, reason: reason, server: number)
    }
    var problems: [Problem] = []
    let ways = [MailFlowPosition.Sender.own(server: number), .bounce(server: number), .stranger]
      .flatMap { sender in
        [MailFlowPosition.Hand.people, .gateway].map { hand in
          MailFlowPosition(.server(number), to: .elsewhere, by: sender, from: hand)
        }
      }
    if goesRound(from: ways, in: state) { problems.append(problem(.noLoop, .loop)) }
    guard state.leaving.contains(.pilot) || state.leaving.contains(.everyone) else {
      return problems
    }
    let contract = Set(domains.filter { $0.isListed && !$0.isParked }.map(\.name))
    switch route.senders {
    case .everyone: problems.append(problem(.inContract, .foreignSenders))
    case .header(let names), .envelope(let names):
      if !names.allSatisfy(contract.contains) {
        problems.append(problem(.inContract, .foreignSenders))
      }
    }
    if state.isPublished.mayBeNo { problems.append(problem(.inContract, .notPublished)) }
    if asked.contains(.addressNotice), state.isVendorTold.mayBeNo,
      !servers[number].connection.server.addresses.isEmpty
    {
      problems.append(problem(.inContract, .vendorNotTold))
    }
    return problems
  }

  // MARK: The work as a whole

  /// What would be done in a rush.
  func carelessness(in state: MailFlowState) -> [Problem] {
    var problems: [Problem] = []
    let isMoving = state.authority == [.former, .gateway]
    let isClosing = state.isClosed == [.no, .yes]
    if asked.contains(.ttl), isMoving || isClosing, state.isTTLLow.mayBeNo {
      problems.append(Problem(property: .careful, reason: .ttlHigh))
    }
    if hasPilot, state.leaving == [.nobody, .everyone],
      servers.contains(where: { $0.route?.isForPilot == true })
    {
      problems.append(Problem(property: .careful, reason: .noPilot))
    }
    return problems
  }

  /// What is not reached in the end.
  func shortcomings(of state: MailFlowState) -> [Problem] {
    var problems: [Problem] = []
    for (number, domain) in domains.enumerated() where domain.moves && state.ways != .gateway {
      problems.append(Problem(property: .noWayAround, reason: .notMoved, domain: number))
    }
    for (number, server) in servers.enumerated() {
      if hasOutbound, !server.connection.domains.isEmpty,
        server.route == nil || state.leaving != .everyone
      {
        problems.append(Problem(property: .inContract, reason: .notRouted, server: number))
      }
      if server.closing != nil, state.isClosed.mayBeNo {
        problems.append(Problem(property: .noWayAround, reason: .staysOpen, server: number))
      }
    }
    if asked.contains(.restoreTTL), state.isTTLLow.mayBe {
      problems.append(Problem(property: .careful, reason: .ttlHigh))
    }
    if asked.contains(.transportPolicyAfter), state.policy != .new {
      problems.append(Problem(property: .careful, reason: .policyRefuses))
    }
    if asked.contains(.deliveryTarget), state.checksUsers.mayBeNo {
      problems.append(Problem(property: .gatewayTaken, reason: .usersUnknown))
    }
    return problems
  }

  /// What the way back leaves behind.
  func leftovers(in state: MailFlowState) -> [Problem] {
    var problems: [Problem] = []
    for (number, server) in servers.enumerated() {
      if let closing = server.closing, state.isClosed.mayBe || !closing.isUndone {
        problems.append(Problem(property: .directTaken, reason: .notOpenedAgain, server: number))
      }
      if server.route != nil, state.leaving != .nobody {
        problems.append(Problem(property: .inContract, reason: .notRouted, server: number))
      }
    }
    if state.ways != .former {
      problems.append(Problem(property: .directTaken, reason: .notMoved))
    }
    return problems
  }
}
