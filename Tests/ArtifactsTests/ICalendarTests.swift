import Artifacts
import Foundation
import SourceText
import TestSupport
import Testing
import Wording

@Suite struct ICalendarTests {
  private struct Reading: Decodable {
    let version: String
    let errors: [String]
    let events: [Event]
    let lines: [String]
    let strict: [String]

    struct Event: Decodable {
      let uid: String
      let stamp: String
      let start: String
      let isDay: Bool
      let summary: String
      let description: String
      let language: String?
    }
  }

  private static func read(_ file: ICalendarFile) throws -> Reading {
    try Judge.read("calendar_reader.py", input: file.bytes, as: Reading.self)
  }

  @Test func aCalendar() throws {
    let file = ICalendarFile(
      name: "\(text: "楓,商事")", language: .ja,
      events: [
        .init(
          id: "a-1@mgc.invalid", time: .day(year: 2028, month: 2, day: 29), summary: "期限 \(2)",
          description: "\("\(code: "a") を\(text: "見る\n次")" as Prose)"),
        .init(
          id: "b", time: .moment(year: 2026, month: 12, day: 9, second: 46801), summary: "切替",
          description: ""),
      ])
    #expect(
      String(decoding: file.bytes, as: UTF8.self).split(
        separator: "\r\n", omittingEmptySubsequences: false)
        == [
          "BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//mgc//runbook//EN", "X-WR-CALNAME:楓\\,商事",
          "BEGIN:VEVENT", "UID:a-1@mgc.invalid", "DTSTAMP:20280229T000000Z",
          "DTSTART;VALUE=DATE:20280229", "SUMMARY;LANGUAGE=ja:期限 2",
          "DESCRIPTION;LANGUAGE=ja:a を見る\\n次", "TRANSP:TRANSPARENT", "END:VEVENT", "BEGIN:VEVENT",
          "UID:b", "DTSTAMP:20261209T130001Z", "DTSTART:20261209T130001Z", "SUMMARY;LANGUAGE=ja:切替",
          "DESCRIPTION;LANGUAGE=ja:", "TRANSP:TRANSPARENT", "END:VEVENT", "END:VCALENDAR", "",
        ])
    let read = try Self.read(file)
    #expect(read.version == "2.0" && read.errors == [] && read.lines == [])
    #expect(read.events.map(\.start) == ["2028-02-29", "2026-12-09T13:00:01+00:00"])
    #expect(read.events.map(\.isDay) == [true, false] && read.events[0].language == "ja")
  }

  @Test func everyValueIsReadBack() throws {
    var generator = SplitMix64(seed: 20_261_202)
    var values = HostileText.values()
    while values.count < 10_000 { values.append(HostileText.random(&generator)) }
    let file = ICalendarFile(
      name: "x", language: .en,
      events: values.map { value in
        .init(
          id: value, time: .day(year: 2027, month: 1, day: 1), summary: "\(text: value)",
          description: "\("a \(code: value)" as Prose)")
      })
    let read = try Self.read(file)
    #expect(read.errors == [] && read.lines == [] && read.events.count == values.count)
    let shown = values.map(Self.shown)
    #expect(read.events.map(\.summary).differences(from: shown) == [])
    #expect(read.events.map(\.description).differences(from: shown.map { "a " + $0 }) == [])
    #expect(read.strict.differences(from: shown.flatMap { [$0, "a " + $0] }) == [])
  }

  /// What a calendar is to show, worked out from the definition and not from the writer.
  private static func shown(_ value: String) -> String {
    value.replacingOccurrences(of: "\r\n", with: "\n", options: .literal)
      .replacingOccurrences(of: "\r", with: "\n", options: .literal)
      .unicodeScalars.map { $0 == "\n" ? "\n" : String($0).visible }.joined()
  }
}
