internal import Diagnostics
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// How strict the policy is beside what holds it up.
  static let dmarcPolicy = Rule([.rejectWithoutDKIM]) { input, bag in
    guard input.tenant.contract.includes(.leakPrevention) else { return }
    for domain in input.tenant.domains where domain.role != .parked && domain.dkim.isEmpty {
      guard let policy = domain.dmarc?.policy, policy.value == .reject else { continue }
      let name = domain.name.value.unicode.excerpt()
      bag.add(
        Diagnostic(
          .rejectWithoutDKIM, at: policy.span,
          .init(
            ja: "「\(name)」はDKIMなしで p=reject になる", en: "\"\(name)\" would have p=reject without DKIM"
          ),
          help: .init(
            ja: "dkim を加え、署名を確かめてから reject にする",
            en: "add dkim, and go to reject once its signatures were seen")))
    }
  }

  /// Where reports go.
  static let dmarcReports = Rule(
    [.externalReports, .noReports, .longAuthorization], judgesAbsence: true
  ) {
    input, bag in
    guard input.tenant.contract.includes(.leakPrevention) else { return }
    let own = OwnDomains(input.tenant)
    for domain in input.tenant.domains {
      guard let dmarc = domain.dmarc else { continue }
      if dmarc.aggregateReports.isEmpty, domain.role != .parked {
        bag.add(
          Diagnostic(
            .noReports, at: dmarc.policy.span,
            .init(
              ja: "集計レポートの宛先がなく、認証の失敗に気づけない",
              en: "there is no address for aggregate reports, so failures go unseen"),
            help: .init(
              ja: "aggregateReports: [mailto:dmarc@\(domain.name.value.ascii)] のように書く",
              en: "write aggregateReports: [mailto:dmarc@\(domain.name.value.ascii)] or the like")))
      }
    }
    let needed = ReportAuthorization.all(
      input.tenant, zones: input.zones,
      answers: ZoneAnswers(input.zones, recorded: input.answers))
    for one in needed where one.isAsked || one.isTooLong {
      // A slip in one's own domain is a finding already.
      guard own.meant(by: one.receiver) == nil, !own.intended.contains(one.receiver) else {
        continue
      }
      let receiver = one.receiver.unicode.excerpt()
      let record = "\(one.owner). TXT \"\(ReportAuthorization.text)\"".excerpt(limit: 300)
      bag.add(
        one.isTooLong
          ? Diagnostic(
            .longAuthorization, at: one.span,
            .init(
              ja: "「\(receiver)」は、名前が長すぎてこのドメインのレポートを許可できない",
              en: "\"\(receiver)\" cannot allow these reports: the name would be too long"),
            help: .init(
              ja: "名前の短いドメインで受け取る", en: "take the reports at a domain with a shorter name"))
          : Diagnostic(
            .externalReports, at: one.span,
            .init(
              ja: "宛先のドメイン「\(receiver)」に、レポートを受け取る許可が要る",
              en: "\"\(receiver)\" has to allow the reports that it gets"),
            help: .init(
              ja: "受け取る側のDNSにあるか確かめる: \(record)",
              en: "see that the receiver's DNS has: \(record)")))
    }
  }

  /// The DMARC record that the zone has today.
  static let zoneDMARC = Rule([.zoneIsStricter, .twoDMARCRecords]) { input, bag in
    guard input.tenant.contract.includes(.leakPrevention) else { return }
    for zone in input.knownZones {
      let records = zone.contents.texts(at: "_dmarc").compactMap { DMARCRecord(parsing: $0) }
      let span = zone.span("_dmarc", .txt)
      let name = zone.domain.name.value.unicode.excerpt()
      if records.count > 1 {
        bag.add(
          Diagnostic(
            .twoDMARCRecords, at: span,
            .init(
              ja: "「\(name)」のゾーンにDMARCレコードが\(records.count)つある",
              en: "the zone of \"\(name)\" has \(records.count) DMARC records"),
            help: .init(
              ja: "1つだけ残し、ゾーンファイルを書き出し直す", en: "keep one, then export the zone again"),
            labels: [.domain(zone.domain.name.span)]))
      } else if let record = records.first, let policy = zone.domain.dmarc?.policy,
        record.policy > policy.value
      {
        bag.add(
          Diagnostic(
            .zoneIsStricter, at: policy.span,
            .init(
              ja: "今の p=\(record.policy.rawValue) が p=\(policy.value.rawValue) に緩む",
              en:
                "p=\(record.policy.rawValue) of today would be loosened to p=\(policy.value.rawValue)"
            ),
            help: .init(
              ja: "MailGatesの経路を確かめるまで緩めるのでなければ、policy: \(record.policy.rawValue) と書く",
              en:
                "unless that is meant until the new route was seen, write policy: \(record.policy.rawValue)"
            ),
            labels: [.init(span, .init(ja: "今のDMARC", en: "the DMARC of today"))],
            fixes: [.write(record.policy.rawValue, at: policy.span, isSafe: false)]))
      }
    }
  }
}

extension DiagnosticCode {
  static let externalReports = DiagnosticCode(
    3040, .note,
    title: .init(ja: "別のドメインに届くレポート", en: "reports to another domain"),
    explanation: .init(
      ja:
        "レポートの宛先が別の組織のドメインなら、受け取る側のDNSに許可のレコードが要ります。なければ、送る側はレポートを送りません。レポートのサービスはたいてい用意しています。頼むレコードは、out/2-sender-authentication/report-authorization.md にあります。宛先がこの契約のドメインなら、mgcが手順2でそのゾーンに加えます。",
      en:
        "Where reports go to another organization's domain, its DNS has to allow that by a record, or none are sent. Report services usually have it. What to ask for is in out/2-sender-authentication/report-authorization.md. Where a domain of the contract takes them, step 2 adds the record to its zone."
    ),
    example: "dmarc: { policy: none, aggregateReports: [mailto:kaede@reports.example] }",
    source: "RFC 9990, verifying external destinations")
  static let longAuthorization = DiagnosticCode(
    3150, .warning,
    title: .init(ja: "許可できないレポートの宛先", en: "reports that nobody can allow"),
    explanation: .init(
      ja:
        "別の組織のドメインがレポートを許可するレコードの名前は、両方のドメイン名をつないだ「ドメイン._report._dmarc.宛先」です。これがDNSの名前の上限(253文字)を超えると確認は失敗し、レポートは届きません。",
      en:
        "The record by which another organization's domain allows reports is called by both names: DOMAIN._report._dmarc.RECEIVER. Where that is longer than the DNS allows (253 characters), the check fails and no report comes."
    ),
    example: "dmarc: { policy: none, aggregateReports: [mailto:dmarc@aaaa.….example] }",
    source: "RFC 9990, verifying external destinations; RFC 1035 section 2.3.4")
  static let noReports = DiagnosticCode(
    3041, .note,
    title: .init(ja: "宛先のないDMARC", en: "DMARC without an address for reports"),
    explanation: .init(
      ja: "集計レポートがないと、正しいメールが認証に失敗していても気づけず、ポリシーを強める時期も判断できません。",
      en:
        "Without aggregate reports nobody sees mail of one's own that fails, or knows when the policy can be made stricter."
    ),
    example: "dmarc: { policy: none }", source: "RFC 9989; RFC 9990")
  static let rejectWithoutDKIM = DiagnosticCode(
    3042, .warning,
    title: .init(ja: "DKIMのない p=reject", en: "p=reject without DKIM"),
    explanation: .init(
      ja: "SPFだけに頼って p=reject にしてはならないと、規格は定めています。転送されたメールはSPFが失敗し、拒否されます。",
      en:
        "The standard forbids p=reject that rests on SPF alone: forwarded mail fails SPF and is refused."
    ),
    example: "domains: [{ name: kaede.example, dmarc: { policy: reject } }]",
    source: "RFC 9989 section 7.4")
  static let zoneIsStricter = DiagnosticCode(
    3043, .warning,
    title: .init(ja: "緩められるDMARC", en: "a DMARC policy that is loosened"),
    explanation: .init(
      ja:
        "今のゾーンのポリシーのほうが厳しく、tenant.yamlのとおりにすると緩みます。経路を確かめる間だけ緩めるのは一つの方法ですが、気づかずに行うことではありません。",
      en:
        "The zone's policy is stricter than tenant.yaml's. To loosen it while the route changes can be right, but not unawares."
    ),
    example: #"_dmarc 3600 IN TXT "v=DMARC1; p=reject""# + "\ndmarc: { policy: none }",
    source: "RFC 9989 section 7.4")
  static let twoDMARCRecords = DiagnosticCode(
    3044, .error,
    title: .init(ja: "2つあるDMARCレコード", en: "two DMARC records"),
    explanation: .init(
      ja: "DMARCレコードが2つ以上あると、受信側はすべて捨て、DMARCがないものとして扱います。1本だけ残します。",
      en: "With more than one DMARC record, receivers discard all of them. Keep one of them."),
    example: #"_dmarc 3600 IN TXT "v=DMARC1; p=none""# + "\n"
      + #"_dmarc 3600 IN TXT "v=DMARC1; p=reject""#,
    source: "RFC 9989 section 4.10")
}
