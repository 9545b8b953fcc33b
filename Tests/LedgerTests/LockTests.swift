import Diagnostics
import JSONText
import Ledger
import MailRecords
import Procedure
import SourceText
import Testing
import Wording
import TestSupport

@Suite struct LockTests {
  @Test func isWrittenInOneOrder() {
    #expect(
      sample.json.pretty == """
        {
          "format_version": 1,
          "tenant": "kaede",
          "resources": [
            {
              "id": "connector/inbound",
              "step": 3,
              "properties": [
                {
                  "name": "名前",
                  "value": "楓 \\"A\\"\\n\\\\"
                }
              ]
            },
            {
              "id": "dns/kaede.example/MX/@",
              "step": 6,
              "properties": [
                {
                  "name": "ttl",
                  "value": "300"
                },
                {
                  "name": "value",
                  "value": "10 mx.example."
                }
              ]
            }
          ],
          "files": [
            {
              "path": "4-ttl/kaede.example.zone",
              "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
            },
            {
              "path": "RUNBOOK.md",
              "sha256": "\(Digest.sha256(Array("# 手順\n".utf8)))"
            }
          ],
          "originals": [
            {
              "id": "dns/kaede.example/@/MX",
              "type": "MX",
              "ttl": 86400,
              "records": [
                "10 mail.kaede.example."
              ],
              "written": [
                "10 mx.example."
              ]
            }
          ]
        }

        """)
  }

  @Test func findsByKey() {
    #expect(sample.resource("connector/inbound")?.step == 3)
    #expect(sample.resource("connector/outbound") == nil)
    #expect(sample.resource("zzz") == nil)
    #expect(sample.file(at: "RUNBOOK.md") == sample.files.last)
    #expect(sample.file(at: "") == nil)
  }

  @Test(arguments: 0..<200) func comesBackAsItWas(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let lock = Self.anyLock(&random)
    for text in [lock.json.pretty, lock.json.compact] {
      let reading = readLock(SourceFile(name: Lock.fileName, text: text))
      #expect(reading.value == lock)
      #expect(reading.findings.isEmpty)
    }
  }

  @Test(arguments: [
    ("[]", "1:1 MGC8001 an object belongs here"),
    ("{}", #"1:1 MGC8001 missing "format_version, tenant, resources, files""#),
    (#"{"format_version": 2, "future": 1}"#, "1:20 MGC8002 the lock's format is version 2"),
    (
      #"{"format_version": 0, "tenant": "a", "resources": [], "files": []}"#,
      "1:20 MGC8001 an integer of 1–1 belongs here"
    ),
    (
      #"{"format_version": "1", "tenant": "a", "resources": [], "files": []}"#,
      "1:20 MGC8001 an integer of 1–1 belongs here"
    ),
    (
      #"{"format_version": 1, "tenant": 5, "resources": [], "files": []}"#,
      "1:33 MGC8001 a string in quotes belongs here"
    ),
    (
      #"{"format_version": 1, "tenant": "a", "resources": {}, "files": []}"#,
      "1:51 MGC8001 an array belongs here"
    ),
    (
      #"{"format_version": 1, "tenant": "a", "resources": [], "files": [], "time": ""}"#,
      #"1:68 MGC8001 unknown member "time""#
    ),
    (
      """
      {"format_version": 1, "tenant": "a", "files": [], "resources": [
      {"id": "x", "step": 9, "properties": []}]}
      """, "2:21 MGC8001 an integer of 1–8 belongs here"
    ),
    (
      """
      {"format_version": 1, "tenant": "a", "files": [], "resources": [
      {"id": "x", "step": 1, "properties": []},
      {"id": "x", "step": 2, "properties": []}]}
      """, #"3:1 MGC8001 "x" appears twice"#
    ),
    (
      #"{"format_version": 1, "tenant": "a", "resources": [], "files": [{"path": "../x", "sha256": "0"}]}"#,
      #"1:74 MGC8001 "../x" is not a relative path beneath out/"#
    ),
    (
      #"""
      {"format_version": 1, "tenant": "a", "resources": [], "files": [], "originals": [
      {"id": "x", "type": "MX", "ttl": 300, "records": ["10 mail"], "written": []}]}
      """#, #"2:51 MGC8001 "10 mail" is not an MX record"#
    ),
    (
      #"""
      {"format_version": 1, "tenant": "a", "resources": [], "files": [], "originals": [
      {"id": "x", "type": "MX", "ttl": 2147483648, "records": [], "written": []}]}
      """#, "2:34 MGC8001 an integer of 0–2147483647 belongs here"
    ),
  ])
  func namesWhatIsWrong(text: String, expected: String) {
    let file = SourceFile(name: Lock.fileName, text: text)
    let reading = readLock(file)
    #expect(reading.value == nil)
    #expect(reading.lines(in: file).first == expected)
    #expect(reading.findings.allSatisfy { $0.help != nil })
  }

  @Test func readsALockFromBeforeTheMemory() {
    let text = #"{"format_version": 1, "tenant": "a", "resources": [], "files": []}"#
    let reading = readLock(SourceFile(name: Lock.fileName, text: text))
    #expect(reading.findings.isEmpty && reading.value?.originals == [])
  }

  @Test(arguments: ["", "{", "<<<<<<< ours\n", "{\"a\": 1, \"a\": 2}", "\u{0}", "&a [*a]"])
  func refusesWhatIsNoJSON(text: String) {
    let reading = readLock(SourceFile(name: Lock.fileName, text: text))
    #expect(reading.value == nil)
    #expect(reading.findings.contains { $0.code.severity == .error })
  }

  /// Whatever the bytes are, reading ends: with a lock that comes back the same, or with an error.
  @Test(arguments: 0..<50) func survivesDamage(seed: UInt64) {
    let original = Array(sample.json.pretty.utf8)
    var random = SplitMix64(seed: seed)
    for _ in 0..<100 {
      var bytes = original
      for _ in 0...Int.random(in: 0..<4, using: &random) { Self.damage(&bytes, &random) }
      var bag = DiagnosticBag()
      let lock = Lock.read(
        SourceFile(name: Lock.fileName, bytes: bytes), id: .tenant, into: &bag)
      #expect((lock == nil) == bag.hasErrors)
      if let lock {
        #expect(readLock(SourceFile(name: "", text: lock.json.pretty)).value == lock)
      }
    }
  }

  @Test func codesAreComplete() {
    #expect(ledgerCodes.map(\.name) == ["MGC8001", "MGC8002", "MGC8003"])
    for code in ledgerCodes {
      for text in [code.title.ja, code.title.en, code.explanation.ja, code.explanation.en] {
        #expect(!text.isEmpty)
      }
      let file = SourceFile(name: "", text: code.example)
      let findings = code.number == 8003 ? readJournal(file).findings : readLock(file).findings
      #expect(findings.map(\.code.number) == [code.number])
    }
  }

  private static func anyLock(_ random: inout SplitMix64) -> Lock {
    let resources = (0..<Int.random(in: 0..<6, using: &random)).map { index in
      LockedResource(
        id: "\(index)" + anyText(&random), step: .random(in: 1...8, using: &random),
        properties: (0..<Int.random(in: 0..<4, using: &random)).map { _ in
          Resource.Property(anyText(&random), anyText(&random))
        })
    }
    let files = (0..<Int.random(in: 0..<6, using: &random)).map { index in
      LockedFile(path: "\(index)/a b-楓.zone", bytes: Array(anyText(&random).utf8))
    }
    let originals = (0..<Int.random(in: 0..<4, using: &random)).map { index in
      let records = (0..<Int.random(in: 0..<4, using: &random)).compactMap { _ in
        TXTValue(strings: [Array(anyText(&random).utf8.filter { $0 < 0x80 })]).map(RecordData.txt)
      }
      return RememberedRecords(
        id: "\(index)" + anyText(&random), type: .txt, ttl: TTL(clamping: index * 600),
        records: records, written: records.reversed())
    }
    return Lock(
      tenant: anyText(&random), resources: resources, files: files, originals: originals)
  }

  private static func anyText(_ random: inout SplitMix64) -> String {
    let parts = [
      "a", "Z", "0", " ", "\"", "\\", "/", "\n", "\t", "\r", ":", "#", "{", "]", ",", "'", "-",
      "&", "*", "!", "楓", "ガ", "é", "😀", "~", "no", "null", "1e3", "\u{7F}", "\u{200B}",
      "\u{2028}",
    ]
    let count = Int.random(in: 0..<12, using: &random)
    return (0..<count).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
  }

  private static func damage(_ bytes: inout [UInt8], _ random: inout SplitMix64) {
    let place = Int.random(in: 0..<max(1, bytes.count), using: &random)
    guard place < bytes.count else { return }
    let end = min(bytes.count, place + Int.random(in: 1..<40, using: &random))
    let marks = Array("{}[]\",:\\\n\t #&*!|>-?0u\u{FEFF}\u{202E}".utf8)
    switch Int.random(in: 0..<6, using: &random) {
    case 0: bytes[place] = .random(in: 0...255, using: &random)
    case 1: bytes.removeSubrange(place..<end)
    case 2: bytes.insert(contentsOf: bytes[place..<end], at: place)
    case 3: bytes.insert(marks.randomElement(using: &random) ?? 0, at: place)
    case 4: bytes[place] = marks.randomElement(using: &random) ?? 0
    default: bytes.removeSubrange(place...)
    }
  }
}
