package import MailRecords
internal import SourceText
internal import TenantModel

/// Whose a host's name is, as far as tenant.yaml and what is known of the DNS tell.
package struct HostDirectory: Sendable {
  package enum Owner: Hashable, Sendable {
    /// A host of MailGates, inbound or outbound.
    case gateway
    /// A mail server, by its number in tenant.yaml.
    case server(Int)
    /// A domain of the contract by its own name, whose exchangers may be asked for first.
    case domain(Int)
    case unknown
  }

  private var owners: [String: Owner] = [:]
  /// Mail servers by the delivery hosts of their domains.
  private var deliveries: [String: Int] = [:]
  /// Domains by the first label that Microsoft makes of their names.
  private var dashed: [String: Int] = [:]
  /// The servers that the domains are on.
  private var homes: [Int?] = []
  private var isExchange: [Bool] = []
  private var aliases: [String: String] = [:]

  /// Aliases are followed so many times.
  private static let aliasLimit = 8

  init(_ tenant: Tenant, _ answers: ZoneAnswers) {
    var numbers: [String: Int] = [:]
    for (number, server) in tenant.mailServers.enumerated() {
      numbers[server.name.value.text] = number
      isExchange.append(server.family == .microsoft365)
    }
    homes = tenant.domains.map { domain in
      tenant.server(of: domain).flatMap { numbers[$0.name.value.text] }
    }
    for (number, domain) in tenant.domains.enumerated() where domain.role != .parked {
      owners[domain.name.value.ascii] = .domain(number)
      dashed[String(domain.name.value.ascii.map { $0 == "." ? "-" : $0 })] = number
      if let host = domain.deliveryHost?.value.ascii, deliveries[host] == nil {
        deliveries[host] = homes[number]
      }
    }
    for (number, server) in tenant.mailServers.enumerated() {
      if case .postfix(let settings) = server.kind {
        owners[settings.host.value.ascii] = .server(number)
      }
    }
    let gateway = tenant.gateway.mx.map(\.host) + [tenant.gateway.relay?.host].compactMap { $0 }
    for host in gateway { owners[host.value.ascii] = .gateway }
    for host in tenant.domains.compactMap({ $0.deliveryHost?.value.ascii })
    where owners[host] == nil && aliases[host] == nil {
      aliases[host] = Self.target(of: host, answers)
    }
  }

  /// What an alias leads to; nil where the name is none.
  private static func target(of host: String, _ answers: ZoneAnswers) -> String? {
    var name = host
    for _ in 0..<aliasLimit {
      guard case .records(let data, _) = answers.answer(DNSQuestion(name, .cname)),
        case .cname(let target)? = data.first
      else { break }
      name = DNSQuestion(target, .cname).name
    }
    return name == host ? nil : name
  }

  /// What the host is an alias of, as far as it is known; nil where it is none.
  package func alias(of host: DomainName) -> String? { aliases[host.ascii] }

  /// Whose a host is that mail for a domain is delivered to. A host of Exchange Online is known by
  /// the domain in its name, or by being another domain's.
  package func owner(of host: DomainName, for domain: Int) -> Owner {
    let name = aliases[host.ascii] ?? host.ascii
    if let owner = owners[name] { return owner }
    guard let home = homes[domain], isExchange[home] else { return .unknown }
    let other =
      Self.isExchange(name) ? dashed[String(name.prefix { $0 != "." })].flatMap { homes[$0] } : nil
    let known = other ?? deliveries[name]
    return known.map { isExchange[$0] ? .server($0) : .unknown } ?? .unknown
  }

  /// The mail server that a mail exchanger is, if it is known to be one.
  ///
  /// - Parameter home: the server that a service's own host stands for.
  package func server(exchanging host: String, home: Int?) -> Int? {
    let name = DNSQuestion(host, .mx).name
    if case .server(let number)? = owners[name] { return number }
    if Self.isExchange(name) {
      let other = dashed[String(name.prefix { $0 != "." })].flatMap { homes[$0] }
      let number = other ?? deliveries[name] ?? home
      return number.flatMap { isExchange[$0] ? $0 : nil }
    }
    return deliveries[name]
  }

  /// Whether a mail exchanger is MailGates'.
  package func isGateway(exchanging host: String) -> Bool {
    owners[DNSQuestion(host, .mx).name] == .gateway
  }

  /// The server that a domain is on.
  func home(of domain: Int) -> Int? { homes[domain] }

  private static func isExchange(_ host: String) -> Bool {
    [".mail.protection.outlook.com", ".mx.microsoft"].contains { host.hasSuffix($0) }
  }
}
