internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel
internal import Wording

/// A day to keep: a row of the runbook's table and an event of `calendar.ics`.
struct DatedEntry {
  /// What it is about, the same whatever its day: a calendar that is read again moves the event.
  let subject: String
  let time: Time
  let title: Phrase
  let reason: Phrase

  enum Time {
    case day(CalendarDate)
    case moment(Timestamp)
    /// The earliest moment.
    case from(Timestamp)
    /// The latest moment.
    case until(Timestamp)
  }

  var when: Phrase {
    switch time {
    case .day(let day): day.words
    case .moment(let moment): moment.words
    case .from(let moment): .init(ja: "\(moment.words.ja) 以降", en: "from \(moment.words.en)")
    case .until(let moment): .init(ja: "\(moment.words.ja) まで", en: "until \(moment.words.en)")
    }
  }

  /// Seconds since 1970 in the offset in which people wrote it.
  fileprivate var order: Int {
    switch time {
    case .day(let day): day.dayNumber * 86400
    case .moment(let moment), .from(let moment), .until(let moment):
      moment.seconds + moment.offset * 60
    }
  }
}

/// The calendar: when each step may or must be done, and what expires.
struct RunbookDates {
  private let procedure: Procedure
  private let steps: [Runbook.Step]

  init(_ procedure: Procedure, steps: [Runbook.Step]) {
    self.procedure = procedure
    self.steps = steps
  }

  /// By time; of one time as they were found.
  var entries: [DatedEntry] {
    let all = deadlines + cutovers + beginnings + secrets + reprieves
    return all.enumerated().sorted { left, right in
      (left.element.order, left.offset) < (right.element.order, right.offset)
    }.map(\.element)
  }

  /// Steps that end by the same moment make one entry.
  private var deadlines: [DatedEntry] {
    var moments: [Timestamp] = []
    var groups: [Timestamp: [Runbook.Step]] = [:]
    for step in steps {
      guard let moment = step.notAfter else { continue }
      if groups[moment] == nil { moments.append(moment) }
      groups[moment, default: []].append(step)
    }
    return moments.compactMap { moment in
      guard let due = groups[moment], let first = due.first else { return nil }
      let titles = due.map(\.numberedTitle)
      return DatedEntry(
        subject: "until/" + first.kind.rawValue, time: .until(moment),
        title: .init(
          ja: "ここまでに終える: \(titles.map(\.ja).joined(separator: "、"))",
          en: "To be finished by then: \(titles.map(\.en).joined(separator: ", "))"),
        reason: first.reason ?? .init(both: ""))
    }
  }

  private var cutovers: [DatedEntry] {
    guard let step = steps.first(where: { $0.kind == .cutover }) else { return [] }
    return procedure.movingDomains.compactMap { change in
      guard let moment = change.domain.cutover?.value else { return nil }
      let name = change.domain.name.value
      return DatedEntry(
        subject: "cutover/" + name.ascii, time: .moment(moment),
        title: .init(
          ja: "\(step.numberedTitle.ja): \(.domain(name))",
          en: "\(step.numberedTitle.en): \(.domain(name))"),
        reason: step.reason ?? .init(both: ""))
    }
  }

  private var beginnings: [DatedEntry] {
    steps.compactMap { step in
      guard step.kind != .cutover, let moment = step.notBefore else { return nil }
      return DatedEntry(
        subject: "from/" + step.kind.rawValue, time: .from(moment), title: step.numberedTitle,
        reason: step.reason ?? .init(both: ""))
    }
  }

  private var secrets: [DatedEntry] {
    procedure.tenant.mailServers.flatMap { server -> [DatedEntry] in
      guard case .oauth(let expires?) = server.signIn?.value else { return [] }
      let name = server.name.value.text
      let stops = Phrase(
        ja: "期限が切れると、メールが止まるおそれがあります", en: "when it expires, mail may stop")
      return [
        DatedEntry(
          subject: "secret-renewal/" + name,
          time: .day(expires.value.adding(months: -Catalogue.secretRenewalMonths.value)),
          title: .init(
            ja: "\(text: name): クライアントシークレットの更新を始める",
            en: "\(text: name): begin to renew the client secret"),
          reason: stops),
        DatedEntry(
          subject: "secret/" + name, time: .day(expires.value),
          title: .init(
            ja: "\(text: name): クライアントシークレットの期限", en: "\(text: name): the client secret expires"),
          reason: stops),
      ]
    }
  }

  private var reprieves: [DatedEntry] {
    procedure.reprieves.map { reprieve in
      DatedEntry(
        subject: "finding/" + reprieve.code + "/" + reprieve.reason, time: .day(reprieve.until),
        title: .init(
          ja: "\(text: reprieve.code) の指摘を止めている最後の日",
          en: "The last day on which \(text: reprieve.code) is silenced"),
        reason: .init(both: "\(text: reprieve.reason)"))
    }
  }
}
