import Diagnostics

/// The control: this compiles, so that the refusals below are not of something else.
func allowedGitHubCommand(text: String) -> GitHubCommand {
  "::error file=\(property: text)::\(message: text)"
}

func interpolationGitHubCommand(text: String) -> GitHubCommand {
  "::error ::\(text)"  // expected-error {{'appendInterpolation' is unavailable}}
}

func literalGitHubCommand(text: String) -> GitHubCommand {
  GitHubCommand(stringLiteral: text)  // expected-error {{cannot convert value of type 'String'}}
}

func initializerGitHubCommand(text: String) -> GitHubCommand {
  // expected-note@+1 * {{candidate}}
  GitHubCommand(text)  // expected-error {{}}
}

func valueGitHubCommand(text: String) -> GitHubCommand {
  text  // expected-error {{cannot convert return expression of type 'String'}}
}

func plusGitHubCommand(text: String) -> GitHubCommand {
  "a" + text  // expected-error {{cannot convert}}
}
