import Diagnostics
import MailRecords
import Observation
import SourceText
import Testing
import Wording

struct ZoneReaderTests {
  private func read(_ text: String) throws -> (zone: ZoneObservation?, findings: [Diagnostic]) {
    let file = SourceFile(name: "kaede.example.zone", text: text)
    return ZoneReader.read(
      file, id: SourceFileID(index: 1), origin: try DomainName(parsing: "kaede.example"))
  }

  @Test func readsZone() throws {
    let text = #"""
      $TTL 1h
      @ IN SOA ns1 hostmaster (
          2026010101 ; serial
          3600 900 604800
          300 )
        NS ns1
      ns1 A 192.0.2.1
      	AAAA 2001:DB8::1
      @ 300 MX 10 MX1.Gateway.Example.
      @ 300 MX 20 mx2
      @ TXT ( "v=spf1 include:a.jp; "
              "-all\"\\\065" )
      $ORIGIN _domainkey
      mg 60 IN TXT "v=DKIM1; p=" ; comment
      $ORIGIN kaede.example.
      www CNAME @
      caa CAA 0 issue "ca.example"
      """#
    let (observed, findings) = try read(text)
    #expect(findings.map(\.message.en) == [])
    let zone = try #require(observed)
    let contents = zone.contents
    let apex = OwnerName(apexOf: contents.origin)
    func data(_ owner: String, _ type: RecordType) -> [String]? {
      contents.set(owner: OwnerName(zone: contents.origin, relative: owner), type: type)?.data
        .map(\.presentation)
    }
    #expect(
      contents.soa == ZoneAuthority(ttl: try #require(TTL(3600)), minimum: try #require(TTL(300))))
    #expect(data("@", .ns) == ["ns1.kaede.example."])
    #expect(data("ns1", .a) == ["192.0.2.1"])
    #expect(data("ns1", .aaaa) == ["2001:db8::1"])
    #expect(data("@", .mx) == ["10 mx1.gateway.example.", "20 mx2.kaede.example."])
    #expect(data("@", .txt) == [#""v=spf1 include:a.jp; " "-all\"\\A""#])
    #expect(data("mg._domainkey", .txt) == [#""v=DKIM1; p=""#])
    #expect(data("www", .cname) == ["kaede.example."])
    #expect(data("caa", .other("CAA"))?.count == 1)
    #expect(contents.set(owner: apex, type: .ns)?.ttl == TTL(3600))
    #expect(contents.set(owner: apex, type: .mx)?.ttl == TTL(300))
    let span = try #require(zone.span(of: apex, type: .mx))
    let file = SourceFile(name: "", text: text)
    #expect(file.text(span.lowerBound..<span.upperBound) == "@ 300 MX 10 MX1.Gateway.Example.")
  }

  @Test(arguments: [
    ("www 60 A 192.0.2.300", 3001), ("www 60 TXT \"open\n", 3001), ("www 60 A ( 192.0.2.1", 3001),
    ("www 60 A 192.0.2.1 )", 3001), ("$GENERATE 1-2 a$ A 192.0.2.1", 3001),
    ("www A 192.0.2.1", 3001),
    ("www 60 CH A 192.0.2.1", 3001), ("$TTL soon", 3001), ("www 2147483648 A 192.0.2.1", 3001),
    ("$INCLUDE /etc/passwd", 3002), ("$include x", 3002),
    ("www.other.example. 60 A 192.0.2.1", 3003),
    ("a 60 A 192.0.2.1\na 61 A 192.0.2.2", 3004), ("a 60 CNAME b\na 60 TXT \"x\"", 3005),
    ("a 60 CNAME b\na 60 CNAME c", 3005),
    ("_dmarc 60 TXT v=DMARC1;p=none", 3160), ("xkaede.example. 60 A 192.0.2.1", 3003),
  ])
  func finds(_ text: String, _ code: Int) throws {
    let (zone, findings) = try read(text)
    #expect(findings.map(\.code.number) == [code])
    #expect(findings.first?.primary.isEmpty == false)
    #expect(zone != nil)
  }

  @Test func spansNameTheLine() throws {
    let (_, findings) = try read("a 60 A 192.0.2.1\r\n\r\n  bad line here ; c\r\nb 60 A x\r\n")
    #expect(findings.map { $0.primary.lowerBound } == [22, 41])
    #expect(findings.map { $0.primary.upperBound } == [35, 49])
  }

  @Test func usesFirstTTL() throws {
    let (observed, _) = try read("a 60 A 192.0.2.1\na 61 A 192.0.2.2\na 60 A 192.0.2.1\n")
    let zone = try #require(observed)
    #expect(zone.contents.sets.map(\.ttl.seconds) == [60])
    #expect(zone.contents.sets.first?.data.count == 2)
  }

  @Test func ttlZeroAndLast() throws {
    let (observed, findings) = try read("$TTL 0\na A 192.0.2.1\nb 60 A 192.0.2.1\nc A 192.0.2.1\n")
    #expect(findings.isEmpty)
    #expect(try #require(observed).contents.sets.map(\.ttl.seconds) == [0, 60, 0])
  }

  /// As BIND and NSD read them; ldns alone holds such a quote for a letter.
  @Test func quotesEndWords() throws {
    let (observed, findings) = try read("a 60 TXT T\"v=x; y\"z\nb 60 TXT (\"c\")\n")
    #expect(findings.isEmpty)
    let zone = try #require(observed)
    #expect(
      zone.contents.sets.map { $0.data.map(\.presentation) }
        == [["\"T\" \"v=x; y\" \"z\""], ["\"c\""]])
  }

  /// Without $TTL, the minimum of a SOA without a TTL is that of all that follows, as BIND has it.
  @Test func minimumOfTheSOA() throws {
    let (observed, findings) = try read(
      "@ IN SOA ns h 1 2 3 4 900\na 60 IN A 192.0.2.1\nb IN A 192.0.2.1\n")
    #expect(findings.isEmpty)
    #expect(try #require(observed).contents.sets.map(\.ttl.seconds) == [60, 900])
  }

  @Test func oddNamesAndText() throws {
    let (observed, findings) = try read("a\\.b 60 TXT \"\u{E9}\"\n*.w 60 TXT x\n")
    #expect(findings.isEmpty)
    let sets = try #require(observed).contents.sets
    #expect(sets.map(\.owner.relative) == ["*.w", "a\\046b"])
    #expect(sets.last?.data == [.other(type: "TXT", text: "\"\\195\\169\"")])
  }

  @Test func manyRecords() throws {
    var text = "$TTL 60\n"
    for number in 0..<20_000 {
      text += "h\(number % 10_000) A 192.0.\(number / 256 % 256).\(number % 256)\n"
    }
    let (observed, findings) = try read(text)
    #expect(findings.isEmpty)
    #expect(try #require(observed).contents.sets.count == 10_000)
  }

  @Test func codesAreComplete() {
    #expect(
      zoneReadingCodes.map(\.number) == [
        3001, 3002, 3003, 3004, 3005, 3160, 3100, 3101, 4120, 4121,
      ])
    for code in zoneReadingCodes {
      #expect(!code.title.ja.isEmpty && !code.explanation.ja.isEmpty && !code.example.isEmpty)
      #expect(!code.title.ja.hasSuffix("。"))
    }
  }
}
