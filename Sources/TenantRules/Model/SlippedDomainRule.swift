internal import Diagnostics
internal import MailRecords
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// Addresses whose domain is one slip away from a domain of the contract.
  static let slippedDomains = Rule([.slippedDomain], judgesAbsence: true) { input, bag in
    let own = OwnDomains(input.tenant)
    for contact in input.tenant.contacts {
      let mail = contact.mail
      guard let meant = own.meant(by: mail.value.domain) else { continue }
      bag.add(
        .slippedDomain(mail.value.domain, at: mail.span, meant, own) {
          mail.value.localPart + "@" + $0
        })
    }
    for domain in input.tenant.domains {
      for report in (domain.dmarc?.aggregateReports ?? []) + domain.tlsReports {
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

  init(_ tenant: Tenant) {
    places = Dictionary(
      tenant.domains.map { ($0.name.value, $0.name.span) }, uniquingKeysWith: { first, _ in first })
    names = tenant.domains.count <= NameAdvice.limit ? tenant.domains.map(\.name.value.ascii) : []
  }

  func place(_ name: String) -> SourceSpan? {
    places.first { $0.key.ascii == name }?.value
  }

  /// The one domain of the contract that differs from another name by a single slip: a character
  /// too many, too few, another, or two swapped.
  func meant(by domain: DomainName) -> String? {
    guard places[domain] == nil else { return nil }
    let near = names.filter { $0.isOneSlip(from: domain.ascii) }
    return near.count == 1 ? near.first : nil
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
}
