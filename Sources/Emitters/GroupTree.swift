internal import JSONText
internal import MailRecords
internal import SourceText
internal import TenantModel

/// Groups as the tree that the console shows below 最上層, in the order of tenant.yaml.
struct GroupTree {
  private struct Node {
    let name: String
    let path: String
    var managers: [String] = []
    var members: [String] = []
    var children: [Int] = []
  }

  /// The first one is 最上層 itself.
  private var nodes = [Node(name: "", path: "")]

  init(_ groups: [Group]) {
    var index: [String: Int] = ["": 0]
    for group in groups {
      var current = 0
      for name in group.path.value.components {
        let path = nodes[current].path + "/" + name
        if let known = index[path] {
          current = known
        } else {
          nodes.append(Node(name: name, path: path))
          nodes[current].children.append(nodes.count - 1)
          current = nodes.count - 1
          index[path] = current
        }
      }
      nodes[current].managers += group.managers.map(\.value.description)
      nodes[current].members += group.otherMembers.map(\.description)
    }
  }

  var values: [JSONValue] { nodes[0].children.map(value) }

  /// As deep as a path has parts.
  private func value(_ index: Int) -> JSONValue {
    let node = nodes[index]
    return .object([
      "name": .string(node.name), "path": .string(node.path),
      "managers": .strings(node.managers), "members": .strings(node.members),
      "subgroups": .array(node.children.map(value)),
    ])
  }
}

extension Group {
  /// The members who are not managers, each once.
  var otherMembers: [EmailAddress] {
    var seen = Set(managers.map(\.value))
    return members.map(\.value).filter { seen.insert($0).inserted }
  }
}
