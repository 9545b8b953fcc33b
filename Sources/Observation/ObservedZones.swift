package import Diagnostics
package import MailRecords
package import SourceText
package import TenantModel

/// What `zone` of each domain names, read: whole zones from zone files, and what was asked of them
/// from snapshots.
package struct ObservedZones: Sendable {
  package private(set) var zones: [DomainName: ZoneContents] = [:]
  package private(set) var findings: [Diagnostic] = []
  /// When the snapshots of domains were recorded.
  package private(set) var recordings: [DomainName: Located<Timestamp>] = [:]
  private var observations: [DomainName: ZoneObservation] = [:]
  private var snapshots: [(id: SourceFileID, snapshot: SnapshotObservation?)] = []

  package init() {}

  /// Reads a zone file as the zone of a domain.
  package mutating func addFile(_ file: SourceFile, _ id: SourceFileID, of domain: DomainName) {
    let (zone, found) = ZoneReader.read(file, id: id, origin: domain)
    findings += found
    observations[domain] = zone
    zones[domain] = zone?.contents
  }

  /// Reads a snapshot, which often has several domains, once.
  package mutating func addSnapshot(_ file: SourceFile, _ id: SourceFileID, of domain: DomainName) {
    if !snapshots.contains(where: { $0.id == id }) {
      let (snapshot, found) = SnapshotReader.read(file, id: id)
      findings += found
      snapshots.append((id, snapshot))
    }
    guard let snapshot = snapshots.first(where: { $0.id == id })?.snapshot else { return }
    recordings[domain] = snapshot.recorded
    let zone = snapshot.zone(of: domain)
    observations[domain] = zone
    zones[domain] = zone?.contents
  }

  /// Where a record set is written, or that there is none.
  package var span: @Sendable (DomainName, OwnerName, RecordType) -> SourceSpan? {
    let known = observations
    return { domain, owner, type in known[domain]?.span(of: owner, type: type) }
  }

  /// What the snapshots say; the first that has been asked counts.
  package var answers: DNSResolver {
    let known = snapshots.compactMap(\.snapshot)
    return { question in
      known.lazy.map { $0.answer(question) }.first { $0 != .unknown } ?? .unknown
    }
  }
}
