import Foundation
import Testing

/// `mgc check --fix`.
struct FixCommandTests {
  /// Faults of which some have one right answer.
  private static let faulty = """
    # 先頭の注釈
    version: "1" # 版
    tenant: { id: fixes, name: 株式会社ミニマル, language: ja } # 名前
    contract:
      services:
        - inbound-security # 契約
        - inbound-security # もう一度
    gateway: # 開通通知書
      console: mail-security
      mx: [{ host: mx1.gateway.example, preference: 10 }]
      egress: [192.0.2.5/28] # 桁
    mailServers:
      - { name: hosting, other: { description: 012 } } # 数ではない
    domains:
      - { name: minimal.example, deliveryHost: mail.hosting.example, cutover: 2027-02-06T22:00:00+09:00 }
    groups:
      - { path: 営業部, members: [sato@minimal.example] }
    settings:
      lists:
        - { scope: all, allowSenders: ['*@partner.example'], denySenders: [spam.example] }

    """

  private func write(_ text: String, in folder: URL) throws -> URL {
    let file = folder.appending(path: "tenant.yaml")
    try Data(text.utf8).write(to: file)
    return file
  }

  private func comments(_ text: String) -> [String] {
    text.split(separator: "\n").compactMap { line in
      line.firstIndex(of: "#").map { String(line[$0...]) }
    }
  }

  @Test func `The safe fixes are written, every comment stays, and what remains decides`() throws {
    try Scratch.folder { folder in
      let file = try write(Self.faulty, in: folder)
      try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: file.path())
      let outcome = try MGC.run(
        ["check", "--fix", "--now", MGC.now, "--language", "en"], in: folder)
      let text = try String(contentsOf: file, encoding: .utf8)
      #expect(text.contains("\nversion: 1 # 版\n"))
      #expect(text.contains("[192.0.2.0/28] # 桁"))
      #expect(text.contains("description: '012'"))
      #expect(text.contains("path: /営業部") || text.contains("path: '/営業部'"))
      // While something cannot be read, what is no error waits.
      #expect(text.contains("- inbound-security # もう一度\n"))
      #expect(comments(text) == comments(Self.faulty))
      // A bare domain may mean more than its addresses: that is for a person to say.
      #expect(text.contains("[spam.example]"))
      #expect(outcome.status == 1)
      #expect(outcome.text.contains("suggestion: write \"*@spam.example\""))
      for code in ["MGC1030", "MGC1045", "MGC2004", "MGC2006"] {
        #expect(outcome.text.contains("fixed: ") && outcome.text.contains("[\(code)]"), "\(code)")
      }
      let mode = try FileManager.default.attributesOfItem(atPath: file.path())[.posixPermissions]
      #expect(mode as? Int == 0o640)
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path())
      #expect(names == ["tenant.yaml"])
      // A second run finds nothing to fix.
      let again = try MGC.run(["check", "--fix", "--now", MGC.now, "--language", "en"], in: folder)
      #expect(!again.text.contains("fixed: "))
      #expect(try String(contentsOf: file, encoding: .utf8) == text)
    }
  }

  @Test(arguments: ["patch -p0 --quiet < ../fixes.diff", "git apply -p0 ../fixes.diff"])
  func `A dry run prints a patch that makes the same file, and writes nothing`(
    _ program: String
  ) throws {
    try Scratch.folder { parent in
      let folder = parent.appending(path: "tenant")
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let file = try write(Self.faulty, in: folder)
      let dry = try MGC.run(["check", "--fix", "--dry-run", "--now", MGC.now], in: folder)
      #expect(dry.status == 1)
      #expect(try String(contentsOf: file, encoding: .utf8) == Self.faulty)
      #expect(dry.text.hasPrefix("--- tenant.yaml\n+++ tenant.yaml\n@@ -1,"))
      #expect(dry.errors.contains("修正できる"))
      try Data(dry.output).write(to: parent.appending(path: "fixes.diff"))
      let process = Process()
      process.executableURL = URL(filePath: "/bin/sh")
      process.arguments = ["-c", program]
      process.currentDirectoryURL = folder
      try process.run()
      process.waitUntilExit()
      #expect(process.terminationStatus == 0)
      let patched = try Data(contentsOf: file)
      _ = try write(Self.faulty, in: folder)
      _ = try MGC.run(["check", "--fix", "--now", MGC.now], in: folder)
      #expect(try Data(contentsOf: file) == patched)
    }
  }

  @Test func `A report for programs holds the fixes and the patch`() throws {
    try Scratch.folder { folder in
      _ = try write(Self.faulty, in: folder)
      let outcome = try MGC.run(
        ["check", "--fix", "--dry-run", "--format", "json", "--now", MGC.now], in: folder)
      let report = try #require(
        try JSONSerialization.jsonObject(with: Data(outcome.output)) as? [String: Any])
      let tenant = try #require((report["tenants"] as? [[String: Any]])?.first)
      #expect((tenant["fixed"] as? [Any])?.count == 4)
      #expect((tenant["patch"] as? String)?.hasPrefix("--- tenant.yaml") ?? false)
    }
  }

  @Test func `No link is written through, and no secret is shown`() throws {
    try Scratch.folder { folder in
      let file = try write(Self.faulty, in: folder)
      let real = folder.appending(path: "real.yaml")
      try FileManager.default.moveItem(at: file, to: real)
      try FileManager.default.createSymbolicLink(
        atPath: file.path(), withDestinationPath: "real.yaml")
      let outcome = try MGC.run(["check", "--fix", "--now", MGC.now], in: folder)
      #expect(outcome.status == 1)
      #expect(outcome.errors.contains("シンボリックリンク"))
      #expect(try String(contentsOf: real, encoding: .utf8) == Self.faulty)
      try FileManager.default.removeItem(at: file)

      let secret = "hunter2hunter2"
      _ = try write(
        Self.faulty.replacing("version:", with: "password: \(secret)\nversion:"), in: folder)
      let dry = try MGC.run(["check", "--fix", "--dry-run", "--now", MGC.now], in: folder)
      #expect(dry.text.contains("+version: 1 # 版"))
      #expect(!dry.text.contains(secret) && !dry.errors.contains(secret))
    }
  }

  @Test func `A dry run without fixes is wrong use`() throws {
    try Scratch.folder { folder in
      let outcome = try MGC.run(["check", "--dry-run"], in: folder)
      #expect(outcome.status == 64)
    }
  }
}
