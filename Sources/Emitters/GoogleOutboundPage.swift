internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel
internal import Wording

extension GooglePages {
  /// What the mail route and the routing setting are called.
  private static let routeName = "MailGates"

  /// The preparation: a mail route that nothing uses yet.
  func addOutbound(
    _ outbound: GoogleConnection.OutboundGateway, to page: inout BilingualPage
  ) {
    page.heading(2, ja: "送信のルート", en: "The mail route")
    page.quote(
      ja: """
        ここでは送信のルートを作るだけです。このルートで送るルーティングの設定は、\
        手順3(送信の経路を切り替える)で \(code: "start-outbound.md") のとおりに作ります。それまで、メールは今の経路で出ます。
        """,
      en: """
        Here the mail route is only made. The routing setting that sends mail by it follows in \
        step 3 (start the outbound route), by \(code: "start-outbound.md"). Until then mail leaves \
        as it does now.
        """)
    page.place(GoogleConsole.hosts)
    page.paragraph(
      ja: "「\(text: GoogleConsole.addRoute.ja)」を押し、次の値を入力します。",
      en: "Press **\(text: GoogleConsole.addRoute.en)** and enter these values.")
    page.table(
      header: GooglePages.header,
      rows: [
        [.init(ja: "名前", en: "Name"), .value(Self.routeName)],
        [.init(ja: "メールサーバーの種類", en: "Kind of host"), GoogleConsole.singleHost.quoted],
        [.init(ja: "ホスト名", en: "Host name"), .value(outbound.host.ascii)],
        [.init(ja: "ポート", en: "Port"), .value(String(outbound.port))],
        [.term(GoogleConsole.lookUpMX), .off],
        [.term(GoogleConsole.requireTLS), outbound.tls == .opportunistic ? .off : .on],
        [
          .term(GoogleConsole.requireSignedCertificate),
          outbound.tls == .certificate ? .on : .off,
        ],
        [.term(GoogleConsole.validateHostName), outbound.tls == .certificate ? .on : .off],
      ])
    page.heading(3, ja: "行うこと", en: "What to do")
    page.checkboxes([
      .init(
        ja: "表のとおりに入力して保存した", en: "The values of the table are entered and saved")
    ])
    page.heading(3, ja: "保存した後の画面", en: "What the screen shows after saving")
    page.checkboxes([
      .init(
        ja:
          "ホストの一覧の \(code: Self.routeName) が \(code: outbound.host.ascii)、ポート \(outbound.port) である",
        en: """
          \(code: Self.routeName) in the list of hosts is \(code: outbound.host.ascii), port \
          \(outbound.port)
          """),
      .init(
        ja: "ルーティングの設定 \(code: Self.routeName) は、まだない",
        en: "There is no routing setting \(code: Self.routeName) yet"),
    ])
    page.heading(3, ja: "送信のルートの戻し方", en: "The way back of the mail route")
    page.numbers(routeWayBack)
    page.relayTerms(domains: connection.domains)
    page.paragraph(
      ja: """
        送信元サーバーのグローバルIPアドレスで中継が許可されます。Google Workspaceの送信元アドレスはGoogleが変えるため、\
        許可のしかたを提供元に確かめます。
        """,
      en: """
        Relaying is allowed by the global IP addresses of the sending server. Google changes the \
        addresses that Google Workspace sends from: ask the vendor how they are allowed.
        """)
    page.source(Catalogue.addressNoticeDays.source)
  }

  /// The start: the routing setting that sends mail by the route.
  func start(_ outbound: GoogleConnection.OutboundGateway) -> BilingualPage {
    let google = "include:" + Catalogue.googleInclude.value
    let gateway = procedure.services.outbound.map { "include:" + $0.spf.ascii } ?? ""
    var page = BilingualPage(
      procedure, ja: "\(text: connection.name): 送信の経路をMailGatesに切り替える",
      en: "\(text: connection.name): Start the outbound route")
    page.startConditions([
      .init(
        ja: "SPFに、Google(\(code: google))とMailGates(\(code: gateway))の両方がある。",
        en: "SPF holds both Google (\(code: google)) and MailGates (\(code: gateway))."),
      .init(
        ja: """
          ホストの一覧に \(code: Self.routeName)(\(code: outbound.host.ascii)、ポート \(outbound.port))がある。
          """,
        en: """
          The list of hosts has \(code: Self.routeName) (\(code: outbound.host.ascii), port \
          \(outbound.port)).
          """),
      .init(
        ja: "Google Workspaceからの中継をどう許可するかを、提供元に確かめた。",
        en: "The vendor has said how relaying from Google Workspace is allowed."),
    ])
    addSignatures(to: &page)
    page.paragraph(
      ja: "Googleは、「送信ゲートウェイ」の欄よりルーティングの設定を勧めています。ここではルーティングを使います。",
      en: "Google recommends a routing setting over the plain outbound gateway; it is used here.")
    page.heading(2, ja: "1. ルーティングの設定", en: "1. The routing setting")
    page.place(GoogleConsole.routing)
    addPilot(to: &page)
    page.table(
      header: GooglePages.header,
      rows: [
        [.init(ja: "説明", en: "Description"), .value(Self.routeName)],
        [
          .init(ja: "影響を受けるメール", en: "Email messages to affect"),
          .init(ja: "「送信」だけ (Outbound)", en: "**Outbound** only"),
        ],
        [
          .init(ja: "エンベロープ フィルタ: 送信者 (パターン マッチ)", en: "Envelope filter: senders (pattern match)"),
          .value(senderPattern),
        ],
        [
          .init(ja: "ルートを変更 (Change route)", en: "Change route"), .value(Self.routeName),
        ],
      ])
    page.paragraph(
      ja: """
        エンベロープ フィルタは、MailGatesが契約ドメインの送信元しか中継しないために必要です。\
        自動転送などで他社の送信元が残るメールは、これまでどおりGoogleから直接出ます。
        """,
      en: """
        The envelope filter is needed because MailGates relays only senders of contracted domains. \
        Mail that keeps another sender, such as forwarded mail, leaves Google directly as before.
        """)
    page.checkboxes([
      .init(
        ja: "表のとおりに入力して保存した", en: "The values of the table are entered and saved")
    ])
    page.heading(2, ja: "2. 抜け道を閉じる", en: "2. Close the way around")
    page.place(GoogleConsole.endUserAccess)
    page.paragraph(
      ja: "「\(text: GoogleConsole.perUserGateways.ja)」を許可しない設定にします。利用者が別の経路で送れてしまうためです。",
      en: """
        Turn **\(text: GoogleConsole.perUserGateways.en)** off, or users can send by another route.
        """)
    page.checkboxes([
      .init(
        ja: "「\(text: GoogleConsole.perUserGateways.ja)」を許可しない設定にして保存した",
        en: "**\(text: GoogleConsole.perUserGateways.en)** is off, and it is saved")
    ])
    page.heading(2, ja: "保存した後の画面", en: "What the screen shows after saving")
    page.checkboxes([
      .init(
        ja: "ルーティングの設定 \(code: Self.routeName) が有効で、送信だけに効く",
        en: "The routing setting \(code: Self.routeName) is on, for outbound mail only"),
      .init(
        ja: "外部の自分のアドレスへ送ったメールの \(code: "Received") ヘッダーにMailGatesがある",
        en: """
          A message to an address of your own outside shows MailGates among its \
          \(code: "Received") headers
          """),
    ])
    page.heading(2, ja: "戻し方", en: "The way back")
    page.numbers(stopping)
    return page
  }

  /// Who signs, and by which keys.
  private func addSignatures(to page: inout BilingualPage) {
    page.heading(2, ja: "DKIMの署名", en: "DKIM signatures")
    page.paragraph(
      ja: """
        MailGatesが本文を変えるとGoogleのDKIM署名は無効になるため、DKIMの署名はMailGatesで付けます。\
        鍵の作り方と戻し方は \(code: "2-sender-authentication/dkim.md") にあります。\
        Googleの署名とその鍵はそのままにします。MailGatesを経由しないメールに使われるためです。
        """,
      en: """
        A message that MailGates changes loses Google's DKIM signature, so MailGates signs. \
        \(code: "2-sender-authentication/dkim.md") says how its keys are made and taken back. Leave \
        Google's own signature and key as they are: mail that does not go by MailGates uses them.
        """)
    let keys = connection.domains.flatMap { domain in
      domain.dkim.map { key -> [MarkdownPhrase] in
        let selector = key.selector.value
        return [
          .value(domain.name.value.ascii), .value(selector.text),
          .value(selector.owner(in: domain.name.value).absolute),
        ]
      }
    }
    guard !keys.isEmpty else { return }
    page.table(
      header: [
        .init(ja: "ドメイン", en: "Domain"), .init(ja: "セレクター", en: "Selector"),
        .init(ja: "DNSのTXTレコード", en: "TXT record in the DNS"),
      ], rows: keys)
    page.checkboxes([
      .init(
        ja: "DNSで、表のTXTレコードがそれぞれ引ける", en: "The DNS answers with each TXT record of the table")
    ])
  }

  var stop: BilingualPage { .routeBack(procedure, connection, stopping) }

  private func addPilot(to page: inout BilingualPage) {
    guard let pilot = procedure.tenant.pilot else { return }
    let members = procedure.tenant.pilotMembers
    page.paragraph(
      ja: """
        はじめは、\(text: pilot.value.description) の利用者だけの組織部門を選んで設定し、送信を確かめてから最上位の組織部門に\
        設定します。
        """,
      en: """
        Select an organizational unit with the people of \(text: pilot.value.description) only, \
        try sending, then do the same for the top-level unit.
        """)
    page.bullets(members.map { .value($0.description) })
  }

  /// A pattern of RE2 for addresses of the contracted domains.
  private var senderPattern: String {
    let domains = connection.domains.map {
      $0.name.value.ascii.split(separator: ".").joined(separator: "\\.")
    }
    return "(?i)^.*@(" + domains.joined(separator: "|") + ")$"
  }

  private var stopping: [MarkdownPhrase] {
    [
      .init(
        ja: """
          \(GoogleConsole.routing.value.path(.ja)) で、\(code: Self.routeName) の設定を無効にします。\
          メールはGoogleから直接出ます。
          """,
        en: """
          In \(GoogleConsole.routing.value.path(.en)), turn the setting \(code: Self.routeName) off. \
          Mail leaves Google directly.
          """),
      .init(
        ja: """
          最大\(GoogleConsole.delayHours.value)時間たち、MailGatesを経由しなくなってから、設定 \
          \(code: Self.routeName) を消します。SPFのGoogleの分は残します。
          """,
        en: """
          After up to \(GoogleConsole.delayHours.value) hours, when no mail goes by MailGates, \
          delete the setting \(code: Self.routeName). Keep Google in SPF.
          """),
    ]
  }

  var routeWayBack: [MarkdownPhrase] {
    [
      .init(
        ja: """
          \(code: Self.routeName) のルーティングの設定がないことを確かめます。あれば、先に \(code: "rollback") の\
          同じフォルダーの \(code: "start-outbound.md") で戻します。
          """,
        en: """
          See that there is no routing setting \(code: Self.routeName). Where there is one, take it \
          back first, by \(code: "start-outbound.md") of the same folder below \(code: "rollback").
          """),
      .init(
        ja: """
          \(GoogleConsole.hosts.value.path(.ja)) で、ホスト \(code: Self.routeName) を消します。
          """,
        en: """
          In \(GoogleConsole.hosts.value.path(.en)), delete the host \(code: Self.routeName).
          """),
    ]
  }
}
