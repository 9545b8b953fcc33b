internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel
internal import Wording

extension Emitter {
  /// For zones that octoDNS keeps: every record set that mgc answers for by then, as a source after
  /// the customer's own.
  static let octodns = Emitter { procedure in
    procedure.zoneStages.flatMap { domain, stage -> [Artifact] in
      guard domain.domain.publishes(.octodns) else { return [] }
      let overlay = OctoDNSOverlay(procedure: procedure, stage: stage)
      return stage.artifacts(
        .octodns,
        forward: overlay.file("After step \(stage.kind.step.number)", stage.forward),
        back: overlay.file(
          "The way back from step \(stage.kind.step.number)", stage.before + stage.later))
    }
  }
}

private struct OctoDNSOverlay {
  let procedure: Procedure
  let stage: ZoneStage

  func file(_ title: String, _ sets: [ZoneStage.ManagedSet]) -> OctoDNSFile {
    var file = OctoDNSFile()
    file.comment("\(title): \(stage.kind.step.title.en)")
    file.comment("The zone \(stage.zone.ascii) of the tenant \(procedure.tenant.id.value).")
    file.comment("Written by mgc. Only what mgc answers for: give this folder to octoDNS as a")
    file.comment("source behind your own, in place of that of an earlier step:")
    file.comment("  mgc:")
    file.comment("    class: octodns.provider.yaml.YamlProvider")
    file.comment("    directory: THIS FOLDER")
    file.comment("    populate_should_replace: true")
    file.comment("    escaped_semicolons: true")
    file.comment("Or copy each record set into your own file, in place of the one there. Without")
    file.comment("either, octoDNS puts back what your own file has.")
    for set in sets { file.add(set) }
    for key in stage.waiting {
      let owner = key.selector.owner(in: stage.zone).absolute
      file.comment("\(owner) TXT waits for the DKIM key: see dkim.md.")
    }
    return file
  }
}

extension OctoDNSFile {
  fileprivate mutating func add(_ set: ZoneStage.ManagedSet) {
    let name = "\(set.owner.absolute) \(set.type)"
    guard set.isKnown else {
      comment("not here: \(name), for mgc does not know what the zone holds. The key zone")
      comment("  in tenant.yaml tells it. Till then do it by hand, by the zone file of the same")
      comment("  step; if an earlier file of mgc has the record set, keep it.")
      return
    }
    guard let current = set.current else {
      if set.original != nil {
        comment("remove: \(name), from your own file: a further source cannot take it away")
      }
      return
    }
    guard let values = current.octodnsValues else {
      comment("not here: \(name), for octoDNS cannot hold a text that is there.")
      comment("  Do it by hand, by the zone file of the same step.")
      return
    }
    self.set(
      owner: set.owner.isApex ? nil : ZoneName(presentation: set.owner.relative),
      ttl: current.ttl.seconds, type: set.type.zoneToken, values: values)
  }
}

extension RecordSet {
  /// Nil where octoDNS has no form for it.
  fileprivate var octodnsValues: OctoDNSFile.Values? {
    var texts: [OctoDNSFile.Text] = []
    var exchangers: [(preference: UInt16, host: ZoneName)] = []
    for datum in data {
      switch datum {
      case .txt(let value):
        guard let text = OctoDNSFile.Text(value.text) else { return nil }
        texts.append(text)
      case .mx(let preference, let host):
        exchangers.append((preference, ZoneName(presentation: host)))
      case .cname(let target): return .target(ZoneName(presentation: target))
      case .a, .aaaa, .ns, .other: return nil
      }
    }
    return type == .mx ? .exchangers(exchangers) : .texts(texts)
  }
}
