internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel
internal import Wording

extension Emitter {
  /// For zones that take updates: each stage as one update that the server refuses where the zone
  /// has changed since mgc read it, and the way back.
  static let updates = Emitter { procedure in
    procedure.zoneStages.flatMap { domain, stage -> [Artifact] in
      guard domain.domain.publishes(.nsupdate) else { return [] }
      let script = ZoneUpdate(procedure: procedure, domain: domain, stage: stage)
      return stage.artifacts(
        .nsupdate, forward: script.forward, back: script.back)
    }
  }
}

extension TenantDomain {
  func publishes(_ format: PublishFormat) -> Bool { publish.contains { $0.value == format } }
}

private struct ZoneUpdate {
  let procedure: Procedure
  let domain: DomainChanges
  let stage: ZoneStage

  var forward: NSUpdateScript {
    var script = opening("Step \(stage.kind.step.number)")
    script.update(
      stage.changes.filter { !$0.isNothing }, unknown: "see the zone file of this step")
    for key in stage.waiting {
      let owner = key.selector.owner(in: stage.zone).absolute
      script.comment("\(owner) TXT waits for the DKIM key: see dkim.md.")
    }
    return script
  }

  var back: NSUpdateScript {
    var script = opening("The way back from step \(stage.kind.step.number)")
    script.update(
      stage.changes.map { $0.inverse ?? $0.withdrawal }.filter { !$0.isNothing },
      unknown: "see the zone file of this way back")
    return script
  }

  private func opening(_ title: String) -> NSUpdateScript {
    var script = NSUpdateScript()
    script.comment("\(title): \(stage.kind.step.title.en)")
    script.comment("The zone \(stage.zone.ascii) of the tenant \(procedure.tenant.id.value).")
    script.comment("Written by mgc. Run it with: nsupdate -k KEYFILE -v THISFILE")
    script.comment("The server refuses all of it where the zone is not as mgc knew it. Then read")
    script.comment("the zone anew, run mgc apply again, and use the new file.")
    script.zone(ZoneName(stage.zone.ascii))
    return script
  }
}

extension RecordChange {
  /// Whether the change can be asked for though nobody knows what the zone holds: where the name
  /// is mgc's alone, so that the server's own refusal is enough.
  fileprivate var isSafeUnseen: Bool {
    switch purpose {
    case .dkim, .mailServerKey, .dmarc, .reportAuthorization, .tlsReports, .transportPolicy: true
    // Without the key nobody knows which record goes.
    case .retiredKey: !removed.isEmpty || !added.isEmpty
    case .spf, .lowerTTL, .cutover, .restoreTTL: false
    }
  }
}

extension NSUpdateScript {
  /// What must be first, then what changes, at once.
  fileprivate mutating func update(_ changes: [RecordChange], unknown: String) {
    let asked = changes.filter { $0.isZoneKnown || $0.isSafeUnseen }
    for change in changes where !change.isZoneKnown && !change.isSafeUnseen {
      blank()
      comment("\(change.purpose.title.en): \(change.owner.absolute) \(change.type)")
      comment("  not here, for mgc does not know what the zone holds: \(unknown).")
    }
    guard !asked.isEmpty else {
      blank()
      comment("Nothing to do.")
      return
    }
    for change in asked {
      blank()
      comment("\(change.purpose.title.en): what must be so before")
      require(change)
    }
    for change in asked {
      blank()
      comment("\(change.purpose.title.en): the change")
      make(change)
    }
    send()
  }

  private mutating func require(_ change: RecordChange) {
    let owner = change.owner.zoneName
    let old = change.before?.data ?? (change.isZoneKnown ? [] : change.removed)
    for datum in old { require(owner: owner, type: change.type.zoneToken, data: datum.zoneData) }
    guard old.isEmpty else { return }
    // Servers pass over a CNAME beside other records without a word (RFC 2136 section 3.4.2.2).
    if change.type == .cname { return requireNoName(owner: owner) }
    requireNone(owner: owner, type: change.type.zoneToken)
    // A CNAME beside it would be refused as well, but without a word.
    requireNone(owner: owner, type: "CNAME")
  }

  private mutating func make(_ change: RecordChange) {
    let owner = change.owner.zoneName
    let type = change.type.zoneToken
    let ttl = change.ttl.seconds
    // The records of a set share one TTL (RFC 2181 section 5.2).
    if let before = change.before, before.ttl != change.ttl {
      delete(owner: owner, type: type)
      for datum in change.after { add(owner: owner, ttl: ttl, type: type, data: datum.zoneData) }
      return
    }
    for datum in change.removed { delete(owner: owner, type: type, data: datum.zoneData) }
    for datum in change.added { add(owner: owner, ttl: ttl, type: type, data: datum.zoneData) }
  }
}
