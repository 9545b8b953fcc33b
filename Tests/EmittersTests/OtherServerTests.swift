import Testing

@Suite struct OtherServerTests {
  @Test func theVendorsTermsAndTheServersAddressesAreThere() throws {
    var example = ServerExample(.other)
    example.port = 2525
    example.domains = ["kaede.example", "もみじ.example"]
    let compiled = try example.compiled()
    let blocks = try ServerJudge.page(try compiled.bytes("3-mail-server/main/instructions.md"))
    #expect(blocks.contains { $0.path.contains("td") && $0.text == "借りたサーバー" })
    let start = try ServerJudge.page(try compiled.bytes("3-mail-server/main/start-outbound.md"))
    let cells = start.filter { $0.path.contains("td") }.map(\.text)
    #expect(cells.contains("relay.gateway.example"))
    #expect(cells.contains("2525"))
    #expect(cells.contains("xn--78j0di.example"))
    let items = blocks.filter { $0.path.contains("li") }.map(\.text)
    #expect(items.contains("192.0.2.0/28"))
    #expect(items.contains("203.0.113.80"))
    let text = blocks.map(\.text).joined(separator: "\n")
    for term in [
      "25番ポート", "FQDN", "エンベロープ", "From", "SPF、DKIM、DMARC", "中継は許さない", "24時間365日", "1か月(30日)",
      "提供元のサポート", "start-outbound.md",
    ] {
      #expect(text.contains(term), "\(term)")
    }
  }

  @Test(arguments: [
    ("opportunistic", "使えれば使う"), ("required", "証明書は問わない"), ("certificate", "名前も確かめる"),
  ])
  func tlsIsSaidInWords(level: String, words: String) throws {
    var example = ServerExample(.other)
    example.tls = level
    #expect(try example.compiled().text("3-mail-server/main/start-outbound.md").contains(words))
  }

  /// The server's addresses are named though nothing is sent by way of MailGates.
  @Test func addressesAreListedWithInboundAlone() throws {
    var example = ServerExample(.other)
    example.contract = .inbound
    let page = try example.compiled().text("3-mail-server/main/instructions.md")
    #expect(page.contains("`203.0.113.80`"))
  }
}
