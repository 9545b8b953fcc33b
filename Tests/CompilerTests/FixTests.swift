import Compiler
import Diagnostics
import Foundation
import Observation
import SourceText
import TestSupport
import Testing
import Wording

/// Every fix of every fixture.
struct FixTests {
  /// Codes of reading YAML, all that matters where a fixture is no tenant.
  private static let ofYAML = 1001...1018

  private func codes(_ subject: FixSubject, _ fixture: FixFixture) -> [String] {
    subject.findings.filter { !fixture.isYAMLOnly || Self.ofYAML.contains($0.code.number) }
      .map(\.code.name)
  }

  @Test(arguments: FixFixture.all)
  func `A fix takes its finding away and brings nothing`(_ fixture: FixFixture) throws {
    let subject = try fixture.compile()
    let before = codes(subject, fixture)
    for finding in subject.findings {
      for fix in finding.fixes {
        let name = finding.code.name
        #expect(!fix.edits.isEmpty && fix.removals.isEmpty, "\(name) has an empty fix")
        let after = codes(try fixture.compile(subject.making(fix)), fixture)
        let count = { (codes: [String]) in codes.count { $0 == name } }
        if fixture.isYAMLOnly, !Self.ofYAML.contains(finding.code.number) { continue }
        #expect(count(after) < count(before), "\(name) stays: \(fix.title.en)")
        // What reading YAML finds may have hidden another place of the same code.
        var rest = after
        for code in before { rest.firstIndex(of: code).map { _ = rest.remove(at: $0) } }
        if subject.compilation.reach != .rules { rest.removeAll { !isErrorOfReading($0) } }
        #expect(rest == [], "the fix of \(name) brings others: \(fix.title.en)")
      }
    }
  }

  /// Rules that could not judge what was not read have findings of their own once it is.
  private func isErrorOfReading(_ name: String) -> Bool {
    guard let code = Compiler.codes.first(where: { $0.name == name }) else { return false }
    return code.severity == .error && code.number < 2100
  }

  @Test(arguments: FixFixture.all)
  func `What a fix writes is as it was looked at`(_ fixture: FixFixture) throws {
    let subject = try fixture.compile()
    let code = String(fixture.name.prefix(7))
    var number = 0
    for finding in subject.findings where finding.code.name == code {
      for fix in finding.fixes {
        number += 1
        let made = subject.making(fix)
        for file in made.keys.sorted() {
          let name =
            "\(fixture.name)\(number == 1 ? "" : "-\(number)").\(file.split(separator: ".").last ?? "")"
          try Fixed.expect(made[file] ?? [], name)
        }
      }
    }
  }

  @Test(arguments: FixFixture.all)
  func `The safe fixes leave nothing safe to fix, and bring no error`(_ fixture: FixFixture) throws
  {
    let subject = try fixture.compile()
    let run = try FixRun(subject, recompile: fixture.compile)
    // All that was made can be made again from the bytes alone.
    let bytes = Dictionary(
      run.files.map { ($0.name, $0.text.bytes) }, uniquingKeysWith: { one, _ in one })
    let again = try fixture.compile(bytes)
    #expect(again.findings.map(\.message.en) == run.subject.findings.map(\.message.en))
    let second = try FixRun(again, recompile: fixture.compile)
    #expect(second.applied.isEmpty)
    if subject.compilation.reach == .rules {
      let errors = { (subject: FixSubject) in
        subject.findings.count { $0.code.severity == .error }
      }
      #expect(errors(run.subject) <= errors(subject))
    }
    for item in run.left where item.obstacle == .newError {
      Issue.record("\(item.finding.code.name): \(item.title.en) brings an error")
    }
  }

  @Test func `Every code with a fix is shown by a fixture, and counted`() throws {
    var safe: Set<Int> = []
    var guesses: Set<Int> = []
    for fixture in FixFixture.all {
      for finding in try fixture.compile().findings {
        for fix in finding.fixes {
          if fix.isSafe {
            safe.insert(finding.code.number)
          } else {
            guesses.insert(finding.code.number)
          }
        }
      }
    }
    let all = Set((Compiler.codes + zoneReadingCodes).map(\.number))
    #expect(safe.union(guesses).isSubset(of: all))
    // Where the next code gets a fix, this line is changed with its fixture.
    let figures =
      "\(safe.union(guesses).count) of \(all.count) codes have fixes: \(safe.count) safe, \(guesses.count) suggestions"
    print(figures)
    #expect(safe.count >= 20, "\(safe.sorted())")
  }
}

/// What fixes wrote before and a person looked at. `MGC_RECORD=1` writes it anew; such a run fails,
/// so that nobody takes it for a test.
enum Fixed {
  static func expect(_ bytes: [UInt8], _ name: String) throws {
    let file = FixFixture.tests.appending(path: "CompilerTests/Fixed/\(name)")
    if ProcessInfo.processInfo.environment["MGC_RECORD"] == "1" {
      try Data(bytes).write(to: file)
      Issue.record("recorded \(name)")
      return
    }
    let golden = try #require(try? Data(contentsOf: file), "Fixed/\(name) is missing; make golden")
    #expect(Array(golden) == bytes, "\(name) differs; make golden renews it")
  }
}
