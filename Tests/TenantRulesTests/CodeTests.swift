import Compiler
import Diagnostics
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

  @Test func `No two codes have one number`() {
    let numbers = (Compiler.codes + zoneReadingCodes).map(\.number)
    let again = Dictionary(grouping: numbers) { $0 }.filter { $0.value.count > 1 }.keys.sorted()
    #expect(again == [])
  }
}
