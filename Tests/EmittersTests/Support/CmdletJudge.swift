import Emitters
import MailRecords

/// Holds a call against the table of cmdlets. What the script only computes is not judged.
struct CmdletJudge {
  let cmdlet: ExchangeCmdlet

  /// What is wrong with the call, a line each.
  func faults(in call: ScriptOutline.Command) -> [String] {
    let allowed = cmdlet.parameters.map(\.description) + ExchangeCmdlet.common.map(\.description)
    var faults = call.given.filter { !allowed.contains($0) }.map { "\($0) is not in the table" }
    let given = call.arguments.map(\.name)
    for name in Set(given).sorted() where given.count(where: { $0 == name }) > 1 {
      faults.append("\(name) is given twice")
    }
    for parameter in cmdlet.details {
      let name = parameter.name.description
      guard let argument = call.arguments.first(where: { $0.name == name }) else {
        if parameter.isRequired { faults.append("\(name) is missing") }
        continue
      }
      if argument.kind == "null", parameter.takesNull { continue }
      if argument.kind == "null" || !Self.accepts(argument, parameter.kind) {
        faults.append("\(name) may not be \(argument.kind) \(argument.texts)")
      }
    }
    return faults + cmdlet.relations.compactMap { Self.fault(of: $0, in: call) }
  }

  private static func fault(
    of relation: ExchangeCmdlet.Relation, in call: ScriptOutline.Command
  ) -> String? {
    func argument(_ name: StaticString) -> ScriptOutline.Argument? {
      call.arguments.first { $0.name == name.description && $0.kind != "null" }
    }
    func has(_ name: StaticString, _ value: StaticString) -> Bool {
      // What is computed may be anything.
      argument(name).map { $0.kind == "other" || $0.texts == [value.description] } ?? false
    }
    func surely(_ name: StaticString, _ value: StaticString) -> Bool {
      argument(name).map { $0.texts == [value.description] } ?? false
    }
    switch relation {
    case .exclusive(let first, let second):
      return argument(first) != nil && argument(second) != nil
        ? "\(first) and \(second) exclude each other" : nil
    case .needs(let first, let second):
      return argument(first) != nil && argument(second) == nil ? "\(first) needs \(second)" : nil
    case .valueNeeds(let first, let value, let second):
      return surely(first, value) && argument(second) == nil
        ? "\(first) \(value) needs \(second)" : nil
    case .needsValue(let first, let second, let value):
      return argument(first) != nil && !has(second, value)
        ? "\(first) needs \(second) \(value)" : nil
    case .valueExcludes(let first, let value, let second):
      return surely(first, value) && argument(second) != nil
        ? "\(first) \(value) excludes \(second)" : nil
    }
  }

  private static func accepts(
    _ argument: ScriptOutline.Argument, _ kind: ExchangeCmdlet.Kind
  ) -> Bool {
    if argument.kind == "other" { return true }
    let texts = argument.texts
    let isString = argument.kind == "string" || argument.kind == "word"
    let isList = argument.kind == "strings" && !texts.isEmpty || isString
    switch kind {
    case .text(let maximum):
      return isString && texts[0].unicodeScalars.count <= maximum ?? .max && !texts[0].isEmpty
    case .texts: return isList
    case .words: return isList && texts.allSatisfy { $0.first != " " && $0.last != " " }
    case .boolean: return argument.kind == "boolean"
    case .choice(let words): return isString && words.map(\.description).contains(texts[0])
    case .choices(let words):
      return isList && texts.allSatisfy { words.map(\.description).contains($0) }
    case .integer(let range):
      return argument.kind == "integer" && Int(texts[0]).map(range.contains) ?? false
    case .resultSize: return argument.kind == "integer" || texts == ["Unlimited"]
    case .moment: return false
    case .flag: return argument.kind == "flag" || argument.kind == "boolean"
    case .senderAddresses:
      return isList
        && texts.allSatisfy { text in
          (try? IPPrefix(parsing: text)).map { $0.isIPv4 && $0.length >= 24 } ?? false
        }
    case .addresses:
      return isList
        && texts.allSatisfy { text in
          let ends = text.split(separator: "-", omittingEmptySubsequences: false)
          return ends.count <= 2 && ends.allSatisfy { (try? IPPrefix(parsing: String($0))) != nil }
        }
    case .domains(let catchAll): return isList && texts.allSatisfy { isDomain($0, catchAll) }
    case .domain: return isString && isDomain(texts[0], false)
    case .table: return argument.kind == "table"
    }
  }

  private static func isDomain(_ text: String, _ catchAll: Bool) -> Bool {
    if text == "*" { return catchAll }
    let name = text.hasPrefix("*.") ? String(text.dropFirst(2)) : text
    return !name.contains("*") && (try? DomainName(parsing: name)) != nil
  }
}
