internal import Diagnostics
internal import MailRecords
internal import Observation
internal import Procedure
internal import SourceText
internal import TenantFiles
internal import TenantModel
internal import Wording

/// What the DNS says of each step, for people at a terminal.
struct VerifyReport {
  private(set) var text: TerminalText = ""
  /// Whether all that is due is as it should be.
  private(set) var isWell = true
  private let procedure: Procedure
  private let language: Language
  private let now: Timestamp
  private var counts: [StageVerdict.Word: Int] = [:]
  private var notYet = 0

  init(_ session: Session, _ procedure: Procedure, language: Language, now: Timestamp) {
    self.procedure = procedure
    self.language = language
    self.now = now
    let tenant = procedure.tenant
    let name: TerminalText = "\(text: tenant.name.value.text)"
    text += "\(name, .bold) (\(text: tenant.id.value.text))  \(text: session.place.file)\n"
  }

  private func say(_ ja: String, _ en: String) -> String { language == .ja ? ja : en }

  mutating func add(_ domain: DomainChanges, _ stages: [StageVerdicts]) {
    let title: TerminalText = "\(text: domain.domain.name.value.unicode)"
    text += "\n\(title, .bold)\n"
    if stages.isEmpty {
      text += "  \(text: say("DNSの変更はない", "nothing changes in the DNS"))\n"
    }
    for stage in stages {
      let isDue = procedure.isDue(stage.stage.kind, now: now)
      for verdict in stage.verdicts { add(verdict, stage.stage.kind, isDue) }
      for key in stage.stage.waiting {
        let line = say(
          "\(stage.stage.kind.step.number) DKIM (\(key.selector)): 鍵がまだない",
          "\(stage.stage.kind.step.number) DKIM (\(key.selector)): there is no key yet")
        text += "  . \(text: line)\n"
        notYet += 1
      }
    }
  }

  private mutating func add(
    _ verdict: StageVerdict, _ kind: ZoneStage.Kind, _ isDue: Bool
  ) {
    let change = verdict.change
    let isLater = verdict.word != .same && !isDue
    if isLater { notYet += 1 } else { counts[verdict.word, default: 0] += 1 }
    if verdict.word != .same && isDue { isWell = false }
    let mark: TerminalText =
      switch verdict.word {
      case _ where isLater: "."
      case .same: "="
      case .differs: TerminalText("!").styled(.red)
      case .unknown: TerminalText("?").styled(.yellow)
      }
    let state =
      switch verdict.word {
      case .same: say("同じ", "same")
      case .differs: say("違う", "differs")
      case .unknown: say("分からない", "unknown")
      }
    let stage = if case .dmarc(let stage) = kind { " " + stage.tags } else { "" }
    let title = "\(kind.step.number) \(change.purpose.title[language])\(stage): \(state)"
    text += "  \(mark) \(text: title)"
    if isLater { text += "\(text: later(kind))" }
    text += "\n"
    if verdict.word != .same {
      line(say("手順の値", "wanted"), wanted(change))
      for reply in verdict.lookup.replies { line("\(reply.server)", words(reply.result)) }
      if verdict.lookup.replies.isEmpty {
        text += "      \(text: say("権威サーバーが見つからない", "no authoritative server was found"))\n"
      }
      if let last = verdict.lookup.answer.aliases.last {
        line(say("CNAMEの先", "behind the CNAME"), last.target)
      }
    }
    for reply in verdict.stale {
      line(
        say("\(reply.server) はまだ前の値", "\(reply.server) still has"), words(reply.result))
    }
  }

  private mutating func line(_ name: String, _ value: String) {
    text += "      \(text: name): \(text: value)\n"
  }

  private func later(_ kind: ZoneStage.Kind) -> String {
    guard let window = procedure.window(of: kind) else {
      return say("（時期はまだ決まっていない）", " (its time is not set yet)")
    }
    if let notBefore = window.notBefore {
      return say("（\(notBefore) 以降）", " (not before \(notBefore))")
    }
    return window.notAfter.map { say("（\($0) まで）", " (not after \($0))") } ?? ""
  }

  private func wanted(_ change: RecordChange) -> String {
    switch change.purpose {
    case .lowerTTL: return say("TTL \(change.ttl) 以下", "TTL \(change.ttl) or less")
    default:
      let data = change.added.isEmpty || change.type == .mx ? change.after : change.added
      let list = data.map(\.presentation).joined(separator: ", ")
      return change.purpose == .restoreTTL ? "TTL \(change.ttl); \(list)" : list
    }
  }

  private func words(_ result: DNSServerReply.Result) -> String {
    switch result {
    case .outcome(.records(let data, let ttl)):
      "TTL \(ttl); " + data.map(\.presentation).joined(separator: ", ")
    case .outcome(.noData): say("この種別のレコードはない", "no record of the type")
    case .outcome(.noName): say("この名前はない", "no such name")
    case .outcome(.failure), .outcome(.disagreement): say("使える答えがない", "no usable answer")
    case .alias(let alias): "CNAME \(alias.target)"
    case .refusal(let code): say("応答コード \(code)", "response code \(code)") + Self.name(of: code)
    case .notAuthoritative: say("このゾーンの権威ではない", "it is no authority for the zone")
    case .malformed: say("壊れた答え", "a broken answer")
    case .silence: say("答えがない", "no answer")
    case .unreachable: say("届かない", "unreachable")
    case .notAsked: say("尋ねていない", "not asked")
    }
  }

  /// The names that administrators know (RFC 1035 §4.1.1).
  private static func name(of code: Int) -> String {
    switch code {
    case 1: " (FORMERR)"
    case 2: " (SERVFAIL)"
    case 4: " (NOTIMP)"
    case 5: " (REFUSED)"
    case 9: " (NOTAUTH)"
    default: ""
    }
  }

  mutating func finish(isExhausted: Bool) {
    if isExhausted {
      let line = say(
        "質問数か時間の上限に達したので、残りは尋ねていない",
        "the limits of questions or time were reached, and the rest was not asked")
      text += "\n\(text: line)\n"
    }
    let same = counts[.same] ?? 0
    let differs = counts[.differs] ?? 0
    let unknown = counts[.unknown] ?? 0
    let line = say(
      "確認: 同じ \(same)、違う \(differs)、分からない \(unknown)、まだ \(notYet)",
      "Verified: \(same) same, \(differs) differ, \(unknown) unknown, \(notYet) not due yet")
    text += "\n\(text: line)\n"
  }
}
