package import Wording

/// The steps of the onboarding, in the vendor's numbering (article 4402739136153); 8 is mgc's own.
package enum Step: Int, CaseIterable, Comparable, Sendable {
  case login = 1
  case senderAuthentication
  case mailServer
  case ttl
  case settings
  case mxCutover
  case deliveryTarget
  case afterwards

  package var number: Int { rawValue }

  package var title: LocalizedText {
    switch self {
    case .login: .init(ja: "MailGatesへのログイン", en: "Log in to MailGates")
    case .senderAuthentication: .init(ja: "送信ドメイン認証の設定", en: "Sender authentication")
    case .mailServer: .init(ja: "ご利用中メールサーバとの連携設定", en: "Connect the mail server")
    case .ttl: .init(ja: "MXレコード変更に向けたTTL値の変更", en: "Lower the TTL for the MX change")
    case .settings: .init(ja: "各種設定・動作確認", en: "Settings and checks")
    case .mxCutover: .init(ja: "MXレコード切替", en: "Change the MX records")
    case .deliveryTarget: .init(ja: "認証設定の変更", en: "Change the delivery target")
    case .afterwards: .init(ja: "切替後の仕上げ", en: "Afterwards")
    }
  }

  package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}
