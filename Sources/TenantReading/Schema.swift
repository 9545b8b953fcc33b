package import Wording

/// What a place in tenant.yaml may hold, as data: the JSON Schema and the reference are written
/// from it, and the decoder beside it in `Shape` obeys it.
package indirect enum Schema: Sendable {
  /// Text; `pattern` is in the dialect of ECMA 262 and anchored.
  case text(pattern: String?, maximumLength: Int, examples: [String])
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
    package let about: LocalizedText
    package let isRequired: Bool
    package let schema: Schema
  }

  /// A word of an enumeration.
  package struct Value: Sendable {
    package let word: String
    package let about: LocalizedText
  }
}
