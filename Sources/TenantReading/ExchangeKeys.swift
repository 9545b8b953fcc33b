internal import MailRecords
internal import SourceText
internal import TenantModel
internal import Wording

// The keys of a Microsoft 365 mail server.

let microsoft365: Shape<Microsoft365> = object(
  required(
    "tenant", .init(ja: "テナント(….onmicrosoft.com)", en: "The tenant (….onmicrosoft.com)"),
    domainName.located
  ).details(
    ja: "初期ドメインです。スクリプトは接続先がこのテナントであることを確かめてから働きます。",
    en:
      "The initial domain. Scripts make sure that they are connected to this tenant before they act."
  ),
  required(
    "spamBypass",
    .init(ja: "迷惑メール判定でMailGatesを飛ばす方法", en: "How spam filtering looks past MailGates"),
    word { (bypass: Microsoft365.SpamBypass) in
      switch bypass {
      case .enhancedFiltering: .init(ja: "コネクタの拡張フィルター処理", en: "Enhanced filtering for connectors")
      case .scl: .init(ja: "SCLを-1にするルール", en: "A rule that sets SCL -1")
      }
    }
  ).details(
    ja: "どちらか一方だけを使います。拡張フィルター処理を使うなら、SCLを-1にするルールは無効にします(Microsoftの案内)。",
    en:
      "One of the two, never both: Microsoft says to disable rules that set SCL -1 once enhanced filtering is on."
  ),
  lockdownKey,
  signInKey,
  optional(
    "registration",
    .init(ja: "Entraへのアプリの登録(ベンダーのPDFの値)", en: "How the app is registered, by the vendor's PDF"),
    registration
  ).details(
    ja: "公開されていない値なので既定値はありません。書くと、登録を行うoauth-app.ps1ができます。書かないときは画面で登録します。",
    en:
      "Published nowhere, so nothing has a default. With it there is a script, oauth-app.ps1, that registers the app; without it people do so on the screen."
  ),
  optional(
    "sharedMailboxes",
    .init(ja: "共有メールボックス(ログイン免除が必要)", en: "Shared mailboxes, which need ログイン免除"),
    emailAddresses, default: []
  ).details(
    ja: "共有メールボックスは本人がログインできないため、MailGatesの画面でログイン免除にします。",
    en: "Nobody signs in as a shared mailbox, so each is exempted (ログイン免除) in the console."),
  optional(
    "dkimExport",
    .init(
      ja: "Get-DkimSigningConfig | ConvertTo-Json の出力のファイル",
      en: "A file with what Get-DkimSigningConfig | ConvertTo-Json prints"), fileReference
  ).details(
    ja:
      "Exchange Onlineが付ける署名のCNAMEを、手順2で公開します。CNAMEの先はMicrosoftが決めるため、mgcは推測しません。UTF-8で保存します。書かなければ、このCNAMEには触れません。",
    en:
      "Step 2 then publishes the CNAMEs of the signatures that Exchange Online makes. Where they lead is Microsoft's to say, and mgc never guesses it. Save the file in UTF-8. Without it these CNAMEs are left alone."
  ),
  optional(
    "archive", .init(ja: "アーカイブ(ジャーナルルール)", en: "An archive, by a journal rule"), archive
  ).details(
    ja: "メールアーカイブの契約があるときだけ書きます。送信コネクタとは別に、すべてのメールの写しを送ります。",
    en: "Only where an archive is contracted. Beside the connectors, it gets a copy of every mail."),
  optional(
    "export",
    .init(ja: "preflight.ps1の記録(export.json)", en: "What preflight.ps1 wrote: export.json"),
    fileReference
  ).details(
    ja: "書くと、計画が今の設定と比べ、切替で問題になるものを知らせます。",
    en: "With it the plan compares with what is there, and findings tell what will get in the way."),
  make: {
    _, tenant, bypass, lockdown, signIn, registration, shared, dkim, archive, export in
    Microsoft365(
      tenant: tenant, spamBypass: bypass, lockdown: lockdown, signIn: signIn,
      registration: registration, sharedMailboxes: shared, archive: archive, export: export,
      dkimExport: dkim)
  })

private let registration: Shape<EntraRegistration> = object(
  required(
    "accounts", .init(ja: "サポートされているアカウントの種類", en: "Supported account types"),
    word { (accounts: EntraRegistration.Accounts) in
      switch accounts {
      case .thisTenant: .init(ja: "この組織だけ", en: "This organization only")
      case .anyTenant: .init(ja: "任意の組織", en: "Any organization")
      }
    }),
  required(
    "platform", .init(ja: "リダイレクト URIのプラットフォーム", en: "The platform of the redirect URI"),
    word { (platform: EntraRegistration.Platform) in
      switch platform {
      case .web: .init(ja: "Web", en: "Web")
      case .spa: .init(ja: "シングルページ アプリケーション", en: "Single-page application")
      }
    }),
  optional(
    "application", .init(ja: "アプリケーションの許可", en: "Application permissions"), permissions,
    default: []
  ).details(
    ja: "Microsoft Graphの許可の名前です。管理者の同意が要ります。",
    en: "Names of Microsoft Graph permissions. An administrator consents to them."),
  optional(
    "delegated", .init(ja: "委任された許可", en: "Delegated permissions"), permissions, default: []
  ).details(
    ja: "サインインした利用者として働く許可の名前です。", en: "Those with which it acts as the user who signs in."),
  make: { span, accounts, platform, application, delegated in
    EntraRegistration(
      accounts: accounts, platform: platform, application: application, delegated: delegated,
      span: span)
  })

private let permissions = list(of: line(["User.Read.All"], maximum: 100).located)

private let archive: Shape<JournalArchive> = object(
  required(
    "journalTo",
    .init(ja: "ジャーナルレポート送信先(開通通知書)", en: "Where journal reports go, by the opening notice"),
    emailAddress.located
  ).details(
    ja: "Exchange Onlineのメールボックスは指定できません。", en: "It cannot be a mailbox of Exchange Online."),
  required(
    "undeliverableTo", .init(ja: "配信不能レポートの通知先", en: "Who gets reports that cannot be delivered"),
    emailAddress.located
  ).details(
    ja: "専用のアドレスを書きます。Exchange Onlineのメールボックスは指定できません。",
    en: "An address for nothing else. It cannot be a mailbox of Exchange Online."),
  make: { span, journalTo, undeliverableTo in
    JournalArchive(journalTo: journalTo, undeliverableTo: undeliverableTo, span: span)
  })
