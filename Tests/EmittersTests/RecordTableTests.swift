import Foundation
import MailRecords
import Procedure
import TestSupport
import Testing

@Suite("What is done by the table is what was meant")
struct RecordTableTests {
  /// A row of the CSV.
  private struct Row {
    let cells: [String]

    var action: String { cells[0] }
    var key: String { "\(cells[2]) \(cells[3])" }
    var data: String { cells[6].isEmpty ? cells[7] : cells[6] + " " + cells[7] }
  }

  private struct Task: Encodable {
    let kind: String
    let texts: [String]
  }

  private static let words: [String: String] = [
    "追加": "add", "置き換え": "replace", "削除": "delete", "TTLだけ変更": "ttl", "そのまま": "keep",
    "add": "add", "replace": "replace", "delete": "delete", "change the TTL only": "ttl",
    "keep": "keep",
  ]

  /// A zone as `name type` to its TTL and its values, the strings of TXT joined.
  private typealias Zone = [String: (ttl: String, data: [String])]

  private static func zone(_ sets: [RecordSet]) -> Zone {
    sets.reduce(into: [:]) { zone, set in
      zone["\(set.owner.absolute) \(set.type)"] = (
        set.ttl.description,
        set.data.map { if case .txt(let value) = $0 { value.text } else { $0.presentation } }
      )
    }
  }

  private static func lines(_ zone: Zone) -> [String] {
    zone.flatMap { key, set in set.data.map { "\(key) \(set.ttl) \($0)" } }.sorted()
  }

  /// What a person does who goes from row to row.
  private func work(_ rows: [Row], on zone: inout Zone) {
    let start = zone
    for row in rows {
      var set = zone[row.key] ?? (row.cells[4], [])
      switch Self.words[row.action] {
      case "add":
        #expect(!set.data.contains(row.data))
        set.data.append(row.data)
      case "replace":
        #expect(set.data.contains(row.cells[8]))
        set.data.removeAll { $0 == row.cells[8] }
        set.data.append(row.data)
      case "delete":
        #expect(set.data.contains(row.data))
        set.data.removeAll { $0 == row.data }
      case "ttl": #expect(set.data.contains(row.data) && start[row.key]?.ttl == row.cells[5])
      case "keep": #expect(set.data.contains(row.data) && set.ttl == row.cells[4])
      default: Issue.record("\(row.action)")
      }
      if Self.words[row.action] != "delete" { set.ttl = row.cells[4] }
      zone[row.key] = set.data.isEmpty ? nil : set
    }
  }

  @Test("of every example, stage by stage and all the way back, and the page says the same")
  func stages() throws {
    var counts = (tables: 0, rows: 0)
    for zone in try LiveZone.all().filter({ $0.name != "odd" }) + [LiveZone.odd(isPlain: true)] {
      let stages = try zone.domain.stages
      let documents = zone.example.documents
      let order = stages.map { ($0, false) } + stages.reversed().map { ($0, true) }
      var texts: [String] = []
      var pages: [String] = []
      for (stage, isBack) in order {
        texts.append(try #require(documents[stage.path("table", ".csv", back: isBack)]))
        pages.append(try #require(documents[stage.path("table", ".md", back: isBack)]))
      }
      func read<Value: Decodable>(_ kind: String, _ texts: [String], as: Value.Type) throws -> Value
      {
        try Judge.read(
          "many.py", input: Array(JSONEncoder().encode(Task(kind: kind, texts: texts))),
          as: Value.self)
      }
      let tables = try read("csv", texts, as: [[[String]]].self)
      let blocks = try read("markdown", pages, as: [[ServerJudge.Block]].self)
      var state = Self.zone(try zone.sets)
      var states = [Self.lines(state)]
      for (number, (stage, isBack)) in order.enumerated() {
        let rows = tables[number].dropFirst().map(Row.init)
        let cells = blocks[number].filter { $0.path.last == "td" }.map { $0.text }
        #expect(cells.count == rows.count * 9)
        let shown = stride(from: 0, to: cells.count, by: 9).map { Array(cells[$0..<$0 + 9]) }
        #expect(
          shown
            == rows.map { row in
              row.cells.enumerated().map { $0 == 1 && $1.isEmpty ? "@" : $1 }
            })
        work(Array(rows), on: &state)
        counts.tables += 1
        counts.rows += rows.count
        if isBack {
          states.removeLast()
          #expect(Self.lines(state) == states.last, "\(zone.name) \(stage.kind) back")
        } else {
          var wanted = states[number].filter { line in
            !stage.changes.contains {
              line.hasPrefix("\($0.owner.absolute) \($0.type) ")
            }
          }
          wanted += Self.lines(Self.zone(stage.changes.compactMap(\.afterSet)))
          #expect(Self.lines(state) == wanted.sorted(), "\(zone.name) \(stage.kind)")
          states.append(Self.lines(state))
        }
      }
      #expect(states.count == 1)
    }
    print("Tables: \(counts.tables) with \(counts.rows) rows, done one by one and back")
    #expect(counts.tables > 30)
  }

  @Test("no CSV where the zone is unknown, or a value could be a formula")
  func withoutCSV() throws {
    let yaml = ExampleProcedure.head(ExampleProcedure.both) + ZoneEmitterTests.domain
    let files = ["keys/mg.txt": ZoneEmitterTests.publicKey]
    let unknown = try ExampleProcedure(yaml, files: files, publishing: true).documents
    #expect(!unknown.keys.contains { $0.contains("/table/") && $0.hasSuffix(".csv") })
    let page = try #require(unknown["6-mx-cutover/table/kaede.example.md"])
    #expect(page.contains("mgcには分かりません") && page.contains("追加し、すべて追加した後で今のMXを削除"))
    let zone = ZoneEmitterTests.zone + "@ 1800 IN TXT \"=cmd()\"\n"
    let known = try ExampleProcedure(
      yaml, zones: ["kaede.example": zone], files: files, publishing: true
    ).documents
    let text = try #require(known["2-sender-authentication/table/kaede.example.md"])
    #expect(text.contains("`=cmd()`") && text.contains("この表のCSVはありません"))
    #expect(known["2-sender-authentication/table/kaede.example.csv"] == nil)
    #expect(known["6-mx-cutover/table/kaede.example.csv"] != nil)
  }

  @Test("names stand in both forms, and a long text also in strings of 255 octets")
  func forms() throws {
    let folder = try ExampleFolder("tsubaki-foods").procedure.documents
    let paths = folder.keys.filter { $0.contains("/table/xn--") && $0.hasSuffix(".md") }
    #expect(!paths.isEmpty)
    for path in paths {
      #expect(folder[path]?.contains("つばき食品.example (`xn--") == true, "\(path)")
    }
    let documents = try ExampleProcedure(
      ExampleProcedure.head(ExampleProcedure.both) + ZoneEmitterTests.domain,
      zones: ["kaede.example": ZoneEmitterTests.zone],
      files: ["keys/mg.txt": ZoneEmitterTests.publicKey], publishing: true
    ).documents
    let page = try #require(documents["2-sender-authentication/table/kaede.example.md"])
    let split = try #require(page.split(separator: "\n").first { $0.hasPrefix("\"v=DKIM1") })
    #expect(split.split(separator: "\" \"").allSatisfy { $0.utf8.count <= 256 })
    let csv = try #require(documents["2-sender-authentication/table/kaede.example.csv"])
    #expect(!csv.contains("\"\"v=DKIM1"))
  }
}
