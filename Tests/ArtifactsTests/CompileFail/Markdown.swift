import Artifacts

/// The control: this compiles, so that the refusals below are not of something else.
func allowedMarkdown(text: String) -> Markdown { "\(text: text) and \(code: text)" }

func interpolationMarkdown(text: String) -> Markdown {
  "Open \(text)"  // expected-error {{'appendInterpolation' is unavailable}}
}

func literalMarkdown(text: String) -> Markdown {
  Markdown(stringLiteral: text)  // expected-error {{cannot convert value of type 'String'}}
}

func initializerMarkdown(text: String) -> Markdown {
  // expected-note@+1 * {{candidate}}
  Markdown(text)  // expected-error {{}}
}

func valueMarkdown(text: String) -> Markdown {
  text  // expected-error {{cannot convert return expression of type 'String'}}
}

func plusMarkdown(text: String) -> Markdown {
  "a" + text  // expected-error {{cannot convert}}
}

func escapedMarkdown(text: String) -> Markdown {
  // expected-note@+1 * {{candidate}}
  Markdown(escaped: text)  // expected-error {{}}
}
