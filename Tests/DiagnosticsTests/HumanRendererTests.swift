import Diagnostics
import JSONText
import SourceText
import Testing
import Wording

struct HumanRendererTests {
  @Test func `A finding has place, message, marked line and help`() {
    let source = MarkedSource("version: 1\ntenant:\n  id: ⟦Kaede⟧\n")
    #expect(
      human(source, "“Kaede” has an upper-case letter", help: both("write kaede")) == """
        tenant.yaml:3:7: error: “Kaede” has an upper-case letter [MGC3041]
        3 |   id: Kaede
          |       ^^^^^
        help: write kaede

        """)
  }

  @Test func `Japanese takes two columns and is marked under its characters`() {
    let source = MarkedSource("  name: 楓⟦商事⟧ﾃｽﾄ ⟦が⟧ # 楓\n")
    let label = Diagnostic.Label(source.span(1), LocalizedText(ja: "ここ", en: "here"))
    #expect(
      human(source, "「商事」は使えません", .ja, help: both("楓"), labels: [label]) == """
        tenant.yaml:1:10: エラー: 「商事」は使えません [MGC3041]
        1 |   name: 楓商事ﾃｽﾄ が # 楓
          |           ^^^^    -- ここ
        ヘルプ: 楓

        """)
  }

  @Test func `A combining mark takes no column, a tab four`() {
    let source = MarkedSource("\tか\u{3099}\t⟦e\u{301}x⟧\n")
    #expect(
      human(source) == """
        tenant.yaml:1:5: error: message [MGC3041]
        1 |     か\u{3099}    e\u{301}x
          |           ^^

        """)
  }

  @Test func `Hidden characters are shown and their marks are as wide as they are`() {
    let source = MarkedSource("id: a⟦\u{202E}\u{200B}⟧b # \u{1B}[31m\n")
    #expect(
      human(source) == #"""
        tenant.yaml:1:6: error: message [MGC3041]
        1 | id: a\u{202E}\u{200B}b # \u{1B}[31m
          |      ^^^^^^^^^^^^^^^^

        """#)
  }

  @Test func `Labels stand at their own lines, with dots where lines are left out`() {
    let source = MarkedSource(
      """
      - ⟦a.example⟧
      - b.example
      - c.example
      - d.example
      - e.example
      - f.example
      - g.example
      - h.example
      - ⟦a.example⟧
      - ⟦a.example⟧
      """)
    let diagnostic = Diagnostic(
      sampleCode(3041, .warning), at: source.span(2), both("twice"),
      labels: [
        Diagnostic.Label(source.span(0), both("first declared here")),
        Diagnostic.Label(source.span(1), both("and here")),
      ])
    let renderer = HumanRenderer(
      sources: SourceSet([source.file]), language: .en, colors: false)
    #expect(
      renderer.render(diagnostic) == """
        tenant.yaml:10:3: warning: twice [MGC3041]
         1 | - a.example
           |   --------- first declared here
         ...
         9 | - a.example
           |   --------- and here
        10 | - a.example
           |   ^^^^^^^^^

        """)
  }

  @Test func `Marks of one line share a row only where no text stands between them`() {
    let source = MarkedSource("{ ⟦postfix⟧: 1, ⟦other⟧: 2, ⟦third⟧: ⟦3⟧ }\n")
    let labels = [
      Diagnostic.Label(source.span(1), both("second")),
      Diagnostic.Label(source.span(3), both("value")),
      Diagnostic.Label(source.span(0), both("same place")),
    ]
    #expect(
      human(source, labels: labels) == """
        tenant.yaml:1:3: error: message [MGC3041]
        1 | { postfix: 1, other: 2, third: 3 }
          |   ^^^^^^^
          |   ------- same place
          |               ----- second
          |                                - value

        """)
  }

  @Test func `A label in another file has a header of its own`() {
    let tenant = MarkedSource("extends: ⟦../standard.yaml⟧\n")
    let standard = MarkedSource("version: 1\n⟦extends⟧: x\n", name: "../standard.yaml")
    let diagnostic = Diagnostic(
      sampleCode(1020, .note), at: tenant.span(0), both("message"),
      labels: [
        Diagnostic.Label(standard.span(0, file: SourceFileID(index: 1)), both("extends again"))
      ])
    let renderer = HumanRenderer(
      sources: SourceSet([tenant.file, standard.file]), language: .en, colors: false)
    #expect(
      renderer.render(diagnostic) == """
        tenant.yaml:1:10: note: message [MGC1020]
        1 | extends: ../standard.yaml
          |          ^^^^^^^^^^^^^^^^
        --> ../standard.yaml:2:1
        2 | extends: x
          | ------- extends again

        """)
  }

  @Test(arguments: [
    ("a: ⟦|\n  one\n  two⟧\nb: 1\n", "a: |", "   ^ (3 lines)"),
    ("a: ⟦one\n⟧b: 1\n", "a: one", "   ^^^"),
    ("a: 1⟦⟧\n", "a: 1", "    ^"),
    ("a: 1⟦\n⟧", "a: 1", "    ^"),
    ("a: ⟦⟧1\r\n", "a: 1", "   ^"),
  ])
  func `Spans over lines, at ends and without length`(
    source: String, line: String, marks: String
  ) {
    let lines = human(MarkedSource(source)).split(separator: "\n").map(String.init)
    #expect(Array(lines.dropFirst()) == ["1 | " + line, "  | " + marks])
  }

  @Test func `The end of an empty file can be marked`() {
    #expect(
      human(MarkedSource("⟦⟧")) == """
        tenant.yaml:1:1: error: message [MGC3041]
        1 |
          | ^

        """)
  }

  @Test func `A long line is cut around each mark`() {
    let filler = String(repeating: "楓", count: 5_000)
    let source = MarkedSource("⟦key⟧: \(filler)⟦wrong⟧\(filler)")
    let label = Diagnostic.Label(source.span(0), both("of this key"))
    let diagnostic = Diagnostic(sampleCode(), at: source.span(1), both("m"), labels: [label])
    let renderer = HumanRenderer(
      sources: SourceSet([source.file]), language: .en, colors: false)
    let some = { String(repeating: "楓", count: $0) }
    #expect(
      renderer.render(diagnostic) == """
        tenant.yaml:1:5006: error: m [MGC3041]
        1 | …\(some(26))wrong\(some(26))…
          |  \(String(repeating: " ", count: 52))^^^^^
        1 | key: \(some(52))…
          | --- of this key

        """)
  }

  @Test func `A span longer than a line is marked as far as it is shown`() throws {
    let source = MarkedSource("k: ⟦" + String(repeating: "x", count: 3_000) + "⟧ end")
    let lines = human(source).split(separator: "\n").map(String.init)
    let shown = try #require(lines.dropFirst().first)
    #expect(shown == "1 | …" + String(repeating: "x", count: 110) + "…")
    #expect(lines.last == "  |  " + String(repeating: "^", count: 110))
  }

  @Test func `A fix is shown as the lines it changes`() {
    let source = MarkedSource("a: 1\nport: ⟦012⟧\nx: ⟦y\n⟧z: 1\n")
    let quote = Diagnostic.Fix(
      LocalizedText(ja: "引用符を付ける", en: "add quotes"),
      [TextEdit(source.span(0), replacement: "\"012\"")])
    let drop = Diagnostic.Fix(
      both("two"),
      [
        TextEdit(source.span(1), replacement: "n\n  - m\n"),
        TextEdit(source.span(0), replacement: "0"),
      ])
    #expect(
      human(source, "m", .ja, fixes: [quote, drop]) == """
        tenant.yaml:2:7: エラー: m [MGC3041]
        2 | port: 012
          |       ^^^
        修正: 引用符を付ける
        2 - port: 012
        2 + port: "012"
        修正: two
        2 - port: 012
        3 - x: y
        2 + port: 0
        3 + x: n
        4 +   - m

        """)
  }

  @Test func `A deleted line is shown as gone, and long fixes are cut`() {
    let source = MarkedSource("a: 1\n⟦b: 2\n⟧c: 3\n")
    let delete = Diagnostic.Fix(both("delete"), [TextEdit(source.span(0), replacement: "")])
    let many = String(repeating: "n\n", count: 8)
    let insert = Diagnostic.Fix(both("insert"), [TextEdit(source.span(0), replacement: many)])
    let lines = human(source, fixes: [delete, insert]).split(separator: "\n").map(String.init)
      .dropFirst(3)
    #expect(
      Array(lines) == [
        "fix: delete", "2 - b: 2",
        "fix: insert", "2 - b: 2", "2 + n", "3 + n", "4 + n", "5 + n", "6 + n", "7 + n",
        "    … 2 more lines",
      ])
  }

  @Test func `The lines of a secret are shown by no finding`() {
    let source = MarkedSource("a: 1\n⟦password⟧: ⟦hunter2⟧\nb: ⟦2⟧\n")
    let fix = Diagnostic.Fix(both("quote"), [TextEdit(source.span(1), replacement: "'hunter2'")])
    let secret = Diagnostic(
      sampleCode(1050), at: source.span(1), both("looks like a password"),
      labels: [Diagnostic.Label(source.span(2), both("label"))], fixes: [fix], hidesSource: true)
    let other = Diagnostic(
      sampleCode(1010), at: source.span(0), both("unknown key"),
      labels: [Diagnostic.Label(source.span(2), both("near"))], fixes: [fix])
    let sources = SourceSet([source.file])
    let renderer = HumanRenderer(
      sources: sources, language: .en, colors: false, findings: [secret, other])
    #expect(
      renderer.render(secret) == """
        tenant.yaml:2:11: error: looks like a password [MGC1050]
        --> tenant.yaml:3:4: label

        """)
    #expect(
      renderer.render(other) == """
        tenant.yaml:2:1: error: unknown key [MGC1010]
        3 | b: 2
          |    - near

        """)
    let json = JSONRenderer(sources: sources).render([secret, other]).pretty
    #expect(!json.contains("hunter2"))
  }

  @Test func `Colors mark severity and places`() {
    let source = MarkedSource("a: ⟦1⟧\n")
    let renderer = HumanRenderer(
      sources: SourceSet([source.file]), language: .en, colors: true)
    let diagnostic = Diagnostic(sampleCode(3041, .warning), at: source.span(0), both("m"))
    let escape = "\u{1B}["
    #expect(
      renderer.render(diagnostic).hasSuffix(
        "\(escape)2m |\(escape)0m    \(escape)1m\(escape)33m^\(escape)0m\n"))
  }

  @Test(arguments: [
    (0, 0, 0, 0, "no findings", "指摘はありません"),
    (1, 0, 2, 0, "1 error, 2 notes", "エラー1件、注記2件"),
    (
      2, 1, 0, 3, "2 errors, 1 warning, 3 more beyond the limit of 1000 not shown",
      "エラー2件、警告1件、上限の1000件を超えた3件は表示していません"
    ),
  ])
  func `The summary counts by severity`(
    errors: Int, warnings: Int, notes: Int, dropped: Int, en: String, ja: String
  ) {
    let source = MarkedSource("⟦a⟧")
    var all: [Diagnostic] = []
    for (severity, count) in [(Severity.note, notes), (.error, errors), (.warning, warnings)] {
      let one = Diagnostic(sampleCode(3041, severity), at: source.span(0), both("m"))
      all += Array(repeating: one, count: count)
    }
    for (language, expected) in [(Language.en, en), (.ja, ja)] {
      let renderer = HumanRenderer(
        sources: SourceSet([source.file]), language: language, colors: false)
      #expect(renderer.summary(all, dropped: dropped) == expected + "\n")
    }
  }
}
