import Artifacts
import Foundation
import TestSupport
import Testing

@Suite struct ZoneTests {
  @Test func recordsStandInColumns() {
    var zone = ZoneFile()
    zone.comment("SPF of example.jp\n$INCLUDE x")
    zone.origin(ZoneName("example.jp"))
    zone.defaultTTL(3600)
    zone.blank()
    zone.record(
      owner: ZoneName("example.jp"), ttl: 300, type: "TXT",
      data: [.quotedStrings(["v=spf1 -all"])])
    zone.record(
      owner: ZoneName("_x.example.jp."), ttl: 86400, type: "MX",
      data: [.integer(10), .name(ZoneName("mx.example.jp"))])
    zone.record(
      owner: ZoneName("a b.example.jp"), ttl: .max, type: "A",
      data: [.token(ZoneToken(ipv4: 0xC000_0201))])
    zone.record(
      owner: ZoneName(""), ttl: 1, type: "TXT", data: [.quotedStrings(["a\"b\\", "é"])])
    let lines = [
      "; SPF of example.jp\\u{A}$INCLUDE x", "$ORIGIN example.jp.", "$TTL 3600", "",
      "example.jp.        300        IN TXT \"v=spf1 -all\"",
      "_x.example.jp.     86400      IN MX  10 mx.example.jp.",
      "a\\032b.example.jp. 2147483647 IN A   192.0.2.1",
      ".                  1          IN TXT (", "    \"a\\\"b\\\\\"", "    \"\\195\\169\" )", "",
    ]
    #expect(String(decoding: zone.bytes, as: UTF8.self) == lines.joined(separator: "\n"))
  }

  @Test func tokensAreTyped() {
    let name = ZoneName("a;b.jp")
    let token: ZoneToken = "\(0) issue \(quoted: "letsencrypt.org")\(quoted: "x") \(name)"
    #expect(token.text == "0 issue \"letsencrypt.org\" \"x\" a\\059b.jp.")
    #expect(ZoneToken(ipv6: 0x2001_0db8_0000_0000, 1).text == "2001:db8:0:0:0:0:0:1")
    #expect(ZoneToken(hexadecimal: [0, 255]).text == "00ff")
  }
}
