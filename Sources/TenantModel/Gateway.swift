package import MailRecords
package import SourceText

/// What the opening notice (開通通知書) is documented to hold.
package struct Notice: Sendable {
  /// お客様アクセス名, the first label of the login address (article 360040872191).
  package let accessName: Located<Identifier>?
  package let oauth: OAuth?
  package let span: SourceSpan

  /// The addresses to enter where an OAuth client is registered.
  package struct OAuth: Sendable {
    /// リダイレクト URI (article 900005830683).
    package let redirect: Located<HTTPSAddress>
    /// 承認済みの JavaScript 生成元, Google Workspace only (article 900001210703).
    package let origin: Located<HTTPSAddress>?

    package init(redirect: Located<HTTPSAddress>, origin: Located<HTTPSAddress>?) {
      self.redirect = redirect
      self.origin = origin
    }
  }

  package init(accessName: Located<Identifier>?, oauth: OAuth?, span: SourceSpan) {
    self.accessName = accessName
    self.oauth = oauth
    self.span = span
  }
}

/// This customer's MailGates: hosts and addresses that the vendor publishes nowhere.
package struct Gateway: Sendable {
  package let console: Located<ConsoleGeneration>
  package let mx: [ExchangeHost]
  package let relay: Relay?
  /// The addresses that MailGates delivers from.
  package let egress: [Located<IPPrefix>]
  /// The domain of the SPF include for this product.
  package let spf: Located<DomainName>?
  package let loopGuard: Located<LoopGuard>?
  /// The domain (d=) by which MailGates seals with ARC what it changes; nil where nobody said.
  package let arcSealer: Located<DomainName>?
  package let listEncoding: ListEncoding
  package let importProfiles: [ImportProfile]
  package let span: SourceSpan

  /// Which admin screens the console has.
  package enum ConsoleGeneration: String, CaseIterable, Sendable {
    /// メールセキュリティ, the generation with Sophos.
    case mailSecurity = "mail-security"
    /// スパムメール管理, the generation with CYREN.
    case spamManagement = "spam-management"
  }

  /// A mail exchanger of the gateway.
  package struct ExchangeHost: Sendable {
    package let host: Located<DomainName>
    package let preference: UInt16

    package init(host: Located<DomainName>, preference: UInt16) {
      self.host = host
      self.preference = preference
    }
  }

  /// Where outbound mail is handed to MailGates.
  package struct Relay: Sendable {
    package let host: Located<DomainName>
    package let port: Located<Int>
    package let tls: TLSLevel

    package init(host: Located<DomainName>, port: Located<Int>, tls: TLSLevel) {
      self.host = host
      self.port = port
      self.tls = tls
    }
  }

  /// How much TLS the sender insists on.
  package enum TLSLevel: String, CaseIterable, Sendable {
    case opportunistic
    /// Encrypted, whatever the certificate.
    case required
    /// Encrypted, and the certificate names the relay.
    case certificate
  }

  /// How the mail server knows mail that has been through MailGates already.
  package enum LoopGuard: Sendable {
    case header(name: HeaderName, value: TextLine)
    /// By the gateway's own addresses.
    case egress
  }

  package init(
    console: Located<ConsoleGeneration>, mx: [ExchangeHost], relay: Relay?,
    egress: [Located<IPPrefix>], spf: Located<DomainName>?, loopGuard: Located<LoopGuard>?,
    arcSealer: Located<DomainName>? = nil, listEncoding: ListEncoding = .utf8,
    importProfiles: [ImportProfile] = [], span: SourceSpan
  ) {
    self.console = console
    self.mx = mx
    self.relay = relay
    self.egress = egress
    self.spf = spf
    self.loopGuard = loopGuard
    self.arcSealer = arcSealer
    self.listEncoding = listEncoding
    self.importProfiles = importProfiles
    self.span = span
  }
}

/// The name of a header field: printable ASCII without a colon (RFC 5322 section 3.6.8).
package struct HeaderName: Hashable, Sendable, CustomStringConvertible {
  package let text: String

  package init?(_ text: String) {
    guard !text.isEmpty, text.utf8.count <= 64,
      text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x3A })
    else { return nil }
    self.text = text
  }

  package var description: String { text }
}
