import Artifacts

/// The control: this compiles, so that the refusals below are not of something else.
func allowedShell(value: ShellValue) -> Shell { "postmap -q \(value)" }

func interpolationShell(text: String) -> Shell {
  "postmap -q \(text)"  // expected-error {{'appendInterpolation' is unavailable}}
}

func literalShell(text: String) -> Shell {
  Shell(stringLiteral: text)  // expected-error {{cannot convert value of type 'String'}}
}

func initializerShell(text: String) -> Shell {
  // expected-note@+1 * {{candidate}}
  Shell(text)  // expected-error {{}}
}

func valueShell(text: String) -> Shell {
  text  // expected-error {{cannot convert return expression of type 'String'}}
}

func plusShell(text: String) -> Shell {
  "a" + text  // expected-error {{cannot convert}}
}

func escapedShell(text: String) -> Shell {
  // expected-note@+1 * {{candidate}}
  Shell(escaped: text)  // expected-error {{}}
}

func codeShell(text: String, script: inout ShellScript) {
  script.code(text)  // expected-error {{cannot convert value of type 'String'}}
}
