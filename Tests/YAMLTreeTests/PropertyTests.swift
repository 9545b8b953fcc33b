import Diagnostics
import Foundation
import SourceText
import Testing
import Wording
import YAMLTree
import TestSupport

@Suite struct PropertyTests {
  /// What holds of every reading, whatever the bytes.
  private func check(_ reading: Reading) {
    let count = reading.file.bytes.count
    for finding in reading.findings {
      for span in [finding.primary] + finding.labels.map(\.span) {
        #expect(span.lowerBound <= span.upperBound && span.upperBound <= count)
      }
      for edit in finding.fixes.flatMap(\.edits) { #expect(edit.span.upperBound <= count) }
    }
    guard let document = reading.document else {
      #expect(!reading.findings.isEmpty)
      return
    }
    document.root.visit { node in
      #expect(node.span.lowerBound <= node.span.upperBound && node.span.upperBound <= count)
      guard node.kind == .scalar, !node.isAlias, node.isPlain else { return }
      let source = reading.source(node.span)
      if !source.contains(where: \.isNewline) { #expect(node.text() == source) }
    }
  }

  @Test(arguments: Fixture.names)
  func holdsOfMutatedFixtures(_ name: String) throws {
    let original = try Fixture.bytes(name + ".yaml")
    var random = SplitMix64(seed: UInt64(name.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) }))
    let pieces = [
      "\n", "  ", "\t", ": ", "- ", "[", "]", "{", "}", "\"", "'", "&a ", "*a", "!t ", "#", "|\n",
      "? ", "---\n", "...\n", "楓", "\u{3099}", "\u{200B}", "<<", "password: ", "%", "\\",
    ].map { Array($0.utf8) }
    for _ in 0..<250 {
      var bytes = original
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 0...bytes.count, using: &random)
        let end = min(bytes.count, place + Int.random(in: 0...3, using: &random))
        let piece =
          switch Int.random(in: 0...3, using: &random) {
          case 0: [UInt8.random(in: 0...255, using: &random)]
          case 1: [UInt8]()
          default: pieces[Int.random(in: 0..<pieces.count, using: &random)]
          }
        bytes.replaceSubrange(place..<end, with: piece)
      }
      check(Reading(bytes))
    }
  }

  @Test(arguments: 0..<40)
  func plainScalarsReadBack(_ seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let letters = Array("abc楓商🍁éカ.-/@").map(String.init)
    let texts = (0..<200).map { _ in
      "x"
        + (0..<Int.random(in: 0...30, using: &random)).map { _ in
          letters[Int.random(in: 0..<letters.count, using: &random)]
        }.joined()
    }
    let lines = texts.map { text in
      (Bool.random(using: &random) ? "# \(text)\n" : "") + "- \(text)"
        + (Bool.random(using: &random) ? "  # 注\n" : "\n")
    }
    let reading = Reading(lines.joined())
    let root = try #require(reading.document?.root)
    #expect(root.elements.map { $0.text() } == texts)
    #expect(root.elements.map { reading.source($0.span) } == texts)
    check(reading)
  }

  /// A fix that gives the NFC text leaves nothing to say.
  @Test func fixesForNormalFormHold() throws {
    let text = "か\u{3099}: \"e\u{301}\"\n"
    let reading = Reading(text)
    var bytes = reading.file.bytes
    for edit in reading.findings.flatMap(\.fixes).flatMap(\.edits).reversed() {
      bytes.replaceSubrange(
        edit.span.lowerBound..<edit.span.upperBound, with: Array(edit.replacement.utf8))
    }
    #expect(reading.findings.count == 2)
    #expect(Reading(bytes).findings.isEmpty)
    #expect(String(decoding: bytes, as: UTF8.self).utf8.elementsEqual("が: \"é\"\n".utf8))
  }

  /// No message, help, label or fix of any finding holds a part of a secret.
  @Test(arguments: Fixture.names.filter { $0.hasPrefix("MGC1018") || $0 == "MGC1004-secret" })
  func secretsAreNeverShown(_ name: String) throws {
    let reading = Reading(try Fixture.bytes(name + ".yaml"))
    #expect(reading.findings.contains { $0.hidesSource })
    for finding in reading.findings {
      let texts = [finding.message, finding.help].compactMap { $0 } + finding.labels.map(\.text)
      let shown =
        texts.flatMap { [$0.ja, $0.en] } + finding.fixes.flatMap(\.edits).map(\.replacement)
      for secret in ["hunter2", "x y", "8Q~", "GOCSPX", "ひみつ", "AKIA", "MIIE"] {
        #expect(!shown.contains { $0.contains(secret) })
      }
    }
  }
}
