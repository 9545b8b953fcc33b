import Artifacts

/// The control: this compiles, so that the refusals below are not of something else.
func allowedPowerShell(text: String) -> PowerShell { "Get-Thing -Name \(quoted: text)" }

func interpolationPowerShell(text: String) -> PowerShell {
  "Get-Thing -Name \(text)"  // expected-error {{'appendInterpolation' is unavailable}}
}

func literalPowerShell(text: String) -> PowerShell {
  PowerShell(stringLiteral: text)  // expected-error {{cannot convert value of type 'String'}}
}

func initializerPowerShell(text: String) -> PowerShell {
  // expected-note@+1 * {{candidate}}
  PowerShell(text)  // expected-error {{}}
}

func valuePowerShell(text: String) -> PowerShell {
  text  // expected-error {{cannot convert return expression of type 'String'}}
}

func plusPowerShell(text: String) -> PowerShell {
  "a" + text  // expected-error {{cannot convert}}
}

func escapedPowerShell(text: String) -> PowerShell {
  // expected-note@+1 * {{candidate}}
  PowerShell(escaped: text)  // expected-error {{}}
}
