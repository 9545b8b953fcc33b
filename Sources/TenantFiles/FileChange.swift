/// What an apply does to one file.
package struct FileChange: Equatable, Sendable {
  package enum Kind: Sendable {
    case create
    case change
    case remove
    case same
  }

  /// Relative to `out/`.
  package let path: String
  package let kind: Kind
  /// On disk is what neither the lock recorded nor the apply would write.
  package let isEditedByHand: Bool
  /// The digest of what is on disk; nil for nothing.
  let current: String?
}
