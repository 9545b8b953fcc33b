package import MailRecords
internal import SourceText
package import TenantModel
internal import Wording

/// Writes everything that the steps bring about as plain properties.
struct ResourceList {
  private(set) var resources: [Resource] = []
  /// What was seen of Exchange Online, by mail server.
  private let exports: [Identifier: ExchangeExport]

  init(
    tenant: Tenant, services: ContractedServices, steps: [Step],
    connections: [MailServerConnection], domains: [DomainChanges], screens: [ConsoleScreen],
    exports: [Identifier: ExchangeExport]
  ) {
    self.exports = exports
    for step in steps {
      switch step {
      case .login: addLogin(tenant)
      case .senderAuthentication:
        for domain in domains {
          for change in domain.senderAuthentication {
            add(
              change, .senderAuthentication, spf: change.purpose == .spf ? domain.spf : nil)
          }
          for waiting in domain.waitingKeys { add(waiting, domain.domain) }
        }
      case .mailServer: for connection in connections { add(connection, tenant) }
      case .ttl:
        for domain in domains {
          domain.transportPolicy?.before.map { add($0, .ttl, id: \.identifier) }
          domain.lowerTTL.map { add($0, .ttl) }
        }
      case .settings: for screen in screens { add(screen) }
      case .mxCutover: for domain in domains { domain.cutover.map { add($0, .mxCutover) } }
      case .deliveryTarget:
        resources.append(
          Resource(
            id: "console/delivery-target", step: .deliveryTarget,
            title: .init(ja: "メール配送先設定", en: "The delivery target (メール配送先設定)"),
            properties: [.init("メール配送先サーバー", "ユーザ存在確認あり")], span: tenant.id.span))
      case .afterwards:
        if services.inbound != nil {
          for connection in connections { addLockdown(connection) }
          for domain in domains {
            domain.transportPolicy?.after.map { add($0, .afterwards, id: \.finalIdentifier) }
          }
          for domain in domains { domain.restoreTTL.map { add($0, .afterwards) } }
        }
        if services.outbound != nil {
          for domain in domains { domain.keyRetirement.map { add($0, domain.domain) } }
          for domain in domains {
            for stage in domain.dmarc?.stages ?? [] {
              add(stage.change, .afterwards, stage: stage.stage)
            }
          }
        }
      }
    }
  }

  private mutating func addLogin(_ tenant: Tenant) {
    let address = tenant.loginAddresses
    resources.append(
      Resource(
        id: "console/login", step: .login, title: .init(ja: "ログイン", en: "Log in"),
        properties: address.map { .init("address", $0) },
        span: tenant.notice?.span ?? tenant.id.span))
  }

  /// - Parameter stage: which one of the changes that are made to the same record.
  private mutating func add(
    _ change: RecordChange, _ step: Step, spf: SPFComposition? = nil, stage: DMARCStage? = nil
  ) {
    // What has been done stays what it was, whatever the zone shows of it by now.
    let ttl = change.former?.after?.ttl ?? change.ttl
    var properties = [Resource.Property("ttl", String(ttl.seconds))]
    let shown =
      switch change.purpose {
      case .spf, .dkim, .mailServerKey, .retiredKey, .dmarc, .reportAuthorization, .tlsReports,
        .transportPolicy:
        change.shown
      case .lowerTTL, .cutover, .restoreTTL: change.former?.after?.data ?? change.after
      }
    properties += shown.map { .init("record", $0.presentation) }
    // What tells changes of the same purpose in one zone apart.
    let tags =
      stage.map { ": " + $0.tags }
      ?? (change.purpose == .reportAuthorization ? ": " + change.owner.relative : "")
    resources.append(
      Resource(
        id: change.identifier + (stage.map { "-" + $0.word } ?? ""), step: step,
        title: .init(
          ja: "\(change.owner.zone.unicode) の\(change.purpose.title.ja)\(tags)",
          en: "\(change.purpose.title.en) of \(change.owner.zone.unicode)\(tags)"),
        properties: properties, span: change.span, current: change.current, spf: spf))
  }

  /// What signs from then on, and what goes.
  private mutating func add(_ retirement: KeyRetirement, _ domain: TenantDomain) {
    let name = domain.name.value
    resources.append(
      Resource(
        id: "console/dkim/\(name.ascii)", step: .afterwards,
        title: .init(
          ja: "\(name.unicode) のDKIMの署名", en: "What signs \(name.unicode) by DKIM"),
        properties: retirement.successors.map { .init("selector", $0.text) },
        span: retirement.span))
    for change in retirement.removals {
      let gone = change.former?.before?.data ?? change.removed
      resources.append(
        Resource(
          id: change.identifier, step: .afterwards,
          title: .init(
            ja: "\(name.unicode) の\(change.purpose.title.ja)",
            en: "\(change.purpose.title.en) of \(name.unicode)"),
          properties: [.init("remove", change.owner.absolute)]
            + gone.map { .init("record", $0.presentation) },
          span: change.span, current: change.current))
    }
  }

  private mutating func add(
    _ stage: TransportPolicyChanges.Stage, _ step: Step, id: (RecordChange) -> String
  ) {
    let change = stage.record
    let shown = change.shown
    resources.append(
      Resource(
        id: id(change), step: step,
        title: .init(
          ja: "\(change.owner.zone.unicode) の\(change.purpose.title.ja)",
          en: "\(change.purpose.title.en) of \(change.owner.zone.unicode)"),
        properties: [.init("ttl", String(change.ttl.seconds))]
          + shown.map { .init("record", $0.presentation) }
          + stage.policy.lines.map { .init("policy", $0) },
        span: change.span, current: change.current))
  }

  private mutating func add(_ waiting: DomainChanges.WaitingKey, _ domain: TenantDomain) {
    resources.append(
      Resource(
        id: "dns/\(domain.name.value.ascii)/\(waiting.selector)._domainkey/TXT/dkim",
        step: .senderAuthentication,
        title: .init(
          ja: "\(domain.name.value.unicode) のDKIM", en: "DKIM of \(domain.name.value.unicode)"),
        properties: [], span: waiting.span, waiting: waiting.input))
  }

  private mutating func add(_ connection: MailServerConnection, _ tenant: Tenant) {
    let server = connection.server.name.value.text
    func id(_ part: String) -> String { "mail-server/\(server)/\(part)" }
    func add(
      _ part: String, _ title: LocalizedText, _ properties: [Resource.Property],
      waiting: WaitingInput? = nil, observed: ObservedState = .notExported
    ) {
      resources.append(
        Resource(
          id: id(part), step: .mailServer,
          title: .init(ja: "\(server): \(title.ja)", en: "\(server): \(title.en)"),
          properties: properties, span: connection.server.span, waiting: waiting,
          observed: observed))
    }
    switch connection.kind {
    case .exchange(let settings, let exchange):
      let export = exports[connection.server.name.value]
      for object in exchange.objects + [exchange.journalRule].compactMap({ $0 }) {
        add(
          "\(object.kind.rawValue)/\(object.name)",
          .init(both: "\(object.kind.rawValue) \"\(object.name)\""),
          object.parameters.map { .init($0.name, $0.value.description) },
          observed: export?.state(of: object, lockdown: exchange.lockdown) ?? .unknown)
      }
      if let archive = settings.archive {
        let recipient = archive.undeliverableTo.value.description
        add(
          "JournalingReportNdrTo",
          .init(ja: "ジャーナルの配信不能レポートの通知先", en: "Who gets undeliverable journal reports"),
          [.init("JournalingReportNdrTo", recipient)],
          observed: export?.state(ofJournalRecipient: recipient) ?? .unknown)
      }
      if let sealer = exchange.arcSealer {
        add(
          "ArcTrustedSealers", .init(ja: "信頼するARC署名者", en: "Trusted ARC sealer"),
          [.init("ArcTrustedSealers", sealer.ascii)],
          observed: export?.state(ofSealer: sealer) ?? .unknown)
      }
    case .google(_, let google):
      if let inbound = google.inbound {
        add(
          "inbound-gateway", .init(ja: "受信ゲートウェイ", en: "Inbound gateway"),
          inbound.addresses.map { .init("gateway IP", $0.description) })
      }
      if let outbound = google.outbound {
        add(
          "outbound-gateway", .init(ja: "送信ゲートウェイ", en: "Outbound gateway"),
          [
            .init("host", outbound.host.ascii), .init("port", String(outbound.port)),
            .init("tls", outbound.tls.rawValue),
          ] + connection.domains.map { .init("domain", $0.name.value.ascii) })
      }
    case .postfix(_, let postfix):
      if let inbound = postfix.inbound {
        add(
          "accept-from-gateway", .init(ja: "MailGatesからの受信", en: "Accept mail from MailGates"),
          inbound.egress.map { .init("client", $0.description) })
      }
      if let outbound = postfix.outbound {
        add(
          "route-to-gateway", .init(ja: "MailGates経由の送信", en: "Send by way of MailGates"),
          [
            .init("relay", "[\(outbound.relay.ascii)]:\(outbound.port)"),
            .init("tls", outbound.tls.rawValue),
          ] + connection.domains.map { .init("sender domain", $0.name.value.ascii) })
      }
    case .other(_, let other):
      if let egress = other.egress {
        add(
          "accept-from-gateway", .init(ja: "MailGatesからの受信", en: "Accept mail from MailGates"),
          egress.map { .init("client", $0.description) })
      }
      if let relay = other.relay {
        add(
          "route-to-gateway", .init(ja: "MailGates経由の送信", en: "Send by way of MailGates"),
          [
            .init("relay", relay.host.value.ascii), .init("port", String(relay.port.value)),
            .init("tls", relay.tls.rawValue),
          ] + connection.domains.map { .init("sender domain", $0.name.value.ascii) })
      }
    }
    addSignIn(connection, tenant) { add($0, $1, $2, waiting: $3) }
  }

  private func addSignIn(
    _ connection: MailServerConnection, _ tenant: Tenant,
    _ add: (String, LocalizedText, [Resource.Property], WaitingInput?) -> Void
  ) {
    switch connection.server.signIn?.value {
    case .oauth(let expires):
      var properties: [Resource.Property] = []
      if let redirect = tenant.notice?.oauth?.redirect {
        properties.append(.init("redirect URI", redirect.value.text))
      }
      if connection.server.family == .googleWorkspace, let origin = tenant.notice?.oauth?.origin {
        properties.append(.init("JavaScript origin", origin.value.text))
      }
      if let expires { properties.append(.init("secret expires", expires.value.description)) }
      let index = tenant.mailServers.firstIndex { $0.name.value == connection.server.name.value }
      let waiting =
        expires == nil && connection.server.family == .microsoft365
        ? WaitingInput(
          what: .init(ja: "クライアントシークレットの期限", en: "the date on which the client secret expires"),
          source: .init(
            ja: "Microsoft Entra 管理センターでシークレットを作ったときの画面",
            en: "the screen of the Microsoft Entra admin center where the secret was made"),
          key: "mailServers[\(index ?? 0)].microsoft365.signIn.oauth.secretExpires") : nil
      add(
        "oauth-client", .init(ja: "OAuth 2.0 クライアントID", en: "OAuth 2.0 client ID"), properties,
        waiting)
    case .saml(let idp, let contact):
      add(
        "saml-request", .init(ja: "SAMLの申請", en: "Request for SAML"),
        [.init("IdP", idp.value.text), .init("contact", contact.value.text)], nil)
    case nil: break
    }
  }

  private mutating func add(_ screen: ConsoleScreen) {
    for entry in screen.entries {
      let title = entry.title.map { ": " + $0 } ?? ""
      resources.append(
        Resource(
          id: "console/\(screen.screen.rawValue)" + (entry.title.map { "/" + $0 } ?? ""),
          step: .settings,
          title: .init(
            ja: screen.setting.title.ja + title, en: screen.setting.title.en + title),
          properties: entry.fields.flatMap { field in
            field.value.all.map { .init(field.label, $0) }
          }, span: entry.span))
    }
  }

  private mutating func addLockdown(_ connection: MailServerConnection) {
    guard let lockdown = connection.lockdown else { return }
    let server = connection.server.name.value.text
    let properties: [Resource.Property] =
      switch connection.kind {
      case .exchange(_, let exchange):
        (exchange.lockdown?.parameters ?? []).map { .init($0.name, $0.value.description) }
          + [.init("RejectDirectSend", "true")]
      case .google: [.init("Reject all mail not from gateway IPs", "on")]
      case .postfix: [.init("other clients", "REJECT")]
      case .other: []
      }
    resources.append(
      Resource(
        id: "mail-server/\(server)/lockdown", step: .afterwards,
        title: .init(ja: "\(server): 直接配送の遮断", en: "\(server): Close direct delivery"),
        properties: properties, span: lockdown.span, observed: observed(connection)))
  }

  private func observed(_ connection: MailServerConnection) -> ObservedState {
    guard case .exchange(_, let exchange) = connection.kind, let lockdown = exchange.lockdown else {
      return .notExported
    }
    return exports[connection.server.name.value]?.state(of: lockdown) ?? .unknown
  }
}

extension DomainChanges {
  /// The identifier of the resource that restores a domain's TTL, under which the lock knows it.
  package static func restoreTTLIdentifier(of domain: DomainName) -> String {
    "dns/\(domain.ascii)/@/MX/\(RecordChange.Purpose.restoreTTL)"
  }
}

extension RecordChange {
  /// The identifier of the change as a resource.
  fileprivate var identifier: String {
    "dns/\(owner.zone.ascii)/\(owner.relative)/\(type)/\(purpose)"
  }

  /// The same of a change that a later step makes to what an earlier one has brought.
  fileprivate var finalIdentifier: String { identifier + "-after" }

  /// What of the zone goes, or that nothing has to.
  fileprivate var current: Resource.Current {
    guard isZoneKnown else { return .unknown }
    if isNothing { return .inPlace }
    var gone = removed.map(\.presentation)
    if let before, before.ttl != ttl { gone.append("ttl \(before.ttl)") }
    return .holds(gone)
  }

  /// The records of a text that people see: what it brings, or brought when it was done.
  fileprivate var shown: [RecordData] {
    if let brought = former?.brought, !brought.isEmpty { return brought }
    return added.isEmpty ? kept : added
  }

  /// The records of the purpose that were there already.
  fileprivate var kept: [RecordData] {
    let data = (before ?? former?.after)?.data ?? []
    return remembered.map { data.filter($0.written.contains) } ?? data
  }
}

extension Tenant {
  /// Where people log in, one a kind of mail server (articles 360040872191, 4402739136153).
  package var loginAddresses: [String] {
    var addresses: [String] = []
    for signsIn in [true, false] {
      if let server = mailServers.first(where: { ($0.signIn != nil) == signsIn }),
        let address = loginAddress(of: server)
      {
        addresses.append(address)
      }
    }
    return addresses
  }

  /// Where the people of a mail server log in; nil where the access name is not known.
  package func loginAddress(of server: MailServer) -> String? {
    guard server.signIn != nil else { return Catalogue.loginAddressOther.value }
    let (before, after) = Catalogue.loginAddress.value
    return notice?.accessName.map { before + $0.value.text + after }
  }
}
