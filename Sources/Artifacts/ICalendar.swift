internal import SourceText
package import Wording

/// Marks a value of the type TEXT (RFC 5545 section 3.3.11).
package enum ICalendarSyntax: OutputSyntax {}

/// Text of a calendar: `"Renew \(text: name)"`.
package typealias ICalendarText = OutputText<ICalendarSyntax>

extension OutputText.Interpolation where Syntax == ICalendarSyntax {
  /// A text; its line breaks stay, other hidden characters are shown as `\u{…}`.
  package mutating func appendInterpolation(text: String) {
    append(escaped: ICalendarWriting.escaped(text))
  }

  /// A text of pages, without its markup.
  package mutating func appendInterpolation(_ prose: Prose) {
    for piece in prose.pieces {
      switch piece {
      case .literal(let words), .text(let words), .code(let words): appendInterpolation(text: words)
      case .link(let label, let address):
        appendInterpolation(label)
        appendInterpolation(text: " (" + address + ")")
      }
    }
  }

  package mutating func appendInterpolation(_ number: Int) { append(escaped: String(number)) }

  @available(*, unavailable, message: "write \\(text: …)")
  package mutating func appendInterpolation(_ text: String) {}
}

/// A calendar (RFC 5545): UTF-8, CRLF, lines folded at 75 octets. It holds an event or more.
package struct ICalendarFile: ArtifactDocument {
  package struct Event: Sendable {
    /// The same for the same event in every calendar that mgc writes, so that reading one again
    /// moves an event and doubles none.
    package let id: String
    package let time: Time
    package let summary: ICalendarText
    package let description: ICalendarText

    package init(id: String, time: Time, summary: ICalendarText, description: ICalendarText) {
      self.id = id
      self.time = time
      self.summary = summary
      self.description = description
    }
  }

  package enum Time: Sendable {
    /// A whole day, as days since 1970-01-01.
    case day(year: Int, month: Int, day: Int)
    /// A moment, its day and seconds in UTC.
    case moment(year: Int, month: Int, day: Int, second: Int)
  }

  private var lines: [String] = []

  /// - Parameter language: that of its texts (section 3.2.10).
  package init(name: ICalendarText, language: Language, events: [Event]) {
    add("BEGIN:VCALENDAR")
    add("VERSION:2.0")
    add("PRODID:-//mgc//runbook//EN")
    add("X-WR-CALNAME:" + name.text)
    for event in events { add(event, in: language) }
    add("END:VCALENDAR")
  }

  private mutating func add(_ event: Event, in language: Language) {
    add("BEGIN:VEVENT")
    add("UID:" + ICalendarWriting.escaped(event.id))
    let start: String
    switch event.time {
    case .day(let year, let month, let day):
      start = ICalendarWriting.date(year, month, day)
      add("DTSTAMP:" + start + "T000000Z")
      add("DTSTART;VALUE=DATE:" + start)
    case .moment(let year, let month, let day, let second):
      start = ICalendarWriting.date(year, month, day) + ICalendarWriting.clock(second)
      add("DTSTAMP:" + start)
      add("DTSTART:" + start)
    }
    add("SUMMARY;LANGUAGE=" + language.rawValue + ":" + event.summary.text)
    add("DESCRIPTION;LANGUAGE=" + language.rawValue + ":" + event.description.text)
    // It is a reminder: it makes nobody busy.
    add("TRANSP:TRANSPARENT")
    add("END:VEVENT")
  }

  private mutating func add(_ line: String) { lines.append(ICalendarWriting.folded(line)) }

  package var bytes: [UInt8] { lines.flatMap { Array($0.utf8) } }
}

enum ICalendarWriting {
  /// TEXT: backslash, semicolon, comma and line break are escaped.
  static func escaped(_ text: String) -> String {
    var result = String.UnicodeScalarView()
    var afterReturn = false
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\r", "\n":
        if !(afterReturn && scalar == "\n") { result.append(contentsOf: "\\n".unicodeScalars) }
      default:
        for shown in String(scalar).visible.unicodeScalars {
          if shown == "\\" || shown == ";" || shown == "," { result.append("\\") }
          result.append(shown)
        }
      }
      afterReturn = scalar == "\r"
    }
    return String(result)
  }

  /// The line in pieces of 75 octets at most, none of which ends within a character (section 3.1).
  static func folded(_ line: String) -> String {
    var result = String.UnicodeScalarView()
    var width = 0
    for scalar in line.unicodeScalars {
      let octets = UTF8.width(scalar)
      if width + octets > 75 {
        result.append(contentsOf: "\r\n ".unicodeScalars)
        width = 1
      }
      result.append(scalar)
      width += octets
    }
    result.append(contentsOf: "\r\n".unicodeScalars)
    return String(result)
  }

  static func date(_ year: Int, _ month: Int, _ day: Int) -> String {
    padded(year, to: 4) + padded(month, to: 2) + padded(day, to: 2)
  }

  static func clock(_ second: Int) -> String {
    "T" + padded(second / 3600, to: 2) + padded(second / 60 % 60, to: 2)
      + padded(second % 60, to: 2) + "Z"
  }

  private static func padded(_ number: Int, to width: Int) -> String {
    let digits = String(number)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
  }
}
