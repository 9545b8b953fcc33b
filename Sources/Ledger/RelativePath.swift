internal import SourceText

/// A path that stays beneath the folder that it starts from, as far as its text can say: names
/// with `/` between them. Links on the way are the business of who opens it.
package struct RelativePath: Hashable, Comparable, Sendable {
  package let text: String

  /// Nil for an absolute path, an empty name, `.`, `..`, a backslash, or a character that cannot
  /// be seen; and beyond the lengths that Linux sets (255 bytes a name, 4,096 a path) or 32 names.
  package init?(_ text: String) {
    let utf8 = text.utf8
    guard utf8.count < 4096 else { return nil }
    let names = utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    guard names.count <= 32 else { return nil }
    for name in names {
      guard (1...255).contains(name.count), !name.contains(UInt8(ascii: "\\")),
        !name.elementsEqual(".".utf8), !name.elementsEqual("..".utf8)
      else { return nil }
    }
    guard !text.unicodeScalars.contains(where: \.isHidden) else { return nil }
    self.text = text
  }

  private init(beneath text: Substring) { self.text = String(text) }

  /// The names, from the outermost folder to the file.
  package var components: [String] { text.split(separator: "/").map(String.init) }

  /// The last name.
  package var name: String { components.last ?? "" }

  /// The folder that it is in; nil where that is the folder that it starts from.
  package var parent: RelativePath? {
    text.lastIndex(of: "/").map { RelativePath(beneath: text[..<$0]) }
  }

  package static func < (left: Self, right: Self) -> Bool { left.text < right.text }
}
