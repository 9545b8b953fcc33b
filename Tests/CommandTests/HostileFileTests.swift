import Foundation
import Testing

/// What stands where a file belongs is said at once, and nothing of it is read.
struct HostileFileTests {
  static let kinds = [
    "fifo", "folder", "missing", "socket", "zero", "tty", "huge", "unreadable", "loop", "empty",
  ]

  /// Puts something at a path.
  private func make(_ kind: String, at path: String) throws {
    let manager = FileManager.default
    switch kind {
    case "fifo": #expect(unsafe mkfifo(path, 0o600) == 0)
    case "folder": try manager.createDirectory(atPath: path, withIntermediateDirectories: false)
    case "socket": #expect(unsafe mknod(path, S_IFSOCK | 0o600, 0) == 0)
    case "zero": try manager.createSymbolicLink(atPath: path, withDestinationPath: "/dev/zero")
    case "tty": try manager.createSymbolicLink(atPath: path, withDestinationPath: "/dev/ptmx")
    case "loop": try manager.createSymbolicLink(atPath: path, withDestinationPath: path)
    case "huge":
      // 1 TiB of nothing, which no disk holds and nobody reads.
      try Data().write(to: URL(filePath: path))
      #expect(unsafe truncate(path, 1 << 40) == 0)
    case "unreadable":
      // Root may read it all the same, and then it is no tenant.
      try Data("version: [".utf8).write(to: URL(filePath: path))
      try manager.setAttributes([.posixPermissions: 0], ofItemAtPath: path)
    case "empty": try Data().write(to: URL(filePath: path))
    default: break
    }
  }

  @Test(arguments: kinds)
  func isSaidOfATenant(_ kind: String) throws {
    try Scratch.folder { folder in
      try make(kind, at: folder.appending(path: "tenant.yaml").path())
      for arguments in [["check"], ["check", "tenant.yaml"], ["check", "--format", "json"]] {
        let outcome = try MGC.run(arguments, in: folder)
        #expect(outcome.status == 1 && !outcome.wasKilled)
        #expect((outcome.errors + outcome.text).contains("tenant.yaml"))
        #expect(outcome.output.count < 4096)
      }
    }
  }

  @Test(arguments: kinds.filter { $0 != "empty" && $0 != "unreadable" })
  func isSaidOfAFileThatATenantNames(_ kind: String) throws {
    for name in ["groups/sales.csv", "keys/mg.kaede.example.txt", "zones/kaede.example.zone"] {
      try Scratch.example("kaede-trading") { folder in
        let path = folder.appending(path: name).path()
        try FileManager.default.removeItem(atPath: path)
        try make(kind, at: path)
        let outcome = try MGC.run(
          ["check", "--now", MGC.now, "--language", "en", "--format", "github"], in: folder)
        #expect(outcome.status == 1 && !outcome.wasKilled)
        let errors = outcome.text.split(separator: "\n").filter { $0.hasPrefix("::error") }
        #expect(errors.count == 1, "\(outcome.text)")
        #expect(errors.allSatisfy { $0.contains("title=MGC1044::cannot read \"\(name)\"") })
      }
    }
  }

  /// A name of any length and any letters is shown cut and harmless.
  @Test(arguments: ["\u{1B}[2J", "\n::error::x", "\u{202E}lmay", String(repeating: "長", count: 80)])
  func isSaidWithANameThatPaintsNothing(_ name: String) throws {
    try Scratch.folder { folder in
      for format in ["human", "json", "github"] {
        let path = folder.appending(path: name)
        try "version: [\n".write(to: path, atomically: false, encoding: .utf8)
        let outcome = try MGC.run(["check", "--format", format, name], in: folder)
        #expect(outcome.status == 1)
        let text = outcome.text + outcome.errors
        #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}"))
        #expect(!text.split(separator: "\n").contains { $0.hasPrefix("::error::x") })
      }
    }
  }
}
