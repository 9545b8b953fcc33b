extension ConsoleScreenName {
  /// The words on the screen that the vendor's articles show, with the article of each. What is
  /// not here is mgc's own name for a thing, and pages say that it is not confirmed.
  package var seenWords: [Fact<[String]>] {
    switch self {
    case .groups: [words("12011864025753", "サブグループ名", "メンバー追加", "グループ管理者")]
    case .mailProcessing:
      [
        words(
          "360041000051", "正常メール", "送信", "警告タグ", "警告メッセージ(件名)", "警告メッセージ(本文)",
          "UTF-8にエンコード", "スパムメール", "ウイルスメール", "暗号化ZIPメール", "通知メール設定", "システムデフォルト値", "削除",
          "メールヘッダーを変更して通過させる",
          "メール件名を変更して通過させる", "個人隔離フォルダへ残す", "ドメイン隔離フォルダへ残す")
      ]
    case .senderLists, .groupSenderLists: [words("900005450123", "許可送信者")]
    case .addressLists, .groupAddressLists:
      [words("900005450123", "IP許可リスト", "IP拒否リスト", "IPホワイトリスト")]
    case .filterLists: [words("900005450123", "許可送信者", "IPホワイトリスト", "許可条件式")]
    case .contentLists, .groupContentLists, .userLists, .filtering: []
    case .socialEngineering:
      [words("900003461186", "URL書き換え設定", "本文", "添付ファイル内", "バイパスポリシーを適用")]
    case .reviewDelegation: [words("19602419385369", "子グループ", "親グループ")]
    case .senderAuthentication:
      [words("900004492326", "SPF 認証", "DKIM 認証", "DMARC 認証", "イメージスパムフィルタ", "有効")]
    case .bec:
      [
        words(
          "900003954546", "類似内部ドメイン", "類似外部ドメイン", "メールヘッダーセキュリティポリシーのドメインを適用")
      ]
    case .dictionaries: [words("900005108503", "テキスト / フレーズ", "正規表現", "除外キーワード辞書")]
    case .review:
      [words("360039832351", "メールヘッダー内容", "送信者", "保留する", "禁止する", "通知する", "自己承認させる")]
    case .delay: [words("360041002711", "遅延送信")]
    case .bcc: [words("900002040203", "受信者とCcの合計が")]
    case .zip:
      [
        words(
          "360039422292", "ZIP 暗号化設定", "有効", "特定の送信者・受信者のメールアドレス", "送信者メールアドレス",
          "受信者メールアドレス(暗号化しない)"),
        words("44235421260953", "特定文字列が件名の最初に一致する"),
      ]
    case .attachmentLink: [words("44235421260953", "特定文字列が件名の最初に一致する")]
    case .dkim: [words("12194730127897", "セレクター設定", "秘密鍵の作成")]
    case .deliveryTarget: [words("4402739136153", "メール配送先サーバー")]
    }
  }

  /// Whether an article shows the word on this screen.
  package func shows(_ word: String) -> Bool { seenWords.contains { $0.value.contains(word) } }

  private func words(_ article: String, _ words: String...) -> Fact<[String]> {
    Catalogue.fact(words, article)
  }
}
