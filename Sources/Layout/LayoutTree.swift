// A document taken apart. Ranges are of the bytes that were read.

/// A comment.
struct Remark {
  let range: Range<Int>
  /// The column, from 0, in which it stood, as a terminal shows it.
  let column: Int
  /// Whether a blank line was before it.
  var hasBlankBefore: Bool
}

/// A whole document.
final class Page {
  /// The comments before a `---`; nil where there is none.
  var beforeMarker: [Remark]?
  /// The comments at the top that stay there, whichever key comes first.
  var heading: [Remark] = []
  var hasBlankAfterHeading = false
  /// Whether the first line tells an editor the schema.
  var startsWithEditorLine = false
  let root = Entry()
  /// Whether an anchor's name is given twice, so that no node may change its place.
  var keepsOrder = false
}

/// A member of a mapping, an element of a sequence, or the root, with the comments that go with it.
final class Entry {
  /// Comments alone on the lines above.
  var leading: [Remark] = []
  /// Whether a blank line is between those, or what was before, and the entry itself.
  var hasBlankBefore = false
  /// A member's key.
  var key: LayoutNode?
  /// The key's place in the key table; unknown ones come last.
  var rank = 0
  var value = LayoutNode()
  /// The comment at its line's end, and those of the lines below that continue it.
  var lineEnd: [Remark] = []
  /// How many columns were before the comment at its line's end.
  var gap = 0
  /// Comments below it that are indented deeper than it.
  var trailing: [Remark] = []

  /// Whether a blank line is before all of it.
  var hasBlankAbove: Bool {
    get { leading.first?.hasBlankBefore ?? hasBlankBefore }
    set {
      if leading.isEmpty { hasBlankBefore = newValue } else { leading[0].hasBlankBefore = newValue }
    }
  }

  /// Makes comments at its line's end comments above it.
  func raiseLineEnd() { raise(&lineEnd) }

  /// Appends to the comments above it; a blank line that was before the entry is now before them.
  func raise(_ remarks: inout [Remark]) {
    guard !remarks.isEmpty else { return }
    if leading.isEmpty || hasBlankBefore { remarks[0].hasBlankBefore = hasBlankBefore }
    hasBlankBefore = false
    leading += remarks
    remarks = []
  }
}

struct LayoutNode {
  enum Content {
    /// Nothing is written: a null.
    case empty
    /// A scalar of one line, or an alias.
    case text(Range<Int>)
    /// A plain or quoted scalar of more lines.
    case lines(Range<Int>)
    case block(BlockScalar)
    case collection(Collection)
  }

  var anchor: Range<Int>?
  var content = Content.empty
  /// How many columns it takes in flow style, with its anchor; nil where it cannot be flow.
  var flowWidth: Int? = 0

  var isEmpty: Bool {
    if case .empty = content { anchor == nil } else { false }
  }
}

final class Collection {
  let isMapping: Bool
  let isFlow: Bool
  var entries: [Entry] = []
  /// Which entries, by their number, must stay before which: an anchor's before its aliases'.
  var constraints: [(first: Int, second: Int)] = []

  init(isMapping: Bool, isFlow: Bool) {
    self.isMapping = isMapping
    self.isFlow = isFlow
  }
}
