internal import SourceText

/// The standard that a tenant extends: a path from the folder of tenant.yaml, which may begin with
/// `..`. How far up it may lead is seen while it is opened.
package struct StandardReference: Hashable, Sendable, CustomStringConvertible {
  package let path: String

  /// Why a path is refused.
  package enum Problem: Error {
    case empty
    case absolute
    /// A part is `.` or empty, `..` stands behind a name, or there is no name.
    case crooked
    case hiddenCharacter
  }

  package init(_ path: String) throws(Problem) {
    if path.isEmpty { throw .empty }
    if path.utf8.first == 0x2F || path.utf8.first == 0x5C { throw .absolute }
    if path.unicodeScalars.contains(where: \.isHidden) { throw .hiddenCharacter }
    let parts = path.split(separator: "/", omittingEmptySubsequences: false)
    let names = parts.drop { $0 == ".." }
    if names.isEmpty || names.contains(where: { $0.isEmpty || $0 == "." || $0 == ".." }) {
      throw .crooked
    }
    self.path = path
  }

  package var description: String { path }
}
