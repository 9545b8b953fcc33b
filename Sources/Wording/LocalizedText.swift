/// The languages in which mgc speaks to people.
package enum Language: String, CaseIterable, Sendable {
  case ja
  case en
}

/// The same text in both languages, so that a missing one does not compile.
package struct LocalizedText: Hashable, Sendable {
  package let ja: String
  package let en: String

  package init(ja: String, en: String) {
    self.ja = ja
    self.en = en
  }

  /// A term that is the same in both languages, such as the name of a cmdlet.
  package init(both text: String) { self.init(ja: text, en: text) }

  package subscript(language: Language) -> String {
    switch language {
    case .ja: ja
    case .en: en
    }
  }
}
