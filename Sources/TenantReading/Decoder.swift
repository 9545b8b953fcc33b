internal import Diagnostics
internal import MailRecords
internal import SourceText
internal import TenantModel
internal import Wording
internal import YAMLTree

/// What decoding gathers besides the values.
struct Decoder {
  var bag: DiagnosticBag
  /// Files that tenant.yaml refers to, in the order in which it does.
  var references: [Located<FileReference>] = []
  /// Whether something that was written could not be read, so that what is absent from the model
  /// may not be absent from the file.
  var isIncomplete = false
  /// Keys that do not belong where they are.
  var strayKeys = StrayKeyCollector()
  /// Whether what is absent here may stand in a standard that could not be read.
  var mayInherit = false
  /// The place of the document's own mapping, for what is missing in it.
  private let root: SourceSpan
  /// The domain that was read last: neighbors in a list mostly share theirs.
  var recentDomain: DomainName?

  init(_ bag: DiagnosticBag, root: SourceSpan) {
    self.bag = bag
    self.root = root
  }

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
      add(.wrongKind(expected: .mapping(keys), at: node))
      return nil
    }
    var values = [YAMLNode?](repeating: nil, count: keys.count)
    var unknown: [(name: String, span: SourceSpan, value: YAMLNode)] = []
    node.forEachMember { key, value in
      let name = key.text()
      if let index = keys.firstIndex(where: { $0.name == name }) {
        values[index] = value
      } else if value.isConcealed {
        // The finding that hides a secret says to remove it.
        isIncomplete = true
      } else {
        unknown.append((name, key.span, value))
      }
    }
    var stray: [(name: String, span: SourceSpan)] = []
    for (number, (name, span, value)) in unknown.enumerated() {
      // A key that the standard has may still be meant by the tenant.
      let free = zip(keys, values).filter { _, value in
        value.map { $0.span.file > span.file } ?? true
      }.map(\.0.name)
      guard number < DiagnosticBag.limit, let nearest = Spelling.nearest(to: name, among: free),
        let index = keys.firstIndex(where: { $0.name == nearest })
      else {
        stray.append((name, span))
        continue
      }
      // Read as what was meant, so that the slip is the only finding.
      add(.unknownKey(name, nearest: nearest, at: span))
      // What the standard has under that key stays, for the two would have been merged.
      if values[index] == nil { values[index] = value }
    }
    guard !stray.isEmpty else { return values }
    isIncomplete = true
    strayKeys.add(
      StrayKeys(names: stray.map(\.name), spans: stray.map(\.span), known: keys.map(\.name)),
      in: node.span)
    // A mapping of other keys altogether was not meant to be this one.
    return stray.count * 2 >= node.count ? nil : values
  }

  /// A key is missing; nothing is said where a stray key may be it.
  mutating func addMissing(_ key: Schema.Key, in parent: SourceSpan) {
    isIncomplete = true
    guard !mayInherit, !strayKeys.excuses(parent) else { return }
    // What the whole document lacks is a finding about all of it, comments above included.
    let place = parent == root ? SourceSpan(file: root.file, 0..<root.upperBound) : parent
    strayKeys.add(missing: key.name, .missingKey(key, in: place))
  }

  /// No way of a choice was taken; nothing is said where a stray key may be one.
  mutating func addNoChoice(among keys: [String], in parent: SourceSpan) {
    isIncomplete = true
    guard !mayInherit, !strayKeys.excuses(parent) else { return }
    add(.noChoice(keys, at: parent))
  }

  /// What the word of a scalar means.
  mutating func word<Value>(of node: YAMLNode, _ words: [(Schema.Value, Value)]) -> Value? {
    let text = node.text()
    if let match = words.first(where: { $0.0.word == text }) { return match.1 }
    add(.unknownWord, .unknownWord(text, allowed: words.map(\.0), at: node.span))
    return nil
  }

  /// Whether a list stands here; what else does is found.
  mutating func isList(_ node: YAMLNode) -> Bool {
    if node.kind == .sequence { return true }
    add(
      node.addition == nil ? .wrongKind(expected: .list, at: node) : .nothingToAppendTo(node))
    return false
  }
}
