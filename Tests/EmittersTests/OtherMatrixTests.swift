import Testing

/// Which files the contract and the mail server bring, as the tables of the onboarding article
/// say; OAuth with either service, each gateway with its own.
@Suite struct OtherMatrixTests {
  private static let closing = "{ address: {} }"

  private static func expected(
    _ server: ServerExample.Server, _ contract: ServerExample.Contract
  ) -> [String] {
    let now = "3-mail-server/main/"
    let later = "8-afterwards/main/"
    let inbound = contract.hasInbound
    var start =
      contract.hasOutbound ? ["", "rollback/"].map { $0 + now + "start-outbound.md" } : []
    // The vendor is told the addresses of servers that have some of their own.
    if contract.hasOutbound, server != .google { start.append("3-mail-server/vendor-notice.md") }
    switch server {
    case .google:
      var files = ["gateway.md", "oauth.md"].flatMap { [now + $0, "rollback/" + now + $0] }
      if inbound { files += [later + "gateway.md", "rollback/" + later + "gateway.md"] }
      return files + start
    case .postfix:
      var files = [now + "postfix.md", "rollback/" + now + "postfix.md"]
      if inbound {
        files += [
          now + "main.cf", now + "mailgates_clients.cidr", later + "mailgates_clients.cidr",
          later + "postfix.md", now + "connect.sh", "rollback/" + now + "disconnect.sh",
          later + "lockdown.sh", "rollback/" + later + "reopen.sh",
          "rollback/" + later + "mailgates_clients.cidr", "rollback/" + later + "postfix.md",
        ]
      }
      if contract.hasOutbound {
        files += [
          now + "start-outbound.cf", now + "mailgates_sender_relay", now + "mailgates_tls_policy",
          now + "start-outbound.sh", "rollback/" + now + "stop-outbound.sh",
        ]
      }
      return files + start
    case .other: return [now + "instructions.md", "rollback/" + now + "instructions.md"] + start
    }
  }

  @Test(arguments: ServerExample.Server.allCases, ServerExample.Contract.allCases)
  func filesAreThoseOfTheArticle(
    server: ServerExample.Server, contract: ServerExample.Contract
  ) throws {
    var example = ServerExample(server, lockdown: server == .other ? nil : Self.closing)
    example.contract = contract
    let compiled = try example.compiled()
    let files = [
      "3-mail-server/", "8-afterwards/main/", "rollback/3-", "rollback/8-afterwards/main/",
    ]
    .flatMap { compiled.paths(below: $0) }
    #expect(files.sorted() == Self.expected(server, contract).sorted())
    #expect(compiled.paths(below: "1-login/") == ["1-login/login.md"])
  }

  @Test(arguments: ServerExample.Server.allCases, ServerExample.Contract.allCases)
  func nothingIsClosedUnasked(
    server: ServerExample.Server, contract: ServerExample.Contract
  ) throws {
    var example = ServerExample(server)
    example.contract = contract
    #expect(try example.compiled().paths(below: "8-afterwards/main/") == [])
  }

  /// A page shows only the half that the contract asks for, in the tenant's language only.
  @Test(arguments: ServerExample.Server.allCases, ServerExample.Contract.allCases)
  func pagesHoldWhatIsAskedFor(
    server: ServerExample.Server, contract: ServerExample.Contract
  ) throws {
    var paths: [String] = []
    var bytes: [UInt8] = []
    for language in ["ja", "en"] {
      var example = ServerExample(server)
      example.contract = contract
      example.language = language
      let compiled = try example.compiled()
      for path in compiled.paths(below: "3-mail-server/") + compiled.paths(below: "rollback/3-")
      where path.hasSuffix(".md") {
        paths.append(language + " " + path)
        bytes += try compiled.bytes(path) + [0x0A]
      }
    }
    // All pages at once: starting the judge is what takes long.
    let pages = try ServerJudge.page(bytes).reduce(into: [[ServerJudge.Block]]()) { pages, block in
      if block.path == ["h1"] { pages.append([]) }
      pages[pages.count - 1].append(block)
    }
    #expect(pages.count == paths.count)
    for (path, page) in zip(paths, pages) {
      let text = page.map(\.text).joined(separator: "\n")
      if !path.contains("rollback"), !path.hasSuffix("oauth.md") {
        let isStart =
          path.hasSuffix("start-outbound.md") || path.hasSuffix("vendor-notice.md")
        #expect(text.contains("192.0.2.0/28") == (contract.hasInbound && !isStart), "\(path)")
        #expect(text.contains("relay.gateway.example") == contract.hasOutbound, "\(path)")
        #expect(isStart || text.contains("kaede.example"), "\(path)")
        // Terms of mail that is not contracted are no one's business.
        for words in ["texthash", "smtp_tls_security_level"] {
          #expect(contract.hasOutbound || !text.contains(words), "\(path)")
        }
        for words in ["MXの切替", "MXが", "MX records", "cidr", "smtpd_client_restrictions"] {
          #expect(contract.hasInbound || !text.contains(words), "\(path): \(words)")
        }
      }
      // But for the letter that is sent in Japanese, and what a console in Japanese shows.
      let own = page.filter { $0.path != [] || path.hasPrefix("ja") }.map(\.text)
        .filter { !$0.hasPrefix("Where the console is in Japanese") }.joined(separator: "\n")
      // Nor do names of screens count.
      let isJapanese = own.replacing("借りたサーバー", with: "").replacing("新規問い合わせ", with: "")
        .unicodeScalars.contains { (0x3040...0x309F).contains($0.value) }
      #expect(isJapanese == path.hasPrefix("ja"), "\(path)")
    }
  }
}
