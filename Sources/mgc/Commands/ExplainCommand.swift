internal import ArgumentParser
internal import Compiler
internal import Diagnostics
internal import Observation
internal import SourceText
internal import Wording

/// `mgc explain CODE`: the long text of a finding.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain", abstract: "指摘を詳しく説明する / Explain a finding",
    discussion: "コードを省くと一覧を示す / Without a code it lists all codes.")

  @Argument(help: "MGC3010 のようなコード / a code, such as MGC3010")
  var code: String?

  @Option(help: "ja または en / ja or en")
  var language: Language = .ja

  private static let codes = (Compiler.codes + zoneReadingCodes).sorted { $0.number < $1.number }

  func run() throws {
    let colors = Terminal.hasColors(.output)
    guard let code else {
      for code in Self.codes {
        let line: TerminalText = "\(text: code.name)  \(text: code.title[language])\n"
        Terminal.write(line.rendered(colors: colors))
      }
      return
    }
    let wanted = code.uppercased()
    guard let found = Self.codes.first(where: { $0.name == wanted || String($0.number) == wanted })
    else {
      let shown = code.excerpt()
      throw ValidationError(
        language == .ja
          ? "「\(shown)」というコードはない。mgc explain で一覧が出る"
          : "there is no code \"\(shown)\"; mgc explain lists them")
    }
    Terminal.write(
      ExplanationRenderer(language: language, colors: colors).render(found))
  }
}
