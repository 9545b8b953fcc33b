// What was observed of the world, as values: zone files here, and snapshots of the DNS in
// SnapshotReader.swift; each reader returns its findings beside its result. DNSRecorder.swift asks
// the DNS itself.

package import MailRecords
internal import Procedure
package import SourceText

/// A zone as its file has it, or as a snapshot does, and where each record set begins.
package struct ZoneObservation: Sendable {
  package let contents: ZoneContents
  /// The place of each set's first record, in the order of `contents.sets`.
  package let spans: [SourceSpan]
  /// The place of the SOA record.
  package let soaSpan: SourceSpan?
  /// Where a snapshot says of a set that it is not there, or not known.
  private let others: [ZoneContents.SetName: SourceSpan]

  package init(contents: ZoneContents, spans: [SourceSpan], soaSpan: SourceSpan?) {
    self.contents = contents
    self.spans = spans
    self.soaSpan = soaSpan
    others = [:]
  }

  /// Where the first record of a set is written.
  package func span(of owner: OwnerName, type: RecordType) -> SourceSpan? {
    contents.index(owner: owner, type: type).map { spans[$0] }
      ?? others[ZoneContents.SetName(owner, type)]
  }
}

extension ZoneObservation {
  /// What a snapshot knows of a domain; nil where nothing at the domain itself was asked.
  init?(_ observation: SnapshotObservation, origin: DomainName) {
    var sets: [(set: RecordSet, span: SourceSpan)] = []
    var seen: Set<ZoneContents.SetName> = []
    var asked: Set<ZoneContents.SetName> = []
    var others: [ZoneContents.SetName: SourceSpan] = [:]
    var authority: (name: String, authority: ZoneAuthority, span: SourceSpan)?
    var isAsked = false
    for (answer, span) in zip(observation.snapshot.answers, observation.spans) {
      let name = answer.question.name
      let type = answer.question.type
      // The zone of the domain begins at the nearest name above that has a SOA.
      if answer.aliases.isEmpty, let found = answer.authority,
        name == origin.ascii || origin.ascii.hasSuffix("." + name),
        name.utf8.count > authority?.name.utf8.count ?? 0
      {
        authority = (name, found, span)
      }
      guard let owner = OwnerName(parsing: name + ".", zone: origin) else { continue }
      isAsked = isAsked || owner.isApex
      others[ZoneContents.SetName(owner, type)] = span
      func add(_ set: RecordSet) {
        guard seen.insert(ZoneContents.SetName(owner, set.type)).inserted else { return }
        sets.append((set, span))
      }
      func knows(_ types: [RecordType]) {
        for type in types { asked.insert(ZoneContents.SetName(owner, type)) }
      }
      if let alias = answer.aliases.first {
        add(RecordSet(owner: owner, type: .cname, ttl: alias.ttl, data: [.cname(alias.target)]))
        knows([type, .cname])
        continue
      }
      switch answer.outcome {
      case .records(let data, let ttl):
        // Some servers answer with what is behind their own alias, so one says nothing of the rest.
        knows([type])
        if type != .soa { add(RecordSet(owner: owner, type: type, ttl: ttl, data: data)) }
      case .noData: knows([type])
      case .noName: knows(DNSSnapshot.types)
      case .failure, .disagreement: break
      }
    }
    guard isAsked else { return nil }
    let known = ZoneContents(
      origin: origin, soa: authority?.authority, sets: sets.map(\.set), asked: asked)
    let places = Dictionary(
      sets.map { (ZoneContents.SetName($0.set.owner, $0.set.type), $0.span) },
      uniquingKeysWith: { first, _ in first })
    contents = known
    spans = known.sets.compactMap { places[ZoneContents.SetName($0.owner, $0.type)] }
    soaSpan = authority?.span
    self.others = others
  }
}

extension RecordedAnswer {
  /// What mgc needs of a SOA.
  fileprivate var authority: ZoneAuthority? {
    guard question.type == .soa, case .records(let data, let ttl) = outcome,
      let minimum = data.first?.presentation.split(separator: " ").last.flatMap({ UInt32($0) })
    else { return nil }
    return ZoneAuthority(ttl: ttl, minimum: TTL(minimum) ?? ttl)
  }
}
