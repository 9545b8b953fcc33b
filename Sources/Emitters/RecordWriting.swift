internal import Artifacts
internal import MailRecords

extension OwnerName {
  var zoneName: ZoneName { ZoneName(presentation: absolute) }
}

extension RecordType {
  var zoneToken: ZoneToken { "\(type: description)" }
}

extension RecordData {
  /// The data as zone files and nsupdate have it.
  var zoneData: [ZoneDatum] {
    switch self {
    case .mx(let preference, let host):
      [.integer(Int(preference)), .name(ZoneName(presentation: host))]
    case .txt(let value): [.quotedStrings(value.strings)]
    case .cname(let target), .ns(let target): [.name(ZoneName(presentation: target))]
    case .a, .aaaa, .other: [.presentation(presentation)]
    }
  }
}
