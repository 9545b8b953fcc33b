internal import Artifacts
internal import SourceText
internal import TenantModel
internal import TenantReading
internal import Wording

/// Which keys the answers make.
struct Content {
  private let interview: Interview
  private let isFinal: Bool

  init(_ interview: Interview, isFinal: Bool) {
    self.interview = interview
    self.isFinal = isFinal
  }

  var nodes: [Node] {
    let header = [
      field("id", .id, standIn: "tenant"), field("name", .name, standIn: "-"),
      field("language", .language, standIn: "ja"),
    ].compactMap { $0 }
    var nodes: [Node] = [.section("tenant", header)]
    let contacts = interview.owners(of: .contact).compactMap { owner in
      value(.contact, owner).map { (fragment: $0, slot: Slot(.contact, owner)) }
    }
    if !contacts.isEmpty { nodes.append(.lines("contacts", contacts, about("contacts"))) }
    let contract = [
      field("services", .services, standIn: Service.inboundSecurity.rawValue),
      field("options", .options),
    ].compactMap { $0 }
    nodes.append(.section("contract", contract, about("contract")))
    let notice = notice
    if !notice.isEmpty { nodes.append(.section("notice", notice, about("notice"))) }
    nodes.append(.section("gateway", gateway, about("gateway")))
    let lists = [("mailServers", servers), ("domains", domains)]
    for (key, items) in lists where !items.isEmpty {
      nodes.append(.items("\(scalar: key)", items, about(key)))
    }
    return isFinal ? nodes + interview.adopted.nodes(services: services) : nodes
  }

  private var services: [Service] { Service.allCases.filter(interview.includes) }

  private var notice: [Node] {
    let oauth = [
      field("redirect", .redirect, standIn: "https://redirect.invalid/"),
      field("origin", .origin, standIn: "https://origin.invalid"),
    ].compactMap { $0 }
    let name = field("accessName", .accessName, standIn: "access")
    return [name, oauth.isEmpty ? nil : .section("oauth", oauth)].compactMap { $0 }
  }

  private var gateway: [Node] {
    [
      field("console", .console, standIn: Gateway.ConsoleGeneration.mailSecurity.rawValue),
      field("mx", .mx, standIn: "mx.invalid 10"), field("relay", .relay, standIn: "relay.invalid"),
      // No address may stand in where others are judged.
      field("egress", .egress), field("spf", .spf, standIn: "spf.invalid"),
      field("loopGuard", .loopGuard, standIn: "X-Loop: -"),
    ].compactMap { $0 } + (isFinal ? interview.adopted.gateway : [])
  }

  private var servers: [[Node]] {
    let servers = interview.owners(of: .mailServer).map(server)
    return servers.isEmpty && !isFinal
      ? [
        [
          .value("name", .scalar("mail"), nil),
          .section("other", [.value("description", .scalar("-"), nil)]),
        ]
      ] : servers
  }

  private func server(_ owner: Int) -> [Node] {
    let slot = Slot(.mailServer, owner)
    let name = Node.value("name", .scalar(interview.serverName(owner) ?? "mail"), slot)
    let addresses = field("addresses", .addresses, owner)
    let lockdown = field("lockdown", .lockdown, owner)
    let signIn = Node.value(
      "signIn", value(.signIn, owner) ?? Fragment("oauth", for: .signIn), Slot(.signIn, owner))
    switch interview.serverKind(owner) {
    case .microsoft365:
      let bypass =
        value(.spamBypass, owner) ?? .scalar(Microsoft365.SpamBypass.enhancedFiltering.rawValue)
      let keys = [
        field("tenant", .tenant, owner, standIn: "tenant.onmicrosoft.com"),
        .value("spamBypass", bypass, Slot(.spamBypass, owner)), lockdown, signIn,
      ]
      return [name, .section("microsoft365", keys.compactMap { $0 })]
    case .googleWorkspace:
      return [name, .section("googleWorkspace", [lockdown, signIn].compactMap { $0 })]
    case .postfix:
      let host = field("host", .host, owner, standIn: "mail.invalid")
      return [name, .section("postfix", [host, addresses, lockdown].compactMap { $0 })]
    case .other:
      let description = field("description", .description, owner, standIn: "-")
      return [name, .section("other", [description, addresses].compactMap { $0 })]
    case nil:
      let words = interview.text(slot)?.cut(at: "=") ?? []
      // A kind that there is not: the reader says which there are.
      return [name, .value("\(scalar: words.last ?? "")", .map([]), slot)]
    }
  }

  private var domains: [[Node]] {
    let domains = interview.owners(of: .domain).map(domain)
    return domains.isEmpty && !isFinal
      ? [
        [
          .value("name", .scalar("domain.invalid"), nil),
          .value("role", .scalar(TenantDomain.Role.parked.rawValue), nil),
        ]
      ] : domains
  }

  private func domain(_ owner: Int) -> [Node] {
    let role = interview.text(Slot(.role, owner)) ?? TenantDomain.Role.mail.rawValue
    let isUsual = role == TenantDomain.Role.mail.rawValue
    let hasServers = interview.owners(of: .mailServer).count > 1
    let first = hasServers && !isFinal ? interview.serverName(0) : nil
    var nodes = [
      field("name", .domain, owner), isUsual ? nil : field("role", .role, owner),
      field("mailServer", .server, owner, standIn: first),
      field("deliveryHost", .deliveryHost, owner), field("zone", .zone, owner),
    ].compactMap { $0 }
    if let senders = field("senders", .senders, owner) { nodes.append(.section("spf", [senders])) }
    let signs = isFinal && interview.includes(.leakPrevention)
    if signs, role != TenantDomain.Role.parked.rawValue {
      nodes.append(
        .value(
          "dkim", .list([.map([("selector", .scalar(Catalogue.dkimSelector.value))])]), nil,
          .init(
            ja: "鍵を管理者画面で作ったら publicKey: を加える",
            en: "add publicKey: once the console has made the key")))
    }
    let found =
      isFinal
      ? interview.adopted.nodes(
        ofDomain: interview.text(Slot(.domain, owner)) ?? "", services: services) : []
    if !found.isEmpty {
      nodes += found
    } else if let reports = field("aggregateReports", .reports, owner) {
      nodes.append(.section("dmarc", [.value("policy", .scalar("none"), nil), reports]))
    }
    if let cutover = field("cutover", .cutover, owner) { nodes.append(cutover) }
    return nodes
  }

  /// The key of an answer; nil where there is to be none.
  ///
  /// - Parameter standIn: what an answer might be; it stands in candidates for what is not known.
  private func field(
    _ key: YAMLText, _ topic: Topic, _ owner: Int = 0, standIn: String? = nil
  ) -> Node? {
    let slot = Slot(topic, owner)
    if let value = value(topic, owner) { return .value(key, value, slot) }
    let isOpen = interview.isOpen(slot)
    if isFinal {
      return isOpen || !slot.isRequired
        ? nil : .unknown(key, Self.comment(Question(slot, interview)))
    }
    // What the contract may need is asked for only where it is found missing.
    if isOpen, Topic.contracted.contains(topic) { return nil }
    return standIn.map { .value(key, Fragment($0, for: topic), nil) }
  }

  /// Where a value is to be had, and how it is written.
  private static func comment(_ question: Question) -> LocalizedText {
    let source = question.source ?? question.about
    guard let example = question.example else {
      let words = question.choices.map(\.word)
      return .init(
        ja: source.ja + "。" + words.joined(separator: "、"),
        en: source.en + ": " + words.joined(separator: ", "))
    }
    let first = question.slot.topic.isList ? example.listed(by: String.commas).first : nil
    let form = Fragment(first ?? example, for: question.slot.topic).text.text
    return .init(ja: "\(source.ja)。例: \(form)", en: "\(source.en), such as \(form)")
  }

  private func value(_ topic: Topic, _ owner: Int) -> Fragment? {
    interview.text(Slot(topic, owner)).map { Fragment($0, for: topic) }
  }

  private func about(_ path: String) -> LocalizedText? {
    isFinal ? TenantReader.key(at: path)?.about : nil
  }
}
