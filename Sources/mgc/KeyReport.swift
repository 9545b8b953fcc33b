internal import Compiler
internal import Diagnostics
internal import TenantReading
internal import Wording

/// What a key of tenant.yaml is, for `mgc explain`.
struct KeyReport {
  let language: Language
  let colors: Bool

  func render(_ facts: KeyFacts) -> String {
    let key = facts.entry.key
    var lines: [TerminalText] = [
      "\("\(text: facts.entry.name)", .bold): \("\(text: key.about[language])", .bold)", "",
    ]
    if let details = key.details { lines += ["\(text: details[language])", ""] }
    add(.init(ja: "型", en: "Type"), facts.kind, to: &lines)
    add(.init(ja: "有無", en: "Presence"), facts.presence, to: &lines)
    if let form = facts.form { add(.init(ja: "書き方", en: "Form"), form, to: &lines) }
    if let service = facts.service { add(.init(ja: "契約", en: "Contract"), service, to: &lines) }
    for need in facts.needs { add(.init(ja: "必要なとき", en: "Needed"), need, to: &lines) }
    for example in facts.examples {
      add(.init(ja: "例", en: "Example"), .init(both: example), to: &lines)
    }
    list(
      .init(ja: "書ける語", en: "Words"), facts.entry.words.map { ($0.word, $0.about) }, to: &lines)
    list(
      .init(ja: "中のキー", en: "Keys within"),
      facts.entry.children.map { ($0.name, $0.key.about) }, to: &lines)
    return lines.map { $0.rendered(colors: colors) + "\n" }.joined()
  }

  private func add(
    _ name: LocalizedText, _ value: LocalizedText, to lines: inout [TerminalText]
  ) {
    lines.append("\("\(text: name[language]):", .bold) \(text: value[language])")
  }

  private func list(
    _ name: LocalizedText, _ items: [(name: String, about: LocalizedText)],
    to lines: inout [TerminalText]
  ) {
    guard !items.isEmpty else { return }
    lines += ["", "\("\(text: name[language]):", .bold)"]
    lines += items.map { "    \("\(text: $0.name)", .bold)  \(text: $0.about[language])" }
  }
}
