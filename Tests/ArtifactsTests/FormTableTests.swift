import Artifacts
import Foundation
import TableText
import TestSupport
import Testing

/// Lists in the form of a customer's sample, read by programs that know nothing of it.
struct FormTableTests {
  struct Case: Sendable, CustomTestStringConvertible {
    let encoding: TextEncoding
    let delimiter: TableForm.Delimiter
    var testDescription: String { "\(encoding) \(delimiter)" }

    var mark: String { String(UnicodeScalar(delimiter.rawValue)) }

    var form: TableForm {
      var header: [UInt8] = []
      encoding.append("\"送信者\"\(mark)有効\(mark)備考", to: &header)
      return TableForm(
        encoding: encoding,
        layout: .cells(delimiter, [.always, .needed, .unlessEmpty], mayQuote: true),
        header: header, columns: 3)
    }

    /// What hostile texts the form takes.
    func texts(_ values: [String]) -> [String] {
      values.filter { form.refusal(of: $0) == nil && !$0.isEmpty && !$0.contains("\u{FEFF}") }
    }

    var codec: String { encoding == .cp932 ? "cp932" : "utf-8-sig" }
  }

  static let cases = TextEncoding.allCases.flatMap { encoding in
    TableForm.Delimiter.allCases.map { Case(encoding: encoding, delimiter: $0) }
  }

  private static func rows(_ texts: [String]) -> [[String]] { texts.map { [$0, "1", $0] } }

  @Test(arguments: cases)
  func pythonReadsEachValueBack(_ one: Case) throws {
    let texts = one.texts(HostileText.values())
    #expect(texts.count > (one.encoding == .cp932 ? 60 : 200), "\(texts.count)")
    let bytes = FormTable(one.form, rows: Self.rows(texts)).bytes
    let read = try Judge.read(
      "csv_reader.py", [one.mark, one.codec], input: bytes, as: [[String]].self)
    let wanted = [["送信者", "有効", "備考"]] + Self.rows(texts)
    #expect(read.count == wanted.count)
    for (one, other) in zip(read, wanted) {
      #expect(one.map { Array($0.utf8) } == other.map { Array($0.utf8) })
    }
    let own = try one.form.records(in: bytes)
    #expect(own.map { $0.cells.map(\.text) } == Self.rows(texts))
  }

  @Test func iconvTurnsCP932BackByteForByte() throws {
    for delimiter in TableForm.Delimiter.allCases {
      let one = Case(encoding: .cp932, delimiter: delimiter)
      let texts = one.texts(HostileText.values())
      let plain = TableForm(
        encoding: .utf8, layout: one.form.layout,
        header: Array("\"送信者\"\(one.mark)有効\(one.mark)備考".utf8), columns: 3)
      let rows = Self.rows(texts)
      let read = try Judge.run(
        "/usr/bin/iconv", ["-f", "CP932", "-t", "UTF-8"],
        input: FormTable(one.form, rows: rows).bytes)
      #expect(read.status == 0 && Array(read.output) == FormTable(plain, rows: rows).bytes)
    }
  }

  private struct Task: Encodable {
    let delimiter: String
    let encoding: String
    let columns: Int
    let data: Data
  }

  private struct Sheet: Decodable {
    let rows: [[String]]
    let formulas: [String]
  }

  /// LibreOffice is asked once for all, for it takes its time to start.
  @Test func aSpreadsheetReadsEachValueBackAndNoFormula() throws {
    // It shows no controls, and joins what a line ends in.
    let texts = HostileText.values().filter {
      $0.unicodeScalars.count < 200
        && !$0.unicodeScalars.contains { scalar in
          [.control, .unassigned].contains(scalar.properties.generalCategory)
        }
    }
    let values = Self.cases.map { one in Array(one.texts(texts).prefix(150)) }
    var tasks = zip(Self.cases, values).map { one, values in
      Task(
        delimiter: one.mark, encoding: one.encoding == .cp932 ? "cp932" : "utf-8", columns: 3,
        data: Data(FormTable(one.form, rows: Self.rows(values)).bytes))
    }
    // What the judge is to see, it sees.
    tasks.append(
      Task(delimiter: ",", encoding: "utf-8", columns: 1, data: Data("a\r\n=1+1\r\n".utf8)))
    let sheets = try Judge.read(
      "spreadsheet_reader.py", input: Array(try JSONEncoder().encode(tasks)), as: [Sheet].self)
    #expect(sheets.count == Self.cases.count + 1)
    #expect(sheets.last?.formulas == ["of:=1+1"])
    for (index, one) in Self.cases.enumerated() {
      #expect(sheets[index].formulas.isEmpty, "\(one): \(sheets[index].formulas)")
      let wanted = [["送信者", "有効", "備考"]] + Self.rows(values[index])
      #expect(sheets[index].rows.count == wanted.count, "\(one)")
      for (read, wanted) in zip(sheets[index].rows, wanted) {
        #expect(read == wanted, "\(one)")
      }
    }
  }
}
