package import MailRecords
package import SourceText
internal import TenantModel

/// Who hands mail to whom while the work goes on: from outside by MailGates to the mail server, and
/// out again.
///
/// It is made of what the emitters write down: the connectors and rules of Exchange Online, Google's
/// gateway and route, Postfix's tables, the records of each domain. `MailFlowState` says how far the
/// work has come, `MailFlowPath` where a message goes then, `MailFlowCheck` what must hold, and the
/// runbook's pictures show the same.
package struct MailFlow: Sendable {
  /// The domains that mail is for, in the order of tenant.yaml; then names that tenant.yaml lacks.
  package var domains: [Domain]
  package var servers: [Server]
  /// Whether MailGates takes mail from outside.
  package let hasInbound: Bool
  /// Whether mail leaves by MailGates.
  package let hasOutbound: Bool
  /// What the phases are, in the order of doing.
  package let script: [MailFlowMove]
  /// What tells the phases that the work asks for; a picture of a part of the work has all of them.
  let asked: Set<Phase.Kind>

  /// A name that mail is for.
  package struct Domain: Sendable {
    package let name: DomainName
    package let span: SourceSpan
    /// The server with its mailboxes.
    package var home: Int?
    /// Whether its MX is changed.
    package var moves: Bool
    /// Whether nothing is received, by what tenant.yaml says.
    package let isParked: Bool
    /// Whether tenant.yaml has it.
    package let isListed: Bool
    package let former: Former
    /// Where MailGates delivers.
    package var delivery: HostDirectory.Owner
    package let deliverySpan: SourceSpan?
    /// Whether senders may hold a policy of MTA-STS that the change of the MX is prepared in.
    package let hasPolicy: Bool
  }

  /// What takes a domain's mail before the cutover.
  package struct Former: Equatable, Sendable {
    /// Mail servers of tenant.yaml that are exchangers themselves.
    package var servers: [Int] = []
    /// Other hosts, which pass mail on to the mail server; without the dot at the end.
    package var others: [String] = []
    /// Whether nobody knows the MX.
    package var isUnknown = false
    /// Whether MailGates is among them already.
    package var isGateway = false

    package init() {}
  }

  /// What a mail server does with what comes from where.
  package struct Server: Sendable {
    package let connection: MailServerConnection
    /// What lets MailGates deliver; nil without inbound-security.
    package var entrance: Entrance?
    /// What refuses others after the cutover; nil where that is not asked for.
    package var closing: Closing?
    /// What sends mail out by MailGates; nil without leak-prevention.
    package var route: Route?
  }

  package struct Entrance: Equatable, Sendable {
    /// Whether it is switched on in a phase of its own.
    package var needsStart: Bool
    /// Whether it makes mail from MailGates mail of the organization's own.
    package var isInternal: Bool
    /// Whether it refuses others from the moment that it is on.
    package var refusesOthers: Bool
    /// Whether it acts for the pilot's people alone until the pilot ends.
    package var isForPilot: Bool
  }

  package struct Closing: Equatable, Sendable {
    package let span: SourceSpan
    /// Whether others are refused once it is on.
    package var refusesOthers: Bool
    /// Whether MailGates is admitted.
    package var admitsGateway: Bool
    /// Whether the way back opens it again.
    package var isUndone: Bool
  }

  package struct Route: Equatable, Sendable {
    package var senders: Senders
    /// Whether only mail of the organization's own people is taken.
    package var takesOnlyOwnPeople: Bool
    /// Whether only mail to others is taken, and none for the server's own mailboxes.
    package var takesOnlyOutgoing: Bool
    /// Whether mail that was at MailGates is left alone.
    package var sparesReturning: Bool
    /// Whether it acts for the pilot's people alone until the pilot ends.
    package var isForPilot: Bool
  }

  /// What a route knows senders by.
  package enum Senders: Equatable, Sendable {
    /// The domain in the header From, subdomains included.
    case header([DomainName])
    /// The domain of the envelope sender; mail without one is not taken.
    case envelope([DomainName])
    case everyone
  }

  package init(_ procedure: Procedure) {
    self.init(procedure, phases: procedure.phases.map(\.kind))
  }

  /// - Parameter phases: the order of doing, where it is not the procedure's own.
  package init(_ procedure: Procedure, phases: [Phase.Kind]) {
    let hosts = procedure.hosts
    hasInbound = procedure.services.inbound != nil
    hasOutbound = procedure.services.outbound != nil
    let egress = (procedure.services.inbound?.egress ?? []).map(\.description)
    servers = procedure.connections.map { Server($0, egress: egress) }
    domains = procedure.domains.enumerated().map { Domain($0.element, number: $0.offset, hosts) }
    script = MailFlowMove.script(phases)
    asked = Set(procedure.phases.map(\.kind))
  }
}

extension MailFlow {
  /// Whether something holds for some people alone at first.
  package var hasPilot: Bool {
    servers.contains { $0.entrance?.isForPilot == true || $0.route?.isForPilot == true }
  }

  /// The flow with names that receive mail and that tenant.yaml does not have.
  package func adding(_ names: [Domain]) -> MailFlow {
    var flow = self
    flow.domains += names
    return flow
  }

  /// A name of a zone that tenant.yaml does not have, by the exchangers that the zone gives it.
  package static func unlisted(
    _ name: DomainName, at span: SourceSpan, exchangers: [String], zone: Int, _ hosts: HostDirectory
  ) -> Domain {
    let home = hosts.home(of: zone)
    var former = Former()
    for host in exchangers { former.add(host, home: home, hosts) }
    return Domain(
      name: name, span: span, home: former.servers.first, moves: false, isParked: false,
      isListed: false, former: former, delivery: .unknown, deliverySpan: nil, hasPolicy: false)
  }
}

extension MailFlow.Domain {
  fileprivate init(_ changes: DomainChanges, number: Int, _ hosts: HostDirectory) {
    let domain = changes.domain
    name = domain.name.value
    span = domain.name.span
    home = domain.role == .parked ? nil : hosts.home(of: number)
    moves = changes.cutover != nil
    isParked = domain.role == .parked
    isListed = true
    var former = MailFlow.Former()
    former.isUnknown = !isParked && (changes.cutover == nil || !changes.areExchangersKnown)
    for case .mx(_, let host) in changes.cutover?.setBefore?.data ?? [] where host != "." {
      former.add(host, home: home, hosts)
    }
    self.former = former
    delivery = domain.deliveryHost.map { hosts.owner(of: $0.value, for: number) } ?? .unknown
    deliverySpan = domain.deliveryHost?.span
    hasPolicy = changes.transportPolicy?.before != nil
  }
}

extension MailFlow.Former {
  /// - Parameter host: an exchanger as the zone has it.
  fileprivate mutating func add(_ host: String, home: Int?, _ hosts: HostDirectory) {
    if hosts.isGateway(exchanging: host) {
      isGateway = true
    } else if let server = hosts.server(exchanging: host, home: home) {
      if !servers.contains(server) { servers.append(server) }
    } else {
      others.append(host.hasSuffix(".") ? String(host.dropLast()) : host)
    }
  }
}
