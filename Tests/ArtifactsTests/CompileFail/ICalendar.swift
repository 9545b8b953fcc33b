import Artifacts

/// The control: this compiles, so that the refusals below are not of something else.
func allowedICalendar(text: String) -> ICalendarText { "Renew \(text: text)" }

func interpolationICalendar(text: String) -> ICalendarText {
  "Open \(text)"  // expected-error {{'appendInterpolation' is unavailable}}
}

func literalICalendar(text: String) -> ICalendarText {
  ICalendarText(stringLiteral: text)  // expected-error {{cannot convert value of type 'String'}}
}

func initializerICalendar(text: String) -> ICalendarText {
  // expected-note@+1 * {{candidate}}
  ICalendarText(text)  // expected-error {{}}
}

func valueICalendar(text: String) -> ICalendarText {
  text  // expected-error {{cannot convert return expression of type 'String'}}
}

func plusICalendar(text: String) -> ICalendarText {
  "a" + text  // expected-error {{cannot convert}}
}

func escapedICalendar(text: String) -> ICalendarText {
  // expected-note@+1 * {{candidate}}
  ICalendarText(escaped: text)  // expected-error {{}}
}
