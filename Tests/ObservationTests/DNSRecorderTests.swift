import Foundation
import MailRecords
import Observation
import Procedure
import TestSupport
import Testing

/// What is made of the answers of servers, good and bad ones.
struct DNSRecorderTests {
  /// Short waits, so that silence costs little; loopback answers in less than a millisecond.
  static var limits: DNSClient.Limits {
    var limits = DNSClient.Limits()
    limits.timeout = .milliseconds(300)
    limits.tries = 1
    limits.silences = 100
    return limits
  }

  static func server(_ port: UInt16) -> DNSServer {
    DNSServer(address: IPAddress(v4: 0x7F00_0001), port: port)
  }

  static func recorder(
    _ ports: [UInt16], limits: DNSClient.Limits = limits
  ) throws -> DNSRecorder {
    DNSRecorder(
      servers: ports.map(server), areGiven: true, own: [try DomainName(parsing: "own.test")],
      client: DNSClient(limits: limits))
  }

  /// The outcome in one line.
  static func text(_ answer: RecordedAnswer) -> String {
    let aliases = answer.aliases.map { "\($0.target)/\($0.ttl) > " }.joined()
    guard case .records(let data, let ttl) = answer.outcome else {
      return aliases + answer.outcome.word
    }
    return aliases + "\(ttl) " + data.map(\.presentation).joined(separator: " ")
  }

  /// By the first label of the name, what a TXT look-up comes to.
  static let answers: [(String, String)] = [
    ("ok", #"300 "ok""#), ("silent", "failure"), ("garbage", "failure"),
    ("garbagethengood", #"300 "ok""#), ("wrongid", "failure"), ("wrongidthengood", #"300 "ok""#),
    ("wrongname", "failure"), ("wrongtype", "failure"), ("noquestion", "failure"),
    ("query", "failure"), ("cut", "failure"), ("counts", "failure"), ("fewer", "failure"),
    ("loop", "failure"), ("forward", "failure"), ("baddata", "failure"), ("shorta", "failure"),
    ("flood", "failure"), ("tctwice", "failure"), ("tcpdrip", "failure"), ("tcpshort", "failure"),
    ("tcplong", "failure"), ("tcpzero", "failure"), ("tcpclose", "failure"),
    ("tcpwrongid", "failure"), ("servfail", "failure"), ("refused", "failure"),
    ("nxdomain", "noName"), ("nodata", "noData"), ("lame", "failure"), ("formerr", #"300 "ok""#),
    ("alias", #"ok.test./7 > 300 "ok""#), ("selfalias", "selfalias.test./300 > failure"),
    ("twoaliases", "failure"), ("hugettl", #"0 "old""#),
    ("escape", #"300 "\027[2J\010\"\\\230\165\147;""#), ("mixedttl", #"5 "a" "b""#),
    ("twice", #"300 "a""#), ("case", #"300 "case""#),
  ]

  @Test func `Every kind of answer comes to an end and to the right one`() throws {
    try BadNameServer.run { bad in
      let start = ContinuousClock.now
      var recorder = try Self.recorder([bad.port])
      for (label, wanted) in Self.answers {
        let lookup = recorder.lookup(DNSQuestion("\(label).test", .txt))
        #expect(Self.text(lookup.answer) == wanted, "\(label): \(lookup.replies.map(\.result))")
      }
      let taken = start.duration(to: .now)
      print("\(Self.answers.count) kinds of answers in \(taken)")
      #expect(taken < .seconds(30))
    }
  }

  @Test func `What does not fit a datagram comes by TCP`() throws {
    try BadNameServer.run { bad in
      var recorder = try Self.recorder([bad.port])
      let long = recorder.lookup(DNSQuestion("tcp.test", .txt)).answer
      guard case .records(let data, _) = long.outcome, case .txt(let value)? = data.first else {
        Issue.record("\(long)")
        return
      }
      #expect(value.text == String(repeating: "x", count: 5000))
    }
  }

  @Test func `A chain of aliases ends`() throws {
    try BadNameServer.run { bad in
      var recorder = try Self.recorder([bad.port])
      let chain = recorder.lookup(DNSQuestion("chain1.test", .txt)).answer
      #expect(chain.outcome == .failure)
      #expect((1...16).contains(chain.aliases.count))
    }
  }

  @Test func `Servers of one's own zone that differ are a disagreement, and each is shown`() throws
  {
    try BadNameServer.run(text: "one") { one in
      try BadNameServer.run(text: "two") { two in
        var recorder = try Self.recorder([one.port, two.port])
        let own = recorder.lookup(DNSQuestion("ok.own.test", .txt))
        #expect(own.answer.outcome == .disagreement)
        #expect(own.replies.map(\.server.port) == [one.port, two.port])
        #expect(Set(own.replies.map(\.result)).count == 2)
        // Of another's zone the first that answers is enough.
        let other = recorder.lookup(DNSQuestion("ok.test", .txt))
        #expect(Self.text(other.answer) == #"300 "one""#)
        #expect(other.replies.count == 1)
      }
    }
  }

  @Test func `A server that is silent is not asked for ever`() throws {
    try BadNameServer.run { bad in
      var limits = Self.limits
      limits.silences = 2
      var recorder = try Self.recorder([bad.port], limits: limits)
      let start = ContinuousClock.now
      for number in 0..<200 { _ = recorder.lookup(DNSQuestion("silent.x\(number).test", .txt)) }
      #expect(start.duration(to: .now) < .seconds(5))
    }
  }

  @Test func `A run has limits of questions and of time`() throws {
    try BadNameServer.run { bad in
      var limits = Self.limits
      limits.questions = 10
      var recorder = try Self.recorder([bad.port], limits: limits)
      var found = 0
      for number in 0..<50 {
        let answer = recorder.lookup(DNSQuestion("ok.x\(number).test", .txt)).answer
        if answer.outcome != .failure { found += 1 }
      }
      #expect(found == 5 && recorder.client.isExhausted)
      limits = Self.limits
      limits.total = .milliseconds(500)
      recorder = try Self.recorder([bad.port], limits: limits)
      let start = ContinuousClock.now
      for number in 0..<50 { _ = recorder.lookup(DNSQuestion("silent.y\(number).test", .txt)) }
      #expect(start.duration(to: .now) < .seconds(5) && recorder.client.isExhausted)
    }
  }

  @Test func `Nobody at the port is a failure at once`() throws {
    let port = try Judge.read("free_port.py", input: [], as: UInt16.self)
    var recorder = try Self.recorder([port])
    #expect(recorder.lookup(DNSQuestion("ok.test", .txt)).answer.outcome == .failure)
  }

  @Test func `A name that is none is not asked`() throws {
    var recorder = try Self.recorder([1])
    for name in ["", "a..b", "UPPER.test\u{0}", "%{i}.test", String(repeating: "a", count: 300)] {
      #expect(recorder.lookup(DNSQuestion(name, .txt)).answer.outcome == .failure)
    }
  }

  /// A real server: an alias, a name that does not exist, one without the type, a zone that is not
  /// its own, a set that does not fit a datagram, and a loop.
  @Test func `BIND is understood`() throws {
    let long = (1...30).map { number in
      "big TXT \"\(number) \(String(repeating: "t", count: 200))\"\n"
    }.joined()
    let zone = """
      $TTL 300
      @ IN SOA ns root 1 7200 900 604800 60
      @ IN NS ns
      ns A 192.0.2.53
      @ MX 10 mx
      mx AAAA 2001:db8::25
      to CNAME @
      a CNAME b
      b CNAME a
      *.wild TXT "wild"
      """ + "\n" + long
    try NameServer.run(zones: ["own.test": zone]) { server in
      var recorder = try Self.recorder([server.port])
      func said(_ name: String, _ type: RecordType) -> String {
        Self.text(recorder.lookup(DNSQuestion(name, type)).answer)
      }
      #expect(said("own.test", .mx) == "300 10 mx.own.test.")
      #expect(said("own.test", .soa) == "300 ns.own.test. root.own.test. 1 7200 900 604800 60")
      #expect(said("to.own.test", .mx) == "own.test./300 > 300 10 mx.own.test.")
      #expect(said("to.own.test", .txt) == "own.test./300 > noData")
      #expect(said("to.own.test", .cname) == "300 own.test.")
      #expect(said("none.own.test", .txt) == "noName")
      #expect(said("mx.own.test", .a) == "noData")
      #expect(said("x.wild.own.test", .txt) == #"300 "wild""#)
      #expect(said("a.own.test", .txt).hasSuffix("failure"))
      #expect(said("other.test", .txt) == "failure")
      guard
        case .records(let data, _) = recorder.lookup(DNSQuestion("big.own.test", .txt)).answer
          .outcome
      else {
        Issue.record("the big set did not come")
        return
      }
      #expect(data.count == 30)
    }
  }
}

struct DNSServerTests {
  @Test(arguments: [
    ("192.0.2.1", "192.0.2.1"), ("192.0.2.1:53", "192.0.2.1"),
    ("192.0.2.1:5353", "192.0.2.1:5353"), ("2001:db8::1", "2001:db8::1"),
    ("[2001:db8::1]", "2001:db8::1"), ("[2001:db8::1]:5353", "[2001:db8::1]:5353"),
  ])
  func isRead(_ text: String, _ shown: String) throws {
    #expect(try #require(DNSServer(parsing: text)).description == shown)
  }

  @Test(arguments: [
    "", "ns.example", "192.0.2.1:", "192.0.2.1:0", "192.0.2.1:65536", "192.0.2.1:+5", "[192.0.2.1]",
    "[2001:db8::1", "[2001:db8::1]5", "192.0.2.256", ":53", "[]:53",
  ])
  func isRefused(_ text: String) { #expect(DNSServer(parsing: text) == nil) }

  @Test func resolversOfTheSystem() {
    let text = """
      # comment
      search example.test
      nameserver 192.0.2.1
      nameserver\t2001:db8::1
      nameserver fe80::1%eth0
      nameserver name.test
      nameserver 192.0.2.3 trailing
      nameserver 192.0.2.4
      """
    #expect(
      DNSServer.resolvers(in: text).map(\.description)
        == ["192.0.2.1", "2001:db8::1", "192.0.2.3"])
    #expect(DNSServer.resolvers(in: "").isEmpty)
  }
}
