import Artifacts

/// The control: this compiles, so that the refusals below are not of something else.
func allowedNSUpdateText(text: String) -> NSUpdateText {
  "update delete \(ZoneName(text)) IN \("TXT" as ZoneToken) \([.quotedStrings([text])])"
}

func interpolationNSUpdateText(text: String) -> NSUpdateText {
  "update delete \(text)"  // expected-error {{'appendInterpolation' is unavailable}}
}

func literalNSUpdateText(text: String) -> NSUpdateText {
  NSUpdateText(stringLiteral: text)  // expected-error {{cannot convert value of type 'String'}}
}

func initializerNSUpdateText(text: String) -> NSUpdateText {
  // expected-note@+1 * {{candidate}}
  NSUpdateText(text)  // expected-error {{}}
}

func valueNSUpdateText(text: String) -> NSUpdateText {
  text  // expected-error {{cannot convert return expression of type 'String'}}
}

func plusNSUpdateText(text: String) -> NSUpdateText {
  "a" + text  // expected-error {{cannot convert}}
}

func escapedNSUpdateText(text: String) -> NSUpdateText {
  // expected-note@+1 * {{candidate}}
  NSUpdateText(escaped: text)  // expected-error {{}}
}

func zoneNSUpdateText(text: String, script: inout NSUpdateScript) {
  script.zone(text)  // expected-error {{cannot convert value of type 'String'}}
}
