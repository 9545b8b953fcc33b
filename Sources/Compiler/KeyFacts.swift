internal import JSONText
internal import Procedure
package import TenantReading
package import Wording

/// What the reference and `mgc explain` say of a key besides its texts.
package struct KeyFacts: Sendable {
  package let entry: KeyEntry
  /// What kind of value it takes.
  package let kind: LocalizedText
  /// Whether it must be there, and what it means if it is not.
  package let presence: LocalizedText
  /// How the text is written.
  package let form: LocalizedText?
  package let examples: [String]
  /// The service that it belongs to.
  package let service: LocalizedText?
  /// When the contract needs it although it may be absent elsewhere.
  package let needs: [LocalizedText]

  package init(_ entry: KeyEntry) {
    self.entry = entry
    kind = Self.kind(of: entry.key.schema)
    presence = Self.presence(of: entry)
    form = entry.form?.words
    examples = entry.form?.examples ?? []
    service = ContractSchema.note(entry)
    needs = ContractKeys.needs.filter { $0.path == entry.name }.map { need in
      let conditions = need.conditions.map(Self.words)
      return LocalizedText(
        ja: conditions.map(\.ja).joined(separator: "、") + "(\(need.purpose.ja))",
        en: conditions.map(\.en).joined(separator: ", and ") + " (\(need.purpose.en))")
    }
  }

  /// The facts of every key, in the canonical order.
  package static let all = KeyEntry.all.map(KeyFacts.init)

  private static func kind(of schema: Schema) -> LocalizedText {
    switch schema {
    case .text(let form):
      .init(
        ja: "文字列(\(form.maximumLength)文字まで)",
        en: "text of at most \(form.maximumLength) characters")
    case .integer(let range):
      .init(
        ja: "整数(\(range.lowerBound)から\(range.upperBound)まで)",
        en: "a whole number from \(range.lowerBound) to \(range.upperBound)")
    case .boolean: .init(ja: "trueかfalse", en: "true or false")
    case .constant(let number): .init(both: String(number))
    case .enumeration: .init(ja: "決まった語の1つ", en: "one of some words")
    case .list(let element, _):
      if case .object = element {
        .init(ja: "一覧。各要素は下のキーを持つ", en: "a list, each element with the keys below")
      } else {
        .init(ja: "一覧: \(kind(of: element).ja)", en: "a list: \(kind(of: element).en)")
      }
    case .object(let keys, let exactlyOne) where !keys.isEmpty && keys.count == exactlyOne.count:
      .init(ja: "下のキーのうち、ちょうど1つ", en: "exactly one of the keys below")
    case .object(let keys, _):
      keys.isEmpty
        ? .init(ja: "空のまとまり {}", en: "an empty mapping, {}")
        : .init(ja: "下のキーを持つまとまり", en: "a mapping with the keys below")
    case .wordOr: .init(ja: "決まった語、または下のキーの1つ", en: "a word, or one of the keys below")
    }
  }

  private static func presence(of entry: KeyEntry) -> LocalizedText {
    if !entry.alternatives.isEmpty {
      let names = entry.alternatives.joined(separator: ", ")
      return .init(ja: "次のうちちょうど1つ: \(names)", en: "exactly one of \(names)")
    }
    if entry.key.isRequired { return .init(ja: "必須", en: "required") }
    guard let fallback = entry.key.fallback else {
      return .init(ja: "省略できる", en: "may be left out")
    }
    let value =
      switch fallback {
      case .string(let word): word
      default: fallback.compact
      }
    return .init(ja: "省略できる(既定値は\(value))", en: "may be left out; then it is \(value)")
  }

  private static func words(_ condition: ContractCondition) -> LocalizedText {
    switch condition {
    case .contracted(let service):
      .init(ja: "\(service.title.ja)の契約があるとき", en: "with \(service.title.en)")
    case .server(let family):
      .init(
        ja: "mailServersに\(family.keys.joined(separator: "か"))があるとき",
        en: "with \(family.keys.joined(separator: " or ")) among mailServers")
    case .signsIn:
      .init(ja: "signInのあるメールサーバーがあるとき", en: "with a mail server that has signIn")
    case .signsInByOAuth(let families):
      families.count == 1
        ? .init(
          ja: "\(families.flatMap(\.keys).joined(separator: "か"))のsignInがoauthのとき",
          en: "where \(families.flatMap(\.keys).joined(separator: " or ")) signs in by oauth")
        : .init(ja: "signInがoauthのとき", en: "where a mail server signs in by oauth")
    case .loopGuardByEgress:
      .init(ja: "gateway.loopGuardがegressのとき", en: "where gateway.loopGuard is egress")
    }
  }
}
