internal import Diagnostics
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// The addresses of the customer's own servers, beside MailGates' and each other's.
  static let serverAddresses = Rule(
    [.egressIsServer, .sharedServerAddress, .wideServer, .serverIsGateway]
  ) { input, bag in
    let gateway = input.tenant.gateway
    var owned: [(address: Located<IPPrefix>, server: MailServer)] = []
    for server in input.tenant.mailServers {
      for address in server.addresses {
        owned.append((address, server))
        if address.value.length < (address.value.isIPv4 ? 24 : 48) {
          bag.add(
            Diagnostic(
              .wideServer, at: address.span,
              .init(
                ja: "「\(address.value)」は、1つのメールサーバーのアドレスとしては広すぎる",
                en: "\"\(address.value)\" is too wide for the addresses of one mail server"),
              help: .init(
                ja: "メールを送るアドレスだけを書く", en: "write the addresses that mail is sent from")))
        }
        guard let egress = gateway.egress.first(where: { $0.value.overlaps(address.value) }) else {
          continue
        }
        bag.add(
          Diagnostic(
            .egressIsServer, at: address.span,
            .init(
              ja: "「\(address.value)」はMailGatesの配送元アドレスと重なる",
              en: "\"\(address.value)\" overlaps the addresses that MailGates delivers from"),
            help: .init(
              ja: "addresses には自社のサーバー、egress にはMailGatesのアドレスを書く",
              en: "addresses are of one's own server, egress is of MailGates"),
            labels: [
              .init(egress.span, .init(ja: "MailGatesのアドレス", en: "MailGates' addresses"))
            ]))
      }
      guard case .postfix(let settings) = server.kind,
        let host = (gateway.mx.map(\.host) + [gateway.relay?.host].compactMap { $0 })
          .first(where: { $0.value == settings.host.value })
      else { continue }
      bag.add(
        Diagnostic(
          .serverIsGateway, at: settings.host.span,
          .init(
            ja: "「\(settings.host.value.ascii.excerpt())」はMailGatesのホストでもあり、メールがループする",
            en: "\"\(settings.host.value.ascii.excerpt())\" is MailGates' host too, a loop"),
          help: .init(ja: "自社のサーバーのホスト名を書く", en: "write the host of one's own server"),
          labels: [.init(host.span, .init(ja: "MailGatesのホスト", en: "MailGates' host"))]))
    }
    for (again, first) in owned.repetitions(of: \.address.value)
    where again.server.name.value != first.server.name.value {
      bag.add(
        Diagnostic(
          .sharedServerAddress, at: again.address.span,
          .init(
            ja: "「\(again.address.value)」はメールサーバー「\(first.server.name.value)」にも書かれている",
            en: "the mail server \"\(first.server.name.value)\" has \"\(again.address.value)\" too"),
          help: .init(
            ja: "同じNATの内側でなければ、どちらかの書き間違い",
            en: "unless both are behind one NAT, one of them was mistyped"),
          labels: [.first(first.address.span)]))
    }
  }
}

extension DiagnosticCode {
  static let egressIsServer = DiagnosticCode(
    6005, .error,
    title: .init(ja: "MailGatesと重なるサーバーのアドレス", en: "a server's address that is MailGates'"),
    explanation: .init(
      ja:
        "直接配送の遮断もループの防止も、MailGatesのアドレスと自社のサーバーのアドレスが別であることを前提にしています。重なっていると、拒否すべきものを通し、通すべきものを拒否します。",
      en:
        "Lockdown and loop guard rest on MailGates' addresses and the server's own being different. If they overlap, the wrong mail is let through and the right mail refused."
    ),
    example:
      "gateway: { egress: [192.0.2.0/28] }\npostfix: { host: mail.kaede.example, addresses: [192.0.2.5] }",
    source: "article 44234964774425; Postfix SMTPD_ACCESS_README")
  static let sharedServerAddress = DiagnosticCode(
    6006, .warning,
    title: .init(ja: "2つのサーバーの同じアドレス", en: "one address of two servers"),
    explanation: .init(
      ja: "提供元は、送信元の公開アドレスでサーバーを見分けます。同じアドレスを2つのサーバーに書くと、登録する値を取り違えているかもしれません。",
      en:
        "The vendor knows a server by its public address. With one address for two servers, what is registered may be wrong."
    ),
    example:
      "mailServers:\n  - { name: a, other: { description: 本社, addresses: [203.0.113.80] } }\n  - { name: b, other: { description: 支社, addresses: [203.0.113.80] } }",
    source: "article 44234964774425")
  static let wideServer = DiagnosticCode(
    6007, .warning,
    title: .init(ja: "広すぎるサーバーのアドレス", en: "too wide a network for a server"),
    explanation: .init(
      ja:
        "書いたアドレスからの中継が許可されます。広いネットワークには他社のサーバーも入り、そこからの迷惑メールは契約の停止につながります。目安はmgcのもので、IPv4は /24、IPv6は /48 です。",
      en:
        "What is written may relay. A wide network has other people's servers in it, and spam from there can get relaying disabled. The bounds are mgc's own: /24, or /48 with IPv6."
    ),
    example: "other: { description: レンタルサーバー, addresses: [203.0.0.0/16] }",
    source: "article 44234964774425")
  static let serverIsGateway = DiagnosticCode(
    6008, .error,
    title: .init(ja: "MailGatesのホストと同じPostfix", en: "a Postfix with MailGates' host name"),
    explanation: .init(
      ja: "自社のPostfixのホスト名に、MailGatesの中継先やMXと同じ名前が書かれています。どちらかが書き間違いで、このままではPostfixが自分自身に中継します。",
      en:
        "The Postfix has the name of MailGates' relay or exchanger. One of them was mistyped; as it is, Postfix would relay to itself."
    ),
    example:
      "gateway: { relay: { host: relay.gateway.example, … } }\npostfix: { host: relay.gateway.example }",
    source: "Postfix postconf(5), relayhost")
}
