package import JSONText
package import Wording

/// What a place in tenant.yaml may hold, as data: the JSON Schema and the reference are written
/// from it, and the decoder beside it in `Shape` obeys it.
package indirect enum Schema: Sendable {
  case text(TextForm)
  case integer(ClosedRange<Int>)
  case boolean
  case constant(Int)
  case enumeration([Value])
  case list(of: Schema, minimumCount: Int)
  /// An object with these keys and no others. Of those that `exactlyOne` names, if any, exactly
  /// one must be there.
  case object([Key], exactlyOne: [String])
  /// Either a word of the enumeration or what the schema says.
  case wordOr([Value], Schema)

  /// A key of an object.
  package struct Key: Sendable {
    package let name: String
    /// What it is, in a few words.
    package let about: LocalizedText
    package let isRequired: Bool
    package let schema: Schema
    /// What an absent key means, where that is a value of the same kind.
    package var fallback: JSONValue?
    /// How many elements a list may have, where the vendor says so; the rules judge it.
    package var maximumCount: Int?
    /// What else there is to know, in sentences.
    package var details: LocalizedText?
  }

  /// A word of an enumeration.
  package struct Value: Sendable {
    package let word: String
    package let about: LocalizedText
  }
}

/// How a text is written, as far as that can be said without reading it.
package struct TextForm: Sendable {
  /// In the dialect of ECMA 262, anchored. It accepts all that mgc accepts, and refuses what it can.
  package let pattern: String?
  /// The longest text, in Unicode scalars.
  package let maximumLength: Int
  package let examples: [String]
  /// The pattern in words; nil for free text.
  package let words: LocalizedText?

  init(
    pattern: String?, maximum: Int, examples: [String], words: LocalizedText? = nil
  ) {
    self.pattern = pattern
    maximumLength = maximum
    self.examples = examples
    self.words = words
  }
}
