import Artifacts

/// The control: this compiles, so that the refusals below are not of something else.
func allowedMermaid(text: String) -> Mermaid { "\(label: text)[\(node: 1)] \(lines: [text])" }

func interpolationMermaid(text: String) -> Mermaid {
  "Open \(text)"  // expected-error {{'appendInterpolation' is unavailable}}
}

func literalMermaid(text: String) -> Mermaid {
  Mermaid(stringLiteral: text)  // expected-error {{cannot convert value of type 'String'}}
}

func initializerMermaid(text: String) -> Mermaid {
  // expected-note@+1 * {{candidate}}
  Mermaid(text)  // expected-error {{}}
}

func valueMermaid(text: String) -> Mermaid {
  text  // expected-error {{cannot convert return expression of type 'String'}}
}

func plusMermaid(text: String) -> Mermaid {
  "a" + text  // expected-error {{cannot convert}}
}

func escapedMermaid(text: String) -> Mermaid {
  // expected-note@+1 * {{candidate}}
  Mermaid(escaped: text)  // expected-error {{}}
}
