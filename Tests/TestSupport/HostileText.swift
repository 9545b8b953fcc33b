internal import Foundation

/// Values that try to leave the place that they are written to.
package enum HostileText {
  package static let fragments = [
    "'", "\u{2018}", "\u{2019}", "\u{201A}", "\u{201B}", "\"", "\u{201C}", "\u{201D}", "\u{201E}",
    "’;", "'; Remove-Item x #", "$(calc)", "$env:x", "`", "``", "```", "`n", "\n", "\r", "\r\n",
    "\"; rm -rf /", "<script>alert(1)</script>", "<!--", "|", "\\|", "=cmd()", "+1", "-1", "@x",
    "＝1", "＠x", "$INCLUDE /etc/passwd", "$ORIGIN x.", "%{i}", "\u{1B}[31m", "\u{202E}", "\u{2066}",
    "\u{85}", "\u{2028}", "\u{2029}", "\u{0}", "\u{7F}", "\u{FEFF}", "\u{200B}", "\u{E000}",
    "\u{E0001}", "\t", " ", "    ", "@'", "'@", "\n'@", "#", "# Requires -Version 9", "#>", "<#",
    "--%", "–", "—", "\\", "\\\\", "\\034", "\\\"", ";", ",", "(", ")", "{", "}", "$", "$$", "${x}",
    "!", "[x](javascript:y)", "![x](y)", "[x]: y", "*", "**b**", "_i_", "~~s~~", "1.", "1)", "- ",
    "+ ", "* ", "> ", "# ", "===", "---", "***", "~~~", "&", "&lt;", "&#60;", "https://a.jp/?b=c&d",
    "www.a.jp", "a@b.jp", ":", "/", "..", "../..", "é", "e\u{301}", "日本", "ﾊﾝｶｸ", "👩‍👩‍👧", "a", "Z",
    "9", "example.jp", "requires", "SIG # Begin signature block", "\u{3000}", "\u{A0}", "\u{FFFF}",
    "\u{10FFFF}", "\u{C}", "\u{B}", "\u{1C}",
  ]

  /// Each fragment by itself, some whole attacks, a long one, then random ones: so many of them, and
  /// ten times as many in the long proofs.
  package static func values(_ usual: Int = 10_000) -> [String] {
    let count = ProcessInfo.processInfo.environment["MGC_PROOF"] == "1" ? usual * 10 : usual
    var generator = SplitMix64(seed: 20_260_701)
    var values = [""] + fragments
    values.append(String(repeating: "名", count: 10_000))
    values.append(String(repeating: "\u{1B}", count: 10_000))
    values.append(String(repeating: "`", count: 300))
    while values.count < count { values.append(random(&generator)) }
    return values
  }

  package static func random(_ generator: inout SplitMix64) -> String {
    var text = String.UnicodeScalarView()
    for _ in 0..<Int.random(in: 1...8, using: &generator) {
      switch Int.random(in: 0..<4, using: &generator) {
      case 0: text.append(contentsOf: scalar(below: 0x80, &generator))
      case 1: text.append(contentsOf: scalar(below: 0x11_0000, &generator))
      default:
        let fragment = Int.random(in: 0..<fragments.count, using: &generator)
        text.append(contentsOf: fragments[fragment].unicodeScalars)
      }
    }
    return String(text)
  }

  private static func scalar(below end: UInt32, _ generator: inout SplitMix64)
    -> [Unicode.Scalar]
  {
    [Unicode.Scalar(UInt32.random(in: 0..<end, using: &generator))].compactMap { $0 }
  }
}

extension String {
  /// Strings are compared as bytes: Swift holds canonically equivalent ones equal.
  package var octets: [UInt8] { Array(utf8) }
}

extension Collection {
  /// The places at which two lists of texts differ in their bytes, at most three of them.
  package func differences<Other: Collection>(from other: Other) -> [String]
  where Element == String, Other.Element == String {
    var result: [String] = []
    if count != other.count { result.append("\(count) values became \(other.count)") }
    for (mine, theirs) in zip(self, other) where mine.octets != theirs.octets {
      result.append("\(mine.debugDescription) became \(theirs.debugDescription)")
      if result.count == 3 { break }
    }
    return result
  }
}
