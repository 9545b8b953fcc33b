internal import MailRecords
internal import SourceText
internal import TenantModel
internal import Wording

// The keys below `domains`.

let domain: Shape<TenantDomain> = object(
  required("name", .init(ja: "ドメイン名", en: "The domain"), domainName.located),
  optional(
    "role", .init(ja: "使い方", en: "What it is for"),
    word { (role: TenantDomain.Role) in
      switch role {
      case .mail: .init(ja: "メールを使う", en: "Mailboxes")
      case .alias: .init(ja: "別名", en: "A further name of the same mailboxes")
      case .parked: .init(ja: "メールに使わない", en: "No mail")
      }
    }, default: .mail
  ).details(
    ja: "aliasは同じメールボックスの別名ドメインです。parkedでは、メールを使わないことを示すレコードだけを扱います。",
    en:
      "alias is a further name of the same mailboxes; parked has no mail, and only records that say so."
  ),
  optional(
    "mailServer",
    .init(
      ja: "mailServersの名前。1台なら省略できる",
      en: "A name of mailServers; may be left out where there is one"),
    identifier.located),
  optional(
    "deliveryHost",
    .init(
      ja: "配送先ホスト。メールサーバーの管理画面の表示どおりに",
      en: "The host that takes the mail, as the admin center shows it"),
    domainName.located
  ).details(
    ja: "MailGatesが受信したメールを渡す先です。MXから推測すると切替後に輪になるため、必ず管理センターの表示を写します。",
    en:
      "Where MailGates hands mail over. It is never guessed from the MX, which after the cutover would be a loop."
  ),
  optional(
    "zone", .init(ja: "現在のゾーン", en: "The zone as it is"),
    choice([
      way("file", .init(ja: "ゾーンファイル", en: "A zone file"), fileReference) {
        ZoneSource.file($0.value)
      },
      way(
        "snapshot", .init(ja: "mgc verify --recordの記録", en: "What mgc verify --record wrote"),
        fileReference
      ) {
        ZoneSource.snapshot($0.value)
      },
    ]).located
  ).details(
    ja: "今のレコードが分からないと、SPFなどを安全に書き換えられません。",
    en: "Without it the present records are unknown, and SPF cannot be changed safely."),
  optional(
    "publish", .init(ja: "DNSの出力形式", en: "The forms in which DNS is written"),
    list(
      of: word { (format: TenantDomain.PublishFormat) in
        switch format {
        case .bind: .init(ja: "BIND形式", en: "A zone file's form")
        case .octodns: .init(ja: "octoDNS", en: "octoDNS")
        case .terraformRoute53: .init(ja: "Terraform(Route 53)", en: "Terraform for Route 53")
        case .nsupdate: .init(ja: "nsupdate", en: "nsupdate")
        case .table: .init(ja: "DNSサービスの管理画面に貼る表", en: "A table for a web form")
        }
      }.located), default: []
  ).details(
    ja: "DNSを何で管理しているかに合わせて選びます。何も選ばなくても、レコードの一覧は書かれます。",
    en: "As the DNS is managed. The page of records is written in any case."),
  optional("spf", .init(ja: "SPF", en: "SPF"), spf).details(
    ja: "今のゾーンのSPFを引き継ぎ、sendersを加え、removeを除きます。MailGatesのincludeは書かなくても入ります。",
    en:
      "What the zone has stays; senders are added and remove is taken away. The include of MailGates comes by itself."
  ),
  optional("dkim", .init(ja: "DKIM", en: "DKIM"), list(of: dkim), default: []).details(
    ja: "MailGatesが送信時に付ける署名の鍵です。", en: "The keys with which MailGates signs what it sends."),
  optional("dmarc", .init(ja: "DMARC", en: "DMARC"), dmarc).details(
    ja: "noneから始め、集計レポートを見て段階的に強めます。",
    en: "Begin with none, and tighten it as the aggregate reports allow."),
  optional(
    "tlsReports", .init(ja: "TLSレポートの宛先", en: "Where TLS reports go"),
    list(of: reportURI.located), default: []
  ).details(
    ja: "配送時のTLSの失敗を、送信側のサーバーが知らせます(RFC 8460)。",
    en: "Senders report where TLS failed on delivery (RFC 8460)."),
  optional("mtaSts", .init(ja: "MTA-STS", en: "MTA-STS"), mtaSTS).details(
    ja: "MXの切替の前後に公開するポリシーを作ります。書かなければ、MTA-STSには触れません(RFC 8461)。",
    en:
      "The policies to serve before and after the cutover. Without it MTA-STS is left alone (RFC 8461)."
  ),
  optional(
    "cutover", .init(ja: "MX切替の希望日時", en: "When the MX should change"), timestamp.located
  ).details(
    ja: "希望です。計画は、TTLが行き渡る時刻などから、いつなら切り替えられるかを示します。",
    en: "A wish. The plan says from when it can be, after what has to come first."),
  optional(
    "mxTtl", .init(ja: "下げる前のMXのTTL(秒)", en: "The TTL of the MX before it is lowered, in seconds"),
    integer(1...Int(TTL.maximumSeconds)).map { TTL(clamping: $0) }.located
  ).details(
    ja: "ゾーンがmgcに分からないときに書きます。切替の前に待つ時間と、最後に戻す値になります。分かるときは、ゾーンの値が使われます。",
    en:
      "For a zone that mgc does not know. It says how long to wait before the cutover, and what to restore in the end. Where the zone is known, the zone's own holds."
  ),
  make: {
    span, name, role, server, delivery, zone, publish, spf, dkim, dmarc, reports, sts, cutover,
    ttl in
    TenantDomain(
      name: name, role: role, mailServer: server, deliveryHost: delivery, zone: zone,
      publish: publish, spf: spf, dkim: dkim, dmarc: dmarc, tlsReports: reports,
      mtaSTS: sts, cutover: cutover, mxTTL: ttl, span: span)
  })

private let mtaSTS: Shape<MTASTSSettings> = object(
  required(
    "mode", .init(ja: "動作", en: "What senders do"),
    word { (mode: MTASTSPolicy.Mode) in
      switch mode {
      case .testing: .init(ja: "失敗を報告するだけ", en: "Report failures only")
      case .enforce: .init(ja: "失敗したら配送しない", en: "Do not deliver where it fails")
      case .none: .init(ja: "ポリシーをやめる", en: "Give the policy up")
      }
    }.located
  ).details(
    ja: "testingから始め、TLSレポートに失敗がなくなってからenforceにします。",
    en: "Begin with testing, and take enforce once TLS reports show no failure."),
  optional(
    "maxAge", .init(ja: "送信側がポリシーを覚える秒数", en: "For how many seconds senders keep the policy"),
    integer(0...MTASTSPolicy.longestAge).located
  ).details(
    ja: "書かなければ604800(1週間)です。長いほど攻撃に強く、変更には長く待ちます。",
    en:
      "604800, a week, where it is left out. The longer, the safer, and the longer a change has to wait."
  ),
  optional(
    "current", .init(ja: "今公開しているポリシーのファイル", en: "The file with the policy that is served today"),
    fileReference
  ).details(
    ja: "https://mta-sts.<ドメイン>/.well-known/mta-sts.txt の内容をそのまま入れます。待つ時間と戻し方が、これで決まります。",
    en:
      "What https://mta-sts.<domain>/.well-known/mta-sts.txt answers, as it is. It says how long to wait, and what to go back to."
  ),
  make: { span, mode, age, current in
    MTASTSSettings(
      mode: mode, maximumAge: age ?? Located(MTASTSSettings.usualAge, at: span),
      current: current, span: span)
  })

private let spf: Shape<SPFSettings> = object(
  optional(
    "senders", .init(ja: "必ず含める送信元", en: "Senders that must be there"),
    list(of: spfTerm.located), default: []
  ).details(ja: "ゾーンになければ加わります。", en: "Added where the zone lacks them."),
  optional(
    "remove", .init(ja: "ゾーンから取り除く項", en: "Terms of the zone to take away"),
    list(of: spfTerm.located), default: []
  ).details(
    ja: "書いたとおりの項が取り除かれます。ゾーンにないものを書くと指摘になります。",
    en: "Each is taken away as it is written; one that the zone lacks is a finding."),
  optional(
    "all", .init(ja: "それ以外の扱い", en: "What becomes of all others"),
    choice(
      [
        (.init(word: "fail", about: .init(ja: "-all", en: "-all")), SPFQualifier.fail),
        (.init(word: "softfail", about: .init(ja: "~all", en: "~all")), SPFQualifier.softfail),
        (.init(word: "neutral", about: .init(ja: "?all", en: "?all")), SPFQualifier.neutral),
      ]
    ).located
  ).details(ja: "ゾーンとここで、厳しい方が残ります。", en: "The stricter one of the zone and this stands."),
  make: { span, senders, remove, all in
    SPFSettings(senders: senders, remove: remove, all: all, span: span)
  })

private let dkim: Shape<DKIMSettings> = object(
  required("selector", .init(ja: "セレクター", en: "The selector"), dkimSelector.located).details(
    ja: "管理者画面が使う名前はmgです。", en: "The console uses mg."),
  optional(
    "publicKey",
    .init(
      ja: "公開鍵のファイル(PEMか、管理者画面に表示された文字列)",
      en: "A file with the public key: PEM, or the text that the console shows"), fileReference
  ).details(
    ja: "手順2で管理者画面が鍵を作るまでは書きません。それまでは入力待ちとして扱われます。秘密鍵は決して書きません。",
    en:
      "Left out until step 2 has made the key in the console; until then mgc waits for it. Never the private key."
  ),
  optional(
    "retire", .init(ja: "この鍵の使用をやめる", en: "Whether this key goes out of use"), boolean,
    default: false
  ).details(
    ja:
      "新しいセレクターを並べて書き、古い方をtrueにします。新しい鍵での署名に替え、配送中のメールがなくなるまで待ってから、手順8でレコードを消します。消した後は、この項目ごと取り除きます。",
    en:
      "Write the new selector beside it, and true for the old one. Signing changes to the new key; when no mail is on its way any more, step 8 removes the record. Take the whole entry out afterwards."
  ),
  optional(
    "signUntil",
    .init(ja: "署名を新しい鍵に切り替える希望日時", en: "When signing should change to the new key"),
    timestamp.located
  ).details(
    ja: "retireと一緒に書きます。希望です。書かなければ、計画は日時の代わりに、何を待つかを示します。",
    en: "Goes with retire. A wish. Without it the plan says what to wait for instead of a time."),
  make: { span, selector, key, retires, until in
    DKIMSettings(
      selector: selector, publicKey: key, isRetiring: retires, signsUntil: until, span: span)
  })

private let policy: Shape<DMARCPolicy> = choice(
  [
    (.init(word: "none", about: .init(ja: "監視のみ", en: "Watch only")), DMARCPolicy.none),
    (.init(word: "quarantine", about: .init(ja: "隔離", en: "Quarantine")), DMARCPolicy.quarantine),
    (.init(word: "reject", about: .init(ja: "拒否", en: "Reject")), DMARCPolicy.reject),
  ])

private let dmarc: Shape<DMARCSettings> = object(
  required("policy", .init(ja: "ポリシー", en: "The policy"), policy.located).details(
    ja:
      "受信側が、認証に失敗したメールをどう扱うかを示します(RFC 9989)。ゾーンの今のポリシーより厳しければ、手順8で1段階ずつ、ここまで進めます。",
    en:
      "What receivers do with mail that fails (RFC 9989). Where it is stricter than what the zone has today, step 8 comes to it one stage at a time."
  ),
  optional(
    "subdomainPolicy", .init(ja: "サブドメインのポリシー", en: "The policy of subdomains"), policy.located),
  optional(
    "nonexistentPolicy",
    .init(ja: "存在しないサブドメインのポリシー", en: "The policy of subdomains that do not exist"),
    policy.located
  ).details(
    ja: "npタグです。書かなければ、サブドメインのポリシーと同じになります(RFC 9989)。",
    en: "The np tag. Without it they have the policy of subdomains (RFC 9989)."),
  optional(
    "dkimAlignment", .init(ja: "DKIMのドメインの一致", en: "How DKIM's domain must match"),
    alignment.located),
  optional(
    "spfAlignment", .init(ja: "SPFのドメインの一致", en: "How SPF's domain must match"),
    alignment.located),
  optional(
    "aggregateReports", .init(ja: "集計レポートの宛先", en: "Where aggregate reports go"),
    list(of: reportURI.located), default: []
  ).details(
    ja: "よそのドメインを指すときは、そのドメイン側にも許可のレコードが要ります。",
    en: "A domain of others has to allow it with a record of its own."),
  optional(
    "failureReports", .init(ja: "個別の失敗レポートの宛先", en: "Where reports of single failures go"),
    list(of: reportURI.located), default: []
  ).details(
    ja: "rufタグです。レポートに宛先や件名が含まれるため、送らない受信側も多くあります(RFC 9991)。",
    en:
      "The ruf tag. These reports show recipients and subjects, so many receivers send none (RFC 9991)."
  ),
  optional(
    "testing", .init(ja: "1段階緩く適用するよう求める", en: "Ask for one level less"), boolean, default: false
  ).details(
    ja: "t=yです。policyの段階を、影響を抑えて試すときに使います(RFC 9989)。",
    en: "The tag t=y, to try the stage of the policy before it takes effect (RFC 9989)."),
  optional(
    "stages", .init(ja: "ポリシーまでの進め方", en: "How the policy is come to"), dmarcStages
  ).details(
    ja: "noneからquarantine、quarantineからrejectへと1段階ずつ進め、その間は集計レポートを見ます。",
    en:
      "From none to quarantine and from quarantine to reject, one stage at a time, watching the aggregate reports in between."
  ),
  make: {
    span, policy, subdomains, nonexistent, dkim, spf, reports, failures, testing, stages in
    DMARCSettings(
      policy: policy, subdomainPolicy: subdomains, nonexistentPolicy: nonexistent,
      dkimAlignment: dkim, spfAlignment: spf, aggregateReports: reports, failureReports: failures,
      isTesting: testing, stages: stages, span: span)
  })

private let dmarcStages: Shape<DMARCSettings.Stages> = object(
  optional("start", .init(ja: "手順2で公開するポリシー", en: "The policy of step 2"), policy.located)
    .details(
      ja: "書かなければ、ゾーンの今のポリシーです。DMARCがないか、今のゾーンが分からなければ、noneです。",
      en:
        "Without it, the policy that the zone has today; none where there is no DMARC, or where the zone is not known."
    ),
  optional(
    "days", .init(ja: "1つの段階のレポートを見る日数", en: "Days to watch a stage"), integer(1...366).located
  )
  .details(
    ja: "既定は30日です。規格は、noneとquarantineをそれぞれ1か月以上続けるよう勧めています(RFC 9989 7.4節)。",
    en:
      "30 by default: the standard advises a month or more of none, then as long of quarantine (RFC 9989 section 7.4)."
  ),
  optional(
    "testing", .init(ja: "各段階を先に試す", en: "Try each stage first"), boolean, default: false
  ).details(
    ja:
      "各段階の前に、t=yを付けた段階を入れます。受信側は1段階緩く適用し、差出人を書き換えるメーリングリストなどは先に動き始めます(RFC 9989)。",
    en:
      "A stage with t=y goes before each. Receivers apply one level less, while mailing lists that rewrite the sender begin to do so (RFC 9989)."
  ),
  make: { span, start, days, testing in
    DMARCSettings.Stages(start: start, days: days, hasTrials: testing, span: span)
  })

private let alignment: Shape<DMARCAlignment> = choice(
  [
    (
      .init(
        word: "relaxed", about: .init(ja: "サブドメインも認める(既定)", en: "Subdomains match too, the default")
      ),
      DMARCAlignment.relaxed
    ),
    (.init(word: "strict", about: .init(ja: "完全に同じ", en: "The very same")), DMARCAlignment.strict),
  ])
