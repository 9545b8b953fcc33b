import Foundation
import Synchronization
import TenantFiles
import Testing
import Wording

@Suite struct ReadingTests {
  @Test func readsWhatIsBeneath() throws {
    let sandbox = try Sandbox()
    try sandbox.write("tenant/a", "1")
    try sandbox.write("tenant/b/c/楓.txt", "22")
    try sandbox.write("tenant/empty", "")
    let folder = try sandbox.tenant()
    #expect(try folder.read("a", limit: 1) == Array("1".utf8))
    #expect(try folder.read("b/c/楓.txt", limit: 10) == Array("22".utf8))
    #expect(try folder.read("empty", limit: 0) == [])
  }

  @Test(
    arguments: [
      ("missing", .missing), ("no/way", .missing), ("dangling", .link("dangling")),
      ("link", .link("link")), ("way/secret", .link("way")), ("deep/way/secret", .link("deep/way")),
      ("pipe", .special), ("deep", .folder), ("file/x", .notAFolder), ("big", .tooLarge(4)),
      ("/etc/passwd", .outside), ("../secret", .outside), ("deep/../file", .outside),
      ("", .outside), ("a\u{0}b", .outside), ("pipe/x", .notAFolder),
    ] as [(String, ReadProblem.Reason)])
  func refuses(path: String, reason: ReadProblem.Reason) throws {
    let sandbox = try Sandbox()
    try sandbox.write("secret", "no")
    try sandbox.write("tenant/file", "yes")
    try sandbox.write("tenant/big", "12345")
    try sandbox.makeFolder("tenant/deep")
    try sandbox.link("tenant/dangling", to: "nowhere")
    try sandbox.link("tenant/link", to: "file")
    try sandbox.link("tenant/way", to: "..")
    try sandbox.link("tenant/deep/way", to: "../..")
    try sandbox.pipe("tenant/pipe")
    let folder = try sandbox.tenant()
    #expect(readReason { _ = try folder.read(path, limit: 4) } == reason)
    let problem = ReadProblem(path: path, reason: reason)
    #expect(!problem.message.ja.isEmpty && !problem.message.en.isEmpty)
  }

  @Test func readsNoDevice() throws {
    let folder = try Folder.open("/dev")
    #expect(readReason { _ = try folder.read("zero", limit: 10) } == .special)
    #expect(readReason { _ = try Folder.readFile("/dev/zero", limit: 10) } == .special)
  }

  @Test func refusesTheHugeWithoutReadingIt() throws {
    let sandbox = try Sandbox()
    try sandbox.write("tenant/huge", "")
    let file = try FileHandle(forWritingTo: URL(fileURLWithPath: sandbox.path("tenant/huge")))
    try file.truncate(atOffset: 1 << 40)
    try file.close()
    let folder = try sandbox.tenant()
    #expect(readReason { _ = try folder.read("huge", limit: 1 << 20) } == .tooLarge(1 << 20))
  }

  #if os(Linux)
    /// Such a file says that it is empty and yet has contents, as one that is being written.
    @Test func refusesWhatIsLongerThanItSays() throws {
      let folder = try Folder.open("/proc/self")
      #expect(readReason { _ = try folder.read("status", limit: 1 << 20) } == .changing)
    }
  #endif

  @Test func followsThePathThatAPersonNames() throws {
    let sandbox = try Sandbox()
    try sandbox.write("real/tenant.yaml", "version: 1")
    try sandbox.link("folder", to: "real")
    try sandbox.link("file", to: "real/tenant.yaml")
    try sandbox.pipe("pipe")
    try sandbox.link("dangling", to: "nowhere")
    for name in ["folder/tenant.yaml", "file"] {
      #expect(try Folder.readFile(sandbox.path(name), limit: 100) == Array("version: 1".utf8))
    }
    for (name, reason) in [
      ("pipe", .special), ("real", .folder), ("dangling", .missing), ("file/x", .notAFolder),
    ] as [(String, ReadProblem.Reason)] {
      #expect(
        readReason { _ = try Folder.readFile(sandbox.path(name), limit: 100) } == reason, "\(name)")
    }
  }

  @Test(arguments: [
    ("../standards/standard.yaml", "s"), ("../../top.yaml", "t"), ("own.yaml", "o"),
    ("../../../above.yaml", nil), ("../../..", nil), ("..", nil), ("../link.yaml", nil),
    ("../tenants/../standards/standard.yaml", nil), ("../way/top.yaml", nil),
  ])
  func staysBeneathTheRoot(path: String, text: String?) throws {
    let sandbox = try Sandbox()
    try sandbox.write("above.yaml", "no")
    try sandbox.write("root/mgc.yaml", "")
    try sandbox.write("root/top.yaml", "t")
    try sandbox.write("root/tenants/standards/standard.yaml", "s")
    try sandbox.write("root/tenants/kaede/own.yaml", "o")
    try sandbox.link("root/tenants/link.yaml", to: "../top.yaml")
    try sandbox.link("root/tenants/way", to: "..")
    let folder = try Folder.open(sandbox.path("root/tenants/kaede"))
    let bytes = try? folder.readAbove(path, limit: 10)
    #expect(bytes == text.map { Array($0.utf8) })
  }

  @Test func needsARootToGoUp() throws {
    let sandbox = try Sandbox()
    try sandbox.write("standard.yaml", "s")
    let folder = try sandbox.tenant()
    #expect(readReason { _ = try folder.readAbove("../standard.yaml", limit: 9) } == .outside)
    try sandbox.write("mgc.yaml", "")
    #expect(try folder.readAbove("../standard.yaml", limit: 9) == Array("s".utf8))
  }

  /// While one thread puts links in the place of the file and of its folder, no read may give
  /// what the links lead to.
  @Test func neverReadsThroughALinkThatAppears() throws {
    let sandbox = try Sandbox()
    try sandbox.write("outside/x", "outside")
    try sandbox.write("tenant/a/x", "inside")
    let folder = try sandbox.tenant()
    let isDone = Atomic(false)
    let root = sandbox.root
    let reads = Counts()
    whileSwapping(in: root, until: { isDone.load(ordering: .acquiring) }) {
      // As often as it takes for the other thread to have had its turns.
      while reads.total < 20_000
        || reads.total < 5_000_000 && (reads.of("inside") == 0 || reads.of("refused") == 0)
      {
        do {
          reads.add(String(decoding: try folder.read("a/x", limit: 100), as: UTF8.self))
        } catch {
          reads.add("refused")
        }
      }
      isDone.store(true, ordering: .releasing)
    }
    #expect(reads.of("outside") == 0)
    #expect(reads.of("inside") > 0)
    #expect(reads.of("refused") > 0)
    #expect(reads.of("inside") + reads.of("refused") == reads.total)
  }

  /// Runs the body while another thread swaps `a` and `a/x` for links and back.
  private func whileSwapping(
    in root: String, until isDone: @escaping @Sendable () -> Bool, _ body: () -> Void
  ) {
    let tenant = root + "/tenant"
    whileRepeating(until: isDone, body) {
      unsafe symlink("../../outside/x", tenant + "/new")
      unsafe rename(tenant + "/a/x", tenant + "/kept")
      unsafe rename(tenant + "/new", tenant + "/a/x")
      unsafe rename(tenant + "/kept", tenant + "/a/x")
      unsafe rename(tenant + "/a", tenant + "/b")
      unsafe symlink("../outside", tenant + "/a")
      unsafe unlink(tenant + "/a")
      unsafe rename(tenant + "/b", tenant + "/a")
    }
  }

  /// The same for what `extends` names: links come and go in the standard's place, and the tenant's
  /// folder is moved to where another standard stands beside it.
  @Test func neverReadsAboveThroughALinkThatAppears() throws {
    let sandbox = try Sandbox()
    try sandbox.write("root/mgc.yaml", "")
    try sandbox.write("root/standards/x", "inside")
    try sandbox.write("elsewhere/standards/x", "outside")
    try sandbox.makeFolder("root/kaede")
    let folder = try Folder.open(sandbox.path("root/kaede"))
    let isDone = Atomic(false)
    let (root, elsewhere) = (sandbox.path("root"), sandbox.path("elsewhere"))
    let reads = Counts()
    whileRepeating(until: { isDone.load(ordering: .acquiring) }) {
      while reads.total < 20_000
        || reads.total < 5_000_000 && (reads.of("inside") == 0 || reads.of("refused") == 0)
      {
        do {
          let bytes = try folder.readAbove("../standards/x", limit: 100)
          reads.add(String(decoding: bytes, as: UTF8.self))
        } catch {
          reads.add("refused")
        }
      }
      isDone.store(true, ordering: .releasing)
    } swap: {
      unsafe symlink("../../elsewhere/standards/x", root + "/new")
      unsafe rename(root + "/standards/x", root + "/kept")
      unsafe rename(root + "/new", root + "/standards/x")
      unsafe rename(root + "/kept", root + "/standards/x")
      unsafe rename(root + "/standards", root + "/away")
      unsafe symlink("../elsewhere/standards", root + "/standards")
      unsafe unlink(root + "/standards")
      unsafe rename(root + "/away", root + "/standards")
      unsafe rename(root + "/kaede", elsewhere + "/kaede")
      unsafe rename(elsewhere + "/kaede", root + "/kaede")
    }
    #expect(reads.of("outside") == 0)
    #expect(reads.of("inside") > 0 && reads.of("refused") > 0)
    #expect(reads.of("inside") + reads.of("refused") == reads.total)
  }

  /// A file that is cut off and filled again while it is read comes whole, empty, or not at all.
  @Test func neverReadsAPartOfAFileThatIsCutOff() throws {
    let sandbox = try Sandbox()
    let size = 1 << 20
    try sandbox.write("tenant/x", String(repeating: "x", count: size))
    let folder = try sandbox.tenant()
    let path = sandbox.path("tenant/x")
    let isDone = Atomic(false)
    let reads = Counts()
    whileRepeating(until: { isDone.load(ordering: .acquiring) }) {
      while reads.total < 2_000 {
        do throws(ReadProblem) {
          let bytes = try folder.read("x", limit: size)
          reads.add(String(bytes.count))
        } catch {
          reads.add(error.reason == .changing ? "changing" : "other")
        }
      }
      isDone.store(true, ordering: .releasing)
    } swap: {
      unsafe truncate(path, 0)
      unsafe truncate(path, off_t(size))
    }
    #expect(reads.of("0") + reads.of("\(size)") + reads.of("changing") == reads.total)
  }

  /// Runs the body while another thread does something again and again.
  private func whileRepeating(
    until isDone: @escaping @Sendable () -> Bool, _ body: () -> Void,
    swap: @escaping @Sendable () -> Void
  ) {
    let thread = Thread { while !isDone() { swap() } }
    thread.start()
    body()
    while !thread.isFinished { sched_yield() }
  }
}

/// How often each text was read.
private final class Counts {
  private var counts: [String: Int] = [:]
  private(set) var total = 0

  func add(_ text: String) {
    counts[text, default: 0] += 1
    total += 1
  }

  func of(_ text: String) -> Int { counts[text] ?? 0 }
}

@Suite struct TenantPlaceTests {
  @Test func findsFilesFoldersAndFoldersOfFolders() throws {
    let sandbox = try Sandbox()
    for name in ["b", "a", ".git", "tenant"] { try sandbox.write("all/\(name)/tenant.yaml", "") }
    try sandbox.write("all/README.md", "")
    try sandbox.makeFolder("all/empty")
    let all = sandbox.path("all")
    #expect(
      try TenantPlace.find(all).map(\.file)
        == ["a", "b", "tenant"].map { "\(all)/\($0)/tenant.yaml" })
    #expect(try TenantPlace.find(all + "/a").map(\.folder) == [all + "/a"])
    let file = try TenantPlace.find(all + "/a/tenant.yaml")
    #expect(file.map(\.folder) == [all + "/a"] && file.map(\.file) == [all + "/a/tenant.yaml"])
    #expect(readReason { _ = try TenantPlace.find(all + "/empty") } == .missing)
    #expect(readReason { _ = try TenantPlace.find(all + "/nowhere") } == .missing)
    try sandbox.pipe("pipe")
    #expect(readReason { _ = try TenantPlace.find(sandbox.path("pipe")) } == .special)
  }
}
