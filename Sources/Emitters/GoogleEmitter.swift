internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel
internal import Wording

extension Emitter {
  /// What is set by hand in Google's consoles; no interface for it is public.
  static let googleInstructions = Emitter { procedure in
    procedure.connections.flatMap { connection -> [Artifact] in
      guard case .google(_, let google) = connection.kind else { return [] }
      let gateway = GooglePages(
        procedure: procedure, connection: connection, google: google
      ).artifacts
      let client = GoogleOAuthPages(procedure: procedure, connection: connection)
      return gateway + (connection.asks(for: .oauthClient) ? client.artifacts : [])
    }
  }
}

/// The inbound and the outbound gateway of Gmail, as far as the contract asks for them.
struct GooglePages {
  let procedure: Procedure
  let connection: MailServerConnection
  let google: GoogleConnection

  var artifacts: [Artifact] {
    var result: [Artifact] = []
    if google.inbound != nil || google.outbound != nil {
      result.append(Artifact(connection.folder(of: .mailServer) + "gateway.md", connect))
      result.append(
        Artifact(connection.rollbackFolder(of: .mailServer) + "gateway.md", disconnect))
    }
    if let outbound = google.outbound {
      result.append(
        Artifact(connection.folder(of: .mailServer) + "start-outbound.md", start(outbound)))
      result.append(
        Artifact(connection.rollbackFolder(of: .mailServer) + "start-outbound.md", stop))
    }
    if let inbound = google.inbound, inbound.rejectsOthersAfterwards {
      result.append(Artifact(connection.folder(of: .afterwards) + "gateway.md", close(inbound)))
      result.append(
        Artifact(connection.rollbackFolder(of: .afterwards) + "gateway.md", reopen))
    }
    return result
  }

  private var connect: BilingualPage {
    var page = BilingualPage(
      procedure, ja: "\(text: connection.name): Google WorkspaceをMailGatesと連携する",
      en: "\(text: connection.name): Connect Google Workspace with MailGates")
    page.paragraph(
      ja: """
        \(link: "Google 管理コンソール", to: GoogleConsole.adminAddress)に、Gmailの設定を変えられる管理者でログインします。\
        変更が行き渡るまで、最大\(GoogleConsole.delayHours.value)時間かかることがあります。
        """,
      en: """
        Sign in to the \(link: "Google Admin console", to: GoogleConsole.adminAddress) as an \
        administrator who may change Gmail's settings. A change can take up to \
        \(GoogleConsole.delayHours.value) hours to reach everyone.
        """)
    page.paragraph(
      ja: "対象ドメイン: \(codes(connection.domains))", en: "Domains: \(codes(connection.domains))")
    if let inbound = google.inbound { addInbound(inbound, to: &page) }
    if let outbound = google.outbound { addOutbound(outbound, to: &page) }
    return page
  }

  // MARK: The inbound gateway

  private func addInbound(
    _ inbound: GoogleConnection.InboundGateway, to page: inout BilingualPage
  ) {
    page.heading(2, ja: "受信ゲートウェイ", en: "Inbound gateway")
    page.place(GoogleConsole.inboundGateway)
    page.paragraph(
      ja: "最上位の組織部門を選んで設定します。", en: "Select the top-level organizational unit.")
    page.heading(3, ja: "入力する値", en: "Values to paste")
    page.table(
      header: GooglePages.header,
      rows: inbound.addresses.map {
        [GoogleConsole.gatewayIPs.quoted, .value($0.description)]
      })
    page.heading(3, ja: "チェックボックス", en: "Boxes")
    let boxes: [[MarkdownPhrase]] = [
      [
        GoogleConsole.detectExternalIP.quoted, .on,
        .init(
          ja: "本来の送信元のアドレスで判定するため", en: "So that the original source is judged"),
      ],
      [
        GoogleConsole.rejectOthers.quoted, .off,
        .init(
          ja: "MXの切替前に入れると、まだ直接届いているメールを拒否します。",
          en: "Before the MX records change it would refuse mail that still comes directly."),
      ],
      [
        GoogleConsole.requireGatewayTLS.quoted, .off,
        .init(
          ja: "MailGatesからの配送がいつもTLSを使うかどうかは公開されていません。",
          en: "Whether MailGates always delivers over TLS is not published."),
      ],
      [
        GoogleConsole.messageTagging.quoted, .off,
        .init(
          ja: "MailGatesが付けるヘッダーは公開されていません。",
          en: "What headers MailGates adds is not published."),
      ],
    ]
    page.table(
      header: [
        .init(ja: "項目", en: "Box"), .init(ja: "状態", en: "State"), .init(ja: "理由", en: "Why"),
      ], rows: boxes)
    page.heading(3, ja: "行うこと", en: "What to do")
    page.checkboxes([
      .init(
        ja: "上の表の「\(text: GoogleConsole.gatewayIPs.ja)」を、1つずつすべて追加した",
        en: "All **\(text: GoogleConsole.gatewayIPs.en)** of the table are added, one by one"),
      .init(
        ja: "チェックボックスを表のとおりにした", en: "The boxes are as the table says"),
      .init(ja: "保存した", en: "It is saved"),
    ])
    page.heading(3, ja: "保存した後の画面", en: "What the screen shows after saving")
    page.checkboxes(
      inbound.addresses.map {
        .init(
          ja: "「受信ゲートウェイ」に \(code: $0.description) がある",
          en: "The inbound gateway lists \(code: $0.description)")
      } + [
        .init(
          ja: "「\(text: GoogleConsole.rejectOthers.ja)」にチェックがない",
          en: "**\(text: GoogleConsole.rejectOthers.en)** is not ticked")
      ])
    page.bullets([
      .init(
        ja: """
          これらのアドレスからのメールには、GmailのSPFとDMARCの検査がかかりません。検査はMailGatesが行います。
          """,
        en: """
          Gmail does not check SPF and DMARC of mail from these addresses. MailGates does that.
          """),
      .init(
        ja: "同じアドレスを「メールの許可リスト」に入れても効果はありません。",
        en: "The same addresses in the email allowlist have no effect."),
      .init(
        ja: """
          Googleの案内では先にMXを変えますが、ここではゲートウェイを先に設定します。\
          同じMailGatesを使う他のお客様からのメールは、MXの切替前から届くためです。
          """,
        en: """
          Google's page changes the MX records first. Here the gateway comes first, because mail \
          from other customers of the same MailGates arrives by it before the change.
          """),
    ])
    page.heading(3, ja: "受信ゲートウェイの戻し方", en: "The way back of the inbound gateway")
    page.numbers(inboundWayBack)
  }

  private var inboundWayBack: [MarkdownPhrase] {
    [
      .init(
        ja: """
          MXが以前のサーバーに戻り、「\(text: GoogleConsole.rejectOthers.ja)」にチェックがないことを確かめます。
          """,
        en: """
          See that the MX records are back and that \
          **\(text: GoogleConsole.rejectOthers.en)** is not ticked.
          """),
      .init(
        ja: """
          \(GoogleConsole.inboundGateway.value.path(.ja)) で、入力した「\(text: GoogleConsole.gatewayIPs.ja)」を消して保存します。
          """,
        en: """
          In \(GoogleConsole.inboundGateway.value.path(.en)), remove the \
          **\(text: GoogleConsole.gatewayIPs.en)** that were entered, and save.
          """),
    ]
  }

  private var disconnect: BilingualPage {
    var page = BilingualPage(
      procedure, ja: "\(text: connection.name): Google WorkspaceとMailGatesの連携を戻す",
      en: "\(text: connection.name): Disconnect Google Workspace from MailGates")
    if google.outbound != nil {
      page.heading(2, ja: "送信のルート", en: "The mail route")
      page.numbers(routeWayBack)
    }
    if google.inbound != nil {
      page.heading(2, ja: "受信ゲートウェイ", en: "Inbound gateway")
      page.numbers(inboundWayBack)
    }
    return page
  }

  // MARK: Step 8 and its way back

  private func close(_ inbound: GoogleConnection.InboundGateway) -> BilingualPage {
    var page = BilingualPage(
      procedure, ja: "\(text: connection.name): MailGates以外からの受信を拒否する",
      en: "\(text: connection.name): Refuse mail that does not come from MailGates")
    page.quote(
      ja: "MXの切替を確かめ、切替前のTTLが過ぎてから行います。早すぎると、まだ直接届いているメールを拒否します。",
      en: """
        Do this after the change of the MX records has been verified and their old TTL has \
        passed. Too early, it refuses mail that still comes directly.
        """)
    page.checkboxes([
      .init(
        ja: "このGoogle Workspaceで受信するすべてのドメインがMailGatesを経由している",
        en: "All domains of this Google Workspace receive by way of MailGates"),
      .init(
        ja: "MailGatesを経由せずに届く正しいメール(機器、SaaSなど)がない",
        en: "No good mail (of devices, SaaS and the like) comes around MailGates"),
    ])
    page.place(GoogleConsole.inboundGateway)
    page.table(
      header: GooglePages.header,
      rows: inbound.addresses.map { [GoogleConsole.gatewayIPs.quoted, .value($0.description)] }
        + [[GoogleConsole.rejectOthers.quoted, .on]])
    page.paragraph(
      ja: """
        「\(text: GoogleConsole.gatewayIPs.ja)」が表のとおりであることを確かめてから、\
        「\(text: GoogleConsole.rejectOthers.ja)」にチェックを入れて保存します。アドレスが欠けていると、\
        そこからのメールがすべて拒否されます。
        """,
      en: """
        See that the **\(text: GoogleConsole.gatewayIPs.en)** are those of the table, then tick \
        **\(text: GoogleConsole.rejectOthers.en)** and save. All mail from an address that is \
        missing there is refused.
        """)
    page.heading(2, ja: "保存した後の画面", en: "What the screen shows after saving")
    page.checkboxes(
      inbound.addresses.map {
        .init(
          ja: "「受信ゲートウェイ」に \(code: $0.description) がある",
          en: "The inbound gateway lists \(code: $0.description)")
      } + [
        .init(
          ja: "「\(text: GoogleConsole.rejectOthers.ja)」にチェックがある",
          en: "**\(text: GoogleConsole.rejectOthers.en)** is ticked"),
        .init(
          ja: "外部から送ったメールが、MailGatesを経由して届く",
          en: "Mail from outside arrives by way of MailGates"),
      ])
    page.heading(2, ja: "戻し方", en: "The way back")
    page.numbers(reopening)
    return page
  }

  private var reopen: BilingualPage {
    var page = BilingualPage(
      procedure, ja: "\(text: connection.name): MailGates以外からの受信を再び受け付ける",
      en: "\(text: connection.name): Accept mail from others again")
    page.quote(
      ja: "MXを戻すときは、必ずこれを先に行います。",
      en: "Always do this before the MX records are moved back.")
    page.place(GoogleConsole.inboundGateway)
    page.numbers(reopening)
    return page
  }

  private var reopening: [MarkdownPhrase] {
    [
      .init(
        ja: "「\(text: GoogleConsole.rejectOthers.ja)」のチェックを外して保存します。",
        en: "Untick **\(text: GoogleConsole.rejectOthers.en)** and save."),
      .init(
        ja: "行き渡るまで、最大\(GoogleConsole.delayHours.value)時間待ちます。",
        en: "Wait up to \(GoogleConsole.delayHours.value) hours until it holds everywhere."),
    ]
  }

  static let header: [MarkdownPhrase] = [
    .init(ja: "項目", en: "Field"), .init(ja: "値", en: "Value"),
  ]
}

extension MarkdownPhrase {
  static let on = MarkdownPhrase(ja: "チェックを入れる", en: "Tick")
  static let off = MarkdownPhrase(ja: "チェックを入れない", en: "Do not tick")
}

extension GoogleConsole.Place {
  /// The way to the screen, in words of the language.
  func path(_ language: Language) -> Markdown {
    self[language].map { name -> Markdown in
      switch language {
      case .ja: "「\(text: name)」"
      case .en: "**\(text: name)**"
      }
    }.joined(separator: " > ")
  }
}

extension BilingualPage {
  /// Says where a screen is, and the page of Google's that describes it.
  mutating func place(_ place: Fact<GoogleConsole.Place>) {
    paragraph(
      ja: "画面: \(place.value.path(.ja)) (\(link: "Googleの説明", to: place.source))",
      en: "Screen: \(place.value.path(.en)) (\(link: "Google's page", to: place.source))")
    // The console is in the language of whoever is signed in.
    paragraph(
      ja: "英語の画面では: \(place.value.path(.en))",
      en: "Where the console is in Japanese: \(place.value.path(.ja))")
  }
}
