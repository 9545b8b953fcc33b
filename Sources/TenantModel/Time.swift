/// A day of the proleptic Gregorian calendar.
package struct CalendarDate: Hashable, Comparable, Sendable, CustomStringConvertible {
  package let year: Int
  package let month: Int
  package let day: Int

  /// Nil where the day does not exist. Years are 1 to 9999.
  package init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month),
      day >= 1, day <= Self.days(inMonth: month, of: year)
    else { return nil }
    self.year = year
    self.month = month
    self.day = day
  }

  /// The day that is `dayNumber` days after 1970-01-01, clamped to the years 1 to 9999.
  package init(dayNumber: Int) {
    let number = min(max(dayNumber, -719_162), 2_932_896)
    // Days since 0000-03-01, so that a leap day ends a year.
    let shifted = number + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shiftedMonth = (5 * dayOfYear + 2) / 153
    day = dayOfYear - (153 * shiftedMonth + 2) / 5 + 1
    month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// `YYYY-MM-DD` (RFC 3339 full-date).
  package init?(parsing text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard parts.count == 3, parts[0].utf8.count == 4, parts[1].utf8.count == 2,
      parts[2].utf8.count == 2,
      parts.allSatisfy({ $0.utf8.allSatisfy { (0x30...0x39).contains($0) } }),
      let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2])
    else { return nil }
    self.init(year: year, month: month, day: day)
  }

  /// Days since 1970-01-01.
  package var dayNumber: Int {
    let year = month <= 2 ? self.year - 1 : self.year
    let era = (year >= 0 ? year : year - 399) / 400
    let yearOfEra = year - era * 400
    let shiftedMonth = month > 2 ? month - 3 : month + 9
    let dayOfYear = (153 * shiftedMonth + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    return era * 146_097 + dayOfEra - 719_468
  }

  package func adding(days: Int) -> CalendarDate {
    CalendarDate(dayNumber: dayNumber + days)
  }

  /// The same day some months later, or the last day of a shorter month.
  package func adding(months: Int) -> CalendarDate {
    let index = year * 12 + (month - 1) + months
    let newYear = min(max(index / 12, 1), 9999)
    let newMonth = index % 12 + 1
    let newDay = min(day, Self.days(inMonth: newMonth, of: newYear))
    return CalendarDate(year: newYear, month: newMonth, day: newDay) ?? self
  }

  package var description: String {
    padded(year, to: 4) + "-" + padded(month, to: 2) + "-" + padded(day, to: 2)
  }

  package static func < (left: Self, right: Self) -> Bool {
    (left.year, left.month, left.day) < (right.year, right.month, right.day)
  }

  private static func days(inMonth month: Int, of year: Int) -> Int {
    switch month {
    case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: 30
    default: 31
    }
  }
}

/// A moment, with the offset in which people wrote it.
package struct Timestamp: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// Seconds since 1970-01-01T00:00:00Z.
  package let seconds: Int
  /// Minutes east of UTC.
  package let offset: Int

  package init(seconds: Int, offset: Int = 0) {
    self.seconds = seconds
    self.offset = offset
  }

  /// `YYYY-MM-DDThh:mm:ss±hh:mm` or `…Z` (RFC 3339 date-time, without fractions).
  package init?(parsing text: String) {
    let bytes = Array(text.utf8)
    guard bytes.count == 20 || bytes.count == 25, bytes[10] == 0x54, bytes[13] == 0x3A,
      bytes[16] == 0x3A, let date = CalendarDate(parsing: String(text.prefix(10))),
      let hour = Self.two(bytes, 11), let minute = Self.two(bytes, 14),
      let second = Self.two(bytes, 17), hour < 24, minute < 60, second < 60
    else { return nil }
    var offset = 0
    if bytes.count == 20 {
      guard bytes[19] == 0x5A else { return nil }
    } else {
      guard bytes[19] == 0x2B || bytes[19] == 0x2D, bytes[22] == 0x3A,
        let hours = Self.two(bytes, 20), let minutes = Self.two(bytes, 23), hours < 24,
        minutes < 60
      else { return nil }
      offset = (hours * 60 + minutes) * (bytes[19] == 0x2D ? -1 : 1)
    }
    self.offset = offset
    seconds = date.dayNumber * 86400 + hour * 3600 + minute * 60 + second - offset * 60
  }

  package func adding(seconds added: Int) -> Timestamp {
    Timestamp(seconds: seconds + added, offset: offset)
  }

  /// The day on which it falls where people wrote it.
  package var date: CalendarDate {
    CalendarDate(dayNumber: floorDivide(seconds + offset * 60, 86400))
  }

  /// RFC 3339, in the offset in which it was written.
  package var description: String {
    let local = seconds + offset * 60
    let time = local - floorDivide(local, 86400) * 86400
    let clock = [time / 3600, time / 60 % 60, time % 60].map { padded($0, to: 2) }
    let zone =
      offset == 0
      ? "Z"
      : (offset < 0 ? "-" : "+") + padded(abs(offset) / 60, to: 2) + ":"
        + padded(abs(offset) % 60, to: 2)
    return "\(date)T\(clock.joined(separator: ":"))\(zone)"
  }

  package static func < (left: Self, right: Self) -> Bool { left.seconds < right.seconds }

  private static func two(_ bytes: [UInt8], _ index: Int) -> Int? {
    let high = Int(bytes[index]) - 0x30
    let low = Int(bytes[index + 1]) - 0x30
    guard (0...9).contains(high), (0...9).contains(low) else { return nil }
    return high * 10 + low
  }
}

private func floorDivide(_ value: Int, _ divisor: Int) -> Int {
  value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor)
}

private func padded(_ value: Int, to width: Int) -> String {
  let digits = String(value)
  return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
