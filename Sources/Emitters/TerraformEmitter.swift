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
        .terraform, ending: ".tf",
        forward: state.file("After step \(stage.kind.step.number)", stage.after),
        back: state.file("The way back from step \(stage.kind.step.number)", stage.before))
    }
  }
}

private struct TerraformState {
  let procedure: Procedure
  let stage: ZoneStage

  private var zoneID: HCLName { HCLName("zone_id", stage.zone.ascii) }

  func file(_ title: String, _ sets: [ZoneStage.ManagedSet]) -> HCLFile {
    var file = HCLFile()
    file.comment("\(title): \(stage.kind.step.title.en)")
    file.comment("The zone \(stage.zone.ascii) of the tenant \(procedure.tenant.id.value).")
    file.comment("Written by mgc, for Terraform 1.6 or later with the AWS provider. Only what mgc")
    file.comment("answers for: put it into your configuration in place of the file of an earlier")
    file.comment("step. Records that were there before are taken over by the import blocks; where")
    file.comment("your configuration has them already, take them out of it with \"terraform state")
    file.comment("rm\", or write the values below into your own resources instead.")
    for key in stage.waiting {
      let owner = key.selector.owner(in: stage.zone).absolute
      file.comment("\(owner) TXT waits for the DKIM key: see dkim.md.")
    }
    file.block(
      "variable \"\(zoneID)\"",
      [
        ("description", .text("The id of the hosted zone \(stage.zone.ascii) in Route 53")),
        ("type", .expression("string")),
      ])
    for set in sets { add(set, to: &file) }
    return file
  }

  private func add(_ set: ZoneStage.ManagedSet, to file: inout HCLFile) {
    let owner = String(set.owner.absolute.dropLast())
    func leaveOut(_ reason: String) {
      file.blank()
      file.comment("not here: \(owner) \(set.type), for \(reason).")
      file.comment("  Do it by hand, by the zone file of the same step.")
    }
    guard set.isKnown else { return leaveOut("mgc does not know what the zone holds") }
    guard let current = set.current else { return }
    guard let records = current.route53Values else {
      return leaveOut("a text that is there has other characters than ASCII")
    }
    let name =
      switch set.type {
      case .mx: HCLName("mx", owner)
      case .cname: HCLName("cname", owner)
      default: HCLName("txt", owner)
      }
    if set.original != nil {
      file.block(
        "import",
        [
          ("to", .expression("aws_route53_record.\(name)")),
          (
            "id",
            .expression("\"${var.\(zoneID)}_\(part: owner)_\(part: set.type.description)\"")
          ),
        ])
    }
    file.block(
      "resource \"aws_route53_record\" \"\(name)\"",
      [
        ("zone_id", .expression("var.\(zoneID)")), ("name", .text(owner)),
        ("type", .text(set.type.description)), ("ttl", .number(Int(current.ttl.seconds))),
        ("records", .list(records)),
      ])
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
