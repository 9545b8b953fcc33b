package import Wording

/// Why a file was not read.
package struct ReadProblem: Error, Equatable, Sendable {
  package enum Reason: Equatable, Sendable {
    case missing
    /// It is there already, where a new file was to be.
    case exists
    /// A symbolic link stands at this path, on the way or at its end.
    case link(String)
    /// A folder stands where a file belongs.
    case folder
    /// A pipe, device or socket stands where a file belongs.
    case special
    /// No folder stands where one belongs.
    case notAFolder
    /// More bytes than this limit.
    case tooLarge(Int)
    /// It was being written, time and again.
    case changing
    /// The path leads out of the folder, or cannot be one.
    case outside
    case failed(FileError)
  }

  /// As it was asked for.
  package let path: String
  package let reason: Reason

  package init(path: String, reason: Reason) {
    self.path = path
    self.reason = reason
  }

  package var message: LocalizedText {
    let name = path.quotedPath
    switch reason {
    case .missing: return .init(ja: "「\(name)」がない", en: "\"\(name)\" does not exist")
    case .exists:
      return .init(
        ja: "「\(name)」はもうあるので、何も書かない", en: "\"\(name)\" exists, so nothing is written")
    case .link(let link):
      let link = link.quotedPath
      return link == name
        ? .init(
          ja: "「\(name)」はシンボリックリンクなので読まない",
          en: "\"\(name)\" is a symbolic link, which is not followed")
        : .init(
          ja: "「\(name)」の途中の「\(link)」はシンボリックリンクなので読まない",
          en: "\"\(link)\" on the way to \"\(name)\" is a symbolic link, which is not followed")
    case .folder:
      return .init(
        ja: "「\(name)」はファイルではなくフォルダ", en: "\"\(name)\" is a folder and not a file")
    case .special:
      return .init(
        ja: "「\(name)」は通常のファイルではない（パイプ、デバイス、ソケット）",
        en: "\"\(name)\" is not a regular file but a pipe, device or socket")
    case .notAFolder:
      return .init(
        ja: "「\(name)」の途中がフォルダではない", en: "a part of \"\(name)\" is not a folder")
    case .tooLarge(let limit):
      return .init(
        ja: "「\(name)」が上限の \(limit) バイトより大きい",
        en: "\"\(name)\" is larger than the limit of \(limit) bytes")
    case .changing:
      return .init(
        ja: "「\(name)」が読んでいる間に書き換えられた",
        en: "\"\(name)\" was changed while it was being read")
    case .outside:
      return .init(
        ja: "「\(name)」はこのフォルダの下の相対パスではない",
        en: "\"\(name)\" is not a relative path beneath this folder")
    case .failed(let error): return error.message
    }
  }
}
