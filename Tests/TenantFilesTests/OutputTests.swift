import Foundation
import Ledger
import TenantFiles
import Testing
import Wording

@Suite struct OutputTests {
  static let first = Tree(
    "first",
    [
      ("4-ttl/a.zone", "a1"), ("4-ttl/b.zone", "b1"), ("5-settings/lists/x.txt", "x"),
      ("RUNBOOK.md", "r1"),
    ])
  static let second = Tree(
    "second",
    [
      ("4-ttl/a.zone", "a2"), ("4-ttl/b.zone", "b1"), ("6-mx-cutover/new/楓.md", "n"),
      ("RUNBOOK.md", String(repeating: "r2\n", count: 50_000)),
    ])

  private static func described(_ changes: [FileChange]) -> [String] {
    changes.map { "\($0.kind) \($0.path)" + ($0.isEditedByHand ? " edited" : "") }
  }

  @Test func writesWhatDiffers() throws {
    let sandbox = try Sandbox()
    try sandbox.write("tenant/tenant.yaml", "version: 1")
    #expect(
      Self.described(try sandbox.output(Self.first).inspect()) == [
        "create 4-ttl/a.zone", "create 4-ttl/b.zone", "create 5-settings/lists/x.txt",
        "create RUNBOOK.md",
      ])
    try sandbox.apply(Self.first)
    let own = "tenant.yaml=version: 1"
    #expect(try sandbox.listing("tenant") == (Self.first.listing + [own]).sorted())

    let expected = [
      "change 4-ttl/a.zone", "same 4-ttl/b.zone", "remove 5-settings/lists/x.txt",
      "create 6-mx-cutover/new/楓.md", "change RUNBOOK.md",
    ]
    #expect(Self.described(try sandbox.output(Self.second).inspect()) == expected)
    #expect(Self.described(try sandbox.apply(Self.second)) == expected)
    #expect(try sandbox.listing("tenant") == (Self.second.listing + [own]).sorted())
    #expect(try sandbox.lock() == Self.second.lock)
  }

  @Test func touchesNothingWhenNothingDiffers() throws {
    let sandbox = try Sandbox()
    try sandbox.apply(Self.first)
    var seen: [Checkpoint] = []
    let changes = try sandbox.output(Self.first) {
      seen.append($0)
      return true
    }.apply()
    #expect(changes.allSatisfy { $0.kind == .same })
    #expect(seen.isEmpty)
  }

  @Test func writesTheLockWhenOnlyTheMeaningDiffers() throws {
    let sandbox = try Sandbox()
    try sandbox.apply(Self.first)
    let other = Tree("other", Self.first.texts)
    try sandbox.apply(other)
    #expect(try sandbox.listing("tenant") == other.listing)
  }

  @Test func leavesAloneWhatItNeverWrote() throws {
    let sandbox = try Sandbox()
    try sandbox.write("outside", "o")
    try sandbox.apply(Self.first)
    let own = ["out/5-settings/notes.txt=mine", "out/mine/", "out/mine/x=y", "z=z"]
    try sandbox.write("tenant/out/5-settings/notes.txt", "mine")
    try sandbox.write("tenant/out/mine/x", "y")
    try sandbox.write("tenant/z", "z")
    try sandbox.apply(Self.second)
    let listing = try sandbox.listing("tenant")
    #expect(Set(own).isSubset(of: listing))
    #expect(Set(listing) == Set(Self.second.listing + own + ["out/5-settings/"]))
    #expect(sandbox.text("outside") == "o")
  }

  @Test func removesOutWhenNothingIsLeft() throws {
    let sandbox = try Sandbox()
    try sandbox.apply(Self.first)
    let empty = Tree("empty", [])
    try sandbox.apply(empty)
    #expect(try sandbox.listing("tenant") == empty.listing)
  }

  @Test(arguments: [
    ("4-ttl/a.zone", "change"), ("5-settings/lists/x.txt", "remove"),
    ("6-mx-cutover/new/楓.md", "change"),
  ])
  func keepsWhatWasEditedByHand(path: String, kind: String) throws {
    let sandbox = try Sandbox()
    try sandbox.apply(Self.first)
    try sandbox.write("tenant/out/" + path, "by hand")
    let before = try sandbox.listing("tenant")
    #expect(
      Self.described(try sandbox.output(Self.second).inspect()).contains("\(kind) \(path) edited"))
    let error = applyError { try sandbox.apply(Self.second) }
    #expect(error == .editedByHand(["out/" + path]))
    #expect(error?.message.en.contains(path) == true)
    #expect(try sandbox.listing("tenant") == before)
    try sandbox.apply(Self.second, force: true)
    #expect(try sandbox.listing("tenant") == Self.second.listing)
  }

  @Test func acceptsAnEditThatSaysTheSame() throws {
    let sandbox = try Sandbox()
    try sandbox.apply(Self.first)
    try sandbox.write("tenant/out/4-ttl/a.zone", "a2")
    try sandbox.apply(Self.second)
    #expect(try sandbox.listing("tenant") == Self.second.listing)
  }

  @Test func bringsBackWhatWasDeleted() throws {
    let sandbox = try Sandbox()
    try sandbox.apply(Self.first)
    try sandbox.remove("tenant/out")
    try sandbox.apply(Self.first)
    #expect(try sandbox.listing("tenant") == Self.first.listing)
  }

  @Test(
    arguments: [
      "out", "out/4-ttl", "out/4-ttl/a.zone", "out/4-ttl/b.zone", "out/5-settings",
      "out/5-settings/lists/x.txt", "out/6-mx-cutover", ".mgc-journal", "tenant.lock.json",
    ], [true, false])
  func writesThroughNoLink(path: String, isForced: Bool) throws {
    let sandbox = try Sandbox()
    try sandbox.apply(Self.first)
    let previous = try sandbox.lock()
    try sandbox.write("elsewhere/4-ttl/a.zone", "a1")
    try sandbox.write("elsewhere/lists/x.txt", "x")
    if FileManager.default.fileExists(atPath: sandbox.path("tenant/" + path)) {
      try sandbox.remove("tenant/" + path)
    }
    let destination = path.contains(".zone") ? "elsewhere/4-ttl/a.zone" : "elsewhere"
    try sandbox.link("tenant/" + path, to: sandbox.path(destination))
    let before = try sandbox.listing("")
    let output = OutputFolder(
      try sandbox.tenant(), files: Self.second.files, previous: previous, next: Self.second.lock)
    #expect(applyError { _ = try output.inspect() } == .link(path))
    #expect(applyError { _ = try output.apply(force: isForced) } == .link(path))
    #expect(try sandbox.listing("") == before)
  }

  @Test(arguments: [true, false]) func refusesOtherThingsInItsWay(isForced: Bool) throws {
    let sandbox = try Sandbox()
    try sandbox.pipe("tenant/out")
    #expect(applyError { try sandbox.apply(Self.first, force: isForced) } == .notAFolder("out"))
    try sandbox.remove("tenant/out")
    try sandbox.makeFolder("tenant/out/4-ttl")
    try sandbox.pipe("tenant/out/4-ttl/a.zone")
    #expect(
      applyError { try sandbox.apply(Self.first, force: isForced) }
        == .notAFile("out/4-ttl/a.zone"))
    try sandbox.remove("tenant/out/4-ttl/a.zone")
    try sandbox.makeFolder("tenant/out/RUNBOOK.md")
    #expect(
      applyError { try sandbox.apply(Self.first, force: isForced) } == .notAFile("out/RUNBOOK.md"))
    try sandbox.remove("tenant/out/RUNBOOK.md")
    try sandbox.write("tenant/out/5-settings", "")
    #expect(
      applyError { try sandbox.apply(Self.first, force: isForced) }
        == .notAFolder("out/5-settings"))
    #expect(try OutputFolder.pending(sandbox.tenant()) == nil)
  }

  @Test(arguments: ["../x", "/x", "a/../../x", "", "a//b"])
  func writesNoPathThatLeadsOut(path: String) throws {
    let sandbox = try Sandbox()
    let output = OutputFolder(
      try sandbox.tenant(), files: [(path, [])], previous: nil, next: Self.first.lock)
    #expect(applyError { _ = try output.apply(force: true) } == .outside(path))
    #expect(try sandbox.listing("") == ["tenant/"])
  }

  @Test func letsOneApplyRunAtATime() throws {
    let sandbox = try Sandbox()
    var errors: Set<String> = []
    var pending: [PendingJournal?] = []
    let output = try sandbox.output(Self.first) { checkpoint in
      if checkpoint != .journalFolderRemoved {
        pending.append(try? OutputFolder.pending(sandbox.tenant()))
      }
      for force in [true, false] {
        errors.insert("\(applyError { try sandbox.apply(Self.second, force: force) } as Any)")
      }
      errors.insert(
        "\(applyError { try OutputFolder.recover(sandbox.tenant(), force: true) } as Any)")
      return true
    }
    _ = try output.apply()
    #expect(pending.allSatisfy { $0?.isRunning == true })
    #expect(pending.contains { $0?.isCommitted == true })
    #expect(errors == ["\(ApplyError.busy as ApplyError? as Any)"])
    #expect(try sandbox.listing("tenant") == Self.first.listing)
    try sandbox.apply(Self.second)
  }

  @Test func noticesAnotherLock() throws {
    let sandbox = try Sandbox()
    let early = try sandbox.output(Self.second)
    try sandbox.apply(Self.first)
    #expect(applyError { _ = try early.apply(force: true) } == .lockChanged)
    let late = try sandbox.output(Self.second)
    try sandbox.remove("tenant/tenant.lock.json")
    #expect(applyError { _ = try late.apply(force: true) } == .lockChanged)
    try sandbox.write("tenant/tenant.lock.json", "{")
    #expect(applyError { _ = try late.apply(force: true) } == .lockChanged)
    #expect(sandbox.text("tenant/out/4-ttl/a.zone") == "a1")
  }
}
