internal import Artifacts
internal import Procedure
internal import SourceText
internal import TenantModel

/// The OAuth 2.0 client of Google Workspace (article 900001210703) and the import of its users.
struct GoogleOAuthPages {
  let procedure: Procedure
  let connection: MailServerConnection

  var artifacts: [Artifact] {
    [
      Artifact(connection.folder(of: .mailServer) + "oauth.md", register),
      Artifact(connection.rollbackFolder(of: .mailServer) + "oauth.md", withdraw),
    ]
  }

  /// Whether mail comes by way of MailGates, so that the page speaks of receiving.
  private var isInbound: Bool { procedure.services.inbound != nil }

  private var register: BilingualPage {
    var page = BilingualPage(
      procedure, ja: "\(text: connection.name): OAuth 2.0 クライアントIDの設定",
      en: "\(text: connection.name): OAuth 2.0 client ID")
    if isInbound {
      page.quote(
        ja: """
          契約にかかわらず必須です。これと利用者の取り込みが済まないと、利用者はログインできず、MailGatesはメールを受信できません。\
          MXの切替より前に済ませます。
          """,
        en: """
          Mandatory with any contract. Without it and the import of users nobody can log in, and \
          MailGates cannot take mail. Finish it before the MX records change.
          """)
    } else {
      page.quote(
        ja: """
          契約にかかわらず必須です。これと利用者の取り込みが済まないと、利用者はログインできません。\
          手順3(送信の経路を切り替える)より前に済ませます。
          """,
        en: """
          Mandatory with any contract. Without it and the import of users nobody can log in. \
          Finish it before step 3 (start the outbound route).
          """)
    }
    page.heading(2, ja: "入力する値", en: "Values to paste")
    let oauth = procedure.tenant.notice?.oauth
    page.table(
      header: [.init(ja: "項目", en: "Field"), .init(ja: "値", en: "Value")],
      rows: [
        [.init(ja: "プロジェクトの名前(任意)", en: "Project name, as you like"), .value(Self.name)],
        [
          .init(ja: "「APIとサービス」で有効にするAPI", en: "API to enable, under **APIs & Services**"),
          .value("Admin SDK"),
        ],
        [
          .init(ja: "OAuth 同意画面のユーザーの種類", en: "User type of the OAuth consent screen"),
          .init(ja: "「内部」", en: "**Internal**"),
        ],
        [
          .init(ja: "OAuth クライアント IDの名前(任意)", en: "Name of the OAuth client ID, as you like"),
          .value(Self.name),
        ],
        [
          .init(ja: "アプリケーションの種類", en: "Application type"),
          .init(ja: "「ウェブ アプリケーション」", en: "**Web application**"),
        ],
        [
          .init(ja: "「承認済みの JavaScript 生成元」", en: "**Authorized JavaScript origins**"),
          oauth?.origin.map { .value($0.value.text) } ?? Self.inNotice,
        ],
        [
          .init(ja: "「承認済みのリダイレクト URI」", en: "**Authorized redirect URIs**"),
          oauth.map { .value($0.redirect.value.text) } ?? Self.inNotice,
        ],
      ])
    page.heading(2, ja: "手順", en: "Steps")
    page.checkboxes(steps)
    page.heading(2, ja: "保存した後の画面", en: "What the screen shows after saving")
    page.checkboxes([
      .init(
        ja: "「APIとサービス」で、**Admin SDK** が有効になっている",
        en: "Under **APIs & Services**, the **Admin SDK** is enabled"),
      .init(
        ja: "「認証情報」の一覧に \(code: Self.name) があり、種類が「ウェブ アプリケーション」である",
        en: "The list under **Credentials** has \(code: Self.name), a **Web application**"),
      .init(
        ja: "それを開くと、生成元とリダイレクト URIが表と1文字も違わない",
        en: "Opened, it has the origins and the redirect URIs of the table, to the letter"),
    ])
    page.heading(2, ja: "確かめること", en: "What to check")
    page.checkboxes([
      .init(
        ja: "MailGatesの管理者画面に、取り込んだ利用者が全員いる",
        en: "MailGates shows all users who were imported"),
      .init(
        ja: "一般の利用者が「Signed in with Google」でログインできる",
        en: "An ordinary user can log in by 「Signed in with Google」"),
    ])
    if case .oauth(let expires?) = connection.server.signIn?.value {
      page.paragraph(
        ja: "クライアント シークレットの期限: \(code: expires.value.description)",
        en: "The client secret expires on \(code: expires.value.description).")
    }
    page.heading(2, ja: "戻し方", en: "The way back")
    addWayBack(to: &page)
    page.source(Catalogue.googleClient.source)
    return page
  }

  private var steps: [MarkdownPhrase] {
    [
      .init(
        ja: """
          \(link: "Google Cloud コンソール", to: GoogleConsole.cloudAddress)に、Google Workspaceの管理者でログインします。
          """,
        en: """
          Sign in to the \(link: "Google Cloud console", to: GoogleConsole.cloudAddress) as an \
          administrator of Google Workspace.
          """),
      .init(
        ja: "新しいプロジェクトを作ります。名前は任意です(例: \(code: Self.name))。",
        en: "Create a new project under any name, such as \(code: Self.name)."),
      .init(
        ja: "「APIとサービス」で **Admin SDK** を有効にします。",
        en: "Under **APIs & Services**, enable the **Admin SDK**."),
      .init(
        ja: "OAuth 同意画面を作り、「ユーザーの種類」を「内部」にします。",
        en: "Set up the OAuth consent screen with the user type **Internal**."),
      .init(
        ja: """
          スコープ(許可する範囲)は、提供元の公開の案内からは分かりません。提供元の手順書に書かれたものだけを加えます。\
          書かれていなければ加えず、提供元に確かめます。
          """,
        en: """
          Which scopes MailGates asks for is not known from public pages. Add only those that the \
          vendor's instructions name; where they name none, add none and ask the vendor.
          """),
      .init(
        ja: "「認証情報」で OAuth クライアント ID を作り、上の表の値を入力します。",
        en: "Under **Credentials**, create an OAuth client ID with the values of the table above."),
      .init(
        ja: """
          表示されたクライアント IDとクライアント シークレットを、MailGatesの管理者画面に登録します。\
          シークレットは、tenant.yamlやメールには書きません。
          """,
        en: """
          Enter the client ID and the client secret in MailGates' console. Never \
          write the secret in tenant.yaml or in mail.
          """),
      isInbound
        ? .init(
          ja: """
            MailGatesに、利用者の一覧を取り込みます。**この取り込みは必須です。** \
            取り込まれていない宛先へのメールは受信されません。
            """,
          en: """
            Import the list of users into MailGates. **The import is mandatory:** mail to people \
            who are not imported is not taken.
            """)
        : .init(
          ja: "MailGatesに、利用者の一覧を取り込みます。**この取り込みは必須です。**",
          en: "Import the list of users into MailGates. **The import is mandatory.**"),
    ]
  }

  private var withdraw: BilingualPage {
    var page = BilingualPage(
      procedure, ja: "\(text: connection.name): OAuth 2.0 クライアントIDを取りやめる",
      en: "\(text: connection.name): Withdraw the OAuth 2.0 client ID")
    addWayBack(to: &page)
    return page
  }

  private func addWayBack(to page: inout BilingualPage) {
    page.numbers([
      condition,
      .init(
        ja: """
          \(link: "Google Cloud コンソール", to: GoogleConsole.cloudAddress)の「認証情報」で、この OAuth クライアント IDを消します。
          """,
        en: """
          In the \(link: "Google Cloud console", to: GoogleConsole.cloudAddress), under \
          **Credentials**, delete this OAuth client ID.
          """),
    ])
  }

  /// What has to be so before the client is deleted, by what is contracted.
  private var condition: MarkdownPhrase {
    switch (isInbound, procedure.services.outbound != nil) {
    case (true, true):
      .init(
        ja: """
          MXが以前のサーバーに戻り、送信もMailGatesを経由していないことを確かめます。経由しているうちに消すと、メールが止まります。
          """,
        en: """
          See that the MX records are back and that no mail is sent by way of MailGates. Deleted \
          too early, mail stops.
          """)
    case (true, false):
      .init(
        ja: "MXが以前のサーバーに戻っていることを確かめます。その前に消すと、メールが止まります。",
        en: "See that the MX records are back. Deleted too early, mail stops.")
    case (false, _):
      .init(
        ja: "送信がMailGatesを経由していないことを確かめます。経由しているうちに消すと、メールが止まります。",
        en: "See that no mail is sent by way of MailGates. Deleted too early, mail stops.")
    }
  }

  private static let name = "MailGates"
  private static let inNotice = MarkdownPhrase(
    ja: "開通通知書に記載", en: "See the opening notice (開通通知書)")
}
