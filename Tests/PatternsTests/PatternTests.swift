import Foundation
import Patterns
import TestSupport
import Testing

@Suite struct PatternTests {
  /// The expression, what is wrong, and the bytes that show it.
  @Test(
    arguments: [
      ("(a", .openParenthesis, 0..<1), ("a)b", .strayParenthesis, 1..<2),
      ("x[0-9{7}", .openBracket, 1..<2), ("社[外", .openBracket, 3..<4),
      ("a\\", .endsInBackslash, 1..<2), ("[z-a]", .classOrder, 3..<4),
      ("a{3,1}", .quantifierOrder, 4..<5), ("a|*b", .nothingToRepeat, 2..<3),
      ("[]", .emptyBracket, 0..<1), ("a[^]", .emptyBracket, 1..<2),
      ("a{70000}", .quantifierTooBig, 6..<7), ("(?<=a+)b", .lookbehind, 0..<1),
      ("\\1", .unknownReference, 1..<2), ("(?<1a>x)", .groupName, 3..<4),
      ("(?~a)", .unknownGroup, 2..<3), ("\\p{Nonsense}", .unknownProperty, 11..<12),
      ("a\\C", .unknownEscape, 2..<3),
    ] as [(String, PatternFault.Kind, Range<Int>)])
  func aFaultIsNamedAtItsPlace(_ text: String, _ kind: PatternFault.Kind, _ range: Range<Int>)
    throws
  {
    let fault = try #require(Pattern(text).fault)
    #expect(fault.kind == kind)
    if kind != .lookbehind { #expect(fault.range == range, "\(fault.range)") }
  }

  @Test(arguments: [
    "[0-9]{7}", "^Cc:.*yamada@kaede\\.example", "^To:.*hoge@example.co.jp.*", "社外秘|極秘", "[]a]",
    "[[:alpha:]]+", "(?i)x", "a{", "\\d{4}-\\d{2}", "(?=a)b", "\\p{Han}+", "(a)\\1",
  ])
  func whatIsRightIsTaken(_ text: String) { #expect(Pattern(text).fault == nil) }

  /// Java and ICU have classes within classes, and only some dialects have `\Q`.
  @Test(arguments: ["[a[b]", "b[^{{[^a}](?=]", "[\\E]", "x\\Q["])
  func whatOnlySomeRefuseIsNotBroken(_ text: String) {
    #expect(Pattern(text).fault.map { !$0.isBrokenEverywhere } ?? true)
  }

  /// Without limits these would take all memory or time, or the stack.
  @Test(arguments: [
    String(repeating: "(", count: 4000) + String(repeating: ")", count: 90),
    String(repeating: "(", count: 2000) + "a" + String(repeating: ")", count: 2000),
    String(repeating: "a", count: 5000), "((((a{1,999}){1,999}){1,999}){1,999}){1,999}",
    String(repeating: "(?:", count: 50) + "a" + String(repeating: "){1,9}", count: 50),
    String(repeating: "(?<=a|bb", count: 300), String(repeating: "[", count: 4000),
    "(?R)", "(?(R)a|(?1))", String(repeating: "(*COMMIT)", count: 400),
  ])
  func aHostilePatternEnds(_ text: String) {
    let start = ContinuousClock.now
    let pattern = Pattern(text)
    let fault = pattern.fault
    _ = (pattern.features.count, fault == nil ? pattern.explosion : nil)
    #expect(ContinuousClock.now - start < .seconds(2))
    #expect(fault.map { $0.range.upperBound <= text.utf8.count } ?? true)
  }

  @Test(
    arguments: [
      ("(a+)+$", 0..<5), ("^(a*)*b", 1..<6), ("x(?:[0-9]+)*;", 1..<12), ("(\\w+)+@", 0..<6),
      (" (.*)*=", 1..<6), ("(a{2,})+$", 0..<8), ("(Z+)+!", 0..<5),
    ] as [(String, Range<Int>)])
  func workWithoutBoundsIsSeen(_ text: String, _ range: Range<Int>) {
    #expect(Pattern(text).fault == nil)
    #expect(Pattern(text).explosion == range)
  }

  /// What ends in time, or cannot fail, is not accused.
  @Test(arguments: [
    "(a+)+", "(a+)b", "(a++)+$", "(a+)++$", "(ab+)+$", "[0-9]{7}", "(a+)+.*", "\\(a+\\)+$",
    "[(a+)+$]", "(?:a)+$", "a+$",
  ])
  func otherRepetitionsAreNot(_ text: String) { #expect(Pattern(text).explosion == nil) }

  @Test(
    arguments: [
      ("(?<=a)b(?!c)", [.lookbehind, .lookahead]),
      ("a++\\p{Han}", [.possessive, .unicodeProperty]),
      ("(?<n>a)\\k<n>", [.namedGroup, .backreference]), ("(?>a)", [.atomicGroup]),
      ("(?i)a", [.inlineFlag]), ("(?:a)[(?=]\\(?=", []), ("\\++", []), ("a\\?+", []),
      ("[+]+", []), ("+", []), ("(?#x)", [.comment]), ("(?(1)a)", [.conditional]),
      ("(?R)", [.recursion]), ("(*UTF)", [.verb]), ("\\Ka", [.specialEscape]),
    ] as [(String, [PatternFeature])])
  func featuresAreSeen(_ text: String, _ features: [PatternFeature]) {
    #expect(Pattern(text).features.map(\.feature) == features)
  }

  /// Random expressions: each ends in time, each place is in the expression and between
  /// characters, and what is said to be broken in every engine is refused by ICU's too.
  @Test func randomPatternsAreSafe() {
    let isProof = ProcessInfo.processInfo.environment["MGC_PROOF"] == "1"
    let count = isProof ? 100_000 : 10_000
    let parts = [
      "a", "b", "社", "é", "0", "(", ")", "[", "]", "{", "}", "{2,}", "{3,1}", "*", "+", "?", "|",
      "^", "$", ".", "\\", "\\d", "\\p{Han}", "\\1", "(?:", "(?=", "(?<!", "(?>", "(?<n>", "[^",
      "[:alpha:]", "-", "z-a", "#", " ", "(?i)", "\\Q", "\\E", "(*", "(?R)", "/", "(a+)+",
      "(?:b*)*",
    ]
    var random = SplitMix64(seed: 7_110)
    var figures = (taken: 0, broken: 0, refused: 0, exploding: 0)
    var slowest = Duration.zero
    for _ in 0..<count {
      let length = Int.random(in: 1...14, using: &random)
      let text = (0..<length).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
      let flags = Bool.random(using: &random) ? "i" : "ix"
      let start = ContinuousClock.now
      let pattern = Pattern(text, flags: flags)
      let fault = pattern.fault
      let features = pattern.features
      let explosion = fault == nil ? pattern.explosion : nil
      slowest = max(slowest, ContinuousClock.now - start)
      for range in features.map(\.range) + [fault?.range, explosion].compactMap({ $0 }) {
        #expect(range.lowerBound >= 0 && range.upperBound <= text.utf8.count && !range.isEmpty)
      }
      if let range = fault?.range {
        let bytes = Array(text.utf8)
        #expect(String(validating: bytes[range], as: UTF8.self) != nil, "\(text) \(range)")
      }
      if explosion != nil { figures.exploding += 1 }
      guard let fault else {
        figures.taken += 1
        continue
      }
      guard fault.isBrokenEverywhere else {
        figures.refused += 1
        continue
      }
      figures.broken += 1
      let other = try? NSRegularExpression(
        pattern: text, options: flags == "ix" ? [.allowCommentsAndWhitespace] : [])
      #expect(other == nil, "ICU takes \(text) with \(flags): \(fault.kind)")
    }
    print(
      "\(count) random expressions: \(figures.taken) taken, \(figures.broken) broken in any "
        + "engine, \(figures.refused) refused by PCRE2, \(figures.exploding) without bounds; "
        + "slowest \(slowest)")
    #expect(figures.taken > count / 10 && figures.broken > count / 10)
    #expect(slowest < .seconds(1))
  }
}
