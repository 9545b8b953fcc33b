import Diagnostics
import SourceText
import Wording

/// A text with marks: the spans between `⟦` and `⟧`, in the order in which they begin.
struct MarkedSource {
  let file: SourceFile
  private let ranges: [Range<Int>]

  init(_ marked: String, name: String = "tenant.yaml") {
    var bytes: [UInt8] = []
    var open: [Int] = []
    var found: [(Int, Range<Int>)] = []
    var count = 0
    for scalar in marked.unicodeScalars {
      switch scalar {
      case "⟦":
        open.append(count)
        found.append((count, bytes.count..<bytes.count))
        count += 1
      case "⟧":
        let index = open.removeLast()
        found[index].1 = found[index].1.lowerBound..<bytes.count
      default: bytes += Array(String(scalar).utf8)
      }
    }
    file = SourceFile(name: name, bytes: bytes)
    ranges = found.map(\.1)
  }

  func span(_ index: Int, file: SourceFileID = .tenant) -> SourceSpan {
    SourceSpan(file: file, ranges[index])
  }
}

/// A code for tests; what it says does not matter.
func sampleCode(_ number: Int = 3041, _ severity: Severity = .error) -> DiagnosticCode {
  DiagnosticCode(
    number, severity, title: LocalizedText(ja: "題", en: "title"),
    explanation: LocalizedText(ja: "説明\n\n二段目\n", en: "Why.\n\nWhat to do.\n"),
    example: "domains:\n  - name: a.example\n", source: "RFC 7208 section 4.6.4")
}

func both(_ text: String) -> LocalizedText { LocalizedText(both: text) }

/// One finding about one file, without colors, in English unless told.
func human(
  _ source: MarkedSource, _ message: String = "message", _ language: Language = .en,
  help: LocalizedText? = nil, labels: [Diagnostic.Label] = [], fixes: [Diagnostic.Fix] = [],
  hidesSource: Bool = false
) -> String {
  HumanRenderer(sources: SourceSet([source.file]), language: language, colors: false).render(
    Diagnostic(
      sampleCode(), at: source.span(0), both(message), help: help, labels: labels, fixes: fixes,
      hidesSource: hidesSource))
}
