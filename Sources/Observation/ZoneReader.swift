package import Diagnostics
package import MailRecords
package import SourceText
internal import Wording
internal import YAMLTree

/// Reads zone files (RFC 1035 §5) by ldns.
package enum ZoneReader {
  /// The largest file that is read, in bytes.
  package static let sizeLimit = 64 << 20

  /// Reads a whole zone. What cannot be read is a finding, and the rest is returned; nothing is
  /// returned for a file beyond the limit.
  package static func read(
    _ file: SourceFile, id: SourceFileID, origin: DomainName
  ) -> (zone: ZoneObservation?, findings: [Diagnostic]) {
    guard file.bytes.count <= sizeLimit else {
      let finding = Diagnostic(
        .zoneSyntax, at: SourceSpan(file: id, 0..<0),
        LocalizedText(
          ja: "ゾーンファイルが64 MiBを超えている", en: "the zone file is larger than 64 MiB"))
      return (nil, [finding])
    }
    let inspected = ReferencedText(file, id: id)
    guard inspected.isText else { return (nil, inspected.findings) }
    var builder = ZoneBuilder(origin: origin)
    builder.add(inspected.findings)
    var lines = ZoneLines(file.bytes)
    if var session = LDNSZone(origin: origin) {
      while lines.next() {
        if inspected.touchesSecret(lines.range) { continue }
        let span = SourceSpan(file: id, lines.range)
        if let problem = lines.problem {
          builder.addSyntaxError(span, problem.reason)
        } else {
          switch session.read(lines.text) {
          case .directive: break
          case .include: builder.addInclude(span)
          case .failure(let reason):
            builder.addSyntaxError(span, reason, excerpt: file.text(lines.range))
          case .outside(let name): builder.addOutside(span, name)
          case .soa(let authority): builder.addAuthority(authority, span)
          case .record(let owner, let ttl, let type, let data):
            if type == .txt, let cut = lines.cut {
              builder.addCut(SourceSpan(file: id, cut), file.text(cut), of: span)
            }
            builder.add(owner: owner, ttl: ttl, type: type, data: data, span)
          }
        }
      }
      session.free()
    }
    return builder.finish()
  }
}

extension ZoneLines.Problem {
  var reason: LocalizedText {
    switch self {
    case .openQuote:
      LocalizedText(ja: "引用符が閉じていない", en: "a quotation mark is not closed")
    case .openParenthesis:
      LocalizedText(ja: "括弧が閉じていない", en: "a parenthesis is not closed")
    case .closeParenthesis:
      LocalizedText(ja: "開いていない括弧が閉じられている", en: "a parenthesis is closed that is not open")
    case .nulByte: LocalizedText(ja: "NULバイトがある", en: "it has a NUL byte")
    }
  }
}
