import Compiler
import Diagnostics
import Foundation
import SourceText
import TestSupport
import Testing
import YAMLTree

/// A tenant.yaml as plain values, to be divided between a standard and the tenant.
indirect enum Written {
  case scalar(String)
  case list([Written])
  case mapping([(key: String, value: Written)])

  init(_ node: YAMLNode) {
    self =
      switch node.kind {
      case .scalar: .scalar(Self.scalar(node))
      case .sequence: .list(node.elements.map(Written.init))
      case .mapping: .mapping(node.members.map { ($0.key.text(), Written($0.value)) })
      }
  }

  /// The text in flow style.
  var text: String {
    switch self {
    case .scalar(let text): text
    case .list(let elements): "[" + elements.map(\.text).joined(separator: ", ") + "]"
    case .mapping(let members):
      "{" + members.map { "\($0.key): \($0.value.text)" }.joined(separator: ", ") + "}"
    }
  }

  private static func scalar(_ node: YAMLNode) -> String {
    let text = node.text()
    let isSafe = !text.contains { ",[]{}#".contains($0) } && !text.contains(": ")
    if node.isPlain && isSafe { return text }
    return "'" + text.replacing("'", with: "''") + "'"
  }
}

/// A tenant that was divided at random so that it still means the same.
struct SplitTenant {
  let tenant: String
  let standard: String

  init(_ whole: Written, _ random: inout SplitMix64) {
    let (own, below) = Self.divide(whole, &random)
    guard case .mapping(let members) = own else {
      (tenant, standard) = (own.text, below.text)
      return
    }
    tenant = Written.mapping([("extends", .scalar("standard.yaml"))] + members).text + "\n"
    standard = below.text + "\n"
  }

  /// Another way of a choice, which gives way to the tenant's.
  private static let others: [String: [String]] = [
    "spam": ["delete", "systemDefault"], "loopGuard": ["egress", "header"],
    "trigger": ["senders", "subjectPrefix"],
  ]

  private static func divide(
    _ value: Written, _ random: inout SplitMix64
  ) -> (own: Written, standard: Written) {
    switch value {
    case .scalar: return (value, .scalar("'what the tenant overrides'"))
    case .list(let elements):
      // Replaced, or the rest of a list appended to its beginning.
      if Bool.random(using: &random) { return (value, .list([.scalar("replaced")])) }
      let count = Int.random(in: 0...elements.count, using: &random)
      let rest = Written.list(Array(elements[count...]))
      return (.mapping([("append", rest)]), .list(Array(elements[..<count])))
    case .mapping(let members):
      var own: [(key: String, value: Written)] = []
      var standard: [(key: String, value: Written)] = []
      for (key, value) in members {
        // Versions that differ are a finding.
        if key == "version" {
          own.append((key, value))
          if Bool.random(using: &random) { standard.append((key, value)) }
          continue
        }
        switch Int.random(in: 0..<3, using: &random) {
        case 0: own.append((key, value))
        case 1: standard.append((key, value))
        default:
          if let others = others[key], case .mapping(let ways) = value,
            let other = others.first(where: { other in !ways.contains { $0.key == other } })
          {
            own.append((key, value))
            standard.append((key, .mapping([(other, .mapping([]))])))
          } else {
            let (mine, below) = divide(value, &random)
            own.append((key, mine))
            standard.append((key, below))
          }
        }
      }
      return (
        .mapping(own.shuffled(using: &random)), .mapping(standard.shuffled(using: &random))
      )
    }
  }
}

/// An example with the files that it names.
struct ExampleTenant {
  let folder: URL
  let text: String

  static let names = [
    "kaede-trading", "minimal", "momiji-group", "nadeshiko-medical", "sakura-software",
    "tsubaki-foods",
  ]

  init(_ name: String) throws {
    folder = Judge.root.appending(path: "examples/\(name)")
    text = try String(contentsOf: folder.appending(path: "tenant.yaml"), encoding: .utf8)
  }

  func bytes(_ path: String) -> [UInt8]? {
    (try? Data(contentsOf: folder.appending(path: path))).map(Array.init)
  }

  func written() throws -> Written {
    var bag = DiagnosticBag()
    let file = SourceFile(name: "tenant.yaml", text: text)
    return Written(try #require(YAMLReader.read(file, id: .tenant, into: &bag)).root)
  }

  func compiled(_ split: SplitTenant) throws -> Compiled {
    try Compiled(
      split.tenant, bytes: { $0 == "standard.yaml" ? Array(split.standard.utf8) : bytes($0) })
  }
}
