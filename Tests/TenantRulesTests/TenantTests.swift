import Compiler
import Diagnostics
import Foundation
import JSONText
import MailRecords
import Procedure
import SourceText
import TenantModel
import TenantRules
import Testing
import Wording

/// Whole tenants.
struct TenantTests {
  /// A tenant with a great many members is judged in one pass over them.
  @Test func `Many members are judged in linear time`() throws {
    func seconds(_ count: Int) throws -> Double {
      var text = """
        version: 1
        tenant: { id: kaede, name: 楓商事株式会社, language: ja }
        contract: { services: [inbound-security] }
        gateway: { console: mail-security, mx: [{ host: mx1.gateway.example, preference: 10 }], egress: [192.0.2.0/28] }
        mailServers: [{ name: hosted, other: { description: レンタルサーバー } }]
        domains: [{ name: kaede.example }]
        groups:
          - path: /全社
            members:

        """
      for index in 0..<count { text += "      - user\(index)@kaede.example\n" }
      let reading = Compiler.read(SourceFile(name: "tenant.yaml", text: text))
      let tenant = try #require(reading.tenant)
      let now = try #require(Timestamp(parsing: Fixture.now))
      let input = RuleInput(
        tenant: tenant, keys: KeyRing(), zones: [:], zoneSpan: { _, _, _ in nil },
        requirements: Requirements(of: tenant), now: now)
      var bag = DiagnosticBag()
      let start = ContinuousClock.now
      TenantRules.judge(input, isIncomplete: false, into: &bag)
      let time = start.duration(to: .now) / .seconds(1)
      #expect(!bag.hasErrors)
      return time
    }
    _ = try seconds(1000)
    let small = try seconds(5_000)
    let large = try seconds(50_000)
    // Ten times the members take about ten times as long; a quadratic pass would take a hundred.
    #expect(large < small * 40 + 0.05)
  }

  /// A password in a field of the console's own words is no more shown than any other secret.
  @Test func `A password in a field is not shown`() throws {
    let fixture = try #require(Fixture.all.first { $0.name == "MGC7118" })
    let outcome = try fixture.compile()
    let secrets = outcome.findings.filter { $0.code.name == "MGC7118" }
    #expect(secrets.count == 1 && secrets.allSatisfy(\.hidesSource))
    // The line has other findings too.
    let findings = outcome.findings
    #expect(findings.contains { $0.code.name == "MGC7101" })
    for language in [Language.ja, .en] {
      let renderer = HumanRenderer(
        sources: outcome.sources, language: language, colors: false, findings: findings)
      let lines = GitHubRenderer(sources: outcome.sources, language: language)
      for finding in findings {
        #expect(!renderer.render(finding).contains("hunter2"))
        #expect(!lines.render(finding).contains("hunter2"))
      }
    }
    let report = JSONRenderer(sources: outcome.sources).render(findings).pretty
    #expect(!report.contains("hunter2") && report.contains("MGC7118"))
  }
}
