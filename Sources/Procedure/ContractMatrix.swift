package import TenantModel
package import Wording

/// Which steps, connections and settings a contract asks for: the tables of article 4402739136153
/// as data, and nowhere else.
package enum ContractMatrix {
  /// Whether each service asks for an item.
  package struct Row<Item: Sendable>: Sendable {
    package let item: Item
    package let inboundSecurity: Bool
    package let leakPrevention: Bool

    package init(_ item: Item, inboundSecurity: Bool, leakPrevention: Bool) {
      self.item = item
      self.inboundSecurity = inboundSecurity
      self.leakPrevention = leakPrevention
    }

    /// Whether the service alone asks for the item.
    package func isAsked(by service: Service) -> Bool {
      switch service {
      case .inboundSecurity: inboundSecurity
      case .leakPrevention: leakPrevention
      }
    }

    /// Whether any service of the contract asks for the item.
    package func isAsked(by contract: Contract) -> Bool {
      Service.allCases.contains { contract.includes($0) && isAsked(by: $0) }
    }

    /// The services that ask for the item.
    package var services: [Service] { Service.allCases.filter { isAsked(by: $0) } }
  }

  package static let steps: [Row<Step>] = [
    Row(.login, inboundSecurity: true, leakPrevention: true),
    Row(.senderAuthentication, inboundSecurity: false, leakPrevention: true),
    Row(.mailServer, inboundSecurity: true, leakPrevention: true),
    Row(.ttl, inboundSecurity: true, leakPrevention: false),
    Row(.settings, inboundSecurity: true, leakPrevention: true),
    Row(.mxCutover, inboundSecurity: true, leakPrevention: false),
    Row(.deliveryTarget, inboundSecurity: false, leakPrevention: true),
    Row(.afterwards, inboundSecurity: true, leakPrevention: true),
  ]

  /// The mail servers that the article tells apart.
  package enum Family: CaseIterable, Sendable {
    case googleWorkspace
    case microsoft365
    /// Postfix and the like.
    case other
  }

  /// What is done on the mail server in step 3.
  package enum Connection: String, CaseIterable, Sendable {
    /// 連携設定(受信ゲートウェイ)
    case inboundGateway = "inbound-gateway"
    /// 連携設定(送信ゲートウェイ)
    case outboundGateway = "outbound-gateway"
    /// 連携設定(受信コネクタの設定)
    case inboundConnector = "inbound-connector"
    /// 連携設定(送信コネクタの設定・アーカイブなし)
    case outboundConnector = "outbound-connector"
    /// OAuth 2.0 クライアントID設定; not needed where SAML is used.
    case oauthClient = "oauth-client"
    /// See that the server accepts what arrives by way of MailGates.
    case acceptFromGateway = "accept-from-gateway"
    /// Change the delivery route so that mail leaves by way of MailGates.
    case routeToGateway = "route-to-gateway"
  }

  package static func connections(of family: Family) -> [Row<Connection>] {
    switch family {
    case .googleWorkspace:
      [
        Row(.inboundGateway, inboundSecurity: true, leakPrevention: false),
        Row(.outboundGateway, inboundSecurity: false, leakPrevention: true),
        Row(.oauthClient, inboundSecurity: true, leakPrevention: true),
      ]
    case .microsoft365:
      [
        Row(.inboundConnector, inboundSecurity: true, leakPrevention: false),
        Row(.outboundConnector, inboundSecurity: false, leakPrevention: true),
        Row(.oauthClient, inboundSecurity: true, leakPrevention: true),
      ]
    case .other:
      [
        Row(.acceptFromGateway, inboundSecurity: true, leakPrevention: false),
        Row(.routeToGateway, inboundSecurity: false, leakPrevention: true),
      ]
    }
  }

  /// The settings of step 5.
  package enum Setting: String, CaseIterable, Sendable {
    case groups
    case mailProcessing
    case lists
    case filtering
    case bec
    case review
    case delay
    case bcc
    case zip
    case attachmentLink

    /// The article's name for it.
    package var title: LocalizedText {
      switch self {
      case .groups: .init(ja: "グループ管理", en: "Group management (グループ管理)")
      case .mailProcessing: .init(ja: "メール処理", en: "Mail processing (メール処理)")
      case .lists: .init(ja: "許可・拒否設定", en: "Allow and deny lists (許可・拒否設定)")
      case .filtering: .init(ja: "フィルタリング設定", en: "Filtering (フィルタリング設定)")
      case .bec: .init(ja: "BEC保護管理", en: "BEC protection (BEC保護管理)")
      case .review: .init(ja: "メール審査", en: "Mail review (メール審査)")
      case .delay: .init(ja: "遅延送信設定", en: "Delayed sending (遅延送信設定)")
      case .bcc: .init(ja: "BCC変換", en: "BCC conversion (BCC変換)")
      case .zip: .init(ja: "ZIP暗号化", en: "ZIP encryption (ZIP暗号化)")
      case .attachmentLink: .init(ja: "添付ファイルリンク", en: "Attachment link (添付ファイルリンク)")
      }
    }

    /// Whether it is set by what arrives once users work with MailGates, and not before.
    package var isAfterStart: Bool {
      switch self {
      case .lists, .bec: true
      case .groups, .mailProcessing, .filtering, .review, .delay, .bcc, .zip, .attachmentLink: false
      }
    }

    /// When the article says to set it.
    package var timing: LocalizedText {
      switch self {
      case .groups:
        .init(
          ja: "審査ルールや許可・拒否設定をグループに適用するときのみ",
          en: "Only where review rules or lists apply to groups")
      case .mailProcessing: .init(ja: "運用開始前を推奨", en: "Recommended before users start")
      case .lists, .bec:
        .init(ja: "運用開始後、届くスパムに応じて", en: "After the start, by the spam that arrives")
      case .filtering: .init(ja: "初期値を変えるとき", en: "Where the defaults should change")
      case .review, .delay, .zip, .attachmentLink: .init(ja: "必要に応じて", en: "As needed")
      case .bcc: .init(ja: "必要なときのみ(ほとんど使わない)", en: "Rarely used: only where needed")
      }
    }
  }

  package static let settings: [Row<Setting>] = [
    Row(.groups, inboundSecurity: true, leakPrevention: true),
    Row(.mailProcessing, inboundSecurity: true, leakPrevention: false),
    Row(.lists, inboundSecurity: true, leakPrevention: false),
    Row(.filtering, inboundSecurity: true, leakPrevention: false),
    Row(.bec, inboundSecurity: true, leakPrevention: false),
    Row(.review, inboundSecurity: false, leakPrevention: true),
    Row(.delay, inboundSecurity: false, leakPrevention: true),
    Row(.bcc, inboundSecurity: false, leakPrevention: true),
    Row(.zip, inboundSecurity: false, leakPrevention: true),
    Row(.attachmentLink, inboundSecurity: false, leakPrevention: true),
  ]

  package static func row(of setting: Setting) -> Row<Setting> {
    settings.first { $0.item == setting }
      ?? Row(setting, inboundSecurity: false, leakPrevention: false)
  }

  /// The steps that the contract asks for, in order.
  package static func steps(for contract: Contract) -> [Step] {
    steps.filter { $0.isAsked(by: contract) }.map(\.item)
  }
}

extension MailServer {
  /// What the article counts it among.
  package var family: ContractMatrix.Family {
    switch kind {
    case .googleWorkspace: .googleWorkspace
    case .microsoft365: .microsoft365
    case .postfix, .other: .other
    }
  }
}

extension Service {
  /// The article's name of the service.
  package var title: LocalizedText {
    switch self {
    case .inboundSecurity: .init(ja: "入口対策基本サービス", en: "inbound-security (入口対策基本サービス)")
    case .leakPrevention: .init(ja: "情報漏洩対策基本サービス", en: "leak-prevention (情報漏洩対策基本サービス)")
    }
  }
}
