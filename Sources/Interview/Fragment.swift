internal import Artifacts
internal import SourceText
internal import TenantModel

/// The value of a key, as it will be written.
indirect enum Fragment {
  case scalar(String)
  /// A number or a time, which stands without quotes if it is one.
  case plain(String)
  case flag(Bool)
  case list([Fragment])
  case map([(key: String, value: Fragment)])

  /// On one line.
  var text: YAMLText {
    switch self {
    case .scalar(let value): "\(scalar: value)"
    case .plain(let value):
      if let number = Int(value), String(number) == value {
        "\(number)"
      } else if Timestamp(parsing: value) != nil {
        "\(time: value)"
      } else {
        "\(scalar: value)"
      }
    case .flag(let value): "\(flag: value)"
    case .list(let items): "[\(items.map(\.text).joined(separator: ", "))]"
    case .map(let members):
      members.isEmpty
        ? "{}"
        : """
        { \(members.map { "\(scalar: $0.key): \($0.value.text)" }.joined(separator: ", ")) }
        """
    }
  }
}

extension Fragment {
  /// What an answer means at the place of its topic. An answer that has not the right form becomes
  /// a value that the reader refuses, so that there is one set of findings.
  init(_ answer: String, for topic: Topic) {
    switch topic {
    case .services, .options, .addresses, .egress:
      self = .list(answer.listed(by: String.separators).map { .scalar($0) })
    case .senders: self = .list(answer.listed(by: String.separators).map { .scalar($0) })
    case .reports:
      self = .list(
        answer.listed(by: String.separators).map { address in
          let isBare = address.contains("@") && !address.contains(":")
          return .scalar(isBare ? "mailto:" + address : address)
        })
    case .mx:
      self = .list(
        answer.listed(by: String.commas).map { part in
          let words = part.words(2)
          return .map(Self.members(["host", "preference"], words))
        })
    case .relay:
      var words = answer.words(3)
      if words.count < 2 { words.append("25") }
      if words.count < 3 { words.append(Gateway.TLSLevel.opportunistic.rawValue) }
      self = .map(Self.members(["host", "port", "tls"], words))
    case .loopGuard:
      let parts = answer.cut(at: ":")
      self =
        parts.count == 2
        ? .map([("header", .map(Self.members(["name", "value"], parts)))])
        : .map([(answer, .map([]))])
    case .lockdown:
      let parts = answer.cut(at: ":")
      let members = Self.members(["name"], Array(parts.dropFirst()))
      self = .map([(parts.first ?? answer, .map(members))])
    case .signIn:
      let parts = answer.cut(at: ":")
      let rest = parts.dropFirst().first?.cut(at: ":") ?? []
      self = .map([(parts.first ?? answer, .map(Self.members(["idp", "contact"], rest)))])
    case .zone: self = .map([(answer.hasSuffix(".json") ? "snapshot" : "file", .scalar(answer))])
    case .contact:
      let words = answer.words(.max)
      let name = words.dropFirst().dropLast().joined(separator: " ")
      var members: [(String, Fragment)] = [("role", .scalar(words.first ?? answer))]
      if !name.isEmpty { members.append(("name", .scalar(name))) }
      if words.count > 1, let mail = words.last { members.append(("mail", .scalar(mail))) }
      self = .map(members)
    case .cutover: self = .plain(answer)
    default: self = .scalar(answer)
    }
  }

  /// The first names with the values that there are.
  private static func members(
    _ names: [String], _ values: [String]
  ) -> [(key: String, value: Fragment)] {
    zip(names, values).map { name, value in
      (name, name == "port" || name == "preference" ? .plain(value) : .scalar(value))
    }
  }
}

extension String {
  /// What stands between several values, on Japanese keyboards, too.
  static let commas: Set<Character> = [",", "、", "，"]
  static let separators = commas.union([" ", "\t", "\u{3000}"])

  /// With the wide forms of ASCII that Japanese keyboards have in their usual form.
  var narrow: String {
    var result = String.UnicodeScalarView()
    for scalar in unicodeScalars {
      let isWide = (0xFF01...0xFF5E).contains(scalar.value)
      result.append(isWide ? Unicode.Scalar(scalar.value - 0xFEE0) ?? scalar : scalar)
    }
    return String(result)
  }

  /// The parts between separators, without blanks around them and without empty ones.
  func listed(by separators: Set<Character>) -> [String] {
    split(whereSeparator: separators.contains).map { $0.trimmed }.filter { !$0.isEmpty }
  }

  /// The words between blanks; the last of `limit` has all that is left.
  func words(_ limit: Int) -> [String] {
    split(maxSplits: limit == .max ? .max : limit - 1, whereSeparator: { $0.isBlank })
      .map { $0.trimmed }.filter { !$0.isEmpty }
  }

  /// What stands before and after the first separator, without blanks around; one part where
  /// there is none.
  func cut(at separator: Character) -> [String] {
    split(separator: separator, maxSplits: 1, omittingEmptySubsequences: false).map { $0.trimmed }
  }
}

extension StringProtocol {
  /// Without the blanks at both ends, that of Japanese keyboards included.
  var trimmed: String {
    var rest = self[...]
    while let first = rest.first, first.isBlank { rest = rest.dropFirst() }
    while let last = rest.last, last.isBlank { rest = rest.dropLast() }
    return String(rest)
  }
}

extension Character {
  var isBlank: Bool { self == " " || self == "\t" || self == "\u{3000}" }
}
