internal import Diagnostics
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// What the model of the mail flow shows to be wrong or open. What another rule says at the same
  /// line already is left to it: MailGates itself as the delivery host, a domain's own name, a
  /// server that could be closed and is not.
  static let mailFlow = Rule(
    [
      .otherServerOpen, .deliveryToOtherServer, .deliveryAlias, .unlistedName, .wholeOrganization,
    ], judgesAbsence: true
  ) { input, bag in
    guard case .met(let services) = input.requirements else { return }
    let procedure = Procedure(
      input.tenant, services: services, keys: input.keys, zones: input.zones,
      answers: input.answers)
    let names = input.unlistedNames(procedure.hosts)
    let flow = MailFlow(procedure).adding(names.map(\.domain))
    let check = MailFlowCheck(flow)
    let problems = check.problems.map(\.problem)
    bag.add(contentsOf: deliveries(problems, flow, procedure))
    bag.add(contentsOf: unlisted(names, problems, flow, listed: procedure.domains.count))
    bag.add(contentsOf: openServers(check))
    bag.add(contentsOf: organizations(flow))
  }

  /// Delivery hosts that are not the domain's own mail server.
  private static func deliveries(
    _ problems: [MailFlowCheck.Problem], _ flow: MailFlow, _ procedure: Procedure
  ) -> [Diagnostic] {
    var seen: Set<Int> = []
    let wrong = problems.filter { $0.reason == .loop || $0.reason == .wrongServer }
      .compactMap(\.domain).filter { seen.insert($0).inserted }.sorted()
    return wrong.compactMap { number -> Diagnostic? in
      let domain = flow.domains[number]
      guard domain.isListed, let host = procedure.domains[number].domain.deliveryHost else {
        return nil
      }
      let name = host.value.ascii.excerpt()
      switch domain.delivery {
      case .gateway:
        guard let target = procedure.hosts.alias(of: host.value) else { return nil }
        return Diagnostic(
          .deliveryAlias, at: host.span,
          .init(
            ja: "配送先「\(name)」は、MailGatesのホスト「\(target.excerpt())」の別名で、メールがループする",
            en:
              "the delivery host \"\(name)\" is an alias of MailGates' \"\(target.excerpt())\", a loop"
          ),
          help: .init(
            ja: "メールボックスのあるサーバーのホストを書く", en: "write the host that has the mailboxes"),
          labels: [.domain(domain.span)])
      case .server(let server) where server != domain.home:
        guard let home = domain.home else { return nil }
        let (other, own) = (flow.servers[server].connection, flow.servers[home].connection)
        return Diagnostic(
          .deliveryToOtherServer, at: host.span,
          .init(
            ja:
              "配送先「\(name)」はメールサーバー「\(other.server.name.value)」のもので、「\(own.server.name.value)」のものではない",
            en:
              "the delivery host \"\(name)\" is of the mail server \"\(other.server.name.value)\", not of \"\(own.server.name.value)\""
          ),
          help: .init(
            ja: "mailServer か deliveryHost のどちらかを直す", en: "correct mailServer or deliveryHost"),
          labels: [
            .init(
              other.server.name.span, .init(ja: "このサーバーのホスト", en: "whose host it is"))
          ])
      case .server, .domain, .unknown: return nil
      }
    }
  }

  /// Names that receive mail and are not among the domains, by zone.
  private static func unlisted(
    _ names: [UnlistedName], _ problems: [MailFlowCheck.Problem], _ flow: MailFlow, listed: Int
  ) -> [Diagnostic] {
    let refused = Set(problems.filter { $0.reason == .refusesDirect }.compactMap(\.domain))
    var more: [DomainName: Int] = [:]
    var firsts: [Int] = []
    for (index, name) in names.enumerated() where name.domain.home != nil {
      if more[name.zone] == nil { firsts.append(index) }
      more[name.zone, default: -1] += 1
    }
    return firsts.compactMap { index in
      let name = names[index]
      guard let home = name.domain.home else { return nil }
      let server = flow.servers[home]
      let shown = name.shown.excerpt()
      let message: LocalizedText
      if refused.contains(listed + index) {
        message = .init(
          ja: "「\(shown)」宛のメールは直接届いたままで、「\(server.connection.server.name.value)」の遮断で拒否される",
          en:
            "mail to \"\(shown)\" goes on coming directly, and the lockdown of \"\(server.connection.server.name.value)\" refuses it"
        )
      } else if flow.hasInbound {
        message = .init(
          ja: "「\(shown)」宛のメールは、切替後もMailGatesを通らない",
          en: "mail to \"\(shown)\" does not pass MailGates even after the cutover")
      } else if case .header? = server.route?.senders {
        message = .init(
          ja: "「\(shown)」は契約ドメインにないが、送信のルールはそのメールもMailGatesに送る",
          en:
            "\"\(shown)\" is no domain of the contract, and the outbound rule sends its mail to MailGates too"
        )
      } else {
        return nil
      }
      let rest = more[name.zone] ?? 0
      return Diagnostic(
        .unlistedName, at: name.domain.span, message,
        help: .init(
          ja: "domains に加えるか、使っていなければMXを消す" + (rest > 0 ? "(ほかに\(rest)件)" : ""),
          en: "add it to domains, or remove the MX if it is not used"
            + (rest > 0 ? " (and \(rest) more)" : "")),
        labels: [
          .init(
            server.closing?.span ?? server.connection.server.name.span,
            .init(ja: "届くサーバー", en: "the server that it comes to"))
        ])
    }
  }

  /// Servers that mgc cannot close.
  private static func openServers(_ check: MailFlowCheck) -> [Diagnostic] {
    check.openServers.compactMap { number in
      let server = check.flow.servers[number].connection.server
      guard case .other = server.kind else { return nil }
      return Diagnostic(
        .otherServerOpen, at: server.name.span,
        .init(
          ja: "「\(server.name.value)」はmgcでは閉じられず、切替後もMailGatesを通らないメールが届く",
          en:
            "mgc cannot close \"\(server.name.value)\", and mail still arrives around MailGates after the cutover"
        ),
        help: .init(
          ja: "切替を確かめたあと、MailGatesのアドレスだけから受け取れるか、サーバーの管理者に確かめる",
          en:
            "once the cutover has been seen, ask the server's administrator to accept mail from MailGates' addresses alone"
        ))
    }
  }

  /// Lockdowns that reach further than tenant.yaml does.
  private static func organizations(_ flow: MailFlow) -> [Diagnostic] {
    flow.servers.compactMap { server in
      guard case .exchange(let settings, _) = server.connection.kind, let closing = server.closing
      else { return nil }
      let tenant = settings.tenant.value.ascii.excerpt()
      return Diagnostic(
        .wholeOrganization, at: closing.span,
        .init(
          ja: "遮断は組織全体に効き、「\(tenant)」やここにない承認済みドメインへ直接届くメールも拒否する",
          en:
            "the lockdown is for the whole organization: mail sent straight to \"\(tenant)\", or to accepted domains that are not here, is refused too"
        ),
        help: .init(
          ja: "メールを受け取る承認済みドメインを、すべて domains に書く",
          en: "write every accepted domain that receives mail in domains"))
    }
  }
}

/// A name with an MX in a known zone that tenant.yaml does not have.
struct UnlistedName {
  let domain: MailFlow.Domain
  /// As the zone has it.
  let shown: String
  let zone: DomainName
}

extension RuleInput {
  fileprivate func unlistedNames(_ hosts: HostDirectory) -> [UnlistedName] {
    let listed = Set(tenant.domains.map { $0.name.value.ascii + "." })
    var names: [UnlistedName] = []
    for (number, domain) in tenant.domains.enumerated() {
      guard domain.role != .parked, let zone = KnownZone(domain, self) else { continue }
      for set in zone.contents.sets where set.type == .mx && !set.owner.isApex {
        guard !listed.contains(set.owner.absolute) else { continue }
        var exchangers: [String] = []
        for case .mx(_, let host) in set.data where host != "." { exchangers.append(host) }
        guard !exchangers.isEmpty else { continue }
        names.append(
          UnlistedName(
            domain: MailFlow.unlisted(
              domain.name.value, at: zone.span(set.owner.relative, .mx), exchangers: exchangers,
              zone: number, hosts),
            shown: String(set.owner.absolute.dropLast()), zone: domain.name.value))
      }
    }
    return names
  }
}
