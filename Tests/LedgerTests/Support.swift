import Diagnostics
import Ledger
import Procedure
import SourceText
import Wording

/// The generator of Steele, Lea and Flood (2014): the same seed gives the same numbers.
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}

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
