import Diagnostics
import SourceText
import Testing
import YAMLTree

/// Hostile files end soon and with one finding of the right code.
@Suite struct LimitTests {
  private func codes(_ text: String, _ limits: YAMLLimits = .standard) -> [Int] {
    Reading(text, limits: limits).findings.map(\.code.number)
  }

  @Test(arguments: ["[", "[\n", "{a: ", "{a: \n", "- ", "? ", "[{", "!!x [", "&a [", "\"a\": [\n"])
  func manyLevelsStopEarly(_ opener: String) {
    let found = codes(String(repeating: opener, count: 100_000))
    #expect(found.contains(1011) || found.contains(1004))
  }

  @Test func aLongLineIsRead() throws {
    let reading = Reading("a: " + String(repeating: "x", count: 8_000_000))
    #expect(reading.document?.root.members.map { $0.value.text().utf8.count } == [8_000_000])
  }

  @Test func aLargeFileIsRefused() {
    #expect(codes(String(repeating: "#\n", count: 600), YAMLLimits(bytes: 1000)) == [1012])
    #expect(codes("a: b #\n", YAMLLimits(bytes: 7)) == [])
  }

  @Test func depthCountsAsPromised() {
    #expect(codes("[[[x]]]", YAMLLimits(depth: 3)) == [])
    #expect(codes("[[[[x]]]]", YAMLLimits(depth: 3)) == [1011])
    #expect(codes("- &a [[x]]\n- *a\n", YAMLLimits(depth: 3)) == [])
    #expect(codes("- &a [[x]]\n- [*a]\n", YAMLLimits(depth: 3)) == [1011])
  }

  @Test func nodesCountWithAliasesReplaced() {
    // The sequence, two scalars within one, the one, and three nodes for the alias.
    #expect(codes("- &a [x, y]\n- *a\n", YAMLLimits(expandedNodes: 7)) == [])
    #expect(codes("- &a [x, y]\n- *a\n", YAMLLimits(expandedNodes: 6)) == [1010])
  }

  @Test func forbiddenRunsStopAtTheLimit() {
    #expect(codes(String(repeating: "a\u{200B}", count: 1000)).count == 20)
  }

  @Test(arguments: [9, 1000, 20_000])
  func manyKeysFindTheirDuplicates(_ count: Int) {
    let keys = (0..<count).map { "key\($0): 1\n" }.joined()
    #expect(codes(keys).isEmpty)
    let reading = Reading(keys + "key7: 2\n")
    #expect(reading.findings.map(\.code.number) == [1005])
    #expect(
      reading.findings.map { $0.labels.map { label in reading.source(label.span) } } == [["key7"]])
    #expect(reading.document?.root.count == count)
  }

  @Test(arguments: [
    "-----BEGIN PRIVATE KEY-----", "-----BEGIN PRIVATE KEY-----\n", "8Q~", "GOCSPX-", "AKIA",
    "-----END ", "\"", "# K X ~\n", "*a ", "&a ", "a: ", "%", "a: b\n", "\u{304B}\u{3099}",
  ])
  func repeatedPiecesCostTheirLength(_ piece: String) {
    // Anything quadratic would take hours here.
    let reading = Reading(String(repeating: piece, count: 1_000_000 / piece.utf8.count))
    #expect(reading.findings.allSatisfy { $0.primary.upperBound <= reading.file.bytes.count })
  }
}
