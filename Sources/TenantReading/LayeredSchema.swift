internal import JSONText

/// The schema of a tenant.yaml that extends a standard: nothing is required, since the standard may
/// give it, and a list may be `{ append: […] }`. Values, and the elements of lists, which are never
/// merged, are what they are elsewhere, so they are references into the schema of whole tenants.
enum LayeredSchema {
  /// - Parameter pointer: where the schema of whole tenants says the same place.
  static func value(_ schema: Schema, at pointer: String) -> JSONValue {
    switch schema {
    case .object(let keys, let exactlyOne): .object(object(keys, exactlyOne, pointer))
    case .list: .object(["anyOf": .array([reference(pointer), addition(pointer)])])
    case .text, .integer, .boolean, .constant, .enumeration, .wordOr: reference(pointer)
    }
  }

  private static func reference(_ pointer: String) -> JSONValue {
    .object(["$ref": .string(pointer)])
  }

  private static func addition(_ pointer: String) -> JSONValue {
    let list = JSONValue.object([
      "type": .string("array"), "items": reference(pointer + "/items"),
    ])
    return .object([
      "type": .string("object"), "additionalProperties": .bool(false),
      "required": .strings(["append"]), "properties": .object(["append": list]),
    ])
  }

  private static func object(
    _ keys: [Schema.Key], _ exactlyOne: [String], _ pointer: String
  ) -> [JSONValue.Member] {
    let properties = keys.map { key in
      JSONValue.Member(
        key.name, described(key, value(key.schema, at: pointer + "/properties/" + key.name)))
    }
    var members: [JSONValue.Member] = [
      .init("type", .string("object")), .init("additionalProperties", .bool(false)),
      .init("properties", .object(properties)),
    ]
    if !exactlyOne.isEmpty {
      let ways = exactlyOne.map { JSONValue.object(["required": .strings([$0])]) }
      let none = JSONValue.object(["not": .object(["anyOf": .array(ways)])])
      members.append(.init("oneOf", .array([none] + ways)))
    }
    return members
  }

  /// What is not a mere reference needs a description of its own.
  private static func described(_ key: Schema.Key, _ value: JSONValue) -> JSONValue {
    guard case .object(let members) = value, members.first?.name != "$ref" else { return value }
    return .object([.init("description", .string(TenantSchema.both(key.about)))] + members)
  }
}
