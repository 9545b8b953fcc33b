internal import Procedure
internal import Wording

// What the key table does not say: how an answer is typed, and where the value is to be had.

extension Topic {
  /// The title of the question, where the key's own would not do.
  var about: LocalizedText? {
    switch self {
    case .language: .init(ja: "言語", en: "Language")
    case .mailServer: .init(ja: "メールサーバーの種類", en: "The kind of mail server")
    case .senders: .init(ja: "今メールを送っている送信元(SPFの項)", en: "What sends mail today, as SPF terms")
    case .reports: .init(ja: "DMARCの集計レポートの宛先", en: "Where DMARC's aggregate reports go")
    case .contact: .init(ja: "作業する人や確認先", en: "A person who does the work or is asked")
    case .zone: .init(ja: "現在のゾーンファイル", en: "The file of the zone as it is")
    default: nil
    }
  }

  /// Where the value is to be had.
  var source: LocalizedText? {
    switch self {
    case .services, .options: MissingInput.Source.openingNotice.wording
    case .accessName, .redirect, .origin: MissingInput.Source.openingNotice.wording
    case .mx, .relay, .egress, .spf, .loopGuard: MissingInput.Source.vendor.wording
    case .console:
      .init(
        ja: "MailGatesの管理者モードのメニュー。「メールセキュリティ」か「スパムメール管理」",
        en: "the menu of 管理者モード in MailGates: メールセキュリティ or スパムメール管理")
    case .tenant, .deliveryHost:
      .init(
        ja: "Microsoft 365なら管理センターの「設定 > ドメイン」",
        en: "for Microsoft 365, Settings > Domains of its admin center")
    case .zone:
      .init(
        ja: "DNSの管理画面の書き出し。なければゾーンは不明として扱う",
        en: "an export of the DNS service; without one the zone counts as unknown")
    default: nil
    }
  }

  /// How an answer is typed.
  var form: LocalizedText? {
    switch self {
    case .services: .init(ja: "番号か語。両方なら 1,2", en: "numbers or words; 1,2 for both")
    case .mailServer:
      .init(
        ja: "番号か語。名前を付けるなら 名前=種類",
        en: "a number or word; NAME=KIND to give it a name")
    case .mx: .init(ja: "ホスト 優先度。いくつもあれば , で区切る", en: "HOST PREFERENCE; , between several")
    case .relay:
      .init(
        ja: "ホスト ポート TLS。省けば25とopportunistic。TLSは opportunistic、required、certificate",
        en:
          "HOST PORT TLS; 25 and opportunistic if left out. TLS is opportunistic, required or certificate"
      )
    case .egress, .addresses, .senders: .init(ja: "いくつもあれば , で区切る", en: ", between several")
    case .reports: .init(ja: "メールアドレス。いくつもあれば , で区切る", en: "mail addresses, with , between")
    case .loopGuard:
      .init(
        ja: "ヘッダー名: 値。配送元アドレスで見分けるなら egress",
        en: "NAME: VALUE of a header field, or egress for the gateway's addresses")
    case .signIn:
      .init(ja: "oauth か saml:IdPサービス名:担当者", en: "oauth, or saml:PROVIDER:PERSON")
    case .lockdown:
      .init(
        ja: "address か certificate:証明書の名前。遮断しないなら none",
        en: "address, or certificate:NAME; none to leave it open")
    case .contact:
      .init(
        ja: "立場 氏名 メールアドレス。立場は customer、reseller、vendor",
        en: "ROLE NAME ADDRESS; the role is customer, reseller or vendor")
    case .cutover: .init(ja: "時差を付けた日時", en: "a date and time with its offset")
    default: nil
    }
  }

  /// An answer, where the key table has none of its form.
  var example: String? {
    switch self {
    case .tenant: "kaedetrading.onmicrosoft.com"
    case .host: "mail.kaede.example"
    case .accessName: "kaede"
    case .origin: "https://origin.gateway.example"
    case .mx: "mx1.gateway.example 10, mx2.gateway.example 20"
    case .relay: "relay.gateway.example 25 required"
    case .spf: "spf.gateway.example"
    case .loopGuard: "X-Example-Loop: kaede"
    case .deliveryHost: "kaede-example.mail.protection.outlook.com"
    case .addresses: "203.0.113.25"
    case .zone: "zones/kaede.example.zone"
    case .senders: "include:spf.protection.outlook.com, ip4:198.51.100.7"
    case .reports: "dmarc@kaede.example"
    case .contact: "customer 情報システム部 佐藤 it@kaede.example"
    default: nil
    }
  }
}
