internal import SourceText
package import Wording

/// A call that the system refused: what was done to which path, and why it failed.
package struct FileError: Error, Equatable, Sendable {
  package enum Operation: Sendable {
    case open, read, create, write, rename, remove, makeFolder, synchronize, list, lock
  }

  package let operation: Operation
  /// Relative to the tenant's folder, or as a person wrote it.
  package let path: String
  package let cause: SystemError

  /// For people, with the system's words at the end.
  package var message: LocalizedText {
    let path = path.quotedPath
    let verb = operation.verb
    return .init(
      ja: "「\(path)」を\(verb.ja)できない: \(cause.text)",
      en: "cannot \(verb.en) \"\(path)\": \(cause.text)")
  }
}

extension FileError.Operation {
  fileprivate var verb: LocalizedText {
    switch self {
    case .open: .init(ja: "オープン", en: "open")
    case .read: .init(ja: "読み込み", en: "read")
    case .create: .init(ja: "作成", en: "create")
    case .write: .init(ja: "書き込み", en: "write")
    case .rename: .init(ja: "改名", en: "rename")
    case .remove: .init(ja: "削除", en: "remove")
    case .makeFolder: .init(ja: "フォルダとして作成", en: "make the folder")
    case .synchronize: .init(ja: "ディスクに確定", en: "synchronize")
    case .list: .init(ja: "一覧", en: "list")
    case .lock: .init(ja: "ロック", en: "lock")
    }
  }
}

extension String {
  /// A path in a message.
  var quotedPath: String { isEmpty ? "." : excerpt(limit: 300) }
}
