package import Wording

/// Why `out/` was not written, or not to the end.
package enum ApplyError: Error, Equatable, Sendable {
  /// Another apply is at work in this folder.
  case busy
  /// A symbolic link stands where mgc would write.
  case link(String)
  /// Something else than a file stands where mgc would write one.
  case notAFile(String)
  /// Something else than a folder stands where mgc needs one.
  case notAFolder(String)
  /// These files, sorted, hold what neither mgc wrote last nor would write now.
  case editedByHand([String])
  /// The lock is another than the one that the plan was made against.
  case lockChanged
  /// The file is another than the one that was read.
  case changedMeanwhile(String)
  /// This part of the journal's folder is missing, or not what mgc wrote.
  case damagedJournal(String)
  /// A file that was to be written has this path, which leads out of `out/`.
  case outside(String)
  case unreadable(ReadProblem)
  case failed(FileError)
  /// A test stopped the apply.
  case stopped(Checkpoint)

  package var message: LocalizedText {
    switch self {
    case .busy:
      return .init(
        ja: "このフォルダでは別の mgc apply が実行中",
        en: "another mgc apply is at work in this folder")
    case .link(let path):
      let name = path.quotedPath
      return .init(
        ja: "「\(name)」はシンボリックリンクなので書き込まない",
        en: "\"\(name)\" is a symbolic link, and nothing is written through it")
    case .notAFile(let path):
      let name = path.quotedPath
      return .init(
        ja: "「\(name)」に通常のファイルではないものがある",
        en: "something other than a regular file is at \"\(name)\"")
    case .notAFolder(let path):
      let name = path.quotedPath
      return .init(
        ja: "「\(name)」にフォルダではないものがある",
        en: "something other than a folder is at \"\(name)\"")
    case .editedByHand(let paths):
      let names = paths.prefix(20).map(\.quotedPath)
      let more = paths.count - names.count
      return .init(
        ja: "手で編集されている: " + names.joined(separator: "、") + (more > 0 ? "、ほか\(more)件" : ""),
        en: "edited by hand: " + names.joined(separator: ", ")
          + (more > 0 ? ", and \(more) more" : ""))
    case .lockChanged:
      return .init(
        ja: "計画を作った後に tenant.lock.json が変わった",
        en: "tenant.lock.json changed after the plan was made")
    case .changedMeanwhile(let path):
      let name = path.quotedPath
      return .init(
        ja: "「\(name)」は読んだ後に書き換えられた。何も書き込んでいない",
        en: "\"\(name)\" was changed after it was read; nothing was written")
    case .damagedJournal(let path):
      let name = path.quotedPath
      return .init(
        ja: "ジャーナルの「\(name)」がないか、mgcが書いたものではない",
        en: "\"\(name)\" of the journal is missing or not what mgc wrote")
    case .outside(let path):
      let name = path.quotedPath
      return .init(
        ja: "「\(name)」は out/ の下の相対パスではない",
        en: "\"\(name)\" is not a relative path beneath out/")
    case .unreadable(let problem): return problem.message
    case .failed(let error): return error.message
    case .stopped: return .init(ja: "途中で止められた", en: "stopped midway")
    }
  }

  /// What to do about it; nil where the message says all.
  package var help: LocalizedText? {
    switch self {
    case .busy:
      .init(ja: "終わってから実行する", en: "run it once that has ended")
    case .link, .notAFile, .notAFolder:
      .init(ja: "それを別の場所に移してから実行する", en: "move it elsewhere and run mgc apply again")
    case .editedByHand:
      .init(
        ja: "残すなら out/ の外に写す。上書きしてよければ --force",
        en: "copy what is to stay out of out/; --force overwrites it")
    case .lockChanged, .changedMeanwhile:
      .init(ja: "もう一度実行する", en: "run it again")
    case .damagedJournal:
      .init(
        ja: ".mgc-journal を消して mgc apply を実行する", en: "delete .mgc-journal and run mgc apply")
    case .outside, .unreadable, .failed, .stopped: nil
    }
  }
}

extension ApplyError {
  /// Runs what fails with a refused call.
  static func wrapping<Result>(
    _ body: () throws(FileError) -> Result
  ) throws(ApplyError) -> Result {
    do {
      return try body()
    } catch {
      throw .failed(error)
    }
  }
}
