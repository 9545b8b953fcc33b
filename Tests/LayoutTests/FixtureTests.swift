import Diagnostics
import Foundation
import Layout
import SourceText
import Testing
import YAMLTree

/// Every tenant.yaml of the repository, and of a few ugly ones also the text.
struct FixtureTests {
  static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  static let files: [String] = ["Tests", "examples"].flatMap { folder in
    (FileManager.default.enumerator(atPath: root.appending(path: folder).path())?
      .compactMap { $0 as? String } ?? [])
      .filter { $0.hasSuffix(".yaml") && !$0.contains("/out/") }.map { folder + "/" + $0 }
  }.sorted()

  static func bytes(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: root.appending(path: path)))
  }

  @Test func `Every file of the repository keeps its model, and a second time its bytes`() throws {
    var (laidOut, unread, compiled) = (0, 0, 0)
    for path in Self.files {
      let bytes = try Self.bytes(path)
      let once = Formatted(bytes)
      guard let result = once.bytes else {
        #expect(once.findings.contains { $0.code.severity == .error }, "\(path)")
        #expect(!once.isUnproven, "\(path)")
        unread += 1
        continue
      }
      laidOut += 1
      #expect(Formatted(result).bytes == result, "\(path) is another the second time")
      let folder = Self.root.appending(path: path).deletingLastPathComponent()
      let (before, after) = (Model(bytes, folder: folder), Model(result, folder: folder))
      #expect(before == after, "\(path) has another model")
      if before.artifacts != nil { compiled += 1 }
      #expect(Self.comments(bytes) == Self.comments(result), "\(path)")
    }
    #expect(laidOut > 150 && compiled > 30 && unread > 20)
    print(
      "fmt: \(laidOut) files laid out, \(compiled) compiled to the same artifacts, \(unread) unread"
    )
  }

  /// The comments as a person would find them who does not know YAML: what follows a `#` that
  /// begins a line or stands after a blank, sorted.
  private static func comments(_ bytes: [UInt8]) -> [String] {
    String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isNewline).compactMap { line in
      var before: Character = " "
      for index in line.indices {
        if line[index] == "#", before == " " || before == "\t" {
          return line[index...].trimmingCharacters(in: .whitespaces)
        }
        before = line[index]
      }
      return nil
    }.sorted()
  }

  /// An example is what people copy, so it is written as mgc would.
  @Test(arguments: [
    "kaede-trading", "minimal", "momiji-group", "nadeshiko-medical", "sakura-software",
    "tsubaki-foods",
    "reseller/tenants/aoi-shoji", "reseller/tenants/nagi-works",
  ])
  func examplesAreCanonical(_ name: String) throws {
    let bytes = try Self.bytes("examples/\(name)/tenant.yaml")
    #expect(Formatted(bytes).text == String(decoding: bytes, as: UTF8.self))
  }

  static let ugly = files.filter {
    $0.hasPrefix("Tests/LayoutTests/Fixtures/") && !$0.hasSuffix(".out.yaml")
  }.map { String($0.dropFirst("Tests/LayoutTests/Fixtures/".count).dropLast(5)) }

  /// Recorded by MGC_RECORD=1 and looked at by a person; a recording run fails.
  @Test(arguments: ugly)
  func uglyFilesAreLaidOut(_ name: String) throws {
    let result = try #require(
      Formatted(try Self.bytes("Tests/LayoutTests/Fixtures/\(name).yaml")).bytes)
    let path = "Tests/LayoutTests/Fixtures/\(name).out.yaml"
    if ProcessInfo.processInfo.environment["MGC_RECORD"] == "1" {
      try Data(result).write(to: Self.root.appending(path: path))
      Issue.record("recorded \(path)")
      return
    }
    let golden = String(decoding: try Self.bytes(path), as: UTF8.self)
    #expect(String(decoding: result, as: UTF8.self) == golden)
    #expect(Formatted(golden).text == golden)
  }
}
