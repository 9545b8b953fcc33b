import Foundation
import Testing

/// The committed examples are what mgc writes, byte for byte.
struct ExampleTests {
  @Test(arguments: exampleNames)
  func isWrittenAsCommitted(_ name: String) throws {
    try Scratch.example(name) { folder in
      let outcome = try MGC.run(["apply", "--now", MGC.now], in: folder)
      #expect(outcome.status == 0, "\(outcome.errors)")
      let written = try Scratch.tree(folder)
      let example = MGC.root.appending(path: "examples/\(name)")
      if Golden.isRecording {
        for part in ["out", "tenant.lock.json"] {
          let target = example.appending(path: part)
          try? FileManager.default.removeItem(at: target)
          try FileManager.default.copyItem(at: folder.appending(path: part), to: target)
        }
        Issue.record("recorded examples/\(name)")
        return
      }
      let committed = try Scratch.tree(example)
      #expect(written.keys.sorted() == committed.keys.sorted())
      for (path, bytes) in committed.sorted(by: { $0.key < $1.key }) {
        // Compared by itself: a difference is not shown byte by byte.
        let isSame = written[path] == bytes
        #expect(isSame, "examples/\(name)/\(path) differs; make golden renews it")
      }
    }
  }

  @Test(arguments: exampleNames, ["ja", "en"])
  func planIsAsReviewed(_ name: String, _ language: String) throws {
    try Scratch.example(name) { folder in
      let outcome = try MGC.run(
        ["plan", "--now", MGC.now, "--language", language], in: folder)
      #expect(outcome.status == 0)
      try Golden.expect(outcome.output, "\(name).plan.\(language).txt")
    }
  }

  @Test(arguments: exampleNames)
  func findingsAreAsReviewed(_ name: String) throws {
    try Scratch.example(name) { folder in
      let outcome = try MGC.run(["check", "--now", MGC.now], in: folder)
      #expect(outcome.status == 0)
      try Golden.expect(outcome.output, "\(name).check.txt")
    }
  }

  /// What somebody sees who has made many mistakes.
  @Test(arguments: ["ja", "en"])
  func mistakesAreShownAsReviewed(_ language: String) throws {
    let folder = MGC.root.appending(path: "Tests/CommandTests/Fixtures/bad")
    let outcome = try MGC.run(["check", "--now", MGC.now, "--language", language], in: folder)
    #expect(outcome.status == 1)
    #expect(outcome.errors.isEmpty)
    try Golden.expect(outcome.output, "bad.check.\(language).txt")
  }

  /// What somebody sees whose policy reads well and cannot do what it says, five times.
  @Test(arguments: ["ja", "en"])
  func plantedFaultsAreShownAsReviewed(_ language: String) throws {
    let folder = MGC.root.appending(path: "Tests/CommandTests/Fixtures/policy")
    let outcome = try MGC.run(["check", "--now", MGC.now, "--language", language], in: folder)
    #expect(outcome.status == 0)
    #expect(outcome.errors.isEmpty)
    let text = String(decoding: outcome.output, as: UTF8.self)
    for code in ["MGC7107", "MGC7112", "MGC7004", "MGC7022", "MGC7106"] {
      #expect(text.split(separator: "[\(code)]").count == 2, "\(code)")
    }
    try Golden.expect(outcome.output, "policy.check.\(language).txt")
  }

  /// Same input, same bytes: each process has a hash seed of its own.
  @Test func isTheSameUnderAnySeedLocaleAndZone() throws {
    let runs = 50
    try Scratch.example("kaede-trading") { folder in
      var first: [UInt8]?
      for run in 0..<runs {
        let outcome = try MGC.run(
          ["apply", "--dry-run", "--now", MGC.now], in: folder,
          environment: [
            "LC_ALL": run.isMultiple(of: 2) ? "C" : "ja_JP.UTF-8",
            "TZ": ["UTC", "Asia/Tokyo", "America/New_York"][run % 3],
          ])
        #expect(outcome.status == 0)
        if let first { #expect(outcome.output == first) } else { first = outcome.output }
      }
    }
  }
}
