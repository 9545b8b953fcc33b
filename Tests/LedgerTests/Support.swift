import Diagnostics
import Ledger
import MailRecords
import Procedure
import SourceText
import Wording

/// A lock with two resources and two files, given out of order.
let sample = Lock(
  tenant: "kaede",
  resources: [
    LockedResource(
      id: "dns/kaede.example/MX/@", step: 6,
      properties: [.init("ttl", "300"), .init("value", "10 mx.example.")]),
    LockedResource(id: "connector/inbound", step: 3, properties: [.init("名前", "楓 \"A\"\n\\")]),
  ],
  files: [
    LockedFile(path: "RUNBOOK.md", bytes: Array("# 手順\n".utf8)),
    LockedFile(path: "4-ttl/kaede.example.zone", bytes: []),
  ],
  originals: [
    RememberedRecords(
      id: "dns/kaede.example/@/MX", type: .mx, ttl: TTL(clamping: 86400),
      records: [.mx(preference: 10, host: "mail.kaede.example.")],
      written: [.mx(preference: 10, host: "mx.example.")])
  ])

/// What reading gives.
struct Reading<Value> {
  var value: Value?
  var findings: [Diagnostic]

  /// Each finding as `line:column code message`.
  func lines(in file: SourceFile) -> [String] {
    findings.map {
      let place = file.position(of: $0.primary.lowerBound)
      return "\(place.line):\(place.column) \($0.code.name) \($0.message.en)"
    }
  }
}

func readLock(_ file: SourceFile) -> Reading<Lock> {
  var bag = DiagnosticBag()
  let lock = Lock.read(file, id: .tenant, into: &bag)
  return Reading(value: lock, findings: bag.sorted)
}

func readJournal(_ file: SourceFile) -> Reading<Journal> {
  var bag = DiagnosticBag()
  let journal = Journal.read(file, id: .tenant, into: &bag)
  return Reading(value: journal, findings: bag.sorted)
}
