// The key table for those who ask for values instead of reading them.

extension TenantReader {
  /// The key at a path such as `gateway.mx.host`; lists are passed through. Nil for no such key.
  package static func key(at path: String) -> Schema.Key? {
    var schema = tenantShape.schema
    var found: Schema.Key?
    for name in path.split(separator: ".") {
      guard let key = schema.keys.first(where: { $0.name == name }) else { return nil }
      found = key
      schema = key.schema
    }
    return found
  }
}

extension Schema {
  /// The keys of an object, or of the objects of a list.
  package var keys: [Key] {
    switch self {
    case .object(let keys, exactlyOne: _): keys
    case .list(let element, minimumCount: _): element.keys
    case .wordOr(_, let other): other.keys
    case .text, .integer, .boolean, .constant, .enumeration: []
    }
  }

  /// The words of an enumeration, or of a list of them.
  package var words: [Value] {
    switch self {
    case .enumeration(let words), .wordOr(let words, _): words
    case .list(let element, minimumCount: _): element.words
    case .text, .integer, .boolean, .constant, .object: []
    }
  }

  /// The first example of a text, or of a list of texts.
  package var example: String? {
    switch self {
    case .text(let form): form.examples.first
    case .list(let element, minimumCount: _): element.example
    case .integer, .boolean, .constant, .enumeration, .object, .wordOr: nil
    }
  }
}
