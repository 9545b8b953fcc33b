internal import Diagnostics
internal import MailRecords
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// Senders of outbound settings: all mail that passes is of the contract's domains.
  static let outboundSenders = Rule([.foreignSender, .parkedScope], judgesAbsence: true) {
    input, bag in
    let tenant = input.tenant
    let own = Set(tenant.domains.map(\.name.value))
    let names = OwnDomains(tenant)
    var senders = (tenant.settings.review?.value ?? []).compactMap(\.when.sender)
    for trigger in [
      tenant.settings.zip?.value.trigger, tenant.settings.attachmentLink?.value.trigger,
    ] {
      if case .senders(let more) = trigger { senders += more }
    }
    // What stands already is not written once more.
    let texts = Set(senders.map(\.value.description))
    for sender in senders {
      guard let domain = sender.value.domain, !own.contains(domain) else { continue }
      let meant = names.meant(by: domain)
      bag.add(
        Diagnostic(
          .foreignSender, at: sender.span,
          .init(
            ja: "送信者「\(sender.value.description.excerpt())」は契約ドメインになく、一致することがない",
            en:
              "the sender \"\(sender.value.description.excerpt())\" is in no domain of this contract"
          ),
          help: meant.map {
            .init(ja: "「\($0)」の書き間違いではないか", en: "perhaps \"\($0)\" was meant")
          }
            ?? .init(
              ja: "契約ドメインの送信者を書く", en: "write senders of the contract's domains"),
          fixes: meant.map { sender.corrected(to: $0) }.flatMap { fixed in
            texts.contains(fixed) ? nil : [.write(fixed, at: sender.span)]
          } ?? []))
    }
    let parked = Dictionary(
      tenant.domains.filter { $0.role == .parked }.map { ($0.name.value, $0.name.span) },
      uniquingKeysWith: { first, _ in first })
    for case .domain(let domain) in tenant.scopes {
      guard let place = parked[domain.value] else { continue }
      bag.add(
        Diagnostic(
          .parkedScope, at: domain.span,
          .init(
            ja: "適用範囲「\(domain.value.unicode.excerpt())」はメールに使わないドメイン",
            en: "the scope \"\(domain.value.unicode.excerpt())\" is a domain without mail"),
          help: .init(
            ja: "メールに使うドメインを書くか、消す", en: "write a domain with mail, or remove it"),
          labels: [.init(place, .init(ja: "このドメインはparked", en: "this domain is parked"))]))
    }
  }

  /// Encryption and link set off by the same senders, or by none.
  static let attachmentSenders = Rule([.sharedTriggerSenders, .exceptsEveryone]) { input, bag in
    let zip = input.tenant.settings.zip?.value
    if let everyone = zip?.exceptRecipients.first(where: { $0.value == .everyone }) {
      bag.add(
        Diagnostic(
          .exceptsEveryone, at: everyone.span,
          .init(
            ja: "受信者「*@*」を除くと、ZIP暗号化は働かない",
            en: "with \"*@*\" excepted nothing is encrypted"),
          help: .init(
            ja: "暗号化しない受信者を1つずつ書く", en: "name the recipients to except")))
    }
    guard case .senders(let encrypted) = zip?.trigger,
      case .senders(let linked) = input.tenant.settings.attachmentLink?.value.trigger
    else { return }
    let places = Dictionary(
      encrypted.map { ($0.value, $0.span) }, uniquingKeysWith: { first, _ in first })
    for sender in linked {
      guard let place = places[sender.value] else { continue }
      bag.add(
        Diagnostic(
          .sharedTriggerSenders, at: sender.span,
          .init(
            ja: "送信者「\(sender.value.description.excerpt())」はZIP暗号化の条件でもある",
            en:
              "the sender \"\(sender.value.description.excerpt())\" also sets off the ZIP encryption"
          ),
          help: .init(
            ja: "どちらか一方だけにするか、件名で使い分ける",
            en: "leave it to one of the two, or tell them apart by subject"),
          labels: [
            .init(place, .init(ja: "ZIP暗号化の条件", en: "what sets off the ZIP encryption"))
          ]))
    }
  }
}

extension Located<AddressPattern> {
  fileprivate func corrected(to domain: String) -> String {
    switch value {
    case .address(let address): address.localPart + "@" + domain
    case .anyone: "*@" + domain
    case .bareDomain, .everyone: "@" + domain
    }
  }
}

extension DiagnosticCode {
  static let foreignSender = DiagnosticCode(
    7012, .warning,
    title: .init(ja: "契約ドメインにない送信者", en: "a sender outside the contract"),
    explanation: .init(
      ja: "MAILGATES Σが中継するのは、エンベロープとヘッダーの差出人がどちらも契約ドメインのメールだけです。ほかのドメインの送信者を条件にしても、一致するメールは通りません。",
      en:
        "MAILGATES Σ relays only mail whose envelope and header sender are in the contract's domains. A condition on another sender never meets any."
    ),
    example:
      "zip: { trigger: { senders: ['*@partner.example'] } }\ndomains: [{ name: kaede.example }]",
    source: "article 44234964774425")
  static let sharedTriggerSenders = DiagnosticCode(
    7027, .warning,
    title: .init(ja: "ZIP暗号化とリンクの同じ送信者", en: "one sender for ZIP and link"),
    explanation: .init(
      ja:
        "機能はメール審査、ZIP暗号化、添付ファイルリンクの順に働きます。同じ送信者が両方の条件のとき、リンクが働くかは公開されていません(件名が同じときはZIP暗号化だけが働きます)。",
      en:
        "Features act in the order review, ZIP encryption, attachment link. Whether the link acts when one sender sets off both is not published; with one subject only the ZIP encryption does."
    ),
    example:
      "zip: { trigger: { senders: [sato@kaede.example] } }\nattachmentLink: { trigger: { senders: [sato@kaede.example] } }",
    source: "article 900002040643; article 44235421260953")
  static let exceptsEveryone = DiagnosticCode(
    7028, .warning,
    title: .init(ja: "すべての受信者を除くZIP暗号化", en: "ZIP encryption that excepts everyone"),
    explanation: .init(
      ja: "「受信者メールアドレス(暗号化しない)」に *@* を書くと、どのメールも暗号化されません。",
      en: "With *@* among the recipients that are not encrypted for, no mail is encrypted at all."),
    example: "zip: { trigger: { subjectPrefix: enc }, exceptRecipients: ['*@*'] }",
    source: "article 360039422292")
  static let parkedScope = DiagnosticCode(
    7034, .warning,
    title: .init(ja: "メールに使わないドメインの適用範囲", en: "a scope without mail"),
    explanation: .init(
      ja: "role: parked のドメインはメールを送受信しないので、適用範囲にした設定は何にも効きません。",
      en: "A domain with role: parked has no mail, so what applies to it applies to nothing."),
    example:
      "domains: [{ name: kaede-shop.example, role: parked }]\nlists: [{ scope: { domain: kaede-shop.example }, allowIPs: [203.0.113.9] }]",
    source: "article 900005450123")
}
