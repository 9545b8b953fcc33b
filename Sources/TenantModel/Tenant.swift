package import MailRecords
package import SourceText
package import Wording

/// Everything that a tenant.yaml says, typed and validated; every value knows where it was written.
///
/// The model holds what was written, whether the contract asks for it or not: what a contract
/// needs is resolved in `Procedure`.
package struct Tenant: Sendable {
  package let id: Located<Identifier>
  package let name: Located<TextLine>
  /// The language of everything that people read.
  package let language: Language
  package let contacts: [Contact]
  package let contract: Contract
  package let notice: Notice?
  package let gateway: Gateway
  package let mailServers: [MailServer]
  /// The group that goes first; everyone follows.
  package let pilot: Located<GroupPath>?
  package let domains: [TenantDomain]
  package var groups: [Group]
  package let settings: Settings

  package init(
    header: TenantHeader, contacts: [Contact], contract: Contract, notice: Notice?,
    gateway: Gateway, mailServers: [MailServer], pilot: Located<GroupPath>?,
    domains: [TenantDomain], groups: [Group], settings: Settings
  ) {
    id = header.id
    name = header.name
    language = header.language
    self.contacts = contacts
    self.contract = contract
    self.notice = notice
    self.gateway = gateway
    self.mailServers = mailServers
    self.pilot = pilot
    self.domains = domains
    self.groups = groups
    self.settings = settings
  }
}

/// The key `tenant`.
package struct TenantHeader: Sendable {
  package let id: Located<Identifier>
  package let name: Located<TextLine>
  package let language: Language

  package init(id: Located<Identifier>, name: Located<TextLine>, language: Language) {
    self.id = id
    self.name = name
    self.language = language
  }
}

/// A person who does a step or is asked about one.
package struct Contact: Sendable {
  package let role: Role
  package let name: Located<TextLine>
  package let mail: Located<EmailAddress>

  package enum Role: String, CaseIterable, Sendable {
    case customer
    case reseller
    case vendor
  }

  package init(role: Role, name: Located<TextLine>, mail: Located<EmailAddress>) {
    self.role = role
    self.name = name
    self.mail = mail
  }
}
