import Foundation
import Testing

struct CommandLineTests {
  @Test func exitStatusSaysWhatHappened() throws {
    try Scratch.example("minimal") { folder in
      #expect(try MGC.run(["check", "--now", MGC.now], in: folder).status == 0)
      #expect(try MGC.run(["plan", "--now", MGC.now], in: folder).status == 0)
      #expect(
        try MGC.run(["plan", "--detailed-exitcode", "--now", MGC.now], in: folder).status == 2)
      #expect(try MGC.run(["check", "--no-such-option"], in: folder).status == 64)
      #expect(try MGC.run(["explain", "MGC9999"], in: folder).status == 64)
      #expect(try MGC.run(["check", "nowhere"], in: folder).status == 1)
      try "version: 2\n".write(
        to: folder.appending(path: "tenant.yaml"), atomically: true, encoding: .utf8)
      for command in ["check", "plan", "apply"] {
        #expect(try MGC.run([command], in: folder).status == 1)
      }
      #expect(!FileManager.default.fileExists(atPath: folder.appending(path: "out").path()))
    }
  }

  @Test func oneBrokenTenantStopsNoOther() throws {
    try Scratch.folder { parent in
      for name in ["a", "b", "c"] {
        try FileManager.default.copyItem(
          at: MGC.root.appending(path: "examples/minimal"), to: parent.appending(path: name))
        for written in ["out", "tenant.lock.json"] {
          try? FileManager.default.removeItem(at: parent.appending(path: "\(name)/\(written)"))
        }
        let file = parent.appending(path: "\(name)/tenant.yaml")
        try String(contentsOf: file, encoding: .utf8)
          .replacingOccurrences(of: "id: minimal", with: "id: minimal-\(name)")
          .write(to: file, atomically: true, encoding: .utf8)
      }
      try "version: [".write(
        to: parent.appending(path: "b/tenant.yaml"), atomically: true, encoding: .utf8)
      let outcome = try MGC.run(["apply", "--now", MGC.now], in: parent)
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains("b/tenant.yaml:1:"))
      for name in ["a", "c"] {
        #expect(
          FileManager.default.fileExists(
            atPath: parent.appending(path: "\(name)/tenant.lock.json").path()))
      }
      let check = try MGC.run(["check", "--now", MGC.now, "--format", "json"], in: parent)
      let report = try #require(
        try JSONSerialization.jsonObject(with: Data(check.output)) as? [String: Any])
      let tenants = try #require(report["tenants"] as? [[String: Any]])
      #expect(
        tenants.compactMap { $0["file"] as? String } == ["a", "b", "c"].map { $0 + "/tenant.yaml" })
    }
  }

  @Test func colorsAreForTerminalsOnly() throws {
    try Scratch.example("kaede-trading") { folder in
      let plain = try MGC.run(["plan", "--now", MGC.now], in: folder)
      #expect(!plain.output.contains(0x1B))
      func onTerminal(_ variables: String) throws -> [UInt8] {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = [
          "script", "-qec", "\(variables) \(MGC.program.path()) plan --now \(MGC.now)", "/dev/null",
        ]
        process.currentDirectoryURL = folder
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let data = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return Array(data)
      }
      #expect(try onTerminal("TERM=xterm NO_COLOR=").contains(0x1B))
      #expect(try !onTerminal("TERM=xterm NO_COLOR=1").contains(0x1B))
      #expect(try !onTerminal("TERM=dumb NO_COLOR=").contains(0x1B))
    }
  }

  @Test func everyCodeIsExplainedInBothLanguages() throws {
    try Scratch.folder { folder in
      let list = try MGC.run(["explain", "--language", "en"], in: folder)
      let codes = list.text.split(separator: "\n").map { String($0.prefix(7)) }
      #expect(codes.count >= 40)
      #expect(codes == codes.sorted() && Set(codes).count == codes.count)
      for code in [codes.first, codes.last].compactMap({ $0 }) {
        for language in ["ja", "en"] {
          let outcome = try MGC.run(["explain", code, "--language", language], in: folder)
          #expect(outcome.status == 0)
          #expect(outcome.text.contains(code))
        }
      }
    }
  }

  @Test(arguments: [
    ("domains.spf.all", "domains.spf.all", 0), ("domains[0].spf.all", "domains.spf.all", 0),
    ("loopGuard", "gateway.loopGuard", 0), ("gateway.relay.tls", "opportunistic", 0),
    ("settings.review", "leak-prevention", 0), ("mgc3010", "MGC3010", 0),
    ("gateway.loopGard", "did you mean \"gateway.loopGuard\"?", 64),
    ("zzzz", "mgc explain --keys", 64), ("name", "several keys end with", 64),
  ])
  func keysAreExplained(_ name: String, _ text: String, _ status: Int32) throws {
    try Scratch.folder { folder in
      let outcome = try MGC.run(["explain", name, "--language", "en"], in: folder)
      #expect(outcome.status == status)
      #expect((status == 0 ? outcome.text : outcome.errors).contains(text))
    }
  }

  @Test(arguments: ["language", "findings"], ["ja", "en"])
  func referenceIsFresh(_ name: String, _ language: String) throws {
    let page = ["explain", "--markdown", "--language", language]
    let outcome = try MGC.run(page + (name == "language" ? ["--keys"] : []), in: MGC.root)
    #expect(outcome.status == 0)
    try Golden.expect(published: outcome.output, "\(name).\(language).md")
  }

  @Test(arguments: ["tenant", "lock", "mailgates-settings", "check-report", "dns-snapshot"])
  func publishedSchemaIsFresh(_ name: String) throws {
    let outcome = try MGC.run(["schema", name], in: MGC.root)
    #expect(outcome.status == 0)
    try Golden.expect(published: outcome.output, "\(name).v1.json")
  }
}

/// What the READMEs show is what mgc prints.
struct ReadmeTests {
  @Test(arguments: [("README.md", "en"), ("README.ja.md", "ja")])
  func planIsReal(_ name: String, _ language: String) throws {
    let readme = try String(contentsOf: MGC.root.appending(path: name), encoding: .utf8)
    try Scratch.folder { folder in
      let tenant = folder.appending(path: "acme")
      try FileManager.default.createDirectory(at: tenant, withIntermediateDirectories: false)
      try FileManager.default.copyItem(
        at: MGC.root.appending(path: "examples/minimal/tenant.yaml"),
        to: tenant.appending(path: "tenant.yaml"))
      let outcome = try MGC.run(
        ["plan", "--now", MGC.now, "--language", language, "acme"], in: folder)
      #expect(outcome.status == 0)
      let isShown = readme.contains(outcome.text)
      #expect(isShown, "\(name) shows another plan than:\n\(outcome.text)")
    }
  }

  @Test(arguments: [("README.md", "en"), ("README.ja.md", "ja")])
  func checkAndExplanationAreReal(_ name: String, _ language: String) throws {
    let readme = try String(contentsOf: MGC.root.appending(path: name), encoding: .utf8)
    try Scratch.folder { folder in
      let tenant = folder.appending(path: "acme")
      try FileManager.default.createDirectory(at: tenant, withIntermediateDirectories: false)
      let text = try String(
        contentsOf: MGC.root.appending(path: "examples/minimal/tenant.yaml"), encoding: .utf8)
      try Data(text.replacing("preference", with: "prefrence").utf8)
        .write(to: tenant.appending(path: "tenant.yaml"))
      for arguments in [["check", "acme"], ["explain", "MGC3012"]] {
        let outcome = try MGC.run(arguments + ["--language", language], in: folder)
        let isShown = readme.contains(outcome.text)
        #expect(isShown, "\(name) shows something else than:\n\(outcome.text)")
      }
    }
  }

  /// The example in the READMEs is the file, but for its comments at the top.
  @Test(arguments: ["README.md", "README.ja.md"])
  func exampleIsTheFile(_ name: String) throws {
    let readme = try String(contentsOf: MGC.root.appending(path: name), encoding: .utf8)
    let file = try String(
      contentsOf: MGC.root.appending(path: "examples/minimal/tenant.yaml"), encoding: .utf8)
    let start = try #require(file.range(of: "version: 1\n")?.lowerBound)
    let isShown = readme.contains(String(file[start...]))
    #expect(isShown)
  }
}
