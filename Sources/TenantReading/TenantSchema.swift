package import JSONText
internal import Wording

/// The JSON Schema (draft 7, which editors read) of tenant.yaml, written from the key table.
package enum TenantSchema {
  /// The key table itself, for what goes by its order.
  package static let keys = tenantShape.schema

  package static let schema = JSONValue.object(
    [
      .init("$schema", .string("http://json-schema.org/draft-07/schema#")),
      .init("$id", .string("tenant.v1.json")),
      .init("title", .string("tenant.yaml")),
      .init(
        "description",
        .string("MailGatesの導入を宣言する1社分の設定 / One company's MailGates, declared")),
    ] + members(of: tenantShape.schema))

  private static func members(of schema: Schema) -> [JSONValue.Member] {
    switch schema {
    case .text(let pattern, let maximumLength, let examples):
      var members: [JSONValue.Member] = [
        .init("type", .string("string")), .init("minLength", .integer(1)),
        .init("maxLength", .integer(maximumLength)),
      ]
      if let pattern { members.append(.init("pattern", .string(pattern))) }
      members.append(.init("examples", .strings(examples)))
      return members
    case .integer(let range):
      return [
        .init("type", .string("integer")), .init("minimum", .integer(range.lowerBound)),
        .init("maximum", .integer(range.upperBound)),
      ]
    case .boolean: return [.init("type", .string("boolean"))]
    case .constant(let number): return [.init("const", .integer(number))]
    case .enumeration(let values): return [.init("oneOf", .array(values.map(word)))]
    case .list(let element, let minimumCount):
      return [
        .init("type", .string("array")), .init("minItems", .integer(minimumCount)),
        .init("items", .object(members(of: element))),
      ]
    case .object(let keys, let exactlyOne): return object(keys, exactlyOne)
    case .wordOr(let values, let other):
      return [.init("oneOf", .array(values.map(word) + [.object(members(of: other))]))]
    }
  }

  private static func word(_ value: Schema.Value) -> JSONValue {
    .object([
      .init("const", .string(value.word)), .init("description", .string(both(value.about))),
    ])
  }

  private static func object(
    _ keys: [Schema.Key], _ exactlyOne: [String]
  ) -> [JSONValue.Member] {
    var members: [JSONValue.Member] = [
      .init("type", .string("object")), .init("additionalProperties", .bool(false)),
    ]
    let required = keys.filter(\.isRequired).map(\.name)
    if !required.isEmpty { members.append(.init("required", .strings(required))) }
    let properties = keys.map { key in
      JSONValue.Member(
        key.name,
        .object(
          [.init("description", .string(both(key.about)))] + self.members(of: key.schema)))
    }
    members.append(.init("properties", .object(properties)))
    if !exactlyOne.isEmpty {
      let ways = exactlyOne.map { JSONValue.object([.init("required", .strings([$0]))]) }
      members.append(.init("oneOf", .array(ways)))
    }
    return members
  }

  private static func both(_ text: LocalizedText) -> String {
    text.ja == text.en ? text.ja : text.ja + " / " + text.en
  }
}
