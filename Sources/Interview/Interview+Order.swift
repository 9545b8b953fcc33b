internal import Procedure
internal import TenantModel

// What is asked next. The mail servers come before the notice and the gateway, because what is
// needed of those depends on them.

extension Interview {
  /// The first question that has no answer.
  func openSlot() -> Slot? {
    for topic in [Topic.language, .name, .id, .services] where isOpen(Slot(topic)) {
      return Slot(topic)
    }
    if includes(.inboundSecurity) || isGiven(.options), isOpen(Slot(.options)) {
      return Slot(.options)
    }
    return openMailServer() ?? openContracted() ?? openDomain() ?? openRepeated(.contact)
  }

  func isOpen(_ slot: Slot) -> Bool { entries[slot] == nil }

  func isGiven(_ topic: Topic) -> Bool { !(given[topic] ?? []).isEmpty }

  private func openMailServer() -> Slot? {
    if let next = openRepeated(.mailServer) { return next }
    for owner in owners(of: .mailServer) {
      for topic in details(ofServer: owner) where isOpen(Slot(topic, owner)) {
        return Slot(topic, owner)
      }
    }
    return nil
  }

  private func details(ofServer owner: Int) -> [Topic] {
    let hasLockdown = includes(.inboundSecurity) || isGiven(.lockdown)
    switch serverKind(owner) {
    case .microsoft365:
      let bypass: [Topic] = includes(.inboundSecurity) || isGiven(.spamBypass) ? [.spamBypass] : []
      return [.tenant] + bypass + (hasLockdown ? [.lockdown] : []) + [.signIn]
    case .googleWorkspace: return (hasLockdown ? [.lockdown] : []) + [.signIn]
    case .postfix: return [.host, .addresses] + (hasLockdown ? [.lockdown] : [])
    case .other: return [.description, .addresses]
    case nil: return []
    }
  }

  /// What the contract needs of the notice and the gateway, and the generation of the console.
  private func openContracted() -> Slot? {
    for topic in [Topic.accessName, .redirect, .origin] where isOpen(Slot(topic)) {
      if isNeeded(topic) || isGiven(topic) { return Slot(topic) }
    }
    if isOpen(Slot(.console)) { return Slot(.console) }
    for topic in [Topic.mx, .relay, .egress, .spf, .loopGuard] where isOpen(Slot(topic)) {
      if isNeeded(topic) || isGiven(topic) { return Slot(topic) }
    }
    return nil
  }

  private func openDomain() -> Slot? {
    if let next = openRepeated(.domain) { return next }
    for owner in owners(of: .domain) {
      for topic in details(ofDomain: owner) where isOpen(Slot(topic, owner)) {
        return Slot(topic, owner)
      }
    }
    return nil
  }

  private func details(ofDomain owner: Int) -> [Topic] {
    guard entries[Slot(.role, owner)] != .given(TenantDomain.Role.parked.rawValue) else {
      return [.role]
    }
    var topics: [Topic] = [.role]
    if owners(of: .mailServer).count > 1 { topics.append(.server) }
    if includes(.inboundSecurity),
      serverKind(ofDomain: owner) != .googleWorkspace
        || isGiven(.deliveryHost)
    {
      topics.append(.deliveryHost)
    }
    topics.append(.zone)
    if includes(.leakPrevention) { topics += [.senders, .reports] }
    if includes(.inboundSecurity) || isGiven(.cutover) { topics.append(.cutover) }
    return topics
  }

  /// The one after the last, until somebody says that there are no more.
  private func openRepeated(_ topic: Topic) -> Slot? {
    let next = Slot(topic, owners(of: topic).count)
    return isOpen(next) && next.owner < Self.limit ? next : nil
  }

  /// The servers, domains or contacts that there are.
  func owners(of topic: Topic) -> Range<Int> {
    var count = 0
    while count < Self.limit, case .given = entries[Slot(topic, count)] { count += 1 }
    return 0..<count
  }

  /// Whether the contract needs it and it is not there.
  func isNeeded(_ topic: Topic) -> Bool { needed.contains(topic.path) }

  func includes(_ service: Service) -> Bool {
    guard let text = text(Slot(.services)) else { return false }
    return text.listed(by: String.separators).contains(service.rawValue)
  }

  /// What was answered; nil for nothing.
  func text(_ slot: Slot) -> String? {
    guard case .given(let text) = entries[slot] else { return nil }
    return text
  }
}

/// The kinds of mail server, by their keys.
enum ServerKind: String, CaseIterable {
  case microsoft365, googleWorkspace, postfix, other

  /// The topic that is answered together with the kind.
  var mainTopic: Topic? {
    switch self {
    case .microsoft365: .tenant
    case .googleWorkspace: nil
    case .postfix: .host
    case .other: .description
    }
  }

  /// What a server is called where nobody names it.
  var usualName: String {
    switch self {
    case .microsoft365: "m365"
    case .googleWorkspace: "workspace"
    case .postfix: "postfix"
    case .other: "hosting"
    }
  }
}

extension Interview {
  /// `NAME=KIND` of a mail server.
  func serverKind(_ owner: Int) -> ServerKind? {
    text(Slot(.mailServer, owner)).flatMap { ServerKind(rawValue: $0.cut(at: "=").last ?? $0) }
  }

  func serverName(_ owner: Int) -> String? {
    text(Slot(.mailServer, owner))?.cut(at: "=").first
  }

  func serverKind(ofDomain owner: Int) -> ServerKind? {
    let servers = owners(of: .mailServer)
    let name = text(Slot(.server, owner))
    let server = servers.first { serverName($0) == name } ?? servers.first
    return server.flatMap { serverKind($0) }
  }
}
