internal import Diagnostics
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel
internal import Wording

/// A Microsoft 365 with what was seen of it.
private struct ExportedServer {
  let server: MailServer
  let settings: Microsoft365
  let reference: Located<FileReference>
  let export: ExchangeExport
  /// The contracted domains with mail here.
  let domains: [TenantDomain]
  /// The names of the objects that mgc makes.
  let ours: Set<String>

  /// Where tenant.yaml names the export.
  var label: Diagnostic.Label {
    .init(reference.span, .init(ja: "このexport", en: "named by this export"))
  }

  func isOurs(_ object: ExchangeExport.Object) -> Bool { ours.contains(object.name.lowercased()) }
}

extension RuleInput {
  fileprivate var exported: [ExportedServer] {
    exchanges.compactMap { server, settings in
      guard let reference = settings.export, let export = exports[server.name.value] else {
        return nil
      }
      let base = "MailGates \(server.name.value.text) "
      let ours = ["inbound", "spam bypass", "outbound", "archive"].map { (base + $0).lowercased() }
      return ExportedServer(
        server: server, settings: settings, reference: reference, export: export,
        domains: tenant.domains(on: server), ours: Set(ours))
    }
  }
}

extension Rule {
  /// Whose export it is.
  static let exportPlace = Rule([.exportOfAnotherTenant]) { input, bag in
    for exported in input.exported
    where exported.export.tenant.value != exported.settings.tenant.value.ascii {
      let name = exported.export.tenant.value.excerpt()
      bag.add(
        Diagnostic(
          .exportOfAnotherTenant, at: exported.export.tenant.span,
          .init(ja: "このexportはテナント「\(name)」のもの", en: "this export is of the tenant \"\(name)\""),
          help: .init(
            ja: "「\(exported.settings.tenant.value.ascii.excerpt())」に接続してpreflight.ps1を実行し直す",
            en:
              "connect to \"\(exported.settings.tenant.value.ascii.excerpt())\" and run preflight.ps1 again"
          ),
          labels: [
            .init(
              exported.settings.tenant.span,
              .init(ja: "tenant.yamlのテナント", en: "the tenant of tenant.yaml"))
          ]))
    }
  }

  /// How long ago it was written.
  static let exportAge = Rule([.oldExport]) { input, bag in
    for exported in input.exported {
      let recorded = exported.export.recorded
      let age = input.now.seconds - recorded.value.seconds
      guard age > oldExportDays * 86400 || age < -86400 else { continue }
      bag.add(
        Diagnostic(
          .oldExport, at: recorded.span,
          age < 0
            ? .init(
              ja: "exportの記録日時 \(recorded.value) が、今より先",
              en:
                "the export says that it was recorded at \(recorded.value), which is still to come")
            : .init(
              ja: "exportの記録から\(age / 86400)日たっている",
              en: "the export was recorded \(age / 86400) days ago"),
          help: .init(ja: "preflight.ps1を実行し直す", en: "run preflight.ps1 again"),
          labels: [exported.label]))
    }
  }

  /// What the organization accepts mail for, and what it signs.
  static let exportDomains = Rule(
    [.domainNotAccepted, .domainNotAuthoritative, .otherDomainRefused, .exchangeDKIMOff]
  ) { input, bag in
    let named = Set(input.tenant.domains.map(\.name.value.ascii))
    for exported in input.exported {
      let accepted = exported.export.all(.acceptedDomains)
      for domain in exported.domains {
        let name = domain.name.value.ascii
        let shown = domain.name.value.unicode.excerpt()
        guard let found = accepted.first(where: { $0.text("DomainName").lowercased() == name })
        else {
          bag.add(
            Diagnostic(
              .domainNotAccepted, at: domain.name.span,
              .init(
                ja: "「\(shown)」は、このMicrosoft 365の承認済みドメインでない",
                en: "\"\(shown)\" is no accepted domain of this Microsoft 365"),
              help: .init(
                ja: "管理センターでドメインを追加し、preflight.ps1を実行し直す",
                en: "add the domain in the admin center, and run preflight.ps1 again"),
              labels: [exported.label]))
          continue
        }
        if found.text("DomainType").lowercased() != "authoritative" {
          let type = found.text("DomainType").excerpt()
          bag.add(
            Diagnostic(
              .domainNotAuthoritative, at: found.place(of: "DomainType"),
              .init(
                ja: "「\(shown)」の種類が \(type) で、知らない宛先のメールがループする",
                en: "\"\(shown)\" is \(type), so mail to unknown recipients loops"),
              help: .init(ja: "種類を「権限あり」に変える", en: "make it Authoritative"),
              labels: [.domain(domain.name.span), exported.label]))
        }
        addDKIM(exported, domain, &bag)
      }
      guard let lockdown = exported.settings.lockdown else { continue }
      for other in accepted {
        let name = other.text("DomainName").lowercased()
        // The initial domain and its subdomains are no domains of mail from outside.
        guard !name.isEmpty, !named.contains(name), !name.hasSuffix(".onmicrosoft.com") else {
          continue
        }
        bag.add(
          Diagnostic(
            .otherDomainRefused, at: other.place(of: "DomainName"),
            .init(
              ja: "承認済みドメイン「\(name.excerpt())」がtenant.yamlになく、遮断すると受信できなくなる",
              en:
                "the accepted domain \"\(name.excerpt())\" is not in tenant.yaml, and the lockdown refuses its mail"
            ),
            help: .init(
              ja: "MXがMailGatesを指すように契約に加えるか、メールを受けないことを確かめる",
              en: "add it to the contract so that its MX moves too, or see that it takes no mail"),
            labels: [.init(lockdown.span, .init(ja: "この遮断", en: "this lockdown")), exported.label]
          ))
      }
    }
  }

  private static func addDKIM(
    _ exported: ExportedServer, _ domain: TenantDomain, _ bag: inout DiagnosticBag
  ) {
    let name = domain.name.value.ascii
    let found = exported.export.all(.dkimSigningConfigs).first {
      $0.text("Domain").lowercased() == name || $0.name.lowercased() == name
    }
    guard let found, !found.isOn("Enabled") else { return }
    let shown = domain.name.value.unicode.excerpt()
    bag.add(
      Diagnostic(
        .exchangeDKIMOff, at: found.place(of: "Enabled"),
        .init(
          ja: "「\(shown)」のメールに、Microsoft 365がDKIM署名していない",
          en: "Microsoft 365 does not sign mail of \"\(shown)\" with DKIM"),
        help: .init(
          ja: "MailGatesを通らない送信があるなら、DKIM署名を有効にする",
          en: "enable it where mail leaves without passing MailGates"),
        labels: [.domain(domain.name.span), exported.label]))
  }

  /// mgc's own choice, as for snapshots of the DNS.
  private static let oldExportDays = 7
}

extension Rule {
  /// Other connectors that take or send mail.
  static let exportConnectors = Rule(
    [.onPremisesOverlap, .connectorInTestMode, .otherWayOut, .nameTwice]
  ) { input, bag in
    let egress = input.tenant.gateway.egress.map(\.value)
    for exported in input.exported {
      addRepeated(exported, &bag)
      for connector in exported.export.all(.inboundConnectors)
      where connector.isEnabled != false && !exported.isOurs(connector)
        && connector.text("ConnectorType").lowercased() == "onpremises"
      {
        let overlapping = connector.texts("SenderIPAddresses").first { text in
          guard let prefix = try? IPPrefix(parsingWithHostBits: text) else { return false }
          let network = IPPrefix(prefix.network, length: prefix.length)
          return egress.contains { $0.overlaps(network) }
        }
        guard let overlapping else { continue }
        let name = connector.name.excerpt()
        bag.add(
          Diagnostic(
            .onPremisesOverlap, at: connector.place(of: "SenderIPAddresses"),
            .init(
              ja: "OnPremisesの受信コネクタ「\(name)」が、MailGatesの「\(overlapping.excerpt())」を含む",
              en:
                "the OnPremises inbound connector \"\(name)\" has \"\(overlapping.excerpt())\" of MailGates"
            ),
            help: .init(
              ja: "そのアドレスを外すか、コネクタを無効にする",
              en: "take the address out, or disable the connector"),
            labels: input.tenant.gateway.egress.first.map {
              [.init($0.span, .init(ja: "MailGatesの配送元", en: "MailGates delivers from here"))]
            } ?? []))
      }
      for connector in exported.export.all(.outboundConnectors) {
        if connector.isOn("TestMode") {
          let name = connector.name.excerpt()
          bag.add(
            Diagnostic(
              .connectorInTestMode, at: connector.place(of: "TestMode"),
              .init(
                ja: "送信コネクタ「\(name)」がテスト モードになっている",
                en: "the outbound connector \"\(name)\" is in test mode"),
              help: .init(
                ja: "使うものならテスト モードを終え、使わないものなら削除する",
                en: "end its test mode if it is used, remove it if it is not"),
              labels: [exported.label]))
        }
        guard input.tenant.contract.includes(.leakPrevention), connector.isEnabled != false,
          !exported.isOurs(connector), !connector.isOn("IsTransportRuleScoped"),
          ExchangeValue.comparable("RecipientDomains", connector.texts("RecipientDomains"))
            .contains("*")
        else { continue }
        let name = connector.name.excerpt()
        bag.add(
          Diagnostic(
            .otherWayOut, at: connector.place(of: "RecipientDomains"),
            .init(
              ja: "送信コネクタ「\(name)」が、すべての宛先のメールを別の経路に送る",
              en: "the outbound connector \"\(name)\" sends mail to all domains another way"),
            help: .init(
              ja: "今も必要かを確かめ、要らなければ無効にする",
              en: "see whether it is still needed, and disable it otherwise"),
            labels: [exported.label]))
      }
    }
  }

  /// Objects of our names that are there twice, which scripts refuse to touch.
  private static func addRepeated(_ exported: ExportedServer, _ bag: inout DiagnosticBag) {
    let kinds: [ExchangeExport.Kind] = [
      .inboundConnectors, .outboundConnectors, .transportRules, .journalRules,
    ]
    for kind in kinds {
      var seen: [String: SourceSpan] = [:]
      for object in exported.export.all(kind) where exported.isOurs(object) {
        let place = object.place(of: "Name")
        guard let first = seen[object.name.lowercased()] else {
          seen[object.name.lowercased()] = place
          continue
        }
        let name = object.name.excerpt()
        bag.add(
          Diagnostic(
            .nameTwice, at: place,
            .init(ja: "「\(name)」という名前のものが2つある", en: "two have the name \"\(name)\""),
            help: .init(
              ja: "どちらを残すかを人が決め、もう一方の名前を変える",
              en: "decide which one stays, and rename the other"), labels: [.first(first)]))
      }
    }
  }

  /// Mail flow rules of others.
  static let exportRules = Rule([.otherBypassRule, .otherRoutingRule]) { input, bag in
    for exported in input.exported {
      for rule in exported.export.all(.transportRules)
      where rule.isEnabled != false && !exported.isOurs(rule) {
        let name = rule.name.excerpt()
        if rule.text("SetSCL") == "-1", input.tenant.contract.includes(.inboundSecurity) {
          bag.add(
            Diagnostic(
              .otherBypassRule, at: rule.place(of: "SetSCL"),
              .init(
                ja: "ルール「\(name)」がSCLを-1にし、迷惑メールの判定を省いている",
                en: "the rule \"\(name)\" sets SCL -1, which skips the spam filter"),
              help: .init(
                ja: "以前のゲートウェイのためのものなら、切替のあとに無効にする",
                en: "disable it after the cutover if it was for an earlier gateway"),
              labels: [exported.label]))
        }
        if let route = rule.texts("RouteMessageOutboundConnector").first,
          input.tenant.contract.includes(.leakPrevention)
        {
          bag.add(
            Diagnostic(
              .otherRoutingRule, at: rule.place(of: "RouteMessageOutboundConnector"),
              .init(
                ja: "ルール「\(name)」が、メールを「\(route.excerpt())」へ送っている",
                en: "the rule \"\(name)\" sends mail to \"\(route.excerpt())\""),
              help: .init(
                ja: "MailGatesへ送るルールと条件が重ならないかを確かめる",
                en: "see whether its conditions overlap with those of the rule for MailGates"),
              labels: [exported.label]))
        }
      }
    }
  }

  /// Switches of the organization.
  static let exportSwitches = Rule([.directSendRefused]) { input, bag in
    guard input.tenant.contract.includes(.inboundSecurity) else { return }
    for exported in input.exported {
      guard let organization = exported.export.all(.organizationConfigs).first,
        organization.isOn("RejectDirectSend")
      else { continue }
      let base = "MailGates \(exported.server.name.value.text) inbound"
      let connector = exported.export.named(base, .inboundConnectors).first
      // After the lockdown the connector knows MailGates by address or certificate.
      if let connector,
        connector.isOn("RestrictDomainsToIPAddresses")
          || connector.isOn("RestrictDomainsToCertificate")
      {
        continue
      }
      bag.add(
        Diagnostic(
          .directSendRefused, at: organization.place(of: "RejectDirectSend"),
          .init(
            ja: "RejectDirectSendがすでに有効で、自社ドメインを差出人にしてMailGatesから届くメールを拒否する",
            en:
              "RejectDirectSend is on already and refuses mail by MailGates with one's own domain as the sender"
          ),
          help: .init(
            ja: "遮断までのあいだ無効にするか、自社ドメインの差出人で外から届くメールがないことを確かめる",
            en: "turn it off until the lockdown, or see that no such mail comes from outside"),
          labels: [exported.label]))
    }
  }
}
