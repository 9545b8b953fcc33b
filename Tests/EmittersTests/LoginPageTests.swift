import Testing

@Suite struct LoginPageTests {
  private static let microsoft =
    "microsoft365: { tenant: kaede.onmicrosoft.com, spamBypass: scl, signIn: { oauth: {} }, "
    + "sharedMailboxes: [info@kaede.example] }"
  private static let saml =
    "googleWorkspace: { signIn: { saml: { idp: \"Entra|ID\", contact: 佐藤 } } }"

  private static func page(_ server: String, language: String) throws -> [String] {
    var example = ServerExample()
    example.server = server
    example.language = language
    return try ServerJudge.page(try example.compiled().bytes("1-login/login.md")).map(\.text)
  }

  @Test(arguments: ["ja", "en"])
  func eachServerHasItsAddressAndButton(language: String) throws {
    let own = "https://kaede-mgf.cybermail.jp"
    for (server, address, button) in [
      (Self.microsoft, own, "「Sign in with Microsoft」"),
      ("googleWorkspace: { signIn: { oauth: {} } }", own, "「Signed in with Google」"),
      (Self.saml, own, "「SAML ログイン」"),
      ("other: { description: x }", "https://mgf.cybermail.jp", language == "ja" ? "入力" : "Enter"),
    ] {
      let blocks = try Self.page(server, language: language)
      let row = try #require(blocks.firstIndex(of: "main"))
      #expect(blocks[row + 1] == "kaede.example")
      #expect(blocks[row + 2] == address)
      #expect(blocks[row + 3].contains(button))
    }
  }

  @Test func sharedMailboxesAndTheImportAreNamed() throws {
    let text = try Self.page(Self.microsoft, language: "ja").joined(separator: "\n")
    #expect(text.contains("info@kaede.example"))
    #expect(text.contains("ログイン免除"))
    #expect(text.contains("UPN"))
    #expect(text.contains("取り込むまで"))
    #expect(text.contains("管理者のアカウント") && text.contains("一般の利用者のアカウント"))
  }

  @Test(arguments: ["ja", "en"])
  func theRequestIsFilledIn(language: String) throws {
    var example = ServerExample()
    example.language = language
    example.server = Self.saml
    example.domains = ["kaede.example", "もみじ.example"]
    example.contacts =
      "[{ role: reseller, name: 導入, mail: r@r.example }, "
      + "{ role: customer, name: 佐藤, mail: sato_a@kaede.example }]"
    let values = try Self.request(example)
    #expect(
      values.dropFirst() == [
        "Entra|ID", "佐藤", "sato_a@kaede.example", "kaede.example, もみじ.example (xn--78j0di.example)",
        "MailGates",
      ])
  }

  @Test func aMissingAddressIsLeftToFillIn() throws {
    var example = ServerExample()
    example.server = Self.saml
    #expect(try Self.request(example)[3] == "________________(記入する)")
  }

  private static func request(_ example: ServerExample) throws -> [String] {
    let bytes = try example.compiled().bytes("3-mail-server/main/saml-request.md")
    let cells = try ServerJudge.page(bytes).filter { $0.path.contains("td") }.map(\.text)
    return stride(from: 1, to: cells.count, by: 2).map { cells[$0] }
  }
}
