import Compiler
import Diagnostics
import Foundation
import SourceText
import TenantModel
import TenantReading
import TestSupport
import Testing

/// Tenants that extend a standard, through the whole middle of mgc.
struct LayeringTests {
  /// A tenant over a standard, both given as the lines that matter.
  private func compiled(_ own: String, over standard: String?) throws -> Compiled {
    let rest = """
      mailServers: [{ name: hosting, other: { description: レンタルサーバー } }]
      domains: [{ name: kaede.example, deliveryHost: mx.kaede.example, cutover: 2027-01-16T22:00:00+09:00 }]

      """
    return try Compiled(own + "\n" + rest) { $0 == "standard.yaml" ? standard : nil }
  }

  private static let tenant = """
    version: 1
    extends: standard.yaml
    tenant: { id: kaede, name: 楓商事株式会社, language: ja }
    contract: { services: [inbound-security] }
    """
  private static let gateway = """
    gateway:
      console: mail-security
      mx: [{ host: mx1.gateway.example, preference: 10 }]
      egress: [192.0.2.0/28]
    """

  /// A finding's place, and the places of its labels with what stands there.
  private func places(_ compiled: Compiled) -> [String] {
    compiled.findings.map { finding in
      ([compiled.place(finding)]
        + finding.labels.map { label in
          let file = compiled.sources[label.span.file]
          return file.name + ":" + file.text(label.span.lowerBound..<label.span.upperBound)
        }).joined(separator: " ")
    }
  }

  @Test func `A comment in the standard silences there, and is never unused`() throws {
    let text = """
      extends: standard.yaml
      version: 1
      tenant: { id: kaede, name: 楓商事株式会社, language: ja }
      domains: [{ name: kaede.example, deliveryHost: mx.kaede.example }]
      """
    let standard = { (settings: String) in
      """
      contract: { services: [inbound-security] }
      gateway:
        console: mail-security
        mx: [{ host: mx1.gateway.example, preference: 10 }]
        egress: [192.0.2.0/28]
      mailServers: [{ name: hosted, other: { description: レンタルサーバー } }]
      settings:
        mailProcessing:
          spam: \(settings)

      """
    }
    let codes = { (settings: String) in
      let compiled = try Compiled(text) { $0 == "standard.yaml" ? standard(settings) : nil }
      return (compiled.findings.map(\.code.name), compiled.compilation.silenced.count)
    }
    let loud = try codes("{ delete: {} }")
    #expect(loud.0.contains("MGC7011"))
    let silent = try codes("{ delete: {} } # mgc:allow MGC7011 our policy")
    #expect(silent.0 == loud.0.filter { $0 != "MGC7011" })
    #expect(silent.1 == 1)
    let idle = try codes("{ personalQuarantine: {} } # mgc:allow MGC7011 our policy")
    #expect(!idle.0.contains("MGC1056"))
  }

  @Test func `A tenant takes what it does not write from its standard`() throws {
    let compiled = try compiled(Self.tenant, over: Self.gateway)
    // The note on a server that mgc cannot close.
    #expect(places(compiled) == ["MGC8100 at 5:23"])
    #expect(compiled.documents() != nil)
  }

  @Test(arguments: [
    // In a value, in a key, in what YAML refuses, and in what a rule judges.
    ("  spf: nodot", "MGC2001 at standard.yaml:5:8 tenant.yaml:standard.yaml"),
    ("  sfp: spf.gateway.example", "MGC1035 at standard.yaml:5:3 tenant.yaml:standard.yaml"),
    (
      "  spf: a.example\n  spf: b.example",
      "MGC1005 at standard.yaml:6:3 standard.yaml:spf tenant.yaml:standard.yaml"
    ),
    ("notice: { oauth: {} }", "MGC1036 at standard.yaml:5:18 tenant.yaml:standard.yaml"),
    ("pilot: /nowhere", "MGC2103 at standard.yaml:5:8 tenant.yaml:standard.yaml"),
    (
      "groups: [{ path: /a, membersFrom: none.csv }]",
      "MGC1044 at standard.yaml:5:35 tenant.yaml:standard.yaml"
    ),
  ])
  func `A finding about an inherited value names its line and the extends`(
    line: String, expected: String
  ) throws {
    let compiled = try compiled(Self.tenant, over: Self.gateway + "\n" + line)
    #expect(places(compiled).contains(expected), "\(places(compiled))")
  }

  @Test func `A finding of the tenant that leads to an inherited line names the extends`() throws {
    let compiled = try compiled(
      Self.tenant + "\ngroups: { append: [{ path: /a, members: [a@kaede.example] }] }",
      over: Self.gateway + "\ngroups: [{ path: /a, members: [b@kaede.example] }]")
    let found = try #require(places(compiled).first { $0.contains("tenant.yaml:standard.yaml") })
    #expect(found.contains(" at 5:") && found.contains("standard.yaml:/a"), "\(found)")
  }

  @Test func `What the tenant overrides is not judged`() throws {
    let compiled = try compiled(
      Self.tenant + "\nsettings: { delay: { minutes: 5 } }\npilot: /a\ngroups: []",
      over: Self.gateway + "\npilot: no path\ngroups: 7")
    #expect(!places(compiled).contains { $0.contains("standard.yaml") })
  }

  @Test func `A standard that YAML refuses brings no findings of what it might give`() throws {
    for standard in ["gateway: [", "", "\u{FEFF}gateway: {}", "- 1", "text"] {
      let compiled = try compiled(Self.tenant, over: standard)
      #expect(places(compiled).count == 1, "\(places(compiled))")
      #expect(places(compiled).allSatisfy { $0.hasSuffix("tenant.yaml:standard.yaml") })
      #expect(compiled.compilation.hasErrors)
    }
    #expect(try compiled(Self.tenant, over: nil).findings.map(\.code.name) == ["MGC1061"])
  }

  @Test(arguments: [
    "[standard.yaml]", "{ path: standard.yaml }", "7", "", "''", "..", "../", "a//b",
  ])
  func `An extends that is no path is one finding`(_ value: String) throws {
    let text = Self.tenant.replacing("extends: standard.yaml", with: "extends: \(value)")
    let findings = try compiled(text, over: Self.gateway).findings
    #expect(findings.count == 1 && findings.allSatisfy { $0.code.severity == .error })
  }

  @Test func `The values of the tenant are still judged without its standard`() throws {
    let compiled = try compiled(Self.tenant + "\ngateway: { spf: nodot }", over: nil)
    #expect(compiled.findings.map(\.code.name) == ["MGC1061", "MGC2001"])
  }

  @Test func `Without a standard an entry of a list still needs its keys`() throws {
    let compiled = try compiled(Self.tenant + "\ngroups: [{ members: [] }]", over: nil)
    #expect(compiled.findings.map(\.code.name) == ["MGC1061", "MGC1036"])
  }

  @Test func `A slip in a key that the standard has too is still seen as one`() throws {
    let compiled = try compiled(Self.tenant + "\ngatway: { spf: a.example }", over: Self.gateway)
    #expect(compiled.findings.map(\.code.name) == ["MGC1035"])
    let fix = try #require(compiled.findings.first?.fixes.first)
    #expect(compiled.applying(fix).contains("\ngateway: { spf: a.example }"))
  }

  @Test func `The version may stand in the standard alone`() throws {
    let own = Self.tenant.replacing("version: 1\n", with: "")
    let both = try compiled(own, over: "version: 1\n" + Self.gateway)
    // The note on a server that mgc cannot close.
    #expect(both.findings.map(\.code.name) == ["MGC8100"])
    let none = try compiled(own, over: Self.gateway)
    #expect(none.findings.map(\.code.name) == ["MGC1036"])
    let later = try compiled(own, over: "version: 2\n" + Self.gateway)
    #expect(places(later) == ["MGC1045 at standard.yaml:1:10 tenant.yaml:standard.yaml"])
  }

  /// Files that a standard names are looked for from the tenant's folder.
  @Test func `A path in a standard starts from the folder of the tenant`() throws {
    let text = Self.tenant + "\nmailServers: [{ name: a, other: { description: b } }]\n"
    let opening = Compiler.open(.init(name: "tenant.yaml", text: text))
    let domains = "domains: [{ name: a.example, zone: { file: zones/main.zone } }]"
    let standard = Standard.file(.init(name: "above/standard.yaml", text: domains))
    let reading = Compiler.read(opening, standard: standard)
    #expect(reading.references.map(\.value.path) == ["zones/main.zone"])
    #expect(opening.standard?.path == "standard.yaml")
  }

  @Test func `Every written value has its line, in the canonical order`() throws {
    let compiled = try compiled(
      Self.tenant + "\nsettings: { mailProcessing: { spam: { delete: {} } }, lists: [] }",
      over: Self.gateway
        + "\nsettings: { mailProcessing: { spam: { changeSubject: x } }, bcc: { above: 5 } }")
    let values = compiled.compilation.writtenValues().map { value in
      let file = compiled.sources[value.span.file]
      let line = file.position(of: value.span.lowerBound).line
      return "\(file.name):\(line) \(value.path)=\(value.value)"
    }
    #expect(
      values == [
        "tenant.yaml:1 version=1", "tenant.yaml:2 extends=standard.yaml",
        "tenant.yaml:3 tenant.id=kaede", "tenant.yaml:3 tenant.name=楓商事株式会社",
        "tenant.yaml:3 tenant.language=ja", "tenant.yaml:4 contract.services[0]=inbound-security",
        "standard.yaml:2 gateway.console=mail-security",
        "standard.yaml:3 gateway.mx[0].host=mx1.gateway.example",
        "standard.yaml:3 gateway.mx[0].preference=10",
        "standard.yaml:4 gateway.egress[0]=192.0.2.0/28",
        "tenant.yaml:6 mailServers[0].name=hosting",
        "tenant.yaml:6 mailServers[0].other.description=レンタルサーバー",
        "tenant.yaml:7 domains[0].name=kaede.example",
        "tenant.yaml:7 domains[0].deliveryHost=mx.kaede.example",
        "tenant.yaml:7 domains[0].cutover=2027-01-16T22:00:00+09:00",
        "tenant.yaml:5 settings.mailProcessing.spam.delete={}", "tenant.yaml:5 settings.lists=[]",
        "standard.yaml:5 settings.bcc.above=5",
      ])
  }

  /// A tenant that is divided at random between itself and a standard is the same tenant.
  @Test(arguments: ExampleTenant.names, 0..<30)
  func `A divided tenant is the whole one`(_ name: String, _ seed: UInt64) throws {
    let example = try ExampleTenant(name)
    var random = SplitMix64(seed: seed)
    let split = SplitTenant(try example.written(), &random)
    let whole = try Compiled(example.text, bytes: example.bytes)
    let divided = try example.compiled(split)
    #expect(
      divided.findings.map(\.code.number).sorted() == whole.findings.map(\.code.number).sorted(),
      "\(split)")
    let documents = try #require(divided.documents(), "\(split)")
    #expect(documents == whole.documents())
    // Whatever it says, it says of a place that is there.
    for value in divided.compilation.writtenValues() {
      let file = divided.sources[value.span.file]
      let written = file.text(value.span.lowerBound..<value.span.upperBound)
      #expect(written.contains(value.value) || written.hasPrefix("'") || written.contains("append"))
    }
  }

  @Test func `The schema accepts every divided tenant`() throws {
    try Judge.inFolder { folder in
      var files: [URL] = []
      for name in ExampleTenant.names {
        let written = try ExampleTenant(name).written()
        for seed in 0..<10 {
          var random = SplitMix64(seed: UInt64(seed))
          let split = SplitTenant(written, &random)
          files.append(folder.appending(path: "\(name)-\(seed).yaml"))
          try Data(split.tenant.utf8).write(to: files[files.count - 1])
        }
      }
      #expect(try SchemaTests.refused(files) == [])
    }
  }

  @Test func `The schema asks for nothing that a standard gives, and refuses the rest`() throws {
    let accepted = [
      "", "version: 1", "tenant: {}", "gateway: { loopGuard: {} }",
      "gateway: { mx: { append: [] } }",
      "gateway: { loopGuard: { header: { name: X-A } } }", "settings: { zip: { trigger: {} } }",
    ]
    let refused = [
      "version: 2", "tenat: {}", "tenant: { id: Kaede_ }", "gateway: { mx: [{ host: a.example }] }",
      "gateway: { mx: { append: a } }", "gateway: { mx: { append: [], more: 1 } }",
      "gateway: { mx: [] }", "gateway: { loopGuard: { egress: {}, header: {} } }",
      "groups: [{ path: /a, members: { append: [] } }]", "domains: { append: [{}] }",
      "contract: { services: inbound-security }",
    ]
    try Judge.inFolder { folder in
      var files: [URL] = []
      for (index, line) in (accepted + refused).enumerated() {
        files.append(folder.appending(path: "\(index).yaml"))
        try Data("extends: standard.yaml\n\(line)\n".utf8).write(to: files[index])
      }
      let found = try SchemaTests.refused(files)
      #expect(found == Set(files[accepted.count...].map { $0.path() }))
    }
  }
}
