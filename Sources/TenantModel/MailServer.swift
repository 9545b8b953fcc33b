package import MailRecords
package import SourceText

/// Where mailboxes are, with what is needed to connect it.
package struct MailServer: Sendable {
  package let name: Located<Identifier>
  package let kind: Kind
  package let span: SourceSpan

  package enum Kind: Sendable {
    case microsoft365(Microsoft365)
    case googleWorkspace(GoogleWorkspace)
    case postfix(Postfix)
    case other(OtherMailServer)
  }

  package init(name: Located<Identifier>, kind: Kind, span: SourceSpan) {
    self.name = name
    self.kind = kind
    self.span = span
  }

  /// How users and administrators sign in, where the server offers a choice.
  package var signIn: Located<SignIn>? {
    switch kind {
    case .microsoft365(let server): server.signIn
    case .googleWorkspace(let server): server.signIn
    case .postfix, .other: nil
    }
  }

  /// How the way around the gateway is closed after the cutover.
  package var lockdown: Located<Lockdown>? {
    switch kind {
    case .microsoft365(let server): server.lockdown
    case .googleWorkspace(let server): server.lockdown
    case .postfix(let server): server.lockdown
    case .other: nil
    }
  }

  /// The server's own public addresses, which the vendor knows it by.
  package var addresses: [Located<IPPrefix>] {
    switch kind {
    case .microsoft365, .googleWorkspace: []
    case .postfix(let server): server.addresses
    case .other(let server): server.addresses
    }
  }
}

/// A Microsoft 365 tenant with Exchange Online.
package struct Microsoft365: Sendable {
  /// The tenant's own domain, `….onmicrosoft.com`.
  package let tenant: Located<DomainName>
  package let spamBypass: SpamBypass
  package let lockdown: Located<Lockdown>?
  package let signIn: Located<SignIn>
  /// Shared mailboxes, which cannot log in and need ログイン免除 (article 44235421260953).
  package let sharedMailboxes: [Located<EmailAddress>]
  /// The file with what `Get-DkimSigningConfig` shows; nil where nobody exported it.
  package let dkimExport: Located<FileReference>?

  /// The app that the OAuth client is, where the vendor's papers say how to register it.
  package let registration: EntraRegistration?
  /// The archive that gets a copy of every mail.
  package let archive: JournalArchive?
  /// What preflight.ps1 saw.
  package let export: Located<FileReference>?

  /// How Exchange Online avoids judging the gateway's address instead of the sender's.
  package enum SpamBypass: String, CaseIterable, Sendable {
    /// Enhanced filtering for connectors.
    case enhancedFiltering = "enhanced-filtering"
    /// A mail flow rule that sets SCL −1.
    case scl
  }

  package init(
    tenant: Located<DomainName>, spamBypass: SpamBypass, lockdown: Located<Lockdown>?,
    signIn: Located<SignIn>, registration: EntraRegistration? = nil,
    sharedMailboxes: [Located<EmailAddress>], archive: JournalArchive? = nil,
    export: Located<FileReference>? = nil, dkimExport: Located<FileReference>? = nil
  ) {
    self.tenant = tenant
    self.spamBypass = spamBypass
    self.lockdown = lockdown
    self.signIn = signIn
    self.sharedMailboxes = sharedMailboxes
    self.registration = registration
    self.archive = archive
    self.export = export
    self.dkimExport = dkimExport
  }
}

/// A Google Workspace account with Gmail.
package struct GoogleWorkspace: Sendable {
  package let lockdown: Located<Lockdown>?
  package let signIn: Located<SignIn>

  package init(lockdown: Located<Lockdown>?, signIn: Located<SignIn>) {
    self.lockdown = lockdown
    self.signIn = signIn
  }
}

/// A Postfix server of the customer's own.
package struct Postfix: Sendable {
  package let host: Located<DomainName>
  package let addresses: [Located<IPPrefix>]
  package let lockdown: Located<Lockdown>?

  package init(
    host: Located<DomainName>, addresses: [Located<IPPrefix>], lockdown: Located<Lockdown>?
  ) {
    self.host = host
    self.addresses = addresses
    self.lockdown = lockdown
  }
}

/// Any other mail server, such as a hosting provider's.
package struct OtherMailServer: Sendable {
  package let description: Located<TextLine>
  package let addresses: [Located<IPPrefix>]

  package init(description: Located<TextLine>, addresses: [Located<IPPrefix>]) {
    self.description = description
    self.addresses = addresses
  }
}

/// How mail that does not come by the gateway is told apart, to refuse it.
package enum Lockdown: Sendable {
  /// By the gateway's addresses.
  case address
  /// By the name in the gateway's certificate, such as `*.gateway.example`.
  case certificate(name: CertificateName)
}

/// A host name in a certificate, of which the first label may be `*`.
package struct CertificateName: Hashable, Sendable, CustomStringConvertible {
  package let domain: DomainName
  package let isWildcard: Bool

  package init(domain: DomainName, isWildcard: Bool) {
    self.domain = domain
    self.isWildcard = isWildcard
  }

  package var description: String { (isWildcard ? "*." : "") + domain.ascii }
}

/// How people sign in to MailGates with the accounts of their mail server.
package enum SignIn: Sendable {
  /// By an OAuth client; the date on which its secret expires, once it exists.
  case oauth(secretExpires: Located<CalendarDate>?)
  /// By SAML, which the vendor enables on request.
  case saml(idp: Located<TextLine>, contact: Located<TextLine>)
}
