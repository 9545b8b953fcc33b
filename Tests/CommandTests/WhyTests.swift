import Foundation
import Testing

/// `mgc why`, as people and programs ask it.
struct WhyTests {
  private func why(_ place: String, in folder: URL, _ more: [String] = []) throws -> MGC.Outcome {
    try MGC.run(["why", place, "--now", MGC.now] + more, in: folder)
  }

  @Test func aLineOfAnArtifactAndBack() throws {
    try Scratch.example("kaede-trading") { folder in
      #expect(try MGC.run(["apply", "--now", MGC.now], in: folder).status == 0)
      let zone = "out/6-mx-cutover/kaede.example.zone"
      let lines = try String(contentsOf: folder.appending(path: zone), encoding: .utf8)
        .split(separator: "\n", omittingEmptySubsequences: false)
      let line = try #require(lines.firstIndex { $0.contains("10 mx1.gateway.example") }) + 1
      for language in ["ja", "en"] {
        let outcome = try why("\(zone):\(line)", in: folder, ["--language", language])
        #expect(outcome.status == 0, "\(outcome.errors)")
        try Golden.expect(outcome.output, "why-artifact.\(language).txt")
        let back = try why("tenant.yaml:28", in: folder, ["--language", language])
        #expect(back.status == 0 && back.text.contains("6-mx-cutover/kaede.example.zone"))
        try Golden.expect(back.output, "why-tenant.\(language).txt")
      }
      let json = try why("\(zone):\(line):45", in: folder, ["--format", "json"])
      try Golden.expect(json.output, "why-artifact.json")
      // From anywhere: the path says whose file it is.
      let outside = try MGC.run(
        ["why", "\(folder.lastPathComponent)/\(zone):\(line)", "--now", MGC.now],
        in: folder.deletingLastPathComponent())
      #expect(outside.status == 0 && outside.text.contains("gateway.mx[0].host"))
    }
  }

  @Test func whatAStandardBringsIsNamedThere() throws {
    let tenant = MGC.root.appending(path: "examples/reseller/tenants/aoi-shoji")
    let standard = try String(
      contentsOf: MGC.root.appending(path: "examples/reseller/standards/standard.yaml"),
      encoding: .utf8
    ).split(separator: "\n", omittingEmptySubsequences: false)
    let line = try #require(standard.firstIndex { $0.contains("changeSubject") }) + 1
    let plan = try MGC.run(["apply", "--dry-run", "--now", MGC.now], in: tenant)
    #expect(plan.text.contains("[SPAM]"))
    let sheet = "5-settings/mailgates-settings.json"
    var isFound = false
    for number in 1...200 where !isFound {
      let outcome = try why("out/\(sheet):\(number)", in: tenant)
      if outcome.status != 0 { break }
      if outcome.text.contains("[SPAM]") {
        isFound = outcome.text.contains("standards/standard.yaml:\(line)")
        break
      }
    }
    #expect(isFound)
  }

  @Test func whatCannotBeTracedIsSaid() throws {
    try Scratch.example("minimal") { folder in
      #expect(try MGC.run(["apply", "--now", MGC.now], in: folder).status == 0)
      for (place, words) in [
        ("tenant.yaml", "行番号がない"), ("tenant.yaml:", "行番号がない"), (":", "行番号がない"),
        ("tenant.yaml:0", "行番号がない"), ("tenant.yaml:99999999999999999999", "行番号がない"),
        ("tenant.yaml:100000", "何も決めていない"), ("out/RUNBOOK.md:100000", "行目はない"),
        ("out/nothing.md:1", "行目はない"), ("out/../tenant.yaml:1", "行目はない"),
        ("nowhere/tenant.yaml:1", "nowhere"), ("\u{1B}[31m:1", "\\u{1B}"),
      ] {
        let outcome = try why(place, in: folder)
        #expect(outcome.status == 1, "\(place)")
        #expect(outcome.errors.contains(words), "\(place): \(outcome.errors)")
        #expect(!outcome.errors.contains("\u{1B}[31m") && outcome.output.isEmpty)
      }
      // A line that someone changed is nobody's.
      let file = folder.appending(path: "out/RUNBOOK.md")
      try ("changed\n" + String(contentsOf: file, encoding: .utf8))
        .write(to: file, atomically: true, encoding: .utf8)
      let stale = try why("out/RUNBOOK.md:1", in: folder)
      #expect(stale.status == 1 && stale.errors.contains("mgc apply"))
      // What would not be written cannot be traced.
      let tenant = folder.appending(path: "tenant.yaml")
      try (String(contentsOf: tenant, encoding: .utf8) + "\nnonsense: 1\n")
        .write(to: tenant, atomically: true, encoding: .utf8)
      let broken = try why("tenant.yaml:3", in: folder)
      #expect(broken.status == 1 && broken.errors.contains("MGC1"))
    }
  }
}
