import Artifacts

/// The control: this compiles, so that the refusals below are not of something else.
func allowedProse(text: String) -> Prose { "\(text: text) and \(code: text)" }

func interpolationProse(text: String) -> Prose {
  "Open \(text)"  // expected-error {{'appendInterpolation' is unavailable}}
}

func literalProse(text: String) -> Prose {
  Prose(stringLiteral: text)  // expected-error {{cannot convert value of type 'String'}}
}

func initializerProse(text: String) -> Prose {
  // expected-note@+1 * {{candidate}}
  Prose(text)  // expected-error {{}}
}

func valueProse(text: String) -> Prose {
  text  // expected-error {{cannot convert return expression of type 'String'}}
}

func plusProse(text: String) -> Prose {
  "a" + text  // expected-error {{cannot convert}}
}
