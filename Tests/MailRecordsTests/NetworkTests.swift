import MailRecords
import Testing
import TestSupport

struct NetworkTests {
  @Test(arguments: [
    ("192.0.2.0/28", "192.0.2.0/28"), ("192.0.2.7", "192.0.2.7"), ("192.0.2.7/32", "192.0.2.7"),
    ("0.0.0.0/0", "0.0.0.0/0"), ("2001:DB8::/32", "2001:db8::/32"),
    ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"), ("2001:0db8::0001", "2001:db8::1"),
    ("::", "::"), ("::1", "::1"), ("1::", "1::"), ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
    ("::ffff:192.0.2.1", "::ffff:192.0.2.1"), ("0:0:1::", "0:0:1::"),
  ])
  func reads(_ text: String, _ canonical: String) throws {
    let prefix = try IPPrefix(parsing: text)
    #expect(prefix.description == canonical)
    #expect(try IPPrefix(parsing: canonical) == prefix)
  }

  @Test(arguments: [
    ("", IPPrefixError.empty), ("192.0.2.1/28", .hostBits(network: "192.0.2.0/28")),
    ("2001:db8::1/64", .hostBits(network: "2001:db8::/64")), ("010.0.0.1", .leadingZero("010")),
    ("192.0.2.0/33", .badLength("33")), ("192.0.2.0/", .badLength("")),
    ("192.0.2.0/08", .badLength("08")), ("192.0.2", .notAnAddress("192.0.2")),
    ("256.0.0.1", .notAnAddress("256.0.0.1")), ("1::2::3", .notAnAddress("1::2::3")),
    ("1:::2", .notAnAddress("1:::2")), (":1::2", .notAnAddress(":1::2")),
    ("1:2:3:4:5:6:7:8:9", .notAnAddress("1:2:3:4:5:6:7:8:9")), ("::1/129", .badLength("129")),
  ])
  func refuses(_ text: String, _ expected: IPPrefixError) {
    #expect(throws: expected) { try IPPrefix(parsing: text) }
  }

  @Test func addressesRoundTrip() {
    var random = SplitMix64(seed: 3)
    for _ in 0..<5000 {
      var bits: UInt128 = 0
      for _ in 0..<8 {
        bits = bits << 16 | UInt128(Bool.random(using: &random) ? 0 : random.next() & 0xFFFF)
      }
      let six = IPAddress(v6: bits)
      #expect(IPAddress(parsing: six.description) == six)
      let four = IPAddress(v4: UInt32(truncatingIfNeeded: random.next()))
      #expect(IPAddress(parsing: four.description) == four)
    }
  }

  @Test(arguments: [
    ("10.1.0.0/16", SpecialUse.privateUse), ("172.31.255.255", .privateUse),
    ("192.168.0.0/16", .privateUse), ("127.0.0.1", .loopback), ("169.254.1.1", .linkLocal),
    ("100.64.0.0/10", .carrierGradeNAT), ("224.0.0.1", .multicast), ("0.1.2.3", .unspecified),
    ("240.0.0.0/4", .reserved), ("fd00::/8", .uniqueLocal), ("fe80::1", .linkLocal),
    ("::1", .loopback), ("ff02::1", .multicast), ("172.0.0.0/8", .privateUse),
  ])
  func special(_ text: String, _ use: SpecialUse) throws {
    #expect(try IPPrefix(parsing: text).isPrivateOrSpecial == use)
  }

  @Test(arguments: ["192.0.2.0/24", "198.51.100.7", "203.0.113.0/24", "2001:db8::/32", "8.8.8.8"])
  func ordinary(_ text: String) throws {
    #expect(try IPPrefix(parsing: text).isPrivateOrSpecial == nil)
  }

  @Test func sets() throws {
    let wide = try IPPrefix(parsing: "192.0.0.0/22")
    let narrow = try IPPrefix(parsing: "192.0.2.0/28")
    #expect(wide.contains(narrow) && !narrow.contains(wide))
    #expect(wide.overlaps(narrow) && narrow.overlaps(wide))
    #expect(try !narrow.overlaps(IPPrefix(parsing: "192.0.2.16/28")))
    #expect(try !narrow.overlaps(IPPrefix(parsing: "::/0")))
    #expect(narrow.dottedNetmask == "255.255.255.240")
    let parts = ["192.0.0.0/24", "192.0.1.0/24", "192.0.2.0/24", "192.0.3.0/24"]
    #expect(wide.split(toAtLeast: 24)?.map(\.description) == parts)
    #expect(narrow.split(toAtLeast: 24) == [narrow])
    #expect(try IPPrefix(parsing: "0.0.0.0/0").split(toAtLeast: 24) == nil)
  }

  @Test func timeToLive() {
    #expect(TTL(0)?.seconds == 0)
    #expect(TTL(2_147_483_647)?.seconds == 2_147_483_647)
    #expect(TTL(2_147_483_648) == nil)
    #expect(TTL(-1) == nil)
  }
}
