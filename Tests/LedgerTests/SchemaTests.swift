import JSONText
import Ledger
import Testing

@Suite struct SchemaTests {
  /// Every member that the lock writes is required by the schema, and no other is allowed.
  @Test func describesWhatIsWritten() {
    check(sample.json, against: Lock.schema, at: "")
  }

  private func check(_ value: JSONValue, against schema: JSONValue, at path: String) {
    #expect(schema["title"] != nil && schema["description"] != nil, "\(path)")
    switch value {
    case .object(let members):
      #expect(schema["type"] == .string("object"), "\(path)")
      #expect(schema["required"] == .strings(members.map(\.name)), "\(path)")
      #expect(schema["additionalProperties"] == .bool(false), "\(path)")
      for member in members {
        guard let inner = schema["properties"]?[member.name] else {
          Issue.record("\(path)/\(member.name) is not in the schema")
          continue
        }
        check(member.value, against: inner, at: path + "/" + member.name)
      }
    case .array(let elements):
      #expect(schema["type"] == .string("array"), "\(path)")
      guard let items = schema["items"] else {
        Issue.record("\(path) has no items in the schema")
        return
      }
      for element in elements { check(element, against: items, at: path + "/*") }
    case .integer(let number):
      #expect(schema["type"] == .string("integer") || schema["const"] == .integer(number))
    default: #expect(schema["type"] == .string("string"), "\(path)")
    }
  }
}

extension JSONValue {
  fileprivate subscript(name: String) -> JSONValue? {
    guard case .object(let members) = self else { return nil }
    return members.first { $0.name == name }?.value
  }
}
