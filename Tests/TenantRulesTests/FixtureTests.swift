import Compiler
import Diagnostics
import SourceText
import TenantRules
import Testing
import Wording

/// Each fixture is judged as its first line says.
struct FixtureTests {
  @Test(arguments: Fixture.all)
  func `The fixture gives what its first line says`(_ fixture: Fixture) throws {
    let outcome = try fixture.compile()
    let expected = fixture.expected
    #expect(!expected.isEmpty)
    let codes = Set(expected.map { String($0.prefix(7)) })
    // Notes on something else may be there.
    let found = outcome.findings.filter {
      $0.code.severity != .note || codes.contains($0.code.name)
    }
    #expect(found.map(outcome.place).sorted() == expected)
    #expect(codes.contains(String(fixture.name.prefix(7))), "the name is of another code")
  }

  @Test(arguments: TenantRules.codes.map(\.name))
  func `Every code has a fixture`(_ code: String) {
    #expect(Fixture.all.contains { $0.name.hasPrefix(code) })
  }

  @Test(arguments: Fixture.all)
  func `A fix takes its finding away and brings nothing`(_ fixture: Fixture) throws {
    let outcome = try fixture.compile()
    let before = outcome.findings.map(\.code.name)
    for finding in outcome.findings {
      for fix in finding.fixes {
        var fixed = fixture
        fixed.texts = outcome.applying(fix, to: fixture.texts)
        var after = try fixed.compile().findings.map(\.code.name)
        #expect(after.count < before.count, "\(finding.code.name) stays")
        for code in before { if let index = after.firstIndex(of: code) { after.remove(at: index) } }
        #expect(after.isEmpty, "the fix of \(finding.code.name) brings others")
      }
    }
  }

  @Test(arguments: Fixture.all)
  func `Messages are one clause in two languages`(_ fixture: Fixture) throws {
    for finding in try fixture.compile().findings {
      let name = finding.code.name
      #expect(finding.message.ja != finding.message.en, "\(name)")
      #expect(!finding.message.ja.hasSuffix("。") && !finding.message.en.hasSuffix("."), "\(name)")
      #expect(!finding.primary.isEmpty, "\(name)")
      if let help = finding.help { #expect(help.ja != help.en, "\(name)") }
    }
  }
}
