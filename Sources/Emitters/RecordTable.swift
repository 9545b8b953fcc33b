internal import Artifacts
internal import MailRecords
internal import Procedure

/// What to do to each record of a change, one after the other, in the form of a DNS service.
struct RecordTable {
  struct Line {
    let action: Action
    let owner: OwnerName
    let type: RecordType
    /// Afterwards; of a record that is deleted, until then.
    let ttl: TTL
    let datum: RecordData
    /// What a record is replaced for.
    let old: RecordData?
    /// Where it differs from the TTL afterwards.
    let oldTTL: TTL?
  }

  enum Action: CaseIterable {
    case add
    case replace
    case delete
    case changeTTL
    case keep
  }

  let lines: [Line]

  /// - Parameter change: one of a zone that is known.
  init(_ change: RecordChange) {
    let oldTTL = change.before.flatMap { $0.ttl == change.ttl ? nil : $0.ttl }
    func line(_ action: Action, _ datum: RecordData, old: RecordData? = nil) -> Line {
      let isKept = action == .changeTTL || action == .replace
      return Line(
        action: action, owner: change.owner, type: change.type,
        ttl: action == .delete ? change.before?.ttl ?? change.ttl : change.ttl, datum: datum,
        old: old, oldTTL: isKept ? oldTTL : nil)
    }
    let kept = change.after.filter { !change.added.contains($0) }
    // Of a text the one value takes the other's place, for two of SPF or DMARC are none. Of the MX
    // the new ones come first, so that the domain is never without.
    let pairs = change.type == .mx ? 0 : min(change.removed.count, change.added.count)
    lines =
      zip(change.added, change.removed).prefix(pairs).map { line(.replace, $0, old: $1) }
      + change.added.dropFirst(pairs).map { line(.add, $0) }
      + kept.map { line(oldTTL == nil ? .keep : .changeTTL, $0) }
      + change.removed.dropFirst(pairs).map { line(.delete, $0) }
  }
}

extension RecordData {
  /// The value as a form takes it: without the quotes of a zone file, and of an MX the host alone.
  var formValue: String {
    switch self {
    case .mx(_, let host): host
    case .txt(let value): value.text
    case .a, .aaaa, .cname, .ns, .other: presentation
    }
  }

  var formPriority: UInt16? {
    if case .mx(let preference, _) = self { preference } else { nil }
  }

  /// Whether it is longer than one string of a TXT record may be.
  var isLongText: Bool {
    if case .txt(let value) = self {
      value.text.utf8.count > TXTValue.maximumStringLength
    } else {
      false
    }
  }

  /// The value in strings of 255 octets, in quotes.
  var splitValue: String {
    if case .txt(let value) = self {
      TXTValue(ascii: value.text)?.presentation ?? presentation
    } else {
      presentation
    }
  }
}
