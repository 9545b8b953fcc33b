internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel
internal import Wording

extension Emitter {
  /// For zones in Route 53 that Terraform keeps: every record set that mgc answers for by then.
  static let terraform = Emitter { procedure in
    procedure.zoneStages.flatMap { domain, stage -> [Artifact] in
      guard domain.domain.publishes(.terraformRoute53) else { return [] }
      let state = TerraformState(procedure: procedure, stage: stage)
      return stage.artifacts(
        .terraform,
        forward: state.file(
          "After step \(stage.kind.step.number)", stage.forward,
          inPlaceOf: stage.forwardFrom),
        back: state.file(
          "The way back from step \(stage.kind.step.number)", stage.before + stage.later,
          inPlaceOf: stage.after + stage.later, removedBy: domain.stages))
    }
  }
}

private struct TerraformState {
  let procedure: Procedure
  let stage: ZoneStage

  private var zoneID: HCLName { HCLName("zone_id", stage.zone.ascii) }

  /// - Parameters:
  ///   - old: the same sets as the zone holds them until then.
  ///   - stages: all of the zone's, of which those that come after may have taken sets away.
  func file(
    _ title: String, _ sets: [ZoneStage.ManagedSet], inPlaceOf old: [ZoneStage.ManagedSet],
    removedBy stages: [ZoneStage] = []
  ) -> HCLFile {
    var file = HCLFile()
    file.comment("\(title): \(stage.kind.step.title.en)")
    file.comment("The zone \(stage.zone.ascii) of the tenant \(procedure.tenant.id.value).")
    file.comment("Written by mgc, for Terraform 1.7 or later with the AWS provider. Only what mgc")
    file.comment("answers for: put it into your configuration in place of the file of an earlier")
    file.comment("step. Never take that away without another: Terraform would delete the records.")
    file.comment("Records that were there before are taken over by the import blocks. Where your")
    file.comment("configuration has them already, first take your own resources out of it and,")
    file.comment(
      "by \"terraform state rm\", out of its state; or write the values below into them.")
    for key in stage.waiting {
      let owner = key.selector.owner(in: stage.zone).absolute
      file.comment("\(owner) TXT waits for the DKIM key: see dkim.md.")
    }
    file.blank()
    if sets.contains(where: { $0.current?.route53Values != nil && $0.isKnown }) {
      file.block(
        "variable \"\(zoneID)\"",
        [
          ("description", .text("The id of the hosted zone \(stage.zone.ascii) in Route 53")),
          ("type", .expression("string")),
        ])
    }
    let later = stages.drop { $0.kind != stage.kind }.flatMap(\.after)
    for (set, before) in zip(sets, old) {
      // What another file took away cannot be imported, and may be there all the same.
      let mayBeGone = later.contains {
        $0.owner == set.owner && $0.type == set.type && $0.current == nil
      }
      add(
        set, wasThere: set.original != nil && before.current != nil && !mayBeGone,
        mayBeThere: set.original != nil && mayBeGone, to: &file)
    }
    return file
  }

  private func add(
    _ set: ZoneStage.ManagedSet, wasThere: Bool, mayBeThere: Bool, to file: inout HCLFile
  ) {
    let owner = String(set.owner.absolute.dropLast())
    let kind: StaticString =
      switch set.type {
      case .mx: "mx"
      case .cname: "cname"
      default: "txt"
      }
    let address: HCLText = "aws_route53_record.\(HCLName(kind, owner))"
    guard set.isKnown else {
      return file.leaveOut(
        address, "\(owner) \(set.type)",
        [
          "mgc does not know what the zone holds. The key zone in",
          "tenant.yaml tells it. Till then do it by hand, by the zone file of the same step.",
        ])
    }
    guard let current = set.current else {
      if set.original != nil {
        file.blank()
        file.comment(
          "removed: \(owner) \(set.type). Terraform does so only where the file of an earlier")
        file.comment("step was applied, which took the records over; else take them out by hand.")
      }
      return
    }
    guard let records = current.route53Values else {
      return file.leaveOut(
        address, "\(owner) \(set.type)",
        [
          "a text that is there has other characters than ASCII.",
          "Do it by hand, by the zone file of the same step.",
        ])
    }
    if wasThere {
      file.block(
        "import",
        [
          ("to", .expression(address)),
          (
            "id",
            .expression("\"${var.\(zoneID)}_\(part: owner)_\(part: set.type.description)\"")
          ),
        ])
    }
    file.block(
      "resource \"aws_route53_record\" \"\(HCLName(kind, owner))\"",
      [
        ("zone_id", .expression("var.\(zoneID)")), ("name", .text(owner)),
        ("type", .text(set.type.description)), ("ttl", .number(Int(current.ttl.seconds))),
        ("records", .list(records)),
      ] + (mayBeThere ? [("allow_overwrite", .expression("true"))] : []))
  }
}

extension HCLFile {
  /// A set that the file does not keep. Where an earlier file kept it, it stays as it is.
  fileprivate mutating func leaveOut(_ address: HCLText, _ name: String, _ reason: [String]) {
    blank()
    comment("not here: \(name), for \(reason[0])")
    for line in reason.dropFirst() { comment("  " + line) }
    comment("Terraform leaves it as it is, even where an earlier file of mgc had it:")
    block(
      "removed",
      [("from", .expression(address)), ("lifecycle", .block([("destroy", .expression("false"))]))])
  }
}

extension RecordSet {
  /// The data as Route 53 has it; nil where it has no form for it here.
  fileprivate var route53Values: [String]? {
    var values: [String] = []
    for datum in data {
      switch datum {
      case .txt(let value): values.append(value.route53)
      case .mx, .cname: values.append(datum.presentation)
      case .a, .aaaa, .ns, .other: return nil
      }
    }
    return values
  }
}

extension TXTValue {
  /// The strings without the outer quotes, which Terraform's provider adds. Escapes of Route 53 are
  /// octal (Amazon Route 53 Developer Guide, "Supported DNS record types").
  fileprivate var route53: String {
    strings.map { string in
      var result = ""
      for byte in string.utf8 {
        switch byte {
        case 0x22, 0x5C: result += "\\" + String(Unicode.Scalar(byte))
        case 0x20...0x7E: result.unicodeScalars.append(Unicode.Scalar(byte))
        default:
          let digits = String(byte, radix: 8)
          result += "\\" + String(repeating: "0", count: 3 - digits.count) + digits
        }
      }
      return result
    }.joined(separator: "\" \"")
  }
}
