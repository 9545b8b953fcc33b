internal import JSONText
internal import SourceText
internal import Wording

/// The parts of a SARIF log that come from one finding. Section numbers are of SARIF 2.1.0.
struct SARIFResult {
  let sources: SourceSet
  let language: Language
  let concealed: ConcealedLines

  /// 3.27. `suppressions` is there in any case: either all results of a run have it, or none.
  func result(
    _ diagnostic: Diagnostic, rule: Int, suppressed: SilencedFinding?
  ) -> JSONValue {
    var text = diagnostic.message[language]
    if let help = diagnostic.help {
      text += "\n" + RendererWords.help[language] + ": " + help[language]
    }
    let labels = diagnostic.labels.enumerated().map { index, label -> JSONValue in
      .object([
        "id": .integer(index + 1),
        "physicalLocation": place(label.span),
        "message": Self.message(label.text[language]),
      ])
    }
    let fixes = diagnostic.fixes.filter { !concealed.touches($0) }.map(fix)
    return .object([
      "ruleId": .string(diagnostic.code.name),
      "ruleIndex": .integer(rule),
      "level": .string(diagnostic.code.severity.rawValue),
      "message": Self.message(text),
      "locations": .array([.object(["physicalLocation": place(diagnostic.primary)])]),
      "relatedLocations": labels.isEmpty ? nil : .array(labels),
      "suppressions": .array(suppressed.map { [suppression($0)] } ?? []),
      "fixes": fixes.isEmpty ? nil : .array(fixes),
    ])
  }

  /// 3.35
  private func suppression(_ silenced: SilencedFinding) -> JSONValue {
    var reason: String?
    if !concealed.hides(silenced.comment) {
      reason = silenced.until.map { "until \($0): " + silenced.reason } ?? silenced.reason
    }
    return .object([
      "kind": .string("inSource"),
      "justification": reason.map { .string($0.visible) },
      "location": .object(["physicalLocation": place(silenced.comment)]),
    ])
  }

  /// 3.55. The edits of one file are one change, in the order in which they stand in it.
  private func fix(_ fix: Diagnostic.Fix) -> JSONValue {
    let edits = fix.edits.sorted { $0.span < $1.span }
    var changes: [JSONValue] = []
    var rest = edits[...]
    while let file = rest.first?.span.file {
      let here = rest.prefix { $0.span.file == file }
      rest = rest.dropFirst(here.count)
      changes.append(
        .object([
          "artifactLocation": Self.artifact(sources[file].name),
          "replacements": .array(
            here.map { edit in
              .object([
                "deletedRegion": region(edit.span),
                "insertedContent": edit.replacement.isEmpty
                  ? nil : .object(["text": .string(edit.replacement)]),
              ])
            }),
        ]))
    }
    return .object([
      "description": Self.message(fix.title[language]), "artifactChanges": .array(changes),
    ])
  }

  private func place(_ span: SourceSpan) -> JSONValue {
    .object([
      "artifactLocation": Self.artifact(sources[span.file].name), "region": region(span),
    ])
  }

  /// 3.30. The end column is the one after the last character; bytes count from 0.
  private func region(_ span: SourceSpan) -> JSONValue {
    let file = sources[span.file]
    let start = file.position(of: span.lowerBound)
    let end = file.position(of: span.upperBound)
    return .object([
      "startLine": .integer(start.line), "startColumn": .integer(start.column),
      "endLine": .integer(end.line), "endColumn": .integer(end.column),
      "byteOffset": .integer(span.lowerBound),
      "byteLength": .integer(span.upperBound - span.lowerBound),
    ])
  }

  /// 3.49. There is no helpUri: the texts are all that there is.
  static func rule(_ code: DiagnosticCode, _ language: Language) -> JSONValue {
    var help = code.explanation[language].trimmedEnd
    if !code.example.isEmpty {
      help += "\n\n" + RendererWords.example[language] + ":\n" + code.example.trimmedEnd
    }
    if !code.source.isEmpty {
      help += "\n\n" + RendererWords.source[language] + ": " + code.source
    }
    return .object([
      "id": .string(code.name),
      "shortDescription": message(code.title[language]),
      "fullDescription": message(code.explanation[language].trimmedEnd),
      "help": message(help),
      "defaultConfiguration": .object(["level": .string(code.severity.rawValue)]),
    ])
  }

  /// 3.11. Braces are doubled, for a single one begins a placeholder (3.11.5); a bracket before a
  /// parenthesis is escaped, so that nobody's text becomes a link (3.11.6).
  static func message(_ text: String) -> JSONValue {
    var result = String.UnicodeScalarView()
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      if index > 0 { result.append("\n") }
      for scalar in String(line).visible.unicodeScalars {
        if scalar == "(", result.last == "]" {
          result.removeLast()
          result.append(contentsOf: "\\]".unicodeScalars)
        }
        if scalar == "{" || scalar == "}" { result.append(scalar) }
        result.append(scalar)
      }
    }
    return .object(["text": .string(String(result))])
  }

  /// 3.4. A URI reference (RFC 3986): all but unreserved characters and the slash is encoded, so
  /// that no name is taken for a scheme.
  static func artifact(_ path: String) -> JSONValue {
    var uri = path.hasPrefix("/") ? "file://" : ""
    for byte in path.utf8 {
      switch byte {
      case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x2F, 0x5F, 0x7E:
        uri.unicodeScalars.append(Unicode.Scalar(byte))
      default:
        let hex = String(byte, radix: 16, uppercase: true)
        uri += "%" + (hex.utf8.count == 1 ? "0" : "") + hex
      }
    }
    return .object(["uri": .string(uri)])
  }
}

extension String {
  fileprivate var trimmedEnd: String {
    var text = Substring(self)
    while text.last?.isNewline == true { text.removeLast() }
    return String(text)
  }
}
