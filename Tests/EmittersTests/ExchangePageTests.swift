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
      "| APIのアクセス許可 | 不明です。ベンダーのPDFに従います。 |",
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
      // Names of the vendor's screens stay Japanese.
      #expect((kana > 300) == (tenant.language == "ja"))
    }
  }
}
