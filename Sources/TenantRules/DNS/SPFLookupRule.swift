internal import Diagnostics
internal import MailRecords
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// The look-ups of the record to be (RFC 7208 section 4.6.4).
  static let spfLookups = Rule([.tooManyLookups, .manyLookups, .spfLoop]) { input, bag in
    let targets = SPFTargets(input)
    for spf in input.domainsWithSPF {
      guard let merged = spf.merged else { continue }
      let own = spf.domain.name.value.ascii
      let cost = merged.lookupCost { target in
        if target == own { return .record(merged) }
        if case .record(let record) = targets[target] { return .record(record) }
        guard let known = Catalogue.spfCosts.first(where: { $0.domain == target }) else {
          return .unknown
        }
        // The catalogue counts the include itself too.
        return .cost(known.lookups - 1)
      }
      if let loop = cost.loops.first {
        // The counting of a loop says nothing, and gateway.spf has its own finding.
        if input.tenant.gateway.spf?.value.ascii != loop { bag.add(.spfLoop(loop, spf, merged)) }
        continue
      }
      guard cost.total >= 8 else { continue }
      let name = spf.domain.name.value.unicode.excerpt()
      let limit = SPFRecord.lookupLimit
      let over = cost.isOverLimit
      let source = spf.texts.isEmpty ? nil : spf.zone?.span("@", .txt)
      bag.add(
        Diagnostic(
          over ? .tooManyLookups : .manyLookups, at: spf.place,
          over
            ? .init(
              ja: "「\(name)」のSPFは\(cost.total)回の問い合わせになり、上限の\(limit)回を超える",
              en: "the SPF of \"\(name)\" takes \(cost.total) look-ups, of at most \(limit)")
            : .init(
              ja: "「\(name)」のSPFは\(cost.total)回の問い合わせになる。上限は\(limit)回",
              en: "the SPF of \"\(name)\" takes \(cost.total) look-ups; the limit is \(limit)"),
          help: cost.wording,
          labels: source.map {
            [.init($0, .init(ja: "今のSPFを含むTXT", en: "the TXT with the SPF"))]
          } ?? []))
    }
  }
}

extension Diagnostic {
  fileprivate static func spfLoop(
    _ loop: String, _ spf: DomainSPF, _ merged: SPFRecord
  ) -> Diagnostic {
    let name = spf.domain.name.value.unicode.excerpt()
    let term = merged.terms.first { term in
      switch term {
      case .directive(_, .include(let target)), .redirect(let target): target.lowercased() == loop
      default: false
      }
    }
    return Diagnostic(
      .spfLoop, at: term.map { spf.span(of: $0) } ?? spf.place,
      .init(
        ja: "「\(name)」のSPFをたどると「\(loop.excerpt())」に戻り、終わらない",
        en: "following the SPF of \"\(name)\" comes back to \"\(loop.excerpt())\""),
      help: .init(
        ja: "自分を含むincludeを remove に書くか、ゾーンから消す",
        en: "name the include that leads back in remove, or take it out of the zone"),
      labels: [.domain(spf.domain.name.span)])
  }
}

extension SPFLookupCost {
  /// What was counted, and how sure that is.
  fileprivate var wording: LocalizedText {
    let counted = terms.map { "\($0.term.description.excerpt()) = \($0.cost)" }
    var ja = counted.joined(separator: "、")
    var en = counted.joined(separator: ", ")
    for known in Catalogue.spfCosts
    where terms.contains(where: { $0.term.mechanism == .include(known.domain) }) {
      ja += "。\(known.domain)は\(known.read)の時点の数"
      en += "; \(known.domain) as of \(known.read)"
    }
    if !unknown.isEmpty {
      let names = unknown.map { $0.excerpt() }
      ja += "。中身がわからず1と数えたもの: " + names.joined(separator: "、")
      en += "; counted as 1 for want of knowledge: " + names.joined(separator: ", ")
    }
    return .init(ja: ja, en: en)
  }
}

extension DiagnosticCode {
  static let tooManyLookups = DiagnosticCode(
    3012, .error,
    title: .init(ja: "SPFの問い合わせが多すぎる", en: "too many look-ups in SPF"),
    explanation: .init(
      ja:
        "SPFの評価で許されるDNSの問い合わせは10回までです。超えると永続エラー(permerror)になり、どの送信元も認められません。includeの中身も数えます。中身がわからないincludeは1回と数えるので、実際はもっと多いことがあります。",
      en:
        "Evaluating SPF may take ten DNS look-ups. Beyond that it is a permanent error, and no sender passes. What an include includes counts too; one of which nothing is known counts as one, so there may be more."
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
}
