internal import Compiler
internal import Diagnostics
internal import JSONText
internal import SourceText
internal import TenantFiles
internal import TenantModel
internal import Wording

extension Session {
  /// The safe fixes of the findings, made in memory.
  func fixes(now: Timestamp) throws -> FixRun {
    try FixRun(FixSubject(compilation, own: Set(own.keys))) { bytes in
      let session = try Session.open(place, now: now, replacing: bytes)
      return FixSubject(session.compilation, own: Set(session.own.keys))
    }
  }

  /// Writes what the fixes made of the tenant's own files.
  func write(_ run: FixRun) throws {
    guard !run.files.isEmpty else { return }
    let replacements = try run.files.map { file in
      let number = compilation.sources.files.firstIndex { $0.name == file.name }
      let path = number.flatMap { own[SourceFileID(index: UInt16(clamping: $0))] }
      return try FileReplacement(
        folder, path ?? file.name, old: file.text.original, new: file.text.bytes)
    }
    try FileReplacement.perform(replacements, in: folder)
  }

  /// The session with the findings that remain.
  func remaining(_ run: FixRun) -> Session {
    Session(
      place: place, folder: folder, compilation: run.subject.compilation, tenant: tenant, own: own,
      lock: lock, pending: pending)
  }
}

/// What was fixed and what was not, for people and for programs.
struct FixReport {
  let run: FixRun
  /// Whether nothing is written.
  let isDryRun: Bool

  /// The changes as a patch for `-p0`.
  var patch: [UInt8] {
    run.files.flatMap { file in
      UnifiedDiff(path: file.name, file.text, concealing: file.concealed).bytes
    }
  }

  /// The same with hidden characters shown.
  var visiblePatch: [UInt8] {
    patch.split(separator: 0x0A).flatMap { line in
      Array(String(decoding: line, as: UTF8.self).visible.utf8) + [0x0A]
    }
  }

  /// A line for each fix.
  func text(_ language: Language) -> TerminalText {
    var text: TerminalText = ""
    func say(_ ja: String, _ en: String) -> String { language == .ja ? ja : en }
    for fix in run.applied {
      let place: TerminalText = "\(text: fix.file):\(fix.position.line):\(fix.position.column)"
      let word: TerminalText =
        isDryRun ? "\(text: say("修正できる", "can be fixed"))" : "\(text: say("修正した", "fixed"))"
      let code: TerminalText = "[\(text: fix.code.name)]"
      text += "\(place, .bold): \(word, .cyan): \(text: fix.title[language]) \(code, .dim)\n"
    }
    let sources = run.subject.compilation.sources
    for fix in run.left {
      let file = sources[fix.finding.primary.file]
      let position = file.position(of: fix.finding.primary.lowerBound)
      let place: TerminalText = "\(text: file.name):\(position.line):\(position.column)"
      let word: TerminalText = "\(text: say("修正しない", "not fixed"))"
      let code: TerminalText = "[\(text: fix.finding.code.name)]"
      text +=
        "\(place, .bold): \(word, .yellow): \(text: fix.obstacle.wording[language]) \(code, .dim)\n"
    }
    return text
  }

  /// The members that a tenant's report has besides its findings.
  var members: [JSONValue.Member] {
    let applied = run.applied.map { fix in
      JSONValue.object([
        "code": .string(fix.code.name),
        "title": .object(["ja": .string(fix.title.ja), "en": .string(fix.title.en)]),
        "file": .string(fix.file), "line": .integer(fix.position.line),
        "column": .integer(fix.position.column),
      ])
    }
    let left = run.left.map { fix in
      JSONValue.object([
        "code": .string(fix.finding.code.name),
        "file": .string(run.subject.compilation.sources[fix.finding.primary.file].name),
        "reason": .object([
          "ja": .string(fix.obstacle.wording.ja), "en": .string(fix.obstacle.wording.en),
        ]),
      ])
    }
    var members = [
      JSONValue.Member("fixed", .array(applied)), JSONValue.Member("not_fixed", .array(left)),
    ]
    if isDryRun {
      members.append(JSONValue.Member("patch", .string(String(decoding: patch, as: UTF8.self))))
    }
    return members
  }
}

extension FixSelection.Obstacle {
  fileprivate var wording: LocalizedText {
    switch self {
    case .foreignFile:
      .init(
        ja: "このテナントのフォルダーの下のファイルではない", en: "the file is not beneath the tenant's folder")
    case .overlap:
      .init(ja: "ほかの修正と重なる", en: "it overlaps with another fix")
    case .newError:
      .init(ja: "直すと別の誤りが生じる", en: "it would bring another error")
    }
  }
}
