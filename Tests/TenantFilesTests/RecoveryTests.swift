import Ledger
import TenantFiles
import Testing
import TestSupport

@Suite struct RecoveryTests {
  private static let first = OutputTests.first
  private static let second = OutputTests.second

  /// How many checkpoints the apply from the first tree to the second passes.
  private static func checkpoints() throws -> [Checkpoint] {
    let sandbox = try Sandbox()
    try sandbox.apply(first)
    var seen: [Checkpoint] = []
    _ = try sandbox.output(second) {
      seen.append($0)
      return true
    }.apply()
    return seen
  }

  /// An observer that stops at the checkpoint of this number.
  private static func stop(at number: Int) -> CheckpointObserver {
    var count = 0
    return { _ in
      defer { count += 1 }
      return count != number
    }
  }

  @Test func passesEveryKindOfCheckpoint() throws {
    let seen = try Self.checkpoints()
    let kinds = Set(seen.map { String("\($0)".prefix { $0 != "(" }) })
    // All fourteen but `stageRemoved`: an apply that is not interrupted leaves nothing staged.
    #expect(kinds.count == 13)
    #expect(seen.contains(.partWritten(".mgc-journal/stage/0003", bytes: 65536)))
    #expect(seen.filter { $0 == .committed }.count == 1)
  }

  /// Stopped anywhere, and then anywhere in the recovery, the tree ends as what its lock says:
  /// all of the old before the commit, all of the new after it.
  @Test func endsWholeWhereverItStops() throws {
    let seen = try Self.checkpoints()
    let commit = try #require(seen.firstIndex(of: .committed))
    let removal = try #require(seen.firstIndex(of: .journalRemoved))
    for number in seen.indices {
      var isThrough = false
      var second = 0
      while !isThrough {
        let sandbox = try Sandbox()
        try sandbox.apply(Self.first)
        let error = applyError {
          _ = try sandbox.output(Self.second, observer: Self.stop(at: number)).apply()
        }
        #expect(error == .stopped(seen[number]))
        try expectOldOrNew(sandbox)
        let pending = try OutputFolder.pending(sandbox.tenant())
        #expect((pending?.isCommitted ?? false) == (commit..<removal).contains(number))
        #expect((pending == nil) == (number == seen.count - 1))
        #expect(pending?.isRunning != true)

        let again = applyError {
          try OutputFolder.recover(sandbox.tenant(), observer: Self.stop(at: second))
        }
        isThrough = again == nil
        second += 1
        if again != nil { try OutputFolder.recover(sandbox.tenant()) }
        let tree = number < commit ? Self.first : Self.second
        #expect(try sandbox.listing("tenant") == tree.listing, "\(seen[number]), then \(second)")
        #expect(try OutputFolder.pending(sandbox.tenant()) == nil)
        if isThrough {
          try sandbox.apply(Self.second)
          #expect(try sandbox.listing("tenant") == Self.second.listing)
        }
      }
    }
  }

  /// The same from one random tree to the next, with the apply itself recovering.
  @Test(arguments: 0..<40) func endsWholeFromAnyTreeToAnyOther(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    let sandbox = try Sandbox()
    for round in 0..<6 {
      let tree = Self.anyTree("\(round)", &random)
      let stop = Self.stop(at: .random(in: 0..<60, using: &random))
      let error = applyError { _ = try sandbox.output(tree, observer: stop).apply() }
      if case .stopped = error {
        try OutputFolder.recover(sandbox.tenant())
        try sandbox.apply(tree)
      } else {
        #expect(error == nil)
      }
      #expect(try sandbox.listing("tenant") == tree.listing)
    }
  }

  /// An apply that finds one interrupted completes it, and asks for a new plan.
  @Test func applyCompletesWhatWasBegun() throws {
    let sandbox = try Sandbox()
    try sandbox.apply(Self.first)
    try interrupt(sandbox)
    #expect(
      try OutputFolder.pending(sandbox.tenant())?.paths
        == ["4-ttl/a.zone", "5-settings/lists/x.txt", "6-mx-cutover/new/楓.md", "RUNBOOK.md"])
    #expect(applyError { try sandbox.apply(Self.first) } == .lockChanged)
    #expect(try sandbox.listing("tenant") == Self.second.listing)
    try sandbox.apply(Self.first)
    #expect(try sandbox.listing("tenant") == Self.first.listing)
  }

  @Test(arguments: ["4-ttl/a.zone", "5-settings/lists/x.txt", "6-mx-cutover/new/楓.md"])
  func keepsWhatWasEditedMeanwhile(path: String) throws {
    let sandbox = try Sandbox()
    try sandbox.apply(Self.first)
    try interrupt(sandbox)
    try sandbox.write("tenant/out/" + path, "by hand")
    let before = try sandbox.listing("tenant")
    for _ in 0..<2 {
      #expect(
        applyError { try OutputFolder.recover(sandbox.tenant()) }
          == .editedByHand(["out/" + path]))
      #expect(try sandbox.listing("tenant") == before)
    }
    try OutputFolder.recover(sandbox.tenant(), force: true)
    #expect(try sandbox.listing("tenant") == Self.second.listing)
  }

  @Test func keepsALockThatWasChangedMeanwhile() throws {
    let sandbox = try Sandbox()
    try sandbox.apply(Self.first)
    try interrupt(sandbox)
    try sandbox.write("tenant/tenant.lock.json", "{}")
    #expect(
      applyError { try OutputFolder.recover(sandbox.tenant()) }
        == .editedByHand(["tenant.lock.json"]))
    #expect(sandbox.text("tenant/tenant.lock.json") == "{}")
    try OutputFolder.recover(sandbox.tenant(), force: true)
    #expect(try sandbox.listing("tenant") == Self.second.listing)
  }

  /// A file that someone put back as it was, or removed, is no edit to keep.
  @Test func writesAgainWhatWasUndoneMeanwhile() throws {
    let sandbox = try Sandbox()
    try sandbox.apply(Self.first)
    try interrupt(sandbox, after: .lockReplaced)
    try sandbox.remove("tenant/.mgc-journal/stage")
    try OutputFolder.recover(sandbox.tenant())
    #expect(try sandbox.listing("tenant") == Self.second.listing)

    try interrupt(sandbox, to: Self.first)
    try sandbox.remove("tenant/out/4-ttl/a.zone")
    try OutputFolder.recover(sandbox.tenant())
    #expect(try sandbox.listing("tenant") == Self.first.listing)
  }

  @Test(arguments: [".mgc-journal/journal.json", ".mgc-journal/stage", "out/4-ttl", "out"])
  func recoversThroughNoLink(path: String) throws {
    let sandbox = try Sandbox()
    try sandbox.apply(Self.first)
    try interrupt(sandbox)
    try sandbox.write("elsewhere/a.zone", "a1")
    try sandbox.remove("tenant/" + path)
    try sandbox.link("tenant/" + path, to: sandbox.path("elsewhere"))
    let before = try sandbox.listing("")
    for force in [false, true] {
      #expect(
        applyError { try OutputFolder.recover(sandbox.tenant(), force: force) } == .link(path))
    }
    #expect(try sandbox.listing("") == before)
  }

  @Test(arguments: ["", "{", "{}", "[]", "\u{0}"]) func namesAJournalThatIsNone(text: String) throws
  {
    let sandbox = try Sandbox()
    try sandbox.apply(Self.first)
    try sandbox.write("tenant/.mgc-journal/journal.json", text)
    let expected = ApplyError.damagedJournal(".mgc-journal/journal.json")
    #expect(applyError { _ = try OutputFolder.pending(sandbox.tenant()) } == expected)
    #expect(applyError { try sandbox.apply(Self.second) } == expected)
    try sandbox.remove("tenant/.mgc-journal")
    try sandbox.apply(Self.second)
    #expect(try sandbox.listing("tenant") == Self.second.listing)
  }

  @Test(arguments: [true, false]) func namesAStageThatWasTamperedWith(isRemoved: Bool) throws {
    let sandbox = try Sandbox()
    try sandbox.apply(Self.first)
    try interrupt(sandbox)
    try sandbox.remove("tenant/.mgc-journal/stage/0000")
    if !isRemoved { try sandbox.write("tenant/.mgc-journal/stage/0000", "forged") }
    #expect(
      applyError { try OutputFolder.recover(sandbox.tenant()) }
        == .damagedJournal(".mgc-journal/stage/0000"))
    #expect(sandbox.text("tenant/out/4-ttl/a.zone") == "a1")
  }

  @Test(arguments: ["", "{\"format_version\": 1, \"ten"]) func forgetsADraft(text: String) throws {
    let sandbox = try Sandbox()
    try sandbox.apply(Self.first)
    try sandbox.write("tenant/.mgc-journal/journal.json.tmp", text)
    try sandbox.write("tenant/.mgc-journal/stage/0000", "half")
    #expect(try OutputFolder.pending(sandbox.tenant())?.isCommitted == false)
    try sandbox.apply(Self.second)
    #expect(try sandbox.listing("tenant") == Self.second.listing)
  }

  private func interrupt(
    _ sandbox: Sandbox, to tree: Tree = second, after checkpoint: Checkpoint = .committed
  ) throws {
    let error = applyError {
      _ = try sandbox.output(tree) { $0 != checkpoint }.apply()
    }
    try #require(error == .stopped(checkpoint))
  }

  /// Each file is as it was or as it will be, at every moment.
  private func expectOldOrNew(_ sandbox: Sandbox) throws {
    let known = Set(Self.first.listing + Self.second.listing)
    for line in try sandbox.listing("tenant") where !line.hasPrefix(".mgc-journal") {
      #expect(known.contains(line))
    }
  }

  private static func anyTree(_ mark: String, _ random: inout SplitMix64) -> Tree {
    var texts: [(path: String, text: String)] = []
    for folder in ["", "1-a/", "1-a/b/", "2-c/d/e/"] {
      for name in ["x.txt", "y.md"] where Bool.random(using: &random) {
        texts.append((folder + name, "\(Int.random(in: 0..<3, using: &random))"))
      }
    }
    return Tree(mark, texts)
  }
}
