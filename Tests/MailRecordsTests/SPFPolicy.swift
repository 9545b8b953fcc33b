import Foundation
import MailRecords
import TestSupport

/// A sender and a small DNS in which its policy stands, for mgc and for the judge.
struct SPFPolicy: Encodable {
  struct Exchanger: Encodable {
    let preference: UInt16
    let host: String
  }

  enum Data: Encodable {
    case texts([String])
    case exchangers([Exchanger])
    case failure

    func encode(to encoder: any Encoder) throws {
      var container = encoder.singleValueContainer()
      switch self {
      case .texts(let texts): try container.encode(texts)
      case .exchangers(let exchangers): try container.encode(exchangers)
      case .failure: try container.encodeNil()
      }
    }
  }

  var dns: [String: [String: Data]] = [:]
  var ip = "192.0.2.1"
  var from = "user@p0.example"
  var helo = "mail.p0.example"

  var sender: SPFSender? {
    IPAddress(parsing: ip).map { SPFSender(address: $0, mailFrom: from, helo: helo) }
  }

  var resolver: DNSResolver {
    var known: [DNSQuestion: DNSAnswer] = [:]
    for (name, types) in dns {
      for (type, data) in types {
        known[DNSQuestion(name, RecordType(parsing: type))] = Self.answer(data, type)
      }
    }
    let names = Set(dns.keys)
    let answers = known
    return { answers[$0] ?? (names.contains($0.name) ? .noData : .noName) }
  }

  private static func answer(_ data: Data, _ type: String) -> DNSAnswer {
    let records: [RecordData] =
      switch data {
      case .failure: []
      case .exchangers(let all):
        all.map { .mx(preference: $0.preference, host: $0.host == "." ? "." : $0.host + ".") }
      case .texts(let texts):
        texts.compactMap { text in
          switch type {
          case "TXT": TXTValue(ascii: text).map { .txt($0) }
          case "A": IPAddress(parsing: text).map { .a($0) }
          case "AAAA": IPAddress(parsing: text).map { .aaaa($0) }
          default: .other(type: type, text: text + ".")
          }
        }
      }
    if case .failure = data { return .failure }
    return records.isEmpty ? .noData : .records(records, ttl: TTL(clamping: 300))
  }
}

/// Makes policies that are as bad as they come.
struct SPFPolicies {
  var random: SplitMix64

  private mutating func chance(_ percent: Int) -> Bool {
    Int.random(in: 0..<100, using: &random) < percent
  }

  private mutating func pick<Value>(_ values: [Value]) -> Value {
    values[Int.random(in: 0..<values.count, using: &random)]
  }

  private static let v4 = (1...6).map { "192.0.2.\($0)" } + ["198.51.100.9", "203.0.113.200"]
  private static let v6 = ["2001:db8::1", "2001:db8::2", "2001:db8:1::9", "2001:db8:ffff::1"]
  private static let hosts =
    (0..<8).map { "h\($0).example" } + ["mail.p0.example", "nowhere.example"]
  private static let policies = (0..<6).map { "p\($0).example" }

  mutating func next() -> SPFPolicy {
    var policy = SPFPolicy()
    let isV4 = chance(65)
    policy.ip = isV4 ? pick(Self.v4) : pick(Self.v6)
    if chance(4), isV4 { policy.ip = "::ffff:" + policy.ip }
    policy.from = pick(["user", "strong-bad", "a.b-c", "o'brien", "User"]) + "@p0.example"
    if chance(6) {
      policy.from = ""
      policy.helo = pick(["p0.example", "mail.p0.example", "h1.example"])
    }
    for host in Self.hosts.dropLast() {
      var types: [String: SPFPolicy.Data] = [:]
      if chance(75) { types["A"] = .texts(some(Self.v4, 3)) }
      if chance(50) { types["AAAA"] = .texts(some(Self.v6, 2)) }
      if chance(35) { types["MX"] = .exchangers(exchangers()) }
      if chance(1) { types[pick(["A", "AAAA", "MX"])] = .failure }
      if !types.isEmpty { policy.dns[host] = types }
    }
    for (index, name) in Self.policies.enumerated() {
      var types: [String: SPFPolicy.Data] = policy.dns[name] ?? [:]
      if index == 0 ? chance(97) : chance(85) { types["TXT"] = .texts(texts(index)) }
      if chance(1) { types["TXT"] = .failure }
      if chance(40) { types["A"] = .texts(some(Self.v4, 2)) }
      if chance(40) { types["MX"] = .exchangers(exchangers()) }
      if !types.isEmpty { policy.dns[name] = types }
    }
    // What macros lead to.
    for name in [
      "user.p0.example", "1.2.0.192.in-addr.p0.example", "example.p0", "in-addr.h2.example",
    ]
    where chance(50) {
      policy.dns[name, default: [:]]["A"] = .texts(["127.0.0.2"])
      if chance(50) { policy.dns[name, default: [:]]["TXT"] = .texts(texts(3)) }
    }
    policy.dns["why.example", default: [:]]["TXT"] = .texts(
      pick([
        ["%{i} is not one of %{d}'s designated mail servers"], ["%{c} %{r} %{H} 100%% %_%-"],
        ["see http://%{d2r}/%{S}"], ["%{z}"], [], ["one", "two"],
      ]))
    if let address = policy.sender?.address, chance(60) {
      let sender = SPFSender(address: address, mailFrom: "a@b.example", helo: "")
      let count = chance(10) ? 12 : Int.random(in: 1...3, using: &random)
      policy.dns[Self.pointer(sender.address), default: [:]]["PTR"] =
        chance(3) ? .failure : .texts((0..<count).map { _ in pick(Self.hosts) })
    }
    return policy
  }

  private static func pointer(_ address: IPAddress) -> String {
    if address.isIPv4 {
      return address.description.split(separator: ".").reversed().joined(separator: ".")
        + ".in-addr.arpa"
    }
    return (0..<32).map { String(address.bits >> UInt128(4 * $0) & 0xF, radix: 16) }
      .joined(separator: ".") + ".ip6.arpa"
  }

  private mutating func some(_ values: [String], _ limit: Int) -> [String] {
    (0..<Int.random(in: 0...limit, using: &random)).map { _ in pick(values) }
  }

  private mutating func exchangers() -> [SPFPolicy.Exchanger] {
    if chance(4) { return [SPFPolicy.Exchanger(preference: 0, host: ".")] }
    let count =
      chance(5) ? Int.random(in: 9...13, using: &random) : Int.random(in: 0...3, using: &random)
    return (0..<count).map { _ in
      SPFPolicy.Exchanger(
        preference: UInt16.random(in: 0...30, using: &random), host: pick(Self.hosts))
    }
  }

  private mutating func texts(_ index: Int) -> [String] {
    var texts: [String] = []
    if chance(20) { texts.append(pick(["hello", "v=spf10 -all", " v=spf1 +all", "v=spf2.0/pra"])) }
    texts.append(record(index))
    if chance(2) { texts.append(pick(["v=spf1", "v=spf1 -all", "V=SPF1 +all"])) }
    if chance(3) { texts.removeAll { SPFRecord.isSPF($0) } }
    return texts
  }

  private mutating func record(_ index: Int) -> String {
    var terms = (0..<Int.random(in: 0...(chance(15) ? 13 : 5), using: &random)).map { _ in
      directive(index)
    }
    if chance(70) {
      terms.append(pick(["-", "~", "?", "", "+", "-", "~"]) + pick(["all", "all", "ALL"]))
    }
    if chance(8) { terms.append(directive(index)) }
    if chance(22) {
      terms.insert("redirect=" + target(index), at: Int.random(in: 0...terms.count, using: &random))
    }
    if chance(2) { terms.append("redirect=p1.example") }
    if chance(18) {
      terms.insert(
        "exp=" + pick(["why.example", "%{l}.why.example", "nowhere.example", "why.%{o1}"]),
        at: Int.random(in: 0...terms.count, using: &random))
    }
    if chance(5) { terms.append(pick(["foo=%{d}", "x-y.z_1=", "bar=/a:b", "foo=%{i}"])) }
    if chance(3) { terms.insert(mistake(), at: Int.random(in: 0...terms.count, using: &random)) }
    let blank = chance(5) ? "  " : " "
    return (["v=spf1"] + terms).joined(separator: blank) + (chance(3) ? " " : "")
  }

  private mutating func mistake() -> String {
    pick([
      "ip4:192.0.2", "ip4:192.0.2.1/33", "ip6:2001:db8::/129", "ip4:2001:db8::1", "a:192.0.2.1",
      "include", "include:", "exists", "exists:", "all:x.example", "all/8", "prt", "mx:h1.example,",
      "a/24/", "a:h1", "a/024", "ptr/24", "include:p1.example/24", "ip4:192.0.2.1~all", "=x",
      "?foo=bar", "exp=", "redirect=", "a:%{z}.example", "a:%(d).example", "a:100%",
      "exists:%{c}.example",
      "exists:%{t}.x.example", "foo=%{r}", "foo=%", "a:h1.example/24//129", "mx//64/24", "bad mech",
      "a:h1.123", "a:h1.-x", "ip4", "redirect=p1.example/24",
    ])
  }

  private mutating func directive(_ index: Int) -> String {
    let qualifier = chance(70) ? "" : pick(["+", "-", "~", "?"])
    return qualifier + mechanism(index)
  }

  private mutating func length() -> String {
    guard chance(25) else { return "" }
    return pick(["/24", "/32", "/0", "//64", "//128", "/24//64", "/31//0", "/8//32"])
  }

  private mutating func mechanism(_ index: Int) -> String {
    switch Int.random(in: 0..<100, using: &random) {
    case ..<12:
      pick(["ip4:", "IP4:"]) + pick(Self.v4) + pick(["", "/24", "/31", "/0", "/30", "/32"])
    case ..<18: "ip6:" + pick(Self.v6) + pick(["", "/64", "/48", "/0", "/128", "/127"])
    case ..<44: "include:" + target(index)
    case ..<58: "a" + (chance(75) ? ":" + spec() : "") + length()
    case ..<74: pick(["mx", "MX"]) + (chance(75) ? ":" + spec() : "") + length()
    case ..<88: "exists:" + spec()
    case ..<95:
      "ptr"
        + (chance(60)
          ? ":" + pick(Self.hosts + ["example", "p0.example"].filter { $0.contains(".") }) : "")
    default: "a:" + pick(Self.hosts)
    }
  }

  /// Targets of `include` and `redirect`: mostly later policies, so that not all is a loop.
  private mutating func target(_ index: Int) -> String {
    if chance(4) { return pick(["nowhere.example", "void.example"]) }
    if chance(6) { return pick(["%{l}.p0.example", "p%{d1r}.example", "P2.Example.", "p1.%{o1}"]) }
    let later = Self.policies.dropFirst(index + 1)
    if chance(80), !later.isEmpty { return pick(Array(later)) }
    // A record that names itself is rare: pyspf refuses it unread.
    return pick(
      Self.policies.enumerated().filter { $0.offset != index || chance(10) }.map(\.element))
  }

  private mutating func spec() -> String {
    if chance(1) { return pick(["%{p}", "%{p2}.x.example", "%{d0}.example", "%{h-.}.example"]) }
    if chance(30) {
      return pick([
        "%{l}.p0.example", "%{ir}.%{v}.p0.example", "%{d2}", "%{o}", "%{h}", "%{l1r-}.%{d}",
        "%{lr-}.%{d2r}",
        "%{v}.h2.example", "%{i}._spf.%{d}", "%{S}.x.example", "%{L}.%{D}", "%{d10}",
        "x%%y.example",
        "%{l-}.lp.%{d}", "a%_b.example", "%{dr}.example", "%{o1}", "h1.%{d1}", "%{ir-}.example",
        "h%{d3}",
      ])
    }
    return pick(Self.hosts)
  }
}
