internal import Artifacts
internal import MailRecords
internal import Procedure
internal import TenantModel

/// The start of the outbound route, once SPF, DKIM and DMARC are known everywhere, and its way
/// back.
extension PostfixPages {
  func start(_ outbound: PostfixConnection.Outbound) -> BilingualPage {
    var page = BilingualPage(
      procedure, ja: "\(text: connection.name): 送信の経路をMailGatesに切り替える",
      en: "\(text: connection.name): Start the outbound route")
    page.startConditions([
      .init(
        ja: """
          手作業で行うときは、\(code: PostfixFiles.senders) と \(code: PostfixFiles.levels) が \
          \(code: Self.folder) にあり、\(code: "postfix.md") の「確かめる」のとおりに表示された。
          """,
        en: """
          By hand: \(code: PostfixFiles.senders) and \(code: PostfixFiles.levels) are in \
          \(code: Self.folder), and the commands of "Check" in \(code: "postfix.md") printed what \
          they should.
          """),
      .init(
        ja: "このサーバーから \(code: outbound.relay.ascii) の\(outbound.port)番ポートへ接続できる。",
        en: "This server can connect to \(code: outbound.relay.ascii), port \(outbound.port)."),
    ])
    addScript(
      "start-outbound.sh", ["start"], startNotes,
      to: &page)
    addRoutes(to: &page)
    addStart(outbound, to: &page)
    page.heading(2, ja: "確かめる", en: "Check")
    page.table(
      header: [.init(ja: "コマンド", en: "Command"), .init(ja: "表示", en: "It prints")],
      rows: [
        [.value("postconf -n > /dev/null"), .init(ja: "(何も出ない)", en: "(nothing)")],
        [
          .value("postconf -h sender_dependent_relayhost_maps"),
          .init(
            ja: "\(code: PostfixFiles.senders) を含む", en: "It has \(code: PostfixFiles.senders)"),
        ],
        [
          .value("postconf -h smtp_tls_policy_maps"),
          .init(ja: "\(code: PostfixFiles.levels) を含む", en: "It has \(code: PostfixFiles.levels)"),
        ],
      ])
    page.paragraph(
      ja: """
        外部の自分のアドレスへ1通送り、ログに \(code: "relay=\(outbound.relay.ascii)") と \
        \(code: "status=sent") が出ることを確かめます。自分のドメインの別のアドレスへも1通送り、届くことを確かめます。
        """,
      en: """
        Send a message to an address of your own outside. The log shows \
        \(code: "relay=\(outbound.relay.ascii)") and \(code: "status=sent"). Send one to another \
        address of your own domain too, and see that it arrives.
        """)
    page.heading(2, ja: "戻し方", en: "The way back")
    addStopping(to: &page)
    return page
  }

  var stop: BilingualPage {
    var page = BilingualPage.routeBack(procedure, connection, [])
    addStopping(to: &page)
    return page
  }

  private func addStopping(to page: inout BilingualPage) {
    addScriptBack("stop-outbound.sh", "stop", to: &page)
    page.numbers(stopping)
    addExactness(to: &page)
  }

  /// What else decides where mail goes.
  private func addRoutes(to page: inout BilingualPage) {
    page.heading(2, ja: "1. ほかの配送の設定を確かめる", en: "1. Look at the other routes")
    page.code(
      """
      postconf -h relay_domains
      postconf -n transport_maps sender_dependent_default_transport_maps default_transport
      """)
    page.bullets([
      .init(
        ja: """
          \(code: "relay_domains"): \(code: "sender_dependent_relayhost_maps") は、ここにあるドメイン宛てのメールにも\
          効きます。自分のドメインから送られた受信メールまでMailGatesに戻り、ループします。\
          ここにドメインがあるときは、そのすべてについて、配送先のサーバーを \(code: "transport_maps") に書いておきます\
          (例: \(code: "branch.example  smtp:[mailbox.branch.example]"))。
          """,
        en: """
          \(code: "relay_domains"): \(code: "sender_dependent_relayhost_maps") catches mail to these \
          domains too. Inbound mail of your own senders would go back to MailGates, in a loop. Give \
          each domain here a row in \(code: "transport_maps") with the server that it is delivered \
          to, such as \(code: "branch.example  smtp:[mailbox.branch.example]").
          """),
      .init(
        ja: """
          \(code: "transport_maps")、\(code: "sender_dependent_default_transport_maps")、\
          \(code: "default_transport") に宛先を決める値があると、そちらが優先され、MailGatesを経由しません。
          """,
        en: """
          What \(code: "transport_maps"), \(code: "sender_dependent_default_transport_maps") \
          and \(code: "default_transport") decide goes first, and does not pass MailGates.
          """),
    ])
  }

  private func addStart(
    _ outbound: PostfixConnection.Outbound, to page: inout BilingualPage
  ) {
    page.heading(2, ja: "2. main.cfに合わせる", en: "2. Merge into main.cf")
    page.paragraph(
      ja: """
        このフォルダーの \(code: PostfixFiles.start) の設定を、\(code: "main.cf") に足します。\
        次のコマンドで今の値を見て、すでに表があるときはコンマで区切って並べます。同じ名前の行が2つあると、後の行だけが効きます。
        """,
      en: """
        Add the settings of \(code: PostfixFiles.start) in this folder to \(code: "main.cf"). Look \
        at the values with this command; where there are tables already, list both with a comma \
        between them. Of two lines of the same name only the later one counts.
        """)
    var names = "sender_dependent_relayhost_maps smtp_tls_policy_maps"
    if outbound.tls == .certificate { names += " smtp_tls_CAfile" }
    page.code("postconf -n " + names)
    if outbound.tls == .certificate {
      page.paragraph(
        ja: """
          \(code: "smtp_tls_CAfile"): 認証局の一覧の場所はOSによって違います。ないと証明書を確かめられず、\
          送信がすべて保留されます。
          """,
        en: """
          \(code: "smtp_tls_CAfile"): where the list of authorities is depends on the system. \
          Without it no certificate can be checked, and all mail stays in the queue.
          """)
    }
    page.paragraph(
      ja: "次のコマンドから、契約ドメインのメールがMailGatesを経由します。",
      en: "From this command on, mail of the contracted domains goes by way of MailGates.")
    page.code("postfix check && postfix reload")
  }

  private var stopping: [MarkdownPhrase] {
    [
      .init(
        ja: """
          \(code: "main.cf") から \(code: PostfixFiles.start) の分を消します。ほかの値と並べたところは、足した表だけを消します。
          """,
        en: """
          Take the settings of \(code: PostfixFiles.start) out of \(code: "main.cf"). Where they were \
          listed with others, take out only the tables that were added.
          """),
      .init(
        ja: "\(code: "postfix check && postfix reload") を実行します。メールは以前の経路で出ます。",
        en: "Run \(code: "postfix check && postfix reload"). Mail leaves as before."),
      .init(
        ja: """
          キューに残ったメールは、\(code: "postqueue -p") で見ます。\(code: "postsuper -r ALL") を実行すると、\
          新しい経路を調べ直して送られます。
          """,
        en: """
          \(code: "postqueue -p") shows mail that is still in the queue; \
          \(code: "postsuper -r ALL") makes Postfix look its route up again.
          """),
    ]
  }
}
