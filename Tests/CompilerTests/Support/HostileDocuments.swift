import Foundation
import Invariants
import TestSupport
import Testing

/// Hostile tenants with all their documents: each value in every field that takes it, at once.
struct HostileDocuments: Sendable {
  struct Tenant: Sendable {
    let value: String
    let language: String
    let form: HostileTenant.Form
    let filled: [HostileTenant.Field]
    let documents: [String: [UInt8]]
  }

  /// The harmless tenants, then the hostile ones.
  var tenants: [Tenant] = []
  var faults: [String] = []

  static let all = Task { () -> HostileDocuments in
    let accepted = await HostileOutcomes.all.value.accepted
    var jobs: [(String, [HostileTenant.Field], HostileTenant.Form, String)] = []
    for form in HostileTenant.Form.allCases {
      for language in ["ja", "en"] { jobs.append(("", [], form, language)) }
    }
    for (number, value) in HostileOutcomes.values.enumerated() {
      for form in HostileTenant.Form.allCases {
        let takers = HostileTenant.fields.indices.filter {
          HostileTenant.fields[$0].form == form && accepted[$0].contains(number)
        }.map { HostileTenant.fields[$0] }
        for round in rounds(takers) {
          jobs.append((value, round, form, (number + jobs.count).isMultiple(of: 2) ? "ja" : "en"))
        }
      }
    }
    return await withTaskGroup(of: (Int, Tenant?, [String]).self) { group in
      for (index, job) in jobs.enumerated() {
        group.addTask {
          let (tenant, faults) = made(job.0, job.1, job.2, job.3)
          return (index, tenant, faults)
        }
      }
      var tenants: [(Int, Tenant)] = []
      var result = HostileDocuments()
      for await (index, tenant, faults) in group {
        if let tenant { tenants.append((index, tenant)) }
        result.faults += faults
      }
      result.tenants = tenants.sorted { $0.0 < $1.0 }.map(\.1)
      return result
    }
  }

  /// Fields are filled all at once; one that takes a value in several ways needs several tenants.
  private static func rounds(_ takers: [HostileTenant.Field]) -> [[HostileTenant.Field]] {
    var rounds: [[HostileTenant.Field]] = []
    for field in takers {
      let free = rounds.firstIndex { round in
        !round.contains { $0.collides(with: field) }
      }
      if let free {
        rounds[free].append(field)
      } else {
        rounds.append([field])
      }
    }
    return rounds
  }

  private static func made(
    _ value: String, _ fields: [HostileTenant.Field], _ form: HostileTenant.Form,
    _ language: String
  ) -> (Tenant?, [String]) {
    let texts = Dictionary(uniqueKeysWithValues: fields.map { ($0.name, $0.text(value)) })
    let what = "\(value.debugDescription.prefix(60)) in \(fields.map(\.description))"
    do {
      let (compiled, _) = try HostileTenant.compiled(texts, form: form, language: language)
      guard let documents = compiled.documents() else {
        return (nil, ["\(what): \(compiled.errors.map(compiled.place))"])
      }
      let faults = RenderedFindings(compiled.findings, compiled.sources).faults
      return (
        Tenant(
          value: value, language: language, form: form, filled: fields, documents: documents),
        faults.map { "\(what): \($0)" }
      )
    } catch {
      return (nil, ["\(what): \(error)"])
    }
  }

  /// What a judge makes of every document with an ending; documents that are alike are read once.
  func read<Value: Decodable>(_ kind: String, ending: String, as type: Value.Type) throws
    -> [[UInt8]: Value]
  {
    var texts: [[UInt8]] = []
    var seen: Set<[UInt8]> = []
    for tenant in tenants {
      for (path, bytes) in tenant.documents
      where path.hasSuffix(ending) && seen.insert(bytes).inserted { texts.append(bytes) }
    }
    let task: [String: Any] = [
      "kind": kind, "texts": texts.map { String(decoding: $0, as: UTF8.self) },
    ]
    let values = try Judge.read(
      "many.py", input: Array(try JSONSerialization.data(withJSONObject: task)), as: [Value].self)
    guard values.count == texts.count else {
      throw Judge.Failure(description: "\(texts.count) texts, \(values.count) values")
    }
    return Dictionary(uniqueKeysWithValues: zip(texts, values))
  }
}

/// A leaf block of a page: the elements around it, its parts, each a kind and its text.
struct PageBlock: Decodable, Sendable {
  let path: [String]
  let parts: [[String]]

  init(from decoder: any Decoder) throws {
    var container = try decoder.unkeyedContainer()
    path = try container.decode([String].self)
    parts = try container.decode([[String]].self)
  }

  /// What a reader sees.
  var text: String { parts.map { $0[0] == "link_open" ? "" : $0[1] }.joined() }
  /// The elements, without the text.
  var outline: String { (path + parts.map { $0[0] }).joined(separator: " ") }
}

/// A value of JSON.
enum JSONTree: Decodable, Sendable {
  case null
  case text(String)
  case other
  case list([JSONTree])
  case object([String: JSONTree])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let text = try? container.decode(String.self) {
      self = .text(text)
    } else if let list = try? container.decode([JSONTree].self) {
      self = .list(list)
    } else if let object = try? container.decode([String: JSONTree].self) {
      self = .object(object)
    } else {
      self = .other
    }
  }

  subscript(path: [String]) -> JSONTree? {
    guard let first = path.first else { return self }
    switch self {
    case .list(let values):
      return Int(first).flatMap { values.indices.contains($0) ? values[$0] : nil }?[
        Array(path.dropFirst())]
    case .object(let members): return members[first]?[Array(path.dropFirst())]
    default: return nil
    }
  }

  func holds(_ text: String) -> Bool {
    switch self {
    case .text(let own): own.octets == text.octets
    case .list(let values): values.contains { $0.holds(text) }
    case .object(let members): members.values.contains { $0.holds(text) }
    case .null, .other: false
    }
  }
}
