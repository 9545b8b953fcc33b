import Diagnostics
import SourceText
import TestSupport
import YAMLTree

/// A document of YAML as a value that can be damaged and written again.
indirect enum MutantTree {
  /// Text that is written in quotes.
  case text(String)
  /// A scalar that is written as it is.
  case plain(String)
  case list([MutantTree])
  case map([Member])

  struct Member {
    var key: String
    var value: MutantTree
  }

  init?(yaml text: String) {
    let file = SourceFile(name: "tenant.yaml", text: text)
    var sources = SourceSet()
    let id = sources.add(file)
    var bag = DiagnosticBag()
    guard let document = YAMLReader.read(file, id: id, into: &bag), !bag.hasErrors else {
      return nil
    }
    self.init(document.root)
  }

  private init(_ node: YAMLNode) {
    switch node.kind {
    case .scalar:
      self = node.isPlain && node.resolved != .string ? .plain(node.text()) : .text(node.text())
    case .sequence: self = .list(node.elements.map { MutantTree($0) })
    case .mapping:
      self = .map(node.members.map { Member(key: $0.key.text(), value: MutantTree($0.value)) })
    }
  }

  /// The document, each member of an object on a line of its own.
  var yaml: String {
    switch self {
    case .text(let text): quoted(text)
    case .plain(let text): text
    case .list(let elements): "[" + elements.map(\.yaml).joined(separator: ", ") + "]"
    case .map(let members):
      members.isEmpty
        ? "{}"
        : "{\n" + members.map { quoted($0.key) + ": " + $0.value.yaml }.joined(separator: ",\n")
          + "\n}"
    }
  }

  private func quoted(_ text: String) -> String {
    var result = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": result += "\\" + String(scalar)
      case "\n": result += "\\n"
      case "\t": result += "\\t"
      default: result.unicodeScalars.append(scalar)
      }
    }
    return result + "\""
  }

  var children: [MutantTree] {
    switch self {
    case .text, .plain: []
    case .list(let elements): elements
    case .map(let members): members.map(\.value)
    }
  }

  /// The places of all nodes, as indices from the root.
  var places: [[Int]] {
    [[]] + children.enumerated().flatMap { index, child in child.places.map { [index] + $0 } }
  }

  subscript(place: ArraySlice<Int>) -> MutantTree {
    get { place.first.map { children[$0][place.dropFirst()] } ?? self }
    set {
      guard let first = place.first else {
        self = newValue
        return
      }
      switch self {
      case .text, .plain: break
      case .list(var elements):
        elements[first][place.dropFirst()] = newValue
        self = .list(elements)
      case .map(var members):
        members[first].value[place.dropFirst()] = newValue
        self = .map(members)
      }
    }
  }

  subscript(key: String) -> MutantTree? {
    get {
      guard case .map(let members) = self else { return nil }
      return members.first { $0.key == key }?.value
    }
    set {
      guard case .map(var members) = self, let newValue else { return }
      if let index = members.firstIndex(where: { $0.key == key }) {
        members[index].value = newValue
      } else {
        members.append(Member(key: key, value: newValue))
      }
      self = .map(members)
    }
  }
}

/// Damages documents of tenant.yaml in ways that people and programs do.
struct Mutator {
  /// What stands below each key in the examples.
  private var donors: [Member] = []
  private var texts: [String] = []
  /// Every key of the language.
  let keys: [String]
  var random: SplitMix64

  typealias Member = MutantTree.Member

  init(_ examples: [MutantTree], keys: [String], seed: UInt64) {
    self.keys = keys
    random = SplitMix64(seed: seed)
    for example in examples { gather(example) }
    texts += Self.attempts
  }

  private mutating func gather(_ tree: MutantTree) {
    switch tree {
    case .text(let text), .plain(let text): texts.append(text)
    case .list: break
    case .map(let members): donors += members
    }
    for child in tree.children { gather(child) }
  }

  /// Texts that are nearly right, or right elsewhere.
  static let attempts = [
    "", " ", "x", "-", "a b", "kaede..example", "kaede.example.", ".kaede.example", "-a.example",
    "a-.example", "localhost", "192.0.2.1", "192.0.2.256", "192.0.2.1/33", "192.0.2.1/28",
    "192.0.2.0/28", "192.0.02.1", "2001:db8::1", "2001:db8::/32", "2001:db8::/129", "1:2:3",
    "kaede_shop.example", "もみじ.example", "KAEDE.EXAMPLE", "a.1", "*.kaede.example", "*@*", "*@",
    "@kaede.example", "*x@kaede.example", "a@b@c.example", "a@kaede", ".a@kaede.example",
    "a..b@kaede.example", "佐藤@kaede.example", "\"a\"@kaede.example", "a b@kaede.example",
    "https://", "https:///x", "http://a.example/", "https://a.example/ b", "https://a.example",
    "mailto:", "mailto:a@kaede.example", "mailto:a@kaede.example!10m", "MAILTO:a@kaede.example",
    "mailto:a%40kaede.example", "mailto:%zz", "https://1.2.3.4/x", "https://a.example:8443/x#y",
    "/", "//", "/営業部/", "/営業部/第一課", "/ 営業部", "営業部", "../x", "a/../b", "a/./b", "a//b", "/etc/x",
    "\\x", "a\\b", "./a", "..", "...", "a/..b", "2026-02-29", "2024-02-29", "2026-02-30",
    "2026-04-31",
    "2026-13-01", "2026-1-1", "0000-01-01", "2026-12-19T22:00:00Z", "2026-12-19T24:00:00Z",
    "2026-12-19T22:00:00", "2026-12-19T22:00:00+9:00", "2026-12-19 22:00:00+09:00", "all", "-all",
    "ALL", "include:", "include:a.example", "INCLUDE:a.example", "ip4:1.2.3.4", "ip4:1.2.3",
    "ip6:::1",
    "a", "a:", "a/24", "a//64", "mx:mx.example/24", "a mx", "foo", "foo:bar", "redirect=a.example",
    "exp=", "x=y", "exists:%{i}.a.example", "ptr", "ptr:a.example", "X-Loop", "X Loop", "X:Loop",
    "é", "ＡＢＣ", "a\nb", "a\tb", "機密", String(repeating: "a", count: 64) + ".example",
    String(repeating: "a.", count: 130) + "example", String(repeating: "名", count: 65),
    String(repeating: "x", count: 101), String(repeating: "x", count: 201),
    String(repeating: "x", count: 3000), String(repeating: "a", count: 65) + "@kaede.example",
    String(repeating: "a", count: 63), "ja", "mail", "none", "en ", "Ja",
  ]

  private static let scalars = [
    "null", "~", "", "true", "True", "false", "no", "yes", "on", "0", "-1", "1", "1.0", "01",
    "0x10",
    "0o17", "1e3", "1.5", ".5", ".nan", "65535", "65536", "10000", "10001", "1440", "1441", "93",
    "94", "1_000", "+5", "12:30", "2026-12-19", "2026-12-19T22:00:00+09:00", "ja", "x",
    "99999999999999999999",
  ]

  /// The example with its services changed now and then, and one place damaged.
  mutating func mutant(of example: MutantTree) -> MutantTree {
    var tree = example
    if chance(3) {
      let services = pick([
        ["inbound-security"], ["leak-prevention"], ["inbound-security", "leak-prevention"],
        ["leak-prevention", "inbound-security"], [], ["antivirus"],
      ])
      var contract = tree["contract"] ?? .map([])
      contract["services"] = .list(services.map { .text($0) })
      if chance(3) { contract["options"] = .list([.text("sandbox")]) }
      tree["contract"] = contract
      if chance(4) { return tree }
    }
    let place = pick(tree.places)
    tree[place[...]] = damaged(tree[place[...]])
    return tree
  }

  /// The tree without one of its nodes.
  static func without(_ place: [Int], _ tree: MutantTree) -> MutantTree {
    guard let last = place.last else { return .map([]) }
    var result = tree
    switch tree[place.dropLast()] {
    case .list(var elements):
      elements.remove(at: last)
      result[place.dropLast()] = .list(elements)
    case .map(var members):
      members.remove(at: last)
      result[place.dropLast()] = .map(members)
    case .text, .plain: break
    }
    return result
  }

  private mutating func damaged(_ tree: MutantTree) -> MutantTree {
    if chance(6) {
      return pick([.plain(pick(Self.scalars)), .list([]), .map([]), .list([tree]), .text("x")])
    }
    switch tree {
    case .text(let text): return chance(3) ? .text(pick(texts)) : .text(edited(text))
    case .plain(let text):
      return chance(4) ? .text(text) : .plain(pick(Self.scalars))
    case .list(var elements):
      let extra = pick(elements + [.text(pick(texts)), .plain("null"), .map([]), .list([])])
      elements.insert(extra, at: Int.random(in: 0...elements.count, using: &random))
      if chance(5) { elements += Array(repeating: extra, count: 101) }
      return .list(elements)
    case .map(var members):
      guard !members.isEmpty, chance(2) else {
        // A key from elsewhere, or with what it has in another example.
        members.append(
          chance(3)
            ? Member(key: pick(keys), value: pick([.map([]), .text("x"), .list([])]))
            : pick(donors))
        return .map(members)
      }
      let index = Int.random(in: members.indices, using: &random)
      switch Int.random(in: 0..<4, using: &random) {
      case 0: members[index].key = edited(members[index].key)
      case 1: members.append(members[index])
      case 2: members[index].key = pick(keys)
      default: members.remove(at: index)
      }
      return .map(members)
    }
  }

  /// One character less, more, swapped or changed.
  private mutating func edited(_ text: String) -> String {
    var letters = Array(text)
    guard !letters.isEmpty else { return "x" }
    let index = Int.random(in: letters.indices, using: &random)
    switch Int.random(in: 0..<5, using: &random) {
    case 0: letters.remove(at: index)
    case 1: letters.insert(letters[index], at: index)
    case 2: letters.swapAt(index, (index + 1) % letters.count)
    case 3: letters[index] = pick(Array(" .-_/:@*%!\"1Zé漢\n"))
    default: letters.insert(pick(Array(" .-_/:@*%!\"1Zé漢\n")), at: index)
    }
    return String(letters)
  }

  private mutating func chance(_ count: Int) -> Bool {
    Int.random(in: 0..<count, using: &random) == 0
  }

  private mutating func pick<Value>(_ values: [Value]) -> Value {
    values[Int.random(in: values.indices, using: &random)]
  }
}
