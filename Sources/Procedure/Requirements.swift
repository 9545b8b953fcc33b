package import MailRecords
package import SourceText
package import TenantModel
package import Wording

/// What the contracted services need of tenant.yaml, resolved: a service that is here has all that
/// it needs, so nothing after this asks whether a value is there.
package struct ContractedServices: Sendable {
  package fileprivate(set) var inbound: Inbound?
  package fileprivate(set) var outbound: Outbound?

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
    let gateway = tenant.gateway
    var missing: [MissingInput] = []
    for need in ContractKeys.needs where !need.isThere(tenant) {
      let origins = need.conditions.map { $0.origin(in: tenant) }
      guard let first = origins.first, let requirer = first, origins.allSatisfy({ $0 != nil }),
        !missing.contains(where: { $0.key == need.path })
      else { continue }
      missing.append(
        MissingInput(
          key: need.path, purpose: need.purpose, source: need.source,
          place: need.path.hasPrefix("notice.") ? tenant.noticePlace : gateway.span,
          requiredBy: requirer.span, requirer: requirer.name))
    }
    guard missing.isEmpty else {
      self = .missing(missing)
      return
    }
    var services = ContractedServices(inbound: nil, outbound: nil)
    let egress = gateway.egress.map(\.value)
    if tenant.contract.includes(.inboundSecurity) {
      services.inbound = .init(exchangers: gateway.mx, egress: egress)
    }
    // Nothing is missing, so a contracted service has both.
    if tenant.contract.includes(.leakPrevention), let relay = gateway.relay, let spf = gateway.spf {
      services.outbound = .init(
        relay: relay, spf: spf.value, loopGuard: gateway.loopGuard?.value, egress: egress)
    }
    self = .met(services)
  }
}

extension Tenant {
  /// Where the notice's values are missing.
  fileprivate var noticePlace: SourceSpan {
    notice?.span ?? contract.services.first?.span ?? id.span
  }
}
