/// Where a message is, with what decides where it goes.
package struct MailFlowPosition: Hashable, Sendable {
  package let place: Place
  package let recipient: Recipient
  package let sender: Sender
  /// Whether it has been at MailGates on its way out.
  package let wasAtRelay: Bool
  package let from: Hand

  package enum Place: Hashable, Sendable {
    /// Senders and recipients elsewhere.
    case outside
    /// What the MX named before, where it is no mail server of tenant.yaml.
    case formerExchanger(domain: Int)
    /// MailGates, from outside.
    case gateway
    /// MailGates, on the way out.
    case relay
    case server(Int)
    /// The end of the way.
    case mailbox(server: Int)
    case destination
  }

  package enum Recipient: Hashable, Sendable {
    /// A domain of the flow, by its number.
    case domain(Int)
    case elsewhere
  }

  package enum Sender: Hashable, Sendable {
    /// Of a server's own domains, in the envelope and in the header.
    case own(server: Int)
    /// A bounce of a server: the header From is its own, the envelope has no sender.
    case bounce(server: Int)
    case stranger
  }

  /// Who hands it over.
  package enum Hand: Hashable, Sendable {
    case people
    case stranger
    case gateway
  }

  package init(
    _ place: Place, to recipient: Recipient, by sender: Sender, wasAtRelay: Bool = false,
    from: Hand = .people
  ) {
    self.place = place
    self.recipient = recipient
    self.sender = sender
    self.wasAtRelay = wasAtRelay
    self.from = from
  }

  fileprivate func going(_ place: Place, from: Hand, wasAtRelay: Bool? = nil) -> MailFlowPosition {
    MailFlowPosition(
      place, to: recipient, by: sender, wasAtRelay: wasAtRelay ?? self.wasAtRelay, from: from)
  }
}

extension MailFlow {
  /// Where a message may go next. Nothing at the end of its way, and where it is refused.
  package func next(
    _ position: MailFlowPosition, in state: MailFlowState
  ) -> [MailFlowPosition] {
    switch position.place {
    case .mailbox, .destination: return []
    case .outside: return byExchanger(position, in: state, from: .stranger)
    case .formerExchanger(let domain):
      guard let home = domains[domain].home else { return [] }
      return [position.going(.server(home), from: .stranger)]
    case .gateway: return delivered(position, in: state)
    case .relay:
      return byExchanger(position, in: state, from: .stranger, wasAtRelay: true)
    case .server(let server): return handled(position, by: server, in: state)
    }
  }

  /// By what the MX says.
  private func byExchanger(
    _ position: MailFlowPosition, in state: MailFlowState, from: MailFlowPosition.Hand,
    wasAtRelay: Bool? = nil
  ) -> [MailFlowPosition] {
    guard case .domain(let number) = position.recipient else {
      return [position.going(.destination, from: from, wasAtRelay: wasAtRelay)]
    }
    return exchangers(of: number, in: state).map { place in
      position.going(place, from: from, wasAtRelay: wasAtRelay)
    }
  }

  /// Whom senders may hand mail for a domain to.
  package func exchangers(of number: Int, in state: MailFlowState) -> [MailFlowPosition.Place] {
    let domain = domains[number]
    let ways = domain.moves ? state.ways : .former
    var places: [MailFlowPosition.Place] = []
    if ways.contains(.former) {
      places += domain.former.servers.map { .server($0) }
      if !domain.former.others.isEmpty || domain.former.isUnknown {
        places.append(.formerExchanger(domain: number))
      }
    }
    if ways.contains(.gateway) || domain.former.isGateway { places.append(.gateway) }
    return places
  }

  /// What MailGates does with mail from outside.
  private func delivered(
    _ position: MailFlowPosition, in state: MailFlowState
  ) -> [MailFlowPosition] {
    guard case .domain(let number) = position.recipient else { return [] }
    let domain = domains[number]
    switch domain.delivery {
    case .gateway: return [position.going(.gateway, from: .gateway)]
    case .server(let server): return [position.going(.server(server), from: .gateway)]
    // A domain's own name may be looked up by its MX first.
    case .domain(let other):
      return exchangers(of: other, in: state).map { position.going($0, from: .gateway) }
    case .unknown:
      return domain.home.map { [position.going(.server($0), from: .gateway)] } ?? []
    }
  }

  /// What a mail server does: refuses, keeps, or sends on.
  private func handled(
    _ position: MailFlowPosition, by server: Int, in state: MailFlowState
  ) -> [MailFlowPosition] {
    guard servers.indices.contains(server), admits(position.from, to: server, in: state) else {
      return []
    }
    let isOwn: Bool
    switch position.recipient {
    case .domain(let number): isOwn = domains[number].home == server
    case .elsewhere: isOwn = false
    }
    var next: [MailFlowPosition] = []
    let taken = takes(position, by: server)
    let mayLeave = state.leaving.contains(.pilot) || state.leaving.contains(.everyone)
    if taken, mayLeave { next.append(position.going(.relay, from: .stranger)) }
    if isOwn {
      if !taken || state.leaving != .everyone {
        next.append(position.going(.mailbox(server: server), from: position.from))
      }
      return next
    }
    // Exchange Online and Gmail send on nothing that is for a stranger's domain.
    if position.from != .people, position.sender == .stranger, !sendsOn(server) {
      return next
    }
    if !taken || state.leaving != .everyone {
      next += byExchanger(position, in: state, from: .stranger)
    }
    return next
  }

  /// Whether a server may accept what somebody hands over.
  package func admits(
    _ hand: MailFlowPosition.Hand, to server: Int, in state: MailFlowState
  ) -> Bool {
    switch hand {
    case .people: true
    case .stranger:
      !(servers[server].closing?.refusesOthers == true && !state.isClosed.mayBeNo)
        && !(servers[server].entrance?.refusesOthers == true && !state.isStarted.mayBeNo)
    case .gateway: servers[server].closing?.admitsGateway != false || state.isClosed.mayBeNo
    }
  }

  /// Whether a server may refuse what somebody hands over.
  package func mayRefuse(
    _ hand: MailFlowPosition.Hand, at server: Int, in state: MailFlowState
  ) -> Bool {
    switch hand {
    case .people: false
    case .stranger:
      servers[server].closing?.refusesOthers == true && state.isClosed.mayBe
        || servers[server].entrance?.refusesOthers == true && state.isStarted.mayBe
    case .gateway: servers[server].closing?.admitsGateway == false && state.isClosed.mayBe
    }
  }

  /// Whether a server may send on mail of strangers to domains that are not its own, as a relay
  /// for a customer's domains does.
  private func sendsOn(_ server: Int) -> Bool {
    servers[server].connection.server.family == .other
  }

  /// Whether the route to MailGates takes a message.
  private func takes(_ position: MailFlowPosition, by server: Int) -> Bool {
    guard let route = servers[server].route else { return false }
    if route.takesOnlyOwnPeople {
      let isInternal = servers[server].entrance?.isInternal == true && position.from == .gateway
      guard position.from == .people || isInternal else { return false }
    }
    if case .domain(let number) = position.recipient, domains[number].home == server,
      route.takesOnlyOutgoing
    {
      return false
    }
    if position.wasAtRelay, route.sparesReturning { return false }
    switch (route.senders, position.sender) {
    case (.everyone, _): return true
    case (_, .own(let other)): return other == server
    case (.header, .bounce(let other)): return other == server
    case (.envelope, .bounce): return false
    case (_, .stranger): return false
    }
  }
}
