internal import Diagnostics
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// Postfix and other servers: how they know the gateway, and it them.
  static let postfix = Rule(
    [.postfixCertificate, .privateServer, .noServerAddress, .postfixOpen], judgesAbsence: true
  ) { input, bag in
    let contract = input.tenant.contract
    for server in input.tenant.mailServers where server.family == .other {
      for address in server.addresses {
        guard let use = address.value.isPrivateOrSpecial else { continue }
        bag.add(
          Diagnostic(
            .privateServer, at: address.span,
            .init(
              ja: "「\(address.value)」は\(use.wording.ja)で、サーバーの公開アドレスではない",
              en: "\"\(address.value)\" is \(use.wording.en), not a public address of the server"),
            help: .init(
              ja: "インターネットから見えるアドレスを書く", en: "write the address that the internet sees")))
      }
      if contract.includes(.leakPrevention), server.addresses.isEmpty {
        let days = Catalogue.addressNoticeDays.value
        bag.add(
          Diagnostic(
            .noServerAddress, at: server.name.span,
            .init(
              ja: "メールサーバー「\(server.name.value)」の公開アドレスが書かれていない",
              en: "the mail server \"\(server.name.value)\" has no public addresses"),
            help: .init(
              ja: "addresses に書き、変わるときは\(days)日前までに提供元へ連絡する",
              en: "write them as addresses; the vendor wants to hear of a change \(days) days ahead"
            )))
      }
      guard case .postfix(let settings) = server.kind, contract.includes(.inboundSecurity) else {
        continue
      }
      guard let lockdown = settings.lockdown else {
        bag.add(
          .noLockdown(
            .postfixOpen, at: server.name.span, how: .init(both: "lockdown: { address: {} }")))
        continue
      }
      if case .certificate = lockdown.value {
        bag.add(
          .certificateLockdown(
            .postfixCertificate, at: lockdown.span,
            .init(
              ja: "Postfixの設定は、証明書ではなくアドレスでMailGatesを見分ける",
              en: "the Postfix configuration knows MailGates by address, not by certificate")))
      }
    }
  }
}

extension DiagnosticCode {
  static let postfixCertificate = DiagnosticCode(
    6001, .error,
    title: .init(ja: "Postfixの証明書による遮断", en: "a lockdown by certificate with Postfix"),
    explanation: .init(
      ja:
        "mgcが作るPostfixの設定は、check_client_access のアドレス表で見分けます。MailGatesが配送時にクライアント証明書を出すかは公開されていません。address にします。",
      en:
        "The configuration that mgc writes goes by a table of addresses for check_client_access. Whether MailGates shows a client certificate when it delivers is not published. Write address instead."
    ),
    example:
      "postfix: { host: mail.kaede.example, lockdown: { certificate: { name: mx.gateway.example } } }",
    source: "Postfix SMTPD_ACCESS_README")
  static let privateServer = DiagnosticCode(
    6002, .error,
    title: .init(ja: "公開アドレスでないサーバーのアドレス", en: "a server's address that is not public"),
    explanation: .init(
      ja: "提供元は、中継を送信元の公開アドレスで許可します。NATの内側のアドレスを伝えても許可されません。インターネットから見えるアドレスを書きます。",
      en:
        "The vendor allows relaying by the public address that mail comes from. One behind a NAT is of no use to it. Write the address that the internet sees."
    ),
    example: "postfix: { host: mail.kaede.example, addresses: [192.168.0.25] }",
    source: "article 44234964774425; RFC 6890")
  static let noServerAddress = DiagnosticCode(
    6003, .warning,
    title: .init(ja: "書かれていない送信元のアドレス", en: "a server without its addresses"),
    explanation: .init(
      ja: "MAILGATES Σへの中継は、送信元サーバーの公開アドレスで制御されます。登録されていないアドレスからは中継できません。変更は1か月前に連絡します。",
      en:
        "Relaying into MAILGATES Σ is controlled by the server's public address: what is not registered cannot relay. A change is announced a month ahead."
    ),
    example: "mailServers: [{ name: factory, postfix: { host: mail.kaede.example } }]",
    source: "article 44234964774425")
  static let postfixOpen = DiagnosticCode(
    6004, .note,
    title: .init(ja: "遮断されないPostfixへの直接配送", en: "direct delivery to Postfix that stays open"),
    explanation: .init(
      ja: "サーバーのアドレスを知っている送信者は、MXを切り替えたあとも直接送れます。",
      en: "Who knows the server's address can send to it directly even after the cutover."),
    example: "postfix: { host: mail.kaede.example, addresses: [203.0.113.25] }",
    source: "Postfix SMTPD_ACCESS_README")
}
