/// A screen of the MailGates console, with the way to it in the console's own words.
package enum ConsoleScreenName: String, CaseIterable, Sendable {
  case groups
  case mailProcessing = "mail-processing"
  case senderLists = "sender-lists"
  case addressLists = "address-lists"
  case groupSenderLists = "group-sender-lists"
  case contentLists = "content-lists"
  case groupAddressLists = "group-address-lists"
  case groupContentLists = "group-content-lists"
  /// All lists of a scope, where the console has one screen for them.
  case filterLists = "filter-lists"
  /// A user's own lists.
  case userLists = "user-lists"
  case senderAuthentication = "sender-authentication"
  case filtering
  case bec
  case socialEngineering = "social-engineering"
  case dictionaries
  case review
  case reviewDelegation = "review-delegation"
  case delay
  case bcc
  case zip
  case attachmentLink = "attachment-link"
  case dkim
  case deliveryTarget = "delivery-target"

  /// Where a screen is found.
  package struct Path: Sendable {
    package let words: [String]
    /// False where the vendor's article was seen without the whole path.
    package let isConfirmed: Bool
  }

  /// The way to the screen; the two generations of the console differ for some.
  package func path(in generation: Gateway.ConsoleGeneration) -> Fact<Path> {
    let isNew = generation == .mailSecurity
    switch self {
    case .groups:
      return fact("12011864025753", ["管理", "ユーザ・グループ設定", "グループ管理"])
    case .mailProcessing:
      return isNew
        ? fact("360041000051", ["メールセキュリティ", "メール処理"], isConfirmed: false)
        : fact("360041000051", ["スパムメール管理", "メール処理"])
    case .senderLists:
      return isNew
        ? fact("900005450123", ["メールセキュリティ", "フィルタ設定", "送信者フィルタ"])
        : fact("900005450123", ["スパムメール管理", "許可・拒否設定"])
    case .addressLists:
      return isNew
        ? fact("900005450123", ["メールセキュリティ", "フィルタ設定", "IPフィルタ"])
        : fact("900005450123", ["スパムメール管理", "許可・拒否設定"])
    case .groupSenderLists:
      return isNew
        ? fact("900005450123", ["メールセキュリティ", "フィルタ設定", "グループ送信者フィルタ"])
        : fact("900005450123", ["スパムメール管理", "許可・拒否設定"], isConfirmed: false)
    case .groupAddressLists:
      return isNew
        ? fact("900005450123", ["メールセキュリティ", "フィルタ設定", "グループIPフィルタ"])
        : fact("900005450123", ["スパムメール管理", "許可・拒否設定"], isConfirmed: false)
    case .contentLists:
      return isNew
        ? fact("900005450123", ["メールセキュリティ", "スパムフィルタポリシー", "コンテンツフィルタ"])
        : fact("900005450123", ["スパムメール管理", "許可・拒否設定"])
    case .groupContentLists:
      return isNew
        ? fact("900005450123", ["メールセキュリティ", "スパムフィルタポリシー", "グループコンテンツフィルタ"])
        : fact("900005450123", ["スパムメール管理", "許可・拒否設定"], isConfirmed: false)
    case .filterLists:
      return isNew
        ? fact("900005450123", ["メールセキュリティ", "フィルタ設定"], isConfirmed: false)
        : fact("900005450123", ["スパムメール管理", "許可・拒否設定"])
    case .userLists:
      return Catalogue.fact(Path(words: ["許可・拒否設定"], isConfirmed: false), "900005450123")
    case .filtering:
      return fact("4402739136153", ["フィルタリング設定"], isConfirmed: false)
    case .socialEngineering:
      return fact("900003461186", ["高度な脅威保護管理", "ソーシャルエンジニアリング保護ポリシー"])
    case .reviewDelegation:
      return fact("19602419385369", ["メール審査", "詳細設定", "グループ審査権限委譲設定"])
    case .senderAuthentication:
      return isNew
        ? fact("900004492326", ["メールセキュリティ", "送信ドメイン認証"])
        : fact("900004492326", ["スパムメール管理", "送信ドメイン認証"], isConfirmed: false)
    case .bec:
      return fact("900003954546", ["高度な脅威保護管理", "BEC保護設定", "BEC保護ポリシー"])
    case .dictionaries:
      return fact("900005108503", ["メール審査", "キーワード辞書"], isConfirmed: false)
    case .review:
      return isNew
        ? fact("900002040643", ["メール審査", "ドメイン審査ポリシー"])
        : fact("900002040643", ["審査ルール設定"])
    case .delay:
      return fact("360041002711", ["送信機能管理", "誤送信防止", "防御設定", "遅延送信設定"])
    case .bcc:
      return fact("900002040203", ["送信機能管理", "誤送信防止", "誤送信防止設定", "BCC強制変換"])
    case .zip:
      return fact("360039422292", ["送信機能管理", "添付ファイル暗号化", "ZIP 暗号化設定"])
    case .attachmentLink:
      return fact("900002045366", ["送信機能管理", "添付ファイルリンク"], isConfirmed: false)
    case .dkim:
      return fact(
        "12194730127897", ["メールセキュリティ", "送信ドメイン認証", "DKIM署名", "DKIM鍵設定"],
        isConfirmed: isNew)
    case .deliveryTarget:
      return fact("4402739136153", ["管理", "メール配送先管理", "メール配送先設定"])
    }
  }

  private func fact(
    _ article: String, _ words: [String], isConfirmed: Bool = true
  ) -> Fact<Path> {
    Catalogue.fact(Path(words: ["管理者モード"] + words, isConfirmed: isConfirmed), article)
  }
}
