internal import Compiler
internal import Diagnostics
internal import JSONText
internal import Procedure
internal import SourceText
internal import TenantModel
internal import TenantReading
internal import Wording

/// What `mgc why` says.
struct WhyReport {
  struct Answer {
    var text: TerminalText = ""
    let json: JSONValue
  }

  private let session: Session
  private let language: Language
  private let origins: Origins

  init(_ session: Session, language: Language) {
    self.session = session
    self.language = language
    origins = Origins(session.compilation)
  }

  // MARK: From an artifact

  /// - Parameter column: from 1, where only what decides this place of the line is wanted.
  func origin(_ origin: Trace.Origin, path: String, line: Int, column: Int?) -> Answer {
    let causes = origin.line.filter { cause in
      guard let column, let columns = columns(cause, in: origin.text) else { return true }
      return columns.contains(column)
    }
    var text: TerminalText = "\(heading("out/\(path):\(line)"))\n  \(text: origin.text)\n"
    section(&text, ja: "この行を決めている値", en: "The line comes from", causes.isEmpty)
    for cause in causes {
      text += self.line(of: cause.value)
      if let columns = columns(cause, in: origin.text) {
        let shown: TerminalText =
          "\(text: language == .ja ? "    \(columns.lowerBound)〜\(columns.upperBound)桁目" : "    columns \(columns.lowerBound) to \(columns.upperBound)")\n"
        text += shown
      }
    }
    section(
      &text, ja: "このファイルがあることを決めている値", en: "The file is there because of", origin.file.isEmpty)
    for value in origin.file { text += self.line(of: value) }
    let step = step(path)
    let facts = origin.facts + (step.map { origin.facts.contains($0) ? [] : [$0] } ?? [])
    section(&text, ja: "事実と手順の出典", en: "Facts and steps, with their sources", facts.isEmpty)
    for fact in facts {
      text +=
        "  \(text: fact.source) (\(text: language == .ja ? "確認日 \(fact.read)" : "read \(fact.read)"))\n"
    }
    let findings = findings(causes.map(\.value) + origin.file)
    section(&text, ja: "これらの行への指摘", en: "Findings about these lines", findings.isEmpty)
    for finding in findings {
      text += "  \(text: finding.code.name) \(text: finding.message[language])\n"
    }
    return Answer(
      text: text,
      json: .object([
        "file": .string("out/" + path), "line": .integer(line), "text": .string(origin.text),
        "values": .array(
          causes.map { cause in
            value(
              cause.value,
              columns: columns(cause, in: origin.text).map {
                .array([.integer($0.lowerBound), .integer($0.upperBound)])
              })
          }),
        "file_values": .array(origin.file.map { value($0) }),
        "facts": .array(
          facts.map { .object(["source": .string($0.source), "read": .string($0.read)]) }),
        "findings": .strings(findings.map(\.code.name)),
      ]))
  }

  /// The columns, from 1, in Unicode scalars.
  private func columns(_ cause: Trace.Cause, in line: String) -> ClosedRange<Int>? {
    guard let bytes = cause.bytes, !bytes.isEmpty else { return nil }
    let utf8 = Array(line.utf8)
    func scalars(_ range: Range<Int>) -> Int {
      String(decoding: utf8[range.clamped(to: 0..<utf8.count)], as: UTF8.self).unicodeScalars.count
    }
    let first = scalars(0..<bytes.lowerBound) + 1
    return first...max(first, first + scalars(bytes) - 1)
  }

  /// The article that has the step of a folder.
  private func step(_ path: String) -> FactSource? {
    guard let digit = path.first?.wholeNumberValue, let step = Step(rawValue: digit),
      step != .afterwards
    else { return nil }
    return FactSource(source: Catalogue.onboarding.source, read: Catalogue.onboarding.read)
  }

  private func findings(_ values: [WrittenValue]) -> [Diagnostic] {
    let sources = session.compilation.sources
    func place(_ span: SourceSpan) -> Place {
      Place(file: span.file, line: sources[span.file].position(of: span.lowerBound).line)
    }
    let lines = Set(values.map { place($0.span) })
    return session.compilation.diagnostics.filter { lines.contains(place($0.primary)) }
  }

  private struct Place: Hashable {
    let file: SourceFileID
    let line: Int
  }

  // MARK: From tenant.yaml

  func touched(_ touched: Trace.Touched, name: String, line: Int) -> Answer {
    var text: TerminalText = "\(heading("\(name):\(line)"))\n"
    for value in touched.values { text += self.line(of: value) }
    for value in touched.fixed {
      text +=
        "  \(text: language == .ja ? "\(value.path) には他に読める値がないので、たどれない" : "there is no other value for \(value.path) to compare with")\n"
    }
    section(&text, ja: "この行で変わる成果物", en: "Artifacts that change with it", touched.places.isEmpty)
    for place in touched.places {
      let lines = place.lines.map { lines in
        lines.count == 1 ? "\(lines.lowerBound)" : "\(lines.lowerBound)-\(lines.upperBound)"
      }
      let shown = lines.isEmpty ? "" : ":" + lines.joined(separator: ",")
      text += "  \(text: "out/" + place.path + shown)"
      if lines.isEmpty {
        text += " \(text: language == .ja ? "(ファイルごと)" : "(the whole file)")"
      }
      text += "\n"
    }
    return Answer(
      text: text,
      json: .object([
        "file": .string(name), "line": .integer(line),
        "values": .array(touched.values.map { value($0) }),
        "untraced": .strings(touched.fixed.map(\.path)),
        "artifacts": .array(
          touched.places.map { place in
            .object([
              "file": .string("out/" + place.path),
              "lines": .array(
                place.lines.map { .array([.integer($0.lowerBound), .integer($0.upperBound)]) }),
            ])
          }),
      ]))
  }

  // MARK: Both

  private func section(_ text: inout TerminalText, ja: String, en: String, _ isEmpty: Bool) {
    if !isEmpty { text += "\n\(heading(language == .ja ? ja : en)):\n" }
  }

  private func heading(_ text: String) -> TerminalText {
    let line: TerminalText = "\(text: text)"
    return line.styled(.bold)
  }

  private func line(of value: WrittenValue) -> TerminalText {
    "  \(origins.place(value.span))  \(text: value.path): \(text: value.value.excerpt())\n"
  }

  private func value(_ value: WrittenValue, columns: JSONValue? = nil) -> JSONValue {
    .object([
      "path": .string(value.path), "value": .string(value.value),
      "origin": origins.value(value.span), "columns": columns,
    ])
  }
}
