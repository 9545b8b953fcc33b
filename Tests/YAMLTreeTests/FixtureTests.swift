import Diagnostics
import Foundation
import Testing
import Wording
import YAMLTree

/// Each `Fixtures/x.yaml` reads to exactly what `x.out` says.
@Suite struct FixtureTests {
  @Test(arguments: Fixture.names)
  func readsAsWritten(_ name: String) throws {
    let reading = Reading(try Fixture.bytes(name + ".yaml"))
    if ProcessInfo.processInfo.environment["MGC_RECORD"] == "1" {
      try Data(reading.report.utf8).write(to: Fixture.folder.appending(path: name + ".out"))
      Issue.record("recorded \(name)")
      return
    }
    let expected = String(decoding: try Fixture.bytes(name + ".out"), as: UTF8.self)
    #expect(reading.report == expected)
  }

  @Test(arguments: yamlReadingCodes.map(\.number))
  func everyCodeHasItsFixture(_ number: Int) throws {
    // A file beyond the limit is made by a test of its own.
    if number == 1012 { return }
    let names = Fixture.names.filter { $0.hasPrefix("MGC\(number)") }
    #expect(!names.isEmpty)
    for name in names {
      let reading = Reading(try Fixture.bytes(name + ".yaml"))
      #expect(reading.findings.contains { $0.code.number == number }, "\(name)")
    }
  }

  @Test func codesAreCompleteAndInOrder() {
    #expect(yamlReadingCodes.map(\.number) == Array(1001...1018))
    for code in yamlReadingCodes {
      #expect(code.severity == .error)
      for text in [code.title, code.explanation] {
        #expect(!text.ja.isEmpty && !text.en.isEmpty)
      }
      #expect(!code.example.isEmpty)
    }
  }

  @Test func theExampleHasNoFindings() throws {
    let reading = Reading(try Fixture.bytes("tenant.example.yaml"))
    #expect(reading.findings.isEmpty)
    #expect(reading.document?.root.count == 11)
  }
}
