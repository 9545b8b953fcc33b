import Artifacts
import Emitters
import Foundation
import MailRecords
import Procedure
import TenantModel
import Testing

@Suite struct ZoneEmitterTests {
  static let frame = """
    $TTL 3600
    @ IN SOA ns hostmaster 1 7200 900 604800 900
    @ IN NS ns
    ns IN A 192.0.2.53
    mail IN A 203.0.113.80
    mail2 IN A 203.0.113.81

    """

  static let zone = """
    $ORIGIN kaede.example.
    \(frame)@ 86400 IN MX 10 mail
    @ 86400 IN MX 20 mail2
    @ 1800 IN TXT "v=spf1 include:old-sender.example mx -all"
    @ 1800 IN TXT "site-verification=a\\"b\\\\c;d"
    _dmarc 600 IN TXT "v=DMARC1; p=none"

    """

  static let domain = """
    domains:
      - name: kaede.example
        zone: { file: zones/kaede.example.zone }
        spf:
          senders: [ip4:198.51.100.7]
          remove: [include:old-sender.example]
          all: softfail
        dkim: [{ selector: mg, publicKey: keys/mg.txt }]
        dmarc: { policy: reject, aggregateReports: ["mailto:dmarc@kaede.example"] }
        tlsReports: ["mailto:tls@kaede.example"]
        cutover: 2026-12-19T22:00:00+09:00

    """

  /// A public key of 2048 bits, which takes two strings.
  static let publicKey = """
    -----BEGIN PUBLIC KEY-----
    MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAtt9c00kMP0KWQwRE4zd0
    y/Z9dozZ+QpaJNMOHfL88h25QfPOdlqs7AxBIJoUwvGdwjNFyjEvwNbV1hRt8dGE
    WZl/HzqVrBTzdPOIPpmBfyKFnbafgxbGKAmUjEDLWuKNf3pkXe3zb1UEhmufvQI0
    3K8mZvXfMv0nU9dFaKmd6omgz/eZQJ3eDkYPPP2kfblc8BtJu3DpH/MoOsshvUMi
    v//YvdyItmZe6pHUoE/QJ3E8Wr4MsS/mRMRRv1o3j5iIBy0yLdCIUqHszkq6FWzp
    j1wgvgQ+wvSbTXU1K2F1Ahc80BPFuo9BGfA6Fw2qwSsp5LqenIhwfyVxoC6dd3uC
    EQIDAQAB
    -----END PUBLIC KEY-----
    """

  static let steps = [
    "2-sender-authentication/kaede.example.zone", "4-ttl/kaede.example.zone",
    "6-mx-cutover/kaede.example.zone", "8-afterwards/kaede.example-ttl.zone",
    "8-afterwards/kaede.example-dmarc-quarantine.zone",
    "8-afterwards/kaede.example-dmarc-reject.zone",
  ]

  static func documents(zone: String?, _ services: [String] = ExampleProcedure.both) throws
    -> [String: String]
  {
    try ExampleProcedure(
      ExampleProcedure.head(services) + domain,
      zones: zone.map { ["kaede.example": $0] } ?? [:], files: ["keys/mg.txt": publicKey]
    ).documents
  }

  @Test func eachStepBringsWhatWasMeantAndGoesBack() throws {
    let documents = try Self.documents(zone: Self.zone)
    let base64 = Self.publicKey.split(separator: "\n").dropFirst().dropLast().joined()
    let others = [
      "kaede.example. 1800 TXT \"site-verification=a\\\"b\\\\c;d\"",
      "mail.kaede.example. 3600 A 203.0.113.80", "mail2.kaede.example. 3600 A 203.0.113.81",
      "ns.kaede.example. 3600 A 192.0.2.53",
    ]
    let texts = [
      "_smtp._tls.kaede.example. 3600 TXT \"v=TLSRPTv1; rua=mailto:tls@kaede.example\"",
      "kaede.example. 1800 TXT \"v=spf1 mx ip4:198.51.100.7 include:spf.gateway.example -all\"",
      "mg._domainkey.kaede.example. 3600 TXT \"v=DKIM1; k=rsa; p=\(base64)\"",
    ]
    func dmarc(_ policy: String) -> [String] {
      [
        "_dmarc.kaede.example. 600 TXT \"v=DMARC1; p=\(policy); rua=mailto:dmarc@kaede.example\""
      ]
    }
    func mx(_ ttl: Int, _ hosts: String...) -> [String] {
      hosts.enumerated().map { "kaede.example. \(ttl) MX \($0 * 10 + 10) \($1)." }
    }
    let old = ["mail.kaede.example", "mail2.kaede.example"]
    let new = ["mx1.gateway.example", "mx2.gateway.example"]
    let wanted = [
      others + texts + dmarc("none") + mx(86400, old[0], old[1]),
      others + texts + dmarc("none") + mx(300, old[0], old[1]),
      others + texts + dmarc("none") + mx(300, new[0], new[1]),
      others + texts + dmarc("none") + mx(86400, new[0], new[1]),
      others + texts + dmarc("quarantine") + mx(86400, new[0], new[1]),
      others + texts + dmarc("reject") + mx(86400, new[0], new[1]),
    ]
    var states = [try TestZone(Self.zone, origin: "kaede.example")]
    for (path, wanted) in zip(Self.steps, wanted) {
      let next = try states[states.count - 1].applying(try #require(documents[path]))
      #expect(next.records == wanted.sorted(), "\(path)")
      states.append(next)
    }
    for (number, path) in Self.steps.enumerated().reversed() {
      let back = try states[number + 1].applying(try #require(documents["rollback/" + path]))
      #expect(back.records == states[number].records, "\(path)")
    }
    // Going back from the last step that was made leaves the first zone.
    var zone = states[3]
    for path in Self.steps[..<3].reversed() {
      zone = try zone.applying(try #require(documents["rollback/" + path]))
    }
    #expect(zone.records == states[0].records)
  }

  /// Zones of many shapes: each state passes the name servers, and each step can be undone.
  @Test(arguments: 0..<12)
  func anyZoneGoesThereAndBack(seed: UInt64) throws {
    var random = ZoneShapes(state: seed &* 7919 &+ 1)
    let zone = "$ORIGIN kaede.example.\n" + Self.frame + random.mailRecords()
    let documents = try Self.documents(zone: zone)
    var state = try TestZone(zone, origin: "kaede.example")
    for path in Self.steps {
      guard let forward = documents[path] else {
        #expect(documents["rollback/" + path] == nil)
        continue
      }
      let next = try state.applying(forward)
      let back = try next.applying(try #require(documents["rollback/" + path]))
      #expect(back.records == state.records, "\(path)\n\(zone)")
      state = next
    }
    let gateway = ["10 mx1.gateway.example.", "20 mx2.gateway.example."]
    let mx = state.records.filter { $0.contains(" MX ") }
    #expect(mx.map { $0.split(separator: " MX ")[1] } == gateway.map { Substring($0) })
    let spf = state.records.filter { $0.contains("\"v=spf1") }
    #expect(spf.count == 1 && spf[0].contains(" include:spf.gateway.example "))
    #expect(state.records.count { $0.contains("\"v=DMARC1") } == 1)
    // Applied again to what it left, mgc finds nothing to do, though nothing is remembered.
    let again = try Self.documents(zone: state.lines.joined(separator: "\n") + "\n")
    let step2 = try #require(again[Self.steps[0]])
    #expect(step2.matches(of: /; already published/).count == 4)
    if let low = again[Self.steps[1]] { #expect(low.contains("\n; already published\n")) }
    #expect(
      try state.applying(try #require(again[Self.steps[2]])).records.count == state.records.count)
  }

  @Test func anUnknownZoneIsForPeopleToCheck() throws {
    let documents = try Self.documents(zone: nil)
    func records(_ path: String) throws -> [String] {
      try #require(documents[path]).split(separator: "\n").map(String.init)
        .filter { !$0.hasPrefix(";") && !$0.hasPrefix("$ORIGIN") }
    }
    let step2 = try #require(documents[Self.steps[0]])
    #expect(step2.contains("; CHECK FIRST: "))
    #expect(step2.contains(";   If there is one, write it down, add the terms of the record below"))
    // Mail may still leave by the server itself, whose addresses are known.
    let spf = "v=spf1 ip4:203.0.113.80 ip4:198.51.100.7 include:spf.gateway.example ~all"
    #expect(step2.contains("\n; kaede.example. 3600 IN TXT \"\(spf)\"\n"))
    #expect(try !records(Self.steps[0]).contains { $0.contains("v=spf1") })
    #expect(!step2.contains("remove:\n") && !step2.contains("; remove: "))
    #expect(try records(Self.steps[1]).isEmpty)
    #expect(
      try records(Self.steps[2]) == [
        "kaede.example. 300 IN MX 10 mx1.gateway.example.",
        "kaede.example. 300 IN MX 20 mx2.gateway.example.",
      ])
    #expect(try records(Self.steps[3]).isEmpty)
    for path in Self.steps {
      #expect(try records("rollback/" + path).isEmpty)
    }
    for (path, words) in zip(
      Self.steps,
      [
        "If you wrote an SPF record down in step 2, put it back",
        "Set the TTL of every MX record of kaede.example to what you wrote down in step 4.",
        "Put back every MX record that you wrote down in step 6, each with a TTL of 300 seconds.",
        "Set the TTL of every MX record of kaede.example back to 300 seconds.",
        "Put back the DMARC record of the stage before:",
        "Put back the DMARC record of the stage before:",
      ])
    { #expect(documents["rollback/" + path]?.contains(words) == true, "\(path)") }
    // Into a zone without mail records, the records that come can be put as they are.
    let empty = try TestZone(
      "$ORIGIN kaede.example.\n" + Self.frame, origin: "kaede.example")
    let after = try Self.steps.reduce(empty) { try $0.applying(try #require(documents[$1])) }
    #expect(after.records.count == empty.records.count + 5)
  }

  @Test(arguments: [
    (
      "other: { description: x, addresses: [203.0.113.80, \"2001:db8::/48\"] }", "", false,
      "v=spf1 ip4:203.0.113.80 ip6:2001:db8::/48 include:spf.gateway.example ~all"
    ),
    (
      "postfix: { host: mail.kaede.example, addresses: [203.0.113.80] }", "", false,
      "v=spf1 ip4:203.0.113.80 include:spf.gateway.example ~all"
    ),
    (
      "other: { description: x, addresses: [203.0.113.80] }",
      ", spf: { senders: [ip4:203.0.113.80] }", false,
      "v=spf1 ip4:203.0.113.80 include:spf.gateway.example ~all"
    ),
    (
      "other: { description: x, addresses: [203.0.113.80] }",
      ", spf: { remove: [ip4:203.0.113.80] }", false, "v=spf1 include:spf.gateway.example ~all"
    ),
    (
      "googleWorkspace: { signIn: { saml: { idp: x, contact: z } } }", "", false,
      "v=spf1 include:spf.gateway.example ~all"
    ),
    (
      "other: { description: x, addresses: [203.0.113.80] }", ", role: parked", false,
      "v=spf1 -all"
    ),
    // What a zone holds is left to it.
    (
      "other: { description: x, addresses: [203.0.113.80] }", "", true,
      "v=spf1 include:spf.gateway.example ~all"
    ),
  ])
  func onlyAnUnknownZoneTakesTheServersAddresses(
    _ server: String, _ keys: String, _ isKnown: Bool, _ spf: String
  ) throws {
    let head = ExampleProcedure.head(["leak-prevention"]).split(separator: "\n").dropLast()
      .joined(separator: "\n")
    let procedure = try ExampleProcedure(
      head + "\n    \(server)\ndomains:\n  - { name: kaede.example\(keys) }\n",
      zones: isKnown ? ["kaede.example": "$ORIGIN kaede.example.\n" + Self.frame] : [:]
    ).procedure
    let change = try #require(procedure.domains[0].senderAuthentication.first)
    #expect(change.added.map(\.presentation) == ["\"\(spf)\""])
  }

  /// After step 4 the zone shows the low TTL, and the old one is what has to be waited for.
  @Test func theOldTTLIsTheOneBeforeStep4() throws {
    let origin = try DomainName(parsing: "kaede.example")
    let low = RecordSet(
      owner: OwnerName(apexOf: origin), type: .mx, ttl: TTL(clamping: 300),
      data: [.mx(preference: 10, host: "mail.kaede.example.")])
    let first = try ExampleProcedure(ExampleProcedure.head(ExampleProcedure.both) + Self.domain)
      .procedure
    let procedure = Procedure(
      first.tenant, services: first.services, keys: KeyRing(),
      zones: [origin: ZoneContents(origin: origin, soa: nil, sets: [low])],
      rememberedTTLs: [origin: TTL(clamping: 86400)])
    let cutover = try #require(
      Emitter.documents(of: procedure).first { $0.path.description == Self.steps[2] })
    #expect(String(decoding: cutover.bytes, as: UTF8.self).contains("\n; 86400 seconds.\n"))
  }

  @Test func onlyWhatTheContractAsksFor() throws {
    let inbound = try Self.documents(zone: Self.zone, ["inbound-security"])
    let zones = inbound.keys.filter { $0.hasSuffix(".zone") && !$0.hasPrefix("rollback/") }
    #expect(zones.sorted() == [Self.steps[1], Self.steps[2], Self.steps[3]])
    let outbound = try Self.documents(zone: Self.zone, ["leak-prevention"])
    let others = outbound.keys.filter { $0.hasSuffix(".zone") && !$0.hasPrefix("rollback/") }
    #expect(others.sorted() == [Self.steps[0], Self.steps[4], Self.steps[5]])
  }

  @Test func aKeyThatIsWaitedForIsAComment() throws {
    let domain = """
      domains:
        - { name: もみじ商店.example, dkim: [{ selector: mg }] }
        - { name: parked.example, role: parked, dmarc: { policy: reject } }

      """
    let documents = try ExampleProcedure(
      ExampleProcedure.head(["leak-prevention"]) + domain
    ).documents
    let zone = try #require(
      documents.first { $0.key.hasPrefix("2-sender-authentication/xn--") }
    ).value
    #expect(zone.contains(";   Write it to domains[0].dkim[0].publicKey in tenant.yaml"))
    #expect(!zone.contains("p="))
    for (path, text) in documents where path.hasSuffix(".zone") {
      #expect(text.utf8.allSatisfy { $0 < 0x7F }, "\(path)")
    }
    let parked = try #require(documents["2-sender-authentication/parked.example.zone"])
    #expect(parked.contains("\n; parked.example. 3600 IN TXT \"v=spf1 -all\"\n"))
    #expect(parked.contains("_dmarc.parked.example. 3600 IN TXT \"v=DMARC1; p=reject\""))
    // Reject is the last stage.
    #expect(!documents.keys.contains { $0.contains("-dmarc") })
  }

  /// A name too long for the DNS must never lead to the records of another name.
  @Test func aLongSelectorLeavesTheApexAlone() throws {
    let selector = Array(repeating: String(repeating: "s", count: 49), count: 2)
      .joined(separator: ".")
    let name =
      Array(repeating: String(repeating: "d", count: 49), count: 4)
      .joined(separator: ".") + ".example"
    let domain = """
      domains:
        - name: \(name)
          dkim: [{ selector: \(selector), publicKey: keys/mg.txt }]

      """
    let procedure = try ExampleProcedure(
      ExampleProcedure.head(["leak-prevention"]) + domain,
      zones: [name: "\(name). 60 IN TXT \"v=spf1 -all\"\n"], files: ["keys/mg.txt": Self.publicKey]
    ).procedure
    let changes = procedure.domains[0].senderAuthentication
    #expect(changes.map(\.owner.isApex) == [true, false])
  }

  @Test(arguments: [
    ("a.example.", "a.example."), (".", "."), ("a\\.b.example", "a\\046b.example."),
    ("a\\032b.example.", "a\\032b.example."), ("a\\\\.x", "a\\092.x."), ("a\\999", "a999."),
    ("x\\", "x\\092."), ("\\03", "03."),
  ])
  func namesOfZoneFilesAreReadBack(_ name: String, _ written: String) {
    var zone = ZoneFile()
    zone.record(owner: ZoneName(presentation: name), ttl: 1, type: "A", data: [])
    let owner = String(decoding: zone.bytes, as: UTF8.self).split(separator: " ")[0]
    #expect(String(owner) == written)
  }
}

/// Mail records of random shape, from a seed.
private struct ZoneShapes: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  private mutating func one<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: 0..<elements.count, using: &self)]
  }

  mutating func mailRecords() -> String {
    var text = ""
    let ttl = one([0, 60, 300, 301, 3600, 604_800])
    let exchangers = [
      "10 mail", "20 mail2", "10 mx1.gateway.example.", "20 mx2.gateway.example.",
      "5 mx2.gateway.example.",
    ]
    for exchanger in exchangers where Bool.random(using: &self) {
      text += "@ \(ttl) IN MX \(exchanger)\n"
    }
    let apex = one([30, 900, 7200])
    for word in ["a", "b c", "google-site-verification=x;y", "é\\\"\\\\"]
    where Bool.random(using: &self) {
      text += "@ \(apex) IN TXT \"\(word)\"\n"
    }
    let long = (0..<12).map { "ip4:203.0.113.\($0)" }.joined(separator: " ")
    text += one([
      "", "@ \(apex) IN TXT \"v=spf1 -all\"\n", "@ \(apex) IN TXT \"v=spf1 mx ~all\"\n",
      "@ \(apex) IN TXT \"V=SPF1 \" \"include:old-sender.example \" \"\(long)\" \" ?all\"\n",
    ])
    text += one([
      "", "_dmarc 120 IN TXT \"v=DMARC1; p=reject; pct=50\"\n",
      "_dmarc 120 IN TXT \"v=DMARC1; p=none\"\n_dmarc 120 IN TXT \"v=DMARC1;p=none\"\n",
    ])
    text += one(["", "mg._domainkey 240 IN TXT \"v=DKIM1; \" \"p=MA==\"\n"])
    return text
  }
}
