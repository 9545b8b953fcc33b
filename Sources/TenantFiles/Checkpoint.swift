/// A moment of an apply after which the disk differs from before. Tests stop an apply at each.
package enum Checkpoint: Equatable, Sendable {
  case journalFolderMade
  case stageMade
  /// So many bytes of a file are in it.
  case partWritten(String, bytes: Int)
  /// The new contents of a file are on disk, beside the tree.
  case staged(String)
  /// The journal is on disk under another name.
  case journalWritten
  /// The journal has its name: from here on the apply will be completed.
  case committed
  case folderMade(String)
  case fileWritten(String)
  case fileRemoved(String)
  case folderRemoved(String)
  case lockReplaced
  case journalRemoved
  case stageRemoved(String)
  case journalFolderRemoved
}

/// Is told of each checkpoint; false stops the apply there, as a loss of power would.
package typealias CheckpointObserver = (Checkpoint) -> Bool
