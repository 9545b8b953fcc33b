import Foundation
import TestSupport
import Testing

/// One report of all tenants, in each format.
struct CheckReportTests {
  /// Good and bad tenants beside each other: one with secrets, one that cannot be opened, one with
  /// comments that silence, and one of whose names every part must be encoded.
  private static func tenants<Result>(_ body: (URL) throws -> Result) throws -> Result {
    try Scratch.folder { parent in
      let files = FileManager.default
      func add(_ source: String, _ name: String) throws {
        try files.copyItem(at: MGC.root.appending(path: source), to: parent.appending(path: name))
      }
      try add("examples/kaede-trading", "a b:#1")
      try add("examples/momiji-group", "b[{}]楓")
      try add("Tests/CommandTests/Fixtures/bad", "c")
      try files.createDirectory(
        at: parent.appending(path: "d/tenant.yaml"), withIntermediateDirectories: true)
      let silenced = try String(
        contentsOf: MGC.root.appending(path: "examples/minimal/tenant.yaml"), encoding: .utf8
      ).replacingOccurrences(
        of: ", cutover: 2027-02-06T22:00:00+09:00 }",
        with: " } # mgc:allow MGC8013 until 2027-01-31 [日取り](http://x.example/{0})は未定")
      try files.createDirectory(
        at: parent.appending(path: "e"), withIntermediateDirectories: true)
      try silenced.write(
        to: parent.appending(path: "e/tenant.yaml"), atomically: true, encoding: .utf8)
      return try body(parent)
    }
  }

  private static func check(_ arguments: String..., in folder: URL) throws -> MGC.Outcome {
    try MGC.run(["check", "--now", MGC.now] + arguments, in: folder)
  }

  @Test(arguments: ["ja", "en"])
  func sarifIsValid(_ language: String) throws {
    try Self.tenants { folder in
      let outcome = try Self.check("--format", "sarif", "--language", language, in: folder)
      #expect(outcome.status == 1)
      struct Input: Encodable { let logs: [String] }
      let input = try JSONEncoder().encode(Input(logs: [outcome.text]))
      let faults = try Judge.read(
        "sarif_reader.py", input: Array(input), as: [[String]].self)
      #expect(faults == [[]])
      let log = try #require(
        try JSONSerialization.jsonObject(with: Data(outcome.output)) as? [String: Any])
      let runs = try #require(log["runs"] as? [[String: Any]])
      let run = try #require(runs.first)
      #expect(runs.count == 1 && run["language"] as? String == language)
      let results = try #require(run["results"] as? [[String: Any]])
      let suppressed = results.filter { ($0["suppressions"] as? [Any])?.isEmpty == false }
      #expect(suppressed.compactMap { $0["ruleId"] as? String } == ["MGC8013"])
      #expect(
        results.contains { $0["fixes"] != nil }
          && results.contains { $0["relatedLocations"] != nil })
      #expect(outcome.text.contains(#""uri": "a%20b%3A%231/tenant.yaml""#))
      #expect(outcome.text.contains("b%5B%7B%7D%5D%E6%A5%93/tenant.yaml"))
      // The tenant that could not be opened.
      #expect(outcome.text.contains(#""executionSuccessful": false"#))
      #expect(outcome.text.contains(#""uri": "d/tenant.yaml""#))
    }
  }

  @Test func jsonIsAsItsSchemaSays() throws {
    try Self.tenants { folder in
      let outcome = try Self.check("--format", "json", in: folder)
      #expect(outcome.status == 1)
      let report = folder.appending(path: "report.json")
      try Data(outcome.output).write(to: report)
      let environment =
        ProcessInfo.processInfo.environment["MGC_JUDGES"]
        ?? Judge.root.appending(path: ".build/judges").path()
      func validate(_ file: URL) throws -> Int32 {
        try Judge.run(
          environment + "/bin/check-jsonschema",
          [
            "--schemafile", MGC.root.appending(path: "schema/check-report.v1.json").path(),
            file.path(),
          ]
        ).status
      }
      #expect(try validate(report) == 0)
      // The judge does refuse.
      let broken = outcome.text.replacingOccurrences(of: #""severity""#, with: #""weight""#)
      try broken.write(to: report, atomically: true, encoding: .utf8)
      #expect(try validate(report) == 1)
      let json = try #require(
        try JSONSerialization.jsonObject(with: Data(outcome.output)) as? [String: Any])
      let tenants = try #require(json["tenants"] as? [[String: Any]])
      #expect(tenants.count == 5)
      #expect(tenants.filter { $0["problem"] is [String: Any] }.count == 1)
    }
  }

  @Test func aPathThatIsNotThereIsInTheReport() throws {
    try Scratch.folder { folder in
      for format in ["json", "sarif", "github"] {
        let outcome = try Self.check("--format", format, "nowhere", in: folder)
        #expect(outcome.status == 1)
        #expect(outcome.text.contains("nowhere") && outcome.errors.contains("nowhere"))
      }
    }
  }

  @Test func peopleSeeOneTotalAndWhatIsSilenced() throws {
    try Self.tenants { folder in
      let outcome = try Self.check("--language", "en", "--list-silenced", in: folder)
      let lines = outcome.text.split(separator: "\n")
      #expect(lines.last?.hasPrefix("4 tenants in all, 1 not read: ") == true)
      #expect(lines.last?.contains("1 silenced") == true)
      #expect(lines.contains { $0.hasPrefix("e/tenant.yaml:18:13: silenced: ") })
      #expect(
        lines.contains {
          $0.contains("until 2027-01-31: [日取り](http://x.example/{0})は未定")
        })
      let without = try Self.check("--language", "en", in: folder)
      #expect(!without.text.contains("silenced: "))
      #expect(try !Self.check("e", in: folder).text.contains("テナント"))
    }
  }

  @Test func twoTenantsWithOneIdAreAnError() throws {
    try Scratch.folder { parent in
      for name in ["a", "b"] {
        try FileManager.default.copyItem(
          at: MGC.root.appending(path: "examples/minimal"), to: parent.appending(path: name))
      }
      let outcome = try Self.check("--language", "en", in: parent)
      #expect(outcome.status == 1)
      #expect(outcome.text.contains("[MGC1058]") && outcome.text.contains("a/tenant.yaml:5:15"))
      #expect(try Self.check("a", "./a", in: parent).status == 0)
    }
  }

  /// The progress is for people at a terminal only, and leaves nothing behind.
  @Test func progressIsForTerminalsOnly() throws {
    try Scratch.folder { parent in
      let text = try String(
        contentsOf: MGC.root.appending(path: "examples/minimal/tenant.yaml"), encoding: .utf8)
      for number in 10..<40 {
        let folder = parent.appending(path: "t\(number)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
        try text.replacingOccurrences(of: "id: minimal", with: "id: minimal-\(number)")
          .write(to: folder.appending(path: "tenant.yaml"), atomically: true, encoding: .utf8)
      }
      func onTerminal(_ variables: String, _ rest: String) throws -> String {
        let command =
          "\(variables) \(MGC.program.path()) check --now \(MGC.now) \(parent.path()) \(rest)"
        let verdict = try Judge.run("/usr/bin/env", ["script", "-qec", command, "/dev/null"])
        #expect(verdict.status == 0)
        return String(decoding: verdict.output, as: UTF8.self)
      }
      // Standard output is no terminal, so only the progress is left to see.
      let shown = try onTerminal("TERM=xterm", ">/dev/null")
      #expect(shown.hasPrefix("\r検査中 0/30\u{1B}[K"))
      #expect(shown.hasSuffix("\r\u{1B}[K"))
      #expect(try onTerminal("TERM=dumb", ">/dev/null").isEmpty)
      let piped = try Self.check(in: parent)
      #expect(piped.errors.isEmpty && !piped.output.contains(0x1B))
    }
  }
}
