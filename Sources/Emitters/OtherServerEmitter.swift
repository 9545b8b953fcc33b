internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel

extension Emitter {
  /// What the administrator of any other mail server is told.
  static let otherInstructions = Emitter { procedure in
    procedure.connections.flatMap { connection -> [Artifact] in
      guard case .other(let server, let other) = connection.kind else { return [] }
      let now = connection.folder(of: .mailServer)
      let back = connection.rollbackFolder(of: .mailServer)
      var result = [
        Artifact(now + "instructions.md", connect(procedure, connection, server, other)),
        Artifact(back + "instructions.md", disconnect(procedure, connection, other)),
      ]
      if let relay = other.relay {
        result.append(Artifact(now + "start-outbound.md", start(procedure, connection, relay)))
        result.append(Artifact(back + "start-outbound.md", stop(procedure, connection, relay)))
      }
      return result
    }
  }

  private static func connect(
    _ procedure: Procedure, _ connection: MailServerConnection, _ server: OtherMailServer,
    _ other: OtherConnection
  ) -> BilingualPage {
    var page = BilingualPage(
      procedure, ja: "\(text: connection.name): メールサーバーをMailGatesと連携する",
      en: "\(text: connection.name): Connect the mail server with MailGates")
    page.table(
      header: [.init(ja: "項目", en: "Item"), .init(ja: "値", en: "Value")],
      rows: [
        [
          .init(ja: "サーバー", en: "Server"),
          .init(both: "\(text: server.description.value.text)"),
        ],
        [.init(ja: "ドメイン", en: "Domains"), .init(both: codes(connection.domains))],
      ])
    page.paragraph(
      ja: """
        このサーバーの設定方法は、サーバーの種類や契約しているサービスによって違います。\
        次の内容を、サーバーの管理者、またはサーバーを提供する事業者に伝えて設定します。
        """,
      en: """
        How this is set depends on the server or the hosting service. Tell its administrator or \
        provider what follows.
        """)
    addSignIn(to: &page)
    if let egress = other.egress {
      page.heading(2, ja: "MailGatesからの受信を許可する", en: "Accept mail from MailGates")
      page.checkboxes([
        .init(
          ja: """
            下の配送元アドレスからの接続を、25番ポートで受け付ける(ファイアウォール、接続元の制限、ブラックリスト、\
            同時接続数の制限に掛からない)。
            """,
          en: """
            Connections from the addresses below are accepted on port 25: no firewall, source \
            restriction, block list or limit of connections stops them.
            """),
        .init(
          ja: "これらのアドレスからのメールには、SPF、DKIM、DMARCの検査をかけない。",
          en: "Mail from these addresses is not checked for SPF, DKIM and DMARC."),
        .init(
          ja: "これらのアドレスに許すのは自ドメイン宛ての受信だけで、外部への中継は許さない。",
          en: "These addresses may deliver to your own domains only, and not relay to others."),
        .init(
          ja: "MXの切替前は、ほかの送信元からのメールを拒否しない。",
          en: "Before the MX records change, mail from elsewhere is not refused."),
      ])
      page.paragraph(
        ja: """
          確かめ方: 設定した後も、外部の自分のアドレスから送ったメールが今までどおり届きます(MXはまだ切り替わっていません)。\
          MXの切替の後は、届いたメールの \(code: "Received") ヘッダーに、上のアドレスのどれかが現れます。
          """,
        en: """
          How to see that it worked: a message from an address of your own outside arrives as before, \
          since the MX records have not changed. Once they have, one of the addresses shows among the \
          \(code: "Received") headers of what arrives.
          """)
      page.deliveryTerms(egress)
    }
    if let relay = other.relay {
      page.heading(2, ja: "送信の準備", en: "Prepare for sending")
      page.quote(
        ja: """
          ここでは準備だけをします。送信の経路は、手順3(送信の経路を切り替える)で \(code: "start-outbound.md") の\
          とおりに変えます。それまで、メールは今の経路で出ます。
          """,
        en: """
          This is only the preparation. The route changes in step 3 (start the outbound route), by \
          \(code: "start-outbound.md"). Until then mail leaves as it does now.
          """)
      page.checkboxes([
        .init(
          ja: "送信の中継先を、ホスト名(FQDN)とポートで指定できる。",
          en: "A relay for outgoing mail can be set by its name (FQDN) and port."),
        .init(
          ja: "中継先を、送信元ドメインごと、またはお客様ごとに指定できる。",
          en: "The relay can be set for a sender domain, or for one customer."),
        .init(
          ja: """
            サーバーから \(code: relay.host.value.ascii) の\(relay.port.value)番ポートへ接続できる。
            """,
          en: """
            The server can connect to \(code: relay.host.value.ascii), port \(relay.port.value).
            """),
      ])
      page.relayTerms(domains: connection.domains)
      page.addressNotice(server.addresses)
    } else if !server.addresses.isEmpty {
      page.heading(2, ja: "サーバーのアドレス", en: "The server's addresses")
      page.bullets(server.addresses.map { .value($0.value.description) })
    }
    page.heading(2, ja: "戻し方", en: "The way back")
    addWayBack(to: &page, other)
    return page
  }

  /// MailGates has no passwords of its own (article 44234964774425).
  private static func addSignIn(to page: inout BilingualPage) {
    page.heading(2, ja: "MailGatesからのパスワードの確認を許可する", en: "Let MailGates check passwords")
    page.checkboxes([
      .init(
        ja: """
          MailGatesが、利用者のメールアドレスとパスワードを、POP3、SMTPまたはLDAPでこのサーバーに確かめられる。
          """,
        en: """
          MailGates can check a user's mail address and password on this server by POP3, SMTP or LDAP.
          """),
      .init(
        ja: """
          使う方式、サーバー名、ポートを提供元に伝え、どのアドレスから確かめに来るかを提供元に聞いた\
          (公開されていません)。
          """,
        en: """
          The vendor knows the protocol, the server's name and its port, and has said from which \
          addresses it asks (they are not published).
          """),
      .init(
        ja: "利用者の1人が、MailGatesにログインできた。",
        en: "One of the users has logged in to MailGates."),
    ])
  }

  private static func disconnect(
    _ procedure: Procedure, _ connection: MailServerConnection, _ other: OtherConnection
  ) -> BilingualPage {
    var page = BilingualPage(
      procedure, ja: "\(text: connection.name): MailGatesとの連携を戻す",
      en: "\(text: connection.name): Disconnect from MailGates")
    addWayBack(to: &page, other)
    return page
  }

  // MARK: The start of the outbound route, and its way back

  private static func start(
    _ procedure: Procedure, _ connection: MailServerConnection, _ relay: Gateway.Relay
  ) -> BilingualPage {
    var page = BilingualPage(
      procedure, ja: "\(text: connection.name): 送信の経路をMailGatesに切り替える",
      en: "\(text: connection.name): Start the outbound route")
    page.startConditions([
      .init(
        ja: "今の送信の経路の値を控えた。", en: "The present settings of the route are written down.")
    ])
    page.heading(2, ja: "中継先の値", en: "The relay")
    page.table(
      header: [.init(ja: "項目", en: "Item"), .init(ja: "値", en: "Value")],
      rows: [
        [.init(ja: "中継先のホスト名(FQDN)", en: "Relay host (FQDN)"), .value(relay.host.value.ascii)],
        [.init(ja: "ポート", en: "Port"), .value(String(relay.port.value))],
        [.init(ja: "TLS", en: "TLS"), relay.tls.explanation],
      ]
        + connection.domains.map {
          [.init(ja: "経由させる送信元ドメイン", en: "Sender domain"), .value($0.name.value.ascii)]
        })
    page.heading(2, ja: "変えて確かめる", en: "Change and check")
    page.checkboxes([
      .init(
        ja: "中継先をホスト名(FQDN)で指定した。IPアドレスでは指定しない。",
        en: "The relay is entered by its name (FQDN), not by an address."),
      .init(
        ja: "経由するのは、上のドメインから外部へ送るメールだけである。自分のドメイン宛てのメールは経由しない。",
        en: """
          Only mail from the domains above to the outside goes this way; mail to your own domains \
          does not.
          """),
      .init(
        ja: "外部の自分のアドレスへ1通送り、サーバーのログでMailGatesに渡ったことを確かめた。",
        en: """
          A message to an address of your own outside was handed to MailGates, as the server's log \
          shows.
          """),
    ])
    page.heading(2, ja: "戻し方", en: "The way back")
    page.numbers([stopping(relay)])
    return page
  }

  private static func stop(
    _ procedure: Procedure, _ connection: MailServerConnection, _ relay: Gateway.Relay
  ) -> BilingualPage {
    .routeBack(procedure, connection, [stopping(relay)])
  }

  private static func stopping(_ relay: Gateway.Relay) -> MarkdownPhrase {
    .init(
      ja: "送信の配送経路を、\(code: relay.host.value.ascii) を指定する前の値に戻します。",
      en: "Set the delivery route back to what it was before \(code: relay.host.value.ascii).")
  }

  private static func addWayBack(to page: inout BilingualPage, _ other: OtherConnection) {
    var items: [MarkdownPhrase] = []
    if other.relay != nil {
      items.append(.routeFirst)
    }
    if other.egress != nil {
      items.append(
        .init(
          ja: "受信の許可は、MXが以前のサーバーに戻ったことを確かめてから外します。",
          en: "Take the permission to deliver away only once the MX records are back."))
    }
    items.append(
      .init(
        ja: "MailGatesからのパスワードの確認の許可は、誰もMailGatesにログインしなくなってから外します。",
        en: "Stop letting MailGates check passwords once nobody logs in to MailGates any more."))
    page.numbers(items)
  }
}

extension Gateway.TLSLevel {
  /// What the administrator chooses, in words.
  var explanation: MarkdownPhrase {
    switch self {
    case .opportunistic:
      .init(ja: "使えれば使う(必須にしない)", en: "Use it where offered; do not require it")
    case .required: .init(ja: "必須(証明書は問わない)", en: "Required, whatever the certificate")
    case .certificate:
      .init(ja: "必須(証明書の名前も確かめる)", en: "Required, with the certificate's name checked")
    }
  }
}
