/// What must hold of the mail flow in every state of the work, in the states in between, and on the
/// way back from each of them.
package struct MailFlowCheck: Sendable {
  package let flow: MailFlow
  /// Before, then while and after each move of the work.
  package let forward: [Moment]
  /// The same of the way back, from wherever it may begin; each state once.
  package let back: [Moment]

  /// A state with what is wrong in it.
  package struct Moment: Sendable {
    package let time: Time
    package let state: MailFlowState
    package let problems: [Problem]
    /// The servers that take mail from others than MailGates.
    package let openServers: [Int]
  }

  package enum Time: Hashable, Sendable {
    case before
    case during(MailFlowMove)
    case after(MailFlowMove)
  }

  /// What is proved.
  package enum Property: String, CaseIterable, Sendable {
    /// Mail goes round nowhere.
    case noLoop = "no loop"
    /// What may still come directly is not refused.
    case directTaken = "direct taken"
    /// What MailGates delivers is taken for what it is, and goes where the mailboxes are.
    case gatewayTaken = "gateway taken"
    /// Once it is closed there is no way around MailGates.
    case noWayAround = "no way around"
    /// MailGates gets nothing to send that is not in its contract, and may send it.
    case inContract = "in contract"
    /// The change of the MX can be taken back quickly, and the pilot goes first.
    case careful = "careful"
  }

  /// What is wrong.
  package struct Problem: Hashable, Sendable {
    package let property: Property
    package let reason: Reason
    /// A server or a domain, by its number.
    package var server: Int?
    package var domain: Int?
  }

  package enum Reason: Hashable, Sendable {
    case loop
    case refusesDirect
    case policyRefuses
    case refusesGateway
    /// It is delivered to a server without the mailboxes, which does not send it on.
    case wrongServer
    case gatewayUnknown
    case usersUnknown
    case staysOpen
    case notOpenedAgain
    case notMoved
    case notRouted
    case foreignSenders
    case vendorNotTold
    case notPublished
    case ttlHigh
    case noPilot
  }

  package init(_ flow: MailFlow) {
    var judge = Judge(flow)
    self.init(flow.script, &judge)
  }

  /// The check of each of several orders of doing.
  package static func checks(_ flow: MailFlow, scripts: [[MailFlowMove]]) -> [MailFlowCheck] {
    var judge = Judge(flow)
    return scripts.map { MailFlowCheck($0, &judge) }
  }

  private init(_ script: [MailFlowMove], _ judge: inout Judge) {
    flow = judge.flow
    var state = MailFlowState()
    var forward = [judge.moment(.before, state, demands: [])]
    var back: [Moment] = []
    var done: Set<Phase.Kind> = []
    var seen: Set<MailFlowState> = []
    for (index, move) in script.enumerated() {
      let next = flow.state(after: move, from: state)
      let between = state.union(next)
      let isLast = index == script.count - 1
      forward.append(judge.moment(.during(move), between, demands: [.onTheWay]))
      forward.append(
        judge.moment(
          .after(move), next, demands: isLast ? [.onTheWay, .finished] : [.onTheWay]))
      if case .phase(let kind) = move { done.insert(kind) }
      for start in [between, next] {
        judge.goBack(from: start, done: done, seen: &seen, into: &back)
      }
      state = next
    }
    self.forward = forward
    self.back = back
  }

  /// All that is wrong, each thing once, in the order of the work.
  package var problems: [(problem: Problem, time: Time)] {
    var seen: Set<Problem> = []
    return (forward + back).flatMap { moment in
      moment.problems.filter { seen.insert($0).inserted }.map { ($0, moment.time) }
    }
  }

  /// The servers that stay open in the end.
  package var openServers: [Int] { flow.hasInbound ? forward.last?.openServers ?? [] : [] }
}

extension MailFlowCheck {
  /// What a state is held to besides what always holds.
  fileprivate struct Demands: OptionSet {
    let rawValue: UInt8
    static let onTheWay = Demands(rawValue: 1)
    static let finished = Demands(rawValue: 2)
  }

  /// Judges states, equal ones once.
  fileprivate struct Judge {
    let flow: MailFlow
    /// Domains that mail goes the same ways for, of which one is judged for all.
    private let classes: [[Int]]
    private var known: [MailFlowState: (problems: [Problem], open: [Int])] = [:]

    init(_ flow: MailFlow) {
      self.flow = flow
      classes = flow.classes
    }

    mutating func moment(
      _ time: Time, _ state: MailFlowState, demands: Demands
    ) -> Moment {
      let verdict = known[state] ?? flow.verdict(on: state, classes)
      known[state] = verdict
      var problems = verdict.problems
      if demands.contains(.onTheWay) { problems += flow.carelessness(in: state) }
      if demands.contains(.finished) { problems += flow.shortcomings(of: state) }
      return Moment(time: time, state: state, problems: problems, openServers: verdict.open)
    }

    mutating func goBack(
      from start: MailFlowState, done: Set<Phase.Kind>, seen: inout Set<MailFlowState>,
      into moments: inout [Moment]
    ) {
      var state = start
      for move in MailFlowMove.wayBack(from: done) {
        let next = flow.state(after: move, from: state)
        for (time, state) in [(Time.during(move), state.union(next)), (.after(move), next)]
        where seen.insert(state).inserted {
          moments.append(moment(time, state, demands: []))
        }
        state = next
      }
      let problems = flow.leftovers(in: state)
      if !problems.isEmpty {
        moments.append(Moment(time: .before, state: state, problems: problems, openServers: []))
      }
    }
  }
}
