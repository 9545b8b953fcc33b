import Artifacts
import Emitters
import TestSupport
import Testing

@Suite struct ExchangePageTests {
  @Test(arguments: ExchangeTenant.all)
  func thePageNamesExactlyTheScriptsThatThereAre(_ tenant: ExchangeTenant) throws {
    let documents = try tenant.documents()
    let page = try #require(
      ExampleProcedure.text("3-mail-server/m365/microsoft365.md", in: documents))
    let known = [
      "preflight.ps1", "connect.ps1", "start-inbound.ps1", "start-outbound.ps1",
      "8-afterwards/m365/lockdown.ps1", "rollback/3-mail-server/m365/rollback.ps1",
      "rollback/8-afterwards/m365/undo-lockdown.ps1",
    ]
    for name in known {
      let exists = documents.contains {
        $0.path.description.hasSuffix("/" + name) || $0.path.description == name
      }
      #expect(page.contains("`\(name)`") == exists, "\(name)")
    }
    #expect(page.contains("-DelegatedOrganization 'kaedetrading.onmicrosoft.com'"))
    #expect(page.contains("-WhatIf"))
    #expect(page.contains("確かめ") == (tenant.language == "ja"))
  }

  @Test func theOAuthPageSaysWhatIsKnownAndWhatIsNot() throws {
    let path = "3-mail-server/m365/oauth.md"
    let first = try #require(
      ExampleProcedure.text(path, in: try ExchangeTenant().documents()))
    for text in [
      "`https://redirect.gateway.example/`", "24 か月以内", "1〜2 か月前", "UPN",
      "- [ ] `info@kaede.example`", "ログイン免除", "ユーザリストをMAILGATES Σへインポート",
      "| APIのアクセス許可 | 不明です。提供元のPDFに従います。 |",
      "`mailServers[0].microsoft365.signIn.oauth.secretExpires`",
    ] { #expect(first.contains(text), "\(text)") }
    let dated = try #require(
      ExampleProcedure.text(
        path,
        in: try ExchangeTenant(
          language: "en", signIn: "{ oauth: { secretExpires: 2028-10-31 } }", shared: "[]"
        ).documents()))
    for text in ["`2028-08-31`", "`2028-09-30`", "`2028-10-31`", "Unknown", "has none"] {
      #expect(dated.contains(text), "\(text)")
    }
    // No permission is named: the vendor's is not known.
    for page in [first, dated] { #expect(!page.contains("Read.All")) }
  }

  @Test(arguments: ExchangeTenant.all)
  func everyScriptHasItsLineInTheOrderOfUse(_ tenant: ExchangeTenant) throws {
    let documents = try tenant.documents()
    let page = try #require(
      ExampleProcedure.text("3-mail-server/m365/microsoft365.md", in: documents))
    let lines = page.split(separator: "\n").map(String.init)
    func position(_ line: String) throws -> Int {
      try #require(lines.firstIndex { $0 == line }, "\(line)")
    }
    var expected = [
      "Install-Module -Name ExchangeOnlineManagement -Scope CurrentUser",
      "Set-ExecutionPolicy -Scope Process -ExecutionPolicy RemoteSigned",
      "Get-ChildItem -Path 'out' -Recurse -Filter '*.ps1' | Unblock-File",
      "cd 'out\\3-mail-server\\m365'", ".\\check-users.ps1 | Format-Table -Wrap",
      ".\\preflight.ps1 -ExportPath '..\\..\\..\\export.json' | Format-Table -Wrap",
    ]
    func add(_ command: String, keeping tail: String = "") {
      expected += [command + " -WhatIf", command + tail]
    }
    add(".\\connect.ps1")
    if tenant.sealer != nil { add(".\\trust-sealer.ps1") }
    if tenant.hasInbound { add(".\\start-inbound.ps1") }
    if tenant.hasOutbound { add(".\\start-outbound.ps1 -TestRecipient 'you@outside.example'") }
    if tenant.lockdown != nil {
      add(
        "& '..\\..\\8-afterwards\\m365\\lockdown.ps1'",
        keeping: " | Format-List")
      add("& '..\\..\\rollback\\8-afterwards\\m365\\undo-lockdown.ps1'")
      #expect(page.contains("`note this`") && page.contains("-KeepRejectDirectSend"))
    }
    add("& '..\\..\\rollback\\3-mail-server\\m365\\rollback.ps1'")
    let positions = try expected.map(position)
    #expect(positions == positions.sorted())
    #expect(Set(positions).count == expected.count)
  }

  @Test(arguments: ExchangeTenant.all)
  func theTermsOfRelayingStandWhereMailIsRelayed(_ tenant: ExchangeTenant) throws {
    let page = try #require(
      ExampleProcedure.text("3-mail-server/m365/microsoft365.md", in: try tenant.documents()))
    let terms =
      tenant.language == "ja"
      ? [
        "`kaede.example`, `kaede-alias.example`", "エンベロープの送信元", "メールマガジン", "グローバルIPアドレスで制御",
        "どの送信元アドレスからの中継を受け付けるか",
      ]
      : [
        "`kaede.example`, `kaede-alias.example`", "envelope sender", "Newsletters",
        "controlled by the global IP address", "which sending addresses MailGates accepts",
      ]
    for term in terms { #expect(page.contains(term) == tenant.hasOutbound, "\(term)") }
  }

  @Test func theWayBackOfTheOAuthClientIsAPageToo() throws {
    let path = "rollback/3-mail-server/m365/oauth.md"
    for (language, words) in [
      ("ja", ["MXが以前のサーバーに戻り", "「アプリの登録」で、このアプリだけを削除"]),
      ("en", ["the MX records are back", "delete this app alone"]),
    ] {
      let tenant = ExchangeTenant(language: language)
      let page = try #require(ExampleProcedure.text(path, in: try tenant.documents()))
      for word in words { #expect(page.contains(word), "\(word)") }
    }
    let saml = try ExchangeTenant(signIn: "{ saml: { idp: Entra ID, contact: Sato } }").documents()
    #expect(!saml.contains { $0.path.description == path })
  }

  @Test func withSAMLThereIsNoOAuthPage() throws {
    let documents = try ExchangeTenant(signIn: "{ saml: { idp: Entra ID, contact: Sato } }")
      .documents()
    #expect(!documents.contains { $0.path.description.hasSuffix("oauth.md") })
    #expect(documents.contains { $0.path.description.hasSuffix("microsoft365.md") })
  }

  @Test(arguments: ExchangeTenant.all)
  func aPageIsInOneLanguage(_ tenant: ExchangeTenant) throws {
    for document in try tenant.documents() where document.path.description.hasSuffix(".md") {
      let text = String(decoding: document.bytes, as: UTF8.self)
      let kana = text.unicodeScalars.count { (0x3040...0x30FF).contains($0.value) }
      // Names of the vendor's screens stay Japanese; the page of a way back is short.
      let isShort = document.path.description.hasPrefix("rollback/")
      #expect((kana > (isShort ? 30 : 300)) == (tenant.language == "ja"))
    }
  }
}
