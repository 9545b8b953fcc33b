import Diagnostics
import JSONText
import SourceText
import Testing
import Wording

struct ProgramRendererTests {
  private static func diagnostic(_ source: MarkedSource) -> Diagnostic {
    Diagnostic(
      sampleCode(2007, .warning), at: source.span(0),
      LocalizedText(ja: "「楓」", en: "“楓”"), help: LocalizedText(ja: "直す", en: "mend it"),
      labels: [Diagnostic.Label(source.span(1), LocalizedText(ja: "前", en: "before"))],
      fixes: [
        Diagnostic.Fix(both("fix"), [TextEdit(source.span(0), replacement: "a\u{202E}")])
      ])
  }

  @Test func `JSON has positions in bytes, lines and columns, and both languages`() {
    let source = MarkedSource("a: 楓⟦商事⟧\nb: ⟦1⟧\n")
    let json = JSONRenderer(sources: SourceSet([source.file])).render(
      [Self.diagnostic(source)], dropped: 2)
    #expect(
      json.pretty == #"""
        {
          "format_version": 1,
          "findings": [
            {
              "code": "MGC2007",
              "severity": "warning",
              "message": {
                "ja": "「楓」",
                "en": "“楓”"
              },
              "help": {
                "ja": "直す",
                "en": "mend it"
              },
              "file": "tenant.yaml",
              "start": {
                "offset": 6,
                "line": 1,
                "column": 5
              },
              "end": {
                "offset": 12,
                "line": 1,
                "column": 7
              },
              "labels": [
                {
                  "file": "tenant.yaml",
                  "start": {
                    "offset": 16,
                    "line": 2,
                    "column": 4
                  },
                  "end": {
                    "offset": 17,
                    "line": 2,
                    "column": 5
                  },
                  "message": {
                    "ja": "前",
                    "en": "before"
                  }
                }
              ],
              "fixes": [
                {
                  "title": {
                    "ja": "fix",
                    "en": "fix"
                  },
                  "safe": true,
                  "edits": [
                    {
                      "file": "tenant.yaml",
                      "start": {
                        "offset": 6,
                        "line": 1,
                        "column": 5
                      },
                      "end": {
                        "offset": 12,
                        "line": 1,
                        "column": 7
                      },
                      "replacement": "a\u202e"
                    }
                  ]
                }
              ]
            }
          ],
          "silenced": [],
          "dropped": 2
        }

        """#)
  }

  @Test func `A GitHub annotation ends at the last column, and escapes what separates`() {
    let source = MarkedSource("a: 楓⟦商事⟧\n", name: "a,b:c%/楓\n.yaml")
    let diagnostic = Diagnostic(
      sampleCode(3041, .note), at: source.span(0), both("100%: a, b\r\nc"),
      help: both("one\ntwo"))
    #expect(
      GitHubRenderer(sources: SourceSet([source.file]), language: .en).render(diagnostic) == #"""
        ::notice file=a%2Cb%3Ac%25/楓\u{A}.yaml,line=1,endLine=1,col=5,endColumn=6,\#
        title=MGC3041::100%25: a, b\u{D}\u{A}c%0Ahelp: one%0Atwo

        """#)
  }

  @Test(arguments: [
    ("a: ⟦⟧", "error", Severity.error, "line=1,endLine=1,col=4,endColumn=4"),
    ("a: ⟦1\n⟧b", "warning", .warning, "line=1,endLine=1,col=4,endColumn=4"),
    ("a: ⟦|\n  1⟧\nb", "error", .error, "line=1,endLine=2"),
  ])
  func `Columns are given for one line only`(
    text: String, command: String, severity: Severity, place: String
  ) {
    let source = MarkedSource(text)
    let diagnostic = Diagnostic(sampleCode(1001, severity), at: source.span(0), both("m"))
    #expect(
      GitHubRenderer(sources: SourceSet([source.file]), language: .ja).render(diagnostic)
        == "::\(command) file=tenant.yaml,\(place),title=MGC1001::m\n")
  }

  @Test func `An explanation has title, text, example and source`() {
    #expect(
      ExplanationRenderer(language: .en, colors: false).render(sampleCode()) == """
        MGC3041 error: title

        Why.

        What to do.

        Example:
            domains:
              - name: a.example

        Source: RFC 7208 section 4.6.4

        """)
    #expect(
      ExplanationRenderer(language: .ja, colors: false).render(sampleCode(1001, .note)) == """
        MGC1001 注記: 題

        説明

        二段目

        例:
            domains:
              - name: a.example

        出典: RFC 7208 section 4.6.4

        """)
  }
}
