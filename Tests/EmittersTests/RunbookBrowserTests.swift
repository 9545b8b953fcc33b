import Foundation
import TestSupport
import Testing
import Wording

/// Chromium works through the page as a person would.
@Suite(.serialized) struct RunbookBrowserTests {
  private struct State: Decodable {
    let boxes: Int
    let ticked: [String]
    let progress: String
    let status: String
    let done: Int
    let parts: Int
    let language: String
    let title: String
    let shown: Int?
    let light: Contrast?
    let dark: Contrast?
  }

  private struct Contrast: Decodable {
    let least: Double
    let texts: Int
    let poor: [String]
  }

  private struct Report: Decodable {
    let begin: State
    let names: Names
    let skip: String
    let keyboard: Bool
    let all: State
    let reloaded: State
    let file: String
    let exported: Export
    let cleared: State
    let imported: State
    let changed: State
    let foreign: State
    let broken: State
    let kept: State
    let other: State?
    let copies: Copies
    let en: State
    let ja: State
    let languageKept: String
    let phone: Width
    let desk: Width
    let paper: String
    let console: [String]
    let requests: [String]

    struct Names: Decodable {
      let roles: [String: Int]
      let unnamed: [String]
      let skips: [[Int]]
      let first: [Int]
    }

    struct Export: Decodable {
      let format: String
      let tenant: String
      let plan: String
      let ticks: [String]
    }

    struct Copies: Decodable {
      let buttons: Int
      let same: Bool
      let empty: Int
    }

    struct Width: Decodable {
      let page: Int
      let window: Int
    }
  }

  @Test(arguments: ["kaede-trading", "momiji-group"])
  func aPersonWorksThroughIt(name: String) throws {
    let page = try ExampleFolder(name).procedure.text("runbook.html")
    let other = try ExampleFolder("minimal").procedure.text("runbook.html")
    let report = try Judge.inFolder { folder in
      let paths = ["runbook.html", "other.html"].map { folder.appending(path: $0) }
      try Data(page.utf8).write(to: paths[0])
      try Data(other.utf8).write(to: paths[1])
      let report = try Judge.read(
        "runbook_browser.py", paths.map { $0.path() }, input: [], as: Report.self)
      // Nothing was asked for but the pages themselves.
      #expect(report.requests == paths.map { "file://" + $0.path() }.sorted())
      return report
    }
    #expect(report.console == [])
    let count = report.begin.boxes
    #expect(count > 20 && report.begin.ticked == [] && report.begin.parts > 10)
    #expect(report.skip == "skip" && report.keyboard)
    for state in [report.all, report.reloaded, report.imported] {
      #expect(state.ticked.count == count && state.done == state.parts)
      #expect(state.progress == "\(count) / \(count) 済み")
    }
    #expect(report.cleared.ticked == [] && report.cleared.done == 0)
    #expect(report.file == "\(name)-ticks.json" && report.exported.tenant == name)
    #expect(report.exported.format == "mgc-runbook-ticks")
    #expect(report.exported.ticks == report.all.ticked)
    #expect(report.changed.ticked.count == count - 1 && report.changed.status.contains("1個は"))
    #expect(report.foreign.status.contains("別のお客様(<b>x</b>)"))
    #expect(report.broken.status.contains("書き出したファイルではありません"))
    for state in [report.foreign, report.broken, report.kept] {
      #expect(state.ticked == report.changed.ticked)
    }
    #expect(report.other?.ticked == [])
    #expect(report.copies.buttons > 5 && report.copies.same && report.copies.empty == 0)
    Self.expectAccess(report, boxes: count)
  }

  /// Names and roles for screen readers, contrast in light and dark, and room on a phone.
  private static func expectAccess(_ report: Report, boxes: Int) {
    #expect(report.names.unnamed == [] && report.names.skips == [] && report.names.first == [1])
    #expect(report.names.roles["checkbox"] == boxes && report.names.roles["main"] == 1)
    #expect(report.names.roles["article"] == report.begin.parts)
    for (state, language) in [(report.en, "en"), (report.ja, "ja")] {
      #expect(state.language == language && state.shown == 0)
      for contrast in [state.light, state.dark] {
        #expect(contrast?.poor == [] && (contrast?.least ?? 0) >= 4.5)
        #expect((contrast?.texts ?? 0) > 200)
      }
    }
    #expect(report.en.title != report.ja.title && report.languageKept == "ja")
    #expect(report.phone.page == report.phone.window && report.desk.page == report.desk.window)
    #expect(report.paper == "%PDF-")
  }

  private struct Speed: Decodable {
    let page: Times
    let plain: Times

    struct Times: Decodable {
      let scroll: Double
      let tick: Double
      let layout: Double
      let boxes: Int
    }
  }

  /// Against a plain page with the same words and boxes, in the same run.
  @Test func fiveHundredGroupsAreFluid() throws {
    let groups = (0..<500).map { group in
      let members = (0..<10).map { "m\(group)-\($0)@a.example" }.joined(separator: ", ")
      return "  - { path: /部門\(group), members: [\(members)] }"
    }
    let yaml = """
      version: 1
      tenant: { id: a, name: A, language: ja }
      contract: { services: [inbound-security] }
      gateway:
        console: mail-security
        mx: [{ host: mx1.gateway.example, preference: 10 }]
        egress: [192.0.2.0/28]
      mailServers: [{ name: s, other: { description: x } }]
      domains: [{ name: a.example, deliveryHost: mail.a.example, cutover: 2026-12-19T22:00:00+09:00 }]
      groups:
      \(groups.joined(separator: "\n"))

      """
    let page = try ExampleProcedure(yaml).text("runbook.html")
    #expect(page.contains("m499-9@a.example"))
    let speed = try Judge.inFolder { folder in
      let path = folder.appending(path: "runbook.html")
      try Data(page.utf8).write(to: path)
      return try Judge.read("runbook_speed.py", [path.path()], input: [], as: Speed.self)
    }
    #expect(speed.page.boxes > 500 && speed.plain.boxes == speed.page.boxes)
    #expect(speed.page.scroll < 2 * speed.plain.scroll, "\(speed)")
    #expect(speed.page.layout < 10 * speed.plain.layout, "\(speed)")
    // A tick is a small part of what it takes to lay out the plain page once.
    #expect(speed.page.tick < speed.plain.layout / 4, "\(speed)")
  }
}
