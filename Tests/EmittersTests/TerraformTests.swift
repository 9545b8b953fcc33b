import Artifacts
import Emitters
import Foundation
import MailRecords
import Procedure
import TestSupport
import Testing

@Suite("Terraform reads what mgc writes for it")
struct TerraformTests {
  private struct Result: Decodable {
    let applied: Int
    let planned: Int
    /// Of each zone.
    let sets: [[RecordSetLine]]
  }

  /// A set as Route 53 has it: name, type, TTL, values.
  private struct RecordSetLine: Codable, Equatable {
    let name: String
    let type: String
    let ttl: UInt32
    let values: [String]

    init(_ set: RecordSet) {
      name = set.owner.absolute
      type = set.type.description
      ttl = set.ttl.seconds
      values = set.data.map(\.presentation).sorted()
    }

    init(from decoder: any Decoder) throws {
      var container = try decoder.unkeyedContainer()
      name = try container.decode(String.self)
      type = try container.decode(String.self)
      ttl = try container.decode(UInt32.self)
      values = try container.decode([String].self)
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.unkeyedContainer()
      try container.encode(name)
      try container.encode(type)
      try container.encode(ttl)
      try container.encode(values)
    }
  }

  private struct Request: Encodable {
    struct Zone: Encodable {
      let zone: String
      let variable: String
      let sets: [RecordSetLine]
    }

    let zones: [Zone]
    let runs: [[String]]
    let plugins: String
  }

  /// A folder with the AWS provider, where Terraform looks for one; nil where there is none.
  private static let plugins: String? = {
    let environment = ProcessInfo.processInfo.environment
    let home = environment["HOME"] ?? "/root"
    let places =
      [environment["MGC_TERRAFORM_PLUGINS"]].compactMap { $0 } + [
        "\(home)/.terraform.d/plugins", "/usr/local/share/terraform/plugins",
        "/usr/share/terraform/plugins", "/opt/tf-plugins",
      ]
    return places.first {
      FileManager.default.fileExists(atPath: $0 + "/registry.terraform.io/hashicorp/aws")
    }
  }()

  private static let hasTerraform: Bool = {
    let verdict = try? Judge.run("/usr/bin/env", ["terraform", "version"])
    return verdict?.status == 0
  }()

  /// The first stage, the last, and the longest way back, of every zone at once: starting the
  /// provider is what costs, ten seconds of a processor for each command. Each stage by itself, in
  /// the long proof. The first one takes over what the last may remove.
  @Test("its provider applies stages on a mock Route 53, plans nothing after them, and goes back")
  func stages() throws {
    guard let plugins = Self.plugins, Self.hasTerraform else {
      // The files are read by an HCL parser in the other test in any case.
      print("Terraform: no AWS provider here; the files were read by an HCL parser only")
      return
    }
    let zones = try LiveZone.all().filter { $0.name != "odd" } + [LiveZone.odd(isPlain: true)]
    let stages = try zones.map { try $0.domain.stages }
    let isLong = ProcessInfo.processInfo.environment["MGC_PROOF"] == "1"
    let most = stages.map(\.count).max() ?? 0
    let every =
      (0..<most).map { (stage: $0, isBack: false) }
      + (0..<most).reversed().map { (stage: $0, isBack: true) }
    let runs = isLong ? every : [(0, false), (most - 1, false), (0, true)]
    /// A zone of fewer stages stays at its last one.
    func place(_ zone: Int, _ run: (stage: Int, isBack: Bool)) -> Int {
      min(run.stage, stages[zone].count - 1)
    }
    let request = Request(
      zones: try zones.map { zone in
        let contents = try #require(zone.example.zoneContents[zone.zone])
        return .init(
          zone: zone.zone, variable: HCLName("zone_id", zone.zone).text,
          sets: contents.sets.filter { [.mx, .txt, .cname].contains($0.type) }
            .map(RecordSetLine.init))
      },
      runs: try runs.map { run in
        try zones.indices.map { zone in
          let stage = stages[zone][place(zone, run)]
          return try zones[zone].example.text(
            stage.path("terraform-route53", ".tf", back: run.isBack))
        }
      }, plugins: plugins)
    let results = try Judge.read(
      "terraform_apply.py", input: Array(JSONEncoder().encode(request)), as: [Result].self)
    #expect(results.count == runs.count + 1)
    #expect(results.allSatisfy { $0.applied == 0 && $0.planned == 0 })
    var files: Set<String> = []
    for (run, result) in zip(runs, results.dropFirst()) {
      for zone in zones.indices {
        let place = place(zone, run)
        var wanted = results[0].sets[zone]
        for change in stages[zone][..<(run.isBack ? place : place + 1)].flatMap(\.changes) {
          wanted.removeAll {
            $0.name == change.owner.absolute && $0.type == change.type.description
          }
          wanted += change.afterSet.map { [RecordSetLine($0)] } ?? []
        }
        wanted.sort { ($0.name, $0.type) < ($1.name, $1.type) }
        #expect(
          result.sets[zone] == wanted,
          "\(zones[zone].name) \(stages[zone][place].kind), back: \(run.isBack)")
        files.insert("\(zone) \(place) \(run.isBack)")
      }
    }
    let all = stages.map(\.count).reduce(0, +) * 2
    print("Terraform: \(files.count) of \(all) files applied, each with an empty plan")
  }

  @Test("an HCL parser reads each file as the sets that are meant, hostile text among them")
  func parser() throws {
    var files = 0
    var sets = 0
    for zone in try LiveZone.all() {
      for stage in try zone.domain.stages {
        for (back, meant) in [(false, stage.after), (true, stage.before + stage.later)] {
          let text = try zone.example.text(stage.path("terraform-route53", ".tf", back: back))
          let read = try Judge.read(
            "hcl_reader.py", input: Array(text.utf8), as: [RecordSetLine].self)
          let wanted = meant.compactMap { set -> RecordSetLine? in
            guard let current = set.current,
              !current.data.contains(where: { if case .other = $0 { true } else { false } })
            else { return nil }
            return RecordSetLine(current)
          }
          #expect(read.sorted { $0.name < $1.name } == wanted.sorted { $0.name < $1.name })
          files += 1
          sets += read.count
        }
      }
    }
    print("python-hcl2: \(files) files, \(sets) record sets")
    #expect(sets > 50)
  }
}
