/// What moves the mail flow from one state to the next.
package enum MailFlowMove: Hashable, Sendable {
  case phase(Phase.Kind)
  case back(WayBackPart)
  /// Until no cache remembers the MX of before any more.
  case wait

  /// The phases, with the wait before the first that comes after it.
  static func script(_ phases: [Phase.Kind]) -> [MailFlowMove] {
    var moves: [MailFlowMove] = []
    var hasMoved = false
    for phase in phases {
      if hasMoved, phase.waitsForCaches {
        moves.append(.wait)
        hasMoved = false
      }
      hasMoved = hasMoved || phase == .cutover
      moves.append(.phase(phase))
    }
    if hasMoved { moves.append(.wait) }
    return moves
  }

  /// The way back from where some phases were done or begun.
  static func wayBack(from done: Set<Phase.Kind>) -> [MailFlowMove] {
    var moves: [MailFlowMove] = []
    var hasMoved = false
    for part in WayBackPart.allCases where !part.phases.isDisjoint(with: done) {
      if hasMoved, part.waitsForCaches {
        moves.append(.wait)
        hasMoved = false
      }
      hasMoved = hasMoved || part == .cutover
      moves.append(.back(part))
    }
    if hasMoved { moves.append(.wait) }
    return moves
  }
}

/// The parts of the way back, the first to go back first. Mail is refused while a lockdown stands,
/// and fails SPF once sender authentication is gone.
package enum WayBackPart: Hashable, CaseIterable, Sendable {
  case lockdown
  case transportPolicyAfter
  case restoreTTL
  case retireKey
  case dmarc(DMARCStage)
  case deliveryTarget
  case cutover
  case ttl
  case transportPolicyBefore
  case settings
  case route
  case connection
  case archive
  case signIn
  case senderAuthentication

  package static let allCases: [Self] =
    [.lockdown, .transportPolicyAfter, .restoreTTL, .retireKey]
    + DMARCStage.steps.reversed().map(Self.dmarc) + [
      .deliveryTarget, .cutover, .ttl, .transportPolicyBefore, .settings, .route, .connection,
      .signIn, .senderAuthentication,
    ]

  /// What it takes back.
  package var phases: Set<Phase.Kind> {
    Set(Phase.Kind.allCases.filter { $0.back == self })
  }

  /// Whether it comes only when caches have forgotten the MX that was put back.
  package var waitsForCaches: Bool {
    switch self {
    case .transportPolicyBefore, .connection, .signIn, .senderAuthentication: true
    default: false
    }
  }
}

extension Phase.Kind {
  /// The part of the way back that takes it back; nil where nothing has to be.
  package var back: WayBackPart? {
    switch self {
    case .lockdown: .lockdown
    case .transportPolicyBefore: .transportPolicyBefore
    case .transportPolicyAfter: .transportPolicyAfter
    case .restoreTTL: .restoreTTL
    case .retireKey: .retireKey
    case .dmarc(let stage): .dmarc(stage)
    case .deliveryTarget: .deliveryTarget
    case .cutover: .cutover
    case .ttl: .ttl
    case .settings, .laterSettings: .settings
    case .connect, .startInbound: .connection
    case .startOutbound: .route
    case .archive: .archive
    case .signIn: .signIn
    case .senderAuthentication: .senderAuthentication
    case .addressNotice, .administratorLogin, .accounts, .userLogin, .reportAuthorization,
      .endPilot, .changeSigning:
      nil
    }
  }

  /// Whether it comes only when caches have forgotten the MX of before the cutover, as `Clock`
  /// has it.
  package var waitsForCaches: Bool {
    switch self {
    case .lockdown, .transportPolicyAfter, .restoreTTL: true
    default: false
    }
  }
}
