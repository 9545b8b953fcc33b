import Artifacts

/// The control: this compiles, so that the refusals below are not of something else.
func allowedPostfixText(text: String) -> PostfixText {
  PostfixWord(text).map { "host \($0)" } ?? "none"
}

func interpolationPostfixText(text: String) -> PostfixText {
  "[\(text)]"  // expected-error {{'appendInterpolation' is unavailable}}
}

func literalPostfixText(text: String) -> PostfixText {
  PostfixText(stringLiteral: text)  // expected-error {{cannot convert value of type 'String'}}
}

func initializerPostfixText(text: String) -> PostfixText {
  // expected-note@+1 * {{candidate}}
  PostfixText(text)  // expected-error {{}}
}

func valuePostfixText(text: String) -> PostfixText {
  text  // expected-error {{cannot convert return expression of type 'String'}}
}

func plusPostfixText(text: String) -> PostfixText {
  "a" + text  // expected-error {{cannot convert}}
}

func escapedPostfixText(text: String) -> PostfixText {
  // expected-note@+1 * {{candidate}}
  PostfixText(escaped: text)  // expected-error {{}}
}

/// The control: this compiles, so that the refusals below are not of something else.
func allowedPostfixKey(text: String) -> PostfixKey {
  PostfixWord(text).map { "[\($0)]:\(25)" } ?? "none"
}

func interpolationPostfixKey(text: String) -> PostfixKey {
  "[\(text)]"  // expected-error {{'appendInterpolation' is unavailable}}
}

func literalPostfixKey(text: String) -> PostfixKey {
  PostfixKey(stringLiteral: text)  // expected-error {{cannot convert value of type 'String'}}
}

func initializerPostfixKey(text: String) -> PostfixKey {
  // expected-note@+1 * {{candidate}}
  PostfixKey(text)  // expected-error {{}}
}

func valuePostfixKey(text: String) -> PostfixKey {
  text  // expected-error {{cannot convert return expression of type 'String'}}
}

func plusPostfixKey(text: String) -> PostfixKey {
  "a" + text  // expected-error {{cannot convert}}
}

func escapedPostfixKey(text: String) -> PostfixKey {
  // expected-note@+1 * {{candidate}}
  PostfixKey(escaped: text)  // expected-error {{}}
}
