import Compiler
import Foundation
import Procedure
import TenantReading
import TestSupport
import Testing
import Wording

/// The published schema of tenant.yaml, judged by a validator that knows nothing of mgc.
struct SchemaTests {
  /// What JSON Schema cannot say: how a number was spelled, characters that cannot be seen or look
  /// like others, what other files hold, and bits beyond a prefix's length.
  static let unsayable: Set = [
    "MGC1002-csv", "MGC1002-zone", "MGC1003-csv", "MGC1003-txt", "MGC1003-zone", "MGC1018-csv",
    "MGC1018-entra", "MGC1018-txt", "MGC1018-zone", "MGC1031", "MGC1038", "MGC1038-underscore",
    "MGC1038-zero", "MGC1044", "MGC1045-float", "MGC1061", "MGC1062", "MGC1062-self", "MGC1063",
    "MGC1064", "MGC1065-standard", "MGC2004", "MGC2004-v6", "MGC2008-address", "MGC2016", "MGC2017",
    "MGC2018", "MGC2060", "MGC2060-address", "MGC2060-pattern", "MGC2060-written", "MGC3163",
    "MGC3163-name", "MGC3163-twice", "MGC3380",
  ]

  private struct Report: Decodable {
    struct Refusal: Decodable { let filename: String }
    let errors: [Refusal]
    let parse_errors: [Refusal]?
  }

  /// The files that the schema refuses, of files that are YAML.
  static func refused(_ files: [URL]) throws -> Set<String> {
    let environment =
      ProcessInfo.processInfo.environment["MGC_JUDGES"]
      ?? Judge.root.appending(path: ".build/judges").path()
    let schema = Judge.root.appending(path: "schema/tenant.v1.json").path()
    let verdict = try Judge.run(
      environment + "/bin/check-jsonschema",
      ["--schemafile", schema, "-o", "json"] + files.map { $0.path() })
    guard verdict.status <= 1 else { throw Judge.Failure(description: verdict.errors) }
    let report = try JSONDecoder().decode(Report.self, from: verdict.output)
    #expect((report.parse_errors ?? []).map(\.filename) == [])
    return Set(report.errors.map(\.filename))
  }

  @Test func `Every example passes`() throws {
    let examples = Judge.root.appending(path: "examples")
    let paths = try FileManager.default.subpathsOfDirectory(atPath: examples.path())
      .filter { $0.hasSuffix("tenant.yaml") }
    #expect(paths.count >= 7)
    #expect(try Self.refused(paths.map { examples.appending(path: $0) }) == [])
  }

  @Test func `It refuses every structural fault that JSON Schema can say`() throws {
    let files = ReadingFixture.all.map { ReadingFixture.folder.appending(path: "\($0.name).yaml") }
    let refused = try Self.refused(files)
    let passed = ReadingFixture.all.map(\.name).filter { name in
      !refused.contains(ReadingFixture.folder.appending(path: "\(name).yaml").path())
    }
    #expect(Set(passed) == Self.unsayable)
  }

  @Test func `What is no tenant at all is refused by both`() throws {
    let texts = ["[]", "{}", "version: 1", "text", "null"]
    try Judge.inFolder { folder in
      let files = texts.indices.map { folder.appending(path: "\($0).yaml") }
      for (file, text) in zip(files, texts) { try Data(text.utf8).write(to: file) }
      #expect(try Self.refused(files) == Set(files.map { $0.path() }))
    }
    for text in texts { #expect(try Compiled(text).compilation.hasErrors) }
  }

  @Test func `An editor explains every key and word of the examples`() throws {
    struct Report: Decodable {
      let count: Int
      let faults: [String]
    }
    let texts = try Examples.folders.map(Examples.text)
    let schema = try JSONSerialization.jsonObject(
      with: Data(contentsOf: Judge.root.appending(path: "schema/tenant.v1.json")))
    let input = try JSONSerialization.data(withJSONObject: ["schema": schema, "texts": texts])
    let report = try Judge.read("schema_hover.py", input: Array(input), as: Report.self)
    #expect(report.count >= 300)
    #expect(report.faults == [])
    print("keys of the examples that an editor explains: \(report.count)")
  }

  @Test func `Every key and word is explained in both languages`() {
    #expect(KeyEntry.all.count >= 130)
    for entry in KeyEntry.all {
      for text in [entry.key.about, entry.key.details].compactMap({ $0 }) {
        #expect(!text.ja.isEmpty && !text.en.isEmpty, "\(entry.name)")
      }
      for word in entry.words {
        #expect(!word.about.ja.isEmpty && !word.about.en.isEmpty, "\(entry.name): \(word.word)")
      }
      for example in entry.form?.examples ?? [] { #expect(!example.isEmpty) }
    }
    let names = KeyEntry.all.map(\.name)
    #expect(Set(names).count == names.count)
  }

  @Test func `What the contract says is said of keys that exist`() {
    let names = Set(KeyEntry.all.map(\.name))
    let paths = ContractKeys.belongings.map(\.path) + ContractKeys.needs.map(\.path)
    #expect(paths.count >= 25)
    #expect(Set(paths).subtracting(names) == [])
  }
}
