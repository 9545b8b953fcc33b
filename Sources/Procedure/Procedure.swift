package import MailRecords
package import SourceText
package import TenantModel

/// The steps that this contract and these mail servers ask for, with what each brings about and
/// the way back. Emitters write it down; the plan compares it.
package struct Procedure: Sendable {
  package let tenant: Tenant
  package let services: ContractedServices
  package let steps: [Step]
  package let connections: [MailServerConnection]
  package let domains: [DomainChanges]
  package let screens: [ConsoleScreen]
  /// The lists of step 5 that are files of their own.
  package let lists: [ConsoleList]
  /// The forms of lists, and what the console held.
  package let exchange: ListExchange
  /// What the steps bring about, by step, then in the order of tenant.yaml.
  package let resources: [Resource]
  /// The leaves that DMARC reports need from others; empty without leak-prevention.
  package let reportAuthorizations: [ReportAuthorization]
  /// Whose the hosts are that tenant.yaml and the zones name.
  package let hosts: HostDirectory
  /// What the zones held before mgc first changed them, for the lock to remember.
  package let remembered: [RememberedRecords]
  /// The findings that are silenced until a day, as tenant.yaml has them.
  package let reprieves: [Reprieve]

  /// - Parameters:
  ///   - services: what the contract needs, all of it there.
  ///   - zones: what the zones hold, by domain; a domain that is absent has an unknown zone.
  ///   - remembered: what the zones held before mgc, as an earlier apply recorded it.
  ///   - rememberedTTLs: the TTLs that step 8 restores, as an earlier apply recorded them.
  ///   - answers: what the DNS said, as far as it was recorded.
  ///   - exports: what was seen of Exchange Online, by mail server; plans show it.
  ///   - exchange: what the files of import profiles show.
  package init(
    _ tenant: Tenant, services: ContractedServices, keys: KeyRing,
    zones: [DomainName: ZoneContents], rememberedTTLs: [DomainName: TTL] = [:],
    remembered: [RememberedRecords] = [], reprieves: [Reprieve] = [],
    answers: @escaping DNSResolver = { _ in .unknown },
    exports: [Identifier: ExchangeExport] = [:],
    exchange: ListExchange = ListExchange()
  ) {
    self.reprieves = reprieves
    let answers = ZoneAnswers(zones, recorded: answers)
    self.tenant = tenant
    hosts = HostDirectory(tenant, answers)
    self.services = services
    steps = ContractMatrix.steps(for: tenant.contract)
    let pilot = tenant.pilotMembers
    connections = tenant.mailServers.map { server in
      MailServerConnection(
        server, domains: tenant.domains(on: server), tenant: tenant, services: services,
        pilot: pilot)
    }
    let memory = Memory(remembered)
    let authorizations =
      services.outbound == nil
      ? [] : ReportAuthorization.all(tenant, zones: zones, answers: answers)
    reportAuthorizations = authorizations
    let own = Dictionary(grouping: authorizations, by: \.ownZone)
    let domains = tenant.domains.enumerated().map { index, domain in
      DomainChanges(
        domain: domain, index: index, zone: zones[domain.name.value], tenant: tenant,
        services: services, keys: keys, rememberedTTL: rememberedTTLs[domain.name.value],
        memory: memory, answers: answers, authorizations: own[domain.name.value] ?? [])
    }
    self.domains = domains
    let now = domains.flatMap(\.remembered)
    // What is not looked at this time, such as a zone whose file is not given, stays remembered.
    let known = Set(now.map(\.id))
    let folders = tenant.domains.map { "dns/\($0.name.value.ascii)/" }
    self.remembered =
      now
      + remembered.filter { entry in
        !known.contains(entry.id) && folders.contains { entry.id.hasPrefix($0) }
      }
    screens = ConsoleScreens(tenant).screens
    lists = ConsoleList.lists(of: tenant)
    self.exchange = exchange
    resources =
      ResourceList(
        tenant: tenant, services: services, steps: steps, connections: connections,
        domains: domains, screens: screens, exports: exports
      ).resources
  }

  /// When the first domain's MX should change; nil where nobody said.
  package var cutover: Located<Timestamp>? {
    guard services.inbound != nil else { return nil }
    return tenant.domains.compactMap(\.cutover).min { $0.value < $1.value }
  }

  /// What is not known yet, in the order of the steps.
  package var waiting: [(input: WaitingInput, span: SourceSpan)] {
    resources.compactMap { resource in resource.waiting.map { ($0, resource.span) } }
  }
}

extension Tenant {
  /// The domains whose mailboxes are on a server; where there is one server, all but parked ones.
  package func domains(on server: MailServer) -> [TenantDomain] {
    domains.filter { domain in
      guard domain.role != .parked else { return false }
      guard let name = domain.mailServer else { return mailServers.count == 1 }
      return name.value == server.name.value
    }
  }

  /// The server on which a domain's mailboxes are.
  package func server(of domain: TenantDomain) -> MailServer? {
    guard let name = domain.mailServer else { return mailServers.count == 1 ? mailServers[0] : nil }
    return mailServers.first { $0.name.value == name.value }
  }

  /// The members of the group that goes first, managers among them, each once.
  package var pilotMembers: [EmailAddress] {
    guard let pilot, let group = groups.first(where: { $0.path.value == pilot.value }) else {
      return []
    }
    var seen: Set<EmailAddress> = []
    return (group.managers + group.members).map(\.value).filter { seen.insert($0).inserted }
  }
}
