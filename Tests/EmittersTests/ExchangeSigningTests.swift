import MailRecords
import Procedure
import Testing

@Suite("The CNAMEs of Exchange Online's signatures come from the tenant's own export")
struct ExchangeSigningTests {
  private static let target = "selector1-turn-example._domainkey.kaede.r-v1.dkim.mail.microsoft."

  private static func example(
    _ export: String?, zone: String? = nil, publishing: Bool = true
  ) throws -> ExampleProcedure {
    let line = "      dkimExport: exports/dkim.json\n"
    let start = LiveZone.rotatingTenant
    #expect(start.contains(line))
    return try ExampleProcedure(
      export == nil ? start.replacing(line, with: "") : start,
      zones: zone.map { ["turn.example": $0] } ?? [:],
      files: ["keys/new.pem": LiveZone.longKey, "keys/old.txt": LiveZone.oldKey]
        .merging(export.map { ["exports/dkim.json": $0] } ?? [:]) { $1 }, publishing: publishing)
  }

  private static func aliases(_ example: ExampleProcedure) throws -> [RecordChange] {
    try #require(example.procedure.domains.first).senderAuthentication.filter {
      $0.purpose == .mailServerKey
    }
  }

  @Test("as a list, as one object, as Windows PowerShell writes it, with members of all kinds")
  func shapes() throws {
    let entry = """
      {
          "Domain":  "turn.example",
          "Enabled":  true,
          "Status":  "Valid",
          "Selector1KeySize":  2048,
          "Selector1PublicKey":  "v=DKIM1; k=rsa; p=\(String(repeating: "A", count: 400))",
          "KeyCreationTime":  "\\/Date(1795824000000)\\/",
          "ExchangeVersion":  { "Major": 0, "Nested": [null, false, 1.5e3] },
          "Selector1CNAME":  "Selector1-turn-example._domainkey.kaede.r-v1.dkim.mail.microsoft",
          "Selector2CNAME":  "selector2-turn-example._domainkey.kaede.r-v1.dkim.mail.microsoft."
      }
      """
    let other = """
      { "Domain": "kaede.onmicrosoft.com", "Selector1CNAME": null, "Selector2CNAME": "" }
      """
    let texts = [
      entry, "[\(entry), \(other)]", "\u{FEFF}[\n\(other),\n\(entry)\n]\n",
      #"{ "value": [\#(entry)], "Count": 1 }"#,
      "[\(entry)]".replacing("\n", with: "\r\n"),
    ]
    for text in texts {
      let changes = try Self.aliases(try Self.example(text))
      #expect(
        changes.flatMap(\.added).map(\.presentation) == [
          Self.target, Self.target.replacing("selector1", with: "selector2"),
        ])
      #expect(
        changes.map(\.owner.absolute) == [
          "selector1._domainkey.turn.example.", "selector2._domainkey.turn.example.",
        ])
    }
  }

  @Test("nothing is published without it, nor where it is not to be trusted")
  func nothing() throws {
    let texts = [
      nil, "", "[]", "{}", "null", "[1]", "[[[[", "{\"Domain\":\"turn.example\"",
      #"[{ "Domain": "other.example", "Selector1CNAME": "a.b", "Selector2CNAME": "a.c" }]"#,
      #"[{ "Domain": "turn.example", "Selector1CNAME": "a.b" }]"#,
      #"[{ "Domain": "turn.example", "Selector1CNAME": "a", "Selector2CNAME": "a.c" }]"#,
      #"[{ "Domain": "turn.example", "Selector1CNAME": "a.b c", "Selector2CNAME": "a.c" }]"#,
      #"[{ "Domain": "turn.example", "Selector1CNAME": "a.b\nx 1 A 192.0.2.1", "Selector2CNAME": "a.c" }]"#,
      #"[{ "Domain": "turn.example", "Selector1CNAME": "\#(String(repeating: "a.", count: 200))b", "Selector2CNAME": "a.c" }]"#,
      #"[{ "Domain": "turn.example", "Selector1CNAME": ["a.b"], "Selector2CNAME": "a.c" }]"#,
      String(repeating: "[", count: 100_000),
    ]
    for text in texts {
      let changes = try Self.aliases(try Self.example(text))
      #expect(changes.isEmpty, "\(text ?? "no export")")
    }
  }

  @Test("an update is refused where anything else has the name, and replaces an old CNAME")
  func update() throws {
    let new = try Self.example(LiveZone.signingExport, zone: LiveZone.rotatingZone)
    let script = try new.text("2-sender-authentication/nsupdate/turn.example.nsupdate")
    #expect(script.contains("prereq nxdomain selector1._domainkey.turn.example."))
    #expect(
      script.contains(
        "prereq yxrrset selector2._domainkey.turn.example. IN CNAME selector2-turn-example"))
    #expect(
      script.contains(
        "update add selector1._domainkey.turn.example. 3600 IN CNAME \(Self.target)"))
    #expect(script.contains("update add selector2._domainkey.turn.example. 600 IN CNAME "))
    let book = try new.text("RUNBOOK.md")
    #expect(book.contains("Set-DkimSigningConfig -Identity turn.example -Enabled $true"))
    #expect(book.contains("dig +norecurse @SERVER CNAME selector1._domainkey.turn.example"))
  }
}
