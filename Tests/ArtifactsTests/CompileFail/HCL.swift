import Artifacts

/// The control: this compiles, so that the refusals below are not of something else.
func allowedHCLText(text: String) -> HCLText { "a \(quoted: text) \(HCLName("x", text))" }

func interpolationHCLText(text: String) -> HCLText {
  "a \(text)"  // expected-error {{'appendInterpolation' is unavailable}}
}

func literalHCLText(text: String) -> HCLText {
  HCLText(stringLiteral: text)  // expected-error {{cannot convert value of type 'String'}}
}

func initializerHCLText(text: String) -> HCLText {
  // expected-note@+1 * {{candidate}}
  HCLText(text)  // expected-error {{}}
}

func valueHCLText(text: String) -> HCLText {
  text  // expected-error {{cannot convert return expression of type 'String'}}
}

func plusHCLText(text: String) -> HCLText {
  "a" + text  // expected-error {{cannot convert}}
}

func escapedHCLText(text: String) -> HCLText {
  // expected-note@+1 * {{candidate}}
  HCLText(escaped: text)  // expected-error {{}}
}
