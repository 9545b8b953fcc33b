import Artifacts
import Foundation
import TestSupport
import Testing

@Suite struct OctoDNSFileTests {
  /// A record set as octoDNS reads it.
  private struct RecordSet: Decodable {
    let name: String
    let type: String
    let ttl: UInt32
    let values: [String]

    init(from decoder: any Decoder) throws {
      var container = try decoder.unkeyedContainer()
      name = try container.decode(String.self)
      type = try container.decode(String.self)
      ttl = try container.decode(UInt32.self)
      values = try container.decode([String].self)
    }
  }

  private static func read(_ file: OctoDNSFile) throws -> [RecordSet] {
    #expect(file.bytes.allSatisfy { $0 == 0x0A || $0 >= 0x20 && $0 != 0x7F })
    return try Judge.read("octodns_reader.py", input: file.bytes, as: [RecordSet].self)
  }

  @Test func ownersAreOneListEach() throws {
    var file = OctoDNSFile()
    file.comment("Step 2\n'x':")
    file.set(
      owner: ZoneName("b10"), ttl: 60, type: "CNAME", values: .target(ZoneName("x.example.net")))
    file.set(
      owner: nil, ttl: 300, type: "MX",
      values: .exchangers([(UInt16(10), ZoneName("mx1.example.net")), (UInt16(0), ZoneName(""))]))
    file.set(
      owner: ZoneName("b9"), ttl: 0, type: "TXT",
      values: .texts([try #require(OctoDNSFile.Text("a;b"))]))
    file.set(
      owner: nil, ttl: 3600, type: "TXT",
      values: .texts([try #require(OctoDNSFile.Text("it's")), try #require(OctoDNSFile.Text(""))]))
    let lines = [
      "# Step 2\\u{A}'x':", "---", "'':", "  - ttl: 300", "    type: MX", "    values:",
      "      - exchange: mx1.example.net.", "        preference: 10", "      - exchange: '.'",
      "        preference: 0", "  - ttl: 3600", "    type: TXT", "    values:",
      "      - 'it''s'", "      - ''", "'b9':", "  - ttl: 0", "    type: TXT", "    values:",
      "      - 'a\\;b'", "'b10':", "  - ttl: 60", "    type: CNAME",
      "    value: x.example.net.", "",
    ]
    #expect(String(decoding: file.bytes, as: UTF8.self) == lines.joined(separator: "\n"))
    let read = try Self.read(file)
    #expect(
      read.map { "\($0.name) \($0.type) \($0.ttl) <\($0.values.joined(separator: ">, <"))>" } == [
        " MX 300 <0 .>, <10 mx1.example.net.>", " TXT 3600 <>, <it's>",
        "b10 CNAME 60 <x.example.net.>", "b9 TXT 0 <a;b>",
      ])
  }

  @Test func nothingToKeepIsAnEmptyZone() throws {
    #expect(try Self.read(OctoDNSFile()).isEmpty)
  }

  /// Texts of a zone: the hostile ones as they are and without what is not ASCII, and mixtures of
  /// what octoDNS or YAML give a meaning to.
  private static func texts() -> [String] {
    let hostile = HostileText.values(1_000)
    var generator = SplitMix64(seed: 20_261_124)
    let pieces = [
      ";", "\\;", "\\", "\"", "\" \"", " ", "'", "''", ": ", " #", "- ", "a", "0", "{x}", "!!int ",
      "&a ", "*a", "%", "@", "`", "|", ">", "v=DMARC1; p=none", String(repeating: "k", count: 250),
    ]
    let mixed = (0..<hostile.count).map { _ in
      (0..<Int.random(in: 1...6, using: &generator)).map { _ in
        pieces[Int.random(in: 0..<pieces.count, using: &generator)]
      }.joined()
    }
    let plain = hostile.map { text in
      String(decoding: text.utf8.filter { (0x20...0x7E).contains($0) }, as: UTF8.self)
    }
    return hostile + plain + mixed
  }

  @Test("octoDNS sends each text that it can hold, byte for byte; the others have no form")
  func everyTextIsReadBack() throws {
    var file = OctoDNSFile()
    var written: [String: String] = [:]
    var refused = 0
    for (number, text) in Self.texts().enumerated() {
      guard let value = OctoDNSFile.Text(text) else {
        let isPlain = text.utf8.allSatisfy { (0x20...0x7E).contains($0) && $0 != 0x5C }
        #expect(!isPlain || text.hasPrefix("\"") || text.contains("\" \""), "\(text)")
        refused += 1
        continue
      }
      written["n\(number)"] = text
      file.comment(text)
      file.set(owner: ZoneName("n\(number)"), ttl: 60, type: "TXT", values: .texts([value]))
    }
    let read = try Self.read(file)
    #expect(read.count == written.count)
    for set in read {
      #expect(set.values.map(\.octets) == written[set.name].map { [$0.octets] }, "\(set.name)")
    }
    print("octoDNS: \(read.count) texts read back, \(refused) that it cannot hold")
    #expect(read.count > 1_000 && refused > 500)
  }

  @Test("no name leaves its place, and octoDNS finds them in its order")
  func everyNameIsReadBack() throws {
    var file = OctoDNSFile()
    var names: [String: Int] = [:]
    var generator = SplitMix64(seed: 7)
    let parts = ["0", "00", "1", "9", "10", "09", "a", "B", "-", "_", "x1", "*", "2x"]
    var inputs = HostileText.values(1_000).map { Array($0.utf8.prefix(12)) }
    for _ in 0..<1_000 {
      let count = Int.random(in: 1...5, using: &generator)
      inputs.append(
        (0..<count).flatMap { _ in parts[Int.random(in: 0..<parts.count, using: &generator)].utf8 })
    }
    for (number, input) in inputs.enumerated() {
      let label = input.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 } + [0x7A]
      // As zone files have it.
      let name =
        label.map { byte in
          switch byte {
          case 0x30...0x39, 0x61...0x7A, 0x2A, 0x2D, 0x5F: String(Unicode.Scalar(byte))
          default: "\\" + String("00\(byte)".suffix(3))
          }
        }.joined() + ".k"
      guard names[name] == nil else { continue }
      names[name] = number
      let text = try #require(OctoDNSFile.Text("\(number)"))
      file.set(
        owner: ZoneName(labels: [label, [0x6B]]), ttl: 1, type: "TXT", values: .texts([text]))
    }
    let read = try Self.read(file)
    #expect(read.count == names.count)
    for set in read { #expect(set.values == names[set.name].map { ["\($0)"] }, "\(set.name)") }
  }
}
