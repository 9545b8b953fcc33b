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
    var command: GitHubCommand = """
      ::\(Self.name(diagnostic.code.severity)) file=\(property: file.name),line=\(lines.lowerBound),\
      endLine=\(lines.upperBound)
      """
    // GitHub takes columns only where the annotation is on one line, and counts the last one in.
    if lines.count == 1 {
      let start = file.position(of: diagnostic.primary.lowerBound).column
      let last = file.position(of: diagnostic.primary.upperBound)
      let end = last.line == lines.lowerBound ? last.column - 1 : start
      command += ",col=\(start),endColumn=\(max(start, end))"
    }
    command += """
      ,title=\(property: diagnostic.code.name)::\(message: diagnostic.message[language])
      """
    if let help = diagnostic.help {
      let word = RendererWords.help[language]
      for (index, line) in help[language].split(separator: "\n").enumerated() {
        command += index == 0 ? "%0A\(message: word): " : "%0A"
        command += "\(message: String(line))"
      }
    }
    return command.line
  }

  /// A file that could not be read at all, as one line.
  package static func problem(file: String, _ text: String) -> String {
    let command: GitHubCommand = "::error file=\(property: file)::\(message: text)"
    return command.line
  }

  private static func name(_ severity: Severity) -> GitHubCommand {
    switch severity {
    case .error: "error"
    case .warning: "warning"
    case .note: "notice"
    }
  }
}
