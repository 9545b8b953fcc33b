import Foundation
import Testing
import TestSupport

struct ApplyTests {
  /// The patch of a dry run makes the very tree that an apply makes, and nothing was written.
  @Test(arguments: exampleNames)
  func dryRunShowsEveryByte(_ name: String) throws {
    try Scratch.example(name) { folder in
      let before = try Scratch.tree(folder)
      let dry = try MGC.run(["apply", "--dry-run", "--now", MGC.now], in: folder)
      #expect(dry.status == 0)
      #expect(try Scratch.tree(folder) == before)
      let patch = folder.deletingLastPathComponent().appending(path: "all.patch")
      try Data(dry.output).write(to: patch)
      let patched = folder.deletingLastPathComponent().appending(path: "patched")
      try FileManager.default.copyItem(at: folder, to: patched)
      let git = Process()
      git.executableURL = URL(filePath: "/usr/bin/env")
      git.arguments = ["git", "apply", "-p0", "--whitespace=nowarn", patch.path()]
      git.currentDirectoryURL = patched
      try git.run()
      git.waitUntilExit()
      #expect(git.terminationStatus == 0)
      #expect(try MGC.run(["apply", "--now", MGC.now], in: folder).status == 0)
      let isSame = try Scratch.tree(patched) == Scratch.tree(folder)
      #expect(isSame)
    }
  }

  @Test func secondApplyWritesNothing() throws {
    try Scratch.example("kaede-trading") { folder in
      #expect(try MGC.run(["apply", "--now", MGC.now], in: folder).status == 0)
      let file = folder.appending(path: "out/RUNBOOK.md")
      let lock = folder.appending(path: "tenant.lock.json")
      func dates() throws -> [Date] {
        try [file, lock].map {
          try #require(
            try FileManager.default.attributesOfItem(atPath: $0.path())[.modificationDate] as? Date)
        }
      }
      let before = try dates()
      #expect(try MGC.run(["apply", "--now", MGC.now], in: folder).status == 0)
      #expect(try dates() == before)
      let plan = try MGC.run(["plan", "--detailed-exitcode", "--now", MGC.now], in: folder)
      #expect(plan.status == 0)
      let dry = try MGC.run(["apply", "--dry-run", "--now", MGC.now], in: folder)
      #expect(dry.output.isEmpty)
    }
  }

  @Test func handEditsAreNamedAndKept() throws {
    try Scratch.example("minimal") { folder in
      #expect(try MGC.run(["apply", "--now", MGC.now], in: folder).status == 0)
      let file = folder.appending(path: "out/RUNBOOK.md")
      try Data("mine\n".utf8).write(to: file)
      let refused = try MGC.run(["apply", "--now", MGC.now], in: folder)
      #expect(refused.status == 1)
      #expect(refused.errors.contains("RUNBOOK.md"))
      #expect(try Data(contentsOf: file) == Data("mine\n".utf8))
      #expect(try MGC.run(["apply", "--force", "--now", MGC.now], in: folder).status == 0)
      #expect(try Data(contentsOf: file) != Data("mine\n".utf8))
    }
  }

  @Test func changesAreToldWithOldAndNewValue() throws {
    try Scratch.example("minimal") { folder in
      #expect(try MGC.run(["apply", "--now", MGC.now], in: folder).status == 0)
      let file = folder.appending(path: "tenant.yaml")
      let text = try String(contentsOf: file, encoding: .utf8)
      try text.replacing("192.0.2.0/28", with: "198.51.100.0/27")
        .write(to: file, atomically: true, encoding: .utf8)
      let plan = try MGC.run(
        ["plan", "--detailed-exitcode", "--now", MGC.now, "--format", "json"], in: folder)
      #expect(plan.status == 2)
      try Golden.expect(plan.output, "minimal.changed-egress.plan.json")
    }
  }

  /// Killed at any moment, the next run leaves the whole new tree, and the lock equals it.
  @Test func survivesKills() throws {
    let kills = ProcessInfo.processInfo.environment["MGC_PROOF"] == "1" ? 200 : 40
    var random = SplitMix64(seed: 20_261_123)
    try Scratch.example("kaede-trading") { folder in
      let file = folder.appending(path: "tenant.yaml")
      let texts = try [
        String(contentsOf: file, encoding: .utf8),
        String(contentsOf: file, encoding: .utf8)
          .replacing("192.0.2.0/28", with: "198.51.100.64/27")
          .replacing("name: kaede.example", with: "name: kaede2.example")
          .replacing("{ file: zones/kaede.example.zone }", with: "{ file: zones/kaede2.zone }")
          .replacing("@kaede.example", with: "@kaede2.example"),
      ]
      let zone = folder.appending(path: "zones/kaede.example.zone")
      try String(contentsOf: zone, encoding: .utf8)
        .replacing("kaede.example.", with: "kaede2.example.")
        .write(
          to: folder.appending(path: "zones/kaede2.zone"), atomically: true, encoding: .utf8)
      var expected: [[String: [UInt8]]] = []
      var typical: Double = 0
      for text in texts {
        try text.write(to: file, atomically: true, encoding: .utf8)
        let start = ContinuousClock.now
        #expect(try MGC.run(["apply", "--now", MGC.now], in: folder).status == 0)
        typical = Double((ContinuousClock.now - start).components.attoseconds) / 1e12
        expected.append(try Scratch.tree(folder))
      }
      var killed = 0
      var pending = 0
      for round in 0..<kills {
        let version = round % 2
        try texts[version].write(to: file, atomically: true, encoding: .utf8)
        let running = try MGC.start(["apply", "--now", MGC.now], in: folder)
        usleep(UInt32(Double.random(in: 0...(typical * 1.1), using: &random)))
        kill(running.process.processIdentifier, SIGKILL)
        if try running.finish().wasKilled { killed += 1 }
        let isPending = FileManager.default.fileExists(
          atPath: folder.appending(path: ".mgc-journal").path())
        let check = try MGC.run(["check", "--now", MGC.now], in: folder)
        #expect(check.status == 0)
        #expect(check.errors.contains("mgc apply") == isPending)
        if isPending { pending += 1 }
        let again = try MGC.run(["apply", "--now", MGC.now], in: folder)
        #expect(again.status == 0, "\(again.errors)")
        let isWhole = try Scratch.tree(folder) == expected[version]
        #expect(isWhole)
      }
      print("killed \(killed) of \(kills), \(pending) of them midway")
      #expect(killed > kills / 2)
    }
  }
}
