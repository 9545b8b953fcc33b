import Artifacts

/// The control: this compiles, so that the refusals below are not of something else.
func allowedYAMLText(text: String) -> YAMLText {
  "- \(scalar: text)  \(YAMLText.comment(text))"
}

func interpolationYAMLText(text: String) -> YAMLText {
  "- \(text)"  // expected-error {{'appendInterpolation' is unavailable}}
}

func literalYAMLText(text: String) -> YAMLText {
  YAMLText(stringLiteral: text)  // expected-error {{cannot convert value of type 'String'}}
}

func initializerYAMLText(text: String) -> YAMLText {
  // expected-note@+1 * {{candidate}}
  YAMLText(text)  // expected-error {{}}
}

func valueYAMLText(text: String) -> YAMLText {
  text  // expected-error {{cannot convert return expression of type 'String'}}
}

func plusYAMLText(text: String) -> YAMLText {
  "a" + text  // expected-error {{cannot convert}}
}

func escapedYAMLText(text: String) -> YAMLText {
  // expected-note@+1 * {{candidate}}
  YAMLText(escaped: text)  // expected-error {{}}
}
