/// One hands mail to another, in a state of the work.
package struct MailFlowHandover: Hashable, Sendable {
  package let start: MailFlowPosition.Place
  package let end: MailFlowPosition.Place
  package let kind: Kind

  package enum Kind: Hashable, Sendable {
    /// All of it goes this way.
    case always
    /// Some of it does, or may.
    case partly
    /// Nobody is told to go this way, and who does is not refused.
    case around
    case refused
  }
}

extension MailFlow {
  /// Who hands mail to whom, from outside to the mailboxes and from the mail servers to others.
  package func handovers(in state: MailFlowState) -> [MailFlowHandover] {
    var collected = Collected()
    for (number, domain) in domains.enumerated() where domain.isListed && !domain.isParked {
      collect(
        from: MailFlowPosition(.outside, to: .domain(number), by: .stranger), in: state,
        into: &collected)
    }
    for (number, server) in servers.enumerated() where !server.connection.domains.isEmpty {
      collect(
        from: MailFlowPosition(.server(number), to: .elsewhere, by: .own(server: number)),
        in: state, into: &collected)
    }
    // Who knows a server's address needs no MX.
    if hasInbound, state.ways == .gateway {
      for (number, server) in servers.enumerated() where !server.connection.domains.isEmpty {
        let isOpen = admits(.stranger, to: number, in: state)
        collected.add(.outside, .server(number), isOpen ? .around : .refused)
      }
    }
    return collected.handovers
  }

  private func collect(
    from start: MailFlowPosition, in state: MailFlowState, into collected: inout Collected
  ) {
    var seen: Set = [start]
    var left = [start]
    while let position = left.popLast() {
      let steps = next(position, in: state)
      for step in steps {
        if case .mailbox = step.place { continue }
        collected.add(position.place, step.place, steps.count > 1 ? .partly : .always)
        if seen.insert(step).inserted { left.append(step) }
      }
    }
  }

  /// Handovers in the order in which they were found; of two kinds between the same places the one
  /// that is less certain.
  private struct Collected {
    private struct Ends: Hashable {
      let start: MailFlowPosition.Place
      let end: MailFlowPosition.Place
    }

    private(set) var handovers: [MailFlowHandover] = []
    private var places: [Ends: Int] = [:]

    mutating func add(
      _ start: MailFlowPosition.Place, _ end: MailFlowPosition.Place, _ kind: MailFlowHandover.Kind
    ) {
      let ends = Ends(start: start, end: end)
      if let place = places[ends] {
        if kind == .partly {
          handovers[place] = MailFlowHandover(start: start, end: end, kind: kind)
        }
      } else {
        places[ends] = handovers.count
        handovers.append(MailFlowHandover(start: start, end: end, kind: kind))
      }
    }
  }
}
