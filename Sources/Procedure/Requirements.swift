package import MailRecords
package import SourceText
package import TenantModel
package import Wording

/// What the contracted services need of tenant.yaml, resolved: a service that is here has all that
/// it needs, so nothing after this asks whether a value is there.
package struct ContractedServices: Sendable {
  package let inbound: Inbound?
  package let outbound: Outbound?

  /// What inbound-security needs.
  package struct Inbound: Sendable {
    package let exchangers: [Gateway.ExchangeHost]
    package let egress: [IPPrefix]
  }

  /// What leak-prevention needs.
  package struct Outbound: Sendable {
    package let relay: Gateway.Relay
    package let spf: DomainName
    /// Nil only where no Microsoft 365 is connected, which is what needs it.
    package let loopGuard: Gateway.LoopGuard?
    package let egress: [IPPrefix]
  }
}

/// A value that the contract needs and tenant.yaml does not have. The vendor publishes none of
/// these, so none has a default.
package struct MissingInput: Sendable {
  /// The key, such as `gateway.mx`.
  package let key: String
  package let purpose: LocalizedText
  package let source: Source
  /// The object in which it is missing.
  package let place: SourceSpan
  /// What asks for it.
  package let requiredBy: SourceSpan
  package let requirer: LocalizedText

  /// Where the catalogue knows that a value can be had.
  package enum Source: Sendable {
    case openingNotice
    case vendor

    package var wording: LocalizedText {
      switch self {
      case .openingNotice: .init(ja: "開通通知書", en: "the opening notice (開通通知書)")
      case .vendor:
        .init(ja: "開通通知書またはサポート窓口", en: "the opening notice (開通通知書) or the vendor's support")
      }
    }
  }
}

/// The result of asking for what the contract needs.
package enum Requirements: Sendable {
  case met(ContractedServices)
  case missing([MissingInput])

  package init(of tenant: Tenant) {
    var missing: [MissingInput] = []
    let gateway = tenant.gateway
    func lacks(
      _ key: String, for service: Service, _ purpose: LocalizedText
    ) {
      let requiredBy = tenant.contract.services.first { $0.value == service }?.span
      missing.append(
        MissingInput(
          key: "gateway." + key, purpose: purpose, source: .vendor, place: gateway.span,
          requiredBy: requiredBy ?? gateway.span, requirer: service.title))
    }

    var inbound: ContractedServices.Inbound?
    if tenant.contract.includes(.inboundSecurity) {
      if gateway.mx.isEmpty {
        lacks(
          "mx", for: .inboundSecurity,
          .init(ja: "MXの切替先", en: "the mail exchangers to change to"))
      }
      if gateway.egress.isEmpty {
        lacks(
          "egress", for: .inboundSecurity,
          .init(ja: "MailGatesから届くメールの見分け", en: "to know mail that comes from MailGates"))
      }
      inbound = .init(exchangers: gateway.mx, egress: gateway.egress.map(\.value))
    }

    var outbound: ContractedServices.Outbound?
    if tenant.contract.includes(.leakPrevention) {
      if gateway.relay == nil {
        lacks(
          "relay", for: .leakPrevention, .init(ja: "送信メールの中継先", en: "where mail is handed over"))
      }
      if gateway.spf == nil {
        lacks(
          "spf", for: .leakPrevention, .init(ja: "SPFに加えるinclude", en: "the include to add to SPF"))
      }
      let needsGuard = tenant.mailServers.contains { $0.family == .microsoft365 }
      if needsGuard, gateway.loopGuard == nil {
        lacks(
          "loopGuard", for: .leakPrevention,
          .init(ja: "メールのループを防ぐ条件", en: "to keep mail from looping"))
      }
      if case .egress = gateway.loopGuard?.value, gateway.egress.isEmpty, inbound == nil {
        lacks("egress", for: .leakPrevention, .init(ja: "ループの防止", en: "the loop guard by address"))
      }
      if let relay = gateway.relay, let spf = gateway.spf {
        outbound = .init(
          relay: relay, spf: spf.value, loopGuard: gateway.loopGuard?.value,
          egress: gateway.egress.map(\.value))
      }
    }

    missing += Self.noticeInputs(of: tenant)
    self = missing.isEmpty ? .met(.init(inbound: inbound, outbound: outbound)) : .missing(missing)
  }

  private static func noticeInputs(of tenant: Tenant) -> [MissingInput] {
    var missing: [MissingInput] = []
    let place = tenant.notice?.span ?? tenant.contract.services.first?.span ?? tenant.id.span
    func lacks(
      _ key: String, _ purpose: LocalizedText, by span: SourceSpan, _ requirer: LocalizedText
    ) {
      missing.append(
        MissingInput(
          key: "notice." + key, purpose: purpose, source: .openingNotice, place: place,
          requiredBy: span, requirer: requirer))
    }
    let signingIn = tenant.mailServers.filter { $0.signIn != nil }
    if let first = signingIn.first, tenant.notice?.accessName == nil {
      lacks(
        "accessName", .init(ja: "ログイン先のアドレス", en: "the address to log in at"),
        by: first.name.span, .init(ja: "このメールサーバー", en: "this mail server"))
    }
    let byOAuth = signingIn.first {
      if case .oauth = $0.signIn?.value { true } else { false }
    }
    if let byOAuth, tenant.notice?.oauth == nil {
      lacks(
        "oauth.redirect", .init(ja: "OAuthクライアントの登録", en: "to register the OAuth client"),
        by: byOAuth.signIn?.span ?? byOAuth.name.span, .init(ja: "OAuth", en: "OAuth"))
    }
    let google = signingIn.first { server in
      guard server.family == .googleWorkspace else { return false }
      if case .oauth = server.signIn?.value { return true } else { return false }
    }
    if let google, let oauth = tenant.notice?.oauth, oauth.origin == nil {
      lacks(
        "oauth.origin", .init(ja: "OAuthクライアントの登録", en: "to register the OAuth client"),
        by: google.signIn?.span ?? google.name.span,
        .init(ja: "Google Workspace", en: "Google Workspace"))
    }
    return missing
  }
}
