internal import Diagnostics
internal import MailRecords
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// A domain cannot resemble itself from outside.
  static let similarDomains = Rule([.ownSimilarDomain]) { input, bag in
    let own = Dictionary(
      input.tenant.domains.map { ($0.name.value, $0.name.span) },
      uniquingKeysWith: { first, _ in first })
    for domain in input.tenant.settings.bec?.value.similarExternalDomains ?? [] {
      guard let declared = own[domain.value] else { continue }
      let name = domain.value.unicode.excerpt()
      bag.add(
        Diagnostic(
          .ownSimilarDomain, at: domain.span,
          .init(
            ja: "「\(name)」は自社のドメインで、類似外部ドメインの対象ではない",
            en: "\"\(name)\" is a domain of one's own, not an external one"),
          help: .init(
            ja: "自社のドメインには similarInternalDomain: quarantine を使う",
            en: "for one's own domains use similarInternalDomain: quarantine"),
          labels: [.init(declared, .init(ja: "契約ドメイン", en: "a domain of the contract"))],
          fixes: [.remove(domain.span, isSafe: false)]))
    }
  }

  /// Entries of allow and deny lists that contradict each other or open too much.
  static let filterLists = Rule([.allowedAndDenied, .allowsEveryone, .allowsOwnDomain]) {
    input, bag in
    let own = Set(input.tenant.domains.map(\.name.value))
    for list in input.tenant.settings.lists?.value ?? [] {
      bag.add(contentsOf: contradictions(list.allowSenders, list.denySenders))
      bag.add(contentsOf: contradictions(list.allowIPs, list.denyIPs))
      for sender in list.allowSenders {
        switch sender.value {
        case .everyone:
          bag.add(
            Diagnostic(
              .allowsEveryone, at: sender.span,
              .init(
                ja: "「*@*」の許可は、すべてのメールのスパム判定をなくす",
                en: "to allow \"*@*\" leaves out spam filtering for all mail"),
              help: .init(ja: "許可する送信者を1つずつ書く", en: "name the senders to allow"),
              fixes: [.remove(sender.span, isSafe: false)]))
        case .anyone(let domain), .bareDomain(let domain):
          guard own.contains(domain) else { continue }
          bag.add(
            Diagnostic(
              .allowsOwnDomain, at: sender.span,
              .init(
                ja: "自社のドメイン「\(domain.unicode.excerpt())」の許可は、なりすましも通す",
                en:
                  "to allow one's own domain \"\(domain.unicode.excerpt())\" lets spoofed mail through"
              ),
              help: .init(
                ja: "送信元のアドレスを allowIPs に書く", en: "name the sending addresses in allowIPs"),
              fixes: [.remove(sender.span, isSafe: false)]))
        case .address: break
        }
      }
    }
  }

  /// Spam that nobody can get back.
  static let spamDeletion = Rule([.spamDeletion]) { input, bag in
    guard let spam = input.tenant.settings.mailProcessing?.value.spam, case .delete = spam.value
    else { return }
    bag.add(
      Diagnostic(
        .spamDeletion, at: spam.span,
        .init(
          ja: "削除されたスパムメールは元に戻せない", en: "spam that is deleted cannot be had back"),
        help: .init(
          ja: "運用開始のころは personalQuarantine を使う",
          en: "use personalQuarantine for the first weeks")))
  }
}

/// The entries that are both allowed and denied.
private func contradictions<Value: Hashable & CustomStringConvertible>(
  _ allowed: [Located<Value>], _ denied: [Located<Value>]
) -> [Diagnostic] {
  guard !allowed.isEmpty, !denied.isEmpty else { return [] }
  var places: [Value: SourceSpan] = [:]
  for entry in allowed { places[entry.value] = places[entry.value] ?? entry.span }
  return denied.compactMap { entry in
    guard let place = places[entry.value] else { return nil }
    let name = entry.value.description.excerpt()
    return Diagnostic(
      .allowedAndDenied, at: entry.span,
      .init(
        ja: "「\(name)」は同じ適用範囲で許可もされている", en: "\"\(name)\" is allowed in the same scope"),
      help: .init(ja: "一方を消す", en: "remove one of the two"),
      labels: [.init(place, .init(ja: "許可はここ", en: "it is allowed here"))])
  }
}

extension DiagnosticCode {
  static let ownSimilarDomain = DiagnosticCode(
    7007, .warning,
    title: .init(ja: "類似外部ドメインにある自社のドメイン", en: "one's own domain among external ones"),
    explanation: .init(
      ja: "類似外部ドメインは、取引先などのドメインに似せた送信元を見つける設定です。自社に似せたものは、類似内部ドメインで見つけます。",
      en:
        "Similar external domains find senders that resemble a partner's domain. Those that resemble one's own are found by similar internal domains."
    ),
    example: "bec: { similarExternalDomains: [kaede.example] }", source: "article 900003954546")
  static let allowedAndDenied = DiagnosticCode(
    7008, .error,
    title: .init(ja: "許可と拒否の両方にある項目", en: "an entry that is both allowed and denied"),
    explanation: .init(
      ja: "同じ送信者やアドレスが、同じ適用範囲の許可と拒否の両方にあります。どちらにしたいのか決まりません。どちらか一方から消します。",
      en:
        "The same sender or address is in the allow and in the deny list of one scope. It is open which is meant. Remove it from one of them."
    ),
    example:
      "lists: [{ scope: all, allowSenders: [a@partner.example], denySenders: [a@partner.example] }]",
    source: "article 900005450123")
  static let allowsEveryone = DiagnosticCode(
    7009, .warning,
    title: .init(ja: "すべての送信者の許可", en: "everyone allowed"),
    explanation: .init(
      ja: "許可に一致したメールは必ず正常メールになります。*@* を許可すると、スパムの判定は働きません。",
      en: "Mail that matches an allow entry is always good mail. With *@* nothing is filtered."),
    example: "lists: [{ scope: all, allowSenders: ['*@*'] }]", source: "article 900005450123")
  static let allowsOwnDomain = DiagnosticCode(
    7010, .warning,
    title: .init(ja: "自社のドメインの許可", en: "one's own domain allowed"),
    explanation: .init(
      ja: "許可はSPFの失敗より優先されます。自社のドメインを許可すると、自社を名乗るなりすましメールがすべて通ります。",
      en:
        "An allow entry overrides a failure of SPF. To allow one's own domain passes every mail that pretends to be from it."
    ),
    example: "lists: [{ scope: all, allowSenders: ['*@kaede.example'] }]",
    source: "article 360039751911")
  static let spamDeletion = DiagnosticCode(
    7011, .note,
    title: .init(ja: "削除されるスパムメール", en: "spam that is deleted"),
    explanation: .init(
      ja: "削除したメールは隔離フォルダにもアーカイブにも残らず、ログで確かめられるだけです。誤判定に気づいても取り戻せません。",
      en:
        "Deleted mail is in no quarantine and no archive, only in the log. What was misjudged cannot be had back."
    ),
    example: "mailProcessing: { spam: { delete: {} } }", source: "article 360041000051")
}
