import Compiler
import Diagnostics
import Foundation
import Observation
import TenantRules
import Testing
import Wording

/// What every code has.
struct CodeTests {
  @Test(arguments: TenantRules.codes.map(\.number))
  func `A code is explained in two languages`(_ number: Int) throws {
    let code = try #require(TenantRules.codes.first { $0.number == number })
    for text in [code.title, code.explanation] {
      #expect(!text.ja.isEmpty && !text.en.isEmpty && text.ja != text.en)
      #expect(text.ja.unicodeScalars.contains { $0.value > 0x3000 })
    }
    #expect(!code.example.isEmpty)
    #expect(!code.title.ja.hasSuffix("。") && !code.title.en.hasSuffix("."))
    #expect(code.explanation.ja.hasSuffix("。") && code.explanation.en.hasSuffix("."))
    #expect([2, 3, 4, 5, 6, 7, 8, 9].contains(number / 1000))
  }

  @Test(arguments: (Compiler.codes + zoneReadingCodes).map(\.number))
  func `An explanation has substance`(_ number: Int) throws {
    let codes = Compiler.codes + zoneReadingCodes
    let code = try #require(codes.first { $0.number == number })
    // Why it matters, beyond what the title says.
    #expect(code.explanation.ja.count >= 20 && code.explanation.en.count >= 40)
    #expect(code.explanation.ja.count > code.title.ja.count)
    #expect(code.explanation.en.count > code.title.en.count)
    #expect(!code.example.isEmpty)
    // What an explanation reports of a standard or of the vendor has a source.
    let cites = ["規格", "提供元", "記事", "RFC", "案内されて"].contains {
      code.explanation.ja.contains($0)
    }
    if cites { #expect(!code.source.isEmpty, "MGC\(number) cites and has no source") }
  }

  /// The folder of Sources/TenantRules that holds the codes of an area.
  private static let folders = [
    2: "Model", 3: "DNS", 4: "Exchange", 5: "Google", 6: "Postfix", 7: "Settings", 8: "Planning",
    9: "Contract",
  ]

  @Test(arguments: TenantRules.codes.map(\.number))
  func `A code stands in the folder of its area`(_ number: Int) throws {
    let rules = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Sources/TenantRules").standardized
    let folder = rules.appendingPathComponent(try #require(Self.folders[number / 1000]))
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path)
    let holds = try files.contains { name in
      try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
        .contains("DiagnosticCode(\n    \(number), .")
    }
    #expect(holds, "MGC\(number) is not in \(folder.lastPathComponent)")
  }

  @Test func `There are the codes that the field asks for`() {
    #expect(Compiler.codes.count + zoneReadingCodes.count >= 120)
  }

  @Test func `No two codes have one number`() {
    let numbers = (Compiler.codes + zoneReadingCodes).map(\.number)
    let again = Dictionary(grouping: numbers) { $0 }.filter { $0.value.count > 1 }.keys.sorted()
    #expect(again == [])
  }
}
