import Compiler
import Diagnostics
import Interview
import SourceText
import TestSupport
import Testing

struct HostileTests {
  private static let pieces = [
    "", " ", ",", ":", "=", "'", "\"", "#", "- ", "{", "}", "[", "]", "&a", "*a", "!", "%", "|",
    ">", "\u{0}", "\u{1B}[31m", "\n", "\u{85}", "\u{2028}", "\u{202E}", "\u{FEFF}", "\u{3000}",
    "e\u{301}", "1", "2", "99", "10", "none", "all", "null", "true", "012", "1e3", "22:00", "~",
    "microsoft365", "other", "postfix", "googleWorkspace", "inbound-security", "leak-prevention",
    "kaede.example", "a@kaede.example", "192.0.2.0/28", "mx1.gateway.example", "https://x.example/",
    "certificate", "saml", "header", "egress", "mail", "customer", "楓", "zones/a.zone", "../x",
    "-----BEGIN PRIVATE KEY-----", "2027-02-06T22:00:00+09:00",
  ]

  private static func noise(_ random: inout SplitMix64) -> String {
    (0..<Int.random(in: 0...5, using: &random)).map { _ in
      pieces.randomElement(using: &random) ?? ""
    }.joined(separator: Bool.random(using: &random) ? "" : " ")
  }

  /// Half of the answers are right, so that noise reaches every question.
  @Test(arguments: 0..<120)
  func `Noise neither stops it nor gets into the file`(_ seed: Int) throws {
    var random = SplitMix64(seed: UInt64(seed))
    let answers = Answers.all[seed % Answers.all.count]
    var talk = Talk()
    var count = 0
    while let question = talk.interview.question, count < 150 {
      count += 1
      let isNoise = Bool.random(using: &random)
      let line =
        isNoise ? Self.noise(&random) : answers.answer(question.slot, usual: false)
      let isTaken = talk.say(line)
      if !isTaken { #expect(talk.interview.question?.slot == question.slot) }
      if !isTaken && !isNoise { _ = talk.say(answers.answer(question.slot, usual: true)) }
    }
    let outcome = talk.interview.outcome()
    let reading = outcome.findings.filter { $0.code.severity == .error && $0.code.number < 1100 }
    // Absent keys are 11xx or 9xxx; anything below would be a file that is no YAML of the language.
    let isMissing = !outcome.missing.isEmpty
    #expect(reading.isEmpty || isMissing, "\(reading.map(\.code.name))\n\(talk.file)")
    var bag = DiagnosticBag()
    #expect(try Self.isReadable(outcome.file(), &bag), "\(talk.file)")
  }

  @Test(arguments: 0..<40)
  func `Noise in options is refused or taken, never a crash`(_ seed: Int) {
    var random = SplitMix64(seed: 1_000 + UInt64(seed))
    var given: [Topic: [String]] = [:]
    let answers = Answers.all[seed % Answers.all.count]
    for topic in Topic.allCases {
      given[topic] = (0..<Int.random(in: 0...2, using: &random)).map { _ in
        Bool.random(using: &random)
          ? Self.noise(&random) : answers.answer(Slot(topic), usual: false)
      }
    }
    let outcome = Talk(given: given).interview.outcome()
    var bag = DiagnosticBag()
    #expect((try? Self.isReadable(outcome.file(), &bag)) == true)
  }

  /// Whether the file is YAML of the subset, whatever is missing in it.
  private static func isReadable(_ file: SourceFile, _ bag: inout DiagnosticBag) throws -> Bool {
    let text = file.text(0..<file.bytes.count)
    let codes = Talk.judge(SourceFile(name: file.name, text: text)).findings.map(\.code.number)
    return !codes.contains { (1001...1030).contains($0) }
  }

  @Test func `A secret is not shown`() {
    var talk = Talk()
    talk.say("en")
    let isTaken = talk.say("-----BEGIN PRIVATE KEY-----")
    #expect(!isTaken)
    #expect(
      !talk.transcript.split(separator: "\n").contains {
        $0.hasPrefix("! ") && $0.contains("BEGIN")
      })
  }
}
