package import MailRecords

/// Answers about the tenant's own zones from what is known of them, and all else from what was
/// recorded.
package struct ZoneAnswers: Sendable {
  private let zones: [String: ZoneContents]
  private let recorded: DNSResolver

  /// Aliases are followed so many times.
  private static let aliasLimit = 8

  package init(_ zones: [DomainName: ZoneContents], recorded: @escaping DNSResolver) {
    self.zones = zones.reduce(into: [:]) { $0[$1.value.origin.ascii] = $1.value }
    self.recorded = recorded
  }

  package func answer(_ question: DNSQuestion) -> DNSAnswer {
    var name = question.name
    for _ in 0..<Self.aliasLimit {
      guard let zone = enclosing(name) else { return recorded(DNSQuestion(name, question.type)) }
      switch lookUp(name, question.type, in: zone) {
      case .answer(let answer): return answer
      case .alias(let target): name = DNSQuestion(target, question.type).name
      case .elsewhere: return recorded(DNSQuestion(name, question.type))
      }
    }
    return .failure
  }

  private enum Finding {
    case answer(DNSAnswer)
    case alias(String)
    /// Delegated, by a wildcard, or not known of the zone.
    case elsewhere
  }

  private func lookUp(_ name: String, _ type: RecordType, in zone: ZoneContents) -> Finding {
    let relative =
      name == zone.origin.ascii ? "@" : String(name.dropLast(zone.origin.ascii.utf8.count + 1))
    let owner = OwnerName(zone: zone.origin, presentation: relative)
    if relative != "@" {
      var labels = relative.split(separator: ".")
      while !labels.isEmpty {
        let above = OwnerName(zone: zone.origin, presentation: labels.joined(separator: "."))
        if zone.set(owner: above, type: .ns) != nil { return .elsewhere }
        labels.removeFirst()
      }
    }
    if let set = zone.set(owner: owner, type: type) {
      return .answer(.records(set.data, ttl: set.ttl))
    }
    if case .cname(let target)? = zone.set(owner: owner, type: .cname)?.data.first {
      return .alias(target)
    }
    guard zone.isWhole else { return .elsewhere }
    if !zone.sets(owner: owner).isEmpty || relative == "@" { return .answer(.noData) }
    var labels = relative.split(separator: ".")
    while !labels.isEmpty {
      labels.removeFirst()
      let wildcard = OwnerName(
        zone: zone.origin, presentation: (["*"] + labels).joined(separator: "."))
      if !zone.sets(owner: wildcard).isEmpty { return .elsewhere }
    }
    let suffix = "." + relative
    let hasNamesBelow = zone.sets.contains { $0.owner.relative.hasSuffix(suffix) }
    return .answer(hasNamesBelow ? .noData : .noName)
  }

  /// The deepest known zone that a name lies in.
  private func enclosing(_ name: String) -> ZoneContents? {
    guard !zones.isEmpty else { return nil }
    var rest = name[...]
    while true {
      if let zone = zones[String(rest)] { return zone }
      guard let dot = rest.firstIndex(of: ".") else { return nil }
      rest = rest[rest.index(after: dot)...]
    }
  }
}
