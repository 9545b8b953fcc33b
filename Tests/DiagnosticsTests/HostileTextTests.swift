import Diagnostics
import JSONText
import SourceText
import Testing
import Wording
import TestSupport

/// Text that would paint a terminal, forge a line or give a command to a build service.
struct HostileTextTests {
  static let texts = [
    "\u{1B}[2J", "\u{202E}olleh", "a\nb: error: forged [MGC1]", "::error::x", " \u{3000}::error::x",
    "##[error]x", "a ##[error]x", "###vso[task.setvariable variable=x]y", "a\r::warning::b", ":",
    "::", "\u{85}::stop-commands::x", "\u{2028}##[group]", "%0A::error::x", "\u{E0041}\u{200B}",
  ]

  /// The arguments are numbers, since the test's own log is a terminal too.
  @Test(arguments: texts.indices, [Language.ja, .en])
  func `Nothing hostile reaches the terminal, wherever it stands`(
    number: Int, language: Language
  ) {
    let text = Self.texts[number]
    let source = MarkedSource(text + "\n⟦" + text + "⟧: 1\n", name: text)
    let other = MarkedSource("⟦" + text + "⟧", name: text)
    let at = other.span(0, file: SourceFileID(index: 1))
    let diagnostic = Diagnostic(
      sampleCode(), at: source.span(0), both(text), help: both(text),
      labels: [
        Diagnostic.Label(at, both(text)), Diagnostic.Label(source.span(0), both(text)),
      ],
      fixes: [Diagnostic.Fix(both(text), [TextEdit(source.span(0), replacement: text)])])
    let hidden = Diagnostic(
      sampleCode(), at: source.span(0), both(text), labels: [Diagnostic.Label(at, both(text))],
      hidesSource: true)
    let sources = SourceSet([source.file, other.file])
    let renderer = HumanRenderer(sources: sources, language: language, colors: false)
    for output in [
      renderer.render(diagnostic), renderer.render(hidden),
      GitHubRenderer(sources: sources, language: language).render(diagnostic),
      JSONRenderer(sources: sources).render([diagnostic, hidden]).pretty,
    ] {
      #expect(!output.unicodeScalars.contains { $0.isHidden && $0 != "\n" })
    }
    for output in [renderer.render(diagnostic), renderer.render(hidden)] {
      for line in output.split(separator: "\n").map(String.init) {
        let start = String(line.unicodeScalars.drop { $0.properties.isWhitespace })
        #expect(!start.hasPrefix("::"))
        #expect(!line.contains("##["))
        #expect(!line.contains("##vso["))
        #expect(!line.hasPrefix("b: error"))
      }
    }
    let annotation = GitHubRenderer(sources: sources, language: language).render(diagnostic)
    #expect(annotation.utf8.count { $0 == 0x0A } == 1)
  }

  @Test(arguments: [
    ("::error::x", #"\u{3A}:error::x"#),
    (" :: x ::", #" \u{3A}: x ::"#),
    (":::", #"\u{3A}::"#),
    ("a::b", "a::b"),
    ("## heading [1]", "## heading [1]"),
    ("a ##[x]", #"a \u{23}#[x]"#),
    ("###[x]", #"#\u{23}#[x]"#),
    ("##add-matcher[x]", #"\u{23}#add-matcher[x]"#),
    ("#[x]", "#[x]"),
  ])
  func `Marks of commands are shown as escapes`(text: String, shown: String) {
    let line: TerminalText = "\(text: text)"
    #expect(line.rendered(colors: false) == shown)
  }

  @Test func `A command is seen across parts, and colors do not matter`() {
    let line: TerminalText = "\("\(text: ":")", .bold):\(text: "#")\(text: "#[x]")"
    #expect(line.rendered(colors: false) == #"\u{3A}:\u{23}#[x]"#)
    #expect(line.rendered(colors: true) == "\u{1B}[1m\\u{3A}\u{1B}[0m:\\u{23}#[x]")
  }

  @Test func `Bytes that are not UTF-8 are shown and marked one by one`() {
    let bytes: [UInt8] = [0x61, 0xFF, 0xE3, 0x81, 0x62, 0xE6, 0xA5, 0x93, 0x63, 0xE6]
    let sources = SourceSet([SourceFile(name: "t", bytes: bytes)])
    let span = SourceSpan(file: .tenant, 4..<9)
    let renderer = HumanRenderer(sources: sources, language: .en, colors: false)
    #expect(
      renderer.render(Diagnostic(sampleCode(), at: span, both("m"))) == """
        t:1:4: error: m [MGC3041]
        1 | a\u{FFFD}\u{FFFD}\u{FFFD}b楓c\u{FFFD}
          |     ^^^^

        """)
  }

  @Test func `A span beyond the file's end is shown at its end`() {
    let sources = SourceSet([SourceFile(name: "t", text: "ab")])
    let span = SourceSpan(file: .tenant, 90..<95)
    let diagnostic = Diagnostic(
      sampleCode(), at: span, both("m"), labels: [Diagnostic.Label(span, both("l"))],
      fixes: [Diagnostic.Fix(both("f"), [TextEdit(span, replacement: "c")])])
    #expect(
      HumanRenderer(sources: sources, language: .en, colors: false).render(diagnostic) == """
        t:1:3: error: m [MGC3041]
        1 | ab
          |   ^
          |   - l
        fix: f
        1 - ab
        1 + abc

        """)
  }

  /// Any bytes, any spans: the renderers are total, and every line stays within its width.
  @Test(arguments: 0..<200 as Range<UInt64>)
  func `Random bytes and spans are rendered`(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    let alphabet: [[UInt8]] = [
      [0x0A], [0x0D], [0x0D, 0x0A], [0x09], [0x20], [0x3A], [0x23], [0x5B], [0x61], [0xE6],
      [0x93], [0xFF], Array("楓".utf8), Array("\u{301}".utf8), Array("\u{202E}".utf8),
      Array("😀".utf8),
    ]
    let count = Int.random(in: 0...600, using: &random)
    let bytes = (0..<count).flatMap { _ in alphabet.randomElement(using: &random) ?? [] }
    let sources = SourceSet([SourceFile(name: "t", bytes: bytes)])
    let spans = (0..<4).map { _ in
      let start = Int.random(in: 0...bytes.count, using: &random)
      return SourceSpan(file: .tenant, start..<Int.random(in: start...bytes.count, using: &random))
    }
    let fix = Diagnostic.Fix(
      both("f"), spans.prefix(2).map { TextEdit($0, replacement: "楓\n::") })
    let diagnostic = Diagnostic(
      sampleCode(), at: spans[0], both("m"),
      labels: spans.dropFirst().map { Diagnostic.Label($0, both("l")) }, fixes: [fix],
      hidesSource: seed % 7 == 0)
    let output = HumanRenderer(
      sources: sources, language: .en, colors: false, findings: [diagnostic]
    ).render(diagnostic)
    for line in output.split(separator: "\n") {
      #expect(!line.unicodeScalars.contains { $0.isHidden })
      #expect(line.unicodeScalars.count { $0.value != 0x301 } <= 135)
    }
    #expect(JSONRenderer(sources: sources).render([diagnostic]).compact.hasPrefix("{"))
    #expect(GitHubRenderer(sources: sources, language: .ja).render(diagnostic).hasSuffix("::m\n"))
  }
}
