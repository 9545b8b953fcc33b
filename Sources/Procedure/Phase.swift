internal import SourceText
package import TenantModel
package import Wording

/// A part of the work in the order of doing, which differs from the vendor's numbers: the TTL is
/// lowered early, ordinary logins work only after the users' import, connections are made before
/// they are started, and nothing is closed before the cutover has been seen.
package struct Phase: Sendable {
  package let kind: Kind
  package let step: Step
  package let window: Plan.Window?
  /// Who does it.
  package let role: Contact.Role

  package enum Kind: Hashable, Sendable {
    case addressNotice
    case administratorLogin
    case signIn
    case accounts
    case userLogin
    case reportAuthorization
    case senderAuthentication
    case connect
    case transportPolicyBefore
    case ttl
    case settings
    case startInbound
    case startOutbound
    case archive
    case endPilot
    case cutover
    case deliveryTarget
    case lockdown
    case transportPolicyAfter
    case restoreTTL
    case laterSettings
    case changeSigning
    case retireKey
    case dmarc(DMARCStage)

    package var title: LocalizedText {
      switch self {
      case .addressNotice: .init(ja: "送信元アドレスの事前連絡", en: "Tell the vendor the source addresses")
      case .administratorLogin: .init(ja: "管理者のログイン確認", en: "Log in as an administrator")
      case .signIn: .init(ja: "サインイン方式の設定と利用者の取り込み", en: "Set up sign-in and import the users")
      case .accounts: .init(ja: "利用者の登録", en: "Register the users")
      case .userLogin: .init(ja: "一般利用者のログイン確認", en: "Log in as an ordinary user")
      case .reportAuthorization:
        .init(ja: "DMARCレポートの宛先に許可を頼む", en: "Ask who takes DMARC reports for leave")
      case .senderAuthentication: .init(ja: "SPF・DKIM・DMARCの公開", en: "Publish SPF, DKIM and DMARC")
      case .connect: .init(ja: "メールサーバーとの接続の準備", en: "Prepare the connection of the mail server")
      case .transportPolicyBefore:
        .init(ja: "MTA-STSのポリシーに新しいMXを加える", en: "Add the new MX to the MTA-STS policy")
      case .ttl: .init(ja: "MXのTTLを下げる", en: "Lower the TTL of the MX")
      case .settings: .init(ja: "管理者画面の設定", en: "Settings in the console")
      case .startInbound: .init(ja: "受信の接続を有効にする", en: "Start the inbound connection")
      case .startOutbound: .init(ja: "送信の経路を切り替える", en: "Start the outbound route")
      case .archive: .init(ja: "アーカイブへの写しを始める", en: "Start the copies to the archive")
      case .endPilot: .init(ja: "先行を終える", en: "End the pilot")
      case .cutover: .init(ja: "MXの切替", en: "Change the MX")
      case .deliveryTarget: .init(ja: "メール配送先の変更", en: "Change the delivery target")
      case .lockdown: .init(ja: "直接配送の遮断", en: "Close direct delivery")
      case .transportPolicyAfter:
        .init(ja: "MTA-STSのポリシーを新しいMXだけにする", en: "Leave the new MX alone in the MTA-STS policy")
      case .restoreTTL: .init(ja: "TTLを元に戻す", en: "Restore the TTL")
      case .laterSettings:
        .init(ja: "運用開始後の管理者画面の設定", en: "Settings in the console after the start")
      case .changeSigning:
        .init(ja: "DKIMの署名を新しい鍵に切り替える", en: "Sign with the new DKIM key")
      case .retireKey: .init(ja: "DKIMの古い鍵を消す", en: "Remove the old DKIM key")
      case .dmarc(let stage):
        .init(ja: "DMARCを \(stage.tags) にする", en: "Bring DMARC to \(stage.tags)")
      }
    }
  }
}

extension Procedure {
  /// The work that this contract and these mail servers ask for, in the order of doing.
  package var phases: [Phase] {
    let clock = Clock(self)
    let hasReseller = tenant.contacts.contains { $0.role == .reseller }
    return Phase.Kind.allCases.compactMap { kind in
      guard asks(for: kind) else { return nil }
      return Phase(
        kind: kind, step: kind.step, window: clock.window(of: kind),
        role: kind == .addressNotice && hasReseller ? .reseller : .customer)
    }
  }

  /// The domains whose MX moves, in the order of tenant.yaml.
  package var movingDomains: [DomainChanges] { domains.filter { $0.cutover != nil } }

  /// The domains that come to a stage of DMARC, each with its change.
  package func dmarcStages(
    _ stage: DMARCStage
  ) -> [(domain: DomainChanges, stage: DMARCChanges.Stage)] {
    domains.flatMap { domain in
      (domain.dmarc?.stages ?? []).filter { $0.stage == stage }.map { (domain, $0) }
    }
  }

  private func asks(for kind: Phase.Kind) -> Bool {
    switch kind {
    case .administratorLogin, .userLogin, .connect: true
    case .settings: screens.contains { !$0.setting.isAfterStart }
    case .laterSettings: screens.contains { $0.setting.isAfterStart }
    case .signIn: tenant.mailServers.contains { $0.signIn != nil }
    case .accounts: tenant.mailServers.contains { $0.signIn == nil }
    case .addressNotice:
      services.outbound != nil && tenant.mailServers.contains { !$0.addresses.isEmpty }
    case .reportAuthorization: reportAuthorizations.contains { $0.isAsked }
    case .senderAuthentication, .startOutbound, .deliveryTarget: services.outbound != nil
    case .transportPolicyBefore: domains.contains { $0.transportPolicy?.before != nil }
    case .transportPolicyAfter: domains.contains { $0.transportPolicy?.after != nil }
    case .ttl: domains.contains { $0.lowerTTL != nil }
    case .cutover: !movingDomains.isEmpty
    case .startInbound:
      services.inbound != nil && tenant.mailServers.contains { $0.family == .microsoft365 }
    case .archive: connections.contains(where: \.isArchived)
    case .endPilot: connections.contains { isPilot(on: $0) }
    case .lockdown: connections.contains { isClosed($0) }
    case .restoreTTL: domains.contains { $0.restoreTTL != nil }
    case .changeSigning, .retireKey: domains.contains { $0.keyRetirement != nil }
    case .dmarc(let stage): !dmarcStages(stage).isEmpty
    }
  }

  /// Whether something in Exchange Online holds for the pilot's people alone. Enhanced filtering
  /// acts on a message only where all of its recipients are among `EFUsers`.
  package func isPilot(on connection: MailServerConnection) -> Bool {
    guard !tenant.pilotMembers.isEmpty,
      case .exchange(let settings, let exchange) = connection.kind
    else { return false }
    return exchange.outboundRule != nil
      || exchange.inboundConnector != nil && settings.spamBypass == .enhancedFiltering
  }

  /// Whether the way around the gateway is closed after the cutover.
  package func isClosed(_ connection: MailServerConnection) -> Bool {
    services.inbound != nil && connection.lockdown != nil
  }
}

extension Phase.Kind: CaseIterable {
  /// In the order of doing.
  package static let allCases: [Self] =
    [
      .addressNotice, .administratorLogin, .signIn, .accounts, .userLogin, .reportAuthorization,
      .senderAuthentication, .connect, .transportPolicyBefore, .ttl, .settings, .startInbound,
      .startOutbound, .endPilot, .cutover, .deliveryTarget, .lockdown, .transportPolicyAfter,
      .restoreTTL, .laterSettings, .changeSigning, .retireKey,
    ] + DMARCStage.steps.map(Self.dmarc)
}

extension Phase.Kind {
  fileprivate var step: Step {
    switch self {
    case .administratorLogin, .accounts, .userLogin: .login
    case .reportAuthorization, .senderAuthentication: .senderAuthentication
    case .addressNotice, .signIn, .connect, .startInbound, .startOutbound, .archive, .endPilot:
      .mailServer
    case .transportPolicyBefore, .ttl: .ttl
    case .settings, .laterSettings: .settings
    case .cutover: .mxCutover
    case .deliveryTarget: .deliveryTarget
    case .lockdown, .transportPolicyAfter, .restoreTTL, .changeSigning, .retireKey, .dmarc:
      .afterwards
    }
  }
}
