internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel

/// What the known zones say about the names that SPF includes.
struct SPFTargets {
  enum Answer {
    case record(SPFRecord)
    /// The name lies in a known zone, which has no SPF record for it.
    case nothing
    case unknown
  }

  private let zones: [String: KnownZone]

  init(_ input: RuleInput) {
    var zones: [String: KnownZone] = [:]
    for zone in input.knownZones { zones[zone.contents.origin.ascii] = zone }
    self.zones = zones
  }

  /// - Parameter name: in lower case, without a trailing dot.
  subscript(name: String) -> Answer {
    guard let zone = enclosing(name) else { return .unknown }
    let apex = name == zone.contents.origin.ascii
    let relative =
      apex ? "@" : String(name.dropLast(zone.contents.origin.ascii.utf8.count + 1))
    let texts = zone.contents.texts(at: relative).filter(SPFRecord.isSPF)
    if let text = texts.first {
      return (try? SPFRecord(parsing: text)).map { .record($0) } ?? .unknown
    }
    // A domain of the contract gets its record in step 2.
    guard !apex, zone.isAuthoritative(for: relative) else { return .unknown }
    return .nothing
  }

  /// The deepest known zone that a name lies in.
  private func enclosing(_ name: String) -> KnownZone? {
    guard !zones.isEmpty else { return nil }
    var rest = name[...]
    while true {
      if let zone = zones[String(rest)] { return zone }
      guard let dot = rest.firstIndex(of: ".") else { return nil }
      rest = rest[rest.index(after: dot)...]
    }
  }
}

extension KnownZone {
  /// Whether what the zone lacks for a name does not exist: no alias, wildcard or delegation is
  /// above it.
  func isAuthoritative(for relative: String) -> Bool {
    // Who was asked for the very name has said what there is.
    guard contents.isWhole else { return knows(relative, .txt) }
    if case .nothing = host(relative + "." + contents.origin.ascii + ".") { return true }
    // A host with addresses is in the zone as well.
    return set(relative, .a) != nil || set(relative, .aaaa) != nil
  }
}

extension DomainSPF {
  /// Where a term of the merged record was written: in tenant.yaml, else in the zone.
  func span(of term: SPFTerm) -> SourceSpan {
    let sender = domain.spf?.senders.first { $0.value.identity == term.identity }
    return sender?.span ?? (texts.isEmpty ? nil : zone?.span("@", .txt)) ?? place
  }
}
