import Compiler
import Diagnostics
import Foundation
import SourceText
import TenantReading
import TestSupport
import Testing
import Wording

/// A tenant.yaml below `Fixtures` with one fault. Its first line says what is found and where:
/// `# expect: MGC1035 at 5:3`.
struct ReadingFixture: CustomTestStringConvertible, Sendable {
  let name: String
  let text: String

  var testDescription: String { name }
  var code: String { String(name.prefix(7)) }
  var expected: String {
    String((text.split(separator: "\n").first ?? "").trimmingPrefix("# expect: "))
  }

  static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "Fixtures")

  static let all: [ReadingFixture] = {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path())) ?? []
    return names.filter { $0.hasSuffix(".yaml") }.sorted().map { name in
      ReadingFixture(name: String(name.dropLast(5)), text: file(name) ?? "")
    }
  }()

  static func file(_ name: String) -> String? {
    // A hostile path is never asked for: what leads out of the folder is refused before.
    (try? Data(contentsOf: folder.appending(path: name))).map {
      String(decoding: $0, as: UTF8.self)
    }
  }

  func compiled(_ text: String? = nil) throws -> Compiled {
    try Compiled(text ?? self.text, file: Self.file)
  }
}

/// Every code of the reading of tenant.yaml.
struct ReadingCodeTests {
  @Test(arguments: ReadingFixture.all)
  func `The fixture has exactly its one finding`(_ fixture: ReadingFixture) throws {
    let compiled = try fixture.compiled()
    // What a tenant with such a mail server is always told, of what mgc cannot close.
    let own = compiled.findings.filter { ![8100, 8104].contains($0.code.number) }
    #expect(own.map(compiled.place) == [fixture.expected])
    #expect(fixture.expected.hasPrefix(fixture.code))
    #expect(compiled.compilation.hasErrors && compiled.documents() == nil)
  }

  @Test(arguments: ReadingFixture.all)
  func `A fix takes its finding away and brings nothing`(_ fixture: ReadingFixture) throws {
    let compiled = try fixture.compiled()
    for finding in compiled.findings {
      for fix in finding.fixes where fix.edits.allSatisfy({ $0.span.file == .tenant }) {
        let after = try fixture.compiled(compiled.applying(fix))
        // Rules that could not judge before may have warnings and notes of their own.
        #expect(after.errors.map(after.place) == [], "\(compiled.applying(fix))")
      }
    }
  }

  @Test func `The fixtures with a fix are those with a right answer or a good guess`() throws {
    let fixed = try ReadingFixture.all.filter {
      try $0.compiled().findings.contains { !$0.fixes.isEmpty }
    }
    #expect(
      fixed.map(\.name) == [
        "MGC1003-csv", "MGC1003-txt", "MGC1003-zone", "MGC1030", "MGC1031", "MGC1034-list",
        "MGC1034-way", "MGC1035-fix", "MGC1035-required", "MGC1037-meaning", "MGC1037-prefix",
        "MGC1037", "MGC1038-quoted", "MGC1038-underscore", "MGC1038-zero", "MGC1040",
        "MGC1045-float", "MGC1045-text", "MGC2001-dot", "MGC2001-fullwidth", "MGC2001-include",
        "MGC2001-wildcard", "MGC2002-fullwidth", "MGC2004-v6", "MGC2004", "MGC2005-address",
        "MGC2005", "MGC2006", "MGC2007", "MGC2008-address", "MGC2008", "MGC2010-braces", "MGC2010",
        "MGC2011-slash", "MGC2012-blank", "MGC2013-colon", "MGC2014",
      ])
  }

  @Test(arguments: tenantReadingCodes.map(\.name))
  func `Every code has a fixture and is explained in both languages`(_ name: String) throws {
    #expect(ReadingFixture.all.contains { $0.code == name })
    let code = try #require(tenantReadingCodes.first { $0.name == name })
    for text in [code.title, code.explanation] {
      #expect(text.ja != text.en && !text.en.isEmpty)
      #expect(text.ja.unicodeScalars.contains { (0x3040...0x30FF).contains($0.value) })
    }
    #expect(!code.example.isEmpty)
    for language in [Language.ja, .en] {
      let page = ExplanationRenderer(language: language, colors: false).render(code)
      #expect(page.hasPrefix(name + " "))
      #expect(page.contains(code.title[language]) && page.contains(code.explanation[language]))
    }
  }

  @Test(arguments: ReadingFixture.all)
  func `A finding is shown in both languages`(_ fixture: ReadingFixture) throws {
    let compiled = try fixture.compiled()
    for finding in compiled.findings {
      #expect(finding.message.ja != finding.message.en)
      #expect(!finding.message.ja.hasSuffix("。") && !finding.message.en.hasSuffix("."))
      // Where nothing stands, the place is where it should.
      #expect(!finding.primary.isEmpty || finding.code.name == "MGC1033")
    }
  }
}
