/// Where a CNAME leads: labels of letters, digits, hyphens and underscores, in lower case.
package struct AliasTarget: Hashable, Sendable, CustomStringConvertible {
  /// Without a trailing dot.
  package let text: String

  /// Reads a name with or without a trailing dot; nil where it has one label only, a label that is
  /// empty or longer than 63, any other character, or more than 253 in all (RFC 1035 section 2.3.4).
  package init?(parsing text: String) {
    var name = text.lowercased()
    if name.utf8.last == UInt8(ascii: ".") { name.removeLast() }
    guard name.utf8.count <= DomainName.maximumLength else { return nil }
    let labels = name.utf8.split(separator: 0x2E, omittingEmptySubsequences: false)
    guard labels.count > 1 else { return nil }
    for label in labels {
      guard (1...DomainName.maximumLabelLength).contains(label.count),
        label.allSatisfy({ Unicode.Scalar($0).isLDH || $0 == 0x5F })
      else { return nil }
    }
    self.text = name
  }

  package var description: String { text }

  package var data: RecordData { .cname(text + ".") }

  /// Whether the name lies below a domain.
  package func isBelow(_ domain: StaticString) -> Bool { text.hasSuffix(".\(domain)") }
}

/// How Exchange Online signs the mail of one domain, as `Get-DkimSigningConfig` shows it.
package struct ExchangeSigning: Hashable, Sendable {
  package let domain: DomainName
  /// Where the names of the two selectors must lead; nil where Exchange Online has not said it yet.
  package let targets: Targets?
  /// Whether it signs; nil where the export does not say.
  package let isEnabled: Bool?

  package struct Targets: Hashable, Sendable {
    package let first: AliasTarget
    package let second: AliasTarget

    package init(first: AliasTarget, second: AliasTarget) {
      self.first = first
      self.second = second
    }

    /// Each selector with where it leads, in order.
    package var all: [(selector: StaticString, target: AliasTarget)] {
      [("selector1", first), ("selector2", second)]
    }
  }

  package init(domain: DomainName, targets: Targets?, isEnabled: Bool?) {
    self.domain = domain
    self.targets = targets
    self.isEnabled = isEnabled
  }

  /// The names below which Microsoft has its keys: since May 2025 the one, before it the other
  /// (MicrosoftDocs/defender-docs, "Set up DKIM").
  package static let knownDomains: [StaticString] = ["dkim.mail.microsoft", "onmicrosoft.com"]
}
