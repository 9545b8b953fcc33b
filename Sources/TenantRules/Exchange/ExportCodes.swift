internal import Diagnostics
internal import Wording

// The codes of ExportRules.swift.
extension DiagnosticCode {
  static let exportOfAnotherTenant = DiagnosticCode(
    4122, .error,
    title: .init(ja: "別のテナントのexport", en: "an export of another tenant"),
    explanation: .init(
      ja: "別の組織のコネクタやドメインと比べると、計画も警告も誤ります。正しいテナントに接続してpreflight.ps1を実行します。",
      en:
        "Compared with the connectors and domains of another organization, plan and findings would be wrong. Run preflight.ps1 while connected to the right one."
    ),
    example: #"{ "format_version": 1, "tenant": "momiji.onmicrosoft.com" }"#)
  static let oldExport = DiagnosticCode(
    4123, .warning,
    title: .init(ja: "古いexport", en: "an old export"),
    explanation: .init(
      ja: "記録してから7日を過ぎると、その間に誰かが設定を変えたかもしれません。7日はmgcの目安です。スクリプトは実行のたびに読み直します。",
      en:
        "After seven days somebody may have changed the settings. Seven days are mgc's own choice. The scripts read anew whenever they run."
    ),
    example: #"{ "format_version": 1, "recorded": "2026-01-05T09:00:00Z" }"#)
  static let domainNotAccepted = DiagnosticCode(
    4124, .warning,
    title: .init(ja: "承認済みでないドメイン", en: "a domain that is not accepted"),
    explanation: .init(
      ja: "承認済みドメインでない宛先のメールは、MailGatesから届いてもMicrosoft 365が受け取りません。",
      en:
        "Microsoft 365 does not take mail for a domain that it has not accepted, even when MailGates delivers it."
    ),
    example: "domains: [{ name: kaede-shop.example, mailServer: m365 }]",
    source: "Fix NDR error 5.4.6 through 5.4.20")
  static let domainNotAuthoritative = DiagnosticCode(
    4125, .warning,
    title: .init(ja: "権限ありでない承認済みドメイン", en: "an accepted domain that is not Authoritative"),
    explanation: .init(
      ja:
        "InternalRelayのドメインでは、Microsoft 365にない宛先のメールが外へ送られます。MXがMailGatesを指すとMailGatesへ戻り、554 5.4.14 で終わるループになります。",
      en:
        "Of an InternalRelay domain, mail to recipients that Microsoft 365 does not have is sent out again. With the MX at MailGates it comes back, a loop that ends in 554 5.4.14."
    ),
    example: #"{ "DomainName": "kaede.example", "DomainType": "InternalRelay" }"#,
    source: "Fix NDR error 5.4.6 through 5.4.20")
  static let otherDomainRefused = DiagnosticCode(
    4126, .warning,
    title: .init(ja: "遮断に巻き込まれるドメイン", en: "a domain that the lockdown takes along"),
    explanation: .init(
      ja:
        "遮断は組織のすべての承認済みドメインに効きます。MXがMailGatesを指していないドメインのメールは、すべて拒否されます。lockdown.ps1は、そのようなドメインがあると止まります。",
      en:
        "The lockdown applies to every accepted domain of the organization. All mail for a domain whose MX does not name MailGates is refused. lockdown.ps1 stops where there is one."
    ),
    example: #"{ "DomainName": "kaede-events.example", "DomainType": "Authoritative" }"#,
    source: "Manage mail flow using a third-party cloud service, step 4")
  static let exchangeDKIMOff = DiagnosticCode(
    4127, .note,
    title: .init(ja: "Microsoft 365のDKIM署名が無効", en: "DKIM is off in Microsoft 365"),
    explanation: .init(
      ja:
        "MailGatesを通らないメール(会議の通知やパイロット以外の方のメールなど)は、Microsoft 365の署名がなければDKIMで認証されません。MailGatesが書き換えるメールには、MailGatesの署名が必要です。",
      en:
        "Mail that does not pass MailGates, such as that of people outside the pilot, is not authenticated by DKIM unless Microsoft 365 signs it. What MailGates changes needs MailGates' own signature."
    ),
    example: #"{ "Domain": "kaede.example", "Enabled": false }"#,
    source: "Get-DkimSigningConfig")
  static let onPremisesOverlap = DiagnosticCode(
    4128, .warning,
    title: .init(
      ja: "MailGatesのアドレスを持つOnPremisesコネクタ", en: "an OnPremises connector of MailGates' addresses"),
    explanation: .init(
      ja:
        "OnPremisesのコネクタに合うメールを、Microsoft 365は自社から送られたものとして扱います。送信コネクタに渡されてMailGatesへ戻り、554 5.4.14 で終わるループになります。MailGatesの受信コネクタはPartnerでなければなりません。",
      en:
        "Microsoft 365 takes mail that matches an OnPremises connector for mail of its own and hands it to the outbound connector: back to MailGates, a loop that ends in 554 5.4.14. The connector for MailGates has to be Partner."
    ),
    example:
      #"{ "Name": "Old gateway", "ConnectorType": "OnPremises", "SenderIPAddresses": ["192.0.2.0/24"] }"#,
    source: "New-InboundConnector")
  static let connectorInTestMode = DiagnosticCode(
    4129, .warning,
    title: .init(ja: "テスト モードのコネクタ", en: "a connector in test mode"),
    explanation: .init(
      ja: "テスト モードのコネクタは、一覧の普通の取得では見えません。誰かが試している途中か、忘れられたものです。",
      en:
        "Usual listings do not show connectors in test mode. Somebody is trying something out, or has forgotten it."
    ),
    example: #"{ "Name": "Trial", "TestMode": true }"#, source: "Get-OutboundConnector")
  static let otherBypassRule = DiagnosticCode(
    4130, .warning,
    title: .init(ja: "迷惑メールの判定を省くルール", en: "a rule that skips the spam filter"),
    explanation: .init(
      ja:
        "SCLを-1にするルールと拡張フィルター処理は一緒に使えません(Microsoftの案内)。条件によっては、なりすましメールも通ります。",
      en:
        "Rules that set SCL -1 do not go together with enhanced filtering (so Microsoft says), and may let spoofed mail pass."
    ),
    example: #"{ "Name": "Old gateway", "State": "Enabled", "SetSCL": "-1" }"#,
    source: "Enhanced filtering for connectors")
  static let otherRoutingRule = DiagnosticCode(
    4131, .warning,
    title: .init(ja: "メールの経路を決める別のルール", en: "another rule that routes mail"),
    explanation: .init(
      ja:
        "1通のメールに経路を決めるルールが2つ合うと、先に処理を終えるほうで決まります。MailGatesを通らないか、二重に通ることがあります。",
      en:
        "Where two rules that route match one mail, the one that stops processing first decides. Mail may miss MailGates, or pass it twice."
    ),
    example: #"{ "Name": "Partner", "RouteMessageOutboundConnector": "Partner relay" }"#,
    source: "New-TransportRule")
  static let otherWayOut = DiagnosticCode(
    4132, .warning,
    title: .init(ja: "すべての宛先に使われる別の送信コネクタ", en: "another outbound connector for all domains"),
    explanation: .init(
      ja:
        "MailGatesへ送るルールに合わないメールは、このコネクタで外へ出ます。以前のゲートウェイのものなら、MailGatesのあとにもう一度通ることもあります。",
      en:
        "What the rule for MailGates does not match leaves by this connector. If it is of an earlier gateway, mail may pass both."
    ),
    example: #"{ "Name": "Old gateway", "Enabled": true, "RecipientDomains": ["*"] }"#,
    source: "New-OutboundConnector")
  static let directSendRefused = DiagnosticCode(
    4133, .warning,
    title: .init(ja: "すでに有効なRejectDirectSend", en: "RejectDirectSend is on already"),
    explanation: .init(
      ja:
        "RejectDirectSendは、自社ドメインを差出人とする匿名のメールを拒否します。例外は、アドレスか証明書で相手を見分ける受信コネクタに合うメールだけです。遮断までの受信コネクタはどちらでも見分けないので、MailGates経由のそのようなメール(転送やクラウドサービスからの通知)も 550 5.7.68 で拒否されます。",
      en:
        "RejectDirectSend refuses anonymous mail with one's own domains as the sender, unless it matches an inbound connector that knows its sender by address or certificate. Until the lockdown the connector knows neither, so such mail by way of MailGates (forwarded, or of a cloud service) is refused with 550 5.7.68."
    ),
    example: #"{ "RejectDirectSend": true }"#, source: "Set-OrganizationConfig")
  static let nameTwice = DiagnosticCode(
    4134, .warning,
    title: .init(ja: "同じ名前のコネクタやルール", en: "connectors or rules of one name"),
    explanation: .init(
      ja: "スクリプトは名前で見分けます。同じ名前が2つあると、どちらを直すのか分からないので止まります。",
      en:
        "Scripts know objects by their names. Where two have one, they stop and leave it to people."
    ),
    example: #"{ "Name": "MailGates m365 outbound" }, { "Name": "MailGates m365 outbound" }"#)
}
