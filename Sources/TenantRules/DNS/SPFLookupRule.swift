internal import Diagnostics
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// The look-ups of the record to be, and of today's (RFC 7208 section 4.6.4).
  static let spfLookups = Rule([.tooManyLookups, .manyLookups, .spfLoop, .overLimitToday]) {
    input, bag in
    let domains = input.domainsWithSPF
    let targets = SPFTargets(input, domains)
    for spf in domains {
      guard let budget = spf.budget(targets) else { continue }
      if let loop = budget.loops.first {
        // The counting of a loop says nothing, and gateway.spf has its own finding.
        if input.tenant.gateway.spf?.value.ascii != loop.name { bag.add(.spfLoop(loop, spf)) }
        continue
      }
      if budget.worst.lookups >= 8 {
        bag.add(.lookups(of: spf, budget, input))
      }
      guard !budget.isOverLimit, let zone = spf.zone, let current = spf.current else { continue }
      let today = SPFBudget(
        of: current, at: spf.domain.name.value.ascii, knowing: targets.knowledge)
      if today.isOverLimit { bag.add(.overLimitToday(spf, zone, today, budget)) }
    }
  }
}

extension Diagnostic {
  fileprivate static func lookups(
    of spf: DomainSPF, _ budget: SPFBudget, _ input: RuleInput
  ) -> Diagnostic {
    let name = spf.domain.name.value.unicode.excerpt()
    let limit = SPFRecord.lookupLimit
    let total = budget.worst.lookups
    let source = spf.texts.isEmpty ? nil : spf.zone?.span("@", .txt)
    var labels: [Label] =
      source.map { [.init($0, .init(ja: "今のSPFを含むTXT", en: "the TXT with the SPF"))] } ?? []
    for dearest in budget.dearestFirst {
      guard labels.count < 5,
        let sender = spf.domain.spf?.senders.first(where: {
          $0.value.identity == dearest.term.identity
        })
      else { continue }
      let cost = dearest.cost.lookups
      labels.append(.init(sender.span, .init(ja: "\(cost)回", en: "look-ups: \(cost)")))
    }
    let ownership = SPFOwnership(
      server: input.server(of: spf.domain), gateway: input.tenant.gateway.spf?.value)
    let relief =
      budget.isOverLimit
      ? [budget.reliefWording(budget.relief { ownership.owner(of: $0) == .customer })] : []
    return Diagnostic(
      budget.isOverLimit ? .tooManyLookups : .manyLookups, at: spf.place,
      budget.isOverLimit
        ? .init(
          ja: "「\(name)」のSPFは\(total)回の問い合わせになり、上限の\(limit)回を超える",
          en: "the SPF of \"\(name)\" takes \(total) look-ups, of at most \(limit)")
        : .init(
          ja: "「\(name)」のSPFは\(total)回の問い合わせになる。上限は\(limit)回",
          en: "the SPF of \"\(name)\" takes \(total) look-ups; the limit is \(limit)"),
      help: LocalizedText.joined(relief + [budget.costWording] + budget.basis), labels: labels)
  }

  fileprivate static func overLimitToday(
    _ spf: DomainSPF, _ zone: KnownZone, _ today: SPFBudget, _ budget: SPFBudget
  ) -> Diagnostic {
    let name = spf.domain.name.value.unicode.excerpt()
    return Diagnostic(
      .overLimitToday, at: zone.span("@", .txt),
      .init(
        ja: "「\(name)」の今のSPFは\(today.worst.lookups)回の問い合わせになり、評価できない",
        en:
          "today's SPF of \"\(name)\" takes \(today.worst.lookups) look-ups and cannot be evaluated"
      ),
      help: LocalizedText.joined(
        [
          .init(
            ja: "合成したレコードは\(budget.worst.lookups)回になる",
            en: "the merged record takes \(budget.worst.lookups)"), today.costWording,
        ] + today.basis), labels: [.domain(spf.domain.name.span)])
  }

  fileprivate static func spfLoop(_ loop: SPFBudget.Loop, _ spf: DomainSPF) -> Diagnostic {
    let name = spf.domain.name.value.unicode.excerpt()
    return Diagnostic(
      .spfLoop, at: spf.span(of: loop.term),
      .init(
        ja: "「\(name)」のSPFをたどると「\(loop.name.excerpt())」に戻り、終わらない",
        en: "following the SPF of \"\(name)\" comes back to \"\(loop.name.excerpt())\""),
      help: .init(
        ja: "自分を含むincludeを remove に書くか、ゾーンから消す",
        en: "name the include that leads back in remove, or take it out of the zone"),
      labels: [.domain(spf.domain.name.span)])
  }
}

extension SPFBudget {
  /// Every term that costs anything, the dearest first.
  fileprivate var costWording: LocalizedText {
    LocalizedText.listed(
      dearestFirst.map { "\($0.term.description.excerpt()) = \($0.cost.lookups)" })
  }

  /// Which terms would have to go.
  fileprivate func reliefWording(_ relief: [SPFTerm]?) -> LocalizedText {
    guard let relief else {
      return .init(
        ja: "お客様の項をすべて取り除いても、上限に収まらない",
        en: "even without all of the customer's own terms it is too many")
    }
    let names = LocalizedText.listed(relief.map { $0.description.excerpt() })
    return .init(
      ja: "使っていなければ remove に書くと収まる: " + names.ja,
      en: "it fits once these are gone, if nobody sends by them: " + names.en)
  }
}

extension LocalizedText {
  fileprivate static func joined(_ parts: [LocalizedText]) -> LocalizedText {
    .init(
      ja: parts.map(\.ja).joined(separator: "。"), en: parts.map(\.en).joined(separator: "; "))
  }
}

extension DiagnosticCode {
  static let tooManyLookups = DiagnosticCode(
    3012, .error,
    title: .init(ja: "SPFの問い合わせが多すぎる", en: "too many look-ups in SPF"),
    explanation: .init(
      ja:
        "SPFの評価で許されるDNSの問い合わせは10回までです。超えると永続エラー(permerror)になり、どの送信元も認められません。includeの中身も数えます。中身がわからないincludeは1回と数えるので、実際はもっと多いことがあります。includeを中身のアドレスに置き換えて回数を減らす方法(flattening)は、mgcは使いません。事業者のアドレスは予告なく変わり、置き換えたレコードは誰にも気づかれないまま誤りになり、長さも512バイトを超えやすくなるからです。使わない送信元を取り除くか、送信元ごとにサブドメインを分けます。",
      en:
        "Evaluating SPF may take ten DNS look-ups. Beyond that it is a permanent error, and no sender passes. What an include includes counts too; one of which nothing is known counts as one, so there may be more. mgc does not replace an include by the addresses in it (flattening): a provider's addresses change without notice, the record then is wrong and nobody sees it, and it soon is longer than 512 octets. Take away senders that are gone, or give a sender a subdomain of its own."
    ),
    example: "spf: { senders: [include:a.example, …, include:k.example] }",
    source: "RFC 7208 section 4.6.4")
  static let manyLookups = DiagnosticCode(
    3013, .warning,
    title: .init(ja: "上限に近いSPFの問い合わせ", en: "nearly too many look-ups in SPF"),
    explanation: .init(
      ja: "問い合わせが8回以上になると、include先が1つ中身を増やすだけで上限の10回を超えます。使わない送信元を取り除きます。",
      en:
        "From eight look-ups on, a change at somebody else's include may reach beyond the ten. Take away senders that are gone."
    ),
    example: "spf: { senders: [include:a.example, …, include:g.example] }",
    source: "RFC 7208 section 4.6.4")
  static let spfLoop = DiagnosticCode(
    3028, .error,
    title: .init(ja: "自分に戻るSPF", en: "SPF that leads back to itself"),
    explanation: .init(
      ja: "includeやredirectをたどると同じ名前に戻ります。評価は問い合わせの上限に達して永続エラー(permerror)になり、どの送信元も認められません。",
      en:
        "Following include and redirect comes back to the same name. Evaluation runs into the limit of look-ups, a permanent error, and no sender passes."
    ),
    example: "domains: [{ name: kaede.example, spf: { senders: [include:kaede.example] } }]",
    source: "RFC 7208 section 4.6.4")
  static let overLimitToday = DiagnosticCode(
    3120, .note,
    title: .init(ja: "今は評価できないSPF", en: "SPF that cannot be evaluated today"),
    explanation: .init(
      ja: "今のSPFは問い合わせの上限の10回を超え、受信側は永続エラー(permerror)とします。合成したレコードでは収まりますが、それまでは誰のメールも認められていません。",
      en:
        "Today's record takes more than ten look-ups, a permanent error for receivers. The merged record does not, but until it is published no sender passes."
    ),
    example: #"@ 3600 IN TXT "v=spf1 include:a.example … include:k.example ~all""#,
    source: "RFC 7208 section 4.6.4")
}
