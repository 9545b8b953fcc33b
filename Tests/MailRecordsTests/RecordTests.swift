import MailRecords
import Testing

struct RecordTests {
  @Test func splitsText() throws {
    let long = String(repeating: "x", count: 255)
    #expect(try #require(TXTValue(ascii: long)).strings == [long])
    #expect(try #require(TXTValue(ascii: long + "yz")).strings == [long, "yz"])
    #expect(try #require(TXTValue(ascii: "")).presentation == "\"\"")
    #expect(try #require(TXTValue(ascii: "a;\"\\\n")).presentation == "\"a;\\\"\\\\\\010\"")
    #expect(TXTValue(ascii: "é") == nil)
  }

  @Test func printsDMARC() throws {
    let record = try DMARCRecord(
      policy: .none, subdomainPolicy: .reject,
      aggregateReports: [
        ReportURI(parsing: "mailto:dmarc@kaede.example"), ReportURI(parsing: "mailto:a!b@x.jp"),
        ReportURI(parsing: "https://r.x.jp/a,b"),
      ], failureOptions: [.anyFail, .dkim], isTesting: true)
    let text =
      "v=DMARC1; p=none; sp=reject; rua=mailto:dmarc@kaede.example,mailto:a%21b@x.jp,"
      + "https://r.x.jp/a%2Cb; fo=1:d; t=y"
    #expect(record.description == text)
    let read = try #require(DMARCRecord(parsing: text))
    #expect(read.description == text)
    #expect(read.aggregateReports == record.aggregateReports)
    #expect(read.problems.isEmpty)
    #expect(read.tags.map(\.name) == ["p", "sp", "rua", "fo", "t"])
  }

  @Test(arguments: [
    ("v=DMARC1", [DMARCProblem.missingPolicy]),
    ("v=DMARC1; pct=50; p=none", [.removedTag("pct"), .policyNotFirst]),
    ("v=DMARC1; p=nonne", [.badValue(tag: "p", value: "nonne")]),
    ("v=DMARC1; p=none; p=reject", [.duplicateTag("p")]),
    ("v=DMARC1; p=none; foo=1; bar", [.unknownTag("foo"), .notATag("bar")]),
    ("v=DMARC1; p=none; rua=a@x.jp", [.badURI(tag: "rua", uri: "a@x.jp", .scheme)]),
    (
      "v=DMARC1; p=none; rua=mailto:a@x.jp!10m",
      [.badURI(tag: "rua", uri: "mailto:a@x.jp!10m", .sizeLimit)]
    ),
  ])
  func tolerates(_ text: String, _ problems: [DMARCProblem]) throws {
    #expect(try #require(DMARCRecord(parsing: text)).problems == problems)
  }

  @Test(arguments: ["", "v=dmarc1; p=none", "p=none; v=DMARC1", "v=DMARC10; p=none"])
  func isNotDMARC(_ text: String) {
    #expect(DMARCRecord(parsing: text) == nil)
  }

  @Test func printsTLSRPT() throws {
    let record = try TLSRPTRecord(reports: [ReportURI(parsing: "mailto:tls@kaede.example")])
    #expect(record.description == "v=TLSRPTv1; rua=mailto:tls@kaede.example")
  }

  @Test(arguments: [
    "", "a@x.jp", "http://x.jp", "mailto:a", "mailto:a%zz@x.jp", "https://x", "https://x.jp/a b",
  ])
  func refusesURI(_ text: String) {
    #expect(throws: ReportURIError.self) { try ReportURI(parsing: text) }
  }

  @Test func zoneFinds() throws {
    let origin = try DomainName(parsing: "kaede.example")
    let hour = try #require(TTL(3600))
    let five = try #require(TTL(300))
    let mx = MXRecord(preference: 10, host: try DomainName(parsing: "mx1.gateway.example"))
    let apex = OwnerName(apexOf: origin)
    let sets = (0..<200).map { number in
      RecordSet(
        owner: OwnerName(zone: origin, relative: "h\(number)"), type: .a, ttl: hour,
        data: [.a(IPAddress(v4: UInt32(number)))])
    }
    let zone = ZoneContents(
      origin: origin, soa: ZoneAuthority(ttl: hour, minimum: five),
      sets: sets + [RecordSet(owner: apex, type: .mx, ttl: hour, data: [mx.data])])
    #expect(zone.negativeTTL == five)
    #expect(zone.sets.first?.owner == apex)
    #expect(
      zone.set(owner: apex, type: .mx)?.data.map(\.presentation) == ["10 mx1.gateway.example."])
    #expect(zone.set(owner: apex, type: .txt) == nil)
    for set in sets { #expect(zone.set(owner: set.owner, type: .a) == set) }
    #expect(zone.sets(owner: sets[7].owner).count == 1)
    #expect(zone.sets == zone.sets.sorted())
  }
}
