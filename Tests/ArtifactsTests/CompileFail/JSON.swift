import Artifacts
import JSONText

/// The control: this compiles, so that the refusals below are not of something else.
func allowedJSON(text: String) -> JSONDocument {
  JSONDocument(.object(["a": .string(text), "b": .array([.strings([text])])]))
}

func interpolationJSON(text: String) -> JSONValue {
  "{\"a\": \(text)}"  // expected-error {{cannot convert return expression of type 'String'}}
}

func literalJSON(text: String) -> JSONValue {
  JSONValue(stringLiteral: text)  // expected-error {{}}
}

func initializerJSON(text: String) -> JSONDocument {
  JSONDocument(text)  // expected-error {{cannot convert value of type 'String'}}
}

func valueJSON(text: String) -> JSONValue {
  text  // expected-error {{cannot convert return expression of type 'String'}}
}

func memberJSON(text: String) -> JSONValue {
  .object([text: .null])  // expected-error {{cannot convert}}
}
