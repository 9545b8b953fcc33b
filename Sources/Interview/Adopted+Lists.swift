internal import Artifacts
internal import Procedure
internal import SourceText
internal import TenantModel
internal import Wording

// Rows of exports as keys of tenant.yaml. Whether they are sound is for `check` to say.

extension Adopted {
  /// Groups in the order in which their first rows come.
  static func groups(_ entries: [ListEntry], _ values: [ListValue]) -> [[Node]] {
    var order: [String] = []
    var people: [String: (managers: [String], members: [String])] = [:]
    for entry in entries {
      let row = Row(entry, values)
      let path = row[.path]
      if people[path] == nil {
        order.append(path)
        people[path] = ([], [])
      }
      let address = row[.address]
      if address.isEmpty { continue }
      if row[.role] == "manager" {
        people[path]?.managers.append(address)
      } else {
        people[path]?.members.append(address)
      }
    }
    return order.map { path in
      let (managers, members) = people[path] ?? ([], [])
      return [Node.value("path", .scalar(path), nil)]
        + [("managers", managers), ("members", members)].compactMap {
          (key: YAMLText, addresses) in
          addresses.isEmpty
            ? nil : .value(key, .list(addresses.map { .scalar($0) }), nil)
        }
    }
  }

  /// One item a scope, in the order in which exports name them.
  var filterLists: [Node] {
    let kinds: [(key: YAMLText, kind: ListKind)] = [
      ("allowSenders", .allowSenders), ("denySenders", .denySenders), ("allowIPs", .allowIPs),
      ("denyIPs", .denyIPs), ("allowContent", .allowContent), ("denyContent", .denyContent),
    ]
    var order: [String] = []
    var lists: [String: [Node]] = [:]
    for (key, kind) in kinds {
      for export in entries(kind) {
        guard case .scope(let scope) = export.identity else { continue }
        if lists[scope] == nil { order.append(scope) }
        let values = export.entries.map { Fragment.scalar($0.values.first ?? "") }
        lists[scope, default: []].append(.value(key, .list(values), nil))
      }
    }
    let items = order.map { scope in
      [Node.value("scope", Fragment(scope: scope), nil)] + (lists[scope] ?? [])
    }
    return items.isEmpty ? [] : [.items("lists", items)]
  }

  var review: [Node] {
    guard let export = entries(.review).first else { return [] }
    let values = exchange.profiles[.review]?.values ?? []
    var rows = export.entries.map { Row($0, values) }
    if values.contains(.order) {
      // Rules with the same number keep the order of the file.
      rows = rows.enumerated()
        .sorted { ($0.element.number, $0.offset) < ($1.element.number, $1.offset) }
        .map(\.element)
    }
    return [.items("review", rows.map(\.rule))]
  }

  /// The values of an entry by what they are; empty for what there is no column for.
  private struct Row {
    let entry: ListEntry
    let values: [ListValue]

    init(_ entry: ListEntry, _ values: [ListValue]) {
      self.entry = entry
      self.values = values
    }

    subscript(_ value: ListValue) -> String {
      values.firstIndex(of: value).map { entry.values[$0] } ?? ""
    }

    var number: Int { Int(self[.order]) ?? 0 }

    private func words(_ value: ListValue) -> [Fragment] {
      self[value].split(separator: " ").map { .scalar(String($0)) }
    }

    var rule: [Node] {
      var conditions: [(key: String, value: Fragment)] = []
      func add(_ key: String, _ value: ListValue) {
        if !self[value].isEmpty { conditions.append((key, .scalar(self[value]))) }
      }
      add("header", .header)
      add("dictionary", .dictionary)
      add("exceptDictionary", .exceptDictionary)
      switch self[.recipients] {
      case "": break
      case "external": conditions.append(("recipients", .scalar("external")))
      default: conditions.append(("recipients", .map([("matching", .list(words(.recipients)))])))
      }
      add("sender", .sender)
      if !self[.attachmentExtensions].isEmpty {
        conditions.append(("attachmentExtensions", .list(words(.attachmentExtensions))))
      }
      let then: Fragment =
        self[.then] == "notify"
        ? .map([("notify", .list(words(.notify)))]) : .scalar(self[.then])
      let scope: Node =
        values.contains(.scope)
        ? .value("scope", Fragment(scope: self[.scope]), nil)
        : .unknown(
          "scope",
          .init(
            ja: "管理者画面の適用範囲。all、{ domain: … }、{ group: … }",
            en: "as the console has it: all, { domain: … } or { group: … }"))
      return [
        .value("name", .scalar(self[.name]), nil), scope, .value("when", .map(conditions), nil),
        .value("then", then, nil),
      ]
    }
  }
}

extension Fragment {
  /// A scope from its one word.
  fileprivate init(scope: String) {
    if scope == "all" {
      self = .scalar(scope)
    } else if scope.hasPrefix("/") {
      self = .map([("group", .scalar(scope))])
    } else {
      self = .map([(scope.contains("@") ? "user" : "domain", .scalar(scope))])
    }
  }
}

extension ImportProfile {
  var nodes: [Node] {
    var nodes: [Node] = [
      .value("list", .scalar(list.value.rawValue), nil),
      .value("sample", .scalar(sample.value.path), nil),
    ]
    if let encoding { nodes.append(.value("encoding", .scalar(encoding.rawValue), nil)) }
    nodes.append(.value("columns", .list(columns.map(\.fragment)), nil))
    if !exports.isEmpty { nodes.append(.value("exports", .list(exports.map(\.fragment)), nil)) }
    return nodes
  }
}

extension ImportProfile.Column {
  fileprivate var fragment: Fragment {
    var members: [(key: String, value: Fragment)] = []
    if let header { members.append(("header", .scalar(header.value.text))) }
    switch content.value {
    case .value(let value): members.append(("value", .scalar(value.rawValue)))
    case .text(let text): members.append(("text", .scalar(text.text)))
    case .blank: members.append(("blank", .map([])))
    }
    if !words.isEmpty {
      members.append(
        (
          "words",
          .list(
            words.map { word in
              .map([
                ("word", .scalar(word.word.value.text)), ("shown", .scalar(word.shown.value.text)),
              ])
            })
        ))
    }
    return .map(members)
  }
}

extension ImportProfile.Export {
  fileprivate var fragment: Fragment {
    var members: [(key: String, value: Fragment)] = []
    if let scope { members.append(("scope", Fragment(scope: scope.value.neutral))) }
    if let dictionary { members.append(("dictionary", .scalar(dictionary.value.text))) }
    members.append(("file", .scalar(file.value.path)))
    return .map(members)
  }
}
