internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel
internal import Wording

/// Where each phase is done, and whom to call when it does not work.
struct RunbookPlaces {
  private let procedure: Procedure

  init(_ procedure: Procedure) { self.procedure = procedure }

  private static let console = Phrase(ja: "MailGatesの管理者画面", en: "MailGates' console")
  private static let dns = Phrase(ja: "DNSサービスの管理画面", en: "the screens of the DNS service")

  func place(_ kind: Phase.Kind) -> Phrase {
    switch kind {
    case .addressNotice:
      .init(ja: "提供元のサポート窓口への連絡", en: "a message to the vendor's support")
    case .administratorLogin, .userLogin: login
    case .signIn: listed(servers { $0.signIn != nil }.map(\.screens) + [Self.console])
    case .accounts, .settings, .laterSettings, .changeSigning: Self.console
    case .senderAuthentication:
      procedure.domains.contains { !$0.domain.dkim.isEmpty }
        ? listed([Self.dns, Self.console]) : Self.dns
    case .ttl, .cutover, .restoreTTL, .retireKey, .nextPolicy: Self.dns
    case .transportPolicyBefore, .transportPolicyAfter:
      listed([.init(ja: "お客様のウェブサーバー", en: "your own web host"), Self.dns])
    case .connect, .startOutbound: listed(servers { _ in true }.map(\.workplace))
    case .startInbound, .endPilot:
      listed(servers { $0.family == .microsoft365 }.map(\.workplace))
    case .lockdown:
      listed(procedure.connections.filter(procedure.isClosed).map(\.server.workplace))
    case .deliveryTarget:
      .init(
        ja: "\(Self.console.ja)の「管理」>「メール配送先管理」>「メール配送先設定」",
        en: "\(Self.console.en), 「管理」>「メール配送先管理」>「メール配送先設定」")
    }
  }

  private func servers(_ isMeant: (MailServer) -> Bool) -> [MailServer] {
    procedure.tenant.mailServers.filter(isMeant)
  }

  private var login: Phrase {
    let addresses = procedure.tenant.loginAddresses.map { "\(code: $0)" as Prose }
    return .init(
      ja: addresses.joined(separator: "、"), en: addresses.joined(separator: ", "))
  }

  private func listed(_ places: [Phrase]) -> Phrase {
    .init(
      ja: places.map(\.ja).joined(separator: "、"), en: places.map(\.en).joined(separator: ", "))
  }

  /// The reseller first, for it knows this customer; then the vendor.
  func call(_ role: Contact.Role) -> Phrase {
    let roles: [Contact.Role] =
      switch role {
      case .customer, .vendor: [.reseller, .vendor]
      case .reseller: [.vendor]
      }
    let people = roles.flatMap { role in
      procedure.tenant.contacts.filter { $0.role == role }.map { contact in
        let name = RunbookWords.role(role)
        let person: Prose =
          "\(text: contact.name.value.text) (\(text: contact.mail.value.description))"
        return Phrase(ja: "\(name.ja) \(person)", en: "\(name.en) \(person)")
      }
    }
    let support = Phrase(ja: "提供元のサポート窓口", en: "the vendor's support")
    let hasVendor = procedure.tenant.contacts.contains { $0.role == .vendor }
    return listed(hasVendor ? people : people + [support])
  }
}

extension MailServer {
  /// Where people set up how its users sign in.
  fileprivate var screens: Phrase {
    switch kind {
    case .microsoft365:
      .init(
        ja: "\(text: name.value.text): Microsoft Entra管理センター",
        en: "\(text: name.value.text): the Microsoft Entra admin center")
    case .googleWorkspace:
      .init(
        ja: "\(text: name.value.text): Google Cloudコンソール",
        en: "\(text: name.value.text): the Google Cloud console")
    case .postfix, .other: workplace
    }
  }

  /// Where people connect it.
  fileprivate var workplace: Phrase {
    switch kind {
    case .microsoft365:
      .init(
        ja: "\(text: name.value.text): Exchange OnlineのPowerShell",
        en: "\(text: name.value.text): PowerShell for Exchange Online")
    case .googleWorkspace:
      .init(
        ja: "\(text: name.value.text): Googleの管理コンソール",
        en: "\(text: name.value.text): the Google Admin console")
    case .postfix(let server):
      .init(
        ja: "\(text: name.value.text): サーバー \(code: server.host.value.ascii)",
        en: "\(text: name.value.text): the server \(code: server.host.value.ascii)")
    case .other(let server):
      .init(
        ja: "\(text: name.value.text): \(text: server.description.value.text)",
        en: "\(text: name.value.text): \(text: server.description.value.text)")
    }
  }
}
