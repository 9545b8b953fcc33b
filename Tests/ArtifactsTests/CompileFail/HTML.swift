import Artifacts

/// The control: this compiles, so that the refusals below are not of something else.
func allowedHTML(text: String) -> HTML { "<p>\(text: text)</p>" }

func interpolationHTML(text: String) -> HTML {
  "Open \(text)"  // expected-error {{'appendInterpolation' is unavailable}}
}

func literalHTML(text: String) -> HTML {
  HTML(stringLiteral: text)  // expected-error {{cannot convert value of type 'String'}}
}

func initializerHTML(text: String) -> HTML {
  // expected-note@+1 * {{candidate}}
  HTML(text)  // expected-error {{}}
}

func valueHTML(text: String) -> HTML {
  text  // expected-error {{cannot convert return expression of type 'String'}}
}

func plusHTML(text: String) -> HTML {
  "a" + text  // expected-error {{cannot convert}}
}

func escapedHTML(text: String) -> HTML {
  // expected-note@+1 * {{candidate}}
  HTML(escaped: text)  // expected-error {{}}
}

func attributesHTML(text: String) -> HTMLAttributes { " id=\(value: text)" }

func interpolationAttributesHTML(text: String) -> HTMLAttributes {
  " id=\(text)"  // expected-error {{'appendInterpolation' is unavailable}}
}

func contentAttributesHTML(text: HTML) -> HTMLAttributes {
  // expected-note@+1 * {{arguments to generic parameter}}
  " id=\(text)"  // expected-error {{}}
}

func literalAttributesHTML(text: String) -> HTMLAttributes {
  HTMLAttributes(stringLiteral: text)  // expected-error {{cannot convert value of type 'String'}}
}

func initializerAttributesHTML(text: String) -> HTMLAttributes {
  // expected-note@+1 * {{candidate}}
  HTMLAttributes(text)  // expected-error {{}}
}
