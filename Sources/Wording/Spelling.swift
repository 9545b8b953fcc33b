/// Which of some known words was meant, for suggestions.
package enum Spelling {
  /// The one known word that is within a third of its length of edits (insert, delete, replace,
  /// swap of neighbors); nil where none or several are equally near.
  package static func nearest(to word: String, among known: [String]) -> String? {
    let scalars = Array(word.lowercased().unicodeScalars.prefix(65))
    guard scalars.count <= 64 else { return nil }
    var best: (word: String, distance: Int)?
    var isTie = false
    for candidate in known {
      let other = Array(candidate.lowercased().unicodeScalars)
      let limit = max(1, max(scalars.count, other.count) / 3)
      // No distance is less than what one is longer.
      guard abs(scalars.count - other.count) <= limit else { continue }
      let distance = distance(scalars, other)
      guard distance <= limit else { continue }
      if let current = best, distance >= current.distance {
        isTie = isTie || distance == current.distance
      } else {
        best = (candidate, distance)
        isTie = false
      }
    }
    return isTie ? nil : best?.word
  }

  /// Whether two words differ only in case, hyphens and underscores, so that no other can be meant.
  package static func isVariant(_ word: String, of other: String) -> Bool {
    func bare(_ text: String) -> String { text.lowercased().filter { $0 != "-" && $0 != "_" } }
    return bare(word) == bare(other)
  }

  /// The optimal string alignment distance.
  private static func distance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    var beforeLast = [Int](repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    for row in left.indices {
      var current = [row + 1]
      for column in right.indices {
        var cost = min(
          last[column + 1] + 1, current[column] + 1,
          last[column] + (left[row] == right[column] ? 0 : 1))
        if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
          cost = min(cost, beforeLast[column - 1] + 1)
        }
        current.append(cost)
      }
      beforeLast = last
      last = current
    }
    return last[right.count]
  }
}
