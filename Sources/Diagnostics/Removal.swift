package import SourceText

/// An entry that a fix takes out of its list or mapping, named by a place that a rule knows.
///
/// Rules see values with their places and not the file's structure, so which bytes go, with which
/// comma and which line, is decided by whoever knows it: `EntryRemoval` for YAML.
package struct Removal: Hashable, Sendable {
  package enum Target: Hashable, Sendable {
    /// The list element, or the member of a mapping by its key or value, that is written here.
    case entry
    /// The list element that this stands in.
    case item
    /// The member of this name that this stands in.
    case member(String)
  }

  package let target: Target
  package let span: SourceSpan
  /// Where the same stands already: the removal is right only if both say the same.
  package let original: SourceSpan?

  package init(_ target: Target, _ span: SourceSpan, repeating original: SourceSpan? = nil) {
    self.target = target
    self.span = span
    self.original = original
  }
}

extension Diagnostic {
  /// The finding with its removals as edits. A fix whose removal has no edits goes away.
  package func resolving(_ edits: (Removal) -> [TextEdit]?) -> Diagnostic {
    guard fixes.contains(where: { !$0.removals.isEmpty }) else { return self }
    let resolved = fixes.compactMap { fix -> Fix? in
      var all = fix.edits
      for removal in fix.removals {
        guard let more = edits(removal) else { return nil }
        all += more
      }
      return all.isEmpty ? nil : Fix(fix.title, all, isSafe: fix.isSafe)
    }
    return Diagnostic(
      code, at: primary, message, help: help, labels: labels, fixes: resolved,
      hidesSource: hidesSource)
  }
}

extension SourceFile {
  /// The removal of a line of a plain list on which nothing else stands; nil for any other line.
  package func removal(ofLine span: SourceSpan) -> [TextEdit]? {
    let number = position(of: span.lowerBound).line
    let line = lineRange(number)
    guard line == span.lowerBound..<span.upperBound else { return nil }
    let end = number < lineCount ? lineRange(number + 1).lowerBound : bytes.count
    return [TextEdit(SourceSpan(file: span.file, line.lowerBound..<end), replacement: "")]
  }
}
