internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel
internal import Wording

/// A page that is written in both languages, of which the tenant's is kept.
struct BilingualPage: ArtifactDocument {
  let language: Language
  /// The page itself, for what is in the tenant's language already.
  var page = MarkdownPage()

  /// Begins the page with its title.
  init(_ procedure: Procedure, ja: Markdown, en: Markdown) {
    language = procedure.tenant.language
    heading(1, ja: ja, en: en)
  }

  mutating func heading(_ level: Int, ja: Markdown, en: Markdown) {
    page.heading(level, pick(ja, en))
  }

  mutating func paragraph(ja: Markdown, en: Markdown) { page.paragraph(pick(ja, en)) }

  mutating func bullets(_ items: [MarkdownPhrase]) {
    if !items.isEmpty { page.bullets(items.map { $0[language] }) }
  }

  mutating func numbers(_ items: [MarkdownPhrase]) {
    if !items.isEmpty { page.numbers(items.map { $0[language] }) }
  }

  mutating func checkboxes(_ items: [MarkdownPhrase]) {
    if !items.isEmpty { page.checkboxes(items.map { $0[language] }) }
  }

  mutating func table(header: [MarkdownPhrase], rows: [[MarkdownPhrase]]) {
    page.table(
      header: header.map { $0[language] }, rows: rows.map { $0.map { $0[language] } })
  }

  mutating func quote(ja: Markdown, en: Markdown) { page.quote(pick(ja, en)) }

  /// A block of commands or settings as they are.
  mutating func code(_ text: String) { page.codeBlock(language: "text", text) }

  var bytes: [UInt8] { page.bytes }

  private func pick(_ ja: Markdown, _ en: Markdown) -> Markdown {
    switch language {
    case .ja: ja
    case .en: en
    }
  }
}

extension MarkdownPhrase {
  /// A value that people type or compare as it is.
  static func value(_ text: String) -> Self { Self(both: "\(code: text)") }

  /// A term in both languages.
  static func term(_ term: LocalizedText) -> Self {
    Self(ja: "\(text: term.ja)", en: "\(text: term.en)")
  }
}

extension Phrase {
  /// The phrase for a page that is Markdown alone.
  var markdown: MarkdownPhrase { MarkdownPhrase(ja: ja.markdown, en: en.markdown) }
}

extension Markdown {
  /// Both forms of a name that is not ASCII.
  static func domain(_ domain: DomainName) -> Markdown { Prose.domain(domain).markdown }
}

extension LocalizedText {
  /// The term as a console shows it, in its quotes.
  var quoted: MarkdownPhrase {
    MarkdownPhrase(ja: "「\(text: ja)」", en: "**\(text: en)**")
  }
}

extension MailServerConnection {
  /// The server's name as it stands in paths and headings.
  var name: String { server.name.value.text }

  func asks(for connection: ContractMatrix.Connection) -> Bool { connections.contains(connection) }

  /// The folder of the server's artifacts of a step.
  func folder(of step: Step) -> ArtifactPath { step.path + "\(name: name)" }

  /// The folder of the way back.
  func rollbackFolder(of step: Step) -> ArtifactPath { "rollback" + folder(of: step) }
}

extension BilingualPage {
  /// The page that takes the outbound route of a server back.
  static func routeBack(
    _ procedure: Procedure, _ connection: MailServerConnection, _ steps: [MarkdownPhrase]
  ) -> BilingualPage {
    var page = BilingualPage(
      procedure, ja: "\(text: connection.name): 送信の経路を元に戻す",
      en: "\(text: connection.name): Take the outbound route back")
    page.numbers(steps)
    return page
  }
}

extension MarkdownPhrase {
  /// What comes before a connection is undone.
  static let routeFirst = MarkdownPhrase(
    ja: """
      送信の経路を切り替えていたときは、先に \(code: "rollback") の同じフォルダーの \
      \(code: "start-outbound.md") で戻します。
      """,
    en: """
      Where the outbound route was started, take it back first, by \
      \(code: "start-outbound.md") of the same folder below \(code: "rollback").
      """)
}
