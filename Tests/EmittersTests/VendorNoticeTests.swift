import TestSupport
import Testing

/// What goes to the vendor: the letter with the source addresses, and the request for SAML.
@Suite struct VendorNoticeTests {
  private static let domains = """
    domains:
      - { name: kaede.example, mailServer: main, cutover: 2027-03-01T22:00:00+09:00 }
      - { name: もみじ.example, mailServer: cloud, cutover: 2027-04-01T22:00:00+09:00 }
    """

  private static func example(_ language: String) -> ServerExample {
    var example = ServerExample(.postfix)
    example.language = language
    example.server = """
      postfix: { host: mail.kaede.example, addresses: [203.0.113.25, 203.0.113.26] }
        - name: cloud
          googleWorkspace: { signIn: { saml: { idp: Entra ID, contact: 佐藤 } } }
      """
    example.contacts =
      "[{ role: customer, name: 佐藤, mail: sato@kaede.example }, "
      + "{ role: reseller, name: R, mail: r@reseller.example }]"
    return example
  }

  private static func compiled(_ language: String) throws -> ExampleProcedure {
    let yaml = example(language).yaml.replacing(
      "domains: [{ name: \"kaede.example\" }]", with: domains)
    return try ExampleProcedure(yaml + "\n")
  }

  private static func letters(_ page: String) -> [Substring] {
    page.split(separator: "```text\n").dropFirst().compactMap { $0.split(separator: "\n```").first }
  }

  /// Thirty days before the first cutover, whatever the months' lengths.
  @Test(arguments: [("ja", "2027年1月30日(土)", 1), ("en", "Sat 30 Jan 2027", 2)])
  func theLetterIsFilledIn(language: String, day: String, count: Int) throws {
    let compiled = try Self.compiled(language)
    let page = try compiled.text("3-mail-server/vendor-notice.md")
    let letters = Self.letters(page)
    #expect(letters.count == count)
    for letter in letters {
      for value in [
        "楓商事", "relay.gateway.example:25", "Postfix (mail.kaede.example)", "kaede.example",
        "203.0.113.25, 203.0.113.26", "Google Workspace", "xn--78j0di.example",
        "R <r@reseller.example>",
      ] { #expect(letter.contains(value), "\(value)") }
      #expect(!letter.contains("____"))
    }
    #expect(letters[0].split(separator: "\n").contains(Substring(day)))
    #expect(page.contains("| \(day) |"))
    let runbook = try compiled.text("RUNBOOK.md")
    #expect(runbook.contains("`3-mail-server/vendor-notice.md`"))
    #expect(runbook.contains(language == "ja" ? "\(day) 22:00 (+09:00) まで" : "until \(day) 22:00"))
  }

  @Test func withoutADateItIsLeftToFillIn() throws {
    var example = ServerExample(.other)
    example.contract = .outbound
    let page = try example.compiled().text("3-mail-server/vendor-notice.md")
    #expect(Self.letters(page).count == 1 && page.contains("使い始める日: ________________"))
  }

  @Test(arguments: ServerExample.Server.allCases, ServerExample.Contract.allCases)
  func onlyAddressesThatRelayAreTold(
    server: ServerExample.Server, contract: ServerExample.Contract
  ) throws {
    var example = ServerExample(server)
    example.contract = contract
    let paths = try example.compiled().paths(below: "3-mail-server/vendor")
    #expect(paths.isEmpty == (server == .google || !contract.hasOutbound))
  }

  @Test(arguments: ["ja", "en"])
  func theRequestForSAMLCanBePasted(language: String) throws {
    let page = try Self.compiled(language).text("3-mail-server/cloud/saml-request.md")
    let letter = try #require(Self.letters(page).first)
    #expect(
      letter.split(separator: "\n").dropFirst() == [
        "メタデータ: 添付のXMLファイル", "IdPサービス名: Entra ID", "担当者名: 佐藤",
        "担当者メールアドレス: sato@kaede.example", "対象ドメイン: xn--78j0di.example",
        "対象サービス: MailGates",
      ])
    for article in ["900001747846", "900001982146", "900001317366", "4409919245465"] {
      #expect(page.contains(article))
    }
  }

  /// Each domain has the work of its own server and none of another's; a parked one none of any.
  @Test(arguments: ["ja", "en"])
  func eachDomainHasItsOwnSteps(language: String) throws {
    let yaml = Self.example(language).yaml.replacing(
      "domains: [{ name: \"kaede.example\" }]",
      with: Self.domains + """

          - { name: alias.example, role: alias, mailServer: main }
          - { name: parked.example, role: parked }
        """)
    let compiled = try ExampleProcedure(yaml + "\n")
    let page = try compiled.text("domains.md")
    let parts = page.split(separator: "\n## ").dropFirst().map(String.init)
    #expect(parts.count == 4)
    let own = [("3-mail-server/main`", 0), ("3-mail-server/cloud`", 1), ("3-mail-server/main`", 2)]
    for (folder, index) in own {
      #expect(parts[index].contains(folder), "\(folder)")
      let other = folder.contains("main") ? "3-mail-server/cloud" : "3-mail-server/main"
      #expect(!parts[index].contains(other))
    }
    #expect(parts[0].contains("`6-mx-cutover/kaede.example.zone`"))
    #expect(parts[1].contains("`6-mx-cutover/xn--78j0di.example.zone`"))
    #expect(parts[2].contains("`2-sender-authentication/alias.example.zone`"))
    #expect(!parts[3].contains("3-mail-server") && !parts[3].contains("6-mx-cutover"))
    #expect(parts[3].contains("`2-sender-authentication/parked.example.zone`"))
    #expect(try compiled.text("RUNBOOK.md").contains("`domains.md`"))
    let single = try ServerExample(.other).compiled()
    #expect(single.paths(below: "domains.md").isEmpty)
  }
}
