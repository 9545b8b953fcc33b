internal import Artifacts
package import Diagnostics
internal import TenantReading
package import Wording

/// The reference of the language: every key of tenant.yaml, as a page of Markdown.
package enum LanguageReference {
  package static func page(_ language: Language) -> [UInt8] {
    var page = ReferencePage(language)
    page.heading(1, .init(ja: "tenant.yamlのキー", en: "The keys of tenant.yaml"))
    page.paragraph(
      .init(
        ja: "言語の版1のすべてのキーです。並びは正規の順序です。同じ説明は mgc explain キー で読めます。",
        en:
          "Every key of version 1 of the language, in the canonical order. mgc explain KEY says the same."
      ))
    page.paragraph(
      .init(
        ja: "パスは上からのキーをドットでつないだものです。一覧の要素は数えません。domains.spf.all は、どのドメインでもその spf の all です。",
        en:
          "A path is the keys from the top with dots between them. Elements of lists are not counted: domains.spf.all is all of the spf of any domain."
      ))
    let facts = KeyFacts.all
    let tops = facts.filter { $0.entry.path.count == 1 }
    page.page.bullets(tops.map { "\(link: "\(code: $0.entry.name)", to: anchor($0.entry.name))" })
    for top in tops {
      let inner = facts.filter { $0.entry.path.first == top.entry.name && $0.entry.path.count > 1 }
      page.key(top, level: 2)
      if inner.count > 1 {
        page.page.table(
          header: [
            page.text(.init(ja: "キー", en: "Key")), page.text(.init(ja: "意味", en: "Meaning")),
          ],
          rows: inner.map {
            [
              "\(link: "\(code: $0.entry.name)", to: anchor($0.entry.name))",
              page.text($0.entry.key.about),
            ]
          })
      }
      for facts in inner { page.key(facts, level: 3) }
    }
    return page.page.bytes
  }

  /// Where a heading that is a path or a code stands, as GitHub counts it.
  static func anchor(_ name: String) -> String {
    "#" + name.lowercased().filter { $0 != "." }
  }
}

/// The reference of the findings: every code, as a page of Markdown.
package enum FindingsReference {
  package static func page(_ codes: [DiagnosticCode], _ language: Language) -> [UInt8] {
    var page = ReferencePage(language)
    page.heading(1, .init(ja: "指摘のコード", en: "The codes of findings"))
    page.paragraph(
      .init(
        ja:
          "mgcが出すすべての指摘です。エラーがあると計画も出力も作られません。警告と注記は、理由と期限を書いて抑えられます。同じ説明は mgc explain コード で読めます。",
        en:
          "Every finding that mgc makes. With an error there is no plan and no output; a warning or a note can be silenced with a reason and a date. mgc explain CODE says the same."
      ))
    let groups = areas.map { area in (area, codes.filter { $0.number / 1000 == area.digit }) }
      .filter { !$0.1.isEmpty }
    for (area, codes) in groups {
      page.heading(2, area.title)
      page.page.table(
        header: [
          page.text(.init(ja: "コード", en: "Code")), page.text(.init(ja: "重さ", en: "Severity")),
          page.text(.init(ja: "指摘", en: "Finding")),
        ],
        rows: codes.map { code in
          [
            "\(link: "\(text: code.name)", to: LanguageReference.anchor(code.name))",
            page.text(code.severity.word), page.text(code.title),
          ]
        })
      for code in codes { add(code, to: &page) }
    }
    return page.page.bytes
  }

  private static func add(_ code: DiagnosticCode, to page: inout ReferencePage) {
    page.page.heading(3, "\(text: code.name)")
    page.page.paragraph("**\(page.text(code.severity.word))**: \(page.text(code.title))")
    for paragraph in code.explanation[page.language].split(separator: "\n") {
      page.page.paragraph(marked(String(paragraph)))
    }
    if !code.example.isEmpty { page.page.codeBlock(language: "yaml", code.example) }
    if !code.source.isEmpty {
      page.page.paragraph("\(page.text(.init(ja: "出典", en: "Source"))): \(text: code.source)")
    }
  }

  /// Text with what stands between backticks as code.
  private static func marked(_ text: String) -> Markdown {
    let parts = text.split(separator: "`", omittingEmptySubsequences: false).map(String.init)
    guard !parts.count.isMultiple(of: 2) else { return "\(text: text)" }
    return parts.enumerated().map { index, part -> Markdown in
      if part.isEmpty { return "" }
      return index.isMultiple(of: 2) ? "\(text: part)" : "\(code: part)"
    }.joined(separator: "")
  }

  private static let areas: [(digit: Int, title: LocalizedText)] = [
    (1, .init(ja: "1 読み取り", en: "1 Reading")),
    (2, .init(ja: "2 値と参照", en: "2 Values and references")),
    (3, .init(ja: "3 DNS", en: "3 DNS")), (4, .init(ja: "4 Microsoft 365", en: "4 Microsoft 365")),
    (5, .init(ja: "5 Google Workspace", en: "5 Google Workspace")),
    (6, .init(ja: "6 Postfixなどのサーバー", en: "6 Postfix and other servers")),
    (7, .init(ja: "7 管理者画面の設定", en: "7 Settings")), (8, .init(ja: "8 計画", en: "8 Planning")),
    (9, .init(ja: "9 契約と安全", en: "9 The contract, and guard rails")),
  ]
}

/// A page that is written in one of two languages.
private struct ReferencePage {
  let language: Language
  var page = MarkdownPage()

  init(_ language: Language) { self.language = language }

  func text(_ text: LocalizedText) -> Markdown { "\(text: text[language])" }

  mutating func heading(_ level: Int, _ text: LocalizedText) {
    page.heading(level, self.text(text))
  }

  mutating func paragraph(_ text: LocalizedText) { page.paragraph(self.text(text)) }

  mutating func key(_ facts: KeyFacts, level: Int) {
    let key = facts.entry.key
    page.heading(level, "\(code: facts.entry.name)")
    page.paragraph("**\(text(key.about))**")
    if let details = key.details { paragraph(details) }
    var items: [Markdown] = [
      fact(.init(ja: "型", en: "Type"), facts.kind),
      fact(.init(ja: "有無", en: "Presence"), facts.presence),
    ]
    if let form = facts.form { items.append(fact(.init(ja: "書き方", en: "Form"), form)) }
    if let service = facts.service {
      items.append(fact(.init(ja: "契約", en: "Contract"), service))
    }
    for need in facts.needs { items.append(fact(.init(ja: "必要なとき", en: "Needed"), need)) }
    for example in facts.examples {
      items.append("\(text(.init(ja: "例", en: "Example"))): \(code: example)")
    }
    page.bullets(items)
    let words = facts.entry.words
    if !words.isEmpty {
      page.table(
        header: [text(.init(ja: "語", en: "Word")), text(.init(ja: "意味", en: "Meaning"))],
        rows: words.map { ["\(code: $0.word)", text($0.about)] })
    }
  }

  private func fact(_ name: LocalizedText, _ value: LocalizedText) -> Markdown {
    "\(text(name)): \(text(value))"
  }
}
