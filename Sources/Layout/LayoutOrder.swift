/// Puts keys into their order.
enum LayoutOrder {
  static func arrange(_ page: Page) {
    guard case .collection(let collection) = page.root.value.content else { return }
    if collection.isMapping, !collection.isFlow { takeHeading(of: collection, page) }
    if !page.keepsOrder { arrange(collection) }
  }

  /// Takes away from the first key what heads the file: all before the last blank line, or, where
  /// an editor's line begins it, all.
  private static func takeHeading(of collection: Collection, _ page: Page) {
    guard let first = collection.entries.first, !first.leading.isEmpty else { return }
    var count = first.leading.lastIndex(where: \.hasBlankBefore) ?? 0
    if first.hasBlankBefore || page.startsWithEditorLine { count = first.leading.count }
    page.heading = Array(first.leading.prefix(count))
    first.leading.removeFirst(count)
    page.hasBlankAfterHeading = count > 0 && first.hasBlankAbove
    first.hasBlankAbove = false
  }

  private static func arrange(_ collection: Collection) {
    for entry in collection.entries {
      if case .collection(let inner) = entry.value.content { arrange(inner) }
    }
    guard collection.isMapping else { return }
    let entries = collection.entries
    let isSorted = zip(entries, entries.dropFirst()).allSatisfy { $0.rank <= $1.rank }
    if isSorted { return }
    let order = entries.indices.sorted { (entries[$0].rank, $0) < (entries[$1].rank, $1) }
    if !collection.constraints.isEmpty {
      var places = [Int](repeating: 0, count: order.count)
      for (place, index) in order.enumerated() { places[index] = place }
      if !collection.constraints.allSatisfy({ places[$0.first] < places[$0.second] }) { return }
    }
    collection.entries = order.map { entries[$0] }
    // The blank line above the new first one is now above the old.
    guard let old = entries.first, let new = collection.entries.first, old !== new else { return }
    old.hasBlankAbove = new.hasBlankAbove
    new.hasBlankAbove = false
  }
}
