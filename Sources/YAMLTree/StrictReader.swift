package import Diagnostics
internal import SourceText
package import Wording

/// Reads the JSON documents that mgc itself writes. Nothing in them may be missing, unknown, or of
/// another kind; every deviation is a finding at its place.
package struct StrictReader {
  package let code: DiagnosticCode
  package let help: LocalizedText
  package private(set) var findings: [Diagnostic] = []

  package init(code: DiagnosticCode, help: LocalizedText) {
    self.code = code
    self.help = help
  }

  package mutating func refuse(_ node: YAMLNode, _ message: LocalizedText) {
    findings.append(Diagnostic(code, at: node.span, message, help: help))
  }

  /// The values of an object's members, in the order of `names`; nil with findings otherwise.
  package mutating func members(of node: YAMLNode, _ names: [StaticString]) -> [YAMLNode]? {
    members(of: node, names, optional: []).map { $0.compactMap(\.self) }
  }

  /// The values of an object's members, in the order of `names`, then of `optional`, of which any
  /// may be missing; nil with findings otherwise.
  package mutating func members(
    of node: YAMLNode, _ names: [StaticString], optional: [StaticString]
  ) -> [YAMLNode?]? {
    guard node.kind == .mapping else {
      refuse(node, .init(ja: "ここにはオブジェクトが必要", en: "an object belongs here"))
      return nil
    }
    let all = names + optional
    var values = [YAMLNode?](repeating: nil, count: all.count)
    var isRight = true
    for (key, value) in node.members {
      let text = key.text()
      if let index = all.firstIndex(where: { $0.description == text }) {
        values[index] = value
      } else {
        isRight = false
        let name = text.excerpt()
        refuse(key, .init(ja: "知らないメンバー「\(name)」", en: "unknown member \"\(name)\""))
      }
    }
    let missing = names.indices.filter { values[$0] == nil }.map { names[$0].description }
    if isRight, !missing.isEmpty {
      let list = missing.joined(separator: ", ")
      refuse(node, .init(ja: "メンバー「\(list)」がない", en: "missing \"\(list)\""))
    }
    return isRight && missing.isEmpty ? values : nil
  }

  /// The elements of an array, each read; nil with findings if one cannot be.
  package mutating func elements<Element>(
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
  package mutating func string(_ node: YAMLNode) -> String? {
    guard node.kind == .scalar, !node.isPlain else {
      refuse(node, .init(ja: "ここには引用符のある文字列が必要", en: "a string in quotes belongs here"))
      return nil
    }
    return node.text()
  }

  /// A number of a range.
  package mutating func integer(_ node: YAMLNode, _ range: ClosedRange<Int>) -> Int? {
    guard node.kind == .scalar, node.isPlain, let number = Int(canonical: node.text()),
      range.contains(number)
    else {
      let bounds = "\(range.lowerBound)–\(range.upperBound)"
      refuse(node, .init(ja: "ここには整数 \(bounds) が必要", en: "an integer of \(bounds) belongs here"))
      return nil
    }
    return number
  }

  /// Refuses the second of two elements that are equal in what `keyOf` says.
  package mutating func refuseRepeated(_ array: YAMLNode, _ keys: [String]) -> Bool {
    var seen: Set<String> = []
    var isRight = true
    for (element, key) in zip(array.elements, keys) where !seen.insert(key).inserted {
      isRight = false
      let name = key.excerpt()
      refuse(element, .init(ja: "「\(name)」が二度ある", en: "\"\(name)\" appears twice"))
    }
    return isRight
  }

  /// Refuses what comes after a number of elements.
  package mutating func refuseMore(than limit: Int, in array: YAMLNode) -> Bool {
    guard array.count > limit else { return true }
    refuse(
      array,
      .init(
        ja: "\(limit)個を超えている(\(array.count)個)", en: "more than \(limit) elements: \(array.count)"))
    return false
  }

  /// The version of the document's format, without the rest of it being understood.
  package static func formatVersion(of root: YAMLNode) -> (version: Int, node: YAMLNode)? {
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
