import Artifacts
import Foundation
import TestSupport
import Testing

@Suite struct PostfixTests {
  @Test func parametersAndRows() throws {
    let host = try #require(PostfixWord("relay.example.jp"))
    let reason = try #require(PostfixValue("Mail is accepted only via its gateway, sorry"))
    var main = PostfixMainCf()
    main.comment("for a\nmynetworks = 0.0.0.0/0")
    main.set("relayhost", "[\(host)]:\(25)")
    main.set("smtpd_client_restrictions", "check_client_access cidr:$config_directory/a.cidr")
    main.set("relayhost", "[\(host)]:\(587)")
    main.set("mynetworks", "")
    #expect(
      main.bytes
        == """
        # for a\\u{A}mynetworks = 0.0.0.0/0
        relayhost = [relay.example.jp]:587
        smtpd_client_restrictions = check_client_access cidr:$config_directory/a.cidr
        mynetworks =

        """.octets)
    var table = PostfixTable(.texthash)
    table.row("[\(host)]:\(25)", "secure match=\(host)")
    table.row("@EXAMPLE.jp", "a")
    table.row("@example.jp", "REJECT \(reason)")
    #expect(
      table.bytes
        == """
        [relay.example.jp]:25  secure match=relay.example.jp
        @example.jp            REJECT Mail is accepted only via its gateway, sorry

        """.octets)
  }

  @Test(arguments: [
    "", " a", "a ", "\u{3000}a", "a\nb", "a\r", "a\u{0}", "$a", "{", "}", "a # b", "\u{1B}",
    "a\u{85}",
    "a\u{2028}b", "\u{202E}",
  ])
  func whatCannotBeWrittenCannotBeMade(text: String) {
    #expect(PostfixValue(text) == nil)
    #expect(PostfixWord(text) == nil)
  }

  @Test(arguments: ["a b", "a,b", "\"a", "a\\", "a\u{A0}b", "alias:"])
  func aWordIsOneElement(text: String) {
    #expect(PostfixValue(text) != nil)
    #expect(PostfixWord(text) == nil)
    #expect(PostfixWord("2001:db8::") != nil)
  }
}
