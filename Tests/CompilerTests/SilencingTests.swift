import Compiler
import Diagnostics
import SourceText
import TenantReading
import Testing
import Wording

/// How comments silence findings.
struct SilencingTests {
  /// A tenant whose domains lack a cutover, which is the note MGC8013.
  private static func tenant(_ domains: String, top: String = "version: 1") -> String {
    """
    \(top)
    tenant: { id: minimal, name: 株式会社ミニマル, language: ja }
    contract: { services: [inbound-security] }
    gateway: { console: mail-security, mx: [{ host: mx1.gateway.example, preference: 10 }], egress: [192.0.2.0/28] }
    mailServers: [{ name: hosting, postfix: { host: mail.a.example, lockdown: { address: {} } } }]
    \(domains)
    """
  }

  private static func domain(_ comment: String) -> String {
    tenant("domains:\n  - { name: a.example, deliveryHost: m.example } \(comment)\n")
  }

  private static func outcome(_ text: String) throws -> (found: [String], silenced: [String]) {
    let compiled = try Compiled(text)
    return (
      compiled.findings.map(compiled.place),
      compiled.compilation.silenced.map { compiled.place($0.diagnostic) }
    )
  }

  @Test func `The sample has the note that the comments silence`() throws {
    #expect(try Self.outcome(Self.domain("")).found == ["MGC8013 at 7:13"])
  }

  @Test(arguments: [
    ("# mgc:allow MGC8013 日取りは未定", nil, "日取りは未定"),
    ("#mgc:allow MGC8013 日取りは未定", nil, "日取りは未定"),
    ("# mgc:allow　MGC8013　until　2027-01-31　日取りは未定", "2027-01-31", "日取りは未定"),
    ("# mgc:allow MGC8013 until 2027-01-31 asked on Monday", "2027-01-31", "asked on Monday"),
    // The day itself is in it.
    ("# mgc:allow MGC8013 until 2026-11-23 today", "2026-11-23", "today"),
    ("# mgc:allow MGC8013 until 9999-12-31 2027 or later", "9999-12-31", "2027 or later"),
  ])
  func `A comment at the end of a line silences`(
    comment: String, until: String?, reason: String
  ) throws {
    let compiled = try Compiled(Self.domain(comment))
    #expect(compiled.findings.map(compiled.place) == [])
    let silenced = try #require(compiled.compilation.silenced.first)
    #expect(silenced.diagnostic.code.name == "MGC8013")
    #expect(silenced.until == until && silenced.reason == reason)
    #expect(compiled.documents() != nil)
  }

  /// What is found where, and how many findings are silenced.
  @Test(arguments: [
    // The whole element, of one line or several, and no other.
    (
      """
      domains:
        # mgc:allow MGC8013 later
        - name: a.example
          deliveryHost: m.example
        - name: b.example
          deliveryHost: m.example
      """, ["MGC8013 at 10:11"], 1
    ),
    (
      """
      # mgc:allow MGC8013 later
      domains:
        - name: a.example
          deliveryHost: m.example
        - name: b.example
          deliveryHost: m.example
      """, [], 2
    ),
    // Other comments and empty lines may stand between.
    (
      """
      domains:
        # mgc:allow MGC8013 later

        # of the branch
        - name: a.example
          deliveryHost: m.example
      """, [], 1
    ),
    // The first of a block whose key stands before the comment, and all of a flow.
    (
      """
      domains:
        # mgc:allow MGC8013 later
        [{ name: a.example, deliveryHost: m.example },
         { name: b.example, deliveryHost: m.example }]
      """, [], 2
    ),
    (
      """
      domains:
        - # mgc:allow MGC8013 later
          name: a.example
          deliveryHost: m.example
      """, ["MGC1056 at 7:5", "MGC8013 at 8:11"], 0
    ),
    (
      """
      domains:
        -
          # mgc:allow MGC8013 later
          name: a.example
          deliveryHost: m.example
      """, [], 1
    ),
    // At the end of another line of the element.
    (
      """
      domains:
        - name: a.example
          deliveryHost: m.example # mgc:allow MGC8013 later
      """, ["MGC8013 at 7:11", "MGC1056 at 8:29"], 0
    ),
    // Deeper than what follows: it belongs to the block before.
    (
      """
      domains:
        - name: a.example
          deliveryHost: m.example
          # mgc:allow MGC8013 later
        - name: b.example
          deliveryHost: m.example
      """, ["MGC8013 at 7:11", "MGC1056 at 9:5", "MGC8013 at 10:11"], 0
    ),
    // Nothing follows.
    (
      """
      domains:
        - name: a.example # mgc:allow MGC8013 later
          deliveryHost: m.example
      # mgc:allow MGC8013 later
      """, ["MGC1056 at 9:1"], 1
    ),
    // One silences what two speak of, and neither is useless.
    (
      """
      # mgc:allow MGC8013 all of them
      domains:
        - name: a.example # mgc:allow MGC8013 this one
          deliveryHost: m.example
      """, [], 1
    ),
  ])
  func `A comment alone on its line speaks of what begins next`(
    domains: String, found: [String], silenced: Int
  ) throws {
    let outcome = try Self.outcome(Self.tenant(domains))
    #expect(outcome.found == found)
    #expect(outcome.silenced.count == silenced)
  }

  /// Each code of this subject, and each way to it; the place is in line 7.
  @Test(arguments: [
    ("# mgc:alow MGC8013 later", "MGC1050", "mgc:alow"),
    ("# MGC:Allow MGC8013 later", "MGC1050", "MGC:Allow"),
    ("# mgc：allow MGC8013 later", "MGC1050", "mgc：allow"),
    ("# mgc: allow MGC8013 later", "MGC1050", "mgc: allow"),
    ("# mgc allow MGC8013 later", "MGC1050", "mgc allow"),
    ("# mgc-allow MGC8013 later", "MGC1050", "mgc-allow"),
    ("# mgc:ignore MGC8013 later", "MGC1050", "mgc:ignore"),
    ("# mgc:zone MGC8013 later", "MGC1050", "mgc:zone"),
    ("# asked them; mgc:allow MGC8013 later", "MGC1050", "mgc:allow"),
    ("# mgc:allow", "MGC1050", "# mgc:allow"),
    ("# mgc:allow later", "MGC1050", "later"),
    ("# mgc:allow mgc8013 later", "MGC1050", "mgc8013"),
    ("# mgc:allow 8013 later", "MGC1050", "8013"),
    ("# mgc:allow MGC8013: later", "MGC1050", "MGC8013:"),
    ("# mgc:allow MGC8013, later", "MGC1050", "later"),
    ("# mgc:allow MGC8013 MGC3056 later", "MGC1050", "MGC3056"),
    ("# mgc:allow MGC8013 2027-01-31 later", "MGC1050", "2027-01-31"),
    ("# mgc:allow MGC8013 until", "MGC1051", "until"),
    ("# mgc:allow MGC8013 until 2027-02-29 later", "MGC1051", "2027-02-29"),
    ("# mgc:allow MGC8013 until January", "MGC1051", "January"),
    ("# mgc:allow MGC8013", "MGC1052", "# mgc:allow MGC8013"),
    ("# mgc:allow MGC8013 until 2027-01-31", "MGC1052", "# mgc:allow MGC8013 until 2027-01-31"),
    ("# mgc:allow MGC8013 …", "MGC1052", "# mgc:allow MGC8013 …"),
    ("# mgc:allow MGC8013 until 2026-11-22 later", "MGC1053", "2026-11-22"),
    ("# mgc:allow MGC9999 later", "MGC1054", "MGC9999"),
    ("# mgc:allow MGC1035 later", "MGC1055", "MGC1035"),
    ("# mgc:allow MGC1052 later", "MGC1055", "MGC1052"),
    ("# mgc:allow MGC3056 later", "MGC1056", "# mgc:allow MGC3056 later"),
    ("# mgc:allow MGC3056 until 2020-01-01 later", "MGC1056", nil),
  ])
  func `A comment that cannot silence is a finding`(
    comment: String, code: String, source: String?
  ) throws {
    let compiled = try Compiled(Self.domain(comment))
    #expect(compiled.compilation.silenced.isEmpty)
    let own = compiled.findings.filter { $0.code.number / 10 == 105 }
    #expect(own.map(\.code.name) == [code])
    #expect(compiled.findings.count == 2)
    for finding in own {
      #expect(compiled.source(finding) == source ?? comment)
      #expect(finding.message.ja != finding.message.en)
      for fix in finding.fixes {
        let after = try Compiled(compiled.applying(fix))
        #expect(
          after.findings.allSatisfy { $0.code.number / 10 != 105 || $0.code.number >= 1054 },
          "\(compiled.applying(fix))")
      }
    }
  }

  @Test(arguments: [
    "# mgc reads this", "# see mgc: the manual", "# mgc: 登録済み", "# mgc:", "# the mgc:allow comment",
    "# `mgc:allow` silences", "# allow MGC8013", "# mgc allows nothing",
  ])
  func `Prose is no directive`(comment: String) throws {
    #expect(try Self.outcome(Self.domain(comment)).found == ["MGC8013 at 7:13"])
  }

  @Test func `Several codes are silenced by one comment, and a useless one can go alone`() throws {
    for list in ["MGC8013,MGC3056", "MGC3056, MGC8013", "MGC3056 ,MGC8013,MGC2123"] {
      let compiled = try Compiled(Self.domain("# mgc:allow \(list) later"))
      #expect(compiled.compilation.silenced.map(\.diagnostic.code.name) == ["MGC8013"])
      var text = compiled.text
      var left = compiled
      while let fix = left.findings.first?.fixes.first {
        text = left.applying(fix)
        left = try Compiled(text)
      }
      #expect(text == Self.domain("# mgc:allow MGC8013 later"))
      #expect(left.findings.isEmpty)
    }
  }

  @Test(arguments: [
    ("domains:\n  # mgc:allow MGC3056 later\n  - a", "domains:\n  - a"),
    ("domains: # mgc:allow MGC3056 later\n  - a", "domains:\n  - a"),
    ("domains:\r\n  # mgc:allow MGC3056 later\r\n  - a", "domains:\r\n  - a"),
  ])
  func `A useless comment goes with its line`(before: String, after: String) throws {
    let rest = "{ name: a.example, deliveryHost: m.example }"
    let text = Self.tenant(String(before.dropLast()) + rest)
    let reading = try Compiled(text)
    let fix = try #require(reading.findings.first { $0.code.number == 1056 }?.fixes.first)
    #expect(reading.applying(fix) == Self.tenant(String(after.dropLast()) + rest))
  }

  @Test func `An error stays, and nothing is called useless beside it`() throws {
    let text = Self.tenant(
      """
      domains:
        - { name: a.example, deliveryHost: m.example, nonsense: 1 } # mgc:allow MGC1035,MGC3056 later
      """)
    let compiled = try Compiled(text)
    #expect(compiled.compilation.hasErrors)
    #expect(Set(compiled.findings.map(\.code.name)).isSuperset(of: ["MGC1035", "MGC1055"]))
    #expect(!compiled.findings.contains { $0.code.number == 1056 })
  }

  /// A finding in a file that tenant.yaml names is silenced at the line that names it.
  @Test func `What is found in a referenced file is silenced where it is named`() throws {
    let zone = """
      $ORIGIN a.example.
      @ 3600 IN SOA ns1 hostmaster 1 2 3 4 5
      @ 3600 IN NS ns1
      ns1 3600 IN A 192.0.2.1
      ns1 7200 IN A 192.0.2.2
      @ 3600 IN MX 10 m.example.
      """
    func outcome(_ comment: String) throws -> (found: [String], silenced: [String]) {
      let text = Self.tenant(
        """
        domains:
          - name: a.example
            deliveryHost: m.example
            cutover: 2027-02-06T22:00:00+09:00
            zone: { file: a.zone } \(comment)
        """)
      let compiled = try Compiled(text) { $0 == "a.zone" ? zone : nil }
      return (
        compiled.findings.map(compiled.place),
        compiled.compilation.silenced.map { compiled.place($0.diagnostic) }
      )
    }
    let before = try outcome("")
    let place = try #require(before.found.first { $0.contains("at a.zone:") })
    let after = try outcome("# mgc:allow \(place.prefix(7)) both are real")
    #expect(after.silenced.contains(place) && !after.found.contains(place))
    #expect(after.found.count + after.silenced.count == before.found.count)
  }

  @Test(arguments: (allowanceCodes + runCodes).map(\.number))
  func `Each code is explained in both languages`(_ number: Int) throws {
    let code = try #require((allowanceCodes + runCodes).first { $0.number == number })
    for text in [code.title, code.explanation] {
      #expect(text.ja != text.en && !text.en.isEmpty)
      #expect(text.ja.unicodeScalars.contains { (0x3040...0x30FF).contains($0.value) })
    }
    #expect(!code.example.isEmpty && Compiler.codes.contains { $0.number == number })
  }

  @Test func `Two tenants with one id are an error that points at both`() throws {
    let text = Self.domain("# mgc:allow MGC8013 later")
    let first = try Compiled(text).compilation
    var identifiers = TenantIdentifiers()
    func isNew(_ identifiers: inout TenantIdentifiers, _ same: (String, String) -> Bool) -> Bool {
      identifiers.admit(first, isSameFile: same) == nil
    }
    let isFirst = isNew(&identifiers) { $0 == $1 }
    #expect(isFirst)
    let isSame = isNew(&identifiers) { _, _ in true }
    #expect(isSame)
    let again = identifiers.admit(first, isSameFile: { _, _ in false })
    let second = try #require(again)
    #expect(second.hasErrors && second.result() == nil)
    let finding = try #require(second.diagnostics.first)
    #expect(finding.code.number == 1058)
    let label = try #require(finding.labels.first)
    #expect(label.span.file != .tenant)
    for span in [finding.primary, label.span] {
      #expect(second.sources[span.file].text(span.lowerBound..<span.upperBound) == "minimal")
    }
  }
}
