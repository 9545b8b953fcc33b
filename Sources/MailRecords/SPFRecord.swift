/// What a mechanism that matches says about the sender (RFC 7208 §4.6.2).
package enum SPFQualifier: String, CaseIterable, Sendable {
  case pass = "+"
  case neutral = "?"
  case softfail = "~"
  case fail = "-"
}

extension SPFQualifier: Comparable {
  private var strictness: Int {
    switch self {
    case .pass: 0
    case .neutral: 1
    case .softfail: 2
    case .fail: 3
    }
  }

  /// The stricter is the greater.
  package static func < (left: Self, right: Self) -> Bool { left.strictness < right.strictness }
}

/// What a directive looks for (RFC 7208 §5). Domains are kept as written, since they may hold macros.
package enum SPFMechanism: Hashable, Sendable {
  case all
  case include(String)
  /// Lengths are nil where they are not written.
  case a(domain: String?, v4Length: Int?, v6Length: Int?)
  case mx(domain: String?, v4Length: Int?, v6Length: Int?)
  case ptr(domain: String?)
  /// May have bits beyond its length.
  case ip4(IPPrefix)
  case ip6(IPPrefix)
  case exists(String)
}

/// One term of an SPF record.
package enum SPFTerm: Hashable, Sendable {
  case directive(qualifier: SPFQualifier, mechanism: SPFMechanism)
  case redirect(String)
  case exp(String)
  case unknownModifier(name: String, value: String)

  /// Whether evaluating the term costs a look-up of the ten (RFC 7208 §4.6.4).
  package var isLookup: Bool {
    switch self {
    case .directive(_, let mechanism):
      switch mechanism {
      case .include, .a, .mx, .ptr, .exists: true
      case .all, .ip4, .ip6: false
      }
    case .redirect: true
    case .exp, .unknownModifier: false
    }
  }

  package var mechanism: SPFMechanism? {
    if case .directive(_, let mechanism) = self { mechanism } else { nil }
  }
}

/// An SPF record (RFC 7208).
package struct SPFRecord: Hashable, Sendable {
  /// The most look-ups that evaluating a record may take (RFC 7208 §4.6.4).
  package static let lookupLimit = 10

  package let terms: [SPFTerm]

  package init(terms: [SPFTerm]) { self.terms = terms }

  package init(parsing text: String) throws(SPFParseError) {
    terms = try SPFParser.record(text)
  }

  /// Whether a TXT record's text is meant as SPF: `v=spf1` in any case, then a space or the end.
  package static func isSPF(_ text: String) -> Bool {
    let head = text.utf8.prefix(7).map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
    return head.elementsEqual("v=spf1".utf8) || head.elementsEqual("v=spf1 ".utf8)
  }

  /// The qualifier of the first `all`; nil without one.
  package var all: SPFQualifier? {
    for case .directive(let qualifier, .all) in terms { return qualifier }
    return nil
  }

  /// The target of `redirect`, which has no effect where there is an `all` (RFC 7208 §6.1).
  package var redirect: String? {
    for case .redirect(let target) in terms { return target }
    return nil
  }
}

extension SPFTerm {
  /// Reads one term, such as `include:spf.example.com`.
  package init(parsing text: String) throws(SPFParseError) {
    self = try SPFParser.term(text, at: 0)
  }
}

extension SPFRecord: CustomStringConvertible {
  package var description: String {
    (["v=spf1"] + terms.map(\.description)).joined(separator: " ")
  }
}

extension SPFTerm: CustomStringConvertible {
  package var description: String {
    switch self {
    case .directive(.pass, let mechanism): mechanism.description
    case .directive(let qualifier, let mechanism): qualifier.rawValue + mechanism.description
    case .redirect(let target): "redirect=" + target
    case .exp(let target): "exp=" + target
    case .unknownModifier(let name, let value): name + "=" + value
    }
  }
}

extension SPFMechanism: CustomStringConvertible {
  package var description: String {
    switch self {
    case .all: "all"
    case .include(let domain): "include:" + domain
    case .a(let domain, let v4, let v6): "a" + Self.suffix(domain, v4, v6)
    case .mx(let domain, let v4, let v6): "mx" + Self.suffix(domain, v4, v6)
    case .ptr(let domain): "ptr" + Self.suffix(domain, nil, nil)
    case .ip4(let prefix): "ip4:\(prefix)"
    case .ip6(let prefix): "ip6:\(prefix)"
    case .exists(let domain): "exists:" + domain
    }
  }

  private static func suffix(_ domain: String?, _ v4: Int?, _ v6: Int?) -> String {
    (domain.map { ":" + $0 } ?? "") + (v4.map { "/\($0)" } ?? "") + (v6.map { "//\($0)" } ?? "")
  }
}
