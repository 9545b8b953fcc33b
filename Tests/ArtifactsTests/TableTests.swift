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

  @Test(arguments: CSVTable.Delimiter.allCases)
  func everyCellIsReadBack(delimiter: CSVTable.Delimiter) throws {
    let cells = HostileText.values().compactMap(CSVCell.init)
    #expect(cells.count > 300)
    let table = CSVTable(
      header: ["a", "b", "c"], rows: cells.map { [$0, "x", $0] }, delimiter: delimiter,
      encoding: delimiter == .semicolon ? .utf8WithMark : .utf8)
    let read = try Judge.read(
      "csv_reader.py", [delimiter.rawValue], input: table.bytes, as: [[String]].self)
    let expected = [["a", "b", "c"]] + cells.map { [$0.text, "x", $0.text] }
    #expect(read.allSatisfy { $0.count == 3 })
    #expect(read.flatMap(\.self).differences(from: expected.flatMap(\.self)) == [])
    #expect(read.joined().allSatisfy { !["=", "+", "-", "@"].contains($0.prefix(1)) })
  }

  @Test(arguments: [LineList.LineEnding.lf, .crlf])
  func everyEntryIsReadBack(ending: LineList.LineEnding) throws {
    let entries = HostileText.values().compactMap(LineEntry.init)
    #expect(entries.count > 300)
    let read = try Judge.read(
      "line_reader.py", input: LineList(entries, ending: ending).bytes, as: [String].self)
    #expect(read.differences(from: entries.map(\.text)) == [])
    #expect(
      ["", "a\nb", "\r", "a\u{0}", "\u{85}", "\u{2028}", "a\u{B}"].allSatisfy {
        LineEntry($0) == nil
      })
  }

  @Test func jsonIsWrittenForReview() {
    let document = JSONDocument(.object(["a": .strings(["x"])]))
    #expect(document.bytes == "{\n  \"a\": [\n    \"x\"\n  ]\n}\n".octets)
  }
}
