internal import SourceText
package import TenantModel
package import Wording

/// What the contract says of the keys of tenant.yaml, as data: `Requirements`, the rules, the JSON
/// Schema and the reference read it here.
package enum ContractKeys {
  /// A key that only some services use.
  package struct Belonging: Sendable {
    /// Such as `settings.review`; lists are looked into.
    package let path: String
    /// The word of a list that is meant; nil where it is the key itself.
    package let word: String?
    package let services: [Service]
    /// Whether the key is an error where none of the services is contracted. Otherwise it may stand
    /// and nothing is written for it.
    package let isRefusedWithout: Bool

    init(_ path: String, word: String? = nil, _ services: [Service], isRefused: Bool) {
      self.path = path
      self.word = word
      self.services = services
      isRefusedWithout = isRefused
    }
  }

  package static let belongings: [Belonging] =
    settings + inboundOnly
    + [
      Belonging("gateway.mx", [.inboundSecurity], isRefused: false),
      Belonging("gateway.relay", [.leakPrevention], isRefused: false),
      Belonging("gateway.spf", [.leakPrevention], isRefused: false),
      Belonging("gateway.loopGuard", [.leakPrevention], isRefused: false),
      Belonging("gateway.arcSealer", [.inboundSecurity], isRefused: false),
      Belonging("domains.spf", [.leakPrevention], isRefused: false),
      Belonging("domains.dkim", [.leakPrevention], isRefused: false),
      Belonging("domains.dmarc", [.leakPrevention], isRefused: false),
      Belonging("domains.tlsReports", [.leakPrevention], isRefused: false),
      Belonging("domains.mtaSts", [.inboundSecurity], isRefused: false),
      Belonging("domains.mxTtl", [.inboundSecurity], isRefused: false),
      Belonging("mailServers.microsoft365.dkimExport", [.leakPrevention], isRefused: false),
    ]

  /// The services that use a key; all of them where the contract says nothing of it.
  package static func services(of path: String) -> [Service] {
    belongings.first { $0.path == path && $0.word == nil }?.services ?? Service.allCases
  }

  private static let settings = ContractMatrix.settings.flatMap { row in
    row.item.keys.map { Belonging("settings." + $0, row.services, isRefused: true) }
  }

  /// What cannot be without a changed MX, or comes with the service.
  private static let inboundOnly: [Belonging] = {
    let cutover = ContractMatrix.steps.filter { $0.item == .mxCutover }.flatMap(\.services)
    return [Belonging("domains.cutover", cutover, isRefused: true)]
      + ["microsoft365", "googleWorkspace", "postfix"].map {
        Belonging("mailServers.\($0).lockdown", cutover, isRefused: true)
      } + [
        Belonging(
          "contract.options", word: ServiceOption.sandbox.rawValue, [.inboundSecurity],
          isRefused: true)
      ]
  }()
}

extension ContractMatrix.Setting {
  /// Its keys below `settings`.
  package var keys: [String] {
    switch self {
    case .groups: []
    case .mailProcessing, .lists, .delay, .bcc, .zip, .attachmentLink: [rawValue]
    case .filtering: ["senderAuthentication", "filtering"]
    case .bec: ["bec", "socialEngineering"]
    case .review: ["dictionaries", "exclusionDictionaries", "review", "reviewDelegation"]
    }
  }
}

extension ContractMatrix.Family {
  /// Its keys in a mail server.
  package var keys: [String] {
    switch self {
    case .googleWorkspace: ["googleWorkspace"]
    case .microsoft365: ["microsoft365"]
    case .other: ["postfix", "other"]
    }
  }

  /// Whether its users sign in to MailGates by way of it.
  package var signsIn: Bool {
    switch self {
    case .googleWorkspace, .microsoft365: true
    case .other: false
    }
  }
}

/// Something that a tenant has and that makes it need a value.
package enum ContractCondition: Hashable, Sendable {
  case contracted(Service)
  case server(ContractMatrix.Family)
  /// Users of some mail server sign in by way of it.
  case signsIn
  /// The same by OAuth, with a mail server of one of the families.
  case signsInByOAuth([ContractMatrix.Family])
  /// Mail that has been through MailGates is known by MailGates' addresses.
  case loopGuardByEgress

  /// Where the tenant says so, and how that is called; nil where it does not.
  func origin(in tenant: Tenant) -> (span: SourceSpan, name: LocalizedText)? {
    switch self {
    case .contracted(let service):
      return tenant.contract.services.first { $0.value == service }
        .map { ($0.span, service.title) }
    case .server(let family):
      return tenant.mailServers.first { $0.family == family }.map { ($0.name.span, Self.server) }
    case .signsIn:
      return tenant.mailServers.first { $0.signIn != nil }.map { ($0.name.span, Self.server) }
    case .signsInByOAuth(let families):
      for server in tenant.mailServers where families.contains(server.family) {
        guard let signIn = server.signIn, case .oauth = signIn.value else { continue }
        return (signIn.span, families == [.googleWorkspace] ? Self.google : Self.oauth)
      }
      return nil
    case .loopGuardByEgress:
      guard let loopGuard = tenant.gateway.loopGuard, case .egress = loopGuard.value else {
        return nil
      }
      return (loopGuard.span, Self.loopGuard)
    }
  }

  private static let server = LocalizedText(ja: "このメールサーバー", en: "this mail server")
  private static let google = LocalizedText(both: "Google Workspace")
  private static let oauth = LocalizedText(both: "OAuth")
  private static let loopGuard = LocalizedText(ja: "ループの防止", en: "the loop guard")
}

extension ContractKeys {
  /// A value that a tenant cannot do without where all conditions hold.
  package struct Need: Sendable {
    package let path: String
    /// The first is what asks for the value.
    package let conditions: [ContractCondition]
    package let purpose: LocalizedText
    package let source: MissingInput.Source
    let isThere: @Sendable (Tenant) -> Bool

    init(
      _ path: String, _ conditions: [ContractCondition], _ source: MissingInput.Source,
      _ purpose: LocalizedText, isThere: @escaping @Sendable (Tenant) -> Bool
    ) {
      self.path = path
      self.conditions = conditions
      self.purpose = purpose
      self.source = source
      self.isThere = isThere
    }
  }

  package static let needs: [Need] = [
    Need(
      "gateway.mx", [.contracted(.inboundSecurity)], .vendor,
      .init(ja: "MXの切替先", en: "the mail exchangers to change to")
    ) { !$0.gateway.mx.isEmpty },
    Need(
      "gateway.egress", [.contracted(.inboundSecurity)], .vendor,
      .init(ja: "MailGatesから届くメールの見分け", en: "to know mail that comes from MailGates")
    ) { !$0.gateway.egress.isEmpty },
    Need(
      "gateway.relay", [.contracted(.leakPrevention)], .vendor,
      .init(ja: "送信メールの中継先", en: "where mail is handed over")
    ) { $0.gateway.relay != nil },
    Need(
      "gateway.spf", [.contracted(.leakPrevention)], .vendor,
      .init(ja: "SPFに加えるinclude", en: "the include to add to SPF")
    ) { $0.gateway.spf != nil },
    Need(
      "gateway.loopGuard", [.contracted(.leakPrevention), .server(.microsoft365)], .vendor,
      .init(ja: "メールのループを防ぐ条件", en: "to keep mail from looping")
    ) { $0.gateway.loopGuard != nil },
    Need(
      "gateway.egress", [.contracted(.leakPrevention), .loopGuardByEgress], .vendor,
      .init(ja: "ループの防止", en: "the loop guard by address")
    ) { !$0.gateway.egress.isEmpty },
    Need(
      "notice.accessName", [.signsIn], .openingNotice,
      .init(ja: "ログイン先のアドレス", en: "the address to log in at")
    ) { $0.notice?.accessName != nil },
    Need(
      "notice.oauth.redirect", [.signsInByOAuth([.microsoft365, .googleWorkspace])],
      .openingNotice, .init(ja: "OAuthクライアントの登録", en: "to register the OAuth client")
    ) { $0.notice?.oauth != nil },
    Need(
      "notice.oauth.origin", [.signsInByOAuth([.googleWorkspace])], .openingNotice,
      .init(ja: "OAuthクライアントの登録", en: "to register the OAuth client")
    ) { tenant in tenant.notice?.oauth.map { $0.origin != nil } ?? true },
  ]
}
