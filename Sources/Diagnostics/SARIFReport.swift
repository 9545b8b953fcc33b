package import JSONText
package import SourceText
package import Wording

/// Findings as SARIF 2.1.0 (OASIS, 27 March 2020), for code scanning services and editors: one log
/// with one run, however many tenants it has. No excerpt of a file is in it.
package struct SARIFReport: Sendable {
  private let version: String
  private var results: [JSONValue] = []
  /// The codes in the order in which they were met, with the language of their texts.
  private var rules: [DiagnosticCode] = []
  private var ruleIndex: [Int: Int] = [:]
  /// What kept a tenant from being read, or a finding from being reported.
  private var notifications: [JSONValue] = []
  private var isWhole = true
  private var language: Language?
  private var isMixed = false

  /// - Parameter version: of mgc.
  package init(version: String) { self.version = version }

  /// Adds a tenant that was read.
  package mutating func add(
    file: String, sources: SourceSet, findings: [Diagnostic], silenced: [SilencedFinding],
    dropped: Int, language: Language
  ) {
    meet(language)
    let renderer = SARIFResult(
      sources: sources, language: language,
      concealed: ConcealedLines(sources, findings + silenced.map(\.diagnostic)))
    for finding in findings {
      results.append(renderer.result(finding, rule: index(of: finding.code), suppressed: nil))
    }
    for silenced in silenced {
      let rule = index(of: silenced.diagnostic.code)
      results.append(renderer.result(silenced.diagnostic, rule: rule, suppressed: silenced))
    }
    if dropped > 0 {
      notify("warning", file, RendererWords.dropped(dropped)[language])
    }
  }

  /// Adds a path that could not be read at all.
  package mutating func add(
    file: String, problem: LocalizedText, help: LocalizedText?, language: Language
  ) {
    isWhole = false
    var text = problem[language]
    if let help { text += "\n" + RendererWords.help[language] + ": " + help[language] }
    notify("error", file, text)
  }

  package var json: JSONValue {
    let language = language ?? .ja
    let run = JSONValue.object([
      "tool": .object([
        "driver": .object([
          "name": .string("mgc"),
          "version": .string(version),
          "semanticVersion": .string(version),
          "language": .string(language.rawValue),
          "rules": .array(rules.map { SARIFResult.rule($0, language) }),
        ])
      ]),
      "invocations": .array([
        .object([
          "executionSuccessful": .bool(isWhole),
          "toolExecutionNotifications": .array(notifications),
        ])
      ]),
      "language": isMixed ? nil : .string(language.rawValue),
      // What SourceFile takes for the end of a line, and for a column.
      "newlineSequences": .strings(["\r\n", "\n", "\r"]),
      "columnKind": .string("unicodeCodePoints"),
      "results": .array(results),
    ])
    return .object([
      "$schema": .string("https://json.schemastore.org/sarif-2.1.0.json"),
      "version": .string("2.1.0"),
      "runs": .array([run]),
    ])
  }

  private mutating func meet(_ language: Language) {
    if let first = self.language { isMixed = isMixed || first != language }
    self.language = self.language ?? language
  }

  private mutating func index(of code: DiagnosticCode) -> Int {
    if let index = ruleIndex[code.number] { return index }
    ruleIndex[code.number] = rules.count
    rules.append(code)
    return rules.count - 1
  }

  private mutating func notify(_ level: String, _ file: String, _ text: String) {
    notifications.append(
      .object([
        "level": .string(level),
        "message": SARIFResult.message(text),
        "locations": .array([
          .object(["physicalLocation": .object(["artifactLocation": SARIFResult.artifact(file)])])
        ]),
      ]))
  }
}
