/// A text with the edits made to it so far, which still knows what it was.
///
/// All that lies outside of `changes` is the original's, byte for byte.
package struct EditedText: Sendable {
  /// A stretch of the original and what stands there now.
  package struct Change: Equatable, Sendable {
    package let old: Range<Int>
    package let new: [UInt8]
  }

  package let original: [UInt8]
  /// In order, and apart from each other.
  package private(set) var changes: [Change] = []

  package init(_ original: [UInt8]) { self.original = original }

  /// The text as it is now.
  package var bytes: [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(original.count)
    var offset = 0
    for change in changes {
      result += original[offset..<change.old.lowerBound]
      result += change.new
      offset = change.old.upperBound
    }
    return result + original[offset...]
  }

  /// What a stretch of the text as it is now was in the original.
  package func origin(of range: Range<Int>) -> Range<Int> {
    let low = origin(of: range.lowerBound, atEnd: false)
    return low..<max(low, origin(of: range.upperBound, atEnd: true))
  }

  /// - Parameter atEnd: which edge of a change stands for a place inside it.
  private func origin(of offset: Int, atEnd: Bool) -> Int {
    var shift = 0
    for change in changes {
      let place = change.place(shift)
      if offset < place.lowerBound { break }
      if offset < place.upperBound { return atEnd ? change.old.upperBound : change.old.lowerBound }
      shift += change.growth
    }
    return min(max(offset - shift, 0), original.count)
  }

  /// Makes edits of the text as it is now, which do not overlap.
  package mutating func apply(_ edits: [TextEdit]) {
    // From the end on, so that an edit does not move the others.
    for edit in edits.sorted(by: { $0.span > $1.span }) {
      replace(edit.span.lowerBound..<edit.span.upperBound, with: Array(edit.replacement.utf8))
    }
  }

  private mutating func replace(_ range: Range<Int>, with replacement: [UInt8]) {
    // How far the text before a change has moved, and the changes that the range touches.
    var shift = 0
    var first = 0
    while first < changes.count, changes[first].place(shift).upperBound < range.lowerBound {
      shift += changes[first].growth
      first += 1
    }
    var end = first
    var endShift = shift
    var head: ArraySlice<UInt8> = []
    var tail: ArraySlice<UInt8> = []
    var low = range.lowerBound - shift
    while end < changes.count {
      let change = changes[end]
      let place = change.place(endShift)
      guard place.lowerBound <= range.upperBound else { break }
      if end == first, place.lowerBound < range.lowerBound {
        head = change.new.prefix(range.lowerBound - place.lowerBound)
        low = change.old.lowerBound
      } else if end == first {
        low = min(low, change.old.lowerBound)
      }
      if place.upperBound > range.upperBound {
        tail = change.new.suffix(place.upperBound - range.upperBound)
      }
      endShift += change.growth
      end += 1
    }
    // After a change that reaches beyond the range, the original goes on where that change ends.
    let high =
      tail.isEmpty
      ? range.upperBound - endShift : changes[end - 1].old.upperBound
    changes.replaceSubrange(
      first..<end, with: [Change(old: low..<max(low, high), new: head + replacement + tail)])
  }
}

extension EditedText.Change {
  fileprivate var growth: Int { new.count - old.count }

  /// Where it stands in the text as it is, when all before it has moved by `shift`.
  fileprivate func place(_ shift: Int) -> Range<Int> {
    let start = old.lowerBound + shift
    return start..<start + new.count
  }
}
