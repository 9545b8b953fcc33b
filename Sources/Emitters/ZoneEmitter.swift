internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel
internal import Wording

extension Emitter {
  /// What changes in each zone, a snippet of a zone file for each step, and the way back.
  static let zones = Emitter { procedure in
    procedure.zoneStages.flatMap { domain, stage in
      let snippet = ZoneSnippet(procedure: procedure, domain: domain, stage: stage)
      return stage.artifacts(
        .zoneFile, forward: snippet.forward, back: snippet.back)
    }
  }
}

/// The changes of one stage as parts of a zone file.
private struct ZoneSnippet {
  let procedure: Procedure
  let domain: DomainChanges
  let stage: ZoneStage

  /// What to know before and after the change.
  private var advice: [String] {
    switch stage.kind {
    case .senderAuthentication:
      return signs ? ["Publish the DKIM key before MailGates signs with it."] : []
    case .transportPolicyBefore:
      return [
        "First serve the file mta-sts/\(stage.zone.ascii).txt of this step at",
        "  https://mta-sts.\(stage.zone.ascii)/.well-known/mta-sts.txt",
        "and see that it comes. Publish the record only then.",
      ] + hold
    case .transportPolicyAfter:
      return [
        "Do this when no cache remembers the old MX any more. First serve the file",
        "mta-sts/\(stage.zone.ascii).txt of this step, and see that it comes. Publish the record only",
        "then.",
      ]
    case .lowerTTL:
      let old = domain.oldTTL.map { "\($0) seconds" } ?? "as many seconds as the old TTL was"
      return [
        "Do this about \(Catalogue.ttlLeadDays.value) days before the MX changes.",
        "After this change, wait \(old) before the MX changes (step 6).",
      ]
    case .cutover:
      return [
        "Every account must be known to MailGates before this.",
        "Between step 4 and this change, at least the old TTL of the MX must have passed:",
        domain.oldTTL.map { "\($0) seconds." } ?? "as many seconds as you wrote down in step 4.",
      ]
    case .restoreTTL: return ["Do this once the change of the MX has been verified."]
    case .retireKey:
      let signing = (domain.keyRetirement?.successors ?? []).map(\.text).joined(separator: ", ")
      return [
        "Do this \(KeyRetirement.daysKept) days or more after MailGates began to sign with \(signing) alone:",
        "until then, mail that the old key signed may be on its way, or wait to be read.",
      ]
    case .dmarc(let stage): return step(of: stage).map(DMARCWording.advice) ?? []
    }
  }

  /// What to know before and after the way back.
  private var adviceBack: [String] {
    switch stage.kind {
    case .senderAuthentication:
      return signs
        ? [
          "Do this only when no mail leaves by way of MailGates any more,",
          "and turn the signing off in MailGates before the DKIM key goes.",
        ] : ["Do this only when no mail leaves by way of MailGates any more."]
    case .transportPolicyBefore:
      return [
        "If the MX has changed already, go back from step 6 first, and wait for the TTL of the MX."
      ] + formerFile
    case .transportPolicyAfter:
      return [
        "First serve the file of the way back from this step in place of that of step 8. Before",
        "you go back from step 6 too, wait \(age(domain.transportPolicy?.after)) seconds after this:",
        "senders that enforce the policy of step 8 deliver to no other MX for so long.",
      ]
    case .lowerTTL: return ["If the MX has changed already, go back from step 6 first."]
    case .cutover:
      return [
        "If the TTL has been restored (step 8), go back from that first.",
        "If direct delivery has been closed (step 8), open it again first.",
      ]
    case .restoreTTL:
      let ttl = stage.changes.first.map { "\($0.ttl)" } ?? ""
      return [
        "Before you go back from step 6 too, wait as many seconds as the TTL was until now",
        "(\(ttl) where step 8 was done as written).",
      ]
    case .retireKey:
      return [
        "Do this before MailGates signs with the old key again, and wait as long as for a new one."
      ]
    case .dmarc(let stage): return step(of: stage).map(DMARCWording.adviceBack) ?? []
    }
  }

  /// How long the MX must stay as it is, where senders remember the policy of today.
  private var hold: [String] {
    switch domain.transportPolicy?.heldFor {
    case 0: []
    case let seconds?:
      ["After this change, wait \(seconds) seconds before the MX changes (step 6)."]
    case nil:
      [
        "After this change, wait as many seconds as the max_age of the policy of today says before",
        "the MX changes (step 6).",
      ]
    }
  }

  /// What the web host serves once step 4 is undone.
  private var formerFile: [String] {
    if domain.transportPolicy?.before?.former != nil {
      return [
        "First serve the file of the way back in place of that of step 4; the record below is the",
        "one that tells of it.",
      ]
    }
    return [
      "Where a policy was served before step 4, serve it again first. Where there was none, go on",
      "serving that of step 4 for \(age(domain.transportPolicy?.before)) seconds: it names the MX of today.",
    ]
  }

  private func step(of stage: DMARCStage) -> DMARCChanges.Stage? {
    domain.dmarc?.stages.first { $0.stage == stage }
  }

  private func age(_ stage: TransportPolicyChanges.Stage?) -> Int { stage?.policy.maximumAge ?? 0 }

  private var signs: Bool { !domain.domain.dkim.isEmpty && !isParked }

  private var isParked: Bool { domain.domain.role == .parked }

  private var step: Step { stage.kind.step }

  var forward: ZoneFile {
    var zone = opening(title: "Step \(step.number)", advice)
    for change in stage.changes { zone.add(change, isParked: isParked) }
    for key in stage.waiting {
      let owner = key.selector.owner(in: domain.domain.name.value).absolute
      zone.blank()
      zone.comment("DKIM: \(owner) TXT")
      zone.comment("  waiting for the public key, which the console shows: see dkim.md.")
      zone.comment("  Write it to \(key.input.key) in tenant.yaml, then run mgc apply again.")
    }
    return zone
  }

  var back: ZoneFile {
    var zone = opening(title: "The way back from step \(step.number)", adviceBack)
    for change in stage.changes {
      if let inverse = change.inverse {
        zone.add(inverse, isWayBack: true)
      } else {
        zone.addUnknownWayBack(change, step)
      }
    }
    return zone
  }

  private func opening(title: String, _ advice: [String]) -> ZoneFile {
    let name = stage.zone.ascii
    var zone = ZoneFile()
    zone.comment("\(title): \(step.title.en)")
    zone.comment("The zone \(name) of the tenant \(procedure.tenant.id.value).")
    zone.comment("Written by mgc. This is not a whole zone: merge it into yours.")
    zone.comment("Take out each record that stands behind \"remove:\". Add each line that is no")
    zone.comment("comment. Leave all other records of the zone as they are.")
    if !domain.isZoneKnown {
      zone.comment("CHECK FIRST: mgc does not know what the zone holds today.")
    }
    for line in advice { zone.comment(line) }
    zone.comment("Raise the serial of the SOA where your name server does not do so itself.")
    zone.origin(ZoneName(name))
    return zone
  }
}

extension ZoneFile {
  fileprivate mutating func add(
    _ change: RecordChange, isParked: Bool = false, isWayBack: Bool = false
  ) {
    blank()
    comment("\(change.purpose.title.en): \(change.owner.absolute) \(change.type)")
    if change.isNothing {
      comment(isWayBack ? "nothing was changed" : "already published")
      return
    }
    if !change.isZoneKnown { comments(change.toCheck(isParked: isParked)) }
    if change.purpose == .spf, !change.isZoneKnown {
      // A second SPF record would make both invalid (RFC 7208 section 4.5): this one is never
      // imported unread.
      for datum in change.added { comment(change.line(datum, ttl: change.ttl)) }
      return
    }
    if !change.isZoneKnown, change.purpose == .dmarc {
      for datum in change.removed { comment("remove: \(change.line(datum, ttl: change.ttl))") }
    }
    let isWholeSet = change.type == .mx
    let old = change.before
    for datum in old?.data ?? []
    where change.removed.contains(datum) || isWholeSet && old?.ttl != change.ttl {
      comment("remove: \(change.line(datum, ttl: old?.ttl ?? change.ttl))")
    }
    guard isWholeSet else {
      for datum in change.added { add(datum, of: change) }
      return
    }
    // The records of a set share one TTL (RFC 2181 section 5.2), so the whole set is written.
    let set = change.isZoneKnown ? change.after : change.added
    if change.isZoneKnown, !set.isEmpty { comment("  the complete set of MX records after this:") }
    for datum in set { add(datum, of: change) }
  }

  /// What mgc added, where it does not know what was there before.
  fileprivate mutating func addUnknownWayBack(_ change: RecordChange, _ step: Step) {
    blank()
    comment("\(change.purpose.title.en): \(change.owner.absolute) \(change.type)")
    comments(change.toPutBack(step))
    // The SPF record that was published may have other terms than the one that mgc proposed.
    guard change.purpose != .spf else { return }
    for datum in change.added { comment("remove: \(change.line(datum, ttl: change.ttl))") }
  }

  private mutating func comments(_ lines: [String]) {
    for line in lines { comment("  " + line) }
  }

  private mutating func add(_ datum: RecordData, of change: RecordChange) {
    record(
      owner: change.owner.zoneName, ttl: change.ttl.seconds, type: datum.type.zoneToken,
      data: datum.zoneData)
  }
}

extension RecordChange {
  /// A record as a zone file has it on one line.
  fileprivate func line(_ datum: RecordData, ttl: TTL) -> String {
    "\(owner.absolute) \(ttl) IN \(datum.type) \(datum.presentation)"
  }

  /// What a person has to look up where the zone is unknown.
  fileprivate func toCheck(isParked: Bool) -> [String] {
    let name = String(owner.absolute.dropLast())
    func one(_ start: String) -> [String] {
      [
        "Look for a TXT record at \(name) that begins with \(start).",
        "If there is one, write it down and take it out. Then add the record below:",
        "there must be exactly one.",
      ]
    }
    switch purpose {
    case .spf where isParked:
      return one("v=spf1") + ["It is a comment here, so that it is not imported unread."]
    case .spf:
      return [
        "Look for a TXT record at \(name) that begins with v=spf1.",
        "If there is one, write it down, add the terms of the record below to it by hand, and do",
        "not publish a second record. If there is none, publish the record below, with the other",
        "senders of this domain added. It is a comment here, so that it is not imported unread.",
      ]
    case .dkim:
      return [
        "Look for TXT and CNAME records at \(name).",
        "If there are any, write them down and take them out. Then add the record below.",
      ]
    case .mailServerKey:
      return [
        "Look for CNAME and TXT records at \(name).",
        "If there are any, write them down and take them out. Then add the record below.",
      ]
    case .retiredKey where removed.isEmpty:
      return ["Write down the TXT record at \(name), and take it out."]
    case .retiredKey: return removed.map { "Take out: \(line($0, ttl: ttl))" }
    case .dmarc where !removed.isEmpty:
      return ["The DMARC record of the stage before goes; there must be exactly one."]
    case .dmarc:
      return one("v=DMARC1") + [
        "Where the policy (p) of the old one is stricter, keep that policy in the new one."
      ]
    case .reportAuthorization:
      return [
        "Look for a TXT record at \(name) that begins with v=DMARC1, or for a wildcard",
        "that answers for it. If there is one, do nothing. Else add the record below.",
      ]
    case .tlsReports: return one("v=TLSRPTv1")
    case .transportPolicy where !removed.isEmpty:
      return removed.map { "Take out: \(line($0, ttl: ttl))" }
    case .transportPolicy: return one("v=STSv1")
    case .lowerTTL:
      return [
        "Write down the TTL of the MX records of \(name).",
        "If it is more than \(ttl) seconds, set it to \(ttl) on every one of them.",
      ]
    case .cutover:
      return [
        "Write down every MX record that \(name) has now: you need them to go back.",
        "Take out every one of those MX records. Add the MX records below.",
      ]
    case .restoreTTL:
      return [
        "Set the TTL of every MX record of \(name) to what you wrote down in step 4,",
        "or to \(ttl) seconds where you wrote nothing down.",
      ]
    }
  }

  /// How a person goes back where the zone was unknown.
  fileprivate func toPutBack(_ step: Step) -> [String] {
    let name = String(owner.absolute.dropLast())
    let low = Catalogue.loweredTTL.value
    switch purpose {
    case .spf:
      return [
        "If you wrote an SPF record down in step \(step.number), put it back in place of the one at",
        "\(name). If there was none, take out the one that you published.",
      ]
    case .retiredKey where removed.isEmpty:
      return ["Put back what you wrote down in step \(step.number)."]
    case .retiredKey: return removed.map { "Put back: \(line($0, ttl: ttl))" }
    case .dkim, .mailServerKey, .reportAuthorization, .tlsReports:
      return ["Put back what you wrote down in step \(step.number). Take out:"]
    case .transportPolicy where !removed.isEmpty:
      return removed.map { "Put back: \(line($0, ttl: ttl))" } + ["Take out:"]
    case .transportPolicy:
      return ["Put back what you wrote down in step \(step.number). Take out:"]
    case .dmarc where !removed.isEmpty:
      return ["Put back the DMARC record of the stage before:"]
        + removed.map { "  " + line($0, ttl: ttl) } + ["Take out:"]
    case .dmarc: return ["Put back what you wrote down in step \(step.number). Take out:"]
    case .lowerTTL:
      return [
        "Set the TTL of every MX record of \(name) to what you wrote down in step 4."
      ]
    case .cutover:
      return [
        "Put back every MX record that you wrote down in step 6, each with a TTL of \(low) seconds.",
        "Take out:",
      ]
    case .restoreTTL:
      return ["Set the TTL of every MX record of \(name) back to \(low) seconds."]
    }
  }
}
