package import SourceText
package import YAMLTree

/// A value that tenant.yaml sets, itself or by its standard.
package struct WrittenValue: Sendable {
  /// Where it is in the model, such as `gateway.mx[0].host`.
  package let path: String
  /// As it reads; `[]` or `{}` for a list or mapping without contents.
  package let value: String
  /// The line that decides it.
  package let span: SourceSpan
  /// What may stand there.
  package let schema: Schema
}

extension TenantReader {
  /// The values of a document in the canonical order, that of the key table. Unknown keys are left
  /// out: they set nothing.
  package static func writtenValues(of document: YAMLDocument) -> [WrittenValue] {
    var values: [WrittenValue] = []
    add(document.root, tenantShape.schema, path: "", to: &values)
    return values
  }

  private static func add(
    _ node: YAMLNode, _ schema: Schema, path: String, to values: inout [WrittenValue]
  ) {
    func isEmpty(_ shown: String) -> Bool {
      guard node.count == 0 else { return false }
      values.append(WrittenValue(path: path, value: shown, span: node.span, schema: schema))
      return true
    }
    switch (node.kind, schema) {
    case (.scalar, _):
      values.append(WrittenValue(path: path, value: node.text(), span: node.span, schema: schema))
    case (.sequence, .list(let element, _)):
      if isEmpty("[]") { return }
      for (index, item) in node.elements.enumerated() {
        add(item, element, path: "\(path)[\(index)]", to: &values)
      }
    case (.mapping, .object(let keys, _)):
      if isEmpty("{}") { return }
      for key in keys {
        guard let value = node.members.first(where: { $0.key.text() == key.name })?.value else {
          continue
        }
        add(value, key.schema, path: path.isEmpty ? key.name : path + "." + key.name, to: &values)
      }
    case (.mapping, .wordOr(_, let other)): add(node, other, path: path, to: &values)
    case (.sequence, _), (.mapping, _): break
    }
  }
}
