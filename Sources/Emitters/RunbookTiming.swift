internal import Artifacts
internal import MailRecords
internal import Procedure
internal import SourceText
internal import TenantModel
internal import Wording

/// When a phase is due: the time where one is known, else what it waits for.
struct RunbookTiming {
  private let procedure: Procedure
  private let phases: [Phase]

  init(_ procedure: Procedure, phases: [Phase]) {
    self.procedure = procedure
    self.phases = phases
  }

  /// The phase with its number, as other phases name it; the bare title where it is not asked for.
  func name(_ kind: Phase.Kind) -> Phrase {
    let title = Phrase(kind.title)
    guard let index = phases.firstIndex(where: { $0.kind == kind }) else {
      return .init(ja: "「\(title.ja)」", en: "\"\(title.en)\"")
    }
    return .init(ja: "「\(index + 1). \(title.ja)」", en: "\"\(index + 1). \(title.en)\"")
  }

  private func has(_ kind: Phase.Kind) -> Bool { phases.contains { $0.kind == kind } }

  func when(_ phase: Phase) -> Phrase {
    if phase.kind == .cutover { return cutovers }
    guard let window = phase.window else { return waits(phase.kind) }
    var ja: [Prose] = []
    var en: [Prose] = []
    if let time = window.notBefore?.words {
      ja.append("\(time.ja) 以降")
      en.append("from \(time.en)")
    }
    if let time = window.notAfter?.words {
      ja.append("\(time.ja) まで")
      en.append("until \(time.en)")
    }
    return .init(ja: ja.joined(separator: "、"), en: en.joined(separator: ", "))
  }

  /// Each domain with its date, unless all have the same.
  private var cutovers: Phrase {
    let unknown = Phrase(ja: "日時未定", en: "no date yet")
    let times = procedure.movingDomains.map(\.domain.cutover?.value)
    guard let first = times.first, times.contains(where: { $0 != first }) else {
      return times.first.flatMap { $0?.words } ?? unknown
    }
    let each = procedure.movingDomains.map { domain in
      let words = domain.domain.cutover?.value.words ?? unknown
      let name = Prose.domain(domain.domain.name.value)
      return Phrase(ja: "\(name): \(words.ja)", en: "\(name): \(words.en)")
    }
    return .init(
      ja: each.map(\.ja).joined(separator: "、"), en: each.map(\.en).joined(separator: ", "))
  }

  /// What a phase waits for, or goes before, where no time is known.
  private func waits(_ kind: Phase.Kind) -> Phrase {
    let cutover = name(.cutover)
    let route = name(.startOutbound)
    let change = has(.cutover) ? cutover : route
    switch kind {
    case .addressNotice:
      return .init(ja: "送信経路を切り替える1か月前まで", en: "a month before the outbound route changes")
    case .reportAuthorization:
      let publication = name(.senderAuthentication)
      return .init(ja: "\(publication.ja)の前", en: "before \(publication.en)")
    case .senderAuthentication: return .init(ja: "\(route.ja)の前", en: "before \(route.en)")
    case .startOutbound:
      let publication = name(.senderAuthentication)
      return .init(
        ja: "\(publication.ja)の後、SPFの旧TTLの経過後",
        en: "after \(publication.en), when the old TTL of SPF has passed")
    case .administratorLogin, .signIn, .accounts, .userLogin, .connect, .settings, .startInbound,
      .endPilot:
      // Only the pilot's people are routed until this, so it follows the start.
      if kind == .endPilot, !has(.cutover) {
        return .init(ja: "\(route.ja)の後", en: "after \(route.en)")
      }
      return .init(ja: "\(change.ja)の前", en: "before \(change.en)")
    case .archive:
      let connect = name(.connect)
      return .init(
        ja: "\(connect.ja)の後。アーカイブの契約の開始日に合わせる",
        en: "after \(connect.en), by the day on which the archive's contract begins")
    case .ttl:
      let days = Catalogue.ttlLeadDays.value
      return .init(
        ja: "\(cutover.ja)の約\(days)日前まで", en: "about \(days) days before \(cutover.en)")
    case .transportPolicyBefore:
      return .init(
        ja: "\(cutover.ja)より、今のポリシーの max_age 以上前まで",
        en: "before \(cutover.en), by the max_age of the policy of today or more")
    case .transportPolicyAfter:
      return .init(
        ja: "\(cutover.ja)から24時間以上後。下げる前のTTLが長い場合はその時間も待つ",
        en:
          "24 hours or more after \(cutover.en); where the TTL was longer before it was lowered, wait for that too"
      )
    case .cutover: return cutovers
    case .deliveryTarget: return .init(ja: "\(change.ja)の後", en: "after \(change.en)")
    case .lockdown:
      return .init(
        ja: "\(cutover.ja)から24時間以上後。下げる前のTTLが長い場合はその時間も待つ",
        en:
          "24 hours or more after \(cutover.en); where the TTL was longer before it was lowered, wait for that too"
      )
    case .restoreTTL:
      let before = has(.lockdown) ? name(.lockdown) : cutover
      return .init(ja: "\(before.ja)の数日後", en: "some days after \(before.en)")
    case .laterSettings:
      return .init(
        ja: "\(cutover.ja)の後、届くスパムに応じて",
        en: "after \(cutover.en), by the spam that arrives")
    case .changeSigning:
      let publication = name(.senderAuthentication)
      return .init(
        ja: "\(publication.ja)で新しい鍵を公開してから24時間以上後。ゾーンのネガティブTTLがそれより長い場合はその時間",
        en:
          "24 hours or more after \(publication.en) has published the new key, or the negative TTL of the zone where that is longer"
      )
    case .retireKey:
      let signing = name(.changeSigning)
      let days = KeyRetirement.daysKept
      return .init(
        ja: "\(signing.ja)の\(days)日以上後", en: "\(days) days or more after \(signing.en)")
    case .dmarc(let stage):
      let wording = DMARCWording(procedure)
      return wording.when(stage, after: wording.former(stage).map { name(.dmarc($0)) } ?? route)
    }
  }
}

extension Prose {
  /// Both forms of a name that is not ASCII.
  static func domain(_ domain: DomainName) -> Prose {
    domain.isInternationalized
      ? "\(text: domain.unicode) (\(code: domain.ascii))" : "\(code: domain.ascii)"
  }
}

extension CalendarDate {
  /// As people write it: 2026年12月19日(土), Sat 19 Dec 2026.
  var words: Phrase { Phrase(plain) }

  /// The same as plain text.
  var plain: LocalizedText {
    let months = [
      "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]
    // Day 0 was a Thursday.
    let weekday = ((dayNumber + 4) % 7 + 7) % 7
    let ja = ["日", "月", "火", "水", "木", "金", "土"][weekday]
    let en = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"][weekday]
    return .init(
      ja: "\(year)年\(month)月\(day)日(\(ja))", en: "\(en) \(day) \(months[month - 1]) \(year)")
  }
}

extension Timestamp {
  /// 2026年12月19日(土) 22:00 (+09:00), in the offset in which it was written.
  var words: Phrase {
    func two(_ number: Int) -> String { (number < 10 ? "0" : "") + String(number) }
    let time = seconds + offset * 60 - date.dayNumber * 86400
    var clock = two(time / 3600) + ":" + two(time / 60 % 60)
    if time % 60 != 0 { clock += ":" + two(time % 60) }
    let zone = (offset < 0 ? "-" : "+") + two(abs(offset) / 60) + ":" + two(abs(offset) % 60)
    let day = date.plain
    // One piece of text, in which nothing needs a backslash.
    return Phrase(.init(ja: "\(day.ja) \(clock) (\(zone))", en: "\(day.en) \(clock) (\(zone))"))
  }
}
