import Testing

@Suite struct RecordPageEmitterTests {
  /// The rows of all tables of a page that have so many columns, by an independent reader.
  private static func rows(_ page: String, columns: Int) throws -> [[String]] {
    var rows: [[String]] = []
    var header = 0
    var row: [String] = []
    var isInHeader = false
    for block in try ServerJudge.page(Array(page.utf8)) {
      switch block.path.last {
      case "th":
        header = isInHeader ? header + 1 : 1
        isInHeader = true
      case "td":
        isInHeader = false
        row.append(block.text)
        guard row.count == header else { continue }
        if header == columns { rows.append(row) }
        row = []
      default: isInHeader = false
      }
    }
    #expect(row.isEmpty)
    return rows
  }

  /// The rows of the tables of records, without the purpose.
  private static func rows(_ page: String) throws -> [[String]] {
    try rows(page, columns: 7).map { Array($0.dropFirst()) }
  }

  @Test func aKnownZoneIsSpelledOut() throws {
    let documents = try ZoneEmitterTests.documents(zone: ZoneEmitterTests.zone)
    func rows(_ folder: String) throws -> [[String]] {
      try Self.rows(#require(documents[folder + "/records.md"]))
    }
    let base64 = ZoneEmitterTests.publicKey.split(separator: "\n").dropFirst().dropLast().joined()
    #expect(
      try rows("2-sender-authentication") == [
        [
          "@", "kaede.example.", "TXT", "1800",
          "v=spf1 mx ip4:198.51.100.7 include:spf.gateway.example -all",
          "v=spf1 include:old-sender.example mx -all",
        ],
        [
          "mg._domainkey", "mg._domainkey.kaede.example.", "TXT", "3600",
          "v=DKIM1; k=rsa; p=\(base64)", "なし",
        ],
        [
          "_dmarc", "_dmarc.kaede.example.", "TXT", "600",
          "v=DMARC1; p=none; rua=mailto:dmarc@kaede.example", "v=DMARC1; p=none",
        ],
        [
          "_smtp._tls", "_smtp._tls.kaede.example.", "TXT", "3600",
          "v=TLSRPTv1; rua=mailto:tls@kaede.example", "なし",
        ],
      ])
    let mx = ["@", "kaede.example.", "MX", "300"]
    #expect(
      try rows("4-ttl") == [
        mx + ["10 mail.kaede.example.", "なし（TTLだけを86400から変えます）"],
        mx + ["20 mail2.kaede.example.", "なし（TTLだけを86400から変えます）"],
      ])
    #expect(
      try rows("6-mx-cutover") == [
        mx + ["10 mx1.gateway.example.", "なし"], mx + ["20 mx2.gateway.example.", "なし"],
        mx + ["なし", "10 mail.kaede.example."], mx + ["なし", "20 mail2.kaede.example."],
      ])
  }

  @Test func anUnknownZoneIsLookedUpFirst() throws {
    let documents = try ZoneEmitterTests.documents(zone: nil)
    for folder in ["2-sender-authentication", "4-ttl", "6-mx-cutover"] {
      #expect(documents[folder + "/records.md"]?.contains("mgcには分かりません") == true)
    }
    let spf = try Self.rows(#require(documents["2-sender-authentication/records.md"]))[0]
    #expect(spf[4].hasPrefix("v=spf1 ip4:203.0.113.80 "))
    #expect(spf[5].contains("2つ目のSPFレコードは作りません"))
    let mx = try Self.rows(#require(documents["6-mx-cutover/records.md"]))
    #expect(mx.map { $0[5] } == ["なし", "なし", "今あるMXのすべて（控えてから）"])
    #expect(try Self.rows(#require(documents["4-ttl/records.md"])).count == 1)
  }

  @Test func pagesAreInTheTenantsLanguageAndOnlyWhereAsked() throws {
    let domains = "domains:\n  - { name: もみじ商店.example, dkim: [{ selector: mg }] }\n"
    let english = try ExampleProcedure(
      ExampleProcedure.head(["leak-prevention"], language: "en") + domains
    ).documents
    let page = try #require(english["2-sender-authentication/records.md"])
    #expect(page.contains("# DNS records of step 2"))
    #expect(page.contains("comes once the public key is known"))
    #expect(english.keys.count { $0.hasSuffix("records.md") } == 1)
    let inbound = try ExampleProcedure(ExampleProcedure.head(["inbound-security"]) + domains)
    #expect(
      inbound.documents.keys.filter { $0.hasSuffix("records.md") }.sorted()
        == ["4-ttl/records.md", "6-mx-cutover/records.md"])
  }
}
