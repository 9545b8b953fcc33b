internal import JSONText
package import Wording

/// What holds for a key only under conditions, such as those that the contract makes. Whoever knows
/// them hands them in: this room knows the keys, not the procedure.
package struct SchemaRule: Sendable {
  package enum Consequence: Sendable {
    /// The key must be there.
    case required
    /// The key must not be there.
    case refused
    /// The list must not hold the word.
    case refusedWord(String)
  }

  /// All of them must hold.
  let conditions: [SchemaCondition]
  let path: [String]
  let consequence: Consequence
  /// What an editor says where the rule is broken.
  let message: LocalizedText

  package init(
    when conditions: [SchemaCondition], _ path: KeyPath, _ consequence: Consequence,
    message: LocalizedText
  ) {
    self.conditions = conditions
    self.path = path.keys
    self.consequence = consequence
    self.message = message
  }

  /// The keys from the top to a place, such as `domains.spf.all`; lists are looked into.
  package struct KeyPath: Sendable, Equatable, ExpressibleByStringLiteral {
    let keys: [String]

    package init(_ path: String) { keys = path.split(separator: ".").map(String.init) }

    package init(stringLiteral path: String) { self.init(path) }
  }
}

/// Something that is said of a whole tenant.yaml.
package indirect enum SchemaCondition: Equatable, Sendable {
  /// The key is there; of a list, with an element.
  case has(SchemaRule.KeyPath)
  /// The list holds the word.
  case holds(SchemaRule.KeyPath, word: String)
  case any([SchemaCondition])
  case not(SchemaCondition)
}

/// Writes rules as the `if` and `then` of JSON Schema.
enum SchemaRuleWriter {
  /// One pair for all rules with the same conditions, in the order of the rules.
  static func write(_ rules: [SchemaRule], for schema: Schema) -> [JSONValue] {
    var groups: [(conditions: [SchemaCondition], demand: Demand)] = []
    for rule in rules {
      var index = groups.firstIndex { $0.conditions == rule.conditions }
      if index == nil {
        groups.append((rule.conditions, Demand()))
        index = groups.count - 1
      }
      if let index { groups[index].demand.add(rule, at: rule.path[...]) }
    }
    return groups.map { conditions, demand in
      let all = conditions.map { JSONValue.object(members(of: $0, schema)) }
      return .object([
        .init("if", all.count == 1 ? all[0] : .object([.init("allOf", .array(all))])),
        .init("then", .object(demand.members(for: schema, isTop: true))),
      ])
    }
  }

  private static func members(
    of condition: SchemaCondition, _ schema: Schema
  ) -> [JSONValue.Member] {
    switch condition {
    case .has(let path): present(path.keys[...], schema, [])
    case .holds(let path, let word):
      present(path.keys[...], schema, [.init("const", .string(word))])
    case .any(let conditions):
      [.init("anyOf", .array(conditions.map { .object(members(of: $0, schema)) }))]
    case .not(let condition): [.init("not", .object(members(of: condition, schema)))]
    }
  }

  /// That a place is there. `type` stands everywhere: what is asked of objects and lists holds of
  /// everything else.
  private static func present(
    _ path: ArraySlice<String>, _ schema: Schema, _ leaf: [JSONValue.Member]
  ) -> [JSONValue.Member] {
    switch schema {
    case .list(let element, _):
      return [
        .init("type", .string("array")),
        .init("contains", .object(present(path, element, leaf))),
      ]
    case .object(let keys, _):
      guard let name = path.first, let key = keys.first(where: { $0.name == name }) else {
        return leaf
      }
      let rest = present(path.dropFirst(), key.schema, leaf)
      return [
        .init("type", .string("object")), .init("required", .strings([name])),
        .init("properties", .object([.init(name, .object(rest))])),
      ]
    case .wordOr(_, let other): return present(path, other, leaf)
    case .text, .integer, .boolean, .constant, .enumeration: return leaf
    }
  }
}

/// What the rules of one condition ask of an object, and below.
private struct Demand {
  private var required: [String] = []
  private var refused: [String] = []
  private var refusedWords: [String] = []
  private var messages: [LocalizedText] = []
  private var children: [(name: String, demand: Demand)] = []

  mutating func add(_ rule: SchemaRule, at path: ArraySlice<String>) {
    guard let name = path.first else {
      if case .refusedWord(let word) = rule.consequence { refusedWords.append(word) }
      note(rule.message)
      return
    }
    let isLast = path.count == 1
    switch rule.consequence {
    case .refused where isLast:
      refused.append(name)
      note(rule.message)
    default:
      if case .required = rule.consequence {
        if !required.contains(name) { required.append(name) }
        note(rule.message)
        if isLast { return }
      }
      var index = children.firstIndex { $0.name == name }
      if index == nil {
        children.append((name, Demand()))
        index = children.count - 1
      }
      if let index { children[index].demand.add(rule, at: path.dropFirst()) }
    }
  }

  private mutating func note(_ message: LocalizedText) {
    if !messages.contains(message) { messages.append(message) }
  }

  func members(for schema: Schema, isTop: Bool = false) -> [JSONValue.Member] {
    if case .list(let element, _) = schema {
      return marks + [.init("items", .object(members(for: element, isTop: true)))]
    }
    guard case .object(let keys, _) = schema else {
      let words = JSONValue.object([.init("enum", .strings(refusedWords))])
      return [.init("not", words)] + said
    }
    var result = isTop ? [] : marks
    if !required.isEmpty { result.append(.init("required", .strings(required))) }
    var properties = refused.map { JSONValue.Member($0, .bool(false)) }
    for (name, demand) in children {
      guard let key = keys.first(where: { $0.name == name }) else { continue }
      properties.append(.init(name, .object(demand.members(for: key.schema))))
    }
    if !properties.isEmpty { result.append(.init("properties", .object(properties))) }
    return result + said
  }

  /// Editors complete a key by its own description, not by a demand.
  private var marks: [JSONValue.Member] { [.init("doNotSuggest", .bool(true))] }

  private var said: [JSONValue.Member] {
    messages.isEmpty
      ? []
      : [.init("errorMessage", .string(messages.map(TenantSchema.both).joined(separator: "; ")))]
  }
}
