import Compiler
import Diagnostics
import Foundation
import Invariants
import SourceText
import Testing

/// Large and malformed files: a clear finding each, and what holds of every compilation. Anything
/// quadratic would take hours here.
struct BadInputTests {
  /// Nearly as large as the reader takes in the long run, a fortieth of that in the short one.
  static let size = ProcessInfo.processInfo.environment["MGC_PROOF"] == "1" ? 60 << 20 : 3 << 19

  static let pieces = [
    "[", "{a: ", "- ", "? ", "#", "# x\n", "\n", "\r\n", "a: b\n", "x", "\"", "'", "&a ", "*a ",
    "楓", "\u{200B}a", "葛\u{E0100}", "GOCSPX-hunter2hunter2hunter2hun ", "\t", "!t ", ",", "|\n",
    "- &a [x]\n- *a\n", "{ \u{2028}: 1 } ", "a: [ ] ]\n", "password: x ",
  ]

  @Test(arguments: pieces)
  func `Many of one piece end in few findings`(_ piece: String) {
    let bytes = [UInt8](String(repeating: piece, count: Self.size / piece.utf8.count).utf8)
    #expect(FuzzInput(nil, bytes).faults() == [])
  }

  @Test(
    arguments: FuzzInput.Kind.allCases,
    ["x", "\n", "\"", "(", "a,", "=;", "[", "{\"a\":", "@", " "])
  func `Many of one piece in a file that a tenant names`(_ kind: FuzzInput.Kind, _ piece: String) {
    let bytes = [UInt8](
      String(repeating: piece, count: Self.size / 8 / piece.utf8.count).utf8)
    #expect(FuzzInput(kind, bytes).faults() == [])
  }

  /// A thousand findings on one line cost a thousand places on it.
  @Test func `Many findings on one line`() throws {
    let words = (0..<Self.size / 24).map { "w\($0)" }.joined(separator: ", ")
    let note = String(repeating: "楓", count: Self.size / 3)
    let compiled = try Compiled("{ note: \"\(note)\", contract: { services: [\(words)] } }")
    #expect(compiled.findings.count == DiagnosticBag.limit && compiled.compilation.dropped > 0)
    #expect(RenderedFindings(compiled.findings, compiled.sources).faults == [])
  }

  static let encodings: [(String, [UInt8], Int)] = [
    ("NUL", Array("version: 1\0\n".utf8), 1003),
    ("not UTF-8", Array("name: ".utf8) + [0x8A, 0x94, 0x0A], 1001),
    ("a surrogate", Array("name: ".utf8) + [0xED, 0xA0, 0x80, 0x0A], 1001),
    ("a pair of surrogates", [0xED, 0xA0, 0xBD, 0xED, 0xB8, 0x80], 1001),
    ("a cut character", Array("name: 楓".utf8.dropLast()), 1001),
    ("beyond Unicode", [0xF4, 0x90, 0x80, 0x80], 1001),
    ("overlong", [0xC0, 0xAF], 1001),
    ("a surrogate's escape", Array(#"name: "\ud800""#.utf8), 1004),
    ("a pair of escapes", Array(#"name: "\ud83d\ude00""#.utf8), 1004),
    ("UTF-8 BOM", [0xEF, 0xBB, 0xBF] + Array("version: 1\n".utf8), 1002),
    ("UTF-16LE", Array("version: 1\n".utf16).flatMap { [UInt8($0), 0] }, 1002),
    ("UTF-16BE", Array("version: 1\n".utf16).flatMap { [0, UInt8($0)] }, 1002),
    ("UTF-16LE BOM", [0xFF, 0xFE] + Array("v: 1".utf16).flatMap { [UInt8($0), 0] }, 1002),
    ("UTF-32LE", Array("v: 1".utf16).flatMap { [UInt8($0), 0, 0, 0] }, 1002),
    ("UTF-32BE BOM", [0, 0, 0xFE, 0xFF, 0, 0, 0, 0x76], 1002),
    ("CR alone", Array("version: 1\rtenant: x\r".utf8), 1003),
    ("a tab", Array("tenant:\n\tid: x\n".utf8), 1004),
    ("nothing", [], 1014),
    ("white space", Array(" \n\n".utf8), 1014),
  ]

  @Test(arguments: encodings)
  func `A file in another encoding`(_ name: String, _ bytes: [UInt8], _ code: Int) throws {
    let findings = FuzzInput(nil, bytes).findings()
    #expect(findings.map(\.code.number).contains(code), "\(name): \(findings.map(\.code.number))")
    #expect(findings.count <= 3, "\(name)")
    #expect(FuzzInput(nil, bytes).faults() == [])
    for kind in FuzzInput.Kind.allCases { #expect(FuzzInput(kind, bytes).faults() == []) }
  }

  /// CR LF, LF and a mix of both read as the same.
  @Test func `Line ends may be mixed`() throws {
    var count = 0
    let mixed = FuzzInput.tenant.split(separator: "\n", omittingEmptySubsequences: false)
      .reduce("") { text, line in
        count += 1
        return text + line + (count.isMultiple(of: 2) ? "\r\n" : "\n")
      }
    #expect(FuzzInput(nil, Array(mixed.utf8)).faults() == [])
    let ends = try [mixed, FuzzInput.tenant.replacing("\n", with: "\r\n"), FuzzInput.tenant].map {
      try Compiled($0).findings.map(\.code.number)
    }
    #expect(Set(ends).count == 1)
  }

  /// Aliases that stand for ever more, and for themselves.
  @Test(arguments: [
    "a0: &a0 [x, x]\n" + (1...40).map { "a\($0): &a\($0) [*a\($0 - 1), *a\($0 - 1)]\n" }.joined(),
    "a: &a [*a]\n", "a: &a { b: *a, c: [*a, *a] }\n",
    "a0: &a0 { b: x }\n" + (1...90).map { "a\($0): &a\($0) { b: *a\($0 - 1) }\n" }.joined(),
  ])
  func `Aliases that never end`(_ text: String) throws {
    let codes = try Compiled(text).findings.map(\.code.number)
    #expect(!codes.isEmpty && codes.count <= 5)
    #expect(codes.allSatisfy { [1009, 1010, 1011].contains($0) }, "\(codes)")
    #expect(FuzzInput(nil, Array(text.utf8)).faults() == [])
  }

  /// What the fuzzer found once is well now.
  @Test func `What was found stays mended`() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "Fuzz/Found")
    for name in (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? [] {
      let bytes = Array(try Data(contentsOf: folder.appending(path: name)))
      #expect(FuzzInput(bytes).faults() == [], "\(name)")
    }
  }
}
