internal import Diagnostics
internal import MailRecords
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// Whether there is time to lower the TTL before the MX changes.
  static let cutoverTime = Rule(
    [.pastCutover, .hastyCutover, .impossibleCutover, .noCutover], judgesAbsence: true
  ) { input, bag in
    guard input.tenant.contract.includes(.inboundSecurity) else { return }
    for domain in input.tenant.domains where domain.role != .parked {
      let name = domain.name.value.unicode.excerpt()
      guard let cutover = domain.cutover else {
        bag.add(
          Diagnostic(
            .noCutover, at: domain.name.span,
            .init(
              ja: "「\(name)」のMXを切り替える日時が書かれていない",
              en: "\"\(name)\" does not say when its MX should change"),
            help: .init(
              ja: "cutover: 2026-12-19T22:00:00+09:00 のように書く",
              en: "write it like cutover: 2026-12-19T22:00:00+09:00")))
        continue
      }
      let left = cutover.value.seconds - input.now.seconds
      guard left >= 0 else {
        bag.add(
          Diagnostic(
            .pastCutover, at: cutover.span,
            .init(
              ja: "切替の日時 \(cutover.value) は過ぎている", en: "the cutover at \(cutover.value) is past"),
            help: .init(
              ja: "切替が済んでいなければ、新しい日時を書く", en: "unless it has been done, write a new time")))
        continue
      }
      let zone = KnownZone(domain, input)
      let ttl = zone?.set("@", .mx)?.ttl ?? domain.mxTTL?.value
      let lowered = Catalogue.loweredTTL.value
      if let ttl, Int(ttl.seconds) <= lowered { continue }
      if let ttl, left < Int(ttl.seconds) {
        let place = zone.flatMap { $0.set("@", .mx) == nil ? nil : $0.span("@", .mx) }
        bag.add(
          Diagnostic(
            .impossibleCutover, at: cutover.span,
            .init(
              ja: "切替まで、今のTTL \(ttl)秒より短い",
              en: "the cutover is nearer than the TTL of today, \(ttl) seconds"),
            help: .init(
              ja: "TTLを下げてから\(ttl)秒が過ぎた日時にする",
              en: "choose a time \(ttl) seconds after the TTL is lowered"),
            labels: [
              place.map { .init($0, .init(ja: "今のMX", en: "the MX of today")) }
                ?? domain.mxTTL.map { .init($0.span, .init(ja: "今のTTL", en: "the TTL of today")) }
            ].compactMap { $0 }))
        continue
      }
      let days = Catalogue.ttlLeadDays.value
      guard left < days * 86400 else { continue }
      bag.add(
        Diagnostic(
          .hastyCutover, at: cutover.span,
          .init(
            ja: "切替まで\(left / 86400)日しかなく、TTLを下げる目安の\(days)日前を過ぎている",
            en:
              "the cutover is \(left / 86400) days away, and the TTL should be lowered \(days) days before"
          ),
          help: .init(
            ja: "TTLをすぐに下げるか、切替を延ばす", en: "lower the TTL at once, or put the cutover off")))
    }
  }

  /// A delivery host that leads back to the gateway.
  static let deliveryLoop = Rule([.deliveryLoop]) { input, bag in
    let gateway = input.tenant.gateway
    for domain in input.tenant.domains {
      guard let host = domain.deliveryHost,
        let own = (gateway.mx.map(\.host) + [gateway.relay?.host].compactMap { $0 })
          .first(where: { $0.value == host.value })
      else { continue }
      bag.add(
        Diagnostic(
          .deliveryLoop, at: host.span,
          .init(
            ja: "配送先「\(host.value.ascii.excerpt())」はMailGates自身で、メールがループする",
            en: "the delivery host \"\(host.value.ascii.excerpt())\" is MailGates itself, a loop"),
          help: .init(
            ja: "メールボックスのあるサーバーのホストを書く", en: "write the host that has the mailboxes"),
          labels: [.init(own.span, .init(ja: "MailGatesのホスト", en: "MailGates' host"))]))
    }
  }
}

extension DiagnosticCode {
  static let pastCutover = DiagnosticCode(
    8010, .warning,
    title: .init(ja: "過ぎた切替の日時", en: "a cutover in the past"),
    explanation: .init(
      ja: "切替が済んだのならそのままでかまいません。まだなら、TTLを下げる日から計画し直します。",
      en:
        "If the cutover has been done, all is well. If not, plan again from the lowering of the TTL on."
    ),
    example: "cutover: 2020-01-01T22:00:00+09:00")
  static let hastyCutover = DiagnosticCode(
    8011, .warning,
    title: .init(ja: "近すぎる切替", en: "a cutover that is near"),
    explanation: .init(
      ja: "提供元は、切替のおよそ10日前にTTLを300秒へ下げるよう案内しています。TTLを守らないキャッシュもあるためです。",
      en:
        "The vendor advises to lower the TTL to 300 seconds about ten days before: some caches do not keep to it."
    ),
    example: "cutover: <3日後>", source: "article 360041005591")
  static let impossibleCutover = DiagnosticCode(
    8012, .warning,
    title: .init(ja: "TTLより近い切替", en: "a cutover nearer than the TTL"),
    explanation: .init(
      ja: "TTLを今すぐ下げても、古いMXは今のTTLの間キャッシュに残ります。その間の切替では、メールの一部が古い経路で届きます。",
      en:
        "Even if the TTL is lowered now, caches keep the old MX for as long as the TTL of today, and some mail takes the old way after the cutover."
    ),
    example: "@ 86400 IN MX 10 mx.hosting.example.\ncutover: <3時間後>",
    source: "RFC 1035 section 3.2.1; article 4402739136153")
  static let noCutover = DiagnosticCode(
    8013, .note,
    title: .init(ja: "決まっていない切替の日時", en: "a cutover without a time"),
    explanation: .init(
      ja: "日時がなければ、手順書は日付のない順序だけになります。夜間や週末が勧められています。",
      en: "Without a time the runbook has an order and no dates. Nights and weekends are advised."),
    example: "contract: { services: [inbound-security] }\ndomains: [{ name: kaede.example }]",
    source: "article 360040495232")
  static let deliveryLoop = DiagnosticCode(
    8014, .error,
    title: .init(ja: "MailGatesに戻る配送先", en: "a delivery host that leads back"),
    explanation: .init(
      ja: "deliveryHost は、MailGatesがメールを渡す先のサーバーです。MailGates自身を書くと、メールは自分に配送され続けます。",
      en:
        "deliveryHost is where MailGates hands mail to. If it is MailGates itself, mail goes round in a loop."
    ),
    example:
      "gateway: { mx: [{ host: mx1.gateway.example, … }] }\ndomains: [{ …, deliveryHost: mx1.gateway.example }]",
    source: "RFC 5321 section 6.3")
}
