import Diagnostics

/// The control: this compiles, so that the refusals below are not of something else.
func allowedTerminalText(text: String) -> TerminalText { "\(text: text): \(1)" }

func interpolationTerminalText(text: String) -> TerminalText {
  "error: \(text)"  // expected-error {{'appendInterpolation' is unavailable}}
}

func literalTerminalText(text: String) -> TerminalText {
  TerminalText(stringLiteral: text)  // expected-error {{cannot convert value of type 'String'}}
}

func initializerTerminalText(text: String) -> TerminalText {
  // expected-note@+1 * {{candidate}}
  TerminalText(text)  // expected-error {{}}
}

func valueTerminalText(text: String) -> TerminalText {
  text  // expected-error {{cannot convert return expression of type 'String'}}
}

func plusTerminalText(text: String) -> TerminalText {
  "a" + text  // expected-error {{cannot convert}}
}
