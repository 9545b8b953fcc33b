/// How far the work has come, as far as it moves mail. While something is being done it holds of
/// some servers and domains and of others not yet, so a state says what may be: both then.
package struct MailFlowState: Hashable, Sendable {
  /// Yes, no, or either of them.
  package struct Either: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let no = Either(rawValue: 1)
    package static let yes = Either(rawValue: 2)

    package var mayBeNo: Bool { contains(.no) }
    package var mayBe: Bool { contains(.yes) }
  }

  /// Whom senders take for a domain's exchanger.
  package struct Ways: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let former = Ways(rawValue: 1)
    package static let gateway = Ways(rawValue: 2)
  }

  /// Whose mail leaves by MailGates.
  package struct Leaving: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let nobody = Leaving(rawValue: 1)
    package static let pilot = Leaving(rawValue: 2)
    package static let everyone = Leaving(rawValue: 4)
  }

  /// Which exchangers the policy of MTA-STS names.
  package struct Policy: OptionSet, Hashable, Sendable {
    package let rawValue: UInt8
    package init(rawValue: UInt8) { self.rawValue = rawValue }

    package static let former = Policy(rawValue: 1)
    package static let both = Policy(rawValue: 2)
    package static let new = Policy(rawValue: 4)
  }

  /// What the zones say.
  package var authority: Ways = .former
  /// What caches say besides.
  package var cached: Ways = []
  package var isTTLLow: Either = .no
  package var policy: Policy = .former
  package var isVendorTold: Either = .no
  package var isSignedIn: Either = .no
  package var areUsersRegistered: Either = .no
  package var isPublished: Either = .no
  package var isPrepared: Either = .no
  package var isStarted: Either = .no
  package var leaving: Leaving = .nobody
  package var hasPilotEnded: Either = .no
  package var checksUsers: Either = .no
  package var isClosed: Either = .no
  package var isPolicyStricter: Either = .no

  /// Before anything is done.
  package init() {}

  /// Whom senders may take for an exchanger.
  package var ways: Ways { authority.union(cached) }

  /// While a move is being made: of each part, what was or what is to be.
  package func union(_ next: MailFlowState) -> MailFlowState {
    var state = self
    state.authority.formUnion(next.authority)
    state.cached.formUnion(next.cached)
    state.isTTLLow.formUnion(next.isTTLLow)
    state.policy.formUnion(next.policy)
    state.isVendorTold.formUnion(next.isVendorTold)
    state.isSignedIn.formUnion(next.isSignedIn)
    state.areUsersRegistered.formUnion(next.areUsersRegistered)
    state.isPublished.formUnion(next.isPublished)
    state.isPrepared.formUnion(next.isPrepared)
    state.isStarted.formUnion(next.isStarted)
    state.leaving.formUnion(next.leaving)
    state.hasPilotEnded.formUnion(next.hasPilotEnded)
    state.checksUsers.formUnion(next.checksUsers)
    state.isClosed.formUnion(next.isClosed)
    state.isPolicyStricter.formUnion(next.isPolicyStricter)
    return state
  }

  fileprivate mutating func `do`(_ kind: Phase.Kind, _ flow: MailFlow) {
    switch kind {
    case .addressNotice: isVendorTold = .yes
    case .signIn: isSignedIn = .yes
    case .accounts: areUsersRegistered = .yes
    case .senderAuthentication: isPublished = .yes
    case .connect: isPrepared = .yes
    case .transportPolicyBefore: policy = .both
    case .transportPolicyAfter: policy = .new
    case .ttl: isTTLLow = .yes
    case .restoreTTL: isTTLLow = .no
    // What is not there yet cannot be started.
    case .startInbound: if !isPrepared.mayBeNo { isStarted = .yes }
    case .startOutbound:
      let ready = flow.readyRoutes(isPrepared: !isPrepared.mayBeNo)
      let first: Leaving = flow.hasPilot && hasPilotEnded.mayBeNo ? .pilot : .everyone
      if ready == .yes { leaving = first } else if ready.mayBe { leaving.formUnion(first) }
    case .endPilot:
      hasPilotEnded = .yes
      if leaving == .pilot { leaving = .everyone }
    case .cutover:
      cached.formUnion(authority.subtracting(.gateway))
      authority = .gateway
    case .deliveryTarget: checksUsers = .yes
    case .lockdown: isClosed = .yes
    case .dmarc: isPolicyStricter = .yes
    // Copies leave beside the mail, whose way stays what it is.
    case .administratorLogin, .userLogin, .settings, .laterSettings, .reportAuthorization, .archive,
      .changeSigning, .retireKey:
      break
    }
  }

  /// - Parameter lowest: the first stage of DMARC that the work asks for.
  fileprivate mutating func undo(_ part: WayBackPart, lowest: DMARCStage) {
    switch part {
    case .lockdown: isClosed = .no
    case .transportPolicyAfter: policy = .both
    case .restoreTTL: isTTLLow = .yes
    // A stage below may be there still, which is stricter than what was before.
    case .dmarc(let stage): if stage <= lowest { isPolicyStricter = .no }
    case .deliveryTarget: checksUsers = .no
    case .cutover:
      cached.formUnion(authority.subtracting(.former))
      authority = .former
    case .ttl: isTTLLow = .no
    case .transportPolicyBefore: policy = .former
    case .route: leaving = .nobody
    case .connection:
      isPrepared = .no
      isStarted = .no
      leaving = .nobody
    case .signIn: isSignedIn = .no
    case .senderAuthentication: isPublished = .no
    case .settings, .archive, .retireKey: break
    }
  }
}

extension MailFlow {
  package func state(after move: MailFlowMove, from state: MailFlowState) -> MailFlowState {
    var next = state
    switch move {
    case .phase(let kind): next.do(kind, self)
    case .back(let part):
      let stages = asked.compactMap { kind in
        if case .dmarc(let stage) = kind { stage } else { nil }
      }
      next.undo(part, lowest: stages.min() ?? .reject)
    // A change of the MX that is not complete is still remembered both ways.
    case .wait:
      next.cached = state.authority.isSuperset(of: [.former, .gateway]) ? state.cached : []
    }
    return next
  }

  /// Whether routes can be started. Connectors, rules and Google's routes have to be there first;
  /// the tables of a Postfix and the work on other servers wait for nothing.
  fileprivate func readyRoutes(isPrepared: Bool) -> MailFlowState.Either {
    guard !isPrepared else { return .yes }
    var ready: MailFlowState.Either = []
    for server in servers where server.route != nil {
      ready.insert(server.connection.server.family == .other ? .yes : .no)
    }
    return ready
  }
}
