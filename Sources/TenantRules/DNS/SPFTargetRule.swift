internal import Diagnostics
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// What the names that the record to be leads to do to it, as far as they are known.
  static let spfTargets = Rule([.tooManyVoids, .wideExchangers, .brokenTarget, .openTarget]) {
    input, bag in
    let domains = input.domainsWithSPF
    let targets = SPFTargets(input, domains)
    for spf in domains {
      guard let budget = spf.budget(targets), budget.loops.isEmpty else { continue }
      for term in budget.wideExchangers { bag.add(.wideExchangers(term, spf)) }
      for broken in budget.broken { bag.add(contentsOf: spf.judge(broken)) }
      for term in budget.openTargets { bag.add(.openTarget(term, spf)) }
      // A broken target is the greater evil, and is void itself.
      if budget.isOverVoidLimit, budget.broken.isEmpty { bag.add(.tooManyVoids(spf, budget)) }
    }
  }

  /// Terms that stand twice in today's record, and an answer that is too long.
  static let spfRepeated = Rule([.repeatedTerm, .longAnswer]) { input, bag in
    for spf in input.domainsWithSPF {
      if let zone = spf.zone, let current = spf.current {
        for (again, _) in current.terms.filter({ $0.mechanism != nil }).repetitions(of: \.identity)
        {
          bag.add(.repeatedTerm(again, at: zone.span("@", .txt), spf))
        }
      }
      guard let zone = spf.zone, let merged = spf.merged else { continue }
      let others = zone.contents.texts(at: "@").filter { !SPFRecord.isSPF($0) }
      let length = AnswerLength(of: zone.contents.origin, [merged.description] + others).octets
      if length > AnswerLength.limit, !others.isEmpty {
        bag.add(.longAnswer(length, spf, zone))
      }
    }
  }
}

/// How long the answer to a question for TXT is (RFC 1035 section 4.1).
private struct AnswerLength {
  /// What UDP carries without more ado.
  static let limit = 512

  let octets: Int

  init(of name: DomainName, _ texts: [String]) {
    // Header and question; each record has a pointer to the name, ten octets, and its strings.
    let question = 12 + name.ascii.utf8.count + 2 + 4
    octets = texts.reduce(question) { sum, text in
      let length = text.utf8.count
      let strings = max(
        1, (length + TXTValue.maximumStringLength - 1) / TXTValue.maximumStringLength)
      return sum + 12 + length + strings
    }
  }
}

extension DomainSPF {
  fileprivate func judge(_ broken: SPFBudget.BrokenTarget) -> [Diagnostic] {
    let term = broken.term.description.excerpt()
    let name = broken.name.excerpt()
    let message: LocalizedText
    switch broken.reason {
    // SPFSenderRules says it.
    case .noName, .noRecord: return []
    case .severalRecords:
      message = .init(
        ja: "「\(term)」の先の「\(name)」に、SPFレコードが2つ以上ある",
        en: "\"\(name)\", to which \"\(term)\" leads, has several SPF records")
    case .unreadable:
      message = .init(
        ja: "「\(term)」の先の「\(name)」のSPFに、文法の誤りがある",
        en: "the SPF of \"\(name)\", to which \"\(term)\" leads, breaks the grammar")
    }
    return [
      Diagnostic(
        .brokenTarget, at: span(of: broken.term), message,
        help: .init(
          ja: "その名前の管理者に直してもらうか、remove に書く",
          en: "have whoever runs it correct it, or name the term in remove"),
        labels: [.domain(domain.name.span)])
    ]
  }
}

extension Diagnostic {
  fileprivate static func tooManyVoids(_ spf: DomainSPF, _ budget: SPFBudget) -> Diagnostic {
    let name = spf.domain.name.value.unicode.excerpt()
    let count = budget.worst.voids
    let void = budget.terms.filter { $0.cost.voids > 0 }
    let terms = LocalizedText.listed(
      void.map { "\($0.term.description.excerpt()) = \($0.cost.voids)" })
    return Diagnostic(
      .tooManyVoids, at: void.last.map { spf.span(of: $0.term) } ?? spf.place,
      .init(
        ja: "「\(name)」のSPFは、空の応答が\(count)回になり、上限の\(SPFBudget.voidLimit)回を超えうる",
        en:
          "the SPF of \"\(name)\" may meet \(count) void look-ups, of at most \(SPFBudget.voidLimit)"
      ),
      help: .init(
        ja: "もうない名前を remove に書く: " + terms.ja,
        en: "name in remove what is gone: " + terms.en),
      labels: [.domain(spf.domain.name.span)])
  }

  fileprivate static func wideExchangers(_ term: SPFTerm, _ spf: DomainSPF) -> Diagnostic {
    let text = term.description.excerpt()
    return Diagnostic(
      .wideExchangers, at: spf.span(of: term),
      .init(
        ja: "「\(text)」のMXのホストが\(SPFBudget.exchangerLimit)台を超える",
        en: "the MX of \"\(text)\" has more than \(SPFBudget.exchangerLimit) hosts"),
      help: .init(
        ja: "送信するホストを ip4: で書き、mxは remove に書く",
        en: "name the hosts that send by ip4:, and mx in remove"),
      labels: [.domain(spf.domain.name.span)])
  }

  fileprivate static func openTarget(_ term: SPFTerm, _ spf: DomainSPF) -> Diagnostic {
    let text = term.description.excerpt()
    return Diagnostic(
      .openTarget, at: spf.span(of: term),
      .init(
        ja: "「\(text)」の先のSPFが、すべての送信元を認める",
        en: "the SPF that \"\(text)\" leads to lets everybody pass"),
      help: .init(
        ja: "その名前の管理者に確かめるか、remove に書く",
        en: "ask whoever runs it, or name the term in remove"),
      labels: [.domain(spf.domain.name.span)])
  }

  fileprivate static func repeatedTerm(
    _ term: SPFTerm, at span: SourceSpan, _ spf: DomainSPF
  ) -> Diagnostic {
    let text = term.description.excerpt()
    return Diagnostic(
      .repeatedTerm, at: span,
      .init(ja: "SPFに「\(text)」がもう一度ある", en: "\"\(text)\" stands in SPF once more"),
      help: .init(
        ja: "2つ目は働かない(合成したレコードには1つだけ残る)",
        en: "the second does nothing; the merged record keeps one"),
      labels: [.domain(spf.domain.name.span)])
  }

  fileprivate static func longAnswer(
    _ length: Int, _ spf: DomainSPF, _ zone: KnownZone
  ) -> Diagnostic {
    let name = spf.domain.name.value.unicode.excerpt()
    return Diagnostic(
      .longAnswer, at: zone.span("@", .txt),
      .init(
        ja: "「\(name)」のTXTの応答が、ほかのTXTと合わせて\(length)バイトになる",
        en: "the TXT answer of \"\(name)\" comes to \(length) octets with its other records"),
      help: .init(
        ja: "使い終わった所有確認などのTXTを消す",
        en: "remove TXT records that have done their work, such as proofs of ownership"),
      labels: [.domain(spf.domain.name.span)])
  }
}

extension DiagnosticCode {
  static let tooManyVoids = DiagnosticCode(
    3121, .warning,
    title: .init(ja: "空の応答が多すぎるSPF", en: "too many void look-ups in SPF"),
    explanation: .init(
      ja:
        "応答にレコードのない問い合わせが2回を超えると、受信側は永続エラー(permerror)としてよいことになっています。もうないホスト名の a や mx を取り除きます。IPv6の送信元にはAAAAを引くので、AAAAのないホストも空の応答になります。exists と ptr は、一致しなければ空の応答と数えます。",
      en:
        "After two look-ups without an answer receivers may find a permanent error. Take away a and mx of hosts that are gone. For a sender with an IPv6 address AAAA is asked for, so that a host without it is void too; exists and ptr that do not match count as void."
    ),
    example: "spf: { senders: [a:old1.kaede.example, a:old2.kaede.example, a:old3.kaede.example] }",
    source: "RFC 7208 section 4.6.4")
  static let wideExchangers = DiagnosticCode(
    3122, .error,
    title: .init(ja: "ホストの多すぎるSPFのmx", en: "mx in SPF with too many hosts"),
    explanation: .init(
      ja: "mx の先のMXが10台を超えると、評価は永続エラー(permerror)になり、どの送信元も認められません。",
      en:
        "If the MX that mx leads to has more than ten hosts, evaluation ends in a permanent error, and no sender passes."
    ),
    example: "spf: { senders: [mx:pool.kaede.example] }", source: "RFC 7208 section 4.6.4")
  static let repeatedTerm = DiagnosticCode(
    3123, .warning,
    title: .init(ja: "2回書かれたSPFの項", en: "an SPF term that stands twice"),
    explanation: .init(
      ja: "同じ項が2つあると、2つ目は問い合わせを使うだけで何も認めません。別の名前の書き間違いかもしれません。",
      en:
        "Of two equal terms the second only costs look-ups and lets nobody pass. Perhaps another name was meant."
    ),
    example: #"@ 3600 IN TXT "v=spf1 include:a.example include:A.example ~all""#,
    source: "RFC 7208 section 4.6.4")
  static let brokenTarget = DiagnosticCode(
    3124, .error,
    title: .init(ja: "SPFが壊れている名前のinclude", en: "an include of a broken SPF record"),
    explanation: .init(
      ja:
        "includeやredirectの先のSPFが永続エラー(permerror)になると、それを含むレコードの評価も永続エラーになります。2つ以上のSPFレコードと文法の誤りがこれにあたります。",
      en:
        "A permanent error at the target of include or redirect is one for the record that leads there: several SPF records, or one that breaks the grammar."
    ),
    example: #"_spf 3600 IN TXT "v=spf1 ip4:192.0.2.1~all""#,
    source: "RFC 7208 sections 4.5, 4.6 and 5.2")
  static let openTarget = DiagnosticCode(
    3125, .warning,
    title: .init(ja: "すべてを認める名前のinclude", en: "an include of what lets everybody pass"),
    explanation: .init(
      ja: "includeの先のSPFが +all で終わると、どこから送ったメールもそのincludeに一致し、認められます。",
      en:
        "If the SPF at the target ends in +all, mail from anywhere matches the include and passes."
    ),
    example: #"_spf 3600 IN TXT "v=spf1 +all""#, source: "RFC 7208 sections 5.1 and 5.2")
  static let longAnswer = DiagnosticCode(
    3126, .note,
    title: .init(ja: "長いTXTの応答", en: "a long TXT answer"),
    explanation: .init(
      ja:
        "SPFを引くと、同じ名前のTXTがすべて返ります。応答が512バイトを超えるとUDPで届かないことがあり、TCPで引き直せない受信側はSPFを得られません。",
      en:
        "Whoever asks for SPF gets every TXT record of the name. An answer of more than 512 octets may not come through by UDP, and receivers that do not ask again by TCP see no SPF."
    ),
    example: #"@ 3600 IN TXT "site-verification=…""#, source: "RFC 7208 section 3.4")
}
