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

  package enum Kind: String, CaseIterable, Sendable {
    case addressNotice
    case administratorLogin
    case signIn
    case userLogin
    case senderAuthentication
    case connect
    case ttl
    case settings
    case startInbound
    case startOutbound
    case cutover
    case deliveryTarget
    case lockdown
    case restoreTTL
    case nextPolicy

    package var title: LocalizedText {
      switch self {
      case .addressNotice: .init(ja: "送信元アドレスの事前連絡", en: "Tell the vendor the source addresses")
      case .administratorLogin: .init(ja: "管理者のログイン確認", en: "Log in as an administrator")
      case .signIn: .init(ja: "サインイン方式の設定と利用者の取り込み", en: "Set up sign-in and import the users")
      case .userLogin: .init(ja: "一般利用者のログイン確認", en: "Log in as an ordinary user")
      case .senderAuthentication: .init(ja: "SPF・DKIM・DMARCの公開", en: "Publish SPF, DKIM and DMARC")
      case .connect: .init(ja: "メールサーバーとの接続の準備", en: "Prepare the connection of the mail server")
      case .ttl: .init(ja: "MXのTTLを下げる", en: "Lower the TTL of the MX")
      case .settings: .init(ja: "管理画面の設定", en: "Settings in the console")
      case .startInbound: .init(ja: "受信の接続を有効にする", en: "Start the inbound connection")
      case .startOutbound: .init(ja: "送信の経路を切り替える", en: "Start the outbound route")
      case .cutover: .init(ja: "MXの切替", en: "Change the MX")
      case .deliveryTarget: .init(ja: "メール配送先の変更", en: "Change the delivery target")
      case .lockdown: .init(ja: "直接配送の遮断", en: "Close direct delivery")
      case .restoreTTL: .init(ja: "TTLを元に戻す", en: "Restore the TTL")
      case .nextPolicy: .init(ja: "DMARCの次の段階", en: "The next stage of DMARC")
      }
    }
  }
}

extension Procedure {
  /// The work that this contract and these mail servers ask for, in the order of doing.
  package var phases: [Phase] {
    let clock = Clock(self)
    return Phase.Kind.allCases.compactMap { kind in
      guard asks(for: kind) else { return nil }
      return Phase(
        kind: kind, step: kind.step, window: clock.window(of: kind),
        role: kind == .addressNotice ? .reseller : .customer)
    }
  }

  private func asks(for kind: Phase.Kind) -> Bool {
    switch kind {
    case .administratorLogin, .connect: true
    case .settings: !screens.isEmpty
    case .signIn, .userLogin: tenant.mailServers.contains { $0.signIn != nil }
    case .addressNotice:
      services.outbound != nil && tenant.mailServers.contains { !$0.addresses.isEmpty }
    case .senderAuthentication, .startOutbound, .deliveryTarget: services.outbound != nil
    case .ttl: domains.contains { $0.lowerTTL != nil }
    case .cutover: domains.contains { $0.cutover != nil }
    case .startInbound:
      services.inbound != nil && tenant.mailServers.contains { $0.family == .microsoft365 }
    case .lockdown: services.inbound != nil && connections.contains { $0.lockdown != nil }
    case .restoreTTL: domains.contains { $0.restoreTTL != nil }
    case .nextPolicy:
      services.outbound != nil && tenant.domains.contains { $0.dmarc?.policy.value.next != nil }
    }
  }
}

extension Phase.Kind {
  fileprivate var step: Step {
    switch self {
    case .administratorLogin, .userLogin: .login
    case .senderAuthentication: .senderAuthentication
    case .addressNotice, .signIn, .connect, .startInbound, .startOutbound: .mailServer
    case .ttl: .ttl
    case .settings: .settings
    case .cutover: .mxCutover
    case .deliveryTarget: .deliveryTarget
    case .lockdown, .restoreTTL, .nextPolicy: .afterwards
    }
  }
}
