import Compiler
import Diagnostics
import Foundation
import JSONText
import TenantReading
import TestSupport
import Testing

/// The published schema against mgc over damaged examples: what the schema refuses mgc refuses, and
/// what mgc refuses the schema refuses, but for what JSON Schema cannot express.
struct SchemaDifferentialTests {
  /// Whether JSON Schema cannot express an error, by its code and the text that it stands at.
  static func isBeyond(_ code: Int, _ text: String) -> Bool {
    switch code {
    // How a document and its scalars are spelled is gone once it has been parsed.
    case 1001...1031, 1038: true
    case 1040: ["True", "TRUE", "False", "FALSE"].contains(text)
    case 1045: ["1.0", "01", "+1", "0x1"].contains(text)
    // What files hold.
    case 1044, 2016...2018: true
    // IDNA beyond ASCII; and where an A-label would grow beyond its limits.
    case 2001, 2002, 2010, 2014:
      !text.utf8.allSatisfy { $0 < 0x80 } || text.contains("xn--") || text.contains("%")
    // The grammar of IPv6, bits beyond a length, and the grammars of SPF terms.
    case 2003: text.contains(":")
    case 2004, 2008: true
    case 2011, 2012: text.contains("-02-29")
    // The rules: one place of the file against another, and the field's facts. What the contract
    // asks for, and how long lists may be, is in the schema.
    case 2120, 2121, 9001, 9002, 9004...9006: false
    case 2100...: true
    default: false
    }
  }

  /// How many damaged files a test makes.
  private static var count: Int {
    ProcessInfo.processInfo.environment["MGC_PROOF"] == "1" ? 20_000 : 3_000
  }

  private struct Example {
    let folder: URL
    let tree: MutantTree
  }

  private static func examples() throws -> [Example] {
    try Examples.folders.map { folder in
      let text = try Examples.text(in: folder)
      return Example(folder: folder, tree: try #require(MutantTree(yaml: text)))
    }
  }

  private static func verdicts(_ texts: [String]) throws -> [Bool?] {
    let file = Judge.root.appending(path: "schema/tenant.v1.json")
    let schema = try JSONSerialization.jsonObject(with: Data(contentsOf: file))
    let input = try JSONSerialization.data(withJSONObject: ["schema": schema, "texts": texts])
    return try Judge.read("schema_verdicts.py", input: Array(input), as: [Bool?].self)
  }

  /// The errors of mgc, each with its code and the text that it stands at.
  private static func errors(_ text: String, in folder: URL) throws -> [(code: Int, text: String)] {
    let compiled = try Compiled(text) { path in
      try? String(contentsOf: folder.appending(path: path), encoding: .utf8)
    }
    return compiled.errors.map { ($0.code.number, compiled.source($0)) }
  }

  @Test func `The schema and mgc agree on damaged examples`() throws {
    let examples = try Self.examples()
    #expect(examples.count >= 5)
    let keys = KeyEntry.all.map(\.key.name)
    var mutator = Mutator(examples.map(\.tree), keys: keys, seed: 11)
    var files: [(folder: URL, text: String)] = []
    var seen: Set<String> = []
    func add(_ example: Example, _ tree: MutantTree) {
      let text = tree.yaml + "\n"
      if seen.insert(text).inserted { files.append((example.folder, text)) }
    }
    for example in examples {
      add(example, example.tree)
      for place in example.tree.places { add(example, Mutator.without(place, example.tree)) }
    }
    let whole = files.count
    while files.count < Self.count {
      let example = examples[Int.random(in: examples.indices, using: &mutator.random)]
      add(example, mutator.mutant(of: example.tree))
    }

    let verdicts = try Self.verdicts(files.map(\.text))
    try #require(verdicts.count == files.count)
    var figures = Figures()
    var faults: [String] = []
    for (file, verdict) in zip(files, verdicts) {
      let errors = try Self.errors(file.text, in: file.folder)
      // Of a key that stands twice, JSON Schema sees the last value only.
      let isDoubled = errors.contains { $0.code == 1005 }
      let sayable = errors.filter { !isDoubled && !Self.isBeyond($0.code, $0.text) }
      switch verdict {
      case nil:
        figures.notYAML += 1
        if errors.isEmpty { faults.append("mgc reads what is not YAML:\n\(file.text)") }
      case true where errors.isEmpty: figures.bothAccept += 1
      case true:
        figures.mgcOnly += 1
        for code in Set(errors.map(\.code)) { figures.byCode[code, default: 0] += 1 }
        for error in sayable {
          faults.append("the schema passes MGC\(error.code) at \(error.text.prefix(80))")
        }
      case false where errors.isEmpty:
        figures.schemaOnly += 1
        faults.append("the schema refuses what mgc reads:\n\(file.text)")
      case false: figures.bothRefuse += 1
      }
    }
    figures.show(total: files.count, removals: whole)
    for fault in Set(faults).sorted().prefix(5) { Issue.record(Comment(rawValue: fault)) }
    #expect(faults.isEmpty, "\(faults.count) of \(files.count)")
    // A generator that makes only rubbish, or none, would prove nothing.
    #expect(figures.bothAccept >= Self.count / 20)
    #expect(figures.bothRefuse >= Self.count / 3)
    #expect(files.count >= 2_000)
  }

  private struct Figures {
    var bothAccept = 0
    var bothRefuse = 0
    var mgcOnly = 0
    var schemaOnly = 0
    var notYAML = 0
    var byCode: [Int: Int] = [:]

    func show(total: Int, removals: Int) {
      let codes = byCode.sorted { $0.key < $1.key }.map { "MGC\($0.key) \($0.value)" }
      print(
        """
        schema and mgc over \(total) files (\(removals) with one thing removed): \
        both accept \(bothAccept), both refuse \(bothRefuse), not YAML \(notYAML), \
        only the schema refuses \(schemaOnly), only mgc refuses \(mgcOnly): \
        \(codes.joined(separator: ", "))
        """)
    }
  }
}
