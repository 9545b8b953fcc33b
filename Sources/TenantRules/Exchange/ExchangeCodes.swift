internal import Diagnostics
internal import Wording

// The codes of ExchangeRules.swift.
extension DiagnosticCode {
  static let exchangePort = DiagnosticCode(
    4001, .error,
    title: .init(ja: "25番でない中継先のポート", en: "a relay port other than 25"),
    explanation: .init(
      ja: "送信コネクタにはポートの指定がなく、必ず25番に送ります。MAILGATES Σも25番で受けます。gateway.relay の port を25にします。",
      en:
        "An outbound connector has no port to set and always sends to 25, which is where MAILGATES Σ listens. Write port 25 in gateway.relay."
    ),
    example: "gateway: { relay: { host: relay.gateway.example, port: 587, tls: required } }",
    source: "New-OutboundConnector; article 44234964774425")
  static let exchangeIPv6 = DiagnosticCode(
    4002, .error,
    title: .init(ja: "コネクタに書けないIPv6", en: "IPv6 in a connector"),
    explanation: .init(
      ja:
        "受信コネクタの -SenderIPAddresses はIPv4だけです。IPv6を渡すとコネクタが作られず、MailGatesから来るメールを見分けられません。IPv4のアドレスだけを gateway.egress に書けるか、提供元に確かめます。",
      en:
        "-SenderIPAddresses of an inbound connector takes IPv4 only. With IPv6 the connector is not made, and mail from MailGates is not known as such. Ask the vendor whether its IPv4 addresses alone will do in gateway.egress."
    ),
    example: "gateway: { egress: [2001:db8::/64] }", source: "New-InboundConnector")
  static let exchangePrefix = DiagnosticCode(
    4003, .error,
    title: .init(ja: "コネクタに書けない広さのネットワーク", en: "a network too wide for a connector"),
    explanation: .init(
      ja: "受信コネクタの -SenderIPAddresses は /24 から /32 までです。広いネットワークは /24 に分けて書きます。",
      en: "-SenderIPAddresses takes /24 to /32. Wider networks are written as several /24."),
    example: "gateway: { egress: [198.51.100.0/23] }", source: "New-InboundConnector")
  static let exchangeName = DiagnosticCode(
    4005, .error,
    title: .init(ja: "長すぎるルールの名前", en: "a rule with too long a name"),
    explanation: .init(
      ja: "コネクタとメールフロールールの名前は64文字までです。名前は「MailGates メールサーバー名 用途」の形になります。",
      en:
        "Names of connectors and mail flow rules have at most 64 characters. They are MailGates, the mail server's name, and what it is for."
    ),
    example: "mailServers: [{ name: <45文字の名前>, microsoft365: … }]",
    source: "New-OutboundConnector; New-TransportRule")
  static let exchangeOpen = DiagnosticCode(
    4006, .note,
    title: .init(ja: "遮断されない直接配送", en: "direct delivery that stays open"),
    explanation: .init(
      ja:
        "….mail.protection.outlook.com は公開されていて推測でき、認証なしで受け取ります。MXを切り替えても、直接送られたメールはMailGatesを通りません。",
      en:
        "….mail.protection.outlook.com is public, can be guessed and takes mail from anybody. After the cutover, mail sent there directly does not pass MailGates."
    ),
    example: "microsoft365: { tenant: kaede.onmicrosoft.com, … }",
    source: "Manage mail flow using a third-party cloud service, step 4")
  static let exchangeBypass = DiagnosticCode(
    4007, .warning,
    title: .init(ja: "共有アドレスでのスパム判定の省略", en: "spam filtering left out for shared addresses"),
    explanation: .init(
      ja:
        "SCLを-1にするルールは、MailGatesのアドレスから来るメールをすべて通します。ほかのお客様のなりすましメールも同じアドレスから来ます。拡張フィルター処理なら、元の送信元で判定します。",
      en:
        "A rule that sets SCL -1 passes all mail from MailGates' addresses, and spoofed mail by way of other customers comes from the same ones. Enhanced filtering judges by the original sender."
    ),
    example: "microsoft365: { …, spamBypass: scl }", source: "Enhanced filtering for connectors")
  static let exchangeIDN = DiagnosticCode(
    4008, .warning,
    title: .init(
      ja: "Microsoft 365の国際化ドメイン名", en: "an internationalized domain with Microsoft 365"),
    explanation: .init(
      ja: "Microsoftは、自組織の利用者に国際化ドメイン名を使えないと告知しました(2017年)。今も同じかは確かめられていません。",
      en:
        "Microsoft has announced that its own users cannot have internationalized domains (2017). Whether that is still so is not known."
    ),
    example: "domains: [{ name: もみじ商店.example, mailServer: m365 }]",
    source: "Exchange team, EAI announcement, 2017-12")
  static let exchangeTenant = DiagnosticCode(
    4009, .warning,
    title: .init(ja: "onmicrosoft.comでないテナント", en: "a tenant not beneath onmicrosoft.com"),
    explanation: .init(
      ja: "テナント自身のドメインは ….onmicrosoft.com です。PowerShellの接続先に使います。管理センターで初期ドメインを確かめます。",
      en:
        "A tenant's own domain is ….onmicrosoft.com. PowerShell connects by it. Look the initial domain up in the admin center."
    ),
    example: "microsoft365: { tenant: kaede.example, … }", source: "Connect-ExchangeOnline")
  static let exchangeDelivery = DiagnosticCode(
    4010, .note,
    title: .init(ja: "配送先のないMicrosoft 365", en: "Microsoft 365 without a delivery host"),
    explanation: .init(
      ja: "配送先のホストはドメインごとに違い、名前から作れません(mx.microsoft で終わることもあります)。管理センターの表示を写します。",
      en:
        "The host differs by domain and cannot be derived from its name; it may end in mx.microsoft. Copy it from the admin center."
    ),
    example: "domains: [{ name: kaede.example, mailServer: m365 }]", source: "MC1048624")
  static let foreignSharedMailbox = DiagnosticCode(
    4014, .warning,
    title: .init(ja: "契約ドメインにない共有メールボックス", en: "a shared mailbox outside the contract"),
    explanation: .init(
      ja: "「ログイン免除」は契約ドメインのアドレスに設定します。",
      en: "ログイン免除 is set for addresses of the contract's domains."),
    example: "sharedMailboxes: [info@kaeed.example]", source: "article 44235421260953")
}
