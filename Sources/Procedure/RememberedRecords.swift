package import MailRecords

/// What the zone held before mgc first changed it, of the records of one purpose. The lock keeps
/// it, so that a zone file that is exported anew after a change does not empty the way back.
package struct RememberedRecords: Equatable, Sendable {
  /// Unique and stable: `dns/kaede.example/@/MX`, `dns/kaede.example/@/TXT/spf`.
  package let id: String
  /// MX, TXT or CNAME.
  package let type: RecordType
  /// The TTL of the set; 0 where there was none.
  package let ttl: TTL
  /// What was there; often nothing.
  package let records: [RecordData]
  /// Every record that mgc has asked for in its place since.
  package let written: [RecordData]

  package init(
    id: String, type: RecordType, ttl: TTL, records: [RecordData], written: [RecordData]
  ) {
    self.id = id
    self.type = type
    self.ttl = ttl
    self.records = records
    self.written = written
  }

  /// Whether what a zone holds today came about by mgc's own changes, so that what was there before
  /// them is still what the way back leads to. Anything else was changed by someone else, and is
  /// the new beginning.
  func explains(_ today: [RecordData], ttl todaysTTL: TTL?) -> Bool {
    guard !today.isEmpty else { return false }
    let isKnown = today.allSatisfy { records.contains($0) || written.contains($0) }
    let isOld = Set(today) == Set(records)
    let isNew = today.contains { !records.contains($0) } || today.allSatisfy(written.contains)
    // Step 4 lowers the TTL of the MX and leaves its data.
    let isLowered = isOld && type == .mx && todaysTTL.map { $0 < ttl && $0 <= .lowered } ?? false
    return isKnown && (isOld ? isLowered : isNew)
  }

  /// With further records that mgc asks for.
  func adding(_ new: [RecordData]) -> RememberedRecords {
    var all = written
    for datum in new where !all.contains(datum) { all.append(datum) }
    return RememberedRecords(id: id, type: type, ttl: ttl, records: records, written: all)
  }
}

/// What earlier applies remember, by identifier.
struct Memory {
  private let entries: [String: RememberedRecords]

  init(_ entries: [RememberedRecords]) {
    self.entries = Dictionary(entries.map { ($0.id, $0) }) { first, _ in first }
  }

  /// What was there before mgc, of the records that are there today.
  ///
  /// - Returns: with `stands` where that is more than today's zone shows.
  func recall(
    _ id: String, _ type: RecordType, today: [RecordData], ttl: TTL?, wanted: [RecordData]
  ) -> (records: RememberedRecords, stands: Bool) {
    if let earlier = entries[id], earlier.type == type, earlier.explains(today, ttl: ttl) {
      return (earlier.adding(wanted), true)
    }
    let now = RememberedRecords(
      id: id, type: type, ttl: today.isEmpty ? TTL(clamping: 0) : ttl ?? TTL(clamping: 0),
      records: today, written: [])
    return (now.adding(wanted), false)
  }
}

extension Memory {
  /// What was there before mgc took it away, where today's zone shows nothing of it.
  ///
  /// - Returns: with `stands` where that is more than today's zone shows.
  func recallRemoval(
    _ id: String, _ type: RecordType, today: [RecordData], ttl: TTL?
  ) -> (records: RememberedRecords, stands: Bool) {
    if today.isEmpty, let earlier = entries[id], earlier.type == type, !earlier.records.isEmpty {
      return (earlier, true)
    }
    return (
      RememberedRecords(
        id: id, type: type, ttl: ttl ?? TTL(clamping: 0), records: today, written: []), false
    )
  }
}

extension RecordChange {
  /// Under which name it is remembered what was there before.
  var memoryIdentifier: String { Self.memoryIdentifier(owner, type, purpose) }

  static func memoryIdentifier(
    _ owner: OwnerName, _ type: RecordType, _ purpose: Purpose
  ) -> String {
    let set = "dns/\(owner.zone.ascii)/\(owner.relative)/\(type)"
    return switch purpose {
    case .lowerTTL, .cutover, .restoreTTL: set
    case .spf, .dkim, .mailServerKey, .retiredKey, .dmarc, .reportAuthorization, .tlsReports,
      .transportPolicy:
      "\(set)/\(purpose)"
    }
  }
}

extension DomainChanges {
  /// What the lock is to remember of this zone.
  var remembered: [RememberedRecords] {
    var all: [RememberedRecords] = []
    for change in stages.flatMap(\.changes) {
      if let records = change.remembered {
        all.append(records)
      } else if let place = all.firstIndex(where: { $0.id == change.memoryIdentifier }) {
        all[place] = all[place].adding(change.added)
      }
    }
    return all
  }
}
