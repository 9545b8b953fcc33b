internal import Diagnostics
internal import SourceText
internal import Wording
internal import YAMLTree

/// Reads the JSON documents that mgc itself writes. Nothing in them may be missing, unknown, or of
/// another kind; every deviation is a finding at its place.
struct StrictReader {
  let code: DiagnosticCode
  let help: LocalizedText
  private(set) var findings: [Diagnostic] = []

  init(code: DiagnosticCode, help: LocalizedText) {
    self.code = code
    self.help = help
  }

  mutating func refuse(_ node: YAMLNode, _ message: LocalizedText) {
    findings.append(Diagnostic(code, at: node.span, message, help: help))
  }

  /// The values of an object's members, in the order of `names`; nil with findings otherwise. The
  /// value of `optional` is the last, where it is there.
  mutating func members(
    of node: YAMLNode, _ required: [StaticString], optional: StaticString? = nil
  ) -> [YAMLNode]? {
    let names = required + [optional].compactMap(\.self)
    guard node.kind == .mapping else {
      refuse(node, .init(ja: "ここにはオブジェクトが必要", en: "an object belongs here"))
      return nil
    }
    var values = [YAMLNode?](repeating: nil, count: names.count)
    var isRight = true
    for (key, value) in node.members {
      let text = key.text()
      if let index = names.firstIndex(where: { $0.description == text }) {
        values[index] = value
      } else {
        isRight = false
        let name = text.excerpt()
        refuse(key, .init(ja: "知らないメンバー「\(name)」", en: "unknown member \"\(name)\""))
      }
    }
    let missing = required.indices.filter { values[$0] == nil }.map { names[$0].description }
    if isRight, !missing.isEmpty {
      isRight = false
      let list = missing.joined(separator: ", ")
      refuse(node, .init(ja: "メンバー「\(list)」がない", en: "missing \"\(list)\""))
    }
    return isRight && missing.isEmpty ? values.compactMap(\.self) : nil
  }

  /// The elements of an array, each read; nil with findings if one cannot be.
  mutating func elements<Element>(
    of node: YAMLNode, _ read: (inout StrictReader, YAMLNode) -> Element?
  ) -> [Element]? {
    guard node.kind == .sequence else {
      refuse(node, .init(ja: "ここには配列が必要", en: "an array belongs here"))
      return nil
    }
    var result: [Element] = []
    result.reserveCapacity(node.count)
    var isRight = true
    for element in node.elements {
      if let value = read(&self, element) { result.append(value) } else { isRight = false }
    }
    return isRight ? result : nil
  }

  /// A string, which JSON always has in quotes.
  mutating func string(_ node: YAMLNode) -> String? {
    guard node.kind == .scalar, !node.isPlain else {
      refuse(node, .init(ja: "ここには引用符のある文字列が必要", en: "a string in quotes belongs here"))
      return nil
    }
    return node.text()
  }

  /// A number of a range.
  mutating func integer(_ node: YAMLNode, _ range: ClosedRange<Int>) -> Int? {
    guard node.kind == .scalar, node.isPlain, let number = Int(canonical: node.text()),
      range.contains(number)
    else {
      let bounds = "\(range.lowerBound)–\(range.upperBound)"
      refuse(node, .init(ja: "ここには整数 \(bounds) が必要", en: "an integer of \(bounds) belongs here"))
      return nil
    }
    return number
  }

  /// A SHA-256 in lower-case hexadecimal.
  mutating func digest(_ node: YAMLNode) -> String? {
    guard let text = string(node) else { return nil }
    guard Digest.isSHA256(text) else {
      refuse(
        node,
        .init(
          ja: "SHA-256 は小文字の16進64桁", en: "a SHA-256 is 64 lower-case hexadecimal digits"))
      return nil
    }
    return text
  }

  /// A digest or `null`; the outer nil is a finding.
  mutating func optionalDigest(_ node: YAMLNode) -> String?? {
    if node.kind == .scalar, node.isPlain, node.text() == "null" { return .some(nil) }
    return digest(node).map { .some($0) }
  }

  /// A path beneath `out/`.
  mutating func path(_ node: YAMLNode) -> RelativePath? {
    guard let text = string(node) else { return nil }
    guard let path = RelativePath(text) else {
      let excerpt = text.excerpt()
      refuse(
        node,
        .init(
          ja: "「\(excerpt)」は out/ の下の相対パスではない",
          en: "\"\(excerpt)\" is not a relative path beneath out/"))
      return nil
    }
    return path
  }

  /// Refuses the second of two elements that are equal in what `keyOf` says.
  mutating func refuseRepeated(_ array: YAMLNode, _ keys: [String]) -> Bool {
    var seen: Set<String> = []
    var isRight = true
    for (element, key) in zip(array.elements, keys) where !seen.insert(key).inserted {
      isRight = false
      let name = key.excerpt()
      refuse(element, .init(ja: "「\(name)」が二度ある", en: "\"\(name)\" appears twice"))
    }
    return isRight
  }

  /// The version of the document's format, without the rest of it being understood.
  static func formatVersion(of root: YAMLNode) -> (version: Int, node: YAMLNode)? {
    guard root.kind == .mapping else { return nil }
    for (key, value) in root.members where key.text() == "format_version" {
      guard value.kind == .scalar, value.isPlain, let number = Int(canonical: value.text()) else {
        return nil
      }
      return (number, value)
    }
    return nil
  }
}

extension Int {
  /// A number as JSON writes it: no sign but the minus, no leading zero.
  fileprivate init?(canonical text: String) {
    guard let number = Int(text), String(number) == text else { return nil }
    self = number
  }
}
