package import Diagnostics
package import SourceText

/// What is asked of any file that tenant.yaml names, before its own reader sees it: that it is
/// text, that nothing in it makes a reviewer see something else, and that it holds no secret.
///
/// Characters that are merely invisible are left to the readers: what they do not read, such as
/// the names in a list of members, may hold variation selectors.
package struct ReferencedText: Sendable {
  package let findings: [Diagnostic]
  /// Whether there is text at all; if not, further findings would only repeat that.
  package let isText: Bool
  /// Key material, in order and apart.
  private let secrets: [Range<Int>]

  package init(_ file: SourceFile, id: SourceFileID) {
    let bytes = file.bytes
    if let encoding = YAMLReader.otherEncoding(bytes) {
      let span = SourceSpan(file: id, 0..<min(encoding.length, bytes.count))
      findings = [YAMLFinding.otherEncoding(encoding.name, at: span)]
      isText = false
      secrets = []
      return
    }
    let scan = ByteScan(bytes, forbiddenRuns: Self.limit, forbids: \.isDeceptive)
    findings =
      scan.secrets.prefix(DiagnosticBag.limit).map {
        YAMLFinding.secret(at: SourceSpan(file: id, $0))
      }
      + scan.forbidden.map { run in
        YAMLFinding.forbidden(run, in: file, at: SourceSpan(file: id, run.range))
      }
    isText = true
    secrets = scan.secrets
  }

  /// The findings about a file whose encoding is not known before it is read: of one that is not
  /// UTF-8, only the secrets.
  package static func inAnyEncoding(_ file: SourceFile, id: SourceFileID) -> [Diagnostic] {
    let text = ReferencedText(file, id: id)
    if String(validating: file.bytes, as: UTF8.self) != nil {
      // A byte order mark at the start is what spreadsheets write.
      let isMarked = file.bytes.starts(with: [0xEF, 0xBB, 0xBF])
      return text.findings.filter { !isMarked || $0.primary.upperBound > 3 }
    }
    return text.secrets.prefix(DiagnosticBag.limit).map {
      YAMLFinding.secret(at: SourceSpan(file: id, $0))
    }
  }

  package var holdsSecret: Bool { !secrets.isEmpty }

  /// A wrong file is wrong in every line.
  private static let limit = 20

  /// Whether a part of the file holds a part of a secret, so that no finding may quote it.
  package func touchesSecret(_ range: Range<Int>) -> Bool {
    var low = 0
    var high = secrets.count
    while low < high {
      let middle = (low + high) / 2
      if secrets[middle].upperBound <= range.lowerBound { low = middle + 1 } else { high = middle }
    }
    return low < secrets.count && secrets[low].lowerBound < range.upperBound
  }
}

extension Unicode.Scalar {
  /// Whether it can make a line look like another: controls but for NUL, which zones refuse
  /// themselves, bidi controls, line and paragraph separators, and what has no width.
  fileprivate var isDeceptive: Bool {
    switch value {
    case 0x01...0x08, 0x0B...0x1F, 0x7F...0x9F: true
    case 0x061C, 0x200B...0x200F, 0x2028...0x202E, 0x2060...0x206F: true
    case 0xFEFF, 0xE0000...0xE007F: true
    default: false
    }
  }
}
