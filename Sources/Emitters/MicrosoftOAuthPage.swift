internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel

/// oauth.md: the OAuth client by which MailGates knows the users of Microsoft 365
/// (article 900005830683).
struct MicrosoftOAuthPage {
  let procedure: Procedure
  let connection: MailServerConnection
  let settings: Microsoft365

  var page: MarkdownPage {
    let name = connection.server.name.value.text
    var page = MarkdownPage()
    page.heading(
      1,
      say(
        "OAuth 2.0 クライアントIDの設定: Microsoft 365 \(code: name)",
        "The OAuth 2.0 client ID: Microsoft 365 \(code: name)"))
    page.paragraph(
      say(
        """
        MailGatesがMicrosoft 365の利用者を知るための設定です。どのご契約でも必要です。\
        この設定と利用者の一覧の取り込みが済むまで、利用者はログインできず、メールも受信できません。
        """,
        """
        This lets MailGates know the users of Microsoft 365. Every contract needs it. Until it is done and
        the user list is imported, users cannot log in and mail is not received.
        """))
    addPreparation(to: &page)
    addValues(to: &page)
    addRegistration(to: &page)
    addImport(to: &page)
    addRenewal(to: &page)
    addWayBack(to: &page)
    return page
  }

  /// The way back alone.
  var withdrawal: MarkdownPage {
    let name = connection.server.name.value.text
    var page = MarkdownPage()
    page.heading(
      1,
      say(
        "OAuth 2.0 クライアントIDを取りやめる: Microsoft 365 \(code: name)",
        "Withdraw the OAuth 2.0 client ID: Microsoft 365 \(code: name)"))
    addSteps(back: &page)
    return page
  }

  private func say(_ ja: Markdown, _ en: Markdown) -> Markdown {
    procedure.say(MarkdownPhrase(ja: ja, en: en))
  }

  private var expiry: CalendarDate? {
    if case .oauth(let expires) = settings.signIn.value { expires?.value } else { nil }
  }

  /// The key of tenant.yaml that takes the date.
  private var key: String {
    let servers = procedure.tenant.mailServers
    let index = servers.firstIndex { $0.name.value == connection.server.name.value } ?? 0
    return "mailServers[\(index)].microsoft365.signIn.oauth.secretExpires"
  }

  private func addPreparation(to page: inout MarkdownPage) {
    page.heading(2, say("準備", "Before"))
    page.checkboxes([
      say(
        "すべての利用者のUPN(「ユーザー プリンシパル名」)がメールアドレスと同じです。違う利用者はMailGatesを使えません。",
        "Every user's UPN (user principal name) equals the mail address. Others cannot use MailGates."
      ),
      say(
        "アプリの登録と管理者の同意ができる役割のアカウントがあります。",
        "There is an account whose role may register apps and give admin consent."),
      say(
        "提供元のPDF「【Microsoft 365】 OAuth 2.0 クライアントID設定」が手元にあります。",
        "The vendor's PDF 「【Microsoft 365】 OAuth 2.0 クライアントID設定」 is at hand."),
    ])
  }

  private func addValues(to page: inout MarkdownPage) {
    page.heading(2, say("入力する値", "Values"))
    var rows: [[Markdown]] = []
    if let redirect = procedure.tenant.notice?.oauth?.redirect.value.text {
      rows.append([say("リダイレクト URI", "Redirect URI (リダイレクト URI)"), "\(code: redirect)"])
    }
    rows += [
      [say("対象のテナント", "Tenant"), "\(code: settings.tenant.value.ascii)"],
      [
        say("名前", "Name"),
        say("任意です。例: \(code: "MailGates")", "As you like, such as \(code: "MailGates")"),
      ],
      [
        say("クライアント シークレットの有効期限", "Expiry of the client secret"),
        say(
          "\(Catalogue.secretMonths.value) か月以内", "\(Catalogue.secretMonths.value) months at most"),
      ],
      [
        say("サポートされているアカウントの種類", "Supported account types"),
        registration.map(accounts) ?? unknown,
      ],
      [
        say("リダイレクト URIのプラットフォーム", "Platform of the redirect URI"),
        registration.map(platform) ?? unknown,
      ],
      [say("APIのアクセス許可", "API permissions"), registration.map(permissions) ?? unknown],
    ]
    page.table(header: [say("項目", "Field"), say("値", "Value")], rows: rows)
    guard registration == nil else { return }
    page.paragraph(
      say(
        "不明の項目は、公開資料で確かめられなかったものです。推測で選ばないでください。",
        "What is unknown could not be confirmed by public documents. Do not guess it."))
  }

  private var registration: EntraRegistration? { settings.registration }

  private var unknown: Markdown {
    say("不明です。ベンダーのPDFに従います。", "Unknown: as the vendor's PDF says.")
  }

  private func accounts(_ registration: EntraRegistration) -> Markdown {
    switch registration.accounts {
    case .thisTenant: say("この組織だけ", "This organization only")
    case .anyTenant: say("任意の組織", "Any organization")
    }
  }

  private func platform(_ registration: EntraRegistration) -> Markdown {
    switch registration.platform {
    case .web: "Web"
    case .spa: say("シングルページ アプリケーション", "Single-page application")
    }
  }

  private func permissions(_ registration: EntraRegistration) -> Markdown {
    let application = registration.application.map { permission in
      say(
        "\(code: permission.value.text)(アプリケーション)", "\(code: permission.value.text) (application)")
    }
    let delegated = registration.delegated.map { permission in
      say("\(code: permission.value.text)(委任)", "\(code: permission.value.text) (delegated)")
    }
    let all = application + delegated
    return all.isEmpty ? say("なし", "None") : all.joined(separator: ", ")
  }

  /// The script that does what the screens do.
  private func addScript(to page: inout MarkdownPage) {
    page.heading(2, say("スクリプトで登録する", "Register the app by a script"))
    page.paragraph(
      say(
        """
        \(code: "oauth-app.ps1") が、上の値でアプリを登録します。何度実行してもかまいません。シークレットは \
        \(code: "-NewSecret") を付けたときだけ作成し、画面に一度だけ表示します。ファイルにもトランスクリプトにも残りません。
        """,
        """
        \(code: "oauth-app.ps1") registers the app with these values, and may be run any number of times. Only
        with \(code: "-NewSecret") it makes a secret, shown once on the screen and written to no file and no
        transcript.
        """))
    page.codeBlock(
      """
      Install-Module -Name Microsoft.Graph.Applications, Microsoft.Graph.Identity.DirectoryManagement -Scope CurrentUser
      Connect-MgGraph -Scopes 'Application.ReadWrite.All', 'Organization.Read.All'
      .\\oauth-app.ps1 -WhatIf
      .\\oauth-app.ps1 | Format-List
      """)
    page.checkboxes([
      say(
        "表示された \(code: "admin consent") のリンクを、管理者で開いて同意します。",
        "Open the link \(code: "admin consent") as an administrator, and consent."),
      say(
        "表示された \(code: "client ID") を、MailGatesの管理画面に入力します。",
        "Enter \(code: "client ID") in the console of MailGates."),
      say(
        """
        MailGatesのシークレットの入力欄を開いてから、\(code: ".\\oauth-app.ps1 -NewSecret") を実行し、表示された値を\
        貼り付けます。Enterを押すと画面が消えます。
        """,
        """
        Open the field for the secret in MailGates first, then run \(code: ".\\oauth-app.ps1 -NewSecret") and
        paste the value. Enter clears the window.
        """),
      say(
        "シークレットの期限の日付だけを \(code: "tenant.yaml") の \(code: key) に書きます。",
        "Write only the date of expiry to \(code: key) of \(code: "tenant.yaml")."),
    ])
    page.paragraph(
      say(
        "スクリプトを使わないときは、次の画面で同じことをします。",
        "Without the script, the screens below do the same."))
  }

  private func addRegistration(to page: inout MarkdownPage) {
    if registration != nil, procedure.tenant.notice?.oauth != nil { addScript(to: &page) }
    page.heading(2, say("アプリの登録", "Register the app"))
    page.paragraph(
      say(
        "画面の名称は変わることがあります。見当たらないときは提供元のPDFを優先してください。",
        "Labels of the screens change at times. Where they differ, the vendor's PDF comes first."))
    page.checkboxes([
      say(
        """
        Microsoft Entra 管理センター(\(link: "https\\://entra.microsoft.com/", to: "https://entra.microsoft.com/"))に\
        管理者でサインインします。
        """,
        """
        Sign in to the Microsoft Entra admin center
        (\(link: "https\\://entra.microsoft.com/", to: "https://entra.microsoft.com/")) as an administrator.
        """),
      say(
        "「アプリの登録」を開き、「新規登録」を押します。", "Open **App registrations** and choose **New registration**."),
      say(
        "名前、アカウントの種類、リダイレクト URIを上の表のとおりに入れて「登録」を押します。",
        "Enter name, account types and redirect URI as in the table and choose **Register**."),
      say(
        "「概要」の「アプリケーション (クライアント) ID」と「ディレクトリ (テナント) ID」を控えます。",
        "Note **Application (client) ID** and **Directory (tenant) ID** on **Overview**."),
      say(
        "「API のアクセス許可」で、提供元のPDFにある許可を追加し、管理者の同意を与えます。",
        "On **API permissions** add what the vendor's PDF names and grant admin consent."),
      say(
        """
        「証明書とシークレット」で「新しいクライアント シークレット」を作ります。有効期限は\
        \(Catalogue.secretMonths.value) か月以内です。「値」は一度しか表示されません。
        """,
        """
        On **Certificates & secrets** make a **New client secret** of \(Catalogue.secretMonths.value) months
        at most. Its **Value** is shown only once.
        """),
      say(
        """
        IDとシークレットの値を、MailGatesの管理者画面に入力します。画面の場所は公開資料にないため、提供元のPDFに従います。\
        シークレットの値は、\(code: "tenant.yaml") にもメールにも書かないでください。
        """,
        """
        Enter the IDs and the value of the secret in the console of MailGates. Public documents do not name
        the screen: follow the vendor's PDF. Never write the value into \(code: "tenant.yaml") or a mail.
        """),
      say(
        "シークレットの期限の日付だけを \(code: "tenant.yaml") の \(code: key) に書きます(例: \(code: "2028-10-31"))。",
        "Write only the date of expiry to \(code: key) of \(code: "tenant.yaml"), such as \(code: "2028-10-31")."
      ),
    ])
  }

  private func addImport(to page: inout MarkdownPage) {
    page.heading(2, say("利用者の一覧の取り込み", "Import the user list"))
    page.checkboxes([
      say(
        "提供元のPDFの「ユーザリストをMAILGATES Σへインポート」のとおりに、利用者の一覧を取り込みます。必須です。",
        "Import the users as 「ユーザリストをMAILGATES Σへインポート」 of the vendor's PDF says. It is mandatory."),
      say(
        "取り込んだ件数が、Microsoft 365の利用者の数と合っています。",
        "The number of users imported matches that of Microsoft 365."),
      say(
        "一般利用者が1人、MailGatesにログインできます。",
        "One ordinary user can log in to MailGates."),
    ])
    page.heading(3, say("共有メールボックス", "Shared mailboxes"))
    if settings.sharedMailboxes.isEmpty {
      page.paragraph(
        say(
          """
          共有メールボックスはログインできないため、MailGatesで「ログイン免除」が必要です。\
          \(code: "tenant.yaml") の \(code: "sharedMailboxes") には1件も書かれていません。あれば追加してください。
          """,
          """
          Shared mailboxes cannot log in and need 「ログイン免除」 in MailGates. \(code: "sharedMailboxes") of
          \(code: "tenant.yaml") has none. Add those that there are.
          """))
    } else {
      page.paragraph(
        say(
          "共有メールボックスはログインできないため、MailGatesで「ログイン免除」を設定します。",
          "Shared mailboxes cannot log in. Set 「ログイン免除」 in MailGates for each."))
      page.checkboxes(settings.sharedMailboxes.map { "\(code: $0.value.description)" })
    }
  }

  private func addRenewal(to page: inout MarkdownPage) {
    let months = Catalogue.secretRenewalMonths.value
    page.heading(2, say("シークレットの更新", "Renew the secret"))
    page.paragraph(
      say(
        """
        期限が切れると、メールが止まることがあります。切れる前に通知は届きません。期限の1〜\(months) か月前に、\
        提供元のPDFの「クライアントシークレット更新手順(2年毎)」のとおりに更新し、\(code: "secretExpires") を書き換えます。
        """,
        """
        Once it has expired, mail may stop, and nobody is told beforehand. Renew it 1 to \(months) months
        before, as 「クライアントシークレット更新手順(2年毎)」 of the vendor's PDF says, and change
        \(code: "secretExpires").
        """))
    if let expiry {
      page.table(
        header: [say("日付", "Date"), say("すること", "What to do")],
        rows: [
          [
            "\(code: expiry.adding(months: -months).description)",
            say("この日から更新できます。", "Renew it from this day on."),
          ],
          [
            "\(code: expiry.adding(months: -1).description)",
            say("この日までに更新を終えます。", "Have it renewed by this day."),
          ],
          ["\(code: expiry.description)", say("シークレットの期限です。", "The secret expires.")],
        ])
    } else {
      page.paragraph(
        say(
          "期限の日付はまだ \(code: "tenant.yaml") にありません。シークレットを作成したら、\(code: key) に書いてください。",
          "\(code: "tenant.yaml") does not have the date yet. Write it to \(code: key) once the secret is made."
        ))
    }
  }

  private func addWayBack(to page: inout MarkdownPage) {
    page.heading(2, say("戻し方", "The way back"))
    addSteps(back: &page)
  }

  private func addSteps(back page: inout MarkdownPage) {
    page.numbers([
      say(
        """
        MXが以前のサーバーに戻り、送信もMailGatesを経由していないことを確かめます。経由しているうちに削除すると、\
        メールが止まります。
        """,
        """
        See that the MX records are back and that no mail is sent by way of MailGates. Deleted too early,
        mail stops.
        """),
      say(
        """
        Microsoft Entra 管理センター(\(link: "https\\://entra.microsoft.com/", to: "https://entra.microsoft.com/"))の\
        「アプリの登録」で、このアプリだけを削除します。
        """,
        """
        In the Microsoft Entra admin center
        (\(link: "https\\://entra.microsoft.com/", to: "https://entra.microsoft.com/")), under
        **App registrations**, delete this app alone.
        """),
    ])
  }
}
