import Artifacts

/// The control: this compiles, so that the refusals below are not of something else.
func allowedSVG(text: String) -> SVG { "a \(text: text) \(1) \(SVGName("x", 1))" }

func interpolationSVG(text: String) -> SVG {
  "Open \(text)"  // expected-error {{'appendInterpolation' is unavailable}}
}

func literalSVG(text: String) -> SVG {
  SVG(stringLiteral: text)  // expected-error {{cannot convert value of type 'String'}}
}

func initializerSVG(text: String) -> SVG {
  // expected-note@+1 * {{candidate}}
  SVG(text)  // expected-error {{}}
}

func valueSVG(text: String) -> SVG {
  text  // expected-error {{cannot convert return expression of type 'String'}}
}

func plusSVG(text: String) -> SVG {
  "a" + text  // expected-error {{cannot convert}}
}

func escapedSVG(text: String) -> SVG {
  // expected-note@+1 * {{candidate}}
  SVG(escaped: text)  // expected-error {{}}
}
