import MailRecords
import Testing
import TestSupport

struct NameTests {
  @Test(arguments: [
    ("kaede.example", "kaede.example"), ("KAEDE.Example", "kaede.example"),
    ("日本語.jp", "xn--wgv71a119e.jp"), ("Bücher.example", "xn--bcher-kva.example"),
    ("faß.de", "xn--fa-hia.de"), ("xn--BCHER-kva.example", "xn--bcher-kva.example"),
    ("\u{30D5}\u{3099}.jp", "xn--tdk.jp"), ("r3---sn-x.example", "r3---sn-x.example"),
    ("1.example", "1.example"), ("a.b-c.d1", "a.b-c.d1"),
  ])
  func reads(_ text: String, _ ascii: String) throws {
    let name = try DomainName(parsing: text)
    #expect(name.ascii == ascii)
    #expect(try DomainName(parsing: name.ascii) == name)
    #expect(try DomainName(parsing: name.unicode) == name)
    #expect(name.isInternationalized == ascii.contains("xn--"))
  }

  @Test func showsUnicode() throws {
    #expect(try DomainName(parsing: "xn--wgv71a119e.jp").unicode == "日本語.jp")
  }

  @Test(arguments: [
    ("", DomainNameError.empty), ("localhost", .singleLabel), ("a..example", .emptyLabel),
    (".example", .emptyLabel), ("a.example.", .trailingDot), ("192.0.2.1", .isAddress),
    ("a_b.example", .badCharacter("_")), ("a b.example", .badCharacter(" ")),
    ("-a.example", .hyphenAtEdge("-a")), ("a-.example", .hyphenAtEdge("a-")),
    ("a.exa\nmple", .badCharacter("\n")), ("a.\u{0}b", .badCharacter("\u{0}")),
    (String(repeating: "a", count: 64) + ".jp", .labelTooLong(String(repeating: "a", count: 64))),
    (String(repeating: "abcdefg.", count: 32) + "jp", .nameTooLong),
  ])
  func refuses(_ text: String, _ expected: DomainNameError) {
    #expect(throws: expected) { try DomainName(parsing: text) }
  }

  @Test(arguments: [
    "xn--a.example", "ab\u{200B}c.example", "ｋａｅｄｅ.example", "日本。jp", "\u{202E}a.jp",
  ])
  func refusesByIDNA(_ text: String) {
    #expect(throws: DomainNameError.self) { try DomainName(parsing: text) }
  }

  /// The hot path says yes only where the slow one reads the same name.
  @Test func hotPathAgrees() throws {
    var random = SplitMix64(seed: 1)
    let alphabet = Array("ab1-..xn_".utf8)
    var accepted = 0
    for _ in 0..<40_000 {
      let bytes = (0..<Int.random(in: 0...9, using: &random)).map { _ in
        alphabet[Int.random(in: 0..<alphabet.count, using: &random)]
      }
      let text = String(decoding: bytes, as: UTF8.self)
      let slow = try? DomainName(parsing: text)
      if let fast = DomainName(validatedLowercaseASCII: bytes.span) {
        accepted += 1
        #expect(fast == slow)
        #expect(fast.ascii == text)
      } else if let slow, slow.ascii == text {
        #expect(text.contains("xn--"))
      }
    }
    #expect(accepted > 500)
  }

  @Test func subdomains() throws {
    let zone = try DomainName(parsing: "kaede.example")
    #expect(zone.isEqualOrSubdomain(of: zone))
    #expect(try DomainName(parsing: "a.kaede.example").isEqualOrSubdomain(of: zone))
    #expect(try !DomainName(parsing: "akaede.example").isEqualOrSubdomain(of: zone))
    #expect(try !zone.isEqualOrSubdomain(of: DomainName(parsing: "a.kaede.example")))
  }

  @Test func owners() throws {
    let zone = try DomainName(parsing: "kaede.example")
    #expect(OwnerName(parsing: "@", zone: zone)?.absolute == "kaede.example.")
    #expect(OwnerName(parsing: "MG._domainkey", zone: zone)?.relative == "mg._domainkey")
    #expect(OwnerName(parsing: "a.kaede.example.", zone: zone)?.relative == "a")
    #expect(OwnerName(parsing: "*.x", zone: zone)?.absolute == "*.x.kaede.example.")
    for bad in ["", "a..b", "a.other.example.", "x.*", "a b", "a\nb", "."] {
      #expect(OwnerName(parsing: bad, zone: zone) == nil)
    }
    #expect(OwnerName(zone: zone, relative: "a\nb").relative == "a\\010b")
    #expect(OwnerName(apexOf: zone) < OwnerName(zone: zone, relative: "*"))
  }

  @Test(arguments: [
    "a@kaede.example", "A.b+c@Kaede.example", "!#$%&'*/=?^_`{|}~-@x.jp", "a@日本語.jp",
  ])
  func addresses(_ text: String) throws {
    let address = try EmailAddress(parsing: text)
    #expect(try EmailAddress(parsing: address.description) == address)
    #expect(text.hasPrefix(address.localPart + "@"))
  }

  @Test(arguments: [
    ("", EmailAddressError.empty), ("kaede.example", .missingAt), ("@x.jp", .emptyLocalPart),
    (".a@x.jp", .misplacedDot), ("a.@x.jp", .misplacedDot), ("a..b@x.jp", .misplacedDot),
    ("\"a b\"@x.jp", .quotedLocalPart), ("a b@x.jp", .badCharacter(" ")),
    ("a@b@x.jp", .badCharacter("@")), ("あ@x.jp", .badCharacter("あ")),
    ("a@x", .domain(.singleLabel)),
    (String(repeating: "a", count: 65) + "@x.jp", .localPartTooLong),
  ])
  func refusesAddress(_ text: String, _ expected: EmailAddressError) {
    #expect(throws: expected) { try EmailAddress(parsing: text) }
  }

  @Test func scanAgrees() {
    var random = SplitMix64(seed: 2)
    func part(_ alphabet: String) -> [UInt8] {
      let bytes = Array(alphabet.utf8)
      return (0..<Int.random(in: 0...6, using: &random)).map { _ in
        bytes[Int.random(in: 0..<bytes.count, using: &random)]
      }
    }
    var accepted = 0
    for _ in 0..<20_000 {
      let bytes = part("aaB.1-+\"") + [0x40] + part("aab..x1-B")
      let text = String(decoding: bytes, as: UTF8.self)
      let slow = try? EmailAddress(parsing: text)
      if let at = EmailAddress.scan(bytes.span) {
        accepted += 1
        #expect(slow?.description == text)
        #expect(slow?.localPart.utf8.count == at)
      } else {
        #expect(slow?.description != text)
      }
    }
    #expect(accepted > 100)
    let longest = Array((String(repeating: "a", count: 64) + "@x.jp").utf8)
    #expect(EmailAddress.scan(longest.span) == 64)
    let tooLong = Array((String(repeating: "a", count: 65) + "@x.jp").utf8)
    #expect(EmailAddress.scan(tooLong.span) == nil)
  }

  @Test(arguments: ["a@x.jp", "*@x.jp", "@x.jp", "*@*"])
  func patterns(_ text: String) throws {
    let pattern = try AddressPattern(parsing: text)
    #expect(pattern.description == text)
    #expect(try pattern.matches(EmailAddress(parsing: "a@x.jp")))
    #expect(try pattern.matches(EmailAddress(parsing: "a@y.jp")) == (text == "*@*"))
  }

  @Test(arguments: ["", "*", "a*@x.jp", "*@*.x.jp", "@*", "@", "x.jp"])
  func refusesPattern(_ text: String) {
    #expect(throws: AddressPatternError.self) { try AddressPattern(parsing: text) }
  }
}
