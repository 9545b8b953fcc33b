internal import Artifacts
package import MailRecords
package import Procedure
internal import SourceText
package import TenantModel
internal import Wording

/// What zones and exports say of a tenant, for a first tenant.yaml: `mgc adopt`.
///
/// The answers that people give stay an interview. This adds what was found: the records of DMARC
/// and TLS reporting of each zone, the forms of lists, and what the console's lists hold. What no
/// export says is left to the interview, which marks it in the file.
package struct Adopted: Sendable {
  let zones: [DomainName: ZoneContents]
  let encoding: ListEncoding
  let profiles: [ImportProfile]
  let exchange: ListExchange

  package init(
    zones: [DomainName: ZoneContents] = [:], encoding: ListEncoding = .utf8,
    profiles: [ImportProfile] = [], exchange: ListExchange = ListExchange()
  ) {
    self.zones = zones
    self.encoding = encoding
    self.profiles = profiles
    self.exchange = exchange
  }

  /// The kind of mail server to which the mail exchangers of all zones lead today; nil where they
  /// tell of no service that mgc knows, or of two.
  package var mailServer: String? {
    var families: [ContractMatrix.Family] = []
    for zone in zones.values {
      for set in zone.sets where set.type == .mx && set.owner.relative == "@" {
        for case .mx(_, let host) in set.data {
          guard let name = try? DomainName(parsing: String(host.dropLast())),
            let family = name.mailService?.family
          else { return nil }
          families.append(family)
        }
      }
    }
    guard let first = families.first, families.allSatisfy({ $0 == first }) else { return nil }
    switch first {
    case .microsoft365: return ServerKind.microsoft365.rawValue
    case .googleWorkspace: return ServerKind.googleWorkspace.rawValue
    case .other: return nil
    }
  }

  /// The keys of a domain that its zone answers.
  func nodes(ofDomain text: String, services: [Service]) -> [Node] {
    guard let name = try? DomainName(parsing: text), let zone = zones[name],
      services.contains(.leakPrevention)
    else { return [] }
    let records = zone.texts(at: "_dmarc").compactMap { DMARCRecord(parsing: $0) }
    guard records.count == 1, let record = records.first, record.problems.isEmpty else { return [] }
    func addresses(_ uris: [ReportURI]) -> Fragment? {
      uris.isEmpty ? nil : .list(uris.map { .scalar($0.description) })
    }
    let keys: [(YAMLText, Fragment?)] = [
      ("policy", .scalar(record.policy.rawValue)),
      ("subdomainPolicy", record.subdomainPolicy.map { .scalar($0.rawValue) }),
      ("nonexistentPolicy", record.nonexistentPolicy.map { .scalar($0.rawValue) }),
      ("dkimAlignment", record.dkimAlignment.map { .scalar($0.word) }),
      ("spfAlignment", record.spfAlignment.map { .scalar($0.word) }),
      ("aggregateReports", addresses(record.aggregateReports)),
      ("failureReports", addresses(record.failureReports)),
      ("testing", record.isTesting ? .flag(true) : nil),
    ]
    return [
      .section(
        "dmarc", keys.compactMap { key, value in value.map { .value(key, $0, nil) } },
        .init(ja: "今のゾーンのとおり", en: "as the zone has it today"))
    ]
  }

  /// The keys below `gateway`.
  var gateway: [Node] {
    guard !profiles.isEmpty else { return [] }
    let encoding: [Node] =
      encoding == .utf8 ? [] : [.value("listEncoding", .scalar(encoding.rawValue), nil)]
    return encoding + [.items("importProfiles", profiles.map(\.nodes))]
  }

  /// The keys of the document that the exports answer, as far as the contract has them.
  func nodes(services: [Service]) -> [Node] {
    func asks(_ setting: ContractMatrix.Setting) -> Bool {
      let row = ContractMatrix.row(of: setting)
      return services.contains { row.isAsked(by: $0) }
    }
    var nodes: [Node] = []
    if asks(.groups), let groups = entries(.groups).first {
      nodes.append(.items("groups", Self.groups(groups.entries, profile(.groups))))
    }
    var settings: [Node] = []
    if asks(.lists) { settings += filterLists }
    if asks(.filtering) {
      settings += section(
        "senderAuthentication",
        [list("spfExceptions", .spfExceptions), list("dmarcExceptions", .dmarcExceptions)])
    }
    if asks(.bec) { settings += section("bec", [list("similarExternalDomains", .becDomains)]) }
    if asks(.review) {
      settings += dictionaries("dictionaries", .dictionary)
      settings += dictionaries("exclusionDictionaries", .exclusionDictionary)
      settings += review
    }
    if asks(.zip) {
      settings += triggered(
        "zip", .zipSenders, [list("exceptRecipients", .zipExceptRecipients)].compactMap { $0 })
    }
    if asks(.attachmentLink) { settings += triggered("attachmentLink", .attachmentLinkSenders, []) }
    return settings.isEmpty ? nodes : nodes + [.section("settings", settings)]
  }

  private func profile(_ kind: ListKind) -> [ListValue] { exchange.profiles[kind]?.values ?? [] }

  /// The exports of a kind that hold anything.
  func entries(_ kind: ListKind) -> [ListExchange.Export] {
    exchange.exports.filter { $0.kind == kind && !$0.entries.isEmpty }
  }

  func list(_ key: YAMLText, _ kind: ListKind) -> Node? {
    entries(kind).first.map { .value(key, .list($0.entries.map(\.fragment)), nil) }
  }

  private func section(_ key: YAMLText, _ nodes: [Node?]) -> [Node] {
    let nodes = nodes.compactMap { $0 }
    return nodes.isEmpty ? [] : [.section(key, nodes)]
  }

  /// ZIP encryption and attachment links act by a trigger, of which only senders are a list.
  private func triggered(_ key: YAMLText, _ senders: ListKind, _ rest: [Node]) -> [Node] {
    if let senders = list("senders", senders) {
      return [.section(key, [.section("trigger", [senders])] + rest)]
    }
    guard !rest.isEmpty else { return [] }
    let unknown = Node.unknown(
      "trigger",
      .init(
        ja: "管理者画面の条件。{ subjectPrefix: … } または { senders: […] }",
        en: "what the console has: { subjectPrefix: … } or { senders: […] }"))
    return [.section(key, [unknown] + rest)]
  }

  private func dictionaries(_ key: YAMLText, _ kind: ListKind) -> [Node] {
    let items: [[Node]] = entries(kind).compactMap { export in
      guard case .dictionary(let name) = export.identity else { return nil }
      return [
        .value("name", .scalar(name), nil),
        .value("phrases", .list(export.entries.map(\.fragment)), nil),
      ]
    }
    return items.isEmpty ? [] : [.items(key, items)]
  }
}

extension ListEntry {
  fileprivate var fragment: Fragment { .scalar(values.first ?? "") }
}

extension DMARCAlignment {
  /// The word in tenant.yaml.
  fileprivate var word: String {
    switch self {
    case .relaxed: "relaxed"
    case .strict: "strict"
    }
  }
}
