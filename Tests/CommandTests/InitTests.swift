import Foundation
import TestSupport
import Testing

/// `mgc init` as people and scripts run it.
struct InitTests {
  /// All that the smallest contract needs.
  static let options = [
    "--language", "en", "--name", "Acme", "--id", "acme", "--services", "inbound-security",
    "--mail-server", "other:Rental", "--console", "mail-security", "--mx",
    "mx1.gateway.example 10", "--egress", "192.0.2.0/28", "--domain", "acme.example",
    "--delivery-host", "mail.hosting.example", "--cutover", "2027-02-06T22:00:00+09:00",
    "--now", MGC.now,
  ]

  /// The same as lines.
  static let lines = [
    "en", "Acme", "acme", "1", "", "other:Rental", "", "", "mail-security",
    "mx1.gateway.example 10", "192.0.2.0/28", "acme.example", "", "", "mail.hosting.example", "",
    "2027-02-06T22:00:00+09:00", "",
  ]

  private static func run(
    _ arguments: [String], input: [UInt8], in folder: URL
  ) throws -> (status: Int32, errors: String, output: String) {
    let file = folder.appending(path: ".input")
    try Data(input).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let verdict = try Judge.run(
      "/bin/sh",
      ["-c", "cd \"$0\" && exec \"$@\"", folder.path(), MGC.program.path(), "init"] + arguments,
      input: input)
    return (
      verdict.status, verdict.errors, String(decoding: verdict.output, as: UTF8.self)
    )
  }

  private static func text(_ lines: [String]) -> [UInt8] {
    Array(lines.map { $0 + "\n" }.joined().utf8)
  }

  @Test func optionsAskNothingAndCheckAcceptsTheFile() throws {
    try Scratch.folder { folder in
      let outcome = try MGC.run(["init", "new"] + Self.options, in: folder)
      #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
      #expect(outcome.text.contains("mgc check new") && outcome.text.contains("mgc plan new"))
      let check = try MGC.run(["check", "--now", MGC.now, "new"], in: folder)
      #expect(check.status == 0)
      // A hosting provider's server is not mgc's to close.
      #expect(check.text.contains("[MGC8100]") && check.text.contains(": 1 note"))
    }
  }

  @Test func linesOverAPipeMakeTheSameFile() throws {
    try Scratch.folder { folder in
      #expect(try MGC.run(["init", "a"] + Self.options, in: folder).status == 0)
      let outcome = try Self.run(
        ["b", "--now", MGC.now], input: Self.text(Self.lines), in: folder)
      #expect(outcome.status == 0, "\(outcome.errors.suffix(600))")
      let files = try Scratch.tree(folder)
      #expect(files["a/tenant.yaml"] != nil && files["a/tenant.yaml"] == files["b/tenant.yaml"])
    }
  }

  @Test func theEndOfInputListsAllThatIsMissing() throws {
    try Scratch.folder { folder in
      for count in 0..<11 {
        let outcome = try Self.run(
          ["new"], input: Self.text(Array(Self.lines.prefix(count))), in: folder)
        #expect(outcome.status == 1)
        let isMissing = outcome.errors.contains("--domain DOMAIN")
        #expect(isMissing && !outcome.errors.contains("--cutover"), "\(outcome.errors)")
        #expect(outcome.errors.contains("--name NAME") == (count < 2))
        #expect(try Scratch.tree(folder).isEmpty)
        #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "new").path()))
      }
    }
  }

  @Test func noInputNeverReads() throws {
    try Scratch.folder { folder in
      let outcome = try Self.run(
        ["--no-input"], input: Self.text(Self.lines), in: folder)
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains("--name NAME") && outcome.errors.contains("--services"))
      #expect(try Scratch.tree(folder).isEmpty)
    }
  }

  @Test(arguments: [
    (["en", "Acme", "Acme"], "MGC"), (["en", "", "x"], "MGC"), (["xx"], "MGC"),
    (["en", "long"], "4096"), (["en", "a\u{202E}b"], "MGC1"),
    (["en", "a\u{0}b"], "MGC1"),
  ])
  func aWrongLineEndsAPipe(_ lines: [String], _ said: String) throws {
    try Scratch.folder { folder in
      let long = String(repeating: "x", count: 5000)
      let typed = lines.map { $0 == "long" ? long : $0 }
      let outcome = try Self.run([], input: Self.text(typed), in: folder)
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains(said), "\(outcome.errors)")
      #expect(!outcome.errors.unicodeScalars.contains("\u{202E}"))
      #expect(!outcome.errors.unicodeScalars.contains("\u{0}"))
      #expect(try Scratch.tree(folder).isEmpty)
    }
  }

  @Test func bytesThatAreNoTextEndAPipe() throws {
    try Scratch.folder { folder in
      let outcome = try Self.run([], input: Array("en\n".utf8) + [0xFF, 0xFE, 0x0A], in: folder)
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains("UTF-8"))
      #expect(try Scratch.tree(folder).isEmpty)
    }
  }

  @Test func wrongOptionsAreSaidAtOnceAndTogether() throws {
    try Scratch.folder { folder in
      let outcome = try MGC.run(
        ["init", "--id", "Not An Id", "--language", "en", "--console", "mail-securty"]
          + ["--name", "Acme", "--services", "inbound-security", "--mail-server", "other:x"],
        in: folder)
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains("--id:") && outcome.errors.contains("--console:"))
      #expect(outcome.errors.contains("mail-security"))
      let useless = try MGC.run(["init", "--spam-bypass", "scl"] + Self.options, in: folder)
      #expect(useless.status == 1 && useless.errors.contains("--spam-bypass scl"))
      #expect(try Scratch.tree(folder).isEmpty)
    }
  }

  @Test(arguments: ["file", "link", "folder"])
  func whatIsThereStaysAsItIs(_ kind: String) throws {
    try Scratch.folder { folder in
      let file = folder.appending(path: "tenant.yaml")
      switch kind {
      case "file": try Data("mine".utf8).write(to: file)
      case "link":
        try FileManager.default.createSymbolicLink(
          atPath: file.path(), withDestinationPath: "elsewhere.yaml")
      default: try FileManager.default.createDirectory(at: file, withIntermediateDirectories: false)
      }
      let before = try FileManager.default.contentsOfDirectory(atPath: folder.path())
      let outcome = try MGC.run(["init"] + Self.options, in: folder)
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains("tenant.yaml"))
      #expect(
        !FileManager.default.fileExists(atPath: folder.appending(path: "elsewhere.yaml").path()))
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path()) == before)
    }
  }

  @Test func theSchemaIsNamedWhereItIsFound() throws {
    try Scratch.folder { folder in
      let schema = folder.appending(path: "schema")
      try FileManager.default.createDirectory(at: schema, withIntermediateDirectories: false)
      try Data("{}".utf8).write(to: schema.appending(path: "tenant.v1.json"))
      try FileManager.default.createDirectory(
        at: folder.appending(path: "tenants"), withIntermediateDirectories: false)
      #expect(try MGC.run(["init", "tenants/acme"] + Self.options, in: folder).status == 0)
      let text = try String(
        contentsOf: folder.appending(path: "tenants/acme/tenant.yaml"), encoding: .utf8)
      #expect(
        text.hasPrefix("# yaml-language-server: $schema=../../schema/tenant.v1.json\nversion: 1\n"))
    }
  }

  struct Shown: Decodable {
    let shown: String
    let status: Int32
    let left: Int
  }

  private static func type(_ lines: [String], in folder: URL) throws -> Shown {
    let script = try JSONSerialization.data(
      withJSONObject: ["lines": lines, "folder": folder.path()])
    return try Judge.read(
      "terminal.py", [MGC.program.path(), "init", "--now", MGC.now], input: Array(script),
      as: Shown.self)
  }

  @Test func aTerminalAsksAgainAndMayLeaveOut() throws {
    try Scratch.folder { folder in
      // A wrong name for programs is asked again; the exchangers are not known yet.
      var lines = Self.lines
      lines.insert("Acme!", at: 2)
      lines[10] = ""
      let shown = try Self.type(lines, in: folder)
      #expect(shown.status == 0 && shown.left == 0, "\(shown.shown.suffix(800))")
      #expect(shown.shown.contains("still to come"))
      let text = try String(
        contentsOf: folder.appending(path: "tenant.yaml"), encoding: .utf8)
      #expect(text.contains("  # mx:"))
      let check = try MGC.run(["check", "--now", MGC.now], in: folder)
      #expect(check.status == 1 && check.text.contains("gateway.mx"))
    }
  }

  @Test(arguments: ["^C", "^D"])
  func aTerminalCanBeLeft(_ key: String) throws {
    try Scratch.folder { folder in
      let shown = try Self.type(Array(Self.lines.prefix(6)) + [key], in: folder)
      #expect(shown.status != 0 && shown.left == 0)
      #expect(try Scratch.tree(folder).isEmpty)
    }
  }
}
