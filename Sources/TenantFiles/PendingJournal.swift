package import Wording

/// An apply that did not come to its end, or has not yet.
package struct PendingJournal: Equatable, Sendable {
  /// The files of `out/` that it changes, sorted; nil where it had not yet begun to change any.
  package let paths: [String]?
  /// Whether it is at work now, in another process.
  package let isRunning: Bool

  /// Whether, should it have stopped, the next apply completes it; otherwise it is forgotten.
  package var isCommitted: Bool { paths != nil }

  package var message: LocalizedText {
    if isRunning {
      return .init(
        ja: "このフォルダでは mgc apply が実行中", en: "an mgc apply is at work in this folder")
    }
    guard let paths else {
      return .init(
        ja: "準備の途中で止まった mgc apply がある。次の mgc apply が片付ける",
        en:
          "an mgc apply stopped before it changed anything; the next mgc apply clears it away")
    }
    return .init(
      ja: "\(paths.count)件のファイルを書き換える途中で止まった mgc apply がある。次の mgc apply が先に完了させる",
      en:
        "an mgc apply of \(paths.count) files stopped midway; the next mgc apply completes it first"
    )
  }
}
