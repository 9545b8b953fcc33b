import Foundation
import Testing

/// `mgc fmt`, run as people run it.
struct FormatTests {
  private static let ugly = "version:   1   \r\ntenant: {name: x,id: y} # who\n"
  private static let clean = "version: 1\ntenant: { id: y, name: x }  # who\n"

  private func write(_ text: String, to name: String, in folder: URL) throws {
    let file = folder.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  private func text(_ name: String, in folder: URL) throws -> String {
    try String(contentsOf: folder.appending(path: name), encoding: .utf8)
  }

  @Test func `The file is replaced once, and keeps its permissions`() throws {
    try Scratch.folder { folder in
      try write(Self.ugly, to: "tenant.yaml", in: folder)
      let path = folder.appending(path: "tenant.yaml").path()
      try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: path)
      let first = try MGC.run(["fmt"], in: folder)
      #expect(first.status == 0 && first.text == "tenant.yaml\n" && first.errors.isEmpty)
      #expect(try text("tenant.yaml", in: folder) == Self.clean)
      let attributes = try FileManager.default.attributesOfItem(atPath: path)
      #expect(attributes[.posixPermissions] as? Int == 0o640)
      let second = try MGC.run(["fmt"], in: folder)
      #expect(second.status == 0 && second.text.isEmpty)
      let after = try FileManager.default.attributesOfItem(atPath: path)
      #expect(after[.systemFileNumber] as? Int == attributes[.systemFileNumber] as? Int)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path()) == ["tenant.yaml"])
    }
  }

  @Test func `Checking names what would change, and writes nothing`() throws {
    try Scratch.folder { folder in
      try write(Self.ugly, to: "a/tenant.yaml", in: folder)
      try write(Self.clean, to: "b/tenant.yaml", in: folder)
      let outcome = try MGC.run(["fmt", "--check"], in: folder)
      #expect(outcome.status == 1 && outcome.text == "a/tenant.yaml\n")
      #expect(try text("a/tenant.yaml", in: folder) == Self.ugly)
      #expect(try MGC.run(["fmt", "--check", "b"], in: folder).status == 0)
      #expect(try MGC.run(["fmt"], in: folder).status == 0)
      #expect(try MGC.run(["fmt", "--check"], in: folder).status == 0)
    }
  }

  @Test func `Standard input goes to standard output`() throws {
    try Scratch.folder { folder in
      try write(Self.ugly, to: "ugly", in: folder)
      try write("a: [", to: "broken", in: folder)
      func run(_ arguments: [String], _ name: String) throws -> MGC.Outcome {
        try MGC.run(
          arguments, in: folder,
          input: try FileHandle(forReadingFrom: folder.appending(path: name)))
      }
      let outcome = try run(["fmt", "-"], "ugly")
      #expect(outcome.status == 0 && outcome.text == Self.clean)
      let check = try run(["fmt", "--check", "-"], "ugly")
      #expect(check.status == 1 && check.text.isEmpty)
      let broken = try run(["fmt", "-", "--language", "en"], "broken")
      #expect(broken.status == 1 && broken.text.isEmpty && broken.errors.contains("MGC1004"))
    }
  }

  @Test func `What cannot be read stays, and stops no other`() throws {
    try Scratch.folder { folder in
      let broken = "version: 1\nversion:   2\n"
      try write(broken, to: "a/tenant.yaml", in: folder)
      try write(Self.ugly, to: "b/tenant.yaml", in: folder)
      // An unknown key is no matter of the layout.
      try write("frobnicate:  1\nversion: 1\n", to: "c/tenant.yaml", in: folder)
      let outcome = try MGC.run(["fmt"], in: folder)
      #expect(outcome.status == 1 && outcome.text == "b/tenant.yaml\nc/tenant.yaml\n")
      #expect(outcome.errors.contains("a/tenant.yaml:2:1"))
      #expect(try text("a/tenant.yaml", in: folder) == broken)
      #expect(try text("c/tenant.yaml", in: folder) == "version: 1\nfrobnicate: 1\n")
      #expect(try MGC.run(["fmt", "nowhere"], in: folder).status == 1)
    }
  }

  @Test func `A link is refused, and what it leads to stays`() throws {
    try Scratch.folder { folder in
      try write(Self.ugly, to: "elsewhere", in: folder)
      try FileManager.default.createSymbolicLink(
        atPath: folder.appending(path: "tenant.yaml").path(), withDestinationPath: "elsewhere")
      let outcome = try MGC.run(["fmt", "--language", "en"], in: folder)
      #expect(outcome.status == 1 && outcome.errors.contains("symbolic link"))
      #expect(try text("elsewhere", in: folder) == Self.ugly)
    }
  }
}
