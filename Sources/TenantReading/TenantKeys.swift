internal import Diagnostics
internal import MailRecords
internal import SourceText
internal import TenantModel
internal import Wording
internal import YAMLTree

// The key table: every key of the language, once. The order here is the canonical order.

let tenantShape: Shape<Tenant> = object(
  required(
    "version", .init(ja: "言語の版", en: "The version of the language"), version
  ).details(
    ja: "いつも1です。新しい版の言語を古いmgcで読んでしまうことを防ぎます。",
    en: "Always 1. It keeps an older mgc from reading a later language."),
  optional(
    "extends", .init(ja: "引き継ぐ標準ファイル", en: "The standard that gives what is not written here"),
    standardReference
  ).details(
    ja:
      "販売店の標準です。書かない値を引き継ぎます。キーは併合され、tenant.yamlの値が優先し、リストは { append: […] } と書かない限り置き換わります。標準の中のパスもtenant.yamlのフォルダーから見ます。",
    en:
      "A reseller's standard. Keys are merged, a value of tenant.yaml wins, and a list replaces the standard's unless written { append: […] }. Paths in the standard start from the folder of tenant.yaml."
  ),
  required("tenant", .init(ja: "お客様", en: "The customer"), tenantHeader).details(
    ja: "人が読む成果物の表紙と言語、販売店の中での呼び名を決めます。",
    en: "Who this is: the name on all that people read, and its language."),
  optional(
    "contacts", .init(ja: "作業する人と確認先", en: "Who does the work and who is asked"),
    list(of: contact), default: []
  ).details(
    ja: "RUNBOOK.mdの各手順に、作業する人と確認先として載ります。",
    en: "RUNBOOK.md names them at each step, as those who do it or are asked."),
  required(
    "contract", .init(ja: "契約。手順と設定を決める", en: "The contract; it decides the steps and settings"),
    contract
  ).details(
    ja: "契約にない手順の成果物は作られません。契約にない設定はエラーになります。",
    en:
      "Steps that the contract does not ask for are not written; settings that it does not include are errors."
  ),
  optional(
    "notice", .init(ja: "開通通知書に書かれている値", en: "What the opening notice says"), notice
  ).details(
    ja: "開通通知書の該当欄をそのまま書き写します。パスワードは書きません。",
    en: "Copy the values from the opening notice (開通通知書). Never its passwords."),
  required(
    "gateway",
    .init(
      ja: "このお客様のMailGates。公開された既定値はない",
      en: "This customer's MailGates; nothing here is published, so nothing has a default"),
    gateway
  ).details(
    ja: "ホスト名やアドレスはお客様ごとに異なり、公開されていません。開通通知書かサポート窓口で確かめた値を書きます。",
    en:
      "Hosts and addresses differ by customer and are published nowhere: write what the opening notice or the support says."
  ),
  required(
    "mailServers", .init(ja: "メールボックスのあるサーバー", en: "Where the mailboxes are"),
    list(of: mailServer, minimum: 1)
  ).details(
    ja: "手順3の連携設定は、ここに書いたサーバーごとに作られます。", en: "Step 3 connects each server that stands here."),
  optional(
    "pilot", .init(ja: "先行するグループ", en: "The group that goes first"), groupPath.located
  ).details(
    ja: "先に切り替えて確かめるグループのパスです。groupsに書いたものを指します。",
    en: "The path of a group of groups that tries everything before all others."),
  required("domains", .init(ja: "契約ドメイン", en: "The domains"), list(of: domain, minimum: 1)).details(
    ja: "契約したドメインをすべて書きます。メールに使わないドメインもparkedとして書くと、なりすましを防ぐレコードの対象になります。",
    en:
      "All domains of the contract. Those without mail are named too, as parked, so that nobody forges them."
  ),
  optional("groups", .init(ja: "グループ管理", en: "Groups"), list(of: group), default: []).details(
    ja: "審査ルールや許可・拒否設定をグループに適用するときだけ必要です。",
    en: "Needed only where review rules or lists apply to a group."),
  optional(
    "settings", .init(ja: "管理者画面の設定", en: "What is set in the console"), settings,
    default: Settings.none
  ).details(
    ja: "手順5の管理者画面の設定です。どの設定を書けるかは契約で決まります。",
    en: "Step 5: what is set in the console. The contract decides which may stand here."),
  make: {
    _, _, _, header, contacts, contract, notice, gateway, servers, pilot, domains, groups, settings
    in
    Tenant(
      header: header, contacts: contacts, contract: contract, notice: notice, gateway: gateway,
      mailServers: servers, pilot: pilot, domains: domains, groups: groups, settings: settings)
  })

private let version = Shape<Int>(schema: .constant(1)) { node, decoder in
  if node.kind == .scalar, node.isPlain, node.text() == "1" { return 1 }
  decoder.add(.unsupportedVersion(node))
  return nil
}

private let tenantHeader: Shape<TenantHeader> = object(
  required(
    "id",
    .init(
      ja: "短い識別名(a-z、0-9、-)。販売店の中で一意", en: "A short name (a-z, 0-9, -), unique for a reseller"),
    identifier.located
  ).details(
    ja: "どのお客様のものかを示すために、成果物とtenant.lock.jsonに書かれます。",
    en: "The artifacts and tenant.lock.json say by it whose they are."),
  required(
    "name", .init(ja: "お客様名", en: "The customer's name"), line(["楓商事株式会社"]).located),
  required(
    "language", .init(ja: "人が読む成果物の言語", en: "The language of all that people read"),
    word { (language: Language) in
      switch language {
      case .ja: .init(ja: "日本語", en: "Japanese")
      case .en: .init(ja: "英語", en: "English")
      }
    }
  ).details(
    ja: "RUNBOOK.mdや設定画面の手順書の言語です。DNSのレコードやスクリプトの働きは変わりません。",
    en: "The language of RUNBOOK.md and of all sheets. Records and scripts do the same in both."),
  make: { _, id, name, language in TenantHeader(id: id, name: name, language: language) })

private let contact: Shape<Contact> = object(
  required(
    "role", .init(ja: "立場", en: "Whose side"),
    word { (role: Contact.Role) in
      switch role {
      case .customer: .init(ja: "お客様", en: "The customer")
      case .reseller: .init(ja: "販売店", en: "The reseller")
      case .vendor: .init(ja: "サービス提供元", en: "The vendor")
      }
    }),
  required("name", .init(ja: "氏名または部署", en: "A person or team"), line(["情報システム部 佐藤"]).located),
  required("mail", .init(ja: "メールアドレス", en: "The mail address"), emailAddress.located),
  make: { _, role, name, mail in Contact(role: role, name: name, mail: mail) })

private let contract: Shape<Contract> = object(
  required(
    "services", .init(ja: "基本サービス", en: "The base services"),
    list(
      of: word { (service: Service) in
        switch service {
        case .inboundSecurity: .init(ja: "入口対策基本サービス", en: "Antivirus and antispam")
        case .leakPrevention:
          .init(
            ja: "情報漏洩対策基本サービス", en: "Misdelivery prevention, mail review, attachment encryption")
        }
      }.located, minimum: 1)
  ).details(
    ja: "1つ以上書きます。手順と設定はここで決まります。",
    en: "At least one. It decides which steps and settings there are."),
  optional(
    "options", .init(ja: "オプション", en: "Options"),
    list(
      of: word { (option: ServiceOption) in
        switch option {
        case .sandbox: .init(ja: "サンドボックス(入口対策)", en: "Sandbox (inbound-security)")
        }
      }.located), default: []
  ).details(ja: "契約した有償オプションです。", en: "Paid options of the contract."),
  make: { _, services, options in Contract(services: services, options: options) })

private let notice: Shape<Notice> = object(
  optional(
    "accessName",
    .init(
      ja: "お客様アクセス名(https://○○-mgf.cybermail.jp の○○)",
      en: "The access name: NAME of https://NAME-mgf.cybermail.jp"), identifier.located
  ).details(
    ja: "ログインページのアドレスの中の名前です。ブックマークするアドレスが、ここからRUNBOOK.mdに書かれます。",
    en: "The name within the address of the login page, which RUNBOOK.md tells people to open."),
  optional(
    "oauth", .init(ja: "OAuthクライアントに登録する値", en: "What an OAuth client is registered with"),
    object(
      required(
        "redirect", .init(ja: "リダイレクト URI", en: "The redirect URI"), httpsAddress.located),
      optional(
        "origin",
        .init(
          ja: "承認済みの JavaScript 生成元(Google Workspaceのみ)",
          en: "The authorized JavaScript origin (Google Workspace only)"), httpsAddress.located),
      make: { _, redirect, origin in Notice.OAuth(redirect: redirect, origin: origin) })
  ).details(
    ja: "EntraやGoogleにOAuthクライアントを登録するとき、画面に入力する値です。シークレットは書きません。",
    en: "What is typed in where an OAuth client is registered at Entra or Google. Never the secret."
  ),
  make: { span, name, oauth in Notice(accessName: name, oauth: oauth, span: span) })

private let gateway: Shape<Gateway> = object(
  required(
    "console", .init(ja: "管理者画面の世代", en: "The generation of the console"),
    word { (console: Gateway.ConsoleGeneration) in
      switch console {
      case .mailSecurity: .init(ja: "メールセキュリティ(Sophos)", en: "メールセキュリティ (Sophos)")
      case .spamManagement: .init(ja: "スパムメール管理(CYREN)", en: "スパムメール管理 (CYREN)")
      }
    }.located
  ).details(
    ja: "管理者画面は2世代あり、画面の名前と場所が違います。手順書はこの世代の言葉で書かれます。",
    en:
      "There are two generations of the console, whose screens differ in name and place. The sheets use the words of this one."
  ),
  optional(
    "mx", .init(ja: "切替後のMX", en: "The mail exchangers after the cutover"),
    list(
      of: object(
        required("host", .init(ja: "ホスト名", en: "The host name"), domainName.located),
        required("preference", .init(ja: "優先度", en: "The preference"), integer(0...65535)).details(
          ja: "小さいほど先に試されます(RFC 5321 5.1節)。",
          en: "The smaller one is tried first (RFC 5321 section 5.1)."),
        make: { _, host, preference in
          Gateway.ExchangeHost(host: host, preference: UInt16(clamping: preference))
        }), minimum: 1), default: []
  ).details(
    ja: "手順6で、MXはここに書いたホストだけに置き換わります。", en: "In step 6 the MX becomes these hosts and no others."),
  optional(
    "relay", .init(ja: "送信メールの中継先", en: "Where outbound mail is handed over"),
    object(
      required("host", .init(ja: "ホスト名", en: "The host name"), domainName.located),
      required("port", .init(ja: "ポート番号", en: "The port"), integer(1...65535).located).details(
        ja: "資料に書かれているのは25です。", en: "The documents name port 25."),
      required(
        "tls", .init(ja: "TLSの水準", en: "The level of TLS"),
        word { (level: Gateway.TLSLevel) in
          switch level {
          case .opportunistic: .init(ja: "使えれば使う", en: "Where offered")
          case .required: .init(ja: "必須(証明書は問わない)", en: "Always, with any certificate")
          case .certificate: .init(ja: "必須(証明書を検証)", en: "Always, with a matching certificate")
          }
        }
      ).details(
        ja: "requiredは証明書を問わず暗号化します。certificateは証明書の名前も確かめるので、証明書が替わると送信が止まります。",
        en:
          "required encrypts with any certificate. certificate also checks its name, so mail stops when the name changes."
      ),
      make: { _, host, port, tls in Gateway.Relay(host: host, port: port, tls: tls) })
  ).details(
    ja: "送信メールを渡すサーバーです。送信コネクターやPostfixのrelayhostになります。",
    en: "It becomes the smart host of the connector, or the relayhost of Postfix."),
  optional(
    "egress",
    .init(ja: "MailGatesの配送元アドレス", en: "The addresses that MailGates delivers from"),
    list(of: prefix.located, minimum: 1), default: []
  ).details(
    ja: "メールサーバーは、このアドレスから届いたメールをMailGates経由とみなします。狭すぎると正しいメールを拒み、広すぎると迂回を許します。",
    en:
      "Mail servers take what comes from here as coming by MailGates. Too few refuses mail, too many opens a way around."
  ),
  optional(
    "spf", .init(ja: "SPFのincludeに書くドメイン", en: "The domain of the SPF include"),
    domainName.located
  ).details(
    ja: "差出人としてMailGatesから送ることを、SPFで許すためのドメインです。",
    en: "SPF of each domain includes it, so that MailGates may send."),
  optional(
    "loopGuard",
    .init(ja: "MailGatesを通ったメールの見分け方", en: "How mail that has been through MailGates is known"),
    choice([
      way(
        "header", .init(ja: "ヘッダーで", en: "By a header field"),
        object(
          required("name", .init(ja: "ヘッダー名", en: "The field's name"), headerName),
          required("value", .init(ja: "値", en: "The value"), line(["kaede"])),
          make: { _, name, value in Gateway.LoopGuard.header(name: name, value: value) })
      ) { $0 },
      way("egress", .init(ja: "配送元アドレスで", en: "By the gateway's addresses"), nothing) { _ in
        .egress
      },
    ]).located
  ).details(
    ja: "一度MailGatesを通ったメールを、送信コネクターが再びMailGatesへ送らないための見分け方です。",
    en: "By it the connector does not send to MailGates what has been there."),
  optional(
    "arcSealer", .init(ja: "ARC署名のドメイン(d=)", en: "The domain of its ARC seal (d=)"),
    domainName.located
  ).details(
    ja:
      "MailGatesがメールを書き換えるときにARCで署名するなら、ARC-Sealヘッダーの d= の値です。公開されていないので、届いたメールのヘッダーかサポート窓口で確かめます。Microsoft 365が信頼する署名者に加わります。",
    en:
      "Where MailGates seals what it changes with ARC: d= of the ARC-Seal field. It is published nowhere, so look at a mail's headers or ask the support. Microsoft 365 is told to trust it."
  ),
  listEncodingKey,
  importProfilesKey,
  make: { span, console, mx, relay, egress, spf, loopGuard, sealer, encoding, profiles in
    Gateway(
      console: console, mx: mx, relay: relay, egress: egress, spf: spf, loopGuard: loopGuard,
      arcSealer: sealer, listEncoding: encoding, importProfiles: profiles, span: span)
  })

private let signIn: Shape<SignIn> = choice([
  way(
    "oauth", .init(ja: "OAuth 2.0", en: "OAuth 2.0"),
    object(
      optional(
        "secretExpires",
        .init(
          ja: "クライアントシークレットの期限。値そのものは書かない",
          en: "When the client secret expires; the date only, never the secret"),
        calendarDate.located
      ).details(
        ja: "期限の2か月前までに作り直すように、計画が知らせます。", en: "The plan tells to renew it two months before."),
      make: { _, expires in SignIn.oauth(secretExpires: expires) })
  ) { $0 },
  way(
    "saml", .init(ja: "SAML(提供元へ申請)", en: "SAML, on request to the vendor"),
    object(
      required(
        "idp", .init(ja: "IdPサービス名", en: "The identity provider"), line(["Entra ID"]).located),
      required("contact", .init(ja: "担当者", en: "The person in charge"), line(["佐藤"]).located),
      make: { _, idp, contact in SignIn.saml(idp: idp, contact: contact) })
  ) { $0 },
])

private let lockdown: Shape<Lockdown> = choice([
  way("address", .init(ja: "配送元アドレスで", en: "By the gateway's addresses"), nothing) { _ in .address
  },
  way(
    "certificate", .init(ja: "証明書の名前で", en: "By the name in the certificate"),
    object(
      required("name", .init(ja: "証明書の名前", en: "The certificate's name"), certificateName),
      make: { _, name in name })
  ) { .certificate(name: $0) },
])

private let addresses = optional(
  "addresses",
  .init(
    ja: "サーバーの公開アドレス。変更は1か月前に提供元へ連絡",
    en: "The server's public addresses; the vendor is told a month before a change"),
  list(of: prefix.located), default: []
).details(ja: "MailGatesへ送るときの送信元です。", en: "What MailGates sees mail come from.")

let lockdownKey = optional(
  "lockdown", .init(ja: "切替後の直接配送の遮断", en: "How direct delivery is closed after the cutover"),
  lockdown.located
).details(
  ja: "MXの切替を確かめたあとの手順8で使います。切替前に閉じると、受信できなくなります。",
  en:
    "Used in step 8, after the cutover has been seen to work. Closed before it, mail would be refused."
)

let signInKey = required(
  "signIn", .init(ja: "MailGatesへのサインイン方式", en: "How people sign in to MailGates"),
  signIn.located
).details(
  ja: "利用者は、このサーバーと同じアカウントでMailGatesにログインします。",
  en: "People log in to MailGates with their account of this server.")

private let mailServer: Shape<MailServer> = object(
  required("name", .init(ja: "短い識別名", en: "A short name"), identifier.located),
  Field(exactlyOne: serverWays),
  make: { span, name, kind in MailServer(name: name, kind: kind, span: span) })

private let serverWays: [Way<MailServer.Kind>] = [
  way("microsoft365", .init(ja: "Microsoft 365", en: "Microsoft 365"), microsoft365) {
    .microsoft365($0)
  },
  way("googleWorkspace", .init(ja: "Google Workspace", en: "Google Workspace"), googleWorkspace) {
    .googleWorkspace($0)
  },
  way("postfix", .init(ja: "自社のPostfix", en: "A Postfix of one's own"), postfix) { .postfix($0) },
  way("other", .init(ja: "その他のメールサーバー", en: "Any other mail server"), otherServer) {
    .other($0)
  },
]

private let googleWorkspace: Shape<GoogleWorkspace> = object(
  lockdownKey, signInKey,
  make: { _, lockdown, signIn in GoogleWorkspace(lockdown: lockdown, signIn: signIn) })

private let postfix: Shape<Postfix> = object(
  required("host", .init(ja: "ホスト名", en: "The host name"), domainName.located), addresses,
  lockdownKey,
  make: { _, host, addresses, lockdown in
    Postfix(host: host, addresses: addresses, lockdown: lockdown)
  })

private let otherServer: Shape<OtherMailServer> = object(
  required("description", .init(ja: "説明", en: "What it is"), line(["レンタルサーバー"]).located).details(
    ja: "手順書での呼び名です。", en: "How the sheets call it."),
  addresses,
  make: { _, description, addresses in
    OtherMailServer(description: description, addresses: addresses)
  })

private let group: Shape<Group> = object(
  required("path", .init(ja: "グループのパス", en: "The path"), groupPath.located),
  optional(
    "managers", .init(ja: "グループ管理者(メンバーでもある)", en: "Managers, who are members too"),
    emailAddresses, default: []
  ).details(
    ja: "membersに重ねて書く必要はありません。",
    en: "They need not stand in members too."),
  optional(
    "members", .init(ja: "メンバー", en: "Members"), emailAddresses, default: []),
  optional(
    "membersFrom",
    .init(ja: "メンバーのCSV(1列目がアドレス)", en: "A CSV of more members, addresses first"), fileReference
  ).details(
    ja: "membersに加わります。1行に1人、UTF-8で書きます。",
    en: "Its people join those of members. One a line, in UTF-8."),
  make: { span, path, managers, members, file in
    Group(path: path, managers: managers, members: members, membersFrom: file, span: span)
  })
