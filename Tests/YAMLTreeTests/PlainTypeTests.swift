import Testing
import YAMLTree

@Suite struct PlainTypeTests {
  static let cases: [(PlainType, [String])] = [
    (.null, ["~", "null", "Null", "NULL"]),
    (
      .bool,
      [
        "true", "True", "TRUE", "false", "yes", "Yes", "no", "NO", "on", "On", "off", "OFF", "y",
        "Y", "n", "N",
      ]
    ),
    (
      .integer,
      [
        "0", "12", "-3", "+4", "012", "0o17", "0x1F", "0b101", "1_000", "22:00", "190:20:30",
        "0xFF_FF", "-0x1", "08",
      ]
    ),
    (
      .float,
      [
        "1e3", "1.5", ".5", "-.5", "1.", "6.02E+23", ".inf", "-.Inf", "+.INF", ".nan", ".NaN",
        "1_0.5", "20:30.15",
      ]
    ),
    (.date, ["2026-01-01"]),
    (
      .timestamp,
      [
        "2026-12-19T22:00:00+09:00", "2026-12-19t22:00:00.5Z", "2026-12-19 22:00:00",
        "2001-12-14 21:59:43.10 -5", "2001-1-4T1:00:00Z",
      ]
    ),
    (.value, ["="]),
    (.merge, ["<<"]),
    (
      .string,
      [
        "a", "nO", "yEs", "tRUE", "nope", "null1", "+", ".", "..", "1.2.3", "1e", "e3", "0x",
        "0xG", "192.0.2.1", "192.0.2.0/28", "2026-1-1", "2026-13", "12a", "1:99", "==", "a:b",
        "2026-12-19T22", "_1", "on1", "はい", "+.nan", "::1", "25/tcp",
      ]
    ),
  ]

  @Test(arguments: cases.flatMap { type, texts in texts.map { (type, $0) } })
  func isWhatSomeReaderTakesItFor(_ type: PlainType, _ text: String) throws {
    let root = try #require(Reading("- \(text)\n- '\(text)'\n").document?.root)
    #expect(root.elements.map(\.resolved) == [type, .string])
    #expect(root.elements.map { $0.text() } == [text, text])
  }
}
