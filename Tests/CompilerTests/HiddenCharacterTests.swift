import Diagnostics
import Invariants
import SourceText
import Testing
import Wording

/// What is seen is what is read: no character that hides or deceives gets through, wherever it
/// stands, and no finding shows it.
struct HiddenCharacterTests {
  /// With the number of bytes in UTF-8.
  static let scalars: [Unicode.Scalar] = [
    "\u{1}", "\u{1B}", "\u{7F}", "\u{85}", "\u{AD}", "\u{61C}", "\u{115F}", "\u{200B}", "\u{200D}",
    "\u{200F}", "\u{2028}", "\u{2029}", "\u{202A}", "\u{202E}", "\u{2060}", "\u{2066}", "\u{2069}",
    "\u{3164}", "\u{E000}", "\u{FE0F}", "\u{FEFF}", "\u{E0041}", "\u{E0100}",
  ]

  static let places = [
    "na^me: x\n", "name: 葛^城\n", "name: x # 注^釈\n", "# ^\nname: x\n", "name: '^'\n",
    "name: \"a^b\"\n", "name: |\n  a^\n", "- &a^ x\n- *a^\n", "- !t^ x\n", "name: x\n^",
  ]

  @Test(arguments: scalars)
  func `Written as it is, it is found where it stands`(_ scalar: Unicode.Scalar) throws {
    for place in Self.places {
      let text = place.replacing("^", with: String(scalar))
      let compiled = try Compiled(text)
      let first = try #require(compiled.findings.first, "\(place)")
      #expect(first.code.number == 1003, "\(place)")
      #expect(compiled.source(first).unicodeScalars.elementsEqual([scalar]), "\(place)")
      #expect(RenderedFindings(compiled.findings, compiled.sources).faults == [])
    }
  }

  /// As an escape it can be seen in the file, and yet not in what is made of it.
  @Test(arguments: scalars)
  func `Written as an escape, no value takes it`(_ scalar: Unicode.Scalar) throws {
    let escape = "\\U" + String(0x1_0000_0000 + UInt64(scalar.value), radix: 16).dropFirst()
    for field in [
      "id: kaede, name: \"a^\"", "id: \"kaede^\", name: a", "id: kaede, \"name^\": a",
      "id: kaede, name: a, language: \"ja^\"",
    ] {
      let text = FuzzInput.tenant.replacing(
        "id: kaede, name: 楓商事株式会社", with: field.replacing("^", with: escape))
      let compiled = try Compiled(text)
      #expect(compiled.errors.contains { $0.primary.lowerBound < 60 }, "\(field)")
      #expect(RenderedFindings(compiled.findings, compiled.sources).faults == [])
    }
  }

  /// Japanese names hold such characters; the text without the selector is the right one.
  @Test(arguments: ["葛\u{E0100}城", "辻\u{E0101}\u{E0102}", "髙\u{FE00}橋", "❤\u{FE0F}"])
  func `A variation selector is named and its fix removes it`(_ name: String) throws {
    let text = FuzzInput.tenant.replacing("楓商事株式会社", with: name)
    let compiled = try Compiled(text)
    let finding = try #require(compiled.findings.first)
    let character = try #require(name.unicodeScalars.first)
    #expect(finding.code.number == 1003)
    #expect(finding.message.ja.contains("「\(character)」の後に目に見えない異体字セレクター"))
    #expect(finding.message.en.contains("variation selector") == true)
    let fix = try #require(finding.fixes.first)
    let fixed = compiled.applying(fix)
    #expect(fixed.unicodeScalars.count < text.unicodeScalars.count)
    #expect(try Compiled(fixed).findings.allSatisfy { $0.code.number != 1003 })
  }

  @Test(arguments: ["a\u{200D}b", "👩\u{200D}👧", "a\u{E0100}\u{200D}b"])
  func `A joiner has no one right answer`(_ name: String) throws {
    let compiled = try Compiled(FuzzInput.tenant.replacing("楓商事株式会社", with: name))
    #expect(compiled.findings.map(\.code.number) == [1003])
    #expect(compiled.findings.flatMap(\.fixes).isEmpty)
  }
}
