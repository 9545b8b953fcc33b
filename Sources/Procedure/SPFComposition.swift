package import MailRecords
internal import SourceText
package import TenantModel
package import Wording

/// A merged SPF record term by term: whose each term is, what becomes of it, and what it costs.
package struct SPFComposition: Sendable {
  package enum Owner: String, CaseIterable, Sendable {
    /// From the zone, or from `senders`.
    case customer
    /// The documented include or an address of the mail server in use.
    case mailServer = "mail-server"
    case gateway

    package var title: LocalizedText {
      switch self {
      case .customer: .init(ja: "お客様", en: "customer")
      case .mailServer: .init(ja: "メールサーバー", en: "mail server")
      case .gateway: .init(both: "MailGates")
      }
    }
  }

  package enum Fate: String, CaseIterable, Sendable {
    case kept, added, removed
    /// Only its qualifier changes.
    case changed

    package var title: LocalizedText {
      switch self {
      case .kept: .init(ja: "そのまま", en: "kept")
      case .added: .init(ja: "追加", en: "added")
      case .removed: .init(ja: "削除", en: "removed")
      case .changed: .init(ja: "変更", en: "changed")
      }
    }
  }

  package struct Line: Sendable {
    package let term: SPFTerm
    package let owner: Owner
    package let fate: Fate
    /// Nil for what is removed.
    package let cost: SPFBudget.Cost?
  }

  /// The terms of the record to be, then those that go.
  package let lines: [Line]
  package let budget: SPFBudget
  /// What the numbers rest on.
  package let basis: [LocalizedText]

  /// - Parameter existing: the record that the zone holds; nil without one.
  package init(
    _ merged: SPFRecord, from existing: SPFRecord?, of domain: TenantDomain, server: MailServer?,
    gateway: DomainName?, knowing knowledge: SPFKnowledge
  ) {
    let ownership = SPFOwnership(server: server, gateway: gateway)
    budget = SPFBudget(of: merged, at: domain.name.value.ascii, knowing: knowledge)
    basis = budget.basis
    var before: [SPFTerm: SPFTerm] = [:]
    for term in existing?.terms ?? [] where before[term.identity] == nil {
      before[term.identity] = term
    }
    let counted = Dictionary(budget.terms.map { ($0.term, $0.cost) }) { first, _ in first }
    let free = SPFBudget.Cost(lookups: 0, voids: 0)
    var lines = merged.terms.map { term in
      let old = before[term.identity]
      return Line(
        term: term, owner: ownership.owner(of: term),
        fate: old == nil ? .added : old?.qualifier == term.qualifier ? .kept : .changed,
        cost: counted[term] ?? free)
    }
    let left = Set(merged.terms.map(\.identity))
    var seen: Set<SPFTerm> = []
    for term in existing?.terms ?? []
    where !left.contains(term.identity) && seen.insert(term.identity).inserted {
      lines.append(
        Line(term: term, owner: ownership.owner(of: term), fate: .removed, cost: nil))
    }
    self.lines = lines
  }
}

/// Whose a term is: it names what is there, and adds nothing.
package struct SPFOwnership: Sendable {
  private let gateway: SPFTerm?
  private let server: Set<SPFTerm>
  private let addresses: [IPPrefix]

  package init(server: MailServer?, gateway: DomainName?) {
    self.gateway = gateway.map(SPFTerm.including)
    self.server = Set((server?.documentedSPF).map { [$0.identity] } ?? [])
    addresses = (server?.addresses ?? []).map(\.value)
  }

  package func owner(of term: SPFTerm) -> SPFComposition.Owner {
    if let gateway, term.identity == gateway.identity { return .gateway }
    if server.contains(term.identity) { return .mailServer }
    switch term.mechanism {
    case .ip4(let prefix), .ip6(let prefix):
      return addresses.contains { $0.contains(prefix) } ? .mailServer : .customer
    default: return .customer
    }
  }
}

extension SPFTerm {
  fileprivate static func including(_ domain: DomainName) -> SPFTerm {
    .directive(qualifier: .pass, mechanism: .include(domain.ascii))
  }

  fileprivate var qualifier: SPFQualifier? {
    if case .directive(let qualifier, _) = self { qualifier } else { nil }
  }
}

extension MailServer {
  /// What SPF has for mail that the server sends itself, by its vendor's documentation.
  package var documentedSPF: SPFTerm? {
    let name: String? =
      switch kind {
      case .microsoft365: Catalogue.microsoftInclude.value
      case .googleWorkspace: Catalogue.googleInclude.value
      case .postfix, .other: nil
      }
    return name.map { .directive(qualifier: .pass, mechanism: .include($0)) }
  }
}

extension SPFKnowledge {
  /// What the zones and the recorded answers say, and for want of them the catalogue.
  package init(_ answers: ZoneAnswers) {
    self.init(answer: answers.answer) { name in
      // The catalogue counts the include itself too.
      Catalogue.spfCosts.first { $0.domain == name }.map { $0.lookups - 1 }
    }
  }
}

extension SPFBudget {
  /// The best and the worst path in words.
  package var summary: LocalizedText {
    let limit = SPFRecord.lookupLimit
    return .init(
      ja:
        "DNSの問い合わせ: 最少\(best.lookups)、最多\(worst.lookups)(上限\(limit))。空の応答: 最多\(worst.voids)(上限\(Self.voidLimit))",
      en:
        "look-ups: \(best.lookups) at best, \(worst.lookups) at worst, of \(limit); void: \(worst.voids) at worst, of \(Self.voidLimit)"
    )
  }

  /// Which numbers are the catalogue's, with their date, and which are not known; all others come
  /// from zone files and recorded answers.
  package var basis: [LocalizedText] {
    var texts: [LocalizedText] = []
    for known in Catalogue.spfCosts where estimated.contains(known.domain) {
      texts.append(
        .init(
          ja: "\(known.domain)は\(known.read)の時点の数で、記録した応答ではない",
          en: "\(known.domain) by the catalogue as of \(known.read), not by a recorded answer"))
    }
    if !unknown.isEmpty {
      let names = LocalizedText.listed(unknown.map { $0.excerpt() })
      texts.append(
        .init(
          ja: "中身がわからず1と数えたもの: " + names.ja,
          en: "counted as 1 for want of knowledge: " + names.en))
    }
    if texts.isEmpty {
      texts.append(
        .init(
          ja: "ゾーンファイルと記録した応答で数えた", en: "counted by the zone files and recorded answers"))
    }
    return texts
  }
}

extension LocalizedText {
  /// A list, of which nobody reads more than the first.
  package static func listed(_ items: [String], limit: Int = 15) -> LocalizedText {
    let shown = items.prefix(limit)
    let more = items.count - shown.count
    return .init(
      ja: shown.joined(separator: "、") + (more > 0 ? "、ほかに\(more)件" : ""),
      en: shown.joined(separator: ", ") + (more > 0 ? " and \(more) more" : ""))
  }
}
