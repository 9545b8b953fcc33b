/// Where and why a text is not an SPF record.
package struct SPFParseError: Error, Hashable, Sendable {
  package enum Reason: Hashable, Sendable {
    /// It does not begin with `v=spf1` and a space or the end.
    case notSPF
    case badCharacter(Unicode.Scalar)
    case unknownMechanism(String)
    case missingArgument(mechanism: String)
    case unexpectedArgument(mechanism: String)
    case badDomain(String)
    /// An address where a domain belongs, as in `a:192.0.2.1`, which needs `ip4:`.
    case addressAsDomain(String)
    case badAddress(String)
    case badLength(String)
    /// Two terms without a blank between them, as in `ip4:192.0.2.1~all`.
    case missingBlank
    /// `redirect` or `exp` stands twice.
    case duplicateModifier(String)
    case badModifier(String)
  }

  /// The UTF-8 offsets of the offending term within the text.
  package let range: Range<Int>
  package let reason: Reason

  package init(range: Range<Int>, reason: Reason) {
    self.range = range
    self.reason = reason
  }
}

/// Reads SPF by the grammar of RFC 7208 §12.
enum SPFParser {
  static func record(_ text: String) throws(SPFParseError) -> [SPFTerm] {
    guard SPFRecord.isSPF(text) else {
      throw SPFParseError(range: 0..<min(6, text.utf8.count), reason: .notSPF)
    }
    var terms: [SPFTerm] = []
    var hasRedirect = false
    var hasExplanation = false
    let bytes = Array(text.utf8)
    var index = 6
    while index < bytes.count {
      if bytes[index] == 0x20 {
        index += 1
        continue
      }
      let end = bytes[index...].firstIndex(of: 0x20) ?? bytes.count
      let parsed = try term(String(decoding: bytes[index..<end], as: UTF8.self), at: index)
      switch parsed {
      case .redirect:
        if hasRedirect {
          throw SPFParseError(range: index..<end, reason: .duplicateModifier("redirect"))
        }
        hasRedirect = true
      case .exp:
        if hasExplanation {
          throw SPFParseError(range: index..<end, reason: .duplicateModifier("exp"))
        }
        hasExplanation = true
      default: break
      }
      terms.append(parsed)
      index = end
    }
    return terms
  }

  /// `offset` is where the term begins, for the error.
  static func term(_ text: String, at offset: Int) throws(SPFParseError) -> SPFTerm {
    do throws(Failure) {
      return try term(text)
    } catch {
      throw SPFParseError(range: offset..<offset + text.utf8.count, reason: error.reason)
    }
  }

  private struct Failure: Error {
    let reason: SPFParseError.Reason

    init(_ reason: SPFParseError.Reason) { self.reason = reason }
  }

  private static func term(_ text: String) throws(Failure) -> SPFTerm {
    for scalar in text.unicodeScalars where !(0x21...0x7E).contains(scalar.value) {
      throw Failure(.badCharacter(scalar))
    }
    if let mark = text.firstIndex(where: { $0 == "=" || $0 == ":" || $0 == "/" || $0 == "%" }),
      text[mark] == "="
    {
      return try modifier(String(text[..<mark]), String(text[text.index(after: mark)...]))
    }
    let qualifier = text.first.flatMap { SPFQualifier(rawValue: String($0)) }
    let rest = qualifier == nil ? text[...] : text.dropFirst()
    let end = rest.firstIndex { $0 == ":" || $0 == "/" } ?? rest.endIndex
    let mechanism = try mechanism(rest[..<end].lowercased(), rest[end...])
    return .directive(qualifier: qualifier ?? .pass, mechanism: mechanism)
  }

  private static func modifier(_ name: String, _ value: String) throws(Failure) -> SPFTerm {
    switch name.lowercased() {
    case "redirect": return .redirect(try domain(value))
    case "exp": return .exp(try domain(value))
    default:
      let isName =
        name.unicodeScalars.first.map { $0.properties.isAlphabetic } ?? false
        && name.unicodeScalars.allSatisfy { $0.isLDH || $0 == "_" || $0 == "." }
      guard isName, SPFDomainSpec.endOfMacros(value) != nil else {
        throw Failure(.badModifier(name))
      }
      return .unknownModifier(name: name, value: value)
    }
  }

  /// `argument` begins with its `:` or `/`, or is empty.
  private static func mechanism(
    _ name: String, _ argument: Substring
  ) throws(Failure) -> SPFMechanism {
    switch name {
    case "all":
      guard argument.isEmpty else { throw Failure(.unexpectedArgument(mechanism: name)) }
      return .all
    case "include": return .include(try domain(try value(argument, of: name)))
    case "exists": return .exists(try domain(try value(argument, of: name)))
    case "ptr":
      if argument.isEmpty { return .ptr(domain: nil) }
      return .ptr(domain: try domain(try value(argument, of: name)))
    case "a":
      let (domain, v4, v6) = try target(argument, of: name)
      return .a(domain: domain, v4Length: v4, v6Length: v6)
    case "mx":
      let (domain, v4, v6) = try target(argument, of: name)
      return .mx(domain: domain, v4Length: v4, v6Length: v6)
    case "ip4": return .ip4(try network(try value(argument, of: name), isIPv4: true))
    case "ip6": return .ip6(try network(try value(argument, of: name), isIPv4: false))
    default: throw Failure(.unknownMechanism(name))
    }
  }

  private static func value(
    _ argument: Substring, of mechanism: String
  ) throws(Failure) -> String {
    guard argument.first == ":", argument.utf8.count > 1 else {
      throw Failure(.missingArgument(mechanism: mechanism))
    }
    return String(argument.dropFirst())
  }

  private static func network(_ text: String, isIPv4: Bool) throws(Failure) -> IPPrefix {
    let prefix: IPPrefix
    do {
      prefix = try IPPrefix(parsingWithHostBits: text)
    } catch {
      if text.utf8.contains(where: { [0x7E, 0x2B, 0x3F, 0x2D].contains($0) }) {
        throw Failure(.missingBlank)
      }
      if case .badLength(let length) = error { throw Failure(.badLength(length)) }
      throw Failure(.badAddress(text))
    }
    guard prefix.isIPv4 == isIPv4 else { throw Failure(.badAddress(text)) }
    return prefix
  }

  /// The domain and lengths of `a` and `mx`.
  private static func target(
    _ argument: Substring, of mechanism: String
  ) throws(Failure) -> (String?, Int?, Int?) {
    var name: String? = nil
    var rest = argument
    if rest.first == ":" {
      rest = rest.dropFirst()
      let end = SPFDomainSpec.firstSlash(rest)
      guard end > rest.startIndex else { throw Failure(.missingArgument(mechanism: mechanism)) }
      name = try domain(String(rest[..<end]))
      rest = rest[end...]
    }
    var v4: Int? = nil
    var v6: Int? = nil
    if rest.first == "/", !rest.hasPrefix("//") {
      rest = rest.dropFirst()
      let end = rest.firstIndex(of: "/") ?? rest.endIndex
      v4 = try length(rest[..<end], limit: 32)
      rest = rest[end...]
    }
    if rest.hasPrefix("//") {
      v6 = try length(rest.dropFirst(2), limit: 128)
      rest = ""
    }
    guard rest.isEmpty else { throw Failure(.badLength(String(rest))) }
    return (name, v4, v6)
  }

  private static func length(_ text: Substring, limit: Int) throws(Failure) -> Int {
    guard let value = Int(decimal: text), value <= limit else {
      throw Failure(.badLength(String(text)))
    }
    return value
  }

  private static func domain(_ text: String) throws(Failure) -> String {
    if SPFDomainSpec.isValid(text) { return text }
    if (try? IPPrefix(parsingWithHostBits: text)) != nil { throw Failure(.addressAsDomain(text)) }
    let last = text.utf8.split(separator: 0x2E).last ?? text[text.endIndex...].utf8
    if last.contains(where: { [0x7E, 0x2B, 0x3F].contains($0) }) { throw Failure(.missingBlank) }
    throw Failure(.badDomain(text))
  }
}
