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
      // A value may be continued on some lines after its key.
      var low = min(span.lowerBound, all.count)
      var breaks = 0
      while low > 0, span.lowerBound - low < 2000 {
        if all[low - 1] == 0x0A { breaks += 1 }
        if breaks == 5 { break }
        low -= 1
      }
      var high = min(span.lowerBound, all.count)
      while high < all.count, high - low < 4000, all[high] != 0x0A { high += 1 }
      return SecretPattern.mentionsSecretName(all.extracting(low..<high))
    }
  }
}

extension Diagnostic {
  /// The same without source lines, and without fixes, which would quote them.
  fileprivate var withoutSource: Diagnostic {
    Diagnostic(code, at: primary, message, help: help, labels: labels, hidesSource: true)
  }
}
