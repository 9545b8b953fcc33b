internal import Artifacts
internal import Procedure
internal import SourceText
internal import TenantModel
internal import Wording

extension Runbook {
  /// `calendar.ics`: the table of dates for calendars; nil where there is none.
  func calendar(of tenant: Tenant) -> ICalendarFile? {
    guard !dates.isEmpty else { return nil }
    let language = tenant.language
    return ICalendarFile(
      name: "\(title[language])", language: language,
      events: dates.map { entry in
        var fingerprint = Fingerprint()
        fingerprint.add(entry.subject.utf8)
        return .init(
          id: tenant.id.value.text + "-" + fingerprint.text + "@mgc.invalid", time: entry.time.utc,
          summary: "\(entry.title[language])",
          description: "\(entry.when[language])\(text: "\n")\(entry.reason[language])")
      })
  }
}

extension DatedEntry.Time {
  fileprivate var utc: ICalendarFile.Time {
    switch self {
    case .day(let day): return .day(year: day.year, month: day.month, day: day.day)
    case .moment(let moment), .from(let moment), .until(let moment):
      let day = Timestamp(seconds: moment.seconds).date
      return .moment(
        year: day.year, month: day.month, day: day.day,
        second: moment.seconds - day.dayNumber * 86400)
    }
  }
}
