package import Wording

/// The Google Admin console and Google Cloud console in their own words. Where Google's Japanese
/// wording was not seen, the Japanese text describes the field and adds the English label.
package enum GoogleConsole {
  /// The way to a screen, from the menu on.
  package struct Place: Sendable {
    package let ja: [String]
    package let en: [String]

    package subscript(language: Language) -> [String] {
      switch language {
      case .ja: ja
      case .en: en
      }
    }
  }

  private static func help<Value>(_ value: Value, _ answer: String) -> Fact<Value> {
    Fact(
      value: value, source: "https://support.google.com/a/answer/" + answer, read: "2026-11-23")
  }

  private static func gmail(_ ja: [String], _ en: [String], _ answer: String) -> Fact<Place> {
    help(
      Place(
        ja: ["アプリ", "Google Workspace", "Gmail"] + ja,
        en: ["Apps", "Google Workspace", "Gmail"] + en), answer)
  }

  /// Where people sign in as administrators.
  package static let adminAddress = "https://admin.google.com/"
  package static let cloudAddress = "https://console.cloud.google.com/"

  package static let inboundGateway = gmail(
    ["迷惑メール、フィッシング、不正なソフトウェア", "受信ゲートウェイ"],
    ["Spam, Phishing and Malware", "Inbound gateway"], "60730")
  package static let hosts = gmail(["ホスト"], ["Hosts"], "2614757")
  package static let routing = gmail(["ルーティング"], ["Routing"], "6297084")
  package static let endUserAccess = gmail(["エンドユーザーのアクセス"], ["End User Access"], "176054")
  /// Changes take up to this many hours (answer 6297084).
  package static let delayHours = help(24, "6297084")

  // The fields of the inbound gateway.
  package static let gatewayIPs = LocalizedText(ja: "ゲートウェイの IP", en: "Gateway IPs")
  package static let detectExternalIP = LocalizedText(
    ja: "外部 IP を自動検出する", en: "Automatically detect external IP")
  package static let rejectOthers = LocalizedText(
    ja: "ゲートウェイから届いたものではないメールを拒否", en: "Reject all mail not from gateway IPs")
  package static let requireGatewayTLS = LocalizedText(
    ja: "ゲートウェイからの接続に TLS を必須とする",
    en: "Require TLS for connections from the email gateways listed above")
  package static let messageTagging = LocalizedText(ja: "メッセージ タグ", en: "Message Tagging")

  // The fields of a mail route and of a routing setting.
  package static let addRoute = LocalizedText(ja: "ルートを追加", en: "Add route")
  package static let singleHost = LocalizedText(ja: "単一ホスト", en: "Single host")
  package static let lookUpMX = LocalizedText(
    ja: "ホストのMXを調べて配送する (Perform MX lookup on host)", en: "Perform MX lookup on host")
  package static let requireTLS = LocalizedText(
    ja: "TLSでの配送を必須にする (Require TLS)",
    en: "Require mail to be transmitted via a secure (TLS) connection")
  package static let requireSignedCertificate = LocalizedText(
    ja: "CAが署名した証明書を必須にする (Require CA signed certificate)",
    en: "Require CA signed certificate")
  package static let validateHostName = LocalizedText(
    ja: "証明書のホスト名を検証する (Validate certificate hostname)",
    en: "Validate certificate hostname")
  package static let perUserGateways = LocalizedText(
    ja: "ユーザーごとの送信ゲートウェイ", en: "Allow per-user outbound gateways")
}
