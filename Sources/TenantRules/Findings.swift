internal import Diagnostics
internal import SourceText
internal import Wording

// How rules put their findings together.

extension Diagnostic.Label {
  /// The first of several that should be one.
  static func first(_ span: SourceSpan) -> Diagnostic.Label {
    .init(span, .init(ja: "1つ目はここ", en: "the first is here"))
  }
}

extension Diagnostic.Fix {
  /// Writes another name in a place of tenant.yaml.
  static func write(
    _ name: String, at span: SourceSpan, isSafe: Bool = true
  ) -> Diagnostic.Fix {
    .init(
      .init(ja: "「\(name.excerpt())」に直す", en: "write \"\(name.excerpt())\""),
      [TextEdit(span, replacement: YAMLScalar(name).text)], isSafe: isSafe)
  }

  /// Takes an entry of a list out.
  static func remove(_ span: SourceSpan, isSafe: Bool) -> Diagnostic.Fix {
    .init(
      .init(ja: "この項目を消す", en: "remove the entry"), removing: [Removal(.entry, span)],
      isSafe: isSafe)
  }

  /// Takes out the list entry that a place is in.
  static func removeItem(of span: SourceSpan) -> Diagnostic.Fix {
    .init(
      .init(ja: "この項目を消す", en: "remove the entry"), removing: [Removal(.item, span)],
      isSafe: false)
  }

  /// Takes out the list entry that a place is in, if it says the same as that of the first place.
  static func removeRepetition(_ span: SourceSpan, of first: SourceSpan) -> Diagnostic.Fix {
    .init(
      .init(ja: "同じ内容の2つ目を消す", en: "remove the second, which says the same"),
      removing: [Removal(.item, span, repeating: first)])
  }

  /// Takes out a key that has no effect.
  static func removeKey(_ name: String, holding span: SourceSpan) -> Diagnostic.Fix {
    .init(
      .init(ja: "\(name) を消す", en: "remove \(name)"),
      removing: [Removal(.member(name), span)], isSafe: false)
  }
}

/// What to do about a name that is not among those declared: the one that must have been meant,
/// else all that there are.
struct NameAdvice {
  let help: LocalizedText?
  let fixes: [Diagnostic.Fix]

  /// The longest list of names that is shown or searched.
  static let limit = 200

  init(help: LocalizedText) {
    self.help = help
    fixes = []
  }

  /// - Parameter bag: where the finding goes; one that will not be shown needs no advice.
  init(_ name: String, at span: SourceSpan, known: [String], for bag: DiagnosticBag) {
    guard known.count <= Self.limit, !bag.isFull else {
      help = nil
      fixes = []
      return
    }
    if let nearest = Spelling.nearest(to: name, among: known) {
      help = .init(
        ja: "「\(nearest.excerpt())」の書き間違いではないか",
        en: "perhaps \"\(nearest.excerpt())\" was meant")
      fixes = [.write(nearest, at: span, isSafe: false)]
      return
    }
    fixes = []
    let list = known.sorted().map { $0.excerpt() }
    help =
      list.isEmpty
      ? nil
      : .init(
        ja: "宣言されているもの: " + list.joined(separator: "、"),
        en: "declared are: " + list.joined(separator: ", "))
  }
}

extension Sequence {
  /// Each later element whose key an earlier one has, with the first that has it.
  func repetitions<Key: Hashable>(
    of key: (Element) -> Key
  ) -> [(again: Element, first: Element)] {
    var firsts: [Key: Element] = [:]
    var result: [(again: Element, first: Element)] = []
    for element in self {
      let key = key(element)
      if let first = firsts[key] {
        result.append((element, first))
      } else {
        firsts[key] = element
      }
    }
    return result
  }
}
