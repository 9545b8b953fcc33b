internal import Diagnostics
internal import SourceText
internal import Wording

/// Keys of one mapping that do not belong there and resemble none that does: mostly the line above
/// them, with the key that they belong to, is gone or indented otherwise.
struct StrayKeys {
  /// The keys as they are written, in order.
  let names: [String]
  let spans: [SourceSpan]
  /// The keys that the mapping can have.
  let known: [String]
}

/// One cause, one finding: gathers stray keys, and what is absent only because of them.
struct StrayKeyCollector {
  private var stray: [StrayKeys] = []
  /// Mappings with stray keys: what they lack may be one of those.
  private var parents: Set<SourceSpan> = []
  /// What is missing elsewhere, with its name.
  private var missing: [(name: String, finding: Diagnostic)] = []

  mutating func add(_ keys: StrayKeys, in parent: SourceSpan) {
    stray.append(keys)
    parents.insert(parent)
  }

  /// Whether a mapping has stray keys, so that nothing more is said of it.
  func excuses(_ parent: SourceSpan) -> Bool { parents.contains(parent) }

  mutating func add(missing name: String, _ finding: Diagnostic) { missing.append((name, finding)) }

  /// Mappings whose stray keys are the same, or belong to the same key, make one finding. A key that
  /// is missing because its own keys stray makes none.
  func findings() -> [Diagnostic] {
    var groups: [[StrayKeys]] = []
    var places: [[String]: Int] = [:]
    for keys in stray {
      // However many mappings: the search goes over the language, not over the file.
      let owner = KeyOwner.only(of: keys.names)
      let signature = keys.known + [""] + (owner.map { [$0] } ?? keys.names)
      if let place = places[signature] {
        groups[place].append(keys)
      } else {
        places[signature] = groups.count
        groups.append([keys])
      }
    }
    var owners: Set<String> = []
    var findings: [Diagnostic] = []
    for group in groups {
      let owner = KeyOwner.only(of: group[0].names)
      if let owner { owners.insert(owner) }
      findings.append(.strayKeys(group, owner: owner))
    }
    return findings + missing.filter { !owners.contains($0.name) }.map(\.finding)
  }
}

/// Which key of the language has given keys beneath it.
private enum KeyOwner {
  /// The key whose value has all of these keys; nil where there is none or more than one.
  static func only(of names: [String]) -> String? {
    guard names.count > 1 else { return nil }
    var owners: [String] = []
    search(tenantShape.schema, name: nil) { owner, keys in
      let isOwner = names.allSatisfy { name in keys.contains { $0.name == name } }
      if isOwner, !owners.contains(owner) { owners.append(owner) }
    }
    return owners.count == 1 ? owners[0] : nil
  }

  private static func search(
    _ schema: Schema, name: String?, _ found: (String, [Schema.Key]) -> Void
  ) {
    switch schema {
    case .object(let keys, _):
      if let name { found(name, keys) }
      for key in keys { search(key.schema, name: key.name, found) }
    case .list(let element, _): search(element, name: name, found)
    case .wordOr(_, let other): search(other, name: name, found)
    case .text, .integer, .boolean, .constant, .enumeration: break
    }
  }
}

extension Diagnostic {
  /// The most further places that are shown.
  private static let labelLimit = 12

  fileprivate static func strayKeys(_ group: [StrayKeys], owner: String?) -> Diagnostic {
    let first = group[0]
    let names = first.names.map { $0.excerpt() }
    let shown = names.prefix(labelLimit)
    let more = names.count - shown.count
    let others = first.spans.dropFirst() + group.dropFirst().flatMap(\.spans)
    let labels = others.prefix(labelLimit).map {
      Label($0, .init(ja: "このキーも", en: "this one too"))
    }
    let message: LocalizedText =
      names.count == 1
      ? .init(ja: "知らないキー「\(names[0])」", en: "unknown key \"\(names[0])\"")
      : .init(
        ja: "知らないキー「\(shown.joined(separator: "、"))」" + (more > 0 ? "ほか\(more)個" : ""),
        en: "unknown keys \"\(shown.joined(separator: ", "))\""
          + (more > 0 ? " and \(more) more" : ""))
    let list = first.known.sorted()
    let help: LocalizedText =
      if let owner {
        .init(
          ja: "\(owner) の中に書くキー。「\(owner):」の行がないか、字下げが違う",
          en: "they belong beneath \(owner): its line is missing, or the indentation is another")
      } else if list.isEmpty {
        .init(ja: "{} と書く", en: "write {}")
      } else {
        .init(
          ja: "ここで使えるキー: " + list.joined(separator: "、"),
          en: "the keys of this place: " + list.joined(separator: ", "))
      }
    return Diagnostic(.unknownKey, at: first.spans[0], message, help: help, labels: labels)
  }
}
