internal import Diagnostics
internal import MailRecords
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// Addresses whose domain is one slip away from a domain of the contract.
  static let slippedDomains = Rule([.slippedDomain, .slippedName], judgesAbsence: true) {
    input, bag in
    let own = OwnDomains(input.tenant)
    for domain in input.tenant.domains {
      guard let intended = own.intended(by: domain.name.value) else { continue }
      let name = intended.unicode
      bag.add(
        Diagnostic(
          .slippedName, at: domain.name.span,
          .init(
            ja: "「\(domain.name.value.unicode.excerpt())」の宛先はなく、1文字違う「\(name.excerpt())」の宛先ばかりある",
            en:
              "no address is in \"\(domain.name.value.unicode.excerpt())\", and several are in \"\(name.excerpt())\", one character off"
          ),
          help: .init(
            ja: "「\(name.excerpt())」の書き間違いではないか",
            en: "perhaps \"\(name.excerpt())\" was meant"),
          fixes: [.write(name, at: domain.name.span)]))
    }
    for contact in input.tenant.contacts {
      let mail = contact.mail
      guard let meant = own.meant(by: mail.value.domain) else { continue }
      bag.add(
        .slippedDomain(mail.value.domain, at: mail.span, meant, own) {
          mail.value.localPart + "@" + $0
        })
    }
    for domain in input.tenant.domains {
      for report in (domain.dmarc?.reports ?? []) + domain.tlsReports {
        guard let mail = report.value.mailAddress, let meant = own.meant(by: mail.domain) else {
          continue
        }
        bag.add(
          .slippedDomain(mail.domain, at: report.span, meant, own) {
            "mailto:" + mail.localPart + "@" + $0
          })
      }
    }
  }
}

/// The domains of the contract, to look for slips.
struct OwnDomains {
  private let places: [DomainName: SourceSpan]
  private let names: [String]
  /// The domain that everybody writes, by the declared one that must be its slip.
  private let slips: [DomainName: DomainName]

  init(_ tenant: Tenant) {
    places = Dictionary(
      tenant.domains.map { ($0.name.value, $0.name.span) }, uniquingKeysWith: { first, _ in first })
    names = tenant.domains.count <= NameAdvice.limit ? tenant.domains.map(\.name.value.ascii) : []
    slips = tenant.slipsOfDeclaredDomains
  }

  /// The domains that were meant where others are declared.
  var intended: Set<DomainName> { Set(slips.values) }

  /// What was meant by a declared domain that nobody uses.
  func intended(by domain: DomainName) -> DomainName? { slips[domain] }

  func place(_ name: String) -> SourceSpan? {
    places.first { $0.key.ascii == name }?.value
  }

  /// The one domain of the contract that differs from another name by a single slip: a character
  /// too many, too few, another, or two swapped.
  func meant(by domain: DomainName) -> String? {
    guard places[domain] == nil, !intended.contains(domain) else { return nil }
    let near = names.filter { $0.isOneSlip(from: domain.ascii) }
    return near.count == 1 ? near.first : nil
  }
}

extension Tenant {
  /// The declared domains in which no address is, by the one a slip away in which several are.
  fileprivate var slipsOfDeclaredDomains: [DomainName: DomainName] {
    guard domains.count <= NameAdvice.limit else { return [:] }
    let own = Set(domains.map(\.name.value))
    var counts: [DomainName: Int] = [:]
    func count(_ addresses: some Sequence<EmailAddress>) {
      for address in addresses { counts[address.domain, default: 0] += 1 }
    }
    count(contacts.map(\.mail.value))
    for server in mailServers {
      if case .microsoft365(let settings) = server.kind {
        count(settings.sharedMailboxes.lazy.map(\.value))
      }
    }
    for domain in domains {
      count(
        ((domain.dmarc?.reports ?? []) + domain.tlsReports).compactMap(
          \.value.mailAddress))
    }
    // A few members tell as much as all.
    for group in groups {
      count(group.managers.prefix(20).lazy.map(\.value))
      count(group.members.prefix(20).lazy.map(\.value))
    }
    let several = counts.filter { $0.value > 1 && !own.contains($0.key) }.map(\.key)
    guard several.count <= NameAdvice.limit else { return [:] }
    var slips: [DomainName: DomainName] = [:]
    for name in own where counts[name] == nil {
      let near = several.filter { $0.ascii.isOneSlip(from: name.ascii) }
      if near.count == 1 { slips[name] = near.first }
    }
    return slips
  }
}

extension String {
  /// Whether one insertion, deletion, replacement or swap of neighbors makes one into the other.
  func isOneSlip(from other: String) -> Bool {
    let (one, two) = (Array(utf8), Array(other.utf8))
    guard one != two, abs(one.count - two.count) <= 1 else { return false }
    let head = zip(one, two).prefix { $0 == $1 }.count
    let rest = (one[head...], two[head...])
    let tail = zip(rest.0.reversed(), rest.1.reversed()).prefix { $0 == $1 }.count
    let left = Array(rest.0.dropLast(tail))
    let right = Array(rest.1.dropLast(tail))
    if left.count <= 1, right.count <= 1 { return true }
    return left.count == 2 && right.count == 2 && left[0] == right[1] && left[1] == right[0]
  }
}

extension Diagnostic {
  fileprivate static func slippedDomain(
    _ domain: DomainName, at span: SourceSpan, _ meant: String, _ own: OwnDomains,
    _ text: (String) -> String
  ) -> Diagnostic {
    let right = text(meant)
    return Diagnostic(
      .slippedDomain, at: span,
      .init(
        ja: "「\(domain.unicode.excerpt())」は、契約ドメイン「\(meant.excerpt())」と1文字しか違わない",
        en:
          "\"\(domain.unicode.excerpt())\" is one character away from \"\(meant.excerpt())\" of the contract"
      ),
      help: .init(
        ja: "「\(meant.excerpt())」の書き間違いではないか", en: "perhaps \"\(meant.excerpt())\" was meant"),
      labels: own.place(meant).map {
        [.init($0, .init(ja: "契約ドメイン", en: "a domain of the contract"))]
      }
        ?? [],
      fixes: right.hasPrefix("mailto:")
        ? [
          .init(
            .init(ja: "「\(right.excerpt())」に直す", en: "write \"\(right.excerpt())\""),
            [TextEdit(span, replacement: right)])
        ] : [.write(right, at: span)])
  }
}

extension DiagnosticCode {
  static let slippedDomain = DiagnosticCode(
    2106, .warning,
    title: .init(ja: "契約ドメインと1文字違う宛先", en: "an address one character off one's own domain"),
    explanation: .init(
      ja: "契約ドメインと1文字しか違わないドメインの宛先は、たいてい書き間違いです。連絡もレポートも届かず、他人が登録したドメインなら、そこに届きます。",
      en:
        "An address in a domain that is one character away from one's own is mostly a slip. Nothing arrives there, or it arrives with whoever has registered that domain."
    ),
    example:
      "domains: [{ name: kaede.example, dmarc: { policy: none, aggregateReports: [mailto:dmarc@kaeed.example] } }]"
  )
  static let slippedName = DiagnosticCode(
    2108, .warning,
    title: .init(ja: "宛先と1文字違う契約ドメイン", en: "a domain one character off its addresses"),
    explanation: .init(
      ja:
        "連絡先、メンバー、レポートの宛先が、契約ドメインと1文字だけ違う同じドメインばかりなら、書き間違えたのは契約ドメインのほうです。DNSも設定も、違う名前のために作られてしまいます。",
      en:
        "If contacts, members and reports are all in one domain that is a character away from the declared one, it is the declared one that was mistyped. DNS and settings would be made for the wrong name."
    ),
    example:
      "domains: [{ name: kaeed.example }]\ngroups: [{ path: /営業部, members: [sato@kaede.example, ito@kaede.example] }]"
  )
}
