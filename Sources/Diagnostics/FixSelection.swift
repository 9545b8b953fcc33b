package import SourceText

/// Which fixes of some findings are made together: the safe ones, in order of place, each whole or
/// not at all. Two that edit the same text do not go together, and the first by place is made; two
/// that make the very same edit do.
package struct FixSelection: Sendable {
  /// A finding with the one fix of it that may be made.
  package struct Item: Sendable {
    package let finding: Diagnostic
    package let fix: Diagnostic.Fix

    /// By where the edits begin.
    fileprivate static func precedes(_ left: Item, _ right: Item) -> Bool {
      for (one, other) in zip(left.fix.edits, right.fix.edits) where one.span != other.span {
        return one.span < other.span
      }
      return left.fix.edits.count < right.fix.edits.count
    }
  }

  /// Why a safe fix is not made.
  package enum Obstacle: Sendable {
    /// It would edit a file that is not the tenant's own.
    case foreignFile
    /// It edits what another fix edits.
    case overlap
    /// It would bring an error that was not there.
    case newError
  }

  package private(set) var chosen: [Item] = []
  package private(set) var left: [(item: Item, obstacle: Obstacle)] = []

  /// - Parameter isOwn: whether a file may be written.
  package init(
    _ findings: [Diagnostic], in sources: SourceSet, isOwn: (SourceFileID) -> Bool
  ) {
    let concealed = ConcealedLines(sources, findings)
    var items: [Item] = []
    for finding in findings where !finding.hidesSource {
      let safe = finding.fixes.filter(\.isSafe)
      // Several are alternatives, of which a person chooses.
      guard safe.count == 1, let fix = safe.first, !fix.edits.isEmpty, !concealed.touches(fix)
      else { continue }
      let edits = fix.edits.sorted { $0.span < $1.span }
      items.append(Item(finding: finding, fix: .init(fix.title, edits, isSafe: true)))
    }
    var taken = TakenEdits()
    for item in items.sorted(by: Item.precedes) {
      if !item.fix.edits.allSatisfy({ isOwn($0.span.file) }) {
        left.append((item, .foreignFile))
      } else if taken.insert(item.fix.edits) {
        chosen.append(item)
      } else {
        left.append((item, .overlap))
      }
    }
  }

  /// The edits of some items by file, in order, each once.
  package static func edits(of items: some Sequence<Item>) -> [SourceFileID: [TextEdit]] {
    var seen: Set<TextEdit> = []
    var result: [SourceFileID: [TextEdit]] = [:]
    for item in items {
      for edit in item.fix.edits where seen.insert(edit).inserted {
        result[edit.span.file, default: []].append(edit)
      }
    }
    return result.mapValues { $0.sorted { $0.span < $1.span } }
  }
}

/// Edits that do not overlap, in order.
private struct TakenEdits {
  private var edits: [TextEdit] = []

  /// Takes all of them, or none and returns false where one overlaps with what is taken.
  mutating func insert(_ more: [TextEdit]) -> Bool {
    for (left, right) in zip(more, more.dropFirst()) where left.collides(with: right) {
      return false
    }
    var fresh: [TextEdit] = []
    for edit in more {
      let index = place(of: edit)
      // Edits apart from each other and in order: only neighbors can touch.
      let neighbors = edits[max(0, index - 1)..<min(edits.count, index + 2)]
      if neighbors.contains(edit) { continue }
      if neighbors.contains(where: { $0.collides(with: edit) }) { return false }
      fresh.append(edit)
    }
    for edit in fresh { edits.insert(edit, at: place(of: edit)) }
    return true
  }

  private func place(of edit: TextEdit) -> Int {
    var low = 0
    var high = edits.count
    while low < high {
      let middle = (low + high) / 2
      if edits[middle].span < edit.span { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

extension TextEdit {
  /// Whether both change the same text, or one inserts at the other's edge, where the order of the
  /// two would decide.
  fileprivate func collides(with other: TextEdit) -> Bool {
    guard span.file == other.span.file else { return false }
    if span.isEmpty || other.span.isEmpty {
      return span.lowerBound <= other.span.upperBound && other.span.lowerBound <= span.upperBound
    }
    return span.lowerBound < other.span.upperBound && other.span.lowerBound < span.upperBound
  }
}
