package import SourceText
package import Wording

/// Findings as GitHub's workflow commands, which become annotations of a pull request.
package struct GitHubRenderer: Sendable {
  private let sources: SourceSet
  private let language: Language

  package init(sources: SourceSet, language: Language) {
    self.sources = sources
    self.language = language
  }

  /// One line, ended by LF.
  package func render(_ diagnostic: Diagnostic) -> String {
    let file = sources[diagnostic.primary.file]
    let lines = file.lines(of: diagnostic.primary)
    var properties = [
      ("file", Self.property(file.name)),
      ("line", String(lines.lowerBound)),
      ("endLine", String(lines.upperBound)),
    ]
    // GitHub takes columns only where the annotation is on one line, and counts the last one in.
    if lines.count == 1 {
      let start = file.position(of: diagnostic.primary.lowerBound).column
      let last = file.position(of: diagnostic.primary.upperBound)
      let end = last.line == lines.lowerBound ? last.column - 1 : start
      properties.append(("col", String(start)))
      properties.append(("endColumn", String(max(start, end))))
    }
    properties.append(("title", Self.property(diagnostic.code.name)))

    var message = Self.message(diagnostic.message[language])
    if let help = diagnostic.help {
      let word = RendererWords.help[language]
      for (index, line) in help[language].split(separator: "\n").enumerated() {
        message += "%0A" + (index == 0 ? word + ": " : "") + Self.message(String(line))
      }
    }
    let list = properties.map { $0.0 + "=" + $0.1 }.joined(separator: ",")
    return "::" + Self.command(diagnostic.code.severity) + " " + list + "::" + message + "\n"
  }

  /// A file that could not be read at all, as one line.
  package static func problem(file: String, _ text: String) -> String {
    "::error file=" + property(file) + "::" + message(text) + "\n"
  }

  private static func command(_ severity: Severity) -> String {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .note: "notice"
    }
  }

  /// Line ends became visible and need no escape of their own.
  private static func message(_ text: String) -> String { escaped(text) { $0 == "%" } }

  private static func property(_ text: String) -> String {
    escaped(text) { $0 == "%" || $0 == ":" || $0 == "," }
  }

  private static func escaped(_ text: String, _ mustEscape: (Unicode.Scalar) -> Bool) -> String {
    var result = String.UnicodeScalarView()
    for scalar in text.visible.unicodeScalars {
      if mustEscape(scalar) {
        result.append(
          contentsOf: "%\(String(scalar.value, radix: 16, uppercase: true))".unicodeScalars)
      } else {
        result.append(scalar)
      }
    }
    return String(result)
  }
}
