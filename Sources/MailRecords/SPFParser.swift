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
  static func record(_ text: String) throws(SPFParseError) -> [SPFTerm] { [] }
  static func term(_ text: Substring, at offset: Int) throws(SPFParseError) -> SPFTerm {
    throw SPFParseError(range: 0..<0, reason: .notSPF)
  }
}
