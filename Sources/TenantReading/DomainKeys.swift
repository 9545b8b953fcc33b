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
    }, default: .mail),
  optional(
    "mailServer",
    .init(
      ja: "mailServersの名前。1台なら省略できる",
      en: "A name of mailServers; may be left out where there is one"),
    identifier.located),
  optional(
    "deliveryHost",
    .init(
      ja: "配送先ホスト。管理画面の表示どおりに", en: "The host that takes the mail, as the admin center shows it"),
    domainName.located),
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
    ]).located),
  optional(
    "publish", .init(ja: "DNSの出力形式", en: "The forms in which DNS is written"),
    list(
      of: word { (format: TenantDomain.PublishFormat) in
        switch format {
        case .bind: .init(ja: "BIND形式", en: "A zone file's form")
        case .octodns: .init(ja: "octoDNS", en: "octoDNS")
        case .terraformRoute53: .init(ja: "Terraform(Route 53)", en: "Terraform for Route 53")
        case .nsupdate: .init(ja: "nsupdate", en: "nsupdate")
        case .table: .init(ja: "DNS管理画面に貼る表", en: "A table for a web form")
        }
      }.located), default: []),
  optional("spf", .init(ja: "SPF", en: "SPF"), spf),
  optional("dkim", .init(ja: "DKIM", en: "DKIM"), list(of: dkim), default: []),
  optional("dmarc", .init(ja: "DMARC", en: "DMARC"), dmarc),
  optional(
    "tlsReports", .init(ja: "TLSレポートの宛先", en: "Where TLS reports go"),
    list(of: reportURI.located), default: []),
  optional(
    "cutover", .init(ja: "MX切替の希望日時", en: "When the MX should change"), timestamp.located),
  make: {
    span, name, role, server, delivery, zone, publish, spf, dkim, dmarc, reports, cutover in
    TenantDomain(
      name: name, role: role, mailServer: server, deliveryHost: delivery, zone: zone,
      publish: publish, spf: spf, dkim: dkim, dmarc: dmarc, tlsReports: reports,
      cutover: cutover, span: span)
  })

private let spf: Shape<SPFSettings> = object(
  optional(
    "senders", .init(ja: "必ず含める送信元", en: "Senders that must be there"),
    list(of: spfTerm.located), default: []),
  optional(
    "remove", .init(ja: "ゾーンから取り除く項", en: "Terms of the zone to take away"),
    list(of: spfTerm.located), default: []),
  optional(
    "all", .init(ja: "それ以外の扱い", en: "What becomes of all others"),
    choice(
      [
        (.init(word: "fail", about: .init(ja: "-all", en: "-all")), SPFQualifier.fail),
        (.init(word: "softfail", about: .init(ja: "~all", en: "~all")), SPFQualifier.softfail),
        (.init(word: "neutral", about: .init(ja: "?all", en: "?all")), SPFQualifier.neutral),
      ]
    ).located),
  make: { span, senders, remove, all in
    SPFSettings(senders: senders, remove: remove, all: all, span: span)
  })

private let dkim: Shape<DKIMSettings> = object(
  required("selector", .init(ja: "セレクター", en: "The selector"), dkimSelector.located),
  optional(
    "publicKey",
    .init(
      ja: "公開鍵のファイル(PEMか、管理画面に表示された文字列)",
      en: "A file with the public key: PEM, or the text that the console shows"), fileReference),
  make: { span, selector, key in DKIMSettings(selector: selector, publicKey: key, span: span) })

private let policy: Shape<DMARCPolicy> = choice(
  [
    (.init(word: "none", about: .init(ja: "監視のみ", en: "Watch only")), DMARCPolicy.none),
    (.init(word: "quarantine", about: .init(ja: "隔離", en: "Quarantine")), DMARCPolicy.quarantine),
    (.init(word: "reject", about: .init(ja: "拒否", en: "Reject")), DMARCPolicy.reject),
  ])

private let dmarc: Shape<DMARCSettings> = object(
  required("policy", .init(ja: "ポリシー", en: "The policy"), policy.located),
  optional(
    "subdomainPolicy", .init(ja: "サブドメインのポリシー", en: "The policy of subdomains"), policy.located),
  optional(
    "aggregateReports", .init(ja: "集計レポートの宛先", en: "Where aggregate reports go"),
    list(of: reportURI.located), default: []),
  make: { span, policy, subdomains, reports in
    DMARCSettings(
      policy: policy, subdomainPolicy: subdomains, aggregateReports: reports, span: span)
  })
