internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel

extension Emitter {
  /// Step 1: where to log in, with which button, and who tries it.
  static let login = Emitter { procedure in
    guard procedure.asks(for: .login) else { return [] }
    var page = BilingualPage(procedure, ja: "MailGatesへのログイン", en: "Log in to MailGates")
    page.paragraph(
      ja: """
        MailGatesは、メールサーバーと同じメールアドレスとパスワードでログインします。MailGatesはパスワードを持ちません。
        """,
      en: """
        MailGates is logged in to with the address and password of the mail server. It keeps no \
        passwords of its own.
        """)
    page.table(
      header: [
        .init(ja: "メールサーバー", en: "Mail server"), .init(ja: "ドメイン", en: "Domains"),
        .init(ja: "ログインするアドレス", en: "Log in at"), .init(ja: "方法", en: "How"),
      ],
      rows: procedure.connections.map { connection in
        [
          .value(connection.name), .init(both: codes(connection.domains)),
          procedure.tenant.loginAddress(of: connection.server).map { .value($0) }
            ?? .init(ja: "開通通知書に記載", en: "See the opening notice (開通通知書)"),
          button(of: connection.server),
        ]
      })
    page.heading(2, ja: "確かめること", en: "What to check")
    page.checkboxes(checks(procedure))
    page.heading(2, ja: "一般の利用者のログイン", en: "Logins of ordinary users")
    page.bullets(ordinary(procedure))
    page.source(Catalogue.loginAddress.source)
    return [Artifact(Step.login.path + "login.md", page)]
  }

  private static func button(of server: MailServer) -> MarkdownPhrase {
    switch (server.signIn?.value, server.family) {
    case (.saml, _):
      .init(
        ja: "「SAML 認証」を押し、ドメインを入力して「SAML ログイン」を押す(PCの画面のみ)",
        en: "「SAML 認証」, enter the domain, then 「SAML ログイン」 (on the PC screen only)")
    case (.oauth, .googleWorkspace):
      .init(ja: "「Signed in with Google」を押す", en: "「Signed in with Google」")
    case (.oauth, _): .init(ja: "「Sign in with Microsoft」を押す", en: "「Sign in with Microsoft」")
    case (nil, _):
      .init(
        ja: "メールアドレスと、メールサーバーのパスワードを入力する",
        en: "Enter the mail address and its password on the mail server")
    }
  }

  private static func checks(_ procedure: Procedure) -> [MarkdownPhrase] {
    procedure.connections.flatMap { connection -> [MarkdownPhrase] in
      [
        .init(
          ja: "\(code: connection.name): 管理者のアカウントでログインできた(管理者アカウントは開通通知書に記載)",
          en: """
            \(code: connection.name): an administrator logged in (the opening notice, 開通通知書, \
            names the account)
            """),
        .init(
          ja: "\(code: connection.name): 一般の利用者のアカウントでログインできた",
          en: "\(code: connection.name): an ordinary user logged in"),
      ]
    }
  }

  private static func ordinary(_ procedure: Procedure) -> [MarkdownPhrase] {
    var items: [MarkdownPhrase] = []
    for connection in procedure.connections {
      let name = connection.name
      switch connection.server.signIn?.value {
      case .oauth:
        items.append(
          .init(
            ja: """
              \(code: name): 手順3(OAuth 2.0 クライアントIDの設定)で利用者を取り込むまで、ログインできるのは管理者だけです。\
              一般の利用者は取り込みの後で確かめます。
              """,
            en: """
              \(code: name): until step 3 (OAuth 2.0 client ID) has imported the users, only the \
              administrator can log in. Check an ordinary user after the import.
              """))
      case .saml:
        items.append(
          .init(
            ja: "\(code: name): 手順3(SAML認証の申請)の後、提供元が有効にするまでログインできません。",
            en: """
              \(code: name): nobody can log in until the vendor has enabled SAML, after step 3 \
              (request for SAML).
              """))
      case nil:
        items.append(
          .init(
            ja: """
              \(code: name): MailGatesはメールサーバーにパスワードを確かめます。POP3、SMTPまたはLDAPでの認証を、\
              MailGatesに許しておきます。
              """,
            en: """
              \(code: name): MailGates asks the mail server whether the password is right. Let it \
              do so by POP3, SMTP or LDAP.
              """))
      }
      if case .microsoft365(let server) = connection.server.kind {
        items.append(
          .init(
            ja: "\(code: name): Microsoft 365のUPNとメールアドレスが同じでなければログインできません。",
            en: "\(code: name): the UPN in Microsoft 365 has to be the mail address."))
        if !server.sharedMailboxes.isEmpty {
          let addresses = server.sharedMailboxes
            .map { "\(code: $0.value.description)" as Markdown }.joined(separator: ", ")
          items.append(
            .init(
              ja: """
                \(code: name): 共有メールボックス(\(addresses))はログインできません。\
                使う機能によっては「ログイン免除」を設定します。
                """,
              en: """
                \(code: name): shared mailboxes (\(addresses)) cannot log in. Some features need \
                「ログイン免除」 to be set for them.
                """))
        }
      }
    }
    return items
  }
}
