package import Wording

/// What the vendor's articles say that a person should know before a step: limits, and places where
/// two articles do not agree.
package struct VendorNote: Sendable {
  private let stated: LocalizedText
  /// The articles.
  package let sources: [String]
  /// When they were read, `YYYY-MM-DD`.
  package let read: String

  private init(_ articles: [String], ja: String, en: String) {
    stated = .init(ja: ja, en: en)
    let facts = articles.map { Catalogue.fact((), $0) }
    sources = facts.map(\.source)
    read = facts.map(\.read).max() ?? ""
  }

  package var text: LocalizedText {
    guard let changed = FactTrial.changedSource, sources.contains(changed) else { return stated }
    return .init(ja: stated.ja.unlike, en: stated.en.unlike)
  }

  /// Every note; adding one adds it here.
  package static let all: [Self] = [
    loginAfterImport, principalNames, sharedMailboxes, secretLifetime, publicKeyFromVendor,
    recordsAtDNSService, addressChange, ownDomainsOnly, slowTTL, accountsFirst, supportHours,
    neighbors, targetOfReception, selfApproval, bccThreshold, misdeliveryMenus, linkNames, sizes,
    afterObserving,
  ]

  /// The onboarding article against that on OAuth.
  package static let loginAfterImport = Self(
    ["4402739136153", "900005830683"],
    ja: "提供元の案内は、接続先と同じアドレスとパスワードでログインするとしていますが、別の記事では、OAuthの設定と利用者の取り込みが済むまでログインもメールの受信もできません。",
    en:
      "The vendor's guide says to log in with the address and password of the mail server; another article says that until OAuth is set up and the users are imported nobody can log in or receive mail."
  )
  package static let principalNames = Self(
    ["44234964774425"],
    ja: "Microsoft 365では、UPNがメールアドレスと同じでなければなりません。",
    en: "In Microsoft 365 the UPN has to equal the mail address.")
  package static let sharedMailboxes = Self(
    ["44235421260953"],
    ja: "Microsoft 365の共有メールボックスはMailGatesにログインできないため、「ログイン免除」を設定しない限り、使えない機能があります。",
    en:
      "Shared mailboxes of Microsoft 365 cannot log in to MailGates, so some functions are not available to them unless 「ログイン免除」 is set."
  )
  package static let secretLifetime = Self(
    ["900005830683"],
    ja: "Microsoft 365のクライアントシークレットは最長2年です。期限が切れるとメールが止まるおそれがあるので、1〜2か月前に更新します。",
    en:
      "A client secret of Microsoft 365 lives two years at most. Mail may stop when it expires: renew it one to two months before."
  )
  package static let publicKeyFromVendor = Self(
    ["12194730127897"],
    ja: "提供元がDKIMを設定済みの場合は、「メールセキュリティ」のタブが表示されません。そのときは公開鍵をサポート窓口に確認してください。",
    en:
      "Where the vendor has set DKIM up already, the tab 「メールセキュリティ」 is not shown. Ask the vendor's support for the public key then."
  )
  package static let recordsAtDNSService = Self(
    ["360040491452"],
    ja: "SPFはMailGatesの画面では変えられません。DNSサービスで変更します。",
    en: "SPF cannot be changed on MailGates' screens: change it at the DNS service.")
  package static let addressChange = Self(
    ["44234964774425"],
    ja: "送信元サーバーのグローバルIPアドレスを変えるときは、1か月以上前に提供元へ連絡します。",
    en: "Tell the vendor a month or more before a public address of a sending server changes.")
  package static let ownDomainsOnly = Self(
    ["44234964774425"],
    ja:
      "MailGatesを経由するメールは、エンベロープの送信元とヘッダーのFromが契約ドメインでなければなりません。一斉配信は禁止で、迷惑メールが大量に出ると予告なく中継が止められます。",
    en:
      "The envelope sender and the From header of mail that goes by MailGates have to be in a domain of the contract. Bulk mail is forbidden, and large amounts of spam end the relaying without notice."
  )
  package static let slowTTL = Self(
    ["4402739136153", "360041005591"],
    ja:
      "提供元の案内は300秒以下とし、時期を示していません。約10日前という目安は、別の製品の記事によります。変更前のTTLが過ぎるまで、古いレコードが残ります。",
    en:
      "The vendor's guide says 300 seconds or less and names no day; about ten days before is of an article on another product. The old record lives until the TTL of before has passed."
  )
  package static let accountsFirst = Self(
    ["44235421260953"],
    ja: "すべての利用者のアカウントを、MXの切替より前にMailGatesに登録します。",
    en: "All accounts are registered in MailGates before the MX changes.")
  package static let supportHours = Self(
    ["360040495232"],
    ja: "提供元の通常のサポートは平日9:00〜18:00です。時間外の待機は有料なので、必要なら営業担当に相談します。",
    en:
      "The vendor's normal support is on weekdays from 9:00 to 18:00. Stand-by at other times is paid: ask sales where it is needed."
  )
  package static let neighbors = Self(
    ["360040495232"],
    ja: "同じMailGatesを使う他のお客様からのメールは、MXの切替より前からMailGatesを経由することがあります。",
    en:
      "Mail from other customers of the same MailGates can come by way of it even before the MX changes."
  )
  package static let targetOfReception = Self(
    ["4402739136153"],
    ja: "提供元の案内の表では情報漏洩対策だけの手順ですが、説明は受信するメールについてのものです。候補が表示されない場合は、そのままにします。",
    en:
      "The table of the vendor's guide has this step for leak-prevention alone, while its text is about mail that is received. Where no candidate is offered, leave it."
  )
  package static let selfApproval = Self(
    ["900003437366", "360039832351"],
    ja: "自己承認は「除外設定はできません」とされていますが、設定例には、上に置いたルールで送信者を除く例があります。",
    en:
      "Of self-approval one article says that nothing can be excepted; the examples of another except senders by a rule above it."
  )
  package static let bccThreshold = Self(
    ["900002040203"],
    ja: "BCC変換のしきい値は、同じ記事の中で「以上」と「超えた場合」の両方の説明があります。運用を始める前に、しきい値ちょうどの宛先で試してください。",
    en:
      "Of the threshold of BCC conversion the same article says both \"as many or more\" and \"more than\". Try it with just as many recipients before users start."
  )
  package static let misdeliveryMenus = Self(
    ["360041002711", "900002040203"],
    ja: "遅延送信は「防御設定」、BCC変換は「誤送信防止設定」と、同じ「誤送信防止」の下で画面が分かれています。",
    en:
      "Below the same 「誤送信防止」, delayed sending is on 「防御設定」 and BCC conversion on 「誤送信防止設定」."
  )
  package static let linkNames = Self(
    ["900002045366", "44235421260953"],
    ja: "添付ファイルリンク、添付リンク、添付ファイル分離、添付分離は、同じ機能の名前です。",
    en: "添付ファイルリンク, 添付リンク, 添付ファイル分離 and 添付分離 are names of one function.")
  package static let sizes = Self(
    ["44235421260953"],
    ja: "メールの大きさは200MBまでです。",
    en: "A mail may have 200 MB at most.")
  package static let afterObserving = Self(
    ["4402739136153", "900003954546"],
    ja: "許可・拒否設定とBEC保護管理は、運用開始後、届くスパムを見てから設定するよう案内されています。",
    en:
      "The vendor advises to set the allow and deny lists and BEC protection after the start, by the spam that arrives."
  )
}
