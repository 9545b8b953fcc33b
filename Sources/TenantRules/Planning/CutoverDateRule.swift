internal import Diagnostics
internal import MailRecords
internal import SourceText
internal import TenantModel
internal import Wording

extension Rule {
  /// Cutover times that look like a slip, or like a bad time.
  static let cutoverDate = Rule([.farCutover, .workingHours]) { input, bag in
    guard input.tenant.contract.includes(.inboundSecurity) else { return }
    for domain in input.tenant.domains where domain.role != .parked {
      guard let cutover = domain.cutover, cutover.value > input.now else { continue }
      if cutover.value.seconds - input.now.seconds > 366 * 86400 {
        bag.add(
          Diagnostic(
            .farCutover, at: cutover.span,
            .init(
              ja: "切替の日時 \(cutover.value) が1年より先",
              en: "the cutover at \(cutover.value) is more than a year away"),
            help: .init(ja: "年の書き間違いではないか", en: "see whether the year was mistyped")))
      } else if cutover.value.isInWorkingHours {
        bag.add(
          Diagnostic(
            .workingHours, at: cutover.span,
            .init(
              ja: "切替の日時 \(cutover.value) は平日の日中",
              en: "the cutover at \(cutover.value) is in working hours"),
            help: .init(
              ja: "夜間か週末にする。提供元の立ち会いが要るなら平日の9時から18時",
              en:
                "choose a night or a weekend, or, if the vendor should stand by, weekdays from 9 to 18"
            )))
      }
    }
  }

  /// The gateway's exchangers in the zone of today.
  static let exchangersToday = Rule([.alreadyMoved, .oldExchangerKept]) { input, bag in
    guard input.tenant.contract.includes(.inboundSecurity) else { return }
    let gateway = Set(input.tenant.gateway.mx.map { $0.host.value.ascii + "." })
    for zone in input.knownZones where zone.domain.role != .parked {
      var hosts: [String] = []
      for case .mx(_, let host) in zone.set("@", .mx)?.data ?? [] { hosts.append(host) }
      guard hosts.contains(where: gateway.contains) else { continue }
      let span = zone.span("@", .mx)
      let name = zone.domain.name.value.unicode.excerpt()
      if let old = hosts.first(where: { !gateway.contains($0) }) {
        bag.add(
          Diagnostic(
            .oldExchangerKept, at: span,
            .init(
              ja: "MailGatesのMXと並んで「\(old.excerpt())」が残り、スパムはそこを通る",
              en: "\"\(old.excerpt())\" stands beside MailGates' MX, and spam takes that way"),
            help: .init(
              ja: "切替では、MXをMailGatesのホストだけにする",
              en: "at the cutover leave MailGates' hosts only"),
            labels: [.domain(zone.domain.name.span)]))
      } else if let cutover = zone.domain.cutover, cutover.value > input.now {
        bag.add(
          Diagnostic(
            .alreadyMoved, at: cutover.span,
            .init(
              ja: "「\(name)」のMXは、もうMailGatesに向いている",
              en: "the MX of \"\(name)\" names MailGates already"),
            help: .init(
              ja: "切替が済んだのなら cutover をその日時にする",
              en: "if the cutover has been done, write its time as cutover"),
            labels: [.init(span, .init(ja: "今のMX", en: "the MX of today"))]))
      }
    }
  }
}

extension Timestamp {
  /// Monday to Friday, 8 to 18 o'clock, where people wrote it. Holidays are not known.
  fileprivate var isInWorkingHours: Bool {
    // 1970-01-01 was a Thursday.
    let weekday = ((date.dayNumber + 3) % 7 + 7) % 7
    let hour = (seconds + offset * 60 - date.dayNumber * 86400) / 3600
    return weekday < 5 && (8..<18).contains(hour)
  }
}

extension DiagnosticCode {
  static let farCutover = DiagnosticCode(
    8017, .warning,
    title: .init(ja: "1年より先の切替", en: "a cutover more than a year away"),
    explanation: .init(
      ja: "開通から切替までは、普通は数週間から数か月です。1年より先の日時は、年の書き間違いのはずです。",
      en:
        "From the opening to the cutover it takes weeks or months. A time more than a year away is probably a mistyped year."
    ),
    example: "cutover: 2036-12-19T22:00:00+09:00")
  static let workingHours = DiagnosticCode(
    8018, .note,
    title: .init(ja: "平日の日中の切替", en: "a cutover in working hours"),
    explanation: .init(
      ja: "提供元は、夜間や週末の切替を勧めています。サポートは平日の9時から18時で、それ以外の立ち会いは有償です。祝日は考えていません。",
      en:
        "The vendor advises nights and weekends. Its support is there on weekdays from 9 to 18; to stand by at other times is charged. Holidays are not considered."
    ),
    example: "cutover: 2026-12-16T11:00:00+09:00", source: "article 360040495232")
  static let alreadyMoved = DiagnosticCode(
    8019, .note,
    title: .init(ja: "もうMailGatesに向いているMX", en: "an MX that names MailGates already"),
    explanation: .init(
      ja: "ゾーンのMXはもうMailGatesだけで、切替の日時はまだ先です。切替が済んだのか、別の日時にMXを変えたのかを確かめます。",
      en:
        "The zone's MX names MailGates alone, and the cutover is still to come. Either it has been done, or somebody changed the MX ahead of its time."
    ),
    example: "@ 300 IN MX 10 mx1.gateway.example.\ncutover: 2026-12-19T22:00:00+09:00",
    source: "article 4402739136153")
  static let oldExchangerKept = DiagnosticCode(
    8020, .warning,
    title: .init(ja: "残っている以前のMX", en: "an old MX that was kept"),
    explanation: .init(
      ja: "以前のMXを優先度を下げて残しても、スパムの送信者はわざと優先度の低いMXへ送ります。そのメールはMailGatesを通りません。",
      en:
        "An old MX with a low priority is no spare: senders of spam choose it on purpose, and their mail does not pass MailGates."
    ),
    example: "@ 300 IN MX 10 mx1.gateway.example.\n@ 300 IN MX 50 mx.hosting.example.",
    source: "RFC 5321 section 5.1; article 4402739136153")
}
