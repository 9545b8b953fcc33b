import Compiler
import Foundation
import SourceText
import TenantModel
import TenantReading
import TestSupport
import Testing

/// Where each line of an artifact comes from, and what each line of tenant.yaml touches.
struct TraceTests {
  private static let isProof = ProcessInfo.processInfo.environment["MGC_PROOF"] == "1"

  private struct Traced {
    let compiled: Compiled
    let trace: Trace
    /// By path, the lines of what is written.
    let artifacts: [(path: String, lines: [String])]

    init(_ folder: URL) throws {
      compiled = try Compiled(Examples.text(in: folder), bytes: Examples.bytes(in: folder))
      trace = try #require(compiled.trace())
      artifacts = try #require(compiled.documents()).sorted { $0.key < $1.key }.map { path, bytes in
        (
          path,
          String(decoding: bytes, as: UTF8.self).split(
            omittingEmptySubsequences: false, whereSeparator: \.isNewline
          ).map(String.init)
        )
      }
    }

    func line(_ value: WrittenValue) -> Int {
      compiled.sources[.tenant].position(of: value.span.lowerBound).line
    }
  }

  /// Both directions say the same: what a line is said to come from touches it, and what else is
  /// tried does not.
  @Test(arguments: Examples.folders) func bothDirectionsAgree(_ folder: URL) throws {
    let traced = try Traced(folder)
    let count = traced.compiled.sources[.tenant].lineCount
    var random = SplitMix64(seed: 20_261_129)
    var sampled = 0
    var named = 0
    // The runbook is made of all the others, so that each trial of it makes them all.
    let made = traced.artifacts.filter { !$0.path.contains("manifest") && $0.path.contains("/") }
    let some = Self.isProof ? made : Array(made.shuffled(using: &random).prefix(3))
    for artifact in some {
      // Of lines that read alike nobody can say which one went.
      let counts = Dictionary(artifact.lines.map { ($0, 1) }, uniquingKeysWith: +)
      let unique = artifact.lines.indices.filter { counts[artifact.lines[$0]] == 1 }
      guard let line = unique.randomElement(using: &random).map({ $0 + 1 }),
        let origin = traced.trace.origin(of: artifact.path, line: line)
      else { continue }
      sampled += 1
      let found = Set((origin.line.map(\.value) + origin.file).map(traced.line))
      named += found.count
      let others = (0..<(Self.isProof ? count : 4)).map { _ in
        Int.random(in: 1...count, using: &random)
      }
      for tried in found.sorted() + others {
        guard let touched = traced.trace.touched(by: .tenant, line: tried),
          touched.values.contains(where: { traced.line($0) == tried })
        else { continue }
        let touches = touched.places.contains { place in
          place.path == artifact.path
            && (place.lines.isEmpty || place.lines.contains { $0.contains(line) })
        }
        #expect(
          touches == found.contains(tried),
          "\(folder.lastPathComponent):\(tried), \(artifact.path):\(line) \(artifact.lines[line - 1])"
        )
      }
    }
    #expect(sampled > 0)
    print("\(folder.lastPathComponent): \(sampled) lines traced to \(named) lines and back")
  }

  /// From every kind of artifact one value goes back to the place where it was written.
  @Test func aValueOfEachArtifactIsFound() throws {
    let folder = try #require(Examples.folders.first { $0.lastPathComponent == "kaede-trading" })
    let traced = try Traced(folder)
    let values = traced.compiled.compilation.writtenValues().filter { $0.value.utf8.count > 4 }
    var without: [String] = []
    let made = traced.artifacts.filter { $0.path.contains("/") }
    let some = stride(from: 0, to: made.count, by: Self.isProof ? 1 : 6).map { made[$0] }
    for artifact in some {
      var isFound = false
      // The longest value of each line; the longer, the surer that it is there for itself.
      let candidates = artifact.lines.enumerated().compactMap { index, line in
        values.filter { line.contains($0.value) }.map(\.value.utf8.count).max()
          .map { (index: index, line: line, length: $0) }
      }.sorted { ($1.length, $0.index) < ($0.length, $1.index) }
      for (index, line, _) in candidates.prefix(4) {
        let origin = try #require(traced.trace.origin(of: artifact.path, line: index + 1))
        let utf8 = Array(line.utf8)
        guard
          let cause = origin.line.first(where: { cause in
            cause.bytes.map { Array(utf8[$0]) } == Array(cause.value.value.utf8)
          })
        else { continue }
        print(
          "\(artifact.path):\(index + 1) \(cause.value.path) = \(cause.value.value), line \(traced.line(cause.value))"
        )
        isFound = true
        break
      }
      if !isFound { without.append(artifact.path) }
    }
    // These quote no value.
    #expect(
      Set(without).subtracting([
        "4-ttl/records.md", "7-delivery-target/delivery-target.md",
        "rollback/2-sender-authentication/dkim.md", "rollback/3-mail-server/m365/oauth.md",
        "rollback/7-delivery-target/delivery-target.md",
      ]) == [])
  }

  @Test func factsAreNamed() throws {
    let folder = try #require(Examples.folders.first { $0.lastPathComponent == "kaede-trading" })
    let traced = try Traced(folder)
    func sources(_ path: String, _ text: String) throws -> [String] {
      let artifact = try #require(traced.artifacts.first { $0.path == path })
      let line = try #require(artifact.lines.firstIndex { $0.contains(text) })
      return try #require(traced.trace.origin(of: path, line: line + 1)).facts.map {
        String($0.source.split(separator: "/").last ?? "")
      }
    }
    #expect(try sources("4-ttl/kaede.example.zone", " 300 IN MX") == ["4402739136153"])
    #expect(try sources("1-login/login.md", "-mgf.cybermail.jp") == ["360040872191"])
    #expect(try sources("5-settings/click-sheet.md", "ZIP 暗号化設定").contains("360039422292"))
    #expect(try sources("2-sender-authentication/kaede.example.zone", "v=spf1") == [])
  }

  /// Every article that the model names is among the sources that a trace tries.
  @Test func everySourceIsTried() throws {
    let folder = Judge.root.appending(path: "Sources/TenantModel")
    let known = Catalogue.sources.map(\.source)
    var count = 0
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path()).sorted() {
      let text = try String(contentsOf: folder.appending(path: name), encoding: .utf8)
      for literal in text.matches(of: /"(\d{5,14})"/) {
        count += 1
        #expect(known.contains { $0.hasSuffix("/" + literal.1) }, "\(name): \(literal.1)")
      }
    }
    #expect(count > 20)
  }

  /// What cannot be changed alone, or not at all, is said.
  @Test func aKeyStandsForItsBlock() throws {
    let folder = try #require(Examples.folders.first { $0.lastPathComponent == "kaede-trading" })
    let traced = try Traced(folder)
    let lines = traced.compiled.text.split(separator: "\n", omittingEmptySubsequences: false)
    let gateway = try #require(lines.firstIndex { $0.hasPrefix("gateway:") }) + 1
    let block = try #require(traced.trace.touched(by: .tenant, line: gateway))
    #expect(block.values.allSatisfy { $0.path.hasPrefix("gateway.") } && block.values.count > 8)
    #expect(block.places.contains { $0.path == "6-mx-cutover/kaede.example.zone" })
    let version = try #require(lines.firstIndex { $0.hasPrefix("version:") }) + 1
    let fixed = try #require(traced.trace.touched(by: .tenant, line: version))
    #expect(fixed.fixed.map(\.path) == ["version"] && fixed.places.isEmpty)
    for line in [-1, 0, lines.count + 5, Int.max] {
      #expect(traced.trace.touched(by: .tenant, line: line) == nil)
      #expect(traced.trace.origin(of: "RUNBOOK.md", line: line) == nil || line > 0)
    }
    #expect(traced.trace.origin(of: "RUNBOOK.md", line: Int.max) == nil)
    #expect(traced.trace.origin(of: "../tenant.yaml", line: 1) == nil)
  }

  /// A text of the same form that shares nothing with the first one.
  @Test func unlikeTextsShareNothing() {
    for text in HostileText.values() {
      let other = text.unlike
      #expect(other.unicodeScalars.count == text.unicodeScalars.count)
      for (old, new) in zip(text.unicodeScalars, other.unicodeScalars)
      where old.properties.isAlphabetic {
        #expect(old != new)
      }
    }
  }
}
