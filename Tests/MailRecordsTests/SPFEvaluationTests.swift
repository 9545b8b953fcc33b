import MailRecords
import TestSupport
import Testing

/// RFC 7208 section by section.
struct SPFEvaluationTests {
  struct Case: Sendable {
    let section: String
    let records: [String: [String]]
    let ip: String
    let result: SPFEvaluation.Result
    let lookups: Int
    let voids: Int

    init(
      _ section: String, _ record: String, with others: [String: [String]] = [:],
      ip: String = "192.0.2.1", _ result: SPFEvaluation.Result, _ lookups: Int = 0,
      _ voids: Int = 0
    ) {
      self.section = section
      var records = others
      records["p0.example TXT", default: []] += [record]
      self.records = records
      self.ip = ip
      self.result = result
      self.lookups = lookups
      self.voids = voids
    }

    func evaluate(from: String = "user@p0.example") throws -> SPFEvaluation {
      var policy = SPFPolicy()
      for (key, data) in records {
        let parts = key.split(separator: " ")
        let value: SPFPolicy.Data =
          data == ["FAIL"]
          ? .failure
          : parts[1] == "MX"
            ? .exchangers(data.map { .init(preference: 10, host: $0) }) : .texts(data)
        policy.dns[String(parts[0]), default: [:]][String(parts[1])] = value
      }
      let address = try #require(IPAddress(parsing: ip))
      return SPFEvaluation(
        of: SPFSender(address: address, mailFrom: from, helo: "mail.p0.example"),
        resolver: policy.resolver)
    }
  }

  private static let hosts11 = (1...11).map { "h\($0).example" }
  private static func chain(_ count: Int) -> [String: [String]] {
    (1...count).reduce(into: [:]) { result, index in
      result["c\(index).example TXT"] = ["v=spf1 include:c\(index + 1).example ~all"]
    }
  }

  static let cases: [Case] = [
    Case("3.3", "v=spf1 ip4:192.0.2.1 -all", .pass),
    Case("4.5", "hello", .none),
    Case("4.5", "v=spf1 -all", with: ["p0.example TXT": ["v=spf1 -all"]], .permerror),
    Case("4.6", "v=spf1 ip4:192.0.2.1 foo -all", .permerror),
    Case("4.6.4", "v=spf1 include:c1.example -all", with: chain(12), .permerror, 11),
    Case(
      "4.6.4", "v=spf1 a:v1.example a:v2.example a:v3.example +all", .permerror, 3, 3),
    Case("4.6.4", "v=spf1 a:v1.example a:v2.example +all", .pass, 2, 2),
    Case("4.6.4", "v=spf1 mx:m.example -all", with: ["m.example MX": hosts11], .permerror, 1),
    Case("4.7", "v=spf1 ip4:198.51.100.1", .neutral),
    Case("5.1", "v=spf1 ~all ip4:192.0.2.1", .softfail),
    Case(
      "5.2", "v=spf1 include:i.example -all", with: ["i.example TXT": ["v=spf1 -all"]], .fail, 1),
    Case("5.2", "v=spf1 -include:i.example", with: ["i.example TXT": ["v=spf1 +all"]], .fail, 1),
    Case("5.2", "v=spf1 include:i.example -all", with: ["i.example TXT": ["x"]], .permerror, 1),
    Case("5.2", "v=spf1 include:i.example -all", .permerror, 1, 1),
    Case("5.2", "v=spf1 include:i.example -all", with: ["i.example TXT": ["FAIL"]], .temperror, 1),
    Case("5.3", "v=spf1 a:h.example/24 -all", with: ["h.example A": ["192.0.2.200"]], .pass, 1),
    Case(
      "5.3", "v=spf1 a:h.example/24//64 -all", with: ["h.example AAAA": ["2001:db8::9"]],
      ip: "2001:db8::1", .pass, 1),
    Case(
      "5.4", "v=spf1 mx -all",
      with: ["p0.example MX": ["h1.example", "h2.example"], "h2.example A": ["192.0.2.1"]], .pass,
      1, 1),
    Case("5.4", "v=spf1 mx ~all", with: ["p0.example MX": ["."]], .softfail, 1),
    Case(
      "5.5", "v=spf1 ptr:example -all", .permerror),
    Case(
      "5.5", "v=spf1 ptr -all",
      with: [
        "1.2.0.192.in-addr.arpa PTR": ["a.p0.example"], "a.p0.example A": ["192.0.2.1"],
      ], .pass, 1),
    Case("5.5", "v=spf1 ptr ~all", with: ["1.2.0.192.in-addr.arpa PTR": ["FAIL"]], .softfail, 1),
    Case("5.6", "v=spf1 ip6:2001:db8::/32 -all", ip: "2001:db8:9::1", .pass),
    Case("5.6", "v=spf1 ip4:192.0.2.0/24 -all", ip: "::ffff:192.0.2.1", .pass),
    Case(
      "5.7", "v=spf1 exists:%{ir}.%{v}.x.example -all",
      with: ["1.2.0.192.in-addr.x.example A": ["127.0.0.2"]], .pass, 1),
    Case("5.7", "v=spf1 exists:x.example -all", with: ["x.example AAAA": ["::1"]], .fail, 1, 1),
    Case(
      "6.1", "v=spf1 redirect=r.example ip4:198.51.100.1",
      with: ["r.example TXT": ["v=spf1 ip4:192.0.2.1 -all"]], .pass, 1),
    Case("6.1", "v=spf1 redirect=r.example ?all", .neutral),
    Case("6.1", "v=spf1 redirect=r.example", .permerror, 1, 1),
    Case("6", "v=spf1 foo=1 foo=2 +all", .pass),
    Case("7.1", "v=spf1 exists:%{d0}.example -all", .permerror),
    Case("7.2", "v=spf1 exists:%{c}.example -all", .permerror),
  ]

  @Test(arguments: cases)
  func isAsTheSectionSays(_ sample: Case) throws {
    let found = try sample.evaluate()
    #expect(found.result == sample.result, "\(sample.section): \(found.problem as Any)")
    #expect(found.lookups == sample.lookups && found.voids == sample.voids, "\(found)")
  }

  /// The examples of RFC 7208 §7.4.
  @Test(arguments: [
    ("%{s}", "strong-bad@email.example.com"), ("%{o}", "email.example.com"),
    ("%{d4}", "email.example.com"), ("%{d2}", "example.com"), ("%{d1}", "com"),
    ("%{dr}", "com.example.email"), ("%{d2r}", "example.email"), ("%{l}", "strong-bad"),
    ("%{l-}", "strong.bad"), ("%{lr}", "strong-bad"), ("%{lr-}", "bad.strong"),
    ("%{l1r-}", "strong"), ("%{ir}.%{v}", "3.2.0.192.in-addr"),
    ("%{S}", "strong-bad%40email.example.com"),
    ("%%%_%-", "% %20"), ("%{c} %{r} %{t}", "192.0.2.3 mx.example.org 1"), ("%{p}", "unknown"),
  ])
  func macros(_ macro: String, _ expansion: String) throws {
    let address = try #require(IPAddress(parsing: "192.0.2.3"))
    let sender = SPFSender(
      address: address, mailFrom: "strong-bad@email.example.com", helo: "x.example",
      receiver: "mx.example.org", time: 1)
    var policy = SPFPolicy()
    policy.dns = [
      "email.example.com": ["TXT": .texts(["v=spf1 -all exp=why.example"])],
      "why.example": ["TXT": .texts([macro])],
    ]
    #expect(SPFEvaluation(of: sender, resolver: policy.resolver).explanation == expansion)
  }

  /// An answer that nobody recorded is neither yes nor no.
  @Test func unknown() throws {
    let record = try #require(TXTValue(ascii: "v=spf1 ip4:192.0.2.1 a:h.example -all"))
    let resolver: DNSResolver = { question in
      question.name == "p0.example" && question.type == .txt
        ? .records([.txt(record)], ttl: TTL(clamping: 60)) : .unknown
    }
    func evaluate(_ ip: String) throws -> SPFEvaluation {
      let address = try #require(IPAddress(parsing: ip))
      return SPFEvaluation(
        of: SPFSender(address: address, mailFrom: "a@p0.example", helo: ""), resolver: resolver)
    }
    #expect(try evaluate("192.0.2.1").result == .pass)
    let second = try evaluate("192.0.2.2")
    #expect(second.result == .unknown)
    #expect(second.problem == .unknown(DNSQuestion("h.example", .a)))
  }

  @Test func trace() throws {
    let sample = Case(
      "5.2", "v=spf1 a:v.example include:i.example -all",
      with: ["i.example TXT": ["v=spf1 ip4:198.51.100.1 mx ~all"], "i.example A": ["192.0.2.9"]],
      .fail)
    let found = try sample.evaluate()
    #expect(
      found.steps.map { "\($0.depth) \($0.domain) \($0.term) \($0.voids) \($0.isMatch)" } == [
        "0 p0.example a:v.example 1 false", "0 p0.example include:i.example 0 false",
        "1 i.example ip4:198.51.100.1 0 false", "1 i.example mx 1 false",
        "1 i.example ~all 0 true", "0 p0.example -all 0 true",
      ])
    #expect(found.records.map(\.domain) == ["p0.example", "i.example"])
  }

  /// Whatever the DNS answers, evaluation asks a bounded number of questions.
  @Test func isBounded() throws {
    let spf = try #require(
      TXTValue(ascii: "v=spf1 mx ptr exists:%{p}.x.example include:%{d2}.x.example redirect=%{d}"))
    let hosts = (0..<40).map { RecordData.mx(preference: 1, host: "h\($0).example.") }
    let names = (0..<400).map { RecordData.other(type: "PTR", text: "h\($0).example.") }
    let address = try #require(IPAddress(parsing: "192.0.2.1"))
    for limit in [5, 40] {
      let resolver: DNSResolver = { question in
        let data: [RecordData] =
          switch question.type {
          case .txt: [.txt(spf)]
          case .mx: Array(hosts.prefix(limit))
          case .other: names
          default: [.a(IPAddress(v4: 1))]
          }
        return .records(data, ttl: TTL(clamping: 60))
      }
      let found = SPFEvaluation(
        of: SPFSender(
          address: address, mailFrom: String(repeating: "x.", count: 100_000) + "@p0.example",
          helo: ""), resolver: resolver)
      #expect(found.lookups <= 11 && found.steps.count <= 11)
    }
  }

  /// What is printed is read as the same, and printing what was read is canonical.
  @Test func printsWhatItReads() throws {
    var policies = SPFPolicies(random: SplitMix64(seed: 12))
    var counts = (read: 0, refused: 0)
    for _ in 0..<SPFJudgeTests.count / 5 {
      for case .texts(let texts) in policies.next().dns.values.compactMap({ $0["TXT"] }) {
        for text in texts where SPFRecord.isSPF(text) {
          guard let record = try? SPFRecord(parsing: text) else {
            counts.refused += 1
            continue
          }
          counts.read += 1
          let printed = record.description
          #expect(try SPFRecord(parsing: printed) == record)
          #expect(try SPFRecord(parsing: printed).description == printed)
        }
      }
    }
    print("SPF: \(counts.read) records print as they are read, \(counts.refused) are refused")
    #expect(counts.read > counts.refused && counts.refused > 0)
  }
}
