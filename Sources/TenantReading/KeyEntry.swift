/// A key of the language with its place, for the reference and `mgc explain`.
package struct KeyEntry: Sendable {
  /// The keys from the top; lists are looked into, so `domains.spf.all` is `all` of any domain.
  package let path: [String]
  package let key: Schema.Key
  /// The keys of which exactly one must be there; empty where this one may stand with all others.
  package let alternatives: [String]

  init(path: [String], key: Schema.Key, alternatives: [String]) {
    self.path = path
    self.key = key
    self.alternatives = alternatives.contains(key.name) ? alternatives : []
  }

  package var name: String { path.joined(separator: ".") }

  /// How the text is written, where it is text or a list of texts.
  package var form: TextForm? {
    switch key.schema {
    case .text(let form), .list(of: .text(let form), _): form
    default: nil
    }
  }

  /// The words that may be written, where there are such.
  package var words: [Schema.Value] {
    switch key.schema {
    case .enumeration(let words), .list(of: .enumeration(let words), _), .wordOr(let words, _):
      words
    default: []
    }
  }

  /// The keys within.
  package var children: [KeyEntry] { Self.entries(of: key.schema, at: path) }

  /// All keys of the language in the canonical order, each before those within it.
  package static let all = entries(of: tenantShape.schema, at: []).flatMap(\.tree)

  private var tree: [KeyEntry] { [self] + children.flatMap(\.tree) }

  private static func entries(of schema: Schema, at path: [String]) -> [KeyEntry] {
    switch schema {
    case .object(let keys, let exactlyOne):
      keys.map { KeyEntry(path: path + [$0.name], key: $0, alternatives: exactlyOne) }
    case .list(let element, _): entries(of: element, at: path)
    case .wordOr(_, let other): entries(of: other, at: path)
    case .text, .integer, .boolean, .constant, .enumeration: []
    }
  }
}
