package import Diagnostics
internal import Foundation
internal import JSONText
package import SourceText
internal import Wording

/// The findings as each renderer shows them.
package struct RenderedFindings {
  package private(set) var faults: [String] = []

  package init(_ findings: [Diagnostic], _ sources: SourceSet) {
    for language in [Language.ja, .en] {
      let renderer = HumanRenderer(
        sources: sources, language: language, colors: false, findings: findings)
      judge(findings.map(renderer.render).joined(separator: "\n"), "human \(language)")
      let lines = findings.map(GitHubRenderer(sources: sources, language: language).render).joined()
      if lines.utf8.count(where: { $0 == 0x0A }) != findings.count {
        faults.append("GitHub \(language): not a line a finding")
      }
      for line in lines.split(separator: "\n", omittingEmptySubsequences: false).dropLast() {
        let isCommand = ["::error ", "::warning ", "::notice "].contains { line.hasPrefix($0) }
        if !isCommand { faults.append("GitHub \(language): \(line)") }
      }
      judge(lines, "GitHub \(language)", commands: true)
    }
    let report = JSONRenderer(sources: sources).render(findings).pretty
    judge(report, "JSON")
    if (try? JSONSerialization.jsonObject(with: Data(report.utf8))) == nil {
      faults.append("JSON cannot be read")
    }
  }

  private mutating func judge(_ text: String, _ format: String, commands: Bool = false) {
    if text.unicodeScalars.contains(where: { $0.isHidden && $0 != "\n" }) {
      faults.append("\(format) has a hidden character")
    }
    for line in text.split(separator: "\n") {
      let start = line.unicodeScalars.drop { $0.properties.isWhitespace }
      if !commands, start.starts(with: "::".unicodeScalars) { faults.append("\(format): \(line)") }
      if start.starts(with: "##[".unicodeScalars) { faults.append("\(format): \(line)") }
    }
  }
}
