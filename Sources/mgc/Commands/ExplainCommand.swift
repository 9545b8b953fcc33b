internal import ArgumentParser
internal import Compiler
internal import Diagnostics
internal import Observation
internal import SourceText
internal import TenantReading
internal import Wording

/// `mgc explain CODE` and `mgc explain KEY`: the long text of a finding or of a key.
struct ExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "指摘やキーを詳しく説明する / Explain a finding or a key of tenant.yaml",
    discussion: """
      省くとコードの一覧、--keys でキーの一覧を示す
      Without a name it lists all codes, with --keys all keys.
      """)

  @Argument(
    help: "MGC3010 のようなコードか domains.spf.all のようなキー / a code or a key, such as these")
  var name: String?

  @Flag(help: "キーの一覧を示す / List the keys of tenant.yaml")
  var keys = false

  @Flag(help: "一覧の全文をMarkdownで出力する / Print all of it in full, as Markdown")
  var markdown = false

  @Option(help: "ja または en / ja or en")
  var language: Language = .ja

  private static let codes = (Compiler.codes + zoneReadingCodes).sorted { $0.number < $1.number }

  func validate() throws {
    guard name != nil, keys || markdown else { return }
    throw ValidationError(
      language == .ja
        ? "--keys と --markdown は名前と一緒に使えない"
        : "--keys and --markdown go without a name")
  }

  func run() throws {
    guard let name else {
      list()
      return
    }
    let colors = Terminal.hasColors(.output)
    let wanted = name.uppercased()
    if let code = Self.codes.first(where: { $0.name == wanted || String($0.number) == wanted }) {
      Terminal.write(ExplanationRenderer(language: language, colors: colors).render(code))
      return
    }
    let path = Self.path(name)
    let keys = KeyFacts.all
    if let facts = keys.first(where: { $0.entry.name == path }) {
      Terminal.write(KeyReport(language: language, colors: colors).render(facts))
      return
    }
    let endings = keys.filter { $0.entry.name.hasSuffix("." + path) }
    if endings.count == 1 {
      Terminal.write(KeyReport(language: language, colors: colors).render(endings[0]))
      return
    }
    throw ValidationError(unknown(name, path, endings.map(\.entry.name)))
  }

  /// A path as findings write it, such as `domains[0].dkim[1].selector`, without its indices.
  private static func path(_ name: String) -> String {
    var result = ""
    var isInside = false
    for character in name {
      if character == "[" { isInside = true }
      if !isInside { result.append(character) }
      if character == "]" { isInside = false }
    }
    return result
  }

  private func unknown(_ name: String, _ path: String, _ endings: [String]) -> String {
    let shown = name.excerpt()
    if !endings.isEmpty {
      let several = endings.joined(separator: ", ")
      return language == .ja
        ? "「\(shown)」で終わるキーはいくつかある: \(several)"
        : "several keys end with \"\(shown)\": \(several)"
    }
    let known = Self.codes.map(\.name) + KeyFacts.all.map(\.entry.name)
    let nearest = Spelling.nearest(to: path, among: known)
    if language == .ja {
      let end = nearest.map { "。「\($0)」か" } ?? "。mgc explain と mgc explain --keys で一覧が出る"
      return "「\(shown)」というコードもキーもない" + end
    }
    let end =
      nearest.map { "; did you mean \"\($0)\"?" }
      ?? "; mgc explain and mgc explain --keys list them"
    return "there is no code and no key \"\(shown)\"" + end
  }

  private func list() {
    if markdown {
      Terminal.write(
        keys ? LanguageReference.page(language) : FindingsReference.page(Self.codes, language))
      return
    }
    let rows =
      keys
      ? KeyFacts.all.map { ($0.entry.name, $0.entry.key.about) }
      : Self.codes.map { ($0.name, $0.title) }
    let colors = Terminal.hasColors(.output)
    for (name, about) in rows {
      let line: TerminalText = "\(text: name)  \(text: about[language])\n"
      Terminal.write(line.rendered(colors: colors))
    }
  }
}
