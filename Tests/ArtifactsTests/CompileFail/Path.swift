import Artifacts

/// The control: this compiles, so that the refusals below are not of something else.
func allowedArtifactPath(text: String) -> ArtifactPath { "2-dns/\(name: text).zone" }

func interpolationArtifactPath(text: String) -> ArtifactPath {
  "2-dns/\(text)"  // expected-error {{'appendInterpolation' is unavailable}}
}

func literalArtifactPath(text: String) -> ArtifactPath {
  ArtifactPath(stringLiteral: text)  // expected-error {{cannot convert value of type 'String'}}
}

func initializerArtifactPath(text: String) -> ArtifactPath {
  // expected-note@+1 * {{candidate}}
  ArtifactPath(text)  // expected-error {{}}
}

func valueArtifactPath(text: String) -> ArtifactPath {
  text  // expected-error {{cannot convert return expression of type 'String'}}
}

func plusArtifactPath(text: String) -> ArtifactPath {
  "a" + text  // expected-error {{cannot convert}}
}

func escapedArtifactPath(text: String) -> ArtifactPath {
  // expected-note@+1 * {{candidate}}
  ArtifactPath(escaped: text)  // expected-error {{}}
}
