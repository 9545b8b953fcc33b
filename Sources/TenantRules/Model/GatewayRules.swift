internal import Diagnostics
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// Values of the notice and the gateway that must have been copied wrong.
  static let gatewayValues = Rule(
    [
      .gatewayHostIsDomain, .relayPort, .wideEgress, .accessNameSuffix, .redirectFragment,
      .originWithPath,
    ]
  ) { input, bag in
    let gateway = input.tenant.gateway
    let own = Dictionary(
      input.tenant.domains.map { ($0.name.value, $0.name.span) },
      uniquingKeysWith: { first, _ in first })
    let hosts = gateway.mx.map(\.host) + [gateway.relay?.host, gateway.spf].compactMap { $0 }
    for host in hosts {
      guard let domain = own[host.value] else { continue }
      bag.add(
        Diagnostic(
          .gatewayHostIsDomain, at: host.span,
          .init(
            ja: "「\(host.value.ascii.excerpt())」は契約ドメインそのもので、MailGatesの値ではない",
            en: "\"\(host.value.ascii.excerpt())\" is a domain of the contract, not MailGates'"),
          help: .init(
            ja: "開通通知書かサポート窓口で確かめた値を書く",
            en: "write the value of the opening notice or the vendor's support"),
          labels: [.domain(domain)]))
    }
    for prefix in gateway.egress
    where prefix.value.isPrivateOrSpecial == nil && !input.refusesWidth(of: prefix.value)
      && prefix.value.length < (prefix.value.isIPv4 ? 16 : 32)
    {
      bag.add(
        Diagnostic(
          .wideEgress, at: prefix.span,
          .init(
            ja: "「\(prefix.value)」は、MailGatesのアドレスとしては広すぎる",
            en: "\"\(prefix.value)\" is too wide for MailGates' addresses"),
          help: .init(ja: "桁を書き間違えていないか確かめる", en: "see whether a digit is missing")))
    }
    if let port = gateway.relay?.port, port.value != Catalogue.relayPort.value,
      input.tenant.contract.includes(.leakPrevention), !input.refuses(port: port.value)
    {
      bag.add(
        Diagnostic(
          .relayPort, at: port.span,
          .init(
            ja: "中継先のポート\(port.value)は、記事にある\(Catalogue.relayPort.value)と違う",
            en: "the relay port \(port.value) is not the article's \(Catalogue.relayPort.value)"),
          help: .init(
            ja: "サポート窓口で確かめていなければ \(Catalogue.relayPort.value) と書く",
            en: "unless the vendor's support has said so, write \(Catalogue.relayPort.value)")))
    }
    if let name = input.tenant.notice?.accessName, name.value.text.hasSuffix("-mgf") {
      let right = String(name.value.text.dropLast(4))
      bag.add(
        Diagnostic(
          .accessNameSuffix, at: name.span,
          .init(
            ja: "「\(name.value)」の -mgf は、アドレスの決まった部分で、アクセス名ではない",
            en: "-mgf of \"\(name.value)\" is a fixed part of the address, not of the access name"),
          help: .init(ja: "「\(right)」と書く", en: "write \"\(right)\""),
          fixes: [.write(right, at: name.span)]))
    }
    guard let oauth = input.tenant.notice?.oauth else { return }
    if oauth.redirect.value.text.utf8.contains(0x23) {
      bag.add(
        Diagnostic(
          .redirectFragment, at: oauth.redirect.span,
          .init(ja: "リダイレクト URI に # がある", en: "the redirect URI has a #"),
          help: .init(
            ja: "開通通知書のとおりに、# より前だけを書く",
            en: "write it as the opening notice has it, without # and what follows")))
    }
    // Only Google asks for the origin.
    if input.tenant.mailServers.contains(where: { $0.family == .googleWorkspace }),
      let origin = oauth.origin, let right = origin.value.originWithoutPath
    {
      bag.add(
        Diagnostic(
          .originWithPath, at: origin.span,
          .init(
            ja: "JavaScript 生成元には、パスも最後の / も書けない",
            en: "a JavaScript origin has neither a path nor a slash at its end"),
          help: .init(ja: "\(right.excerpt()) と書く", en: "write \(right.excerpt())"),
          fixes: [
            .init(
              .init(ja: "\(right.excerpt()) に直す", en: "write \(right.excerpt())"),
              [TextEdit(origin.span, replacement: right)])
          ]))
    }
  }
}

extension RuleInput {
  /// Whether a mail server cannot send to a port, which is a finding of its own.
  fileprivate func refuses(port: Int) -> Bool {
    tenant.mailServers.contains { server in
      switch server.family {
      case .microsoft365: true
      case .googleWorkspace: port != 587 && !(1024...65535).contains(port)
      case .other: false
      }
    }
  }

  /// Whether Exchange Online takes no network of this width, which is a finding of its own.
  fileprivate func refusesWidth(of prefix: IPPrefix) -> Bool {
    prefix.isIPv4 && !exchanges.isEmpty && tenant.contract.includes(.inboundSecurity)
  }
}

extension HTTPSAddress {
  /// Scheme and host, and a port; nil where that is all there is.
  fileprivate var originWithoutPath: String? {
    let rest = text.dropFirst(8)
    guard let end = rest.firstIndex(where: { $0 == "/" || $0 == "?" || $0 == "#" }) else {
      return nil
    }
    return String(text[..<end])
  }
}

extension DiagnosticCode {
  static let redirectFragment = DiagnosticCode(
    2132, .error,
    title: .init(ja: "# のあるリダイレクト URI", en: "a redirect URI with a fragment"),
    explanation: .init(
      ja: "リダイレクト URI に # を含めることは規格が禁じていて、EntraもGoogleも登録を受け付けません。ブラウザーのアドレス欄から写すと付くことがあります。",
      en:
        "The standard forbids a fragment in a redirect URI, and neither Entra nor Google registers one. It comes from copying the browser's address."
    ),
    example: "notice: { oauth: { redirect: 'https://redirect.gateway.example/#top' } }",
    source: "RFC 6749 section 3.1.2")
  static let relayPort = DiagnosticCode(
    2133, .warning,
    title: .init(ja: "25番でない中継先", en: "a relay at another port than 25"),
    explanation: .init(
      ja: "提供元の記事では、MAILGATES Σへの中継はSMTPの25番です。ほかのポートを使えるとは公開されていません。",
      en:
        "By the vendor's article mail is relayed to MAILGATES Σ by SMTP at port 25. That any other port works is not published."
    ),
    example: "gateway: { relay: { host: relay.gateway.example, port: 587, tls: required } }",
    source: "article 44234964774425")
  static let gatewayHostIsDomain = DiagnosticCode(
    2134, .error,
    title: .init(ja: "MailGatesの値に書かれた契約ドメイン", en: "a domain of the contract as MailGates' value"),
    explanation: .init(
      ja: "gateway の mx、relay、spf は、MailGatesのホストとincludeです。自社のドメインを書くと、MXも中継もSPFも自分に戻ってループします。",
      en:
        "mx, relay and spf of gateway are MailGates' hosts and include. With one's own domain there, MX, relay and SPF lead back to themselves."
    ),
    example: "gateway: { spf: kaede.example }\ndomains: [{ name: kaede.example }]",
    source: "article 4402739136153")
  static let accessNameSuffix = DiagnosticCode(
    2135, .warning,
    title: .init(ja: "-mgf の付いたアクセス名", en: "an access name with -mgf"),
    explanation: .init(
      ja: "ログイン先は https://(お客様アクセス名)-mgf.cybermail.jp です。-mgf まで書くと、アドレスに2回付きます。",
      en:
        "One logs in at https://NAME-mgf.cybermail.jp. If -mgf is part of the name, the address has it twice."
    ),
    example: "notice: { accessName: kaede-mgf }", source: "article 360040872191")
  static let wideEgress = DiagnosticCode(
    2128, .warning,
    title: .init(ja: "広すぎるMailGatesのアドレス", en: "MailGates' addresses too wide"),
    explanation: .init(
      ja:
        "egressのアドレスから来たメールは、MailGatesを通ったものとして扱われ、送信元認証も迷惑メール判定も省かれます。広すぎると、無関係なサーバーからのメールも素通りします。目安はmgcのもので、IPv4は /16、IPv6は /32 です。",
      en:
        "Mail from egress is taken to have passed MailGates, and is not judged again. If it is too wide, mail from strangers passes too. The bounds are mgc's own: /16, or /32 with IPv6."
    ),
    example: "gateway: { egress: [192.0.0.0/8] }", source: "support.google.com/a/answer/60730")
}
