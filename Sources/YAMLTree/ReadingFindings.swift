internal import Diagnostics
internal import SourceText
internal import Wording

/// The findings of one file until it is known which of its lines hold secrets.
struct ReadingFindings {
  private var others: [Diagnostic] = []
  private var secrets: [Diagnostic] = []

  /// Whether the bag would still take a finding.
  var hasRoom: Bool { others.count <= DiagnosticBag.limit }

  mutating func add(_ finding: Diagnostic) {
    if hasRoom { others.append(finding) }
  }

  mutating func add(secret range: Range<Int>, in id: SourceFileID) {
    if secrets.count <= DiagnosticBag.limit {
      secrets.append(YAMLFinding.secret(at: SourceSpan(file: id, range)))
    }
  }

  /// Hands the findings over, secrets first so that the bag's limit never drops one that hides
  /// a line. A finding beside something that may be a secret hides its lines too: where reading
  /// failed, a line such as `password: …` may not have become a member.
  func move(to bag: inout DiagnosticBag, of file: SourceFile, isWhole: Bool) {
    bag.add(contentsOf: secrets)
    for finding in others {
      bag.add(!isWhole && touchesSecretName(finding, file) ? finding.withoutSource : finding)
    }
  }

  private func touchesSecretName(_ finding: Diagnostic, _ file: SourceFile) -> Bool {
    ([finding.primary] + finding.labels.map(\.span)).contains { span in
      let bytes = file.bytes
      let all = bytes.span
      // As much of the lines before and after as an indented or continued value may take.
      let low = max(0, span.lowerBound - 2000)
      let high = min(all.count, span.lowerBound + 2000)
      return SecretPattern.mentionsSecretName(all.extracting(min(low, high)..<high))
    }
  }
}

extension Diagnostic {
  /// The same without source lines, and without fixes, which would quote them.
  fileprivate var withoutSource: Diagnostic {
    Diagnostic(code, at: primary, message, help: help, labels: labels, hidesSource: true)
  }
}
