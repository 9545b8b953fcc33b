import TableText
import TestSupport
import Testing

/// What a sample shows of its form.
struct TableSampleTests {
  private static func form(
    _ text: String, _ header: [String]? = nil, columns: Int = 1, encoding: TextEncoding = .utf8
  ) throws -> TableForm {
    var bytes = encoding.mark
    encoding.append(text, to: &bytes)
    return try TableSample(
      bytes, .init(header: header, columns: columns, encoding: nil, fallback: .utf8)
    ).form
  }

  private static func problem(
    _ bytes: [UInt8], _ header: [String]? = nil, columns: Int = 1, encoding: TextEncoding? = nil
  ) -> TableProblem? {
    do throws(TableProblem) {
      _ = try TableSample(
        bytes, .init(header: header, columns: columns, encoding: encoding, fallback: .utf8))
      return nil
    } catch {
      return error
    }
  }

  @Test(arguments: TextEncoding.allCases)
  func theEncodingIsThatOfTheBytes(_ encoding: TextEncoding) throws {
    let form = try Self.form("送信者,備考\r\na@b.example,あ\r\n", ["送信者", "備考"], encoding: encoding)
    #expect(form.encoding == encoding)
    #expect(form.delimiter == .comma && form.columns == 2)
    #expect(form.lineEnd == .crlf && form.endsLastLine)
  }

  @Test(arguments: TableForm.Delimiter.allCases, TableForm.LineEnd.allCases)
  func delimiterAndLineEnds(_ delimiter: TableForm.Delimiter, _ end: TableForm.LineEnd) throws {
    let mark = String(UnicodeScalar(delimiter.rawValue))
    for last in ["", end.rawValue] {
      let text = "a\(mark)b\(end.rawValue)1\(mark)2\(last)"
      let form = try Self.form(text, ["b", "a"])
      #expect(form.delimiter == delimiter && form.lineEnd == end)
      #expect(form.endsLastLine == !last.isEmpty)
      #expect(form.bytes(of: [["1", "2"]]) == Array(text.utf8))
    }
  }

  @Test func oneColumnWithoutQuotesIsText() throws {
    let form = try Self.form("=a,b\nc;d\n")
    #expect(form.layout == .lines)
    #expect(form.refusal(of: "=1,2") == nil)
    #expect(form.refusal(of: "") == .empty)
    #expect(form.bytes(of: [["=1"], ["\"x"]]) == Array("=1\n\"x\n".utf8))
    let table = try Self.form("\"a\"\n\"b\"\n")
    #expect(table.delimiter == .comma)
    #expect(table.refusal(of: "=1") == .formula)
  }

  @Test func quotesAreThoseOfEachColumn() throws {
    let text = "a,\"b\",c,d\n1,\"x\",\"\",\"p,q\"\n2,\"y\",\"z\",r\n"
    let form = try Self.form(text, ["a", "b", "c", "d"])
    #expect(
      form.bytes(of: [["1", "x", "", "p,q"], ["2", "y", "z", "r"]]) == Array(text.utf8))
    let sparse = try Self.form("a,b\n\"x\",\n\"y\",\"z\"\n", ["a", "b"])
    #expect(
      sparse.bytes(of: [["u", ""], ["v", "w"]]) == Array("a,b\n\"u\",\n\"v\",\"w\"\n".utf8))
    let bare = try Self.form("a,b\nx,y\n", ["a", "b"])
    #expect(bare.refusal(of: "p,q") == .quotes && bare.refusal(of: "p;q") == nil)
    let header = try Self.form("\"a\",\"b\"\n", ["a", "b"])
    #expect(header.bytes(of: [["x", "y"]]) == Array("\"a\",\"b\"\n\"x\",\"y\"\n".utf8))
  }

  @Test(arguments: ["=1", "+1", "-1", "@x", "＝1", "＋1", "－1", "＠x", " =1", "\t=", "\t1"])
  func formulasAreRefused(_ text: String) throws {
    #expect(try Self.form("a,b\n\"x\",\"y\"\n", ["a", "b"]).refusal(of: text) == .formula)
  }

  @Test(
    arguments: [
      ("", .empty), ("a,b\nx\n", .uneven(count: 1, expected: 2)), ("a,b\nx,\"y\n", .openQuote),
      ("a,b\nx,\"y\"z\n", .afterQuote), ("a,b\nx,y\"z\n", .strayQuote), ("a,b\nx,y\r\n", .lineEnds),
      ("a,b\nx,\"y\"\nx,y\n", .quoting), ("c|d\nx|y\n", .noDelimiter),
    ] as [(String, TableProblem.Reason)])
  func whatIsUnclearIsSaid(_ text: String, _ reason: TableProblem.Reason) {
    #expect(Self.problem(Array(text.utf8), ["a", "b"])?.reason == reason)
  }

  @Test func aWrongEncodingHasItsByte() {
    let utf8 = Array("送信者\nあ\n".utf8)
    let problem = Self.problem(utf8, ["送信者"], encoding: .cp932)
    #expect(problem?.reason == .encoding(.cp932))
    let broken = Self.problem(Array("a\nb".utf8) + [0xFF, 0x0A])
    #expect(broken == TableProblem(.noEncoding, at: 3..<4))
    #expect(Self.problem([0xFF, 0xFE, 0x41, 0x00])?.reason == .utf16)
    #expect(Self.problem([0xEF, 0xBB, 0xBF, 0x41], encoding: .cp932)?.range == 0..<3)
    // A user-defined character of CP932.
    #expect(Self.problem([0xF0, 0x40, 0x0A], encoding: .cp932)?.range == 0..<1)
  }

  /// Damaged exports end in records or a problem with a place, always.
  @Test func damagedFilesEnd() throws {
    let seeds: [([UInt8], [String]?)] = [
      (Array("送信者,備考\r\n\"a@b.example\",\"x \"\"y\"\"\"\r\n\"c\",\"d\"\r\n".utf8), ["送信者", "備考"]),
      (Array("\u{FEFF}a;b\n1;2\n".utf8), ["a", "b"]), (Array("@x\n=y\n".utf8), nil),
      ([0x91, 0x97, 0x90, 0x4D, 0x09, 0x62, 0x0A, 0xFB, 0xFC, 0x09, 0x63, 0x0A], ["送信", "b"]),
    ]
    var random = SplitMix64(seed: 7120)
    let parts: [[UInt8]] = [
      [0x22], [0x2C], [0x09], [0x3B], [0x0A], [0x0D], [0x0D, 0x0A], [0xEF, 0xBB, 0xBF], [0xFF],
      [0x00], [0x81], [0xFA, 0x5C], [0xF0, 0x40], [0x22, 0x22], Array("＝".utf8), [0x3D],
    ]
    var read = 0
    for round in 0..<10_000 {
      var (bytes, header) = seeds[round % seeds.count]
      for _ in 0...Int.random(in: 0..<4, using: &random) {
        let place = Int.random(in: 0...bytes.count, using: &random)
        let end = min(place + Int.random(in: 0..<4, using: &random), bytes.count)
        bytes.replaceSubrange(place..<end, with: parts.randomElement(using: &random) ?? [])
      }
      do throws(TableProblem) {
        let form = try TableSample(
          bytes, .init(header: header, columns: 1, encoding: nil, fallback: .cp932)
        ).form
        let records = try form.records(in: bytes)
        read += 1
        for record in records {
          #expect(record.range.upperBound <= bytes.count && record.cells.count == form.columns)
        }
      } catch {
        #expect(0 <= error.range.lowerBound && error.range.upperBound <= bytes.count)
      }
    }
    #expect(read > 500, "\(read)")
  }

  @Test func tooManyRecordsAreRefused() {
    let bytes = [UInt8](repeating: 0x0A, count: TableReader.limit + 1)
    #expect(Self.problem(Array("a".utf8) + bytes)?.reason == .tooLong)
  }
}
