internal import Diagnostics
internal import MailRecords
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// Senders of the record to be that cannot be meant.
  static let spfSenders = Rule(
    [.addedAndRemoved, .includeWithoutSPF, .privateSender, .hugeSender, .providerInternals]
  ) { input, bag in
    let domains = input.domainsWithSPF
    let targets = SPFTargets(input, domains)
    for spf in domains {
      let removed = Dictionary(
        (spf.domain.spf?.remove ?? []).map { ($0.value.identity, $0.span) },
        uniquingKeysWith: { first, _ in first })
      for sender in spf.domain.spf?.senders ?? [] {
        guard let removal = removed[sender.value.identity] else { continue }
        let term = sender.value.description.excerpt()
        bag.add(
          Diagnostic(
            .addedAndRemoved, at: sender.span,
            .init(
              ja: "「\(term)」が senders と remove の両方にある",
              en: "\"\(term)\" is in senders and in remove"),
            help: .init(ja: "一方を消す", en: "remove one of the two"),
            labels: [.init(removal, .init(ja: "取り除くのはここ", en: "it is removed here"))]))
      }
      for term in spf.merged?.terms ?? [] {
        bag.add(contentsOf: spf.judge(term))
      }
      for broken in spf.budget(targets)?.broken ?? [] {
        bag.add(contentsOf: spf.judge(broken, gateway: input.tenant.gateway.spf))
      }
    }
  }

  /// Terms of today's record, and settings, that do nothing.
  static let spfWithoutEffect = Rule([.redirectBesideAll, .noAll, .allWithoutEffect]) {
    input, bag in
    for spf in input.domainsWithSPF {
      guard let zone = spf.zone, let current = spf.current else { continue }
      let span = zone.span("@", .txt)
      let name = spf.domain.name.value.unicode.excerpt()
      if current.all != nil, let redirect = current.redirect {
        bag.add(
          Diagnostic(
            .redirectBesideAll, at: span,
            .init(
              ja: "「\(name)」のSPFの「redirect=\(redirect.excerpt())」は、allがあるので働かない",
              en:
                "in the SPF of \"\(name)\", all keeps \"redirect=\(redirect.excerpt())\" from acting"
            ),
            help: .init(
              ja: "先の送信元が必要なら、include: で senders に書く",
              en: "if its senders are needed, name it by include: in senders"),
            labels: [.domain(spf.domain.name.span)]))
      } else if current.all == nil, current.redirect == nil {
        bag.add(
          Diagnostic(
            .noAll, at: span,
            .init(
              ja: "「\(name)」の今のSPFにはallがなく、~all が加わる",
              en: "the SPF of \"\(name)\" has no all today, and gets ~all"),
            help: .init(
              ja: "ほかの送信元が漏れていないか、先に確かめる",
              en: "see first that no sender is left out"),
            labels: [.domain(spf.domain.name.span)]))
      }
      guard let wanted = spf.domain.spf?.all else { continue }
      if let all = current.all, all > wanted.value {
        bag.add(
          Diagnostic(
            .allWithoutEffect, at: wanted.span,
            .init(
              ja: "今のSPFの「\(all.rawValue)all」のほうが厳しく、そのまま残る",
              en: "\"\(all.rawValue)all\" of today's SPF is stricter and stands"),
            labels: [.init(span, .init(ja: "今のSPFを含むTXT", en: "the TXT with the SPF"))]))
      } else if current.all == nil, let redirect = current.redirect {
        bag.add(
          Diagnostic(
            .allWithoutEffect, at: wanted.span,
            .init(
              ja: "今のSPFの「redirect=\(redirect.excerpt())」が残り、allは書かれない",
              en: "\"redirect=\(redirect.excerpt())\" of today's SPF stands, and no all is written"),
            labels: [.init(span, .init(ja: "今のSPFを含むTXT", en: "the TXT with the SPF"))]))
      }
    }
  }
}

extension DomainSPF {
  /// A target that has no record; what else is wrong with one has a finding of its own.
  fileprivate func judge(
    _ broken: SPFBudget.BrokenTarget, gateway: Located<DomainName>?
  ) -> [Diagnostic] {
    let isNowhere: Bool
    switch broken.reason {
    case .noName: isNowhere = true
    case .noRecord: isNowhere = false
    case .severalRecords, .unreadable: return []
    }
    let text = broken.term.description.excerpt()
    let name = broken.name.excerpt()
    guard !broken.name.isInnerNameOfGoogle else { return [] }
    let own = gateway.flatMap {
      broken.term.mechanism == .include($0.value.ascii) ? $0 : nil
    }
    return [
      Diagnostic(
        .includeWithoutSPF, at: own?.span ?? span(of: broken.term),
        isNowhere
          ? .init(
            ja: "「\(text)」の先の名前「\(name)」がない",
            en: "the name \"\(name)\" that \"\(text)\" leads to does not exist")
          : .init(
            ja: "「\(text)」の先の名前「\(name)」に、SPFレコードがない",
            en: "the name \"\(name)\" that \"\(text)\" leads to has no SPF record"),
        help: own == nil
          ? .init(
            ja: "名前を直すか、その名前にSPFを置くか、remove に書く",
            en: "correct the name, publish SPF there, or name it in remove")
          : .init(
            ja: "MailGatesのincludeの値を確かめ、gateway.spf を直す",
            en: "see what MailGates' include is, and correct gateway.spf"),
        labels: [.domain(domain.name.span)])
    ]
  }

  fileprivate func judge(_ term: SPFTerm) -> [Diagnostic] {
    let text = term.description.excerpt()
    switch term {
    case .directive(_, .include(let target)), .redirect(let target):
      return target.lowercased().isInnerNameOfGoogle ? [internals(term, text)] : []
    case .directive(let qualifier, .ip4(let prefix)), .directive(let qualifier, .ip6(let prefix)):
      guard qualifier == .pass else { return [] }
      if prefix.length < (prefix.isIPv4 ? 12 : 20) {
        return [
          Diagnostic(
            .hugeSender, at: span(of: term),
            .init(
              ja: "「\(text)」は広すぎ、無関係な送信元まで認める",
              en: "\"\(text)\" is so wide that it lets strangers send"),
            help: .init(ja: "自社が使うネットワークだけを書く", en: "name only networks of one's own"),
            labels: [.domain(domain.name.span)])
        ]
      }
      guard let use = prefix.isPrivateOrSpecial else { return [] }
      return [
        Diagnostic(
          .privateSender, at: span(of: term),
          .init(
            ja: "「\(text)」は\(use.wording.ja)で、受信側からは見えない",
            en: "\"\(text)\" is \(use.wording.en), which no receiver ever sees"),
          help: .init(
            ja: "NATの外側の公開アドレスを書く", en: "write the public address outside the NAT"),
          labels: [.domain(domain.name.span)])
      ]
    default: return []
    }
  }

  private func internals(_ term: SPFTerm, _ text: String) -> Diagnostic {
    let right = SPFTerm.directive(qualifier: .pass, mechanism: .include("_spf.google.com"))
    let hasRight = (merged?.terms ?? []).contains { $0.identity == right.identity }
    let sender = domain.spf?.senders.first { $0.value.identity == term.identity }
    return Diagnostic(
      .providerInternals, at: span(of: term),
      .init(
        ja: "「\(text)」はGoogleの内部の名前で、予告なく変わる",
        en: "\"\(text)\" is Google's inner name and changes without notice"),
      help: hasRight
        ? .init(
          ja: "include:_spf.google.com があるので、remove に書いて消す",
          en: "include:_spf.google.com is there: take this away by remove")
        : .init(ja: "include:_spf.google.com と書く", en: "write include:_spf.google.com"),
      labels: [.domain(domain.name.span)],
      fixes: sender.map { hasRight ? [] : [.write(right.description, at: $0.span)] } ?? [])
  }
}

extension String {
  fileprivate var isInnerNameOfGoogle: Bool {
    hasPrefix("_netblocks") && hasSuffix(".google.com")
  }
}

extension DiagnosticCode {
  static let redirectBesideAll = DiagnosticCode(
    3024, .warning,
    title: .init(ja: "allと並ぶredirect", en: "redirect beside all"),
    explanation: .init(
      ja: "redirect は、allのないレコードでだけ働きます。両方あると redirect は無視され、その先にある送信元はすべて認められません。合成したレコードにも残りません。",
      en:
        "redirect acts only in a record without all. With both it is ignored, and no sender that it names passes. The merged record does not keep it."
    ),
    example: #"@ 3600 IN TXT "v=spf1 mx redirect=_spf.hosting.example ~all""#,
    source: "RFC 7208 section 6.1")
  static let noAll = DiagnosticCode(
    3025, .note,
    title: .init(ja: "allのないSPF", en: "SPF without all"),
    explanation: .init(
      ja:
        "allもredirectもないレコードは、書かれていない送信元について何も言いません(?all と同じ)。提供元の例にならって ~all を加えます。今まで見逃されていた送信元が、これから softfail になります。",
      en:
        "A record with neither all nor redirect says nothing about other senders, as ?all would. ~all is added as in the vendor's examples, so that senders that went unnoticed become softfail."
    ),
    example: #"@ 3600 IN TXT "v=spf1 mx""#, source: "RFC 7208 section 4.7; article 360040491452")
  static let providerInternals = DiagnosticCode(
    3026, .warning,
    title: .init(ja: "事業者の内部の名前を含むSPF", en: "SPF with a provider's inner names"),
    explanation: .init(
      ja:
        "_netblocks.google.com などは _spf.google.com の内側で使われてきた名前です。_netblocks3.google.com は2025年になくなり、直接includeしていたドメインはpermerrorになりました。公開されている名前だけをincludeします。",
      en:
        "_netblocks.google.com and the like were parts of _spf.google.com. _netblocks3.google.com went away in 2025, a permanent error for who had included it. Include only what the provider publishes for that."
    ),
    example: "spf: { senders: [include:_netblocks3.google.com] }",
    source: "spamresource.com, 2025-11; support.google.com/a/answer/178333")
  static let addedAndRemoved = DiagnosticCode(
    3029, .error,
    title: .init(ja: "加えて取り除くSPFの項", en: "a term that is both added and removed"),
    explanation: .init(
      ja: "同じ項が senders と remove の両方にあり、残したいのか消したいのか決まりません。修飾子(~ や -)が違っても同じ項です。",
      en:
        "One term is in senders and in remove, so that it is open whether it should stay. Terms that differ in their qualifier (~ or -) only are the same."
    ),
    example: "spf: { senders: [include:a.example], remove: [include:a.example] }",
    source: "RFC 7208 section 4.6.1")
  static let includeWithoutSPF = DiagnosticCode(
    3034, .error,
    title: .init(ja: "SPFのない名前のinclude", en: "an include of a name without SPF"),
    explanation: .init(
      ja:
        "includeやredirectの先にSPFレコードがないと、評価は永続エラー(permerror)になり、ほかの送信元も認められません。契約ドメインの中の名前なら、ゾーンファイルで確かめられます。",
      en:
        "If the target of include or redirect has no SPF record, evaluation ends in a permanent error, and no sender passes. For names within a domain of the contract the zone file shows it."
    ),
    example: "spf: { senders: [include:_spf.kaede.example] }", source: "RFC 7208 section 5.2")
  static let privateSender = DiagnosticCode(
    3035, .warning,
    title: .init(ja: "SPFのプライベートアドレス", en: "a private address in SPF"),
    explanation: .init(
      ja: "受信側が見るのは、インターネットに出るときのアドレスです。社内のアドレスを書いても一致することはなく、レコードが長くなるだけです。",
      en:
        "Receivers see the address that mail has on the internet. An internal one never matches and only makes the record longer."
    ),
    example: "spf: { senders: [ip4:192.168.1.10] }", source: "RFC 6890; RFC 7208 section 5.6")
  static let allWithoutEffect = DiagnosticCode(
    3036, .note,
    title: .init(ja: "効果のないspf.all", en: "an spf.all without effect"),
    explanation: .init(
      ja: "SPFの合成では厳しいほうのallが残り、redirectのあるレコードにはallを書きません。緩めたいときは、先にゾーンのレコードを変えます。",
      en:
        "When SPF is merged, the stricter all stands, and a record with redirect gets none. To loosen it, change the zone's record first."
    ),
    example: #"@ 3600 IN TXT "v=spf1 mx -all""# + "\nspf: { all: softfail }",
    source: "RFC 7208 section 6.1")
  static let hugeSender = DiagnosticCode(
    3039, .warning,
    title: .init(ja: "広すぎるSPFのネットワーク", en: "a network too wide in SPF"),
    explanation: .init(
      ja:
        "/8 のようなネットワークは、世界中の無関係なサーバーを正しい送信元と認めます。桁の書き間違いが普通です。目安はmgcのもので、IPv4は /12、IPv6は /20 より広いときに知らせます。",
      en:
        "A network like /8 takes a great many strangers' servers for one's own. Usually a digit is missing. The bounds are mgc's own: wider than /12, or /20 with IPv6."
    ),
    example: "spf: { senders: [ip4:198.0.0.0/8] }", source: "RFC 7208 section 5.6")
}
