import Compiler
import Diagnostics
import Foundation
import Invariants
import SourceText
import TestSupport
import Wording

/// What became of each field with each value, compiled once for all tests.
struct HostileOutcomes: Sendable {
  /// The indices of the values that a field takes, by its place in `HostileTenant.fields`.
  var accepted: [[Int]] = []
  /// What went wrong, in words.
  var faults: [String] = []
  var compilations = 0
  var slowest = Duration.zero

  /// The values: what the brief of any reviewer would try, then the fragments that all rooms use.
  static let values: [String] = {
    let attacks = [
      "’;", "'; Remove-Item -Recurse C:\\ #", "$(Get-Content x)", "`", "a\nb", "a\r\nb",
      "\"; rm -rf /", "<script>alert(1)</script>", "|", "=cmd()", "=cmd|'/C calc'!A0",
      "$INCLUDE /etc/passwd", "%{i}", "%{i}._spf", "\u{1B}[2J", "\u{202E}olleh",
      "\u{2066}x\u{2069}",
      "a\u{85}b", "a\u{2028}b", "::error::x", "##[error]x", "###vso[task]x", "%0A::error::x",
      "\"'`$(x)|<b>&amp;\\", "‘’‚‛“”„", "– — ―", "../../etc/passwd", "/etc/passwd", "C:\\x", "{",
      "}]",
      "a: b", "a #b", "- a", "&a", "*a", "!a", "%a", "@a", "? a", "null", "true", "1", "~", "",
      String(repeating: "名", count: 10_000), String(repeating: "名", count: 64),
      String(repeating: "a", count: 64), String(repeating: "|", count: 200),
      String(repeating: "`", count: 64), " x ", "x'y", "x`y", "a&b", "{a}", "$x", "$$",
    ]
    var values: [String] = []
    var seen: Set<[UInt8]> = []
    for value in attacks + HostileText.fragments where seen.insert(value.octets).inserted {
      values.append(value)
    }
    return values
  }()

  static let all = Task { () -> HostileOutcomes in
    await withTaskGroup(of: (Int, HostileOutcomes).self) { group in
      for index in HostileTenant.fields.indices {
        group.addTask { (index, outcome(of: HostileTenant.fields[index])) }
      }
      var result = HostileOutcomes()
      result.accepted = HostileTenant.fields.map { _ in [] }
      for await (index, outcome) in group {
        result.accepted[index] = outcome.accepted[0]
        result.faults += outcome.faults
        result.compilations += outcome.compilations
        result.slowest = max(result.slowest, outcome.slowest)
      }
      result.faults.sort()
      return result
    }
  }

  private static func outcome(of field: HostileTenant.Field) -> HostileOutcomes {
    var result = HostileOutcomes()
    result.accepted = [[]]
    for (index, value) in values.enumerated() {
      let start = ContinuousClock.now
      let what = "\(field.description) = \(value.debugDescription.prefix(60))"
      do {
        let (compiled, places) = try HostileTenant.compiled(
          [field.name: field.text(value)], form: field.form, language: "ja")
        if compiled.errors.isEmpty {
          result.accepted[0].append(index)
        } else {
          let own = places[field.name] ?? []
          let touches = compiled.errors.contains { error in
            error.primary.file == .tenant
              && own.contains {
                error.primary.lowerBound < $0.upperBound && $0.lowerBound < error.primary.upperBound
              }
          }
          // The findings about other places are those of the harmless tenant.
          let about = compiled.findings.filter { finding in
            own.contains {
              finding.primary.lowerBound <= $0.upperBound
                && $0.lowerBound <= finding.primary.upperBound
            }
          }
          result.faults += RenderedFindings(about, compiled.sources).faults
            .map { "\(what): \($0)" }
          if !touches { result.faults.append("\(what): \(compiled.errors.map(compiled.place))") }
        }
      } catch {
        result.faults.append("\(what): \(error)")
      }
      result.compilations += 1
      result.slowest = max(result.slowest, ContinuousClock.now - start)
    }
    return result
  }
}
