import Diagnostics
import Foundation
import Observation
import Procedure
import SourceText
import TestSupport
import Testing
import Wording

struct ExchangeExportReaderTests {
  static let good = """
    {
      "format_version": 1,
      "tenant": "Kaede.onmicrosoft.com",
      "recorded": "2026-11-22T00:00:00Z",
      "acceptedDomains": [
        { "DomainName": "kaede.example", "DomainType": "Authoritative", "Default": true }
      ],
      "inboundConnectors": [
        { "Name": "O'Brien\\u0027s", "Enabled": false, "SenderDomains": ["smtp:*;1"], "EFUsers": [] }
      ],
      "outboundConnectors": [],
      "transportRules": [{ "Name": "r", "State": "Enabled", "SetSCL": -1, "From": null }],
      "journalRules": [],
      "dkimSigningConfigs": [],
      "hostedConnectionFilterPolicies": [],
      "arcConfigs": [{ "ArcTrustedSealers": "a.example, B.example,," }],
      "organizationConfigs": [{ "RejectDirectSend": "" }],
      "transportConfigs": []
    }
    """

  static func read(
    _ bytes: [UInt8]
  ) -> (export: ExchangeExport?, findings: [Diagnostic]) {
    ExchangeExportReader.read(SourceFile(name: "export.json", bytes: bytes), id: .tenant)
  }

  static func read(_ text: String) -> (export: ExchangeExport?, findings: [Diagnostic]) {
    read(Array(text.utf8))
  }

  @Test(arguments: [[], [0xEF, 0xBB, 0xBF]] as [[UInt8]])
  func `What preflight.ps1 writes is read`(_ mark: [UInt8]) throws {
    let (read, findings) = Self.read(mark + Array(Self.good.utf8))
    #expect(findings.isEmpty, "\(findings.map(\.message.en))")
    let export = try #require(read)
    #expect(export.tenant.value == "kaede.onmicrosoft.com")
    let connector = try #require(export.named("o'brien's", .inboundConnectors).first)
    #expect(connector.isEnabled == false)
    #expect(connector.texts("SenderDomains") == ["smtp:*;1"])
    #expect(connector.texts("EFUsers").isEmpty && connector.property("EFUsers") != nil)
    #expect(connector.property("Comment") == nil)
    let rule = try #require(export.all(.transportRules).first)
    #expect(rule.isEnabled == true && rule.text("SetSCL") == "-1" && rule.texts("From").isEmpty)
    #expect(export.sealers == ["a.example", "b.example"])
    #expect(export.all(.organizationConfigs).first?.isOn("RejectDirectSend") == false)
    // Places count the mark that was written, too.
    let file = SourceFile(name: "export.json", bytes: mark + Array(Self.good.utf8))
    #expect(
      file.text(rule.place(of: "SetSCL").lowerBound..<rule.place(of: "SetSCL").upperBound) == "-1")
  }

  static let bad: [(String, String, Int)] = [
    ("\"journalRules\": [],", "", 1), ("\"journalRules\": []", "\"journalRules\": {}", 13),
    ("\"journalRules\": []", "\"journalRules\": [1]", 13),
    ("\"journalRules\": []", "\"journalRules\": [], \"more\": []", 13),
    ("\"journalRules\": []", "\"journalRules\": [{ \"a\": [[1]] }]", 13),
    ("\"journalRules\": []", "\"journalRules\": [{ \"a\": { \"b\": 1 } }]", 13),
    ("\"journalRules\": []", "\"journalRules\": [{ \"a\": yes }]", 13),
    ("\"journalRules\": []", "\"journalRules\": [{ \"a\": 1, \"a\": 2 }]", 13),
    ("2026-11-22T00:00:00Z", "令和8年11月22日", 4), ("2026-11-22T00:00:00Z", "2026-11-22", 4),
    ("\"Kaede.onmicrosoft.com\"", "null", 3), ("\"format_version\": 1", "\"format_version\": 0", 2),
    ("\"format_version\": 1", "\"format_version\": 9", 2),
    ("O'Brien", "O'\u{202E}Brien", 9),
  ]

  @Test(arguments: bad)
  func `Each fault is found where it stands`(_ from: String, _ to: String, _ line: Int) throws {
    let text = Self.good.replacing(from, with: to, maxReplacements: 1)
    #expect(text != Self.good)
    let (read, findings) = Self.read(text)
    #expect(read == nil)
    let file = SourceFile(name: "export.json", text: text)
    #expect(
      findings.contains { file.position(of: $0.primary.lowerBound).line == line },
      "\(findings.map { ($0.message.en, file.position(of: $0.primary.lowerBound).line) })")
    #expect(findings.allSatisfy { $0.code.severity == .error && !$0.primary.isEmpty })
  }

  @Test func `Nothing that is written in it crashes or hangs`() throws {
    var random = SplitMix64(seed: 41)
    let example = try [UInt8](
      Data(
        contentsOf: Judge.root.appending(path: "examples/nadeshiko-medical/exchange/export.json")))
    #expect(Self.read(example).export != nil)
    let pieces = [
      "\"", "{", "[", "}", "]", ",", "null", "-1", "\u{0}", "\u{85}", "é", "&a", "*a", "!!x",
      "\\u0000",
    ]
    for _ in 0..<2000 {
      var bytes = example
      for _ in 0..<Int.random(in: 1...3, using: &random) {
        let start = Int.random(in: 0..<bytes.count, using: &random)
        let end = min(bytes.count, start + Int.random(in: 0...8, using: &random))
        let piece = pieces.randomElement(using: &random) ?? ""
        bytes.replaceSubrange(start..<end, with: Array(piece.utf8))
      }
      let (export, findings) = Self.read(bytes)
      #expect(export != nil || !findings.isEmpty)
    }
  }

  @Test func `Limits hold`() {
    let one = "{ \"Name\": \"x\" }"
    func text(_ list: String) -> String {
      Self.good.replacing("\"journalRules\": []", with: "\"journalRules\": \(list)")
    }
    let many = Self.read(
      text("[" + [String](repeating: one, count: 5001).joined(separator: ",") + "]"))
    #expect(many.export == nil && many.findings.count == 1)
    let deep = Self.read(
      text(
        "[{\"a\":" + String(repeating: "[", count: 5000) + String(repeating: "]", count: 5000)
          + "}]"))
    #expect(deep.export == nil && !deep.findings.isEmpty)
    let wide = Self.read(
      text("[{\"a\":[" + [String](repeating: "1", count: 20_001).joined(separator: ",") + "]}]"))
    #expect(wide.export == nil && wide.findings.count == 1)
  }
}
