import Artifacts

/// The control: this compiles, so that the refusals below are not of something else.
func allowedZoneToken(text: String) -> ZoneToken { "0 issue \(quoted: text) \(ZoneName(text))" }

func interpolationZoneToken(text: String) -> ZoneToken {
  "0 issue \(text)"  // expected-error {{'appendInterpolation' is unavailable}}
}

func literalZoneToken(text: String) -> ZoneToken {
  ZoneToken(stringLiteral: text)  // expected-error {{cannot convert value of type 'String'}}
}

func initializerZoneToken(text: String) -> ZoneToken {
  // expected-note@+1 * {{candidate}}
  ZoneToken(text)  // expected-error {{}}
}

func valueZoneToken(text: String) -> ZoneToken {
  text  // expected-error {{cannot convert return expression of type 'String'}}
}

func plusZoneToken(text: String) -> ZoneToken {
  "a" + text  // expected-error {{cannot convert}}
}

func escapedZoneToken(text: String) -> ZoneToken {
  // expected-note@+1 * {{candidate}}
  ZoneToken(escaped: text)  // expected-error {{}}
}
