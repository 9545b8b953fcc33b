internal import TenantModel
internal import Wording

/// What a question is about. The order of the cases is the order of `--help`; that of asking stands
/// in `Interview+Order`.
package enum Topic: String, CaseIterable, Hashable, Sendable {
  case language, name, id, services, options
  case mailServer, tenant, spamBypass, signIn, host, description, addresses, lockdown
  case accessName, redirect, origin
  case console, mx, relay, egress, spf, loopGuard
  case domain, role, server, deliveryHost, zone, senders, reports, cutover
  case contact

  /// The option that answers it. Three are part of `--mail-server KIND:VALUE`.
  package var flag: String {
    switch self {
    case .mailServer, .tenant, .host, .description: "--mail-server"
    case .spamBypass: "--spam-bypass"
    case .signIn: "--sign-in"
    case .addresses: "--server-address"
    case .accessName: "--access-name"
    case .redirect: "--oauth-redirect"
    case .origin: "--oauth-origin"
    case .spf: "--spf-include"
    case .loopGuard: "--loop-guard"
    case .server: "--domain-server"
    case .deliveryHost: "--delivery-host"
    case .senders: "--spf-sender"
    case .reports: "--dmarc-report"
    case .language, .name, .id, .services, .options, .lockdown, .console, .mx, .relay, .egress,
      .domain, .role, .zone, .cutover, .contact:
      "--" + rawValue
    }
  }

  /// How the option is written where something is missing.
  package var flagForm: String {
    switch self {
    case .tenant: "--mail-server microsoft365:TENANT"
    case .host: "--mail-server postfix:HOST"
    case .description: "--mail-server other:TEXT"
    case .mailServer: "--mail-server KIND"
    case .mx: "--mx 'HOST PREFERENCE'"
    case .relay: "--relay 'HOST PORT TLS'"
    case .loopGuard: "--loop-guard 'NAME: VALUE'"
    default: flag + " " + rawValue.uppercased()
    }
  }

  /// Its key in the key table.
  var path: String {
    switch self {
    case .language: "tenant.language"
    case .name: "tenant.name"
    case .id: "tenant.id"
    case .services: "contract.services"
    case .options: "contract.options"
    case .mailServer: "mailServers"
    case .tenant: "mailServers.microsoft365.tenant"
    case .spamBypass: "mailServers.microsoft365.spamBypass"
    case .signIn: "mailServers.microsoft365.signIn"
    case .host: "mailServers.postfix.host"
    case .description: "mailServers.other.description"
    case .addresses: "mailServers.postfix.addresses"
    case .lockdown: "mailServers.microsoft365.lockdown"
    case .accessName: "notice.accessName"
    case .redirect: "notice.oauth.redirect"
    case .origin: "notice.oauth.origin"
    case .console: "gateway.console"
    case .mx: "gateway.mx"
    case .relay: "gateway.relay"
    case .egress: "gateway.egress"
    case .spf: "gateway.spf"
    case .loopGuard: "gateway.loopGuard"
    case .domain: "domains.name"
    case .role: "domains.role"
    case .server: "domains.mailServer"
    case .deliveryHost: "domains.deliveryHost"
    case .zone: "domains.zone"
    case .senders: "domains.spf.senders"
    case .reports: "domains.dmarc.aggregateReports"
    case .cutover: "domains.cutover"
    case .contact: "contacts"
    }
  }

  /// What a value may belong to: `NAME=VALUE` gives it to one of several.
  enum Scope { case tenant, mailServer, domain }

  var scope: Scope {
    switch self {
    case .spamBypass, .signIn, .addresses, .lockdown, .tenant, .host, .description: .mailServer
    case .role, .server, .deliveryHost, .zone, .senders, .reports, .cutover: .domain
    default: .tenant
    }
  }

  /// Whether one answer may hold several values.
  var isList: Bool {
    switch self {
    case .services, .options, .addresses, .mx, .egress, .senders, .reports: true
    default: false
    }
  }

  /// Asked again and again, each answer for one more of them.
  var isRepeated: Bool {
    switch self {
    case .mailServer, .domain, .contact: true
    default: false
    }
  }

  /// What no file can be written without: the rest of the questions depends on it.
  var isIndispensable: Bool {
    switch self {
    case .name, .id, .services, .mailServer, .host, .description, .domain: true
    default: false
    }
  }

  /// What the contract may ask for, and the vendor publishes nowhere.
  static let contracted: [Topic] = [
    .accessName, .redirect, .origin, .mx, .relay, .egress, .spf, .loopGuard,
  ]
}

/// The place of one answer.
package struct Slot: Hashable, Sendable {
  package let topic: Topic
  /// Which mail server, domain or contact it belongs to, from 0.
  package let owner: Int

  package init(_ topic: Topic, _ owner: Int = 0) {
    self.topic = topic
    self.owner = owner
  }
}

/// What was said to a question.
enum Entry: Equatable {
  case given(String)
  /// Not known yet, not wanted, or no more of them.
  case none
}
