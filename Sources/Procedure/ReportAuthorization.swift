package import MailRecords
package import SourceText
package import TenantModel

/// The leave that DMARC reports about a domain need where another organization takes them: a record
/// that the receiver publishes, without which nobody sends them there (RFC 9990, verifying external
/// destinations).
package struct ReportAuthorization: Sendable {
  /// Whose reports they are.
  package let domain: DomainName
  /// Who takes them.
  package let receiver: DomainName
  /// Where tenant.yaml first names the receiver.
  package let span: SourceSpan
  package let state: State

  package enum State: Sendable {
    /// The DNS is known to have it, at the name itself or by a wildcard.
    case published
    /// The receiver lies in this domain of the tenant's, whose zone gets the record in step 2, or
    /// keeps the one that it has.
    case own(DomainName)
    /// The receiver is to be asked for it.
    case asked
    /// The name of the record is longer than the DNS allows, so there can be none.
    case tooLong
  }

  /// The tenant's own domain whose zone has the record; nil where it is somebody else's.
  var ownZone: DomainName? { if case .own(let zone) = state { zone } else { nil } }

  package var isTooLong: Bool { if case .tooLong = state { true } else { false } }

  package var isAsked: Bool { if case .asked = state { true } else { false } }

  /// The names that the tree walk of a domain asks for `_dmarc` of (RFC 9989 section 4.10).
  package static func walk(_ domain: DomainName) -> [String] {
    let all = domain.ascii.suffixes
    return all.count > walkLimit ? [all[0]] + all.suffix(walkLimit - 1) : all
  }

  /// So many questions a walk asks at most.
  private static let walkLimit = 8

  /// What the record says.
  package static let text = "v=DMARC1;"

  /// The labels above the receiver's name.
  package var label: String { "\(domain.ascii)._report._dmarc" }

  /// The name of the record, without a trailing dot.
  package var owner: String { "\(label).\(receiver.ascii)" }

  static func isOne(_ text: String) -> Bool { text.hasPrefix("v=DMARC1") }

  /// Every leave that the reports of tenant.yaml need, in its order, each once.
  package static func all(
    _ tenant: Tenant, zones: [DomainName: ZoneContents], answers: ZoneAnswers
  ) -> [ReportAuthorization] {
    let organizations = Organizations(tenant, answers)
    let own = Dictionary(tenant.domains.map { ($0.name.value.ascii, $0.name.value) }) { one, _ in
      one
    }
    var names: [DomainName: ReportNames] = [:]
    var all: [ReportAuthorization] = []
    for domain in tenant.domains {
      let name = domain.name.value
      var seen: Set<DomainName> = []
      for report in domain.dmarc?.reports ?? [] {
        let receiver = report.value.domain
        guard seen.insert(receiver).inserted, !organizations.areSame(name, receiver) else {
          continue
        }
        func found(_ state: State) -> ReportAuthorization {
          ReportAuthorization(domain: name, receiver: receiver, span: report.span, state: state)
        }
        let owner = found(.asked).owner
        let zone = receiver.ascii.suffixes.lazy.compactMap { own[$0] }.first
        if owner.utf8.count > DomainName.maximumLength {
          all.append(found(.tooLong))
        } else if let zone {
          let known = names[zone] ?? zones[zone].map(ReportNames.init) ?? ReportNames()
          names[zone] = known
          all.append(found(known.hasWildcard(for: owner) ? .published : .own(zone)))
        } else {
          all.append(found(answers.allow(owner) ? .published : .asked))
        }
      }
    }
    return all
  }
}

/// What a zone holds among the names of leaves to report.
private struct ReportNames {
  /// Every name that exists, those between among them; absolute, without a trailing dot.
  private var existing: Set<String> = []
  /// Those below which any name is allowed.
  private var open: Set<String> = []

  init() {}

  init(_ zone: ZoneContents) {
    for set in zone.sets where set.owner.relative.contains("_report._dmarc") {
      let name = String(set.owner.absolute.dropLast())
      if name.hasPrefix("*."), set.type == .txt, set.data.contains(where: \.allowsReports) {
        open.insert(String(name.dropFirst(2)))
      }
      for suffix in name.suffixes {
        guard existing.insert(suffix).inserted else { break }
      }
    }
  }

  /// Whether a wildcard answers for a name (RFC 4592): the nearest name above that exists has one.
  func hasWildcard(for name: String) -> Bool {
    guard !existing.contains(name), let above = name.suffixes.first(where: existing.contains)
    else { return false }
    return open.contains(above)
  }
}

/// Which domains belong together, by the tree walk of RFC 9989 section 4.10 over what is known.
private struct Organizations {
  private let published: Set<String>
  private let answers: ZoneAnswers

  init(_ tenant: Tenant, _ answers: ZoneAnswers) {
    published = Set(tenant.domains.filter { $0.dmarc != nil }.map(\.name.value.ascii))
    self.answers = answers
  }

  func areSame(_ one: DomainName, _ other: DomainName) -> Bool {
    one == other || organization(of: one, beside: other) == organization(of: other, beside: one)
  }

  /// - Parameter other: where it lies below a name of which nothing is known, that name is taken to
  ///   have a record: an organization seldom has one for a subdomain alone.
  private func organization(of domain: DomainName, beside other: DomainName) -> String {
    var organization = domain.ascii
    var below = domain.ascii
    for name in ReportAuthorization.walk(domain) {
      switch record(at: name, isShared: isBetween(name, domain, other)) {
      case .some(.some(.yes)) where name != domain.ascii: return below
      case .some(.some(.no)): return name
      case .some: organization = name
      case .none: break
      }
      below = name
    }
    return organization
  }

  /// Whether a name is one of the two and the other lies below it.
  private func isBetween(_ name: String, _ one: DomainName, _ other: DomainName) -> Bool {
    one.ascii == name && other.ascii.hasSuffix("." + name)
      || other.ascii == name && one.ascii.hasSuffix("." + name)
  }

  /// Whether there is a record, and its `psd`.
  private func record(at name: String, isShared: Bool) -> DMARCPublicSuffix?? {
    if published.contains(name) { return .some(nil) }
    switch answers.answer(DNSQuestion("_dmarc.\(name)", .txt)) {
    case .records(let data, _):
      let records = data.compactMap { datum in
        if case .txt(let value) = datum { DMARCRecord(parsing: value.text) } else { nil }
      }
      return records.count == 1 ? .some(records[0].publicSuffix) : .none
    case .noData, .noName: return .none
    case .unknown, .failure: return isShared ? .some(nil) : .none
    }
  }
}

extension ZoneAnswers {
  /// Whether the DNS is known to allow reports at a name. Asked for by its name, a wildcard's record
  /// comes too.
  fileprivate func allow(_ owner: String) -> Bool {
    guard case .records(let data, _) = answer(DNSQuestion(owner, .txt)) else { return false }
    return data.contains(where: \.allowsReports)
  }
}

extension RecordData {
  fileprivate var allowsReports: Bool {
    if case .txt(let value) = self { ReportAuthorization.isOne(value.text) } else { false }
  }
}

extension String {
  /// A name and all above it, the longest first.
  fileprivate var suffixes: [String] {
    var all = [self]
    var rest = self[...]
    while let dot = rest.firstIndex(of: ".") {
      rest = rest[rest.index(after: dot)...]
      all.append(String(rest))
    }
    return all
  }
}

extension ZoneEditor {
  /// The record that gives leave in a zone of the tenant's own. One that is there stays as it is
  /// written.
  func authorization(_ needed: ReportAuthorization) -> RecordChange {
    // The receiver lies in the zone.
    let above = needed.receiver.ascii.dropLast(origin.ascii.utf8.count)
    let relative = needed.label + (above.isEmpty ? "" : "." + above.dropLast())
    let there = zone?.texts(at: relative).first(where: ReportAuthorization.isOne)
    return text(
      at: relative, .reportAuthorization, for: needed.span, replacing: ReportAuthorization.isOne,
      with: there ?? ReportAuthorization.text)
  }
}
