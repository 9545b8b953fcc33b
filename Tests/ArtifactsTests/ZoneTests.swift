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

  @Test func everyValueIsReadBack() throws {
    let values = HostileText.values()
    var zone = ZoneFile()
    let apex = ZoneName("example.jp")
    zone.origin(apex)
    zone.defaultTTL(60)
    zone.record(
      owner: apex, ttl: 60, type: "SOA",
      data: [.name(apex), .name(apex)] + [1, 60, 60, 60, 60].map { .integer($0) })
    zone.record(owner: apex, ttl: 60, type: "NS", data: [.name(ZoneName("ns.example.com"))])
    for (number, value) in values.enumerated() {
      zone.comment(value)
      zone.record(
        owner: ZoneName("n\(number).example.jp"), ttl: 60, type: "TXT",
        data: [.quotedStrings([value])])
      let label = [UInt8]("l\(number)-".utf8) + Array(value.utf8.prefix(50))
      zone.record(
        owner: ZoneName(labels: [label, "example".octets, "jp".octets]), ttl: 60, type: "TXT",
        data: [.quotedStrings(["label", value])])
    }
    let read = try Self.read(zone.bytes)
    var texts: [Int: [UInt8]] = [:]
    var labels: [Int: [UInt8]] = [:]
    for (owner, data) in read {
      let digits = owner.dropFirst().prefix { (0x30...0x39).contains($0) }
      guard let number = Int(String(decoding: digits, as: UTF8.self)) else { continue }
      if owner.first == UInt8(ascii: "n") {
        texts[number] = data
      } else {
        #expect(data.starts(with: "label".octets))
        labels[number] = Array(owner.dropFirst(digits.count + 2))
      }
    }
    #expect(texts.count == values.count && labels.count == values.count)
    for (number, value) in values.enumerated() {
      #expect(texts[number] == value.octets)
      let label = Array(value.utf8.prefix(50)).map(Self.folded)
      #expect(labels[number]?.map(Self.folded) == label + ".example.jp.".octets)
    }
  }

  /// Names have no case.
  private static func folded(_ byte: UInt8) -> UInt8 {
    (0x41...0x5A).contains(byte) ? byte | 0x20 : byte
  }

  /// Owners and TXT data as BIND reads them; its own print is always on one line a record.
  private static func read(_ bytes: [UInt8]) throws -> [(owner: [UInt8], data: [UInt8])] {
    let verdict = try Judge.inFolder { folder in
      let file = folder.appending(path: "zone")
      try Data(bytes).write(to: file)
      return try Judge.run(
        "/usr/bin/named-checkzone",
        [
          "-q", "-i", "none", "-k", "ignore", "-s", "full", "-o", "-", "-D", "example.jp",
          file.path(),
        ])
    }
    let printed = verdict.output.isEmpty ? verdict.errors : ""
    #expect(verdict.status == 0 && verdict.errors.isEmpty, "\(verdict.errors) \(printed)")
    return Array(verdict.output).split(separator: 0x0A).compactMap { line in
      var fields: [[UInt8]] = [[]]
      var quoted = false
      var index = line.startIndex
      while index < line.endIndex {
        let byte = line[index]
        index += 1
        switch byte {
        case 0x5C:
          if (0x30...0x39).contains(line[index]) {
            let code = line[index..<index + 3].reduce(0) { $0 * 10 + Int($1) - 0x30 }
            fields[fields.count - 1].append(UInt8(code))
            index += 3
          } else {
            fields[fields.count - 1].append(line[index])
            index += 1
          }
        case 0x22: quoted.toggle()
        case 0x20 where !quoted, 0x09 where !quoted:
          if fields.count < 5 {
            if fields.last?.isEmpty == false { fields.append([]) }
          }
        default: fields[fields.count - 1].append(byte)
        }
      }
      guard fields.count == 5, fields[3] == "TXT".octets else { return nil }
      return (fields[0], fields[4])
    }
  }
}
