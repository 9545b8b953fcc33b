internal import Diagnostics
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel
internal import Wording

extension RuleInput {
  /// The Microsoft 365 tenants.
  var exchanges: [(server: MailServer, settings: Microsoft365)] {
    tenant.mailServers.compactMap { server in
      guard case .microsoft365(let settings) = server.kind else { return nil }
      return (server, settings)
    }
  }
}

extension Rule {
  /// What Exchange Online takes as addresses of the gateway.
  static let exchangeEgress = Rule([.exchangeIPv6, .exchangePrefix]) { input, bag in
    guard let exchange = input.exchanges.first?.server,
      input.tenant.contract.includes(.inboundSecurity)
    else { return }
    let labels: [Diagnostic.Label] = [
      .init(exchange.name.span, .init(ja: "このMicrosoft 365が使う", en: "this Microsoft 365 uses it"))
    ]
    for prefix in input.tenant.gateway.egress {
      if !prefix.value.isIPv4 {
        bag.add(
          Diagnostic(
            .exchangeIPv6, at: prefix.span,
            .init(
              ja: "Exchange Onlineのコネクタは、IPv6の「\(prefix.value)」を受け付けない",
              en: "connectors of Exchange Online do not take \"\(prefix.value)\", which is IPv6"),
            help: .init(ja: "IPv4のアドレスだけを書く", en: "write IPv4 addresses only"), labels: labels))
      } else if prefix.value.length < 24 {
        bag.add(
          Diagnostic(
            .exchangePrefix, at: prefix.span,
            .init(
              ja: "Exchange Onlineのコネクタが受け付けるのは /24 から /32 までで、「\(prefix.value)」は広すぎる",
              en: "connectors of Exchange Online take /24 to /32, and \"\(prefix.value)\" is wider"),
            help: prefix.value.splitAdvice, labels: labels))
      }
    }
  }

  /// Outbound mail to the relay.
  static let exchangeRelay = Rule([.exchangePort]) { input, bag in
    guard let exchange = input.exchanges.first?.server, let relay = input.tenant.gateway.relay,
      input.tenant.contract.includes(.leakPrevention),
      relay.port.value != Catalogue.relayPort.value
    else { return }
    let port = Catalogue.relayPort.value
    bag.add(
      Diagnostic(
        .exchangePort, at: relay.port.span,
        .init(
          ja: "Exchange Onlineの送信コネクタは、ポート\(relay.port.value)に送れない",
          en: "outbound connectors of Exchange Online cannot send to port \(relay.port.value)"),
        help: .init(ja: "\(port) と書く", en: "write \(port)"),
        labels: [
          .init(exchange.name.span, .init(ja: "このMicrosoft 365が送る", en: "this Microsoft 365 sends"))
        ],
        fixes: [
          .init(
            .init(ja: "\(port) に直す", en: "write \(port)"),
            [TextEdit(relay.port.span, replacement: String(port))])
        ]))
  }

  /// The names of connectors and rules.
  static let exchangeNames = Rule([.exchangeName]) { input, bag in
    for (server, _) in input.exchanges {
      // The longest of the names in `ExchangeConnection`.
      let name = "MailGates \(server.name.value.text) spam bypass"
      let count = name.unicodeScalars.count
      guard count > 64 else { continue }
      bag.add(
        Diagnostic(
          .exchangeName, at: server.name.span,
          .init(
            ja: "この名前から作るルールの名前が\(count)文字になり、上限の64文字を超える",
            en: "a rule named after this has \(count) characters, of at most 64"),
          help: .init(
            ja: "名前を\(server.name.value.text.utf8.count - (count - 64))文字までに縮める",
            en: "shorten it to \(server.name.value.text.utf8.count - (count - 64)) characters")))
    }
  }

  /// What keeps spoofed mail out of Exchange Online.
  static let exchangeInbound = Rule([.exchangeOpen, .exchangeBypass], judgesAbsence: true) {
    input, bag in
    guard input.tenant.contract.includes(.inboundSecurity) else { return }
    for (server, settings) in input.exchanges {
      if settings.lockdown == nil {
        bag.add(
          .noLockdown(
            .exchangeOpen, at: server.name.span,
            how: .init(
              ja: "lockdown: { address: {} } か { certificate: { name: … } }",
              en: "lockdown: { address: {} } or { certificate: { name: … } }")))
      }
      if settings.spamBypass == .scl {
        bag.add(
          Diagnostic(
            .exchangeBypass, at: server.name.span,
            .init(
              ja: "SCLのルールは、MailGatesの共有アドレスから届くなりすましも通す",
              en:
                "a rule that sets SCL lets spoofed mail through, as MailGates' addresses are shared"
            ),
            help: .init(
              ja: "spamBypass: enhanced-filtering と書く", en: "write spamBypass: enhanced-filtering"))
        )
      }
    }
  }

  /// The domains and addresses of a Microsoft 365 tenant.
  static let exchangeDomains = Rule(
    [.exchangeIDN, .exchangeTenant, .exchangeDelivery, .foreignSharedMailbox], judgesAbsence: true
  ) { input, bag in
    let own = Set(input.tenant.domains.map(\.name.value))
    let names = OwnDomains(input.tenant)
    let known = own.union(names.intended)
    let inbound = input.tenant.contract.includes(.inboundSecurity)
    for (server, settings) in input.exchanges {
      let tenant = settings.tenant
      if !tenant.value.ascii.hasSuffix(".onmicrosoft.com") {
        bag.add(
          Diagnostic(
            .exchangeTenant, at: tenant.span,
            .init(
              ja: "「\(tenant.value.ascii.excerpt())」は .onmicrosoft.com の下にない",
              en: "\"\(tenant.value.ascii.excerpt())\" is not beneath .onmicrosoft.com"),
            help: .init(
              ja: "Microsoft 365 管理センターの「ドメイン」にある ….onmicrosoft.com を書く",
              en: "write the ….onmicrosoft.com that the Microsoft 365 admin center lists")))
      }
      for mailbox in settings.sharedMailboxes where !known.contains(mailbox.value.domain) {
        let meant = names.meant(by: mailbox.value.domain)
        let fixed = meant.map { mailbox.value.localPart + "@" + $0 }
        let isThere = settings.sharedMailboxes.contains { $0.value.description == fixed }
        bag.add(
          Diagnostic(
            .foreignSharedMailbox, at: mailbox.span,
            .init(
              ja: "共有メールボックス「\(mailbox.value.description.excerpt())」は契約ドメインにない",
              en:
                "the shared mailbox \"\(mailbox.value.description.excerpt())\" is in no domain of this contract"
            ),
            help: meant.map {
              .init(ja: "「\($0)」の書き間違いではないか", en: "perhaps \"\($0)\" was meant")
            }
              ?? .init(
                ja: "契約ドメインのアドレスを書くか、消す",
                en: "write an address of the contract's domains, or remove it"),
            fixes: fixed.map { isThere ? [] : [.write($0, at: mailbox.span)] } ?? []))
      }
      for domain in input.tenant.domains(on: server) {
        let name = domain.name.value.unicode.excerpt()
        if domain.name.value.isInternationalized {
          bag.add(
            Diagnostic(
              .exchangeIDN, at: domain.name.span,
              .init(
                ja: "国際化ドメイン名「\(name)」は、Microsoft 365で使えないことがある",
                en: "the internationalized domain \"\(name)\" may not work with Microsoft 365"),
              help: .init(
                ja: "管理センターに追加できるか、先に確かめる",
                en: "see first whether the admin center can add it")))
        }
        if inbound, domain.deliveryHost == nil {
          bag.add(
            Diagnostic(
              .exchangeDelivery, at: domain.name.span,
              .init(
                ja: "「\(name)」の deliveryHost が書かれていない",
                en: "\"\(name)\" has no deliveryHost"),
              help: .init(
                ja: "管理センターの「ドメイン」に表示されるMXのホストを、そのまま deliveryHost に書く",
                en: "write the MX host that the admin center shows for the domain as deliveryHost"))
          )
        }
      }
    }
  }
}

extension Diagnostic {
  static func noLockdown(
    _ code: DiagnosticCode, at span: SourceSpan, how: LocalizedText
  ) -> Diagnostic {
    Diagnostic(
      code, at: span,
      .init(
        ja: "lockdown がなく、切替後もMailGatesを通らないメールが届く",
        en: "without lockdown, mail still arrives around MailGates after the cutover"),
      help: .init(ja: "\(how.ja) と書く", en: "write \(how.en)"))
  }
}

extension IPPrefix {
  /// The list to write instead.
  fileprivate var splitAdvice: LocalizedText {
    guard let parts = split(toAtLeast: 24), parts.count <= 16 else {
      return .init(
        ja: "MailGatesが使う /24 以下のネットワークだけを書く",
        en: "write only the networks of /24 or smaller that MailGates uses")
    }
    let list = parts.map(\.description).joined(separator: ", ")
    return .init(ja: "\(list) と書く", en: "write \(list)")
  }
}
