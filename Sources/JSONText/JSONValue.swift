/// A JSON document (RFC 8259). Members keep the order in which they were given, so that the
/// same value is always the same bytes.
package indirect enum JSONValue: Equatable, Sendable {
  case null
  case bool(Bool)
  case integer(Int)
  case string(String)
  case array([JSONValue])
  case object([Member])

  /// One name and its value.
  package struct Member: Equatable, Sendable {
    package let name: String
    package let value: JSONValue

    package init(_ name: String, _ value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  /// An object without the members whose value is nil.
  package static func object(_ members: KeyValuePairs<StaticString, JSONValue?>) -> JSONValue {
    .object(members.compactMap { name, value in value.map { Member(name.description, $0) } })
  }

  /// An array of strings.
  package static func strings(_ values: some Sequence<String>) -> JSONValue {
    .array(values.map { .string($0) })
  }
}
