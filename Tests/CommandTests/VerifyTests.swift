import Foundation
import TestSupport
import Testing

/// `mgc verify` against a real BIND on loopback.
struct VerifyTests {
  /// The zone files of an example, by name, and those that its snapshot was recorded of.
  private func zones(_ name: String) throws -> [String: String] {
    var zones: [String: String] = [:]
    for folder in ["examples/\(name)/zones", "Tests/CommandTests/Fixtures/\(name).dns"] {
      let folder = MGC.root.appending(path: folder)
      for file in (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? [] {
        zones[file.replacing(".zone", with: "")] = try String(
          contentsOf: folder.appending(path: file), encoding: .utf8)
      }
    }
    return zones
  }

  private func server(_ server: NameServer) -> [String] {
    ["--now", MGC.now, "--server", "127.0.0.1:\(server.port)"]
  }

  /// Makes tenant.yaml name a snapshot wherever it names a zone file.
  private func useSnapshot(_ folder: URL) throws {
    let file = folder.appending(path: "tenant.yaml")
    let text = try String(contentsOf: file, encoding: .utf8)
      .replacing(/zone: \{ file: [^}]*\}/, with: "zone: { snapshot: dns/snapshot.json }")
    try Data(text.utf8).write(to: file)
  }

  /// The plan and every artifact, without the order of records in a set, which has no meaning, and
  /// without the digests that follow from it.
  private func outcome(_ folder: URL) throws -> (plan: String, artifacts: [String: [String]]) {
    let plan = try MGC.run(["plan", "--format", "json", "--now", MGC.now], in: folder)
    #expect(plan.status == 0, "\(plan.errors)")
    #expect(try MGC.run(["apply", "--now", MGC.now], in: folder).status == 0)
    var files = try Scratch.tree(folder.appending(path: "out"))
    for file in ["manifest.json", "runbook.html"] { files[file] = nil }
    return (
      plan.text,
      files.mapValues { bytes in
        String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init).sorted()
      }
    )
  }

  @Test(arguments: exampleNames)
  func `A snapshot of a zone plans what its file plans`(_ name: String) throws {
    let zones = try zones(name)
    guard !zones.isEmpty else { return }
    try NameServer.run(zones: zones) { bind in
      let byFile = try Scratch.example(name) { try outcome($0) }
      try Scratch.example(name) { folder in
        try useSnapshot(folder)
        let verify = try MGC.run(["verify", "--record"] + server(bind), in: folder)
        #expect(verify.status == 0, "\(verify.errors)")
        let bySnapshot = try outcome(folder)
        #expect(bySnapshot.plan == byFile.plan)
        #expect(bySnapshot.artifacts.keys.sorted() == byFile.artifacts.keys.sorted())
        for (path, lines) in byFile.artifacts.sorted(by: { $0.key < $1.key }) {
          let isSame = bySnapshot.artifacts[path] == lines
          #expect(isSame, "\(name): \(path) differs")
        }
        // The same answers at the same time are the same bytes.
        let file = folder.appending(path: "dns/snapshot.json")
        let first = try Data(contentsOf: file)
        #expect(try MGC.run(["verify", "--record"] + server(bind), in: folder).status == 0)
        #expect(try Data(contentsOf: file) == first)
      }
    }
  }

  /// The whole way: nothing holds, then the records of step 2 are published, and they hold.
  @Test func `A step holds when its records are there`() throws {
    let zone = try #require(try zones("sakura-software")["sakura-software.example"])
    try NameServer.run(zones: ["sakura-software.example": zone]) { bind in
      try Scratch.example("sakura-software") { folder in
        let before = try MGC.run(["verify", "--language", "en"] + server(bind), in: folder)
        #expect(before.status == 1)
        #expect(before.text.contains("! 2 SPF: differs"))
        #expect(before.text.contains("127.0.0.1:\(bind.port): no such name"))
        #expect(before.text.contains("Verified: 0 same, 2 differ, 0 unknown, 3 not due yet"))
        let spf =
          "v=spf1 include:_spf.google.com include:mail.newsletter.example include:spf.gateway.example ~all"
        let update = """
          zone sakura-software.example
          update delete sakura-software.example TXT
          update add sakura-software.example 3600 TXT "google-site-verification=0123456789abcdef"
          update add sakura-software.example 3600 TXT "\(spf)"
          update add _dmarc.sakura-software.example 3600 TXT "v=DMARC1; p=none; rua=mailto:dmarc@sakura-software.example"
          send

          """
        #expect(try bind.update(update).status == 0)
        let after = try MGC.run(["verify", "--language", "en"] + server(bind), in: folder)
        #expect(after.status == 0, "\(after.text)")
        #expect(after.text.contains("= 2 SPF: same") && after.text.contains("= 2 DMARC: same"))
        #expect(after.text.contains(". 8 DMARC p=quarantine; t=y: differs"))
        // The next stage leaves that of step 2 behind, and it goes on holding.
        let next = """
          zone sakura-software.example
          update delete _dmarc.sakura-software.example TXT
          update add _dmarc.sakura-software.example 3600 TXT "v=DMARC1; p=quarantine; rua=mailto:dmarc@sakura-software.example; t=y"
          send

          """
        #expect(try bind.update(next).status == 0)
        let later = try MGC.run(["verify", "--language", "en"] + server(bind), in: folder)
        #expect(later.status == 0, "\(later.text)")
        for line in [
          "= 2 DMARC: same", "= 8 DMARC p=quarantine; t=y: same",
          ". 8 DMARC p=quarantine: differs",
        ] {
          #expect(later.text.contains(line), "\(later.text)")
        }
        // A second record of the kind spoils the first.
        let second = """
          zone sakura-software.example
          update add sakura-software.example 3600 TXT "v=spf1 -all"
          send

          """
        #expect(try bind.update(second).status == 0)
        #expect(try MGC.run(["verify"] + server(bind), in: folder).status == 1)
      }
    }
  }

  /// Of a zone that nobody knew, too: what is there today is no step that was done.
  @Test func `The MX is followed through its three steps`() throws {
    let zone = """
      $TTL 3600
      @ SOA ns root 1 7200 900 604800 900
      @ NS ns
      ns A 192.0.2.53
      @ MX 10 mail.hosting.example.

      """
    func words(_ text: String) -> [Substring] {
      text.split(separator: "\n").filter { $0.contains(" MX: ") }.map { $0.prefix(5) }
    }
    func move(_ record: String) -> String {
      "zone minimal.example\nupdate delete minimal.example MX\n"
        + "update add minimal.example \(record)\nsend\n"
    }
    try NameServer.run(zones: ["minimal.example": zone]) { bind in
      try Scratch.example("minimal") { folder in
        func verify(_ now: String) throws -> MGC.Outcome {
          try MGC.run(
            [
              "verify", "--language", "en", "--server", "127.0.0.1:\(bind.port)", "--now", now,
            ], in: folder)
        }
        let early = try verify(MGC.now)
        #expect(early.status == 0)
        #expect(words(early.text) == ["  . 4", "  . 6", "  . 8"], "\(early.text)")
        // The time for it has come and gone.
        let late = try verify("2027-02-01T09:00:00+09:00")
        #expect(late.status == 1)
        #expect(words(late.text) == ["  ! 4", "  . 6", "  . 8"], "\(late.text)")
        #expect(try bind.update(move("300 MX 10 mail.hosting.example.")).status == 0)
        let lowered = try verify("2027-02-01T09:00:00+09:00")
        #expect(lowered.status == 0)
        #expect(words(lowered.text) == ["  = 4", "  . 6", "  . 8"], "\(lowered.text)")
        #expect(try bind.update(move("300 MX 10 mx1.gateway.example.")).status == 0)
        let moved = try verify("2027-02-07T09:00:00+09:00")
        #expect(moved.status == 0)
        #expect(words(moved.text) == ["  = 4", "  = 6", "  . 8"], "\(moved.text)")
        // Its old records are gone: a high TTL is no matter any more.
        #expect(try bind.update(move("3600 MX 10 mx1.gateway.example.")).status == 0)
        let restored = try verify("2027-03-01T09:00:00+09:00")
        #expect(restored.status == 0)
        #expect(words(restored.text) == ["  = 4", "  = 6", "  = 8"], "\(restored.text)")
        // The old MX beside the new one is no cutover.
        #expect(
          try bind.update(
            "zone minimal.example\nupdate add minimal.example 3600 MX 20 mail.hosting.example.\nsend\n"
          ).status == 0)
        let both = try verify("2027-03-01T09:00:00+09:00")
        #expect(both.status == 1)
        #expect(words(both.text) == ["  ! 4", "  ! 6", "  ! 8"], "\(both.text)")
      }
    }
  }

  @Test func `Nobody who answers is unknown, and ends soon`() throws {
    let port = try Judge.read("free_port.py", input: [], as: UInt16.self)
    try Scratch.example("sakura-software") { folder in
      let outcome = try MGC.run(
        ["verify", "--language", "en", "--now", MGC.now, "--server", "127.0.0.1:\(port)"],
        in: folder)
      #expect(outcome.status == 1)
      #expect(outcome.text.contains("? 2 SPF: unknown"))
      #expect(!outcome.wasKilled)
    }
  }

  /// What was not answered is a warning at its line, and never taken for nothing.
  @Test func `A set that nobody answered for stays unknown in the plan`() throws {
    try Scratch.example("sakura-software") { folder in
      try useSnapshot(folder)
      let missing = try MGC.run(["check", "--language", "en", "--now", MGC.now], in: folder)
      #expect(missing.status == 1)
      #expect(missing.text.contains("mgc verify --record"))
      let port = try Judge.read("free_port.py", input: [], as: UInt16.self)
      #expect(
        try MGC.run(
          ["verify", "--record", "--now", MGC.now, "--server", "127.0.0.1:\(port)"], in: folder
        ).status == 0)
      let check = try MGC.run(["check", "--language", "en", "--now", MGC.now], in: folder)
      #expect(check.status == 0)
      #expect(check.text.contains("dns/snapshot.json:"))
      #expect(check.text.contains("MGC3104"))
      let plan = try MGC.run(["plan", "--language", "en", "--now", MGC.now], in: folder)
      #expect(plan.text.contains("+ SPF of sakura-software.example"))
    }
  }

  @Test func `A file that is not mgc's is not overwritten, and no link is followed`() throws {
    let zone = try #require(try zones("sakura-software")["sakura-software.example"])
    try NameServer.run(zones: ["sakura-software.example": zone]) { bind in
      try Scratch.example("sakura-software") { folder in
        let file = folder.appending(path: "dns/snapshot.json")
        try FileManager.default.createDirectory(
          at: folder.appending(path: "dns"), withIntermediateDirectories: false)
        for text in ["{\"mine\": 1}\n", "", "not json {"] {
          try Data(text.utf8).write(to: file)
          #expect(try MGC.run(["verify", "--record"] + server(bind), in: folder).status == 1)
          #expect(try String(contentsOf: file, encoding: .utf8) == text)
        }
        try FileManager.default.removeItem(at: file)
        let target = folder.appending(path: "elsewhere.json")
        try FileManager.default.createSymbolicLink(at: file, withDestinationURL: target)
        #expect(try MGC.run(["verify", "--record"] + server(bind), in: folder).status == 1)
        #expect(!FileManager.default.fileExists(atPath: target.path()))
        try FileManager.default.removeItem(at: folder.appending(path: "dns"))
        try FileManager.default.createSymbolicLink(
          at: folder.appending(path: "dns"),
          withDestinationURL: FileManager.default.temporaryDirectory)
        #expect(try MGC.run(["verify", "--record"] + server(bind), in: folder).status == 1)
        #expect(
          try FileManager.default.contentsOfDirectory(atPath: folder.path()).filter {
            $0.contains(".mgc-")
          } == [])
      }
    }
  }

  @Test(arguments: ["nonsense", "127.0.0.1:0", "127.0.0.1:x", ""])
  func `A server that is none is wrong use`(_ text: String) throws {
    #expect(try MGC.run(["verify", "--server", text], in: MGC.root).status == 64)
  }

  /// The snapshot of the example is what is recorded of the zones in Fixtures/momiji-group.dns.
  @Test func exampleIsRecorded() throws {
    let zones = try zones("momiji-group")
    try NameServer.run(zones: zones) { bind in
      try Scratch.example("momiji-group") { folder in
        try? FileManager.default.removeItem(at: folder.appending(path: "dns"))
        #expect(try MGC.run(["verify", "--record"] + server(bind), in: folder).status == 0)
        let bytes = try Data(contentsOf: folder.appending(path: "dns/snapshot.json"))
        let committed = MGC.root.appending(path: "examples/momiji-group/dns/snapshot.json")
        if Golden.isRecording {
          try FileManager.default.createDirectory(
            at: committed.deletingLastPathComponent(), withIntermediateDirectories: true)
          try bytes.write(to: committed)
          Issue.record("recorded \(committed.lastPathComponent)")
        } else {
          let isSame = try Data(contentsOf: committed) == bytes
          #expect(isSame, "examples/momiji-group/dns/snapshot.json differs; make golden renews it")
        }
      }
    }
  }
}
