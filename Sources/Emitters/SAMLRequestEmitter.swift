internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel

extension Emitter {
  /// The form with which the vendor is asked to enable SAML.
  static let samlRequest = Emitter { procedure in
    procedure.connections.flatMap { connection -> [Artifact] in
      guard case .saml(let idp, let contact) = connection.server.signIn?.value else { return [] }
      return [
        Artifact(
          connection.folder(of: .mailServer) + "saml-request.md",
          request(procedure, connection, idp: idp.value.text, contact: contact.value.text)),
        Artifact(
          connection.rollbackFolder(of: .mailServer) + "saml-request.md",
          withdrawal(procedure, connection)),
      ]
    }
  }

  private static func request(
    _ procedure: Procedure, _ connection: MailServerConnection, idp: String, contact: String
  ) -> BilingualPage {
    var page = BilingualPage(
      procedure, ja: "\(text: connection.name): SAML認証の申請",
      en: "\(text: connection.name): Request for SAML")
    page.heading(2, ja: "IdPの設定", en: "The identity provider")
    page.paragraph(
      ja: "使うIdPに、提供元の記事のとおりにMailGatesを登録し、メタデータのXMLファイルを取り出します。",
      en: """
        Register MailGates at the identity provider by the vendor's article, and take the XML file \
        with its metadata from there.
        """)
    page.checkboxes(
      Catalogue.samlProviders.map { provider in
        .init(both: "\(link: "\(text: provider.value)", to: provider.source)")
      })
    page.heading(2, ja: "申請", en: "The request")
    page.paragraph(
      ja: """
        SAML認証は、お客様の画面では設定できません。IdPを設定してから、提供元のサポートサイトの「新規問い合わせ」で\
        次の内容を送ると、提供元が有効にします。OAuth 2.0 クライアントIDは要りません。
        """,
      en: """
        There is no screen to turn SAML on. Set up the identity provider, then send this by \
        「新規問い合わせ」 on the vendor's support site; the vendor enables it. No OAuth 2.0 client \
        ID is needed.
        """)
    page.table(
      header: [.init(ja: "項目", en: "Field"), .init(ja: "内容", en: "What to write")],
      rows: [
        [
          .init(ja: "メタデータ", en: "メタデータ (metadata)"),
          .init(ja: "IdPから取り出したXMLファイルを添付", en: "Attach the XML file of the identity provider"),
        ],
        [
          .init(ja: "IdPサービス名", en: "IdPサービス名 (identity provider)"),
          .init(both: "\(text: idp)"),
        ],
        [.init(ja: "担当者名", en: "担当者名 (person in charge)"), .init(both: "\(text: contact)")],
        [
          .init(ja: "担当者メールアドレス", en: "担当者メールアドレス (mail address)"),
          mail(of: contact, in: procedure.tenant),
        ],
        [.init(ja: "対象ドメイン", en: "対象ドメイン (domains)"), .init(both: codes(connection.domains))],
        [.init(ja: "対象サービス", en: "対象サービス (services)"), .init(both: "MailGates")],
      ])
    page.paragraph(
      ja: "貼り付ける文面(メタデータのXMLファイルを添付します):",
      en: "To paste, with the XML file attached; the fields have the vendor's own names:")
    page.code(letter(procedure, connection, idp: idp, contact: contact))
    page.heading(2, ja: "確かめること", en: "What to check")
    var checks: [MarkdownPhrase] = [
      .init(
        ja: "提供元から、有効にしたという連絡があった", en: "The vendor has said that SAML is enabled"),
      .init(
        ja: "「SAML 認証」を押し、ドメインを入力して「SAML ログイン」からログインできた(PCの画面のみ)",
        en: "A login by 「SAML 認証」, the domain and 「SAML ログイン」 worked (on the PC screen only)"),
    ]
    if procedure.services.inbound != nil {
      checks.append(
        .init(
          ja: "MXの切替の前に、メールを受信するアカウントがすべてMailGatesに登録されている(登録の方法は提供元のサポート窓口に確かめます)",
          en: """
            Before the MX records change, all accounts that receive mail are registered in \
            MailGates (ask the vendor's support how)
            """))
    }
    page.checkboxes(checks)
    page.source(Catalogue.samlRequest.source)
    return page
  }

  /// The request as text to send.
  private static func letter(
    _ procedure: Procedure, _ connection: MailServerConnection, idp: String, contact: String
  ) -> String {
    let address = address(of: contact, in: procedure.tenant) ?? blank
    let domains = connection.domains.map(\.name.value.ascii).joined(separator: ", ")
    return """
      件名: SAML認証の申請(\(procedure.tenant.name.value.text))

      メタデータ: 添付のXMLファイル
      IdPサービス名: \(idp)
      担当者名: \(contact)
      担当者メールアドレス: \(address)
      対象ドメイン: \(domains)
      対象サービス: MailGates
      """
  }

  private static let blank = "________________"

  private static func mail(of contact: String, in tenant: Tenant) -> MarkdownPhrase {
    address(of: contact, in: tenant).map { .value($0) }
      ?? .init(ja: "\(text: blank)(記入する)", en: "\(text: blank) (fill in)")
  }

  /// The address of the customer's contact, that of the same name if there are several.
  private static func address(of contact: String, in tenant: Tenant) -> String? {
    let customers = tenant.contacts.filter { $0.role == .customer }
    let person = customers.first { $0.name.value.text == contact } ?? customers.first
    return person?.mail.value.description
  }

  private static func withdrawal(
    _ procedure: Procedure, _ connection: MailServerConnection
  ) -> BilingualPage {
    var page = BilingualPage(
      procedure, ja: "\(text: connection.name): SAML認証を取りやめる",
      en: "\(text: connection.name): Withdraw SAML")
    page.paragraph(
      ja: """
        提供元のサポートサイトの「新規問い合わせ」で、SAML認証を無効にするよう依頼します。ほかのログイン方法を用意してから\
        行います。無効になると、\(codes(connection.domains)) の利用者はSAMLでログインできません。
        """,
      en: """
        Ask the vendor by 「新規問い合わせ」 on its support site to disable SAML, once there is \
        another way to log in. From then on nobody of \(codes(connection.domains)) logs in by SAML.
        """)
    return page
  }
}
