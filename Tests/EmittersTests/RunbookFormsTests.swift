import Artifacts
import Emitters
import Foundation
import Procedure
import TestSupport
import Testing
import Wording

/// The runbook is one thing in Markdown, in HTML and in both languages, and its dates are those of
/// the calendar.
@Suite struct RunbookFormsTests {
  private struct Job: Encodable {
    let markdown: String
    let html: String
    let language: String
  }

  private struct Reading: Decodable {
    let markdown: [[String]]
    let html: [Part]

    /// An anchor and the lines below it.
    struct Part: Decodable {
      let anchor: String
      let lines: [String]

      init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        anchor = try container.decode(String.self)
        lines = try container.decode([String].self)
      }
    }

    /// The parts of Markdown that the page has too, in its order.
    func parts(of anchors: (String) -> Bool) -> [[String]] {
      html.filter { anchors($0.anchor) }.map(\.lines)
    }
  }

  private struct Calendar: Decodable {
    let errors: [String]
    let events: [Event]
    let lines: [String]

    struct Event: Decodable, Equatable {
      let uid: String
      let stamp: String
      let start: String
      let summary: String
    }
  }

  private static func read(_ example: ExampleProcedure, in language: Language, page: String? = nil)
    throws -> Reading
  {
    let job = Job(
      markdown: try example.text("RUNBOOK.md"), html: try page ?? example.text("runbook.html"),
      language: language.rawValue)
    return try Judge.read(
      "runbook_reader.py", input: [UInt8](JSONEncoder().encode(job)), as: Reading.self)
  }

  private static func calendar(_ example: ExampleProcedure) throws -> Calendar {
    try Judge.read("calendar_reader.py", input: example.bytes("calendar.ics"), as: Calendar.self)
  }

  @Test(arguments: ExampleFolder.names)
  func formsAndLanguagesAgree(name: String) throws {
    let pages = try Language.allCases.map { language in
      let example = try ExampleFolder(name, language: language).procedure
      let read = try Self.read(example, in: language)
      let steps = read.markdown.filter { $0[0].first?.isNumber == true }
      #expect(!steps.isEmpty && steps == read.parts { $0.hasPrefix("step-") })
      // The rest of the page, by the heading that it has in both forms.
      for part in read.parts(of: { ["dates", "waiting", "back", "terms"].contains($0) }) {
        let other = try #require(read.markdown.first { $0[0] == part[0] }, "\(part[0])")
        // What leads to the calendar is a link in one form alone.
        #expect(other.dropFirst(2).elementsEqual(part.dropFirst(2)), "\(part[0])")
      }
      return (example: example, page: try example.text("runbook.html"), read: read)
    }
    // Either page has both languages: what it shows in the other is that language's own page.
    let (ja, en) = (pages[0], pages[1])
    let translated = try Self.read(ja.example, in: .en)
    #expect(translated.html.map(\.anchor) == en.read.html.map(\.anchor))
    for (left, right) in zip(translated.html, en.read.html) {
      #expect(left.lines == right.lines, "\(left.anchor)")
    }
    // The same parts with as many lines, and the same numbers and paths in them.
    #expect(ja.read.html.map(\.lines.count) == en.read.html.map(\.lines.count))
    for (left, right) in zip(ja.read.html, en.read.html) where left.anchor.hasPrefix("step-") {
      #expect(Self.codes(left.lines) == Self.codes(right.lines), "\(left.anchor)")
      #expect(left.lines[0].prefix { $0 != "." } == right.lines[0].prefix { $0 != "." })
    }
  }

  /// The files that lines name.
  private static func codes(_ lines: [String]) -> [String] {
    lines.compactMap { line in
      ["ファイル: ", "File: "].first { line.hasPrefix($0) }.map { String(line.dropFirst($0.count)) }
    }
  }

  @Test(arguments: ExampleFolder.names)
  func theCalendarHasTheTableOfDates(name: String) throws {
    let example = try ExampleFolder(name, language: .en).procedure
    let table = try Self.read(example, in: .en).markdown.first { $0[0] == "Dates to keep" }
    guard let table else {
      #expect(name == "sakura-software" && example.documents["calendar.ics"] == nil)
      return
    }
    let calendar = try Self.calendar(example)
    #expect(calendar.errors == [] && calendar.lines == [])
    #expect(
      table.dropFirst(3).map { $0.components(separatedBy: " | ")[1] }
        == calendar.events.map(\.summary))
    #expect(Set(calendar.events.map(\.uid)).count == calendar.events.count)
    let days = calendar.events.map { String($0.start.prefix(10)) }
    #expect(days == days.sorted())
  }

  private static let tenant = """
    version: 1
    tenant: { id: a, name: A, language: en }
    notice: { accessName: a, oauth: { redirect: "https://redirect.example/" } }
    contract: { services: [inbound-security] }
    gateway:
      console: mail-security
      mx: [{ host: mx1.gateway.example, preference: 10 }]
      egress: [192.0.2.0/28]
    mailServers:
      - name: m365
        microsoft365: { tenant: a.onmicrosoft.com, spamBypass: scl, signIn: { oauth: { secretExpires: 2028-02-29 } } }
    domains: [{ name: a.example, deliveryHost: mail.a.example, cutover: 2026-12-19T22:00:00+09:00 }]

    """

  @Test func aDayThatMovesIsTheSameEvent() throws {
    let first = try Self.calendar(ExampleProcedure(Self.tenant))
    let moved = try Self.calendar(
      ExampleProcedure(Self.tenant.replacing("2028-02-29", with: "2028-03-31")))
    let renewal = try #require(first.events.first { $0.summary.hasPrefix("m365: begin") })
    let later = try #require(moved.events.first { $0.uid == renewal.uid })
    #expect(renewal.start == "2027-12-29" && later.start == "2028-01-31")
    #expect(first.events.map(\.uid) == moved.events.map(\.uid))
    let other = try Self.calendar(ExampleProcedure(Self.tenant.replacing("id: a", with: "id: b")))
    #expect(Set(other.events.map(\.uid)).isDisjoint(with: first.events.map(\.uid)))
  }

  /// A tick stays with its work: other work in the runbook does not touch it, a changed file does.
  @Test func boxesAreKnownByTheirWork() throws {
    func boxes(_ yaml: String) throws -> (ids: [String], plan: String) {
      let page = try ExampleProcedure(yaml).text("runbook.html")
      let parts = page.components(separatedBy: "autocomplete=\"off\" id=\"").dropFirst()
      let ids = parts.map { String($0.prefix { $0 != "\"" }) }
      let plan = page.components(separatedBy: "data-plan=\"")[1].prefix { $0 != "\"" }
      #expect(Set(ids).count == ids.count)
      return (ids, String(plan))
    }
    let before = try boxes(Self.tenant)
    let same = try boxes(Self.tenant + "# a remark\n")
    #expect(before.ids == same.ids && before.plan == same.plan)
    let after = try boxes(Self.tenant.replacing("mx1.gateway", with: "mx2.gateway"))
    #expect(before.plan != after.plan && before.ids.count == after.ids.count)
    let changed = zip(before.ids, after.ids).filter { $0 != $1 }.count
    #expect((1...4).contains(changed), "\(changed)")
  }
}
