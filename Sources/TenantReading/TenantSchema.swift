package import JSONText
package import Wording

/// The JSON Schema (draft 7, which editors read) of tenant.yaml, written from the key table. A file
/// that extends a standard is judged by `LayeredSchema`.
///
/// `title`, `description` and `examples` are for all readers. `markdownDescription`,
/// `enumDescriptions`, `markdownEnumDescriptions`, `errorMessage`, `patternErrorMessage` and
/// `doNotSuggest` are what the YAML language server and VS Code show or obey; validators pass them
/// over.
package enum TenantSchema {
  /// The key table itself, for what goes by its order.
  package static let keys = tenantShape.schema

  /// - Parameters:
  ///   - rules: what holds only under conditions, of a file that stands alone: what the standard
  ///     says of the contract is not known here.
  ///   - note: what else editors say of the key at a path, such as which service it belongs to.
  package static func schema(
    _ rules: [SchemaRule], note: @escaping (KeyEntry) -> LocalizedText?
  ) -> JSONValue {
    let alone =
      SchemaWriter(note: note).members(of: tenantShape.schema, at: [])
      + [.init("allOf", .array(SchemaRuleWriter.write(rules, for: tenantShape.schema)))]
    return .object([
      .init("$schema", .string("http://json-schema.org/draft-07/schema#")),
      .init("$id", .string("tenant.v1.json")),
      .init("title", .string("tenant.yaml")),
      .init(
        "description",
        .string("MailGatesの導入を宣言する1社分の設定 / One company's MailGates, declared")),
      .init(
        "definitions",
        .object([
          .init("tenant", .object(alone)),
          .init("layered", LayeredSchema.value(tenantShape.schema, at: "#/definitions/tenant")),
        ])),
      .init("if", .object(["required": .strings(["extends"])])),
      .init("then", .object(["$ref": .string("#/definitions/layered")])),
      .init("else", .object(["$ref": .string("#/definitions/tenant")])),
    ])
  }

  static func both(_ text: LocalizedText) -> String {
    text.ja == text.en ? text.ja : text.ja + " / " + text.en
  }
}

private struct SchemaWriter {
  let note: (KeyEntry) -> LocalizedText?

  func members(of schema: Schema, at path: [String]) -> [JSONValue.Member] {
    switch schema {
    case .text(let form):
      var members: [JSONValue.Member] = [
        .init("type", .string("string")), .init("minLength", .integer(1)),
        .init("maxLength", .integer(form.maximumLength)),
      ]
      if let pattern = form.pattern { members.append(.init("pattern", .string(pattern))) }
      if let words = form.words {
        members.append(.init("patternErrorMessage", .string(TenantSchema.both(words))))
      }
      members.append(.init("examples", .strings(form.examples)))
      return members
    case .integer(let range):
      return [
        .init("type", .string("integer")), .init("minimum", .integer(range.lowerBound)),
        .init("maximum", .integer(range.upperBound)),
      ]
    case .boolean: return [.init("type", .string("boolean"))]
    case .constant(let number): return [.init("const", .integer(number))]
    case .enumeration(let values): return words(values)
    case .list(let element, let minimumCount):
      return [
        .init("type", .string("array")), .init("minItems", .integer(minimumCount)),
        .init("items", .object(members(of: element, at: path))),
      ]
    case .object(let keys, let exactlyOne): return object(keys, exactlyOne, at: path)
    case .wordOr(let values, let other):
      let ways = [JSONValue.object(words(values)), .object(members(of: other, at: path))]
      return [.init("oneOf", .array(ways))]
    }
  }

  private func words(_ values: [Schema.Value]) -> [JSONValue.Member] {
    let meanings = JSONValue.strings(values.map { TenantSchema.both($0.about) })
    return [
      .init("type", .string("string")), .init("enum", .strings(values.map(\.word))),
      .init("enumDescriptions", meanings), .init("markdownEnumDescriptions", meanings),
    ]
  }

  private func object(
    _ keys: [Schema.Key], _ exactlyOne: [String], at path: [String]
  ) -> [JSONValue.Member] {
    var members: [JSONValue.Member] = [
      .init("type", .string("object")), .init("additionalProperties", .bool(false)),
    ]
    members += demands(keys, exactlyOne)
    let properties = keys.map { key in
      let entry = KeyEntry(path: path + [key.name], key: key, alternatives: exactlyOne)
      return JSONValue.Member(
        key.name,
        .object(
          said(of: entry) + self.members(of: key.schema, at: entry.path)
            + (key.maximumCount.map { [.init("maxItems", .integer($0))] } ?? [])))
    }
    members.append(.init("properties", .object(properties)))
    return members
  }

  /// All that the schema asks of an object to be there.
  private func demands(_ keys: [Schema.Key], _ exactlyOne: [String]) -> [JSONValue.Member] {
    var members: [JSONValue.Member] = []
    let required = keys.filter(\.isRequired).map(\.name)
    if !required.isEmpty { members.append(.init("required", .strings(required))) }
    if !exactlyOne.isEmpty {
      let ways = exactlyOne.map { JSONValue.object([.init("required", .strings([$0]))]) }
      members.append(.init("oneOf", .array(ways)))
    }
    return members
  }

  /// The texts of a key. `markdownDescription` holds both languages as paragraphs, then the facts.
  private func said(of entry: KeyEntry) -> [JSONValue.Member] {
    let key = entry.key
    let details = key.details ?? key.about
    var facts: [String] = []
    if let words = entry.form?.words { facts.append(TenantSchema.both(words)) }
    if let note = note(entry) { facts.append(TenantSchema.both(note)) }
    if let fallback = key.fallback { facts.append("既定値 / default: `\(fallback.compact)`") }
    var markdown = details.ja == details.en ? [details.ja] : [details.ja, details.en]
    if !facts.isEmpty { markdown.append(facts.map { "- " + $0 }.joined(separator: "\n")) }
    var members: [JSONValue.Member] = [
      .init("title", .string(TenantSchema.both(key.about))),
      .init("description", .string(TenantSchema.both(details))),
      .init("markdownDescription", .string(markdown.joined(separator: "\n\n"))),
    ]
    if let fallback = key.fallback { members.append(.init("default", fallback)) }
    return members
  }
}
