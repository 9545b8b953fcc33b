import Artifacts
import JSONText
import TableText
import TestSupport
import Testing

@Suite struct TableTests {
  @Test func aTable() throws {
    let text = "a\"b, c"
    let cell = try #require(CSVCell(text))
    let table = CSVTable(
      header: ["名前", "value"], rows: [[cell], [CSVCell(3), "x", " y"]], encoding: .utf8WithMark)
    #expect(table.bytes == "\u{FEFF}名前,value,\r\n\"a\"\"b, c\",,\r\n3,x,\" y\"\r\n".octets)
    #expect(CSVTable(header: ["a"], rows: [[""]]).bytes == "a\r\n\"\"\r\n".octets)
    #expect(CSVTable(header: [], rows: []).bytes == "\r\n".octets)
  }

  @Test(arguments: [
    "=cmd()", "+1", "-1", "@example.jp", "\tx", "\rx", "＝1", "＋1", "－1", "＠x", " =1", "\u{FEFF}=1",
    "\u{3000}@x",
  ])
  func formulasCannotBeCells(text: String) {
    #expect(CSVCell(text) == nil)
    #expect(LineEntry(text) == nil || LineEntry(text)?.text == text)
  }

  @Test(arguments: ["", "a=b", "a@b.jp", "1-2", "日本"])
  func othersCan(text: String) {
    #expect(CSVCell(text)?.text == text)
  }

  @Test(arguments: ["", "a\nb", "\r", "a\u{0}", "\u{85}", "\u{2028}", "a\u{B}"])
  func anEntryIsOneLine(text: String) {
    #expect(LineEntry(text) == nil)
  }

  @Test func jsonIsWrittenForReview() {
    let document = JSONDocument(.object(["a": .strings(["x"])]))
    #expect(document.bytes == "{\n  \"a\": [\n    \"x\"\n  ]\n}\n".octets)
  }
}
