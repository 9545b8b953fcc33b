internal import Diagnostics
internal import MailRecords
internal import SourceText
internal import TenantModel
internal import YAMLTree

/// What decoding gathers besides the values.
struct Decoder {
  var bag: DiagnosticBag
  /// Files that tenant.yaml refers to, in the order in which it does.
  var references: [Located<FileReference>] = []
  /// Whether something that was written could not be read, so that what is absent from the model
  /// may not be absent from the file.
  var isIncomplete = false
  /// The domain that was read last: neighbors in a list mostly share theirs.
  var recentDomain: DomainName?

  init(_ bag: DiagnosticBag) { self.bag = bag }

  mutating func add(_ diagnostic: Diagnostic) {
    if diagnostic.code.severity == .error { isIncomplete = true }
    bag.add(diagnostic)
  }

  /// The same for findings that cost a search: one that will not be shown is not made.
  mutating func add(_ code: DiagnosticCode, _ diagnostic: @autoclosure () -> Diagnostic) {
    if bag.isFull { drop(1, of: code) } else { add(diagnostic()) }
  }

  private mutating func drop(_ count: Int, of code: DiagnosticCode) {
    if count > 0, code.severity == .error { isIncomplete = true }
    bag.drop(count, of: code)
  }

  /// Reads a node by its shape; a key that was left without a value is a finding of its own.
  mutating func value<Value>(of node: YAMLNode, _ shape: Shape<Value>) -> Value? {
    if node.kind == .scalar, node.isPlain, node.resolved == .null {
      add(.noValue(at: node.span))
      return nil
    }
    return shape.decode(node, &self)
  }

  /// The values of a mapping in the order of `keys`; nil where the node is no mapping.
  mutating func members(of node: YAMLNode, _ keys: [Schema.Key]) -> [YAMLNode?]? {
    guard node.kind == .mapping else {
      add(.wrongKind(expected: .mapping(keys.map(\.name)), at: node))
      return nil
    }
    var values = [YAMLNode?](repeating: nil, count: keys.count)
    var unknown: [(name: String, span: SourceSpan)] = []
    var more = 0
    node.forEachMember { key, value in
      let name = key.text()
      if let index = keys.firstIndex(where: { $0.name == name }) {
        values[index] = value
      } else if unknown.count < DiagnosticBag.limit {
        unknown.append((name, key.span))
      } else {
        more += 1
      }
    }
    if !unknown.isEmpty {
      let free = zip(keys, values).filter { $1 == nil }.map(\.0.name)
      for (name, span) in unknown {
        add(.unknownKey, .unknownKey(name, known: keys.map(\.name), free: free, at: span))
      }
      drop(more, of: .unknownKey)
    }
    return values
  }

  /// What the word of a scalar means.
  mutating func word<Value>(of node: YAMLNode, _ words: [(Schema.Value, Value)]) -> Value? {
    let text = node.text()
    if let match = words.first(where: { $0.0.word == text }) { return match.1 }
    add(.unknownWord, .unknownWord(text, allowed: words.map(\.0.word), at: node.span))
    return nil
  }
}
