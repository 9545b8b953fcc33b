internal import MailRecords
package import Procedure

/// How one change of a stage compares with what the authoritative servers answer.
package struct StageVerdict: Sendable {
  package enum Word: String, Sendable {
    case same
    case differs
    case unknown
  }

  package let change: RecordChange
  package let word: Word
  /// What each authoritative server said about the name.
  package let lookup: DNSLookup
  /// Resolvers that still have something else though the authoritative servers have it.
  package let stale: [DNSServerReply]
}

/// A stage of a domain with its verdicts, in the order of its changes.
package struct StageVerdicts: Sendable {
  package let stage: ZoneStage
  package let verdicts: [StageVerdict]

  /// The worst of its verdicts.
  package var word: StageVerdict.Word {
    let words = verdicts.map(\.word)
    return words.contains(.differs) ? .differs : words.contains(.unknown) ? .unknown : .same
  }
}

extension DNSRecorder {
  /// Compares every stage of a domain. A stage that a later one has gone beyond holds as well: once
  /// the MX has moved, its old records need no low TTL any more.
  package mutating func verdicts(on domain: DomainChanges) -> [StageVerdicts] {
    let stages = domain.stages
    // Where the zone is unknown, the MX to be is all that is known of it.
    let moved = domain.cutover.map { $0.isZoneKnown ? $0.after : $0.added } ?? []
    var result: [StageVerdicts] = []
    for (place, stage) in stages.enumerated() {
      var verdicts: [StageVerdict] = []
      for change in stage.changes {
        let question = DNSQuestion(change.owner.absolute, change.type)
        let lookup = lookup(question)
        let later = stages[(place + 1)...].flatMap(\.changes).filter {
          $0.owner == change.owner && $0.type == change.type
        }
        var word = Self.word(change, later, moved, lookup.answer)
        if word == .same, change.purpose == .restoreTTL, Set(lookup.ttls).count > 1 {
          word = .differs
        }
        // What a resolver has left of a TTL that was raised is always less.
        let stale =
          word == .same && change.purpose != .restoreTTL
          ? cached(question).filter { reply in
            guard case .outcome(let outcome) = reply.result else { return false }
            let answer = RecordedAnswer(question, outcome)
            return Self.word(change, later, moved, answer) == .differs
          } : []
        verdicts.append(
          StageVerdict(change: change, word: word, lookup: lookup, stale: stale))
      }
      result.append(StageVerdicts(stage: stage, verdicts: verdicts))
    }
    return result
  }

  static func word(
    _ change: RecordChange, _ later: [RecordChange], _ moved: [RecordData],
    _ answer: RecordedAnswer
  ) -> StageVerdict.Word {
    switch answer.outcome {
    case .failure: return .unknown
    case .disagreement: return .differs
    // Without an MX there is no TTL to lower; a key that went out of use should be gone.
    case .noData, .noName:
      let mayBeGone = ([change] + later).contains { $0.purpose == .retiredKey }
      return change.purpose == .lowerTTL || mayBeGone ? .same : .differs
    case .records(let data, let ttl):
      // Behind an alias stands what somebody else publishes; the change is to the name itself.
      guard answer.aliases.isEmpty else { return .differs }
      let holds = ([change] + later).contains { $0.holds(data, ttl: ttl, moved) }
      return holds ? .same : .differs
    }
  }
}

extension RecordChange {
  /// Whether records are what the change asks for.
  ///
  /// - Parameter moved: the MX after the cutover.
  fileprivate func holds(
    _ data: [RecordData], ttl live: TTL, _ moved: [RecordData]
  ) -> Bool {
    switch purpose {
    case .lowerTTL: return live <= ttl
    case .cutover: return Set(data) == Set(moved)
    case .restoreTTL: return Set(data) == Set(moved) && live == ttl
    case .spf, .dkim, .mailServerKey, .retiredKey, .dmarc, .reportAuthorization, .tlsReports,
      .transportPolicy:
      break
    }
    if !isZoneKnown, purpose == .spf { return data.hasSPF(of: added) }
    let wanted = added.isEmpty ? after.filter { $0.serves(purpose) } : added
    // A second record of the kind makes receivers ignore both.
    return wanted.allSatisfy(data.contains) && !data.contains(where: removed.contains)
      && data.filter { $0.serves(purpose) }.count == wanted.count
  }
}

extension DNSLookup {
  /// The TTLs that the servers give.
  fileprivate var ttls: [TTL] {
    replies.compactMap { reply in
      if case .outcome(.records(_, let ttl)) = reply.result { ttl } else { nil }
    }
  }
}

extension RecordData {
  /// Whether a record is one of those that a change is about.
  fileprivate func serves(_ purpose: RecordChange.Purpose) -> Bool {
    if purpose == .mailServerKey { return type == .cname }
    guard case .txt(let value) = self else { return false }
    switch purpose {
    case .spf: return SPFRecord.isSPF(value.text)
    case .dmarc, .reportAuthorization: return value.text.lowercased().hasPrefix("v=dmarc1")
    case .tlsReports: return value.text.lowercased().hasPrefix("v=tlsrptv1")
    case .transportPolicy: return MTASTSRecord.isMTASTS(value.text)
    case .dkim, .retiredKey: return true
    case .mailServerKey, .lowerTTL, .cutover, .restoreTTL: return false
    }
  }
}

extension [RecordData] {
  /// Whether there is one SPF record that has every term of the proposed one, which people joined
  /// with what was there.
  fileprivate func hasSPF(of proposed: [RecordData]) -> Bool {
    let records = compactMap { datum -> SPFRecord? in
      guard case .txt(let value) = datum, SPFRecord.isSPF(value.text) else { return nil }
      return try? SPFRecord(parsing: value.text)
    }
    guard records.count == 1, let record = records.first else { return false }
    let terms = Set(record.terms.map(\.identity))
    return proposed.allSatisfy { datum in
      guard case .txt(let value) = datum, let wanted = try? SPFRecord(parsing: value.text) else {
        return true
      }
      return wanted.terms.allSatisfy { $0.mechanism == .all || terms.contains($0.identity) }
    }
  }
}
